/*
 * An order's JSON: its shape, a new one, what each state leaves in it, its names.
 *
 * Stamps are only ever filled, never moved, so an order that goes on after a request keeps those it had.
 * Which earlier stamps a state implies matters when an order is made in that state: a confirmed order has no
 * transferred_at, as none of the recorded ones had (7).
 */
#include <string.h>

#include "base/ids.h"
#include "base/instant.h"
#include "providers/zaikio/contents.h"

/* ── Shapes (5) ────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct shape contract_shape[] = {
    {"id", SHAPE_STRING, .required = true},
    {"customer_number", SHAPE_STRING, .nullable = true},
    {"references", SHAPE_ARRAY_OF_STRINGS},
    {"links", SHAPE_ARRAY, zaikio_link_shape, .nullable = true},
    SHAPE_END,
};

static const struct shape person_shape[] = {
    {"id", SHAPE_STRING, .nullable = true},
    {"display_name", SHAPE_STRING, .nullable = true},
    {"links", SHAPE_ARRAY, zaikio_link_shape, .nullable = true},
    SHAPE_END,
};

static const struct shape sales_group_shape[] = {
    {"id", SHAPE_STRING, .nullable = true},
    {"name", SHAPE_STRING, .nullable = true},
    {"links", SHAPE_ARRAY, zaikio_link_shape, .nullable = true},
    SHAPE_END,
};

const struct shape zaikio_document_shape[] = {
    {"id", SHAPE_STRING},
    {"canceled_by_consumer_at", SHAPE_STRING, .nullable = true},
    {"canceled_by_supplier_at", SHAPE_STRING, .nullable = true},
    {"cancelation_requested_at", SHAPE_STRING, .nullable = true},
    {"confirmed_at", SHAPE_STRING, .nullable = true},
    {"currency", SHAPE_STRING, .nullable = true},
    {"delivery_mode", SHAPE_STRING},
    {"gross_total", SHAPE_STRING, .nullable = true}, /* money is text, never a number */
    {"net_handling_fee", SHAPE_STRING, .nullable = true},
    {"net_shipping_fee", SHAPE_STRING, .nullable = true},
    {"net_total", SHAPE_STRING, .nullable = true},
    {"partially_shipped_at", SHAPE_STRING, .nullable = true},
    {"partially_shipped_remainder_canceled_at", SHAPE_STRING, .nullable = true},
    {"placed_at", SHAPE_STRING, .nullable = true},
    {"producing_at", SHAPE_STRING, .nullable = true},
    {"references", SHAPE_ARRAY_OF_STRINGS},
    {"shipped_at", SHAPE_STRING, .nullable = true},
    {"state", SHAPE_STRING},
    {"state_reason", SHAPE_STRING, .nullable = true},
    {"taxes", SHAPE_STRING, .nullable = true},
    {"taxes_on_fees", SHAPE_STRING, .nullable = true},
    {"transfer_failed_at", SHAPE_STRING, .nullable = true},
    {"transferred_at", SHAPE_STRING, .nullable = true},
    {"contract_id", SHAPE_STRING},
    {"contract", SHAPE_OBJECT, contract_shape},
    {"exclusive_sales_group_id", SHAPE_STRING, .nullable = true},
    {"exclusive_sales_group", SHAPE_OBJECT, sales_group_shape},
    {"person_id", SHAPE_STRING, .nullable = true},
    {"person", SHAPE_OBJECT, person_shape},
    {"created_at", SHAPE_STRING, .nullable = true},
    {"updated_at", SHAPE_STRING},
    {"order_line_items", SHAPE_ARRAY, zaikio_line_item_shape, .most = ORDER_LIST_MAX},
    SHAPE_END,
};

