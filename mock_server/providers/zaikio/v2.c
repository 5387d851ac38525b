/*
 * The second version of the API, a second personality of the same orders: PATCH …/cancel and …/place without a
 * described body, and an order of another form: prices and delivery nested, links at the top, no state_reason, no
 * cancelation_requested_at (8). Its states are those of V1.
 *
 * V2 has no 'request cancelation' of its own: one cancel, 'if possible' (3). By default that is cancel_by_consumer
 * alone; the knob v2_cancel lets it become a request.
 */
#include <stdlib.h>
#include <string.h>

#include "providers/zaikio/zaikio.h"

/* ── Whose order ───────────────────────────────────────────────────────────────────────────────────────────────── */

/* Whether the organisation is the one that the account of a person's token works for: another credential tells. */
static bool is_own_organisation(struct exchange *x, const char *id)
{
    const char *wanted = arena_print(x->arena, "Organization/%s", id);
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, json_member(exchange_fixture(x), "credentials")) {
        if (strcmp(json_string_or(entry, "account", ""), x->account) == 0 &&
            strcmp(json_string_or(entry, "subject", ""), wanted) == 0)
            return true;
    }
    return false;
}

enum step zaikio_v2_validate(struct exchange *x)
{
    const char *organisation = exchange_param(x, "organization_id");
    if (*organisation == '\0' || is_own_organisation(x, organisation))
        return STEP_NEXT;
    return zaikio_refuse_not_found(x, &(struct reason){"3: an organisation that the person does not belong to",
                                                       "organization_id", x->account, organisation});
}

/* ── The calls (3) ─────────────────────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_v2_decide_get(struct exchange *x, const struct order *order, struct order **changed)
{
    (void)changed;
    return zaikio_check_order(x, order);
}

static enum step decide(struct exchange *x, const struct order *order, struct order **changed,
                        enum step (*event)(struct exchange *, struct order *, bool *))
{
    bool moved = false;
    struct order *copy = order_copy(order);
    enum step step = event(x, copy, &moved);
    if (step == STEP_NEXT && moved)
        *changed = copy;
    else
        order_drop(copy);
    return step;
}

enum step zaikio_v2_decide_place(struct exchange *x, const struct order *order, struct order **changed)
{
    if (zaikio_check_order(x, order) == STEP_REPLY)
        return STEP_REPLY;
    return decide(x, order, changed, zaikio_place);
}

enum step zaikio_v2_decide_cancel(struct exchange *x, const struct order *order, struct order **changed)
{
    if (zaikio_check_order(x, order) == STEP_REPLY)
        return STEP_REPLY;
    bool requested = strcmp(order->state, "cancelation_requested") == 0; /* then this is a repeat of that (7) */
    bool may_request = strcmp(order->state, "placed") != 0 && zaikio_policy_allows(x, order);
    bool or_request = exchange_knob(x, KNOB_V2_CANCEL) == V2_CANCEL_OR_REQUEST && (requested || may_request);
    return decide(x, order, changed, or_request ? zaikio_request_cancelation : zaikio_cancel_by_consumer);
}

/* ── The form (8; REC2) ────────────────────────────────────────────────────────────────────────────────────────── */

struct name_pair {
    const char *here, *in_v1;
};

static void copy_members(cJSON *to, const cJSON *from, const struct name_pair *pairs)
{
    for (; pairs->here != NULL; pairs++) {
        const cJSON *value = json_member(from, pairs->in_v1);
        json_set(to, pairs->here, value == NULL ? cJSON_CreateNull() : cJSON_Duplicate(value, true));
    }
}

static const struct name_pair order_pairs[] = {
    {"canceled_by_consumer_at", "canceled_by_consumer_at"},
    {"canceled_by_supplier_at", "canceled_by_supplier_at"},
    {"confirmed_at", "confirmed_at"},
    {"placed_at", "placed_at"},
    {"transferred_at", "transferred_at"},
    {NULL, NULL},
};

static const struct name_pair pricing_pairs[] = {
    {"total_net_price", "net_total"},
    {"total_gross_price", "gross_total"},
    {"net_handling_fee", "net_handling_fee"},
    {"net_shipping_fee", "net_shipping_fee"},
    {"taxes", "taxes"},
    {"taxes_on_fees", "taxes_on_fees"},
    {NULL, NULL},
};

