/*
 * Cancellation requests: what a customer asked for (3, 8), before the shop cancels anything.
 *
 *     POST /api/channel/1/cancellation_requests/   {"order_item":70193,"reason":12}
 *     201 {"id":9001,"order_item":70193,"reason":12,…,"cancellation_type":"cancel","status":"waiting",…}
 *     POST /api/channel/1/cancellation_requests/9001/reject/
 *
 * A request waits until the shop rejects it, or cancels the item: then it is confirmed, and completed or rejected with
 * the plan. Its `iban` and `holder_name` are what the cancel of a fund transfer wants (page). Requests stand in the
 * facts of their order. The documents tell the members of a request and no texts; which member is required, and what
 * follows what, is ours.
 */
#include <stdlib.h>
#include <string.h>

#include "providers/akinon/akinon.h"
#include "support/instant.h"
#include "support/number.h"

#define FIRST_ID 9000

static cJSON *requests_of(struct order *copy)
{
    cJSON *requests = json_member_mut(copy->facts, "cancellation_requests");
    return requests != NULL ? requests : cJSON_AddArrayToObject(copy->facts, "cancellation_requests");
}

static const cJSON *first_request(const struct order *order)
{
    const cJSON *requests = json_member(order->facts, "cancellation_requests");
    return requests == NULL ? NULL : requests->child;
}

static bool has_number(const cJSON *request, const char *member, const char *digits)
{
    const char *is = json_number_text(json_member(request, member));
    return is != NULL && strcmp(is, digits) == 0;
}

static const cJSON *request_with_id(const struct order *order, const char *id)
{
    for (const cJSON *request = first_request(order); request != NULL; request = request->next)
        if (has_number(request, "id", id))
            return request;
    return NULL;
}

static void set_status(cJSON *request, const char *status, int64_t now_us)
{
    char now[INSTANT_TEXT_MAX];
    instant_write_utc(now_us, 6, now);
    json_set_string(request, "status", status);
    json_set_string(request, "modified_date", now);
}

void akinon_answer_requests(struct order *copy, const char *item_pk, const char *from, const char *to, int64_t now_us)
{
    if (first_request(copy) == NULL)
        return;
    for (cJSON *request = requests_of(copy)->child; request != NULL; request = request->next)
        if (has_number(request, "order_item", item_pk) && strcmp(json_string_or(request, "status", ""), from) == 0)
            set_status(request, to, now_us);
}

/* ── A new one ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What its maker draws from the session's stream. */
struct identity {
    int64_t id;
    char uuid[UUID_TEXT_MAX];
};

static struct identity draw(struct session *session)
{
    struct identity drawn = {.id = FIRST_ID + session_next_number(session)};
    session_uuid(session, drawn.uuid);
    return drawn;
}

/* Every member that a request has; `given` wins where it has one. */
static cJSON *new_request(const struct identity *identity, const char *type, const cJSON *given, int64_t now_us)
{
    static const char *const members[] = {"order_item", "reason",   "description", "cancellation_type",
                                          "iban",       "quantity", "holder_name", "easy_return"};
    char now[INSTANT_TEXT_MAX];
    cJSON *request = cJSON_CreateObject();
    instant_write_utc(now_us, 6, now);
    json_set_integer(request, "id", identity->id);
    for (size_t i = 0; i < COUNT_OF(members); i++) {
        const cJSON *value = json_member(given, members[i]);
        json_set(request, members[i], value == NULL ? cJSON_CreateNull() : cJSON_Duplicate(value, true));
    }
    json_set_string(request, "cancellation_type", type);
    json_set_bool(request, "fully_refund_as_loyalty_money", json_true(given, "fully_refund_as_loyalty_money"));
    json_set_string(request, "status", "waiting");
    json_set_string(request, "uuid", identity->uuid);
    json_set_string(request, "created_date", now);
    json_set_string(request, "modified_date", now);
    return request;
}

static const cJSON *waiting_request_for(const struct order *order, const char *item_pk)
{
    for (const cJSON *request = first_request(order); request != NULL; request = request->next)
        if (has_number(request, "order_item", item_pk) && strcmp(json_string_or(request, "status", ""), "waiting") == 0)
            return request;
    return NULL;
}

