/*
 * What fixtures and the control API may say of an order: the members of its document (5) and of its facts.
 *
 * Relations are an id or an object, as in the vendor's plain and detailed answers. No member is required but the pk of
 * an item: the rest is filled in.
 */
#include "providers/akinon/plan.h"

const char *const akinon_plan_kinds[] = {"cancel", "refund", NULL};

/* Of these the documents name all (7) but `completed`, which is of requests there (8). */
static const char *const phases[] = {"waiting",  "confirmation_waiting", "confirmed", "approved",
                                     "rejected", "waiting_for_payment",  "completed", NULL};
static const char *const request_statuses[] = {"waiting", "confirmed", "completed", "rejected", NULL};
static const char *const payment_types[] = {"card", "fund_transfer", "cash_on_delivery", NULL}; /* card by default */

static const struct shape item_shape[] = {
    {"pk", SHAPE_INTEGER, .required = true},
    {"order", SHAPE_INTEGER},
    {"product", SHAPE_ANY}, /* relations: an id in plain calls, an object in detailed ones (5) */
    {"price_list", SHAPE_ANY},
    {"stock_list", SHAPE_ANY},
    {"status", SHAPE_STRING, .words = akinon_status_words},
    {"cancel_status", SHAPE_STRING, .nullable = true, .words = phases},
    {"price", SHAPE_STRING},
    {"price_currency", SHAPE_STRING},
    {"tax_rate", SHAPE_STRING},
    {"shipping_company", SHAPE_STRING, .nullable = true},
    {"is_tradable", SHAPE_BOOLEAN},
    {"extra_field", SHAPE_OBJECT},
    {"attributes", SHAPE_OBJECT},
    SHAPE_END,
};

const struct shape akinon_document_shape[] = {
    {"pk", SHAPE_INTEGER},
    {"number", SHAPE_STRING}, /* 9.13 */
    {"channel", SHAPE_ANY},
    {"status", SHAPE_STRING, .words = akinon_status_words},
    {"cancel_status", SHAPE_STRING, .nullable = true, .words = phases},
    {"date_placed", SHAPE_STRING},
    {"modified_date", SHAPE_STRING},
    {"created_date", SHAPE_STRING},
    {"customer", SHAPE_ANY},
    {"shipping_address", SHAPE_ANY},
    {"billing_address", SHAPE_ANY},
    {"currency", SHAPE_STRING},
    {"amount", SHAPE_STRING},
    {"shipping_amount", SHAPE_STRING},
    {"discount_amount", SHAPE_STRING},
    {"refund_amount", SHAPE_STRING},
    {"shipping_tax_rate", SHAPE_STRING, .nullable = true},
    {"invoice_number", SHAPE_STRING, .nullable = true},
    {"invoice_date", SHAPE_STRING, .nullable = true},
    {"tracking_number", SHAPE_STRING, .nullable = true},
    {"notes", SHAPE_STRING, .nullable = true},
    {"segment", SHAPE_STRING, .nullable = true},
    {"bin_number", SHAPE_STRING, .nullable = true},
    {"delivery_type", SHAPE_STRING, .nullable = true},
    {"external_status", SHAPE_STRING, .nullable = true},
    {"is_send", SHAPE_BOOLEAN},
    {"has_gift_box", SHAPE_BOOLEAN},
    {"extra_field", SHAPE_OBJECT},
    {"payment_option", SHAPE_INTEGER},
    {"payment_option_slug", SHAPE_STRING},
    {"cargo_company", SHAPE_ANY},
    {"installment", SHAPE_ANY},
    {"language_code", SHAPE_ANY},
    {"client_type", SHAPE_ANY},
    {"remote_addr", SHAPE_ANY},
    {"gift_box_note", SHAPE_ANY},
    {"delivery_range", SHAPE_ANY},
    {"e_archive_url", SHAPE_ANY},
    {"orderitem_set", SHAPE_ARRAY, item_shape},
    SHAPE_END,
};

static const struct shape plan_shape[] = {
    {"kind", SHAPE_STRING, .words = akinon_plan_kinds},
    {"status", SHAPE_STRING, .words = phases},
    {"order_state", SHAPE_STRING, .words = akinon_states},
    {"opened_us", SHAPE_INTEGER},
    {"former", SHAPE_OBJECT}, /* item pk: status code before the plan */
    {"is_cargo_refund", SHAPE_BOOLEAN},
    {"refund_invoice_number", SHAPE_STRING, .nullable = true},
    {"iban_missing", SHAPE_BOOLEAN},
    {"payment_plan", SHAPE_ARRAY},
    SHAPE_END,
};

static const struct shape request_shape[] = {
    {"id", SHAPE_INTEGER, .required = true},
    {"order_item", SHAPE_INTEGER, .required = true},
    {"reason", SHAPE_INTEGER, .required = true},
    {"description", SHAPE_STRING, .nullable = true},
    {"cancellation_type", SHAPE_STRING, .words = akinon_plan_kinds},
    {"status", SHAPE_STRING, .words = request_statuses},
    {"iban", SHAPE_STRING, .nullable = true},
    {"holder_name", SHAPE_STRING, .nullable = true},
    {"easy_return", SHAPE_OBJECT, .nullable = true},
    {"quantity", SHAPE_INTEGER, .nullable = true},
    {"fully_refund_as_loyalty_money", SHAPE_BOOLEAN},
    {"uuid", SHAPE_STRING},
    {"created_date", SHAPE_STRING},
    {"modified_date", SHAPE_STRING},
    SHAPE_END,
};

const struct shape akinon_facts_shape[] = {
    {"payment_type", SHAPE_STRING, .words = payment_types},
    {"purchase_transaction", SHAPE_BOOLEAN}, /* default true */
    {"refundable_amount", SHAPE_STRING},     /* a decimal string; below zero nothing can be refunded */
    {"erp_reported", SHAPE_BOOLEAN},         /* default false */
    {"erp_sendable", SHAPE_BOOLEAN},         /* default true */
    {"plan", SHAPE_OBJECT, plan_shape},
    {"past_plans", SHAPE_ARRAY, plan_shape},
    {"cancellation_requests", SHAPE_ARRAY, request_shape},
    SHAPE_END,
};
