#include "providers/akinon/akinon.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "base/json.h"
#include "base/uri.h"
#include "core/refusal.h"
#include "core/result.h"

#define ID_DIGITS_MAX 20 /* 64 bit */

const struct wire_shape akinon_cancel_shape = {
    .method = "POST",
    .path = "/orders/{order}/cancel/", /* without the last slash it would be a redirect */
    .accept = "application/json",
    .content_type = "application/json",
    .headers = {{"Authorization", "Token ", "token"}},
    .cancels = true,
};

const struct wire_shape akinon_get_shape = {
    .method = "GET",
    .path = "/orders/{order}/",
    .accept = "application/json",
    .headers = {{"Authorization", "Token ", "token"}},
};

const struct wire_shape akinon_login_shape = {
    .method = "POST",
    .path = "/auth/login/",
    .accept = "application/json",
    .content_type = "application/json",
    .writes = true,
};

/* ── Refusals made here ──────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_id(const char *text)
{
    return uri_is_digits(text) && text[0] != '0' && strlen(text) <= ID_DIGITS_MAX;
}

static const char *pair_find(const struct cancelorder_pairs *pairs, const char *name)
{
    for (size_t i = 0; i < pairs->count; i++)
        if (strcmp(pairs->rows[i].name, name) == 0)
            return pairs->rows[i].value;
    return NULL;
}

static bool selects(const struct cancelorder_request *request, const char *id)
{
    if (!request->only_items)
        return true;
    for (size_t i = 0; i < request->item_count; i++)
        if (strcmp(request->items[i], id) == 0)
            return true;
    return false;
}

static int check_items(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    if (request->only_items && request->item_count == 0) {
        result_refuse(result, "items is empty: leave it out to cancel the whole order");
        return -1;
    }
    for (size_t i = 0; request->only_items && i < request->item_count; i++) {
        if (!is_id(request->items[i])) {
            result_refuse(result, "an item id is not a plain decimal number");
            return -1;
        }
        for (size_t j = 0; j < i; j++)
            if (strcmp(request->items[i], request->items[j]) == 0) {
                result_refuse(result, "item %s stands twice in items", request->items[i]);
                return -1;
            }
    }
    return 0;
}

static int check_reason_rows(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    for (size_t i = 0; i < request->reasons.count; i++) {
        const struct cancelorder_pair *row = &request->reasons.rows[i];
        if (!is_id(row->name) || !is_id(row->value)) {
            result_refuse(result, "reasons is not a list of item id and reason id, both numbers");
            return -1;
        }
        for (size_t j = 0; j < i; j++)
            if (strcmp(row->name, request->reasons.rows[j].name) == 0) {
                result_refuse(result, "item %s has two reasons", row->name);
                return -1;
            }
    }
    return 0;
}

static int check_reasons(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    if (check_reason_rows(request, result) != 0)
        return -1;
    if (request->reason_id != NULL && !is_id(request->reason_id)) {
        result_refuse(result, "reason_id is not a plain decimal number");
        return -1;
    }
    if (request->reason_id != NULL)
        return 0;
    if (request->reasons.count == 0) {
        result_refuse(result, "reasons is missing: every item that is cancelled needs one");
        return -1;
    }
    for (size_t i = 0; request->only_items && i < request->item_count; i++)
        if (pair_find(&request->reasons, request->items[i]) == NULL) {
            result_refuse(result, "item %s has no reason", request->items[i]);
            return -1;
        }
    return 0;
}

/* Fund transfer only: both or none, for the same items (providers: akinon 10, AKN-REQ-14). */
static int check_bank(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    bool fits = request->ibans.count == request->holder_names.count;
    for (size_t i = 0; fits && i < request->ibans.count; i++) {
        const struct cancelorder_pair *row = &request->ibans.rows[i];
        fits = is_id(row->name) && row->value != NULL && row->value[0] != '\0' && selects(request, row->name) &&
               pair_find(&request->holder_names, row->name) != NULL;
    }
    if (fits)
        return 0;
    result_refuse(result, "ibans and holder_names do not name the same cancelled items");
    return -1;
}

