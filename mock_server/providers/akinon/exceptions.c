/*
 * What the service layer says when it refuses (6). The vendor names most of these exceptions; the texts and some of the
 * codes are ours.
 *
 *     406 {"non_field_errors":["Order cancellation already in progress."],"code":"order_cancel_more_then_one"}
 *
 * Status and form are documented of a sibling operation only, so both are knobs (9.8).
 */
#include "providers/akinon/akinon.h"

static const struct {
    const char *code; /* with the vendor's own "then" */
    const char *text;
} exceptions[] = {
    [MORE_THAN_ONE] = {"order_cancel_more_then_one", "Order cancellation already in progress."},
    [ALREADY_CANCELLED] = {"order_already_cancelled", "Order already cancelled!"},
    [UPDATE_CANCEL_STATUS] = {"order_update_cancel_status", "Cancel status can't be changed."},
    [OVERLAPPING_PARAMETER] = {"order_cancel_overlapping_parameter", "Send either is_all or cancel_items."},
    [MISSING_REASON] = {"order_cancel_missing_reason", "Every order item needs a reason."},
    [PURCHASE_TRANSACTION_NOT_FOUND] = {"order_cancel_purchase_transaction_not_found",
                                        "Purchase transaction not found."},
    [NO_REFUNDABLE_AMOUNT] = {"order_cancel_no_refundable_amount", "There is no refundable amount."},
    [MULTIPLE_ITEM_STATUS] = {"order_cancel_multiple_item_status", "Order items have different statuses."},
    [MIXED_PLAN] = {"order_cancel_mixed_plan", "Order items can't be cancelled and returned in one plan."},
    [WRONG_STATUS] = {"order_cancel_status", "Order can't be cancelled in this status."},
    [NOT_SENT_TO_ERP] = {"order_cancel_not_sent_to_erp", "Order is not sent to ERP yet."},
};

static cJSON *exception_body(int64_t shape, enum akinon_exception what)
{
    cJSON *body = NULL;
    switch (shape) {
    case ERROR_STRING_ERROR_CODE:
        body = cJSON_CreateObject();
        json_set_string(body, "non_field_errors", exceptions[what].text);
        json_set_string(body, "error_code", exceptions[what].code);
        return body;
    case ERROR_DETAIL:
        body = akinon_detail(exceptions[what].text);
        break;
    default:
        body = akinon_field_error("non_field_errors", exceptions[what].text);
        break;
    }
    json_set_string(body, "code", exceptions[what].code);
    return body;
}

enum step akinon_raise(struct exchange *x, enum akinon_exception what, const struct reason *why)
{
    return exchange_refuse(x, exchange_knob_status(x, KNOB_SERVICE_ERROR_STATUS),
                           exception_body(exchange_knob(x, KNOB_ERROR_SHAPE), what), why);
}