static void ask_for(struct session *session, struct order *copy, const cJSON *item, int64_t now_us)
{
    const char *type = akinon_item_starts(item) == PLAN_REFUND ? "refund" : "cancel";
    const cJSON *reason = akinon_first_reason_for(session, copy->provider, type);
    struct identity identity = draw(session);
    cJSON *given = cJSON_CreateObject();
    json_set(given, "order_item", cJSON_Duplicate(json_member(item, "pk"), true));
    json_set(given, "reason", reason == NULL ? cJSON_CreateNull() : cJSON_Duplicate(json_member(reason, "pk"), true));
    if (strcmp(akinon_payment_type(copy), "fund_transfer") == 0) {
        json_set_string(given, "iban", "TR330006100519786457841326"); /* the bank association's sample */
        json_set_string(given, "holder_name", "Şükrü Çağlar");
    }
    cJSON_AddItemToArray(requests_of(copy), new_request(&identity, type, given, now_us));
    cJSON_Delete(given);
}

void akinon_customer_requests(struct session *session, struct order *copy, int64_t now_us)
{
    for (const cJSON *item = akinon_first_item(copy); item != NULL; item = item->next)
        if (akinon_item_is_open(item) && waiting_request_for(copy, akinon_item_pk(item)) == NULL)
            ask_for(session, copy, item, now_us);
}

/* ── Creating (8) ──────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *item_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    if (!akinon_is_integer(value))
        return akinon_not_a_pk(x, value);
    return akinon_is_visible(x, order) ? NULL : akinon_unknown_pk(x, json_number_text(value));
}

static const char *reason_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)order;
    if (!akinon_is_integer(value))
        return akinon_not_a_pk(x, value);
    const cJSON *reason = akinon_reason(x, json_number_text(value));
    return json_true(reason, "is_active") ? NULL : akinon_unknown_pk(x, json_number_text(value));
}

static const char *type_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)order;
    const char *type = cJSON_IsString(value) ? value->valuestring : exchange_describe(x, value);
    if (strcmp(type, "cancel") == 0 || strcmp(type, "refund") == 0)
        return NULL;
    return arena_print(x->arena, "\"%s\" is not a valid choice.", type);
}

static const char *quantity_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)x;
    (void)order;
    int64_t quantity = 0;
    if (cJSON_IsNull(value))
        return NULL;
    if (!json_integer(value, &quantity))
        return "A valid integer is required.";
    return quantity >= 1 ? NULL : "Ensure this value is greater than or equal to 1.";
}

static const struct akinon_field new_request_fields[] = {
    {"order_item", "the pk of an order item", item_mistake, .required = true},
    {"reason", "the pk of an active reason", reason_mistake, .required = true},
    {"description", "a string or null", akinon_string_mistake, .nullable = true},
    {"cancellation_type", "cancel or refund", type_mistake},
    {"iban", "a string or null", akinon_string_mistake, .nullable = true, .secret = true},
    {"holder_name", "a string or null", akinon_string_mistake, .nullable = true, .secret = true},
    {"easy_return", "an object or null", akinon_dictionary_mistake, .nullable = true},
    {"quantity", "1 or more, or null", quantity_mistake, .nullable = true},
    {"fully_refund_as_loyalty_money", "true or false", akinon_boolean_mistake},
    {.name = NULL},
};

typedef bool is_wanted(const struct order *order, const char *digits);

/* The id of the account's order that is wanted, or "". */
static const char *find_order(struct exchange *x, is_wanted *wanted, const char *digits)
{
    const char *id = "";
    size_t total = 0;
    const struct order **orders = exchange_orders(x, &total);
    for (size_t i = 0; i < total; i++) {
        if (*id == '\0' && wanted(orders[i], digits))
            id = arena_dup(x->arena, orders[i]->id);
        order_drop(orders[i]);
    }
    free(orders);
    return id;
}

static bool has_item(const struct order *order, const char *pk)
{
    return akinon_item_of(order, pk) != NULL;
}