int akinon_check_order(const struct cancelorder_request *request, const struct json_value *order,
                       struct cancelorder_result *result)
{
    const struct json_value *items = akinon_items(order);
    bool before = false;
    bool after = false;
    for (const struct json_value *item = items != NULL ? items->first : NULL; item != NULL; item = item->next) {
        const char *id = akinon_id_of(item);
        enum akinon_stage stage = akinon_stage_of(json_member(item, "status"));
        if (id == NULL || !selects(request, id))
            continue;
        before = before || stage == AKINON_BEFORE;
        after = after || stage == AKINON_AFTER;
        if (request->reason_id == NULL && stage != AKINON_CANCELED && pair_find(&request->reasons, id) == NULL) {
            result_refuse(result, "item %s of the order has no reason", id);
            return -1;
        }
    }
    if (!before || !after)
        return 0;
    result_refuse(result, "the selection mixes shipped items with items that are not: one call "
                          "either cancels or returns");
    result->outcome = CANCELORDER_REJECTED;
    return -1;
}

static const char *const account_keys[2] = {"username", "password"};

int akinon_check_keys(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    return check_login_keys(request, result, account_keys);
}

static int check_order_id(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    if (is_id(request->order_id))
        return 0;
    result_refuse(result, "order_id is not an order's primary key: plain decimal digits, "
                          "not the order number");
    return -1;
}

int akinon_check_cancel(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    if (check_order_id(request, result) != 0 || check_items(request, result) != 0 ||
        check_reasons(request, result) != 0 || check_bank(request, result) != 0)
        return -1;
    return check_token_or_keys(request, result, "token", account_keys);
}

int akinon_check_read(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    if (check_order_id(request, result) != 0)
        return -1;
    return check_token_or_keys(request, result, "token", account_keys);
}

/* ── Bodies ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_reason(cJSON *reasons, const char *id, const char *reason)
{
    if (cJSON_GetObjectItemCaseSensitive(reasons, id) == NULL)
        cJSON_AddRawToObject(reasons, id, reason);
}

/* Reasons of items outside the selection are left out. */
static void add_reasons(cJSON *body, const struct cancelorder_request *request, const struct json_value *order)
{
    cJSON *reasons = cJSON_AddObjectToObject(body, "reasons");
    const struct json_value *items = akinon_items(order);
    for (size_t i = 0; i < request->reasons.count; i++)
        if (selects(request, request->reasons.rows[i].name))
            add_reason(reasons, request->reasons.rows[i].name, request->reasons.rows[i].value);
    if (request->reason_id == NULL)
        return;
    for (size_t i = 0; request->only_items && i < request->item_count; i++)
        add_reason(reasons, request->items[i], request->reason_id);
    for (const struct json_value *item = items != NULL ? items->first : NULL; item != NULL; item = item->next)
        if (akinon_id_of(item) != NULL && selects(request, akinon_id_of(item)))
            add_reason(reasons, akinon_id_of(item), request->reason_id);
}

static void add_items(cJSON *body, const struct cancelorder_request *request)
{
    cJSON *items = cJSON_AddArrayToObject(body, "cancel_items");
    for (size_t i = 0; request->only_items && i < request->item_count; i++)
        cJSON_AddItemToArray(items, cJSON_CreateRaw(request->items[i]));
}

static void add_choice(cJSON *body, const char *name, enum cancelorder_choice choice)
{
    if (choice != CANCELORDER_UNSET)
        cJSON_AddBoolToObject(body, name, choice == CANCELORDER_YES);
}

static void add_texts(cJSON *body, const char *name, const struct cancelorder_pairs *pairs)
{
    cJSON *object = pairs->count == 0 ? NULL : cJSON_AddObjectToObject(body, name);
    for (size_t i = 0; i < pairs->count; i++)
        cJSON_AddStringToObject(object, pairs->rows[i].name, pairs->rows[i].value);
}

char *akinon_cancel_body(const struct cancelorder_request *request, const struct json_value *order)
{
    cJSON *body = cJSON_CreateObject();
    cJSON_AddRawToObject(body, "order", request->order_id);
    cJSON_AddBoolToObject(body, "is_all", !request->only_items);
    add_items(body, request);
    cJSON_AddNullToObject(body, "forced_refund_amount");
    add_reasons(body, request, order);
    add_choice(body, "is_cargo_refund", request->is_cargo_refund);
    if (request->refund_invoice_number != NULL)
        cJSON_AddStringToObject(body, "refund_invoice_number", request->refund_invoice_number);
    add_texts(body, "ibans", &request->ibans);
    add_texts(body, "holder_names", &request->holder_names);
    add_choice(body, "return_details", request->return_details);
    return json_write_away(body);
}

char *akinon_login_body(const struct cancelorder_request *request)
{
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "username", request_credential(request, "username"));
    cJSON_AddStringToObject(body, "password", request_credential(request, "password"));
    return json_write_away(body);
}
