/*
 * The statuses of Akinon, and the items of an order, which have them too.
 *
 *     statuses.c   the status table (7)
 *     items.c      the items of an order
 *
 * An order is canceled or returned as a whole or item by item, so most of it is told of items: each has a status of its
 * own, a code in a string as on the wire ("50"). An order's `state` is the name of its own status.
 *
 * Functions that take a `const struct order *` look; those that take an item or an order that is not const change it,
 * as the engine's rules about copies want (model/order.h). Items and texts are lent by the order.
 *
 *     for (const cJSON *item = akinon_first_item(order); item != NULL; item = item->next)
 *         if (akinon_item_is_open(item)) …
 */
#ifndef PROVIDERS_AKINON_ITEMS_H
#define PROVIDERS_AKINON_ITEMS_H

#include <stdbool.h>

#include "base/json.h"
#include "model/order.h"

/* ── statuses.c ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What a cancel of an item in this status starts. */
enum plan_kind { PLAN_NONE, PLAN_CANCEL, PLAN_REFUND };

/* `approved` leads, because a new order is one. The names of 425, 550 and 600 are ours. */
/* clang-format off */
#define AKINON_STATUSES(row)                        \
    row("approved", "400", PLAN_CANCEL)             \
    row("cancellation_waiting", "50", PLAN_NONE)    \
    row("canceled", "100", PLAN_NONE)               \
    row("waiting", "200", PLAN_CANCEL)              \
    row("payment_waiting", "300", PLAN_CANCEL)      \
    row("confirmation_waiting", "350", PLAN_CANCEL) \
    row("inactive", "425", PLAN_NONE)               \
    row("preparing", "450", PLAN_CANCEL)            \
    row("shipped", "500", PLAN_REFUND)              \
    row("shipped_and_informed", "510", PLAN_REFUND) \
    row("ready_for_pickup", "520", PLAN_REFUND)     \
    row("attempted_delivery", "540", PLAN_REFUND)   \
    row("review_started", "544", PLAN_NONE)         \
    row("review_waiting", "545", PLAN_NONE)         \
    row("delivered", "550", PLAN_REFUND)            \
    row("refunded", "600", PLAN_NONE)
/* clang-format on */

#define AKINON_STATUS_NAME(state, code, starts) state,

struct akinon_status {
    const char *state; /* "cancellation_waiting" */
    const char *code;  /* "50" */
    enum plan_kind starts;
};

/* By name or by code; NULL for a word that the table lacks. */
const struct akinon_status *akinon_status(const char *word);

/* Every name and every code. */
extern const char *const akinon_status_words[];
extern const char *const akinon_plan_kinds[]; /* "cancel", "refund" */

#define CODE_WAITING  "50"
#define CODE_CANCELED "100"
#define CODE_REFUNDED "600"

/* ── items.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The items in the order of the document, linked by `next`; NULL when there is none. */
const cJSON *akinon_first_item(const struct order *order);
cJSON *akinon_first_item_mut(struct order *order);
/* The pk as its digits. */
const char *akinon_item_pk(const cJSON *item);
/* The pks of all items; NULL where there are none. For name_set_free(). */
struct name_set *akinon_item_pks(const struct order *order);
const cJSON *akinon_item_of(const struct order *order, const char *pk);
/* Its row of the status table; NULL for a word that the table lacks. */
const struct akinon_status *akinon_item_status(const cJSON *item);
bool akinon_item_has(const cJSON *item, const char *code);
enum plan_kind akinon_item_starts(const cJSON *item);
/* True unless the item is waiting for a plan, cancelled or refunded. */
bool akinon_item_is_open(const cJSON *item);
bool akinon_has_open_item(const struct order *order);
/* True when it is cancelled or refunded, and so was settled by a plan. */
bool akinon_item_is_settled(const cJSON *item);
void akinon_set_item(cJSON *item, const char *code, const char *cancel_status);
/* Every item in full: what was given wins, the rest follows the order. */
void akinon_complete_items(struct order *order);

#endif
