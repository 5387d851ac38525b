#include "providers/fungies/fungies.h"

#include <string.h>

#include "base/uri.h"
#include "core/refusal.h"
#include "core/result.h"

const struct wire_shape fungies_cancel_shape = {
    .method = "PATCH",
    .path = "/orders/{order}/cancel",
    .accept = "application/json",
    .content_type = "application/json",
    .headers =
        {
            {"x-fngs-public-key", "", "public_key"},
            {"x-fngs-secret-key", "", "secret_key"},
        },
    .cancels = true,
};

const char fungies_cancel_body[] = "{}";

const struct wire_shape fungies_get_shape = {
    .method = "GET",
    .path = "/orders/{order}",
    .accept = "application/json",
    .headers = {{"x-fngs-public-key", "", "public_key"}}, /* a read needs no secret key */
};

/* ── Refusals made here ──────────────────────────────────────────────────────────────────────────────────────────── */

static bool begins(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static int check_order(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    const char *id = request->order_id;
    if (id != NULL && !uri_segment_is_unsafe(id) && strcmp(id, "#") != 0)
        return 0;
    result_refuse(result, "order_id is neither an order's UUID nor its number");
    return -1;
}

int fungies_check_read(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    if (check_header_credential(request, result, "public_key") != 0)
        return -1;
    if (begins(request_credential(request, "public_key"), "sec_")) {
        result_refuse(result, "public_key holds a secret key (sec_…): it would be exposed");
        return -1;
    }
    return check_order(request, result);
}

int fungies_check_cancel(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    if (fungies_check_read(request, result) != 0)
        return -1;
    if (check_header_credential(request, result, "secret_key") != 0)
        return -1;
    if (begins(request_credential(request, "secret_key"), "pub_")) {
        result_refuse(result, "secret_key holds a public key (pub_…): the keys are swapped");
        return -1;
    }
    return 0;
}