static const struct name_pair item_pairs[] = {
    {"references", "references"},
    {"amount", "amount"},
    {"amount_in_base_unit", "amount_in_base_unit"},
    {"base_unit", "base_unit"},
    {"confirmed_delivery_at", "confirmed_delivery_at"},
    {"description", "description"},
    {"order_number", "order_number"},
    {NULL, NULL},
};

static const struct name_pair item_pricing_pairs[] = {
    {"unit_net_price", "catalog_price"},
    {"total_net_price", "total_net_price"},
    {"tax_rate", "tax_rate"},
    {"taxes", "taxes"},
    {"total_gross_price", "total_gross_price"},
    {NULL, NULL},
};

static const struct name_pair sku_pairs[] = {{"id", "id"}, {"order_number", "order_number"}, {NULL, NULL}};
static const struct name_pair stamp_pairs[] = {
    {"created_at", "created_at"}, {"updated_at", "updated_at"}, {NULL, NULL}};
static const struct name_pair person_pairs[] = {
    {"id", "id"}, {"full_name", "display_name"}, {"links", "links"}, {NULL, NULL}};
static const struct name_pair delivery_pairs[] = {{"date", "confirmed_delivery_date"},
                                                  {"desired_delivery_date", "desired_delivery_date"},
                                                  {"address", "address"},
                                                  {NULL, NULL}};

static cJSON *item_form(const cJSON *item)
{
    cJSON *form = cJSON_CreateObject();
    copy_members(form, item, item_pairs);
    copy_members(cJSON_AddObjectToObject(form, "pricing"), item, item_pricing_pairs);
    copy_members(cJSON_AddObjectToObject(form, "sku"), json_member(item, "sku"), sku_pairs);
    copy_members(form, item, stamp_pairs);
    return form;
}

static void add_delivery(cJSON *form, const struct order *order)
{
    cJSON *delivery = cJSON_AddObjectToObject(form, "delivery");
    json_set_string(delivery, "accuracy", "esimated"); /* as recorded, where the description has `estimated` */
    copy_members(delivery, cJSON_GetArrayItem(json_member(order->facts, "deliveries"), 0), delivery_pairs);
}

static void add_links(cJSON *form, const char *id)
{
    cJSON *link = cJSON_CreateObject();
    char *href = mem_print("%s/v2/orders/%s", ZAIKIO_V2_BASE, id);
    json_set_string(link, "rel", "self");
    json_set_string(link, "href", href);
    cJSON_AddItemToArray(cJSON_AddArrayToObject(form, "links"), link);
    free(href);
}

static cJSON *form_of(const struct order *order)
{
    const cJSON *document = order->document, *item = NULL;
    cJSON *form = cJSON_CreateObject();
    json_set_string(form, "id", order->id);
    json_set_bool(form, "copy_material_requirement_references_to_line_items", false);
    json_set_string(form, "currency", json_string(document, "currency"));
    json_set(form, "references", cJSON_Duplicate(json_member(document, "references"), true));
    json_set_string(form, "state", json_string(document, "state"));
    cJSON *pricing = cJSON_AddObjectToObject(form, "pricing");
    json_set_string(pricing, "accuracy", "estimated");
    copy_members(pricing, document, pricing_pairs);
    copy_members(form, document, order_pairs);
    add_delivery(form, order);
    copy_members(cJSON_AddObjectToObject(form, "person"), json_member(document, "person"), person_pairs);
    cJSON *items = cJSON_AddArrayToObject(form, "order_line_items");
    cJSON_ArrayForEach (item, json_member(document, "order_line_items")) {
        cJSON_AddItemToArray(items, item_form(item));
    }
    add_links(form, order->id);
    copy_members(form, document, stamp_pairs);
    return form;
}

void zaikio_v2_render(struct exchange *x)
{
    cJSON *form = form_of(x->order);
    char *json = json_write(form);
    cJSON_Delete(form);
    zaikio_answer(x, 200, json);
}
