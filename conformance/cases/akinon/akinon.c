/*
 * Akinon Omnitron, cancel order: the rules of a client as rows.
 *
 *     POST /api/i1/orders/{pk}/cancel/          Authorization: Token …
 *     {"order":1883,"is_all":true,"cancel_items":[],"forced_refund_amount":null,"reasons":{"70193":12,"70194":12}}
 *     200 {"pk":1883,"status":"50",…}
 *
 * Status 200 means that a plan was opened; the order is cancelled once its status is 100, so that a plain cancel is
 * "pending" and nothing more. The list of bad answers is lost; sibling calls have 400 for fields and 406 for the rules
 * of the service. A second call is refused while a plan waits, so that nothing may be sent twice, and a lost answer is
 * settled by reading the order. A client may read the order before it calls; rows count cancel calls and never
 * requests, and where the order does not exist no call is needed to find that out.
 *
 * "All items" may be said in two ways: is_all with an empty list, or the list of all items. Both are accepted.
 *
 * Not asked here: two cancels of one order at the same time (AKN-IDEMP-4), waiting for the final state and paging
 * (AKN-POLL-1, AKN-POLL-2), certificates (the rest of AKN-SEC-1), exit codes (AKN-REP-2).
 */
#include "cases/akinon/akinon.h"

#include <stdlib.h>
#include <string.h>

#include "mock_server/base/json.h"
#include "mock_server/base/json_path.h"

/* The first active reason for cancelling; NULL when the provider lists none. */
static const cJSON *cancel_reason(const cJSON *provider)
{
    const cJSON *reason = NULL;
    cJSON_ArrayForEach (reason, json_member(provider, "reasons")) {
        const char *type = json_string(reason, "cancellation_type");
        const cJSON *pk = json_member(reason, "pk");
        if (type != NULL && strcmp(type, "cancel") == 0 && cJSON_IsTrue(json_member(reason, "is_active")) &&
            cJSON_IsNumber(pk))
            return pk;
    }
    return NULL;
}

/* A plain cancel gives the same reason to every item of the order. */
static void complete(cJSON *arguments, const cJSON *order, const cJSON *provider)
{
    cJSON *reasons = cJSON_AddObjectToObject(arguments, "reasons");
    const cJSON *reason = cancel_reason(provider);
    const cJSON *item = NULL;
    cJSON_ArrayForEach (item, json_member(json_member(order, "document"), "orderitem_set")) {
        char *pk = json_plain(json_member(item, "pk"));
        json_set(reasons, pk, reason == NULL ? json_new_integer(0) : cJSON_Duplicate(reason, true));
        free(pk);
    }
}

const struct check_table akinon_checks = {
    .profile =
        {
            .provider = "akinon",
            .title = "Akinon Omnitron",
            .arguments = JSON({"order_id" : "{order_id}"}),
            .complete = complete,
            .credentials = "token",
            .cancel_operations = "cancel",
            .read_operations = "get_order list_orders",
            .unreadable = OUT_PENDING, /* its 200 is the acceptance, whatever the body: providers: akinon 9.4, 10 */
        },
    .groups = {&akinon_request_line_rows, &akinon_access_rows, &akinon_request_body_rows, &akinon_answers_rows,
               &akinon_repeats_rows, &akinon_items_rows, &akinon_transport_rows},
};
