#include "providers/iletimerkezi/iletimerkezi.h"

#include <cjson/cJSON.h>

#include "base/json.h"
#include "base/uri.h"
#include "core/refusal.h"
#include "core/result.h"

const struct wire_shape iletimerkezi_cancel_shape = {
    .method = "POST",
    .path = "/cancel-order/json",
    .accept = "application/json",
    .content_type = "application/json",
    .cancels = true,
};

const struct wire_shape iletimerkezi_report_shape = {
    .method = "POST",
    .path = "/get-report/json",
    .accept = "application/json",
    .content_type = "application/json",
};

/* ── Refusals made here ──────────────────────────────────────────────────────────────────────────────────────────── */

int iletimerkezi_check(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    if (!uri_is_digits(request->order_id)) {
        result_refuse(result, "order_id is not the decimal number that send-sms returned");
        return -1;
    }
    if (check_body_credential(request, result, "key") != 0)
        return -1;
    return check_body_credential(request, result, "hash");
}

/* ── Bodies ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The id goes out as a string: leading zeros and digits beyond 2^53 survive everywhere. */
char *iletimerkezi_order_body(const struct cancelorder_request *request)
{
    cJSON *root = cJSON_CreateObject();
    cJSON *inner = cJSON_AddObjectToObject(root, "request");
    cJSON *authentication = cJSON_AddObjectToObject(inner, "authentication");
    cJSON *order = cJSON_AddObjectToObject(inner, "order");
    cJSON_AddStringToObject(authentication, "key", request_credential(request, "key"));
    cJSON_AddStringToObject(authentication, "hash", request_credential(request, "hash"));
    cJSON_AddStringToObject(order, "id", request->order_id);
    return json_write_away(root);
}
