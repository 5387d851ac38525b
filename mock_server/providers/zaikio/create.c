/*
 * POST: an order, a draft or placed at once with state_event `place` (7), whose contract is all that it needs (8); and
 * one more line item or delivery of a draft.
 */
#include <string.h>

#include "base/ids.h"
#include "base/instant.h"
#include "providers/zaikio/contents.h"

/* ── An order ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *const permitted_of_order[] = {
    "contract_id",
    "state_event",
    "delivery_mode",
    "references",
    "deliveries_attributes",
    "order_line_items_attributes",
    "exclusive_sales_group_id",
    "canceled_by_consumer_at", /* writable, and of no effect (9 A14) */
    "cancelation_requested_at",
    "placed_at",
    NULL,
};

enum step zaikio_validate_create(struct exchange *x)
{
    if (zaikio_check_body(x, "order", permitted_of_order) == STEP_REPLY)
        return STEP_REPLY;
    return zaikio_check_types(x, zaikio_change(x, "order"));
}

/* One without a contract is told that alone, as in the sample of the description (6). */
static enum step find_contract(struct exchange *x, const cJSON *wanted, const cJSON **contract)
{
    const cJSON *id = json_member(wanted, "contract_id");
    bool blank = id == NULL || cJSON_IsNull(id) || (cJSON_IsString(id) && *id->valuestring == '\0');
    if (blank)
        return exchange_refuse(
            x, 422, zaikio_error_field("contract_id", "can't be blank"),
            &(struct reason){"8: contract_id is required", "contract_id", "the id of a contract", "absent"});
    *contract = cJSON_IsString(id) ? zaikio_own_contract(x, id->valuestring) : NULL;
    if (*contract != NULL)
        return STEP_NEXT;
    return exchange_refuse(x, 422, zaikio_error_field("contract", "must exist"),
                           &(struct reason){"8: contract unknown, or another organisation's", "contract_id",
                                            "the id of a contract", exchange_describe(x, id)});
}

/* What differs from any new order: nothing in it yet, and a contract of one's own. */
static cJSON *new_document(struct exchange *x, const cJSON *contract)
{
    static const char *const totals[] = {"gross_total", "net_total", "taxes", NULL};
    char id[UUID_TEXT_MAX], now[INSTANT_TEXT_MAX];
    exchange_uuid(x, id);
    instant_write_utc(exchange_now(x), 3, now);

    cJSON *document = cJSON_CreateObject();
    json_set_string(document, "id", id);
    json_set_string(document, "currency", json_string(contract, "currency"));
    for (const char *const *name = totals; *name != NULL; name++)
        json_set_string(document, *name, "0.0");
    const struct maker maker = exchange_maker(x);
    zaikio_set_references(&maker, document, "CO", NULL);
    json_set_string(document, "contract_id", json_string(contract, "id"));
    json_set(document, "contract", zaikio_contract_of_order(contract));
    json_set_string(document, "created_at", now);
    json_set_string(document, "updated_at", now);
    cJSON_AddArrayToObject(document, "order_line_items");
    return document;
}

struct order *zaikio_make_draft(struct exchange *x, const cJSON *contract, const cJSON *wanted, const cJSON *more)
{
    const char *problem = NULL;
    cJSON *spec = cJSON_CreateObject(), *document = new_document(x, contract);
    json_set_string(spec, "account", x->account);
    json_set_string(spec, "state", "draft");
    json_set_string(spec, "id", json_string(document, "id"));
    cJSON *facts = more == NULL ? cJSON_CreateObject() : cJSON_Duplicate(more, true);
    json_set_bool(facts, "made_by_client", true);
    json_set(spec, "facts", facts);
    zaikio_apply_contents(x, document, facts, wanted);
    json_set(spec, "document", document);
    const struct maker maker = exchange_maker(x);
    struct order *order = order_make(&maker, spec, &problem);
    cJSON_Delete(spec);
    return order;
}

#define LINES_LATER_US (6 * INT64_C(1000))

