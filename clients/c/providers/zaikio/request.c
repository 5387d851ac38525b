#include "providers/zaikio/zaikio.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/uri.h"
#include "core/refusal.h"
#include "core/result.h"

const struct wire_shape zaikio_delete_shape = {
    .method = "DELETE",
    .path = "/orders/{order}",
    .accept = "application/json",
    .headers = {{"Authorization", "Bearer ", "token"}},
    .cancels = true,
};

static const struct wire_shape patch_shape = {
    .method = "PATCH",
    .path = "/orders/{order}",
    .accept = "application/json",
    .content_type = "application/json",
    .headers = {{"Authorization", "Bearer ", "token"}},
    .cancels = true,
};

const struct wire_shape zaikio_get_shape = {
    .method = "GET",
    .path = "/orders/{order}",
    .accept = "application/json",
    .headers = {{"Authorization", "Bearer ", "token"}},
};

/* ── The three ways ──────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct zaikio_method methods[] = {
    {"delete", &zaikio_delete_shape, NULL, NULL, CANCELORDER_DELETED},
    {"cancel_by_consumer", &patch_shape, "cancel_by_consumer", "canceled_by_consumer", CANCELORDER_CANCELED},
    {"request_cancelation", &patch_shape, "request_cancelation", "cancelation_requested", CANCELORDER_PENDING},
};

const struct zaikio_method *zaikio_method_find(const char *name)
{
    for (size_t i = 0; name != NULL && i < COUNT_OF(methods); i++)
        if (strcmp(methods[i].name, name) == 0)
            return &methods[i];
    return NULL;
}

/* ── Refusals made here ──────────────────────────────────────────────────────────────────────────────────────────── */

int zaikio_check_read(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    if (!uri_is_uuid(request->order_id)) {
        result_refuse(result, "order_id is not a UUID");
        return -1;
    }
    return check_header_credential(request, result, "token");
}

int zaikio_check_cancel(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    if (request->method != NULL && zaikio_method_find(request->method) == NULL) {
        result_refuse(result, "method is none of delete, cancel_by_consumer, request_cancelation");
        return -1;
    }
    return zaikio_check_read(request, result);
}

/* ── Bodies ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

char *zaikio_event_body(const char *state_event)
{
    if (state_event == NULL)
        return NULL;
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(cJSON_AddObjectToObject(body, "order"), "state_event", state_event);
    return json_write_away(body);
}
