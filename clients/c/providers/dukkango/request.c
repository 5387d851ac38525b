#include "providers/dukkango/dukkango.h"

#include <cjson/cJSON.h>

#include "base/json.h"
#include "base/uri.h"
#include "core/refusal.h"
#include "core/result.h"

const struct wire_shape dukkango_cancel_shape = {
    .method = "PUT",
    .path = "/orders/cancel/{order}",
    .accept = "application/json",
    .content_type = "application/json",
    .headers = {{"Access-Token", "", "access_token"}},
    .cancels = true,
};

const struct wire_shape dukkango_login_shape = {
    .method = "POST",
    .path = "/auth/login",
    .accept = "application/json",
    .content_type = "application/json",
    .writes = true,
};

/* ── Refusals made here ──────────────────────────────────────────────────────────────────────────────────────────── */

static const char reason_low = '1';
static const char reason_high = '8';

static const char *const account_keys[2] = {"app_secret_key", "rest_secret_key"};

int dukkango_check_keys(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    return check_login_keys(request, result, account_keys);
}

int dukkango_check_cancel(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    const char *reason = request->reason_id;
    if (!uri_is_uuid(request->order_id))
        result_refuse(result, "order_id is not a UUID: it is the order's payment_key, not its id");
    else if (reason == NULL)
        result_refuse(result, "reason_id is missing: a reason from 1 to 8 must be chosen, "
                              "none is made up");
    else if (reason[0] < reason_low || reason[0] > reason_high || reason[1] != '\0')
        result_refuse(result, "reason_id is not an integer from 1 to 8");
    else
        return check_token_or_keys(request, result, "access_token", account_keys);
    return -1;
}

/* ── Bodies ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

char *dukkango_cancel_body(const struct cancelorder_request *request)
{
    cJSON *body = cJSON_CreateObject();
    cJSON_AddRawToObject(body, "reason_id", request->reason_id);
    return json_write_away(body);
}

char *dukkango_login_body(const struct cancelorder_request *request)
{
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "app_secret_key", request_credential(request, "app_secret_key"));
    cJSON_AddStringToObject(body, "rest_secret_key", request_credential(request, "rest_secret_key"));
    return json_write_away(body);
}