/* As recorded, an order that is placed as it is made was placed first, then saved, and then its lines were (5). */
static void stamp_placed(struct exchange *x, cJSON *document)
{
    char saved[INSTANT_TEXT_MAX];
    instant_write_utc(exchange_now(x) + LINES_LATER_US, 3, saved);
    json_set(document, "created_at", cJSON_Duplicate(json_member(document, "updated_at"), true));
    cJSON *item = NULL;
    cJSON_ArrayForEach (item, json_member_mut(document, "order_line_items")) {
        json_set_string(item, "created_at", saved);
        json_set_string(item, "updated_at", saved);
    }
}

/* An order that does not exist yet takes no event but `place` (9 A11). */
enum step zaikio_decide_create(struct exchange *x, const struct order *order, struct order **changed)
{
    (void)order; /* there is none */
    x->scratch = NULL;
    const cJSON *wanted = zaikio_change(x, "order"), *contract = NULL;
    const struct consumer_event *event = NULL;
    bool moved = false;
    if (zaikio_find_event(x, json_member(wanted, "state_event"), &event) == STEP_REPLY ||
        find_contract(x, wanted, &contract) == STEP_REPLY || zaikio_check_values(x, NULL, wanted) == STEP_REPLY)
        return STEP_REPLY;
    struct order *draft = zaikio_make_draft(x, contract, wanted, NULL);
    if (event != NULL && event->decide(x, draft, &moved) == STEP_REPLY) {
        order_drop(draft);
        return STEP_REPLY;
    }
    if (moved)
        stamp_placed(x, draft->document);
    *changed = draft;
    return STEP_NEXT;
}

/* ── One more part of a draft (3) ──────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_validate_new_line_item(struct exchange *x)
{
    static const char *const permitted[] = {"sku_id", "amount", "references", NULL};
    return zaikio_check_body(x, "order_line_item", permitted);
}

enum step zaikio_validate_new_delivery(struct exchange *x)
{
    static const char *const permitted[] = {"address_addressee",
                                            "address_text",
                                            "desired_delivery_date",
                                            "references",
                                            "site_id",
                                            "delivery_line_items_attributes",
                                            NULL};
    return zaikio_check_body(x, "delivery", permitted);
}

static enum step check_draft(struct exchange *x, const struct order *order, const char *root)
{
    if (zaikio_check_order(x, order) == STEP_REPLY)
        return STEP_REPLY;
    return strcmp(order->state, "draft") == 0 ? STEP_NEXT : zaikio_refuse_not_draft(x, root, order);
}

static void show_last(struct exchange *x, const cJSON *list)
{
    zaikio_show(x, cJSON_GetArrayItem(list, cJSON_GetArraySize(list) - 1));
}

enum step zaikio_decide_new_line_item(struct exchange *x, const struct order *order, struct order **changed)
{
    const cJSON *wanted = zaikio_change(x, "order_line_item");
    if (check_draft(x, order, "order_line_item") == STEP_REPLY ||
        zaikio_check_line_item(x, order, wanted) == STEP_REPLY)
        return STEP_REPLY;
    *changed = order_copy(order);
    zaikio_add_line_item(x, (*changed)->document, wanted);
    zaikio_set_totals((*changed)->document);
    zaikio_touch(x, (*changed)->document);
    show_last(x, json_member((*changed)->document, "order_line_items"));
    return STEP_NEXT;
}

enum step zaikio_decide_new_delivery(struct exchange *x, const struct order *order, struct order **changed)
{
    const cJSON *wanted = zaikio_change(x, "delivery");
    if (check_draft(x, order, "delivery") == STEP_REPLY || zaikio_check_delivery(x, order, wanted) == STEP_REPLY)
        return STEP_REPLY;
    *changed = order_copy(order);
    zaikio_add_delivery(x, (*changed)->document, (*changed)->facts, wanted);
    zaikio_touch(x, (*changed)->document);
    show_last(x, json_member((*changed)->facts, "deliveries"));
    return STEP_NEXT;
}
