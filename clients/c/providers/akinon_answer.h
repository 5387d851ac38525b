#ifndef PROVIDERS_AKINON_ANSWER_H
#define PROVIDERS_AKINON_ANSWER_H

/*
 * Reads what Akinon answers: refusals in all their shapes, and the order.
 *
 * Status 200 is acceptance. Only status 100 of the order (or of every chosen item) is 'cancelled', and
 * a part of an order is never called the whole.
 */

#include "call.h"
#include "providers/akinon_request.h"
#include "providers/akinon_status.h"

/* The pure reading of the answer to a cancel (see provider.h). */
void akinon_judge_cancel(const struct cancelorder_request *request, const struct http_answer *answer,
                         struct cancelorder_result *result);

/* Field errors, general errors and code of a refusal go into the result of the judgement. */
void akinon_read_errors(struct judgement *j);

/* Id, number, state and amounts, as written. */
void akinon_report_order(struct cancelorder_result *result, const struct json_value *order);

/* One row for each item that was asked for; `order` may be NULL. */
void akinon_report_items(const struct cancelorder_request *request, const struct json_value *order,
                         struct cancelorder_result *result);

bool akinon_order_is_asked(const struct json_value *order, const char *asked);

/* The stage that all selected items share, or of the order when it is cancelled as a whole. */
enum akinon_stage akinon_selection_stage(const struct cancelorder_request *request, const struct json_value *order);

/* What a selection that is cancelled is called. */
enum cancelorder_outcome akinon_canceled_outcome(const struct cancelorder_request *request,
                                                 const struct json_value *order);

#endif
