/*
 * An order's JSON: its shape, a fresh one, and the stamps that each state leaves.
 *
 * Stamps are only ever filled, never moved, so an order that comes back from a refused request keeps those it had.
 * Which earlier stamps a state implies matters when an order is made in that state: a confirmed order has no
 * transferred_at, as none of the recorded ones had (7).
 */
#include <stdlib.h>
#include <string.h>

#include "model/session.h"
#include "providers/zaikio/zaikio.h"
#include "support/ids.h"
#include "support/instant.h"

/* ── Shapes (5) ────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct shape link_shape[] = {
    {"rel", SHAPE_STRING, .required = true},
    {"href", SHAPE_STRING, .nullable = true},
    SHAPE_END,
};

static const struct shape contract_shape[] = {
    {"id", SHAPE_STRING, .required = true},
    {"customer_number", SHAPE_STRING, .nullable = true},
    {"references", SHAPE_ARRAY_OF_STRINGS},
    {"links", SHAPE_ARRAY, link_shape, .nullable = true},
    SHAPE_END,
};

static const struct shape person_shape[] = {
    {"id", SHAPE_STRING, .nullable = true},
    {"display_name", SHAPE_STRING, .nullable = true},
    {"links", SHAPE_ARRAY, link_shape, .nullable = true},
    SHAPE_END,
};

static const struct shape sales_group_shape[] = {
    {"id", SHAPE_STRING, .nullable = true},
    {"name", SHAPE_STRING, .nullable = true},
    {"links", SHAPE_ARRAY, link_shape, .nullable = true},
    SHAPE_END,
};

static const struct shape parent_shape[] = {
    {"id", SHAPE_STRING},
    {"references", SHAPE_ARRAY_OF_STRINGS},
    {"links", SHAPE_ARRAY, link_shape, .nullable = true},
    SHAPE_END,
};

static const struct shape sku_shape[] = {
    {"id", SHAPE_STRING},
    {"order_number", SHAPE_STRING},
    {"links", SHAPE_ARRAY, link_shape, .nullable = true},
    SHAPE_END,
};

static const struct shape line_item_shape[] = {
    {"id", SHAPE_STRING, .required = true},
    {"order_id", SHAPE_STRING},
    {"sku_id", SHAPE_STRING},
    {"references", SHAPE_ARRAY_OF_STRINGS},
    {"amount", SHAPE_INTEGER},
    {"amount_in_base_unit", SHAPE_INTEGER},
    {"base_unit", SHAPE_STRING},
    {"description", SHAPE_STRING},
    {"order_number", SHAPE_STRING},
    {"tax_rate", SHAPE_STRING, .nullable = true},
    {"taxes", SHAPE_STRING, .nullable = true},
    {"total_gross_price", SHAPE_STRING, .nullable = true},
    {"total_net_price", SHAPE_STRING},
    {"unit", SHAPE_STRING},
    {"confirmed_delivery_at", SHAPE_STRING, .nullable = true},
    {"created_at", SHAPE_STRING},
    {"updated_at", SHAPE_STRING},
    {"catalog_price", SHAPE_STRING},
    {"confirmed_price", SHAPE_STRING, .nullable = true},
    {"order", SHAPE_OBJECT, parent_shape},
    {"sku", SHAPE_OBJECT, sku_shape},
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
    {"order_line_items", SHAPE_ARRAY, line_item_shape},
    SHAPE_END,
};

const struct shape zaikio_facts_shape[] = {
    {"state_before", SHAPE_STRING},          /* the state before a request */
    {"returns_to", SHAPE_STRING},            /* where a refusal of it leads (9 A7); state_before when absent */
    {"clears_stamp", SHAPE_BOOLEAN},         /* a refusal clears cancelation_requested_at (9 A6) */
    {"transfers_after_read", SHAPE_BOOLEAN}, /* a placed order is transferred right after the next GET (9 A18) */
    SHAPE_END,
};

/* ── A fresh order ─────────────────────────────────────────────────────────────────────────────────────────────── */

/* The contract of fresh orders in provider.json; its supplier has the policy of all recorded ones (7). */
static const char FRESH_CONTRACT[] = "0c6f3a52-5b1e-4d1c-9a37-61d2c8e4f701";
static const char FRESH_CONTRACT_REFERENCE[] = "C/7KM2QD";
static const char SKU[] = "4b7e1d90-2c3f-4a58-8d6e-9f0a1b2c3d4e";

