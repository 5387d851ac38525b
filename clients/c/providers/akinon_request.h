#ifndef PROVIDERS_AKINON_REQUEST_H
#define PROVIDERS_AKINON_REQUEST_H

/*
 * The body of Akinon's cancel call, and what must not be sent in it.
 *
 *     {"order":1883,"is_all":false,"cancel_items":[70193],"forced_refund_amount":null,
 *      "reasons":{"70193":12}}
 *
 * The whole order: is_all true and cancel_items an empty list. forced_refund_amount is always there and
 * always null. Optional members are left out unless given. Ids go out as the digits they came in.
 */

#include "cancelorder.h"
#include "support/json.h"

/* 0, or -1 with the refusal in `result`. */
int akinon_request_check(const struct cancelorder_request *request, struct cancelorder_result *result);

/*
 * The same, with the order as it was read (NULL = not read): every item that is cancelled has a reason,
 * and the selection does not mix what is shipped with what is not.
 */
int akinon_request_check_order(const struct cancelorder_request *request, const struct json_value *order,
                               struct cancelorder_result *result);

/* The body; `order` serves to spread one reason over all items. The caller frees it. */
char *akinon_request_body(const struct cancelorder_request *request, const struct json_value *order);

/* True if `id` is cancelled by this request. */
bool akinon_request_selects(const struct cancelorder_request *request, const char *id);

#endif
