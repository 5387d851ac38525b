/*
 * What the files of this room share: what goes out, the reading of what comes back, the operations.
 *
 * The body of a cancel:
 *
 *     {"order":1883,"is_all":false,"cancel_items":[70193],"forced_refund_amount":null,"reasons":{"70193":12}}
 *
 * The whole order: is_all true and cancel_items an empty list. forced_refund_amount is always there and always null.
 * Optional members are left out unless given. Ids go out as the digits they came in.
 *
 * Status 200 is acceptance. Only status 100 of the order (or of every chosen item) is 'cancelled', and a part of an
 * order is never called the whole.
 *
 * A body is the caller's to free(). A check gives 0, or -1 with the refusal in `result`.
 */
#ifndef PROVIDERS_AKINON_AKINON_H
#define PROVIDERS_AKINON_AKINON_H

#include <stdbool.h>

#include "base/json.h"
#include "cancelorder.h"
#include "core/call.h"
#include "core/http.h"
#include "core/login.h"
#include "providers/akinon/status.h"

/* request.c */
extern const struct wire_shape akinon_cancel_shape;
extern const struct wire_shape akinon_get_shape;
extern const struct wire_shape akinon_login_shape;
int akinon_check_cancel(const struct cancelorder_request *request, struct cancelorder_result *result);
int akinon_check_read(const struct cancelorder_request *request, struct cancelorder_result *result);
int akinon_check_keys(const struct cancelorder_request *request, struct cancelorder_result *result);
/* Once more, with the order as it was read (NULL = not read): every item that is cancelled has a reason, and the
 * selection does not mix what is shipped with what is not. */
int akinon_check_order(const struct cancelorder_request *request, const struct json_value *order,
                       struct cancelorder_result *result);
/* `order` serves to spread one reason over all items; NULL = not read. */
char *akinon_cancel_body(const struct cancelorder_request *request, const struct json_value *order);
char *akinon_login_body(const struct cancelorder_request *request);

/* answer.c */
struct akinon_reading {
    struct cancelorder_result result;
    struct json_document document;
    const struct json_value *order; /* NULL = could not be read */
};

void akinon_judge_cancel(const struct cancelorder_request *request, const struct http_answer *answer,
                         struct cancelorder_result *result);
void akinon_judge_read(struct akinon_reading *reading, const struct http_answer *answer, const char *asked);
/* *token is the caller's; it stays as it is where the answer holds none. */
void akinon_judge_login(const struct http_answer *answer, struct cancelorder_result *result, char **token);
/* Id, number, state and amounts, as written. */
void akinon_report_order(struct cancelorder_result *result, const struct json_value *order);
/* One row for each item that was asked for; `order` may be NULL. */
void akinon_report_items(const struct cancelorder_request *request, const struct json_value *order,
                         struct cancelorder_result *result);
/* The stage that all selected items share, or of the order when it is cancelled as a whole. */
enum akinon_stage akinon_selection_stage(const struct cancelorder_request *request, const struct json_value *order);
/* What a selection that is cancelled is called. */
enum cancelorder_outcome akinon_canceled_outcome(const struct cancelorder_request *request,
                                                 const struct json_value *order);

/* login.c */
extern const struct login_rules akinon_login_rules;
void akinon_login(struct call *call);

/* read.c: a reading is released in every case. */
void akinon_read_order(struct call *call, int share_percent, struct akinon_reading *reading);
void akinon_reading_release(struct akinon_reading *reading);
/* The reading's result becomes the call's, but for what that says of the cancel. */
void akinon_result_replace(struct call *call, struct akinon_reading *reading);
void akinon_get_order(struct call *call);

/* cancel.c */
void akinon_cancel(struct call *call);

#endif