struct member_row {
    const char *name;
    const char *text; /* NULL: null */
};

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
    {"contract_id", FRESH_CONTRACT},
    {"contract", NULL},
    {"exclusive_sales_group_id", NULL},
    {"exclusive_sales_group", NULL},
    {"person_id", NULL},
    {"person", NULL},
};

static const struct member_row line_item_rows[] = {
    {"sku_id", SKU},
    {"references", NULL},
    {"amount", NULL},
    {"amount_in_base_unit", NULL},
    {"base_unit", "sheet"},
    {"description", "Bogenoffset weiß – 920 × 650 mm, 100 g/㎡, PEFC & FSC, 25600 pallets"},
    {"order_number", "BOW|100|92.0|65.0|010000|PEFC|PL"},
    {"tax_rate", NULL},
    {"taxes", NULL},
    {"total_gross_price", NULL},
    {"total_net_price", "25729200.0"},
    {"unit", "pallet"},
    {"created_at", NULL},
    {"updated_at", NULL},
    {"catalog_price", "1005.046875"},
    {"confirmed_price", NULL},
};

static void set_rows(cJSON *object, const struct member_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        json_set_string(object, rows[i].name, rows[i].text);
}

static void set_list_of_one(cJSON *object, const char *name, const char *text)
{
    cJSON *list = cJSON_CreateArray();
    cJSON_AddItemToArray(list, cJSON_CreateString(text));
    json_set(object, name, list);
}

/* [{"rel":"self","href":…}]; a path from the host's root, null when there is nothing to point at. */
static void set_links(cJSON *object, const char *folder, const char *id)
{
    cJSON *links = cJSON_CreateArray();
    cJSON *link = cJSON_CreateObject();
    char *href = id == NULL ? NULL : mem_print("/consumers/api/v1/%s/%s", folder, id);
    json_set_string(link, "rel", "self");
    json_set_string(link, "href", href);
    free(href);
    cJSON_AddItemToArray(links, link);
    json_set(object, "links", links);
}

static cJSON *contract_of(const char *id, const char *reference)
{
    cJSON *contract = cJSON_CreateObject();
    json_set_string(contract, "id", id);
    json_set_string(contract, "customer_number", NULL);
    if (reference == NULL)
        json_set(contract, "references", cJSON_CreateArray());
    else
        set_list_of_one(contract, "references", reference);
    set_links(contract, "contracts", id);
    return contract;
}

/* An object whose members are null, since nobody is set; the object itself stays (5). */
static cJSON *nobody(const char *name_member)
{
    cJSON *object = cJSON_CreateObject();
    json_set_null(object, "id");
    json_set_null(object, name_member);
    set_links(object, NULL, NULL);
    return object;
}

/* The order that a line item belongs to, told within it. */
static void set_parent(cJSON *item, const char *order_id, const cJSON *references)
{
    cJSON *parent = cJSON_CreateObject();
    json_set_string(item, "order_id", order_id);
    json_set_string(parent, "id", order_id);
    json_set(parent, "references", cJSON_Duplicate(references, true));
    set_links(parent, "orders", order_id);
    json_set(item, "order", parent);
}

/* "CO/" and six upper-case letters or digits (5). */
static void set_reference(struct session *session, cJSON *object, const char *prefix)
{
    char tail[7];
    session_characters(session, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 6, tail);
    char *reference = mem_print("%s/%s", prefix, tail);
    set_list_of_one(object, "references", reference);
    free(reference);
}

static cJSON *blank_line_item(struct session *session, const cJSON *order, const char *now)
{
    char id[UUID_TEXT_MAX];
    session_uuid(session, id);

    cJSON *item = cJSON_CreateObject();
    json_set_string(item, "id", id);
    set_parent(item, json_string(order, "id"), json_member(order, "references"));
    set_rows(item, line_item_rows, COUNT_OF(line_item_rows));
    set_reference(session, item, "OR");
    json_set_integer(item, "amount", 25600);
    json_set_integer(item, "amount_in_base_unit", 256000000); /* as large as any that was seen (5) */
    json_set_string(item, "created_at", now);
    json_set_string(item, "updated_at", now);
    cJSON *sku = cJSON_AddObjectToObject(item, "sku");
    json_set_string(sku, "id", SKU);
    json_set_string(sku, "order_number", "BOW|100|92.0|65.0|010000|PEFC|PL");
    json_set_null(sku, "links"); /* may be null (5) */
    return item;
}

