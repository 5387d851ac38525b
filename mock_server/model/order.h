/*
 * An order of any provider, as the mock keeps it.
 *
 * What always holds
 *   - `id` is what a client cancels by; `aliases` are its other names, such as an order number for people. No two
 *     orders of one provider and session share one.
 *   - `state` is a name of the provider's `states`, and points into that table.
 *   - `document` is the vendor's own JSON, as a client would read it. `facts` are what the mock must know beside it and
 *     the vendor does not show (whether a card payment went through, the state before a request); an object, often
 * empty.
 *   - An order in a store never changes: whoever wants another order makes a copy, changes that and commits it
 *     (session/store.h). So a borrowed `const struct order *` can be read without a lock.
 *
 * Orders are counted: order_hold() and order_drop() may be called from any thread.
 */
#ifndef MODEL_ORDER_H
#define MODEL_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"

struct provider;

#define ORDER_NAME_MAX    200
#define ORDER_ALIASES_MAX 100
#define ORDER_LIST_MAX    1000      /* items, payments, deliveries, whatever is looked up one by one */
#define ORDER_STILL       INT64_MAX /* a seed order stands still until something happens to it */

struct order {
    const struct provider *provider;
    char *id;
    char **aliases;
    size_t alias_count;
    char *account; /* the account it belongs to: an `id` of the provider's accounts */
    const char *state;
    cJSON *document;
    cJSON *facts;
    int64_t since_us; /* session time at which it entered `state`; ORDER_STILL for a seed order that never moved */
    int64_t polls;    /* how often it was read in `state`, counted only where a delay asks for it */
    bool is_late;     /* it was there before it was made (a lazy seed's), and nothing has happened to it since */
    uint64_t version; /* set by the store; grows with each commit */
    int references;   /* order_hold(), order_drop() */
};

/* One of that state (an entry of the provider's table) and account, without a document and names yet; one reference.
 * order_make() (model/maker.h) makes whole ones. */
struct order *order_new(const struct provider *provider, const char *state, const char *account) WARN_UNUSED;
struct order *order_copy(const struct order *order) WARN_UNUSED; /* one reference; everything in it is its own */
const struct order *order_hold(const struct order *order);
void order_drop(const struct order *order); /* NULL is fine */

/* Moves a copy into `state` (a name of its provider) and writes it into its document, at the time `now_us`. */
void order_enter(struct order *copy, const char *state, int64_t now_us);
/* The provider's table entry of that name, or NULL. */
const char *state_of(const struct provider *provider, const char *name);

/* NULL when the provider could have given an order this id; else a static text. */
const char *order_id_problem(const struct provider *provider, const char *id);
/* NULL when every name of the order can be looked up (1 to ORDER_NAME_MAX bytes), there are not more aliases than
 * ORDER_ALIASES_MAX and the id is one of its provider's (id_is_integer: digits, no leading zero); else a static text.
 */
const char *order_name_problem(const struct order *order);

void order_add_alias(struct order *copy, const char *alias);
void order_clear_names(struct order *copy);
void order_set_id(struct order *copy, const char *id);

#endif
