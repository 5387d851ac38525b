/*
 * Cancellation requests: what a customer asked for (8), before the shop cancels anything.
 *
 * A request waits until the shop rejects it, or cancels the item: then it is confirmed, and completed or rejected with
 * the plan. Its `iban` and `holder_name` are what the cancel of a fund transfer wants (page). Requests stand in the
 * facts of their order. The documents tell the members of a request; what follows what is ours.
 */
#include <string.h>

#include "base/instant.h"
#include "providers/akinon/plan.h"

#define FIRST_ID 9000 /* above the ids of the seed orders' requests */

static cJSON *requests_of(struct order *copy)
{
    cJSON *requests = json_member_mut(copy->facts, "cancellation_requests");
    return requests != NULL ? requests : cJSON_AddArrayToObject(copy->facts, "cancellation_requests");
}

const cJSON *akinon_first_request(const struct order *order)
{
    const cJSON *requests = json_member(order->facts, "cancellation_requests");
    return requests == NULL ? NULL : requests->child;
}

static bool has_number(const cJSON *request, const char *member, const char *digits)
{
    const char *is = json_number_text(json_member(request, member));
    return is != NULL && strcmp(is, digits) == 0;
}

const cJSON *akinon_request_of(const struct order *order, const char *id)
{
    for (const cJSON *request = akinon_first_request(order); request != NULL; request = request->next)
        if (has_number(request, "id", id))
            return request;
    return NULL;
}

cJSON *akinon_show_request(const cJSON *request)
{
    cJSON *shown = cJSON_CreateObject();
    json_set(shown, "id", cJSON_Duplicate(json_member(request, "id"), true));
    json_set(shown, "pk", cJSON_Duplicate(json_member(request, "id"), true));
    json_overlay(shown, request);
    return shown;
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
    if (akinon_first_request(copy) == NULL)
        return;
    for (cJSON *request = requests_of(copy)->child; request != NULL; request = request->next)
        if (has_number(request, "order_item", item_pk) && strcmp(json_string_or(request, "status", ""), from) == 0)
            set_status(request, to, now_us);
}

void akinon_reject_request(struct order *copy, const char *id, int64_t now_us)
{
    for (cJSON *request = requests_of(copy)->child; request != NULL; request = request->next)
        if (has_number(request, "id", id))
            set_status(request, "rejected", now_us);
}

/* ── A new one ─────────────────────────────────────────────────────────────────────────────────────────────────── */

struct request_identity akinon_draw_request(const struct maker *maker)
{
    struct request_identity drawn = {.id = FIRST_ID + maker_next_number(maker)};
    maker_uuid(maker, drawn.uuid);
    return drawn;
}

/* Every member that a request has; `given` wins where it has one. */
static cJSON *new_request(const struct request_identity *identity, const char *type, const cJSON *given, int64_t now_us)
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

void akinon_add_request(struct order *copy, const struct request_identity *identity, const char *type,
                        const cJSON *given, int64_t now_us)
{
    cJSON_AddItemToArray(requests_of(copy), new_request(identity, type, given, now_us));
}

/* ── The customer ──────────────────────────────────────────────────────────────────────────────────────────────── */

static const cJSON *waiting_request_for(const struct order *order, const char *item_pk)
{
    for (const cJSON *request = akinon_first_request(order); request != NULL; request = request->next)
        if (has_number(request, "order_item", item_pk) && strcmp(json_string_or(request, "status", ""), "waiting") == 0)
            return request;
    return NULL;
}

static void ask_for(const struct maker *maker, struct order *copy, const cJSON *item)
{
    const char *type = akinon_item_starts(item) == PLAN_REFUND ? "refund" : "cancel";
    const cJSON *reason = akinon_first_reason_for(maker, type);
    const struct request_identity identity = akinon_draw_request(maker);
    cJSON *given = cJSON_CreateObject();
    json_set(given, "order_item", cJSON_Duplicate(json_member(item, "pk"), true));
    json_set(given, "reason", reason == NULL ? cJSON_CreateNull() : cJSON_Duplicate(json_member(reason, "pk"), true));
    if (strcmp(akinon_payment_type(copy), "fund_transfer") == 0) {
        json_set_string(given, "iban", "TR330006100519786457841326"); /* the bank association's sample */
        json_set_string(given, "holder_name", "Şükrü Çağlar");
    }
    akinon_add_request(copy, &identity, type, given, maker->now_us);
    cJSON_Delete(given);
}

void akinon_customer_requests(const struct maker *maker, struct order *copy)
{
    for (const cJSON *item = akinon_first_item(copy); item != NULL; item = item->next)
        if (akinon_item_is_open(item) && waiting_request_for(copy, akinon_item_pk(item)) == NULL)
            ask_for(maker, copy, item);
}
