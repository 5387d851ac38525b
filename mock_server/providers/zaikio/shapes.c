/*
 * The shapes of an order's JSON and of what the mock knows beside it, as fixtures and control calls are checked with.
 */
#include "providers/zaikio/zaikio.h"

/* ── Shapes (5) ────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct shape link_shape[] = {
    {"rel", SHAPE_STRING, .required = true},
    {"href", SHAPE_STRING, .nullable = true},
    SHAPE_END,
};

static const struct shape contract_shape[] = {
    {"id", SHAPE_STRING, .required = true},
    {"customer_number", SHAPE_STRING, .nullable = true},
    {"references", SHAPE_ARRAY_OF_STRINGS},
    {"links", SHAPE_ARRAY, link_shape, .nullable = true},
    SHAPE_END,
};

static const struct shape person_shape[] = {
    {"id", SHAPE_STRING, .nullable = true},
    {"display_name", SHAPE_STRING, .nullable = true},
    {"links", SHAPE_ARRAY, link_shape, .nullable = true},
    SHAPE_END,
};

static const struct shape sales_group_shape[] = {
    {"id", SHAPE_STRING, .nullable = true},
    {"name", SHAPE_STRING, .nullable = true},
    {"links", SHAPE_ARRAY, link_shape, .nullable = true},
    SHAPE_END,
};

static const struct shape parent_shape[] = {
    {"id", SHAPE_STRING},
    {"references", SHAPE_ARRAY_OF_STRINGS},
    {"links", SHAPE_ARRAY, link_shape, .nullable = true},
    SHAPE_END,
};

static const struct shape sku_shape[] = {
    {"id", SHAPE_STRING},
    {"order_number", SHAPE_STRING},
    {"links", SHAPE_ARRAY, link_shape, .nullable = true},
    SHAPE_END,
};

static const struct shape line_item_shape[] = {
    {"id", SHAPE_STRING, .required = true},
    {"order_id", SHAPE_STRING},
    {"sku_id", SHAPE_STRING},
    {"references", SHAPE_ARRAY_OF_STRINGS},
    {"amount", SHAPE_INTEGER},
    {"amount_in_base_unit", SHAPE_INTEGER},
    {"base_unit", SHAPE_STRING},
    {"description", SHAPE_STRING},
    {"order_number", SHAPE_STRING},
    {"tax_rate", SHAPE_STRING, .nullable = true},
    {"taxes", SHAPE_STRING, .nullable = true},
    {"total_gross_price", SHAPE_STRING, .nullable = true},
    {"total_net_price", SHAPE_STRING},
    {"unit", SHAPE_STRING},
    {"confirmed_delivery_at", SHAPE_STRING, .nullable = true},
    {"created_at", SHAPE_STRING},
    {"updated_at", SHAPE_STRING},
    {"catalog_price", SHAPE_STRING},
    {"confirmed_price", SHAPE_STRING, .nullable = true},
    {"order", SHAPE_OBJECT, parent_shape},
    {"sku", SHAPE_OBJECT, sku_shape},
    SHAPE_END,
};

const struct shape zaikio_document_shape[] = {
    {"id", SHAPE_STRING},
    {"canceled_by_consumer_at", SHAPE_STRING, .nullable = true},
    {"canceled_by_supplier_at", SHAPE_STRING, .nullable = true},
    {"cancelation_requested_at", SHAPE_STRING, .nullable = true},
    {"confirmed_at", SHAPE_STRING, .nullable = true},
    {"currency", SHAPE_STRING, .nullable = true},
    {"delivery_mode", SHAPE_STRING},
    {"gross_total", SHAPE_STRING, .nullable = true}, /* money is text, never a number */
    {"net_handling_fee", SHAPE_STRING, .nullable = true},
    {"net_shipping_fee", SHAPE_STRING, .nullable = true},
    {"net_total", SHAPE_STRING, .nullable = true},
    {"partially_shipped_at", SHAPE_STRING, .nullable = true},
    {"partially_shipped_remainder_canceled_at", SHAPE_STRING, .nullable = true},
    {"placed_at", SHAPE_STRING, .nullable = true},
    {"producing_at", SHAPE_STRING, .nullable = true},
    {"references", SHAPE_ARRAY_OF_STRINGS},
    {"shipped_at", SHAPE_STRING, .nullable = true},
    {"state", SHAPE_STRING},
    {"state_reason", SHAPE_STRING, .nullable = true},
    {"taxes", SHAPE_STRING, .nullable = true},
    {"taxes_on_fees", SHAPE_STRING, .nullable = true},
    {"transfer_failed_at", SHAPE_STRING, .nullable = true},
    {"transferred_at", SHAPE_STRING, .nullable = true},
    {"contract_id", SHAPE_STRING},
    {"contract", SHAPE_OBJECT, contract_shape},
    {"exclusive_sales_group_id", SHAPE_STRING, .nullable = true},
    {"exclusive_sales_group", SHAPE_OBJECT, sales_group_shape},
    {"person_id", SHAPE_STRING, .nullable = true},
    {"person", SHAPE_OBJECT, person_shape},
    {"created_at", SHAPE_STRING, .nullable = true},
    {"updated_at", SHAPE_STRING},
    {"order_line_items", SHAPE_ARRAY, line_item_shape},
    SHAPE_END,
};

const struct shape zaikio_facts_shape[] = {
    {"state_before", SHAPE_STRING},          /* the state before a request: where a refusal leads back (9 A7) */
    {"transfers_after_read", SHAPE_BOOLEAN}, /* a placed order is transferred right after the next GET (9 A18) */
    {"deliveries", SHAPE_ARRAY},             /* parts with a path of their own; an order does not show them (3) */
    SHAPE_END,
};
