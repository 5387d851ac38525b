/*
 * An order of any provider, as the mock keeps it.
 *
 * What always holds
 *   - `id` is what a client cancels by; `aliases` are its other names (Fungies' and Akinon's order number). No two
 *     orders of one provider and session share one.
 *   - `state` is a name of the provider's `states`, and points into that table.
 *   - `document` is the vendor's own JSON, as a client would read it. `facts` are what the mock must know beside it and
 *     the vendor does not show (whether a card payment went through, the state before a request); an object, often
 * empty.
 *   - An order in a store never changes: whoever wants another order makes a copy, changes that and commits it
 *     (model/store.h). So a borrowed `const struct order *` can be read without a lock.
 *
 * Orders are counted: order_hold() and order_drop() may be called from any thread.
 */
#ifndef MODEL_ORDER_H
#define MODEL_ORDER_H

#include <stddef.h>
#include <stdint.h>

#include "base/json.h"

struct provider;
struct session;

#define ORDER_NAME_MAX 200
#define ORDER_STILL    INT64_MAX /* a seed order stands still until something happens to it */

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
    int64_t polls;    /* how often it was read in `state`, counted only where a pace asks for it */
    uint64_t version; /* set by the store; grows with each commit */
    int references;   /* order_hold(), order_drop() */
};

/*
 * Makes an order from what a fixture or a control call says of it: {"id"?, "account"?, "state"?, "document"?,
 * "facts"?}. The rest comes from the provider: a fresh document, dressed for the state; members of the given document
 * win. `spec` has been checked against the shapes. Returns an order with one reference; or NULL, with a static text in
 * *problem, when the provider has no such state or the id cannot be one of its ids. It is in its state since now.
 */
struct order *order_make(struct session *session, const struct provider *provider, const cJSON *spec,
                         const char **problem);

struct order *order_copy(const struct order *order) WARN_UNUSED; /* one reference; everything in it is its own */
const struct order *order_hold(const struct order *order);
void order_drop(const struct order *order); /* NULL is fine */

/* Moves a copy into `state` (a name of its provider) and dresses its document for it at the time `now_us`. */
void order_enter(struct order *copy, const char *state, int64_t now_us);
/* The provider's table entry of that name, or NULL. */
const char *state_of(const struct provider *provider, const char *name);

/* NULL when every name of the order can be looked up (1 to ORDER_NAME_MAX bytes) and the id is one of its provider's
 * (id_is_integer: digits, no leading zero); else a static text. */
const char *order_name_problem(const struct order *order);

void order_add_alias(struct order *copy, const char *alias);
void order_clear_names(struct order *copy);
void order_set_id(struct order *copy, const char *id);

/* {"provider","id","aliases","account","state","document","facts"}: how the control API shows it. */
cJSON *order_to_json(const struct order *order) WARN_UNUSED;

#endif