/* The order is that of the item; where there is none, the field's check tells so. */
enum step akinon_validate_new_request(struct exchange *x)
{
    const cJSON *body = NULL;
    if (akinon_check_json(x) == STEP_REPLY || akinon_check_channel(x) == STEP_REPLY ||
        akinon_check_object(x, &body) == STEP_REPLY)
        return STEP_REPLY;
    const char *pk = json_number_text(json_member(body, "order_item"));
    struct identity *identity = arena_alloc(x->arena, sizeof *identity);
    *identity = draw(x->session);
    x->order_key = pk == NULL ? "" : find_order(x, has_item, pk);
    x->scratch = identity;
    return STEP_NEXT;
}

enum step akinon_decide_new_request(struct exchange *x, const struct order *order, struct order **changed)
{
    const cJSON *body = NULL;
    exchange_body(x, &body);
    if (akinon_check_fields(x, order, body, new_request_fields) == STEP_REPLY)
        return STEP_REPLY;
    const cJSON *reason = akinon_reason(x, json_number_text(json_member(body, "reason")));
    const char *type = json_string_or(body, "cancellation_type", json_string_or(reason, "cancellation_type", "cancel"));
    *changed = order_copy(order);
    cJSON_AddItemToArray(requests_of(*changed), new_request(x->scratch, type, body, exchange_now(x)));
    return STEP_NEXT;
}

void akinon_render_new_request(struct exchange *x)
{
    const struct identity *identity = x->scratch;
    const char *id = arena_print(x->arena, "%lld", (long long)identity->id);
    reply_json(x, 201, cJSON_Duplicate(request_with_id(x->order, id), true));
}

/* ── Reading and rejecting ─────────────────────────────────────────────────────────────────────────────────────── */

void akinon_render_requests(struct exchange *x)
{
    struct akinon_list list = akinon_list_begin(x);
    size_t total = 0;
    const struct order **orders = exchange_orders(x, &total);
    for (size_t i = 0; i < total; i++) {
        const cJSON *request = first_request(orders[i]);
        if (!akinon_is_of_channel(orders[i], exchange_param(x, "channel_id")))
            request = NULL;
        for (; request != NULL; request = request->next)
            if (akinon_list_wants(&list))
                cJSON_AddItemToArray(list.results, cJSON_Duplicate(request, true));
        order_drop(orders[i]);
    }
    free(orders);
    akinon_list_reply(x, &list);
}

static bool has_request(const struct order *order, const char *id)
{
    return request_with_id(order, id) != NULL;
}

enum step akinon_validate_request(struct exchange *x)
{
    if (akinon_check_channel(x) == STEP_REPLY)
        return STEP_REPLY;
    x->order_key = find_order(x, has_request, exchange_param(x, "id"));
    return STEP_NEXT;
}

enum step akinon_decide_request(struct exchange *x, const struct order *order, struct order **changed)
{
    (void)changed;
    const char *id = exchange_param(x, "id");
    if (akinon_is_visible(x, order) && has_request(order, id))
        return STEP_NEXT;
    return exchange_refuse(x, 404, akinon_detail("Not found."),
                           &(struct reason){"8: no such request", "id", "the id of a cancellation request", id});
}

void akinon_render_request(struct exchange *x)
{
    reply_json(x, 200, cJSON_Duplicate(request_with_id(x->order, exchange_param(x, "id")), true));
}

enum step akinon_decide_rejection(struct exchange *x, const struct order *order, struct order **changed)
{
    const char *id = exchange_param(x, "id");
    if (akinon_decide_request(x, order, changed) == STEP_REPLY)
        return STEP_REPLY;
    const char *status = json_string_or(request_with_id(order, id), "status", "waiting");
    if (strcmp(status, "waiting") != 0)
        return akinon_refuse_status_change(x, status);
    *changed = order_copy(order);
    for (cJSON *request = requests_of(*changed)->child; request != NULL; request = request->next)
        if (has_number(request, "id", id))
            set_status(request, "rejected", exchange_now(x));
    return STEP_NEXT;
}