const struct shape zaikio_facts_shape[] = {
    {"state_before", SHAPE_STRING},          /* the state before a pending request: what goes on from there (7) */
    {"was_refused", SHAPE_BOOLEAN},          /* the supplier went on in spite of a request (9 A20) */
    {"transfers_after_read", SHAPE_BOOLEAN}, /* a placed order is transferred right after the next GET (9 A18) */
    {"made_by_client", SHAPE_BOOLEAN},       /* V2 lists the drafts of the asking application alone (8.3) */
    {"material_requirements", SHAPE_ARRAY_OF_STRINGS,
     .most = ORDER_LIST_MAX}, /* ids of what V2 made the order for (8.3) */
    {"copy_material_requirement_references_to_line_items", SHAPE_BOOLEAN},
    {"deliveries", SHAPE_ARRAY,
     .most = ORDER_LIST_MAX}, /* parts with a path of their own; an order does not show them (3) */
    SHAPE_END,
};

/* ── A new order ───────────────────────────────────────────────────────────────────────────────────────────────── */

/* The contract of new orders in provider.json; its supplier has the policy of all recorded ones (7). */
static const char NEW_CONTRACT[] = "0c6f3a52-5b1e-4d1c-9a37-61d2c8e4f701";
static const char NEW_CONTRACT_REFERENCE[] = "C/7KM2QD";

/* In the order of the recorded answers; the totals have the eight digits that the API allows (5). */
static const struct member_row order_rows[] = {
    {"canceled_by_consumer_at", NULL},
    {"canceled_by_supplier_at", NULL},
    {"cancelation_requested_at", NULL},
    {"confirmed_at", NULL},
    {"currency", "EUR"},
    {"delivery_mode", "complete"},
    {"gross_total", "30617748.0"},
    {"net_handling_fee", NULL},
    {"net_shipping_fee", NULL},
    {"net_total", "25729200.0"},
    {"partially_shipped_at", NULL},
    {"partially_shipped_remainder_canceled_at", NULL},
    {"placed_at", NULL},
    {"producing_at", NULL},
    {"references", NULL},
    {"shipped_at", NULL},
    {"state", "draft"},
    {"state_reason", NULL},
    {"taxes", "4888548.0"},
    {"taxes_on_fees", NULL},
    {"transfer_failed_at", NULL},
    {"transferred_at", NULL},
    {"contract_id", NEW_CONTRACT},
    {"contract", NULL},
    {"exclusive_sales_group_id", NULL},
    {"exclusive_sales_group", NULL},
    {"person_id", NULL},
    {"person", NULL},
};

static cJSON *list_of_one(const char *text)
{
    cJSON *list = cJSON_CreateArray();
    cJSON_AddItemToArray(list, cJSON_CreateString(text));
    return list;
}

cJSON *zaikio_new_document(const struct maker *maker)
{
    char id[UUID_TEXT_MAX], now[INSTANT_TEXT_MAX];
    maker_uuid(maker, id);
    instant_write_utc(maker->now_us, 3, now);

    cJSON *order = cJSON_CreateObject();
    json_set_string(order, "id", id);
    zaikio_set_rows(order, order_rows, COUNT_OF(order_rows));
    zaikio_set_references(maker, order, "CO", NULL);
    json_set(order, "contract", zaikio_contract(NEW_CONTRACT, NULL, list_of_one(NEW_CONTRACT_REFERENCE)));
    json_set(order, "exclusive_sales_group", zaikio_sales_group(NULL));
    json_set(order, "person", zaikio_nobody("display_name"));
    json_set_string(order, "created_at", now);
    json_set_string(order, "updated_at", now);
    cJSON *items = cJSON_AddArrayToObject(order, "order_line_items");
    cJSON_AddItemToArray(items, zaikio_new_line_item(maker, order, now));
    return order;
}

/* ── States (7) ────────────────────────────────────────────────────────────────────────────────────────────────── */

#define PLACED    "placed_at"
#define CONFIRMED PLACED, "confirmed_at"
#define PRODUCING CONFIRMED, "producing_at"
#define PARTLY    PRODUCING, "partially_shipped_at"

