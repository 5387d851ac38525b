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

#include "providers/zaikio/contents.h"

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

/* Money is never null: what nobody knows yet is "0.0", and a sum without taxes that are known is the net one. */
static void copy_money(cJSON *to, const cJSON *from, const struct name_pair *pairs)
{
    copy_members(to, from, pairs);
    for (; pairs->here != NULL; pairs++)
        if (json_string(to, pairs->here) == NULL && strcmp(pairs->here, "tax_rate") != 0)
            json_set_string(to, pairs->here, "0.0");
    if (strcmp(json_string_or(to, "total_gross_price", "0.0"), "0.0") == 0)
        json_set_string(to, "total_gross_price", json_string(to, "total_net_price"));
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

static const struct name_pair stamp_pairs[] = {
    {"created_at", "created_at"}, {"updated_at", "updated_at"}, {NULL, NULL}};
static const struct name_pair person_pairs[] = {
    {"id", "id"}, {"full_name", "display_name"}, {"links", "links"}, {NULL, NULL}};
static const struct name_pair delivery_pairs[] = {{"date", "confirmed_delivery_date"},
                                                  {"desired_delivery_date", "desired_delivery_date"},
                                                  {"address", "address"},
                                                  {NULL, NULL}};

/* How an article is told depends on what it is counted in: a pallet as the sheets on it, a pack or a ream as one of
 * those. */
static void add_sku(struct exchange *x, cJSON *form, const cJSON *item)
{
    const cJSON *sku = zaikio_find(x, "skus", "id", json_string(item, "sku_id"));
    int64_t amount = 1, all = 1;
    json_integral(json_member(item, "amount"), &amount);
    json_integral(json_member(item, "amount_in_base_unit"), &all);
    int64_t each = amount > 0 ? all / amount : 1;
    const char *unit = json_string_or(item, "unit", ""), *base_unit = json_string_or(item, "base_unit", unit);
    bool palletized = strcmp(unit, "pallet") == 0 || strcmp(unit, "twin-pallet") == 0;
    bool in_base_unit = palletized || strcmp(unit, base_unit) == 0;
    cJSON *inner = cJSON_AddObjectToObject(form, "sku");
    json_set_string(inner, "id", json_string(item, "sku_id"));
    json_set_integer(inner, "amount", in_base_unit ? each : 1);
    json_set_integer(inner, "amount_in_base_unit", each);
    json_set_string(inner, "environmental_certification", json_string(sku, "environmental_certification"));
    json_set_string(inner, "order_number", json_string(item, "order_number"));
    json_set_bool(inner, "palletized", palletized);
    json_set_string(inner, "unit", in_base_unit ? base_unit : unit);
}

static cJSON *item_form(struct exchange *x, const cJSON *item)
{
    cJSON *form = cJSON_CreateObject();
    copy_members(form, item, item_pairs);
    copy_money(cJSON_AddObjectToObject(form, "pricing"), item, item_pricing_pairs);
    add_sku(x, form, item);
    copy_members(form, item, stamp_pairs);
    return form;
}

/* That of the first delivery; an order that has none yet will go to where the consumer is. */
static void add_delivery(struct exchange *x, cJSON *form, const struct order *order)
{
    const cJSON *first = cJSON_GetArrayItem(json_member(order->facts, "deliveries"), 0);
    bool confirmed = json_string(first, "confirmed_delivery_date") != NULL;
    cJSON *delivery = cJSON_AddObjectToObject(form, "delivery");
    /* as recorded, where the description has `estimated` */
    json_set_string(delivery, "accuracy", confirmed ? "confirmed" : "esimated");
    copy_members(delivery, first, delivery_pairs);
    if (!cJSON_IsObject(json_member(delivery, "address"))) {
        const cJSON *contract = zaikio_find(x, "contracts", "id", json_string(order->document, "contract_id"));
        const cJSON *site = zaikio_find(x, "sites", "consumer_id", json_string(contract, "consumer_id"));
        json_set(delivery, "address", site == NULL ? cJSON_CreateNull() : zaikio_address_of_site(x, site));
    }
}

/* Null where V1 has an object of nulls. */
static void add_person(cJSON *form, const cJSON *person)
{
    if (json_string(person, "id") == NULL)
        json_set_null(form, "person");
    else
        copy_members(cJSON_AddObjectToObject(form, "person"), person, person_pairs);
}

static cJSON *form_of(struct exchange *x, const struct order *order)
{
    static const char copy[] = "copy_material_requirement_references_to_line_items";
    const cJSON *document = order->document, *item = NULL;
    cJSON *form = cJSON_CreateObject();
    json_set_string(form, "id", order->id);
    json_set_bool(form, copy, json_true(order->facts, copy));
    json_set_string(form, "currency", json_string(document, "currency"));
    json_set(form, "references", cJSON_Duplicate(json_member(document, "references"), true));
    json_set_string(form, "state", json_string(document, "state"));
    cJSON *pricing = cJSON_AddObjectToObject(form, "pricing");
    json_set_string(pricing, "accuracy", json_string(document, "confirmed_at") == NULL ? "estimated" : "confirmed");
    copy_money(pricing, document, pricing_pairs);
    copy_members(form, document, order_pairs);
    add_delivery(x, form, order);
    add_person(form, json_member(document, "person"));
    cJSON *items = cJSON_AddArrayToObject(form, "order_line_items");
    cJSON_ArrayForEach (item, json_member(document, "order_line_items")) {
        cJSON_AddItemToArray(items, item_form(x, item));
    }
    zaikio_v2_set_links(form, "orders", order->id);
    copy_members(form, document, stamp_pairs);
    return form;
}

static void render(struct exchange *x, int status)
{
    cJSON *form = form_of(x, x->order);
    char *json = json_write(form);
    cJSON_Delete(form);
    zaikio_answer(x, status, json);
}

void zaikio_v2_render(struct exchange *x)
{
    render(x, 200);
}

void zaikio_v2_render_created(struct exchange *x)
{
    render(x, 201);
}

enum step zaikio_v2_validate_list(struct exchange *x)
{
    return zaikio_v2_validate(x) == STEP_REPLY ? STEP_REPLY : zaikio_validate_list(x);
}

/* As recorded: the newest first (8.3). */
void zaikio_v2_render_list(struct exchange *x)
{
    zaikio_answer_list(x, true, form_of);
}