cJSON *zaikio_blank(struct session *session)
{
    char id[UUID_TEXT_MAX], now[INSTANT_TEXT_MAX];
    session_uuid(session, id);
    instant_write_utc(session_now(session), 3, now);

    cJSON *order = cJSON_CreateObject();
    json_set_string(order, "id", id);
    set_rows(order, order_rows, COUNT_OF(order_rows));
    set_reference(session, order, "CO");
    json_set(order, "contract", contract_of(FRESH_CONTRACT, FRESH_CONTRACT_REFERENCE));
    json_set(order, "exclusive_sales_group", nobody("name"));
    json_set(order, "person", nobody("display_name"));
    json_set_string(order, "created_at", now);
    json_set_string(order, "updated_at", now);
    cJSON *items = cJSON_AddArrayToObject(order, "order_line_items");
    cJSON_AddItemToArray(items, blank_line_item(session, order, now));
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
static void invent_past(struct order *order, const char *now)
{
    bool requested = strcmp(order->state, "cancelation_requested") == 0;
    if (!requested && strcmp(order->state, "canceled_by_supplier") != 0)
        return;
    if (json_string(order->facts, "state_before") == NULL)
        json_set_string(order->facts, "state_before", "transferred");
    fill_stamps(order->document, json_string(order->facts, "state_before"), now);
}

#define SAVED_LATER_US (3 * INT64_C(1000)) /* a stamp is some milliseconds older than updated_at (5) */

void zaikio_dress(struct order *order, int64_t now_us)
{
    char now[INSTANT_TEXT_MAX], saved[INSTANT_TEXT_MAX];
    instant_write_utc(now_us, 3, now);
    instant_write_utc(now_us + SAVED_LATER_US, 3, saved);

    json_set_string(order->document, "state", order->state);
    invent_past(order, now);
    fill_stamps(order->document, order->state, now);
    json_set_string(order->document, "updated_at", saved);
}

void zaikio_apply_refusal(struct session *session, struct order *copy, int64_t at_us)
{
    (void)session;
    const char *before = json_string_or(copy->facts, "state_before", "transferred");
    const char *state = state_of(copy->provider, json_string_or(copy->facts, "returns_to", before));
    if (json_true(copy->facts, "clears_stamp"))
        json_set_null(copy->document, "cancelation_requested_at");
    order_enter(copy, state == NULL ? "transferred" : state, at_us);
    cJSON_DeleteItemFromObjectCaseSensitive(copy->facts, "state_before");
    cJSON_DeleteItemFromObjectCaseSensitive(copy->facts, "returns_to");
    cJSON_DeleteItemFromObjectCaseSensitive(copy->facts, "clears_stamp");
}

/* ── Names ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Whoever makes an order and names its contract in one of two places gets it in both. */
static void join_contract(cJSON *document)
{
    const char *id = json_string_or(document, "contract_id", FRESH_CONTRACT);
    const char *inner = json_string_or(json_member(document, "contract"), "id", FRESH_CONTRACT);
    if (strcmp(id, inner) == 0)
        return;
    if (strcmp(id, FRESH_CONTRACT) == 0)
        json_set_string(document, "contract_id", inner);
    else
        json_set(document, "contract", contract_of(id, NULL));
}

/* The same for line items that name another order: those of a fresh document whose id was then given. */
static void join_line_items(cJSON *document)
{
    const char *id = json_string_or(document, "id", "");
    cJSON *item = NULL;
    cJSON_ArrayForEach (item, json_member_mut(document, "order_line_items")) {
        if (cJSON_IsObject(item) && strcmp(json_string_or(item, "order_id", id), id) != 0)
            set_parent(item, id, json_member(document, "references"));
    }
}

void zaikio_identify(struct order *order)
{
    order_set_id(order, json_string_or(order->document, "id", ""));
    join_contract(order->document);
    join_line_items(order->document);
}