/* The stamps that an order in this state has, whatever way it went. */
static const struct stamp_row {
    const char *state;
    const char *stamps[6];
} stamp_rows[] = {
    {"draft", {NULL}},
    {"placed", {PLACED}},
    {"transferred", {PLACED, "transferred_at"}},
    {"transfer_failed", {PLACED, "transfer_failed_at"}},
    {"confirmed", {CONFIRMED}},
    {"producing", {PRODUCING}},
    {"partially_shipped", {PARTLY}},
    {"partially_shipped_remainder_canceled", {PARTLY, "partially_shipped_remainder_canceled_at"}},
    {"shipped", {PRODUCING, "shipped_at"}},
    {"canceled_by_consumer", {PLACED, "canceled_by_consumer_at"}},
    {"cancelation_requested", {PLACED, "cancelation_requested_at"}},
    {"canceled_by_supplier", {PLACED, "cancelation_requested_at", "canceled_by_supplier_at"}},
};

static void fill_stamp(cJSON *document, const char *name, const char *text)
{
    if (json_string(document, name) == NULL)
        json_set_string(document, name, text);
}

static void fill_stamps(cJSON *document, const char *state, const char *text)
{
    for (size_t i = 0; i < COUNT_OF(stamp_rows); i++) {
        if (strcmp(stamp_rows[i].state, state) != 0)
            continue;
        for (const char *const *stamp = stamp_rows[i].stamps; *stamp != NULL; stamp++)
            fill_stamp(document, *stamp, text);
    }
}

/* An order made in a state that follows a request has been somewhere before: transferred, as all recorded ones (7),
 * unless the facts say where. An order that really went that way has those stamps already. */
static void fill_state_before(struct order *order, const char *now)
{
    bool requested = strcmp(order->state, "cancelation_requested") == 0;
    if (!requested && strcmp(order->state, "canceled_by_supplier") != 0)
        return;
    if (json_string(order->facts, "state_before") == NULL)
        json_set_string(order->facts, "state_before", "transferred");
    fill_stamps(order->document, json_string(order->facts, "state_before"), now);
}

#define SAVED_LATER_US (3 * INT64_C(1000)) /* a stamp is some milliseconds older than updated_at (5) */

void zaikio_write_state(struct order *order, int64_t now_us)
{
    char now[INSTANT_TEXT_MAX], saved[INSTANT_TEXT_MAX];
    instant_write_utc(now_us, 3, now);
    instant_write_utc(now_us + SAVED_LATER_US, 3, saved);

    json_set_string(order->document, "state", order->state);
    fill_state_before(order, now);
    fill_stamps(order->document, order->state, now);
    json_set_string(order->document, "updated_at", saved);
}

/* ── Names ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

bool zaikio_is_uuid(const char *text)
{
    return uuid_is_valid(text) && strpbrk(text, "ABCDEF") == NULL;
}

/* Whoever makes an order and names its contract in one of two places gets it in both. */
static void join_contract(cJSON *document)
{
    const char *id = json_string_or(document, "contract_id", NEW_CONTRACT);
    const char *inner = json_string_or(json_member(document, "contract"), "id", NEW_CONTRACT);
    if (strcmp(id, inner) == 0)
        return;
    if (strcmp(id, NEW_CONTRACT) == 0)
        json_set_string(document, "contract_id", inner);
    else
        json_set(document, "contract", zaikio_contract(id, NULL, cJSON_CreateArray()));
}

/* The same for line items that name another order: those of a new document whose id was then given. */
static void join_line_items(cJSON *document)
{
    const char *id = json_string_or(document, "id", "");
    cJSON *item = NULL;
    cJSON_ArrayForEach (item, json_member_mut(document, "order_line_items")) {
        if (cJSON_IsObject(item) && strcmp(json_string_or(item, "order_id", id), id) != 0)
            zaikio_set_parent(item, id, json_member(document, "references"));
    }
}

void zaikio_read_names(struct order *order)
{
    order_set_id(order, json_string_or(order->document, "id", ""));
    join_contract(order->document);
    join_line_items(order->document);
}
