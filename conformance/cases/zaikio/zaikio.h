/*
 * What the rows of Zaikio Procurement share: addresses, bodies and scripted answers that several of them need, and the
 * groups that zaikio.c puts together.
 */
#ifndef CASES_ZAIKIO_ZAIKIO_H
#define CASES_ZAIKIO_ZAIKIO_H

#include "cases/zaikio/verbs.h"
#include "check/check.h"
#include "judge/verbs.h"

/* clang-format off */

#define PAGE         "page Canceling Orders, "
#define ORDERS       "/consumers/api/v1/orders/"
#define UNKNOWN_ID   "7f8d6a52-13c4-4d0e-9a53-0d5c0f7a2b11"
#define FOREIGN_ID   "b8d2a7e4-1c3f-4e6a-8b9d-d40e5f607101" /* placed, of another organisation */
#define RACE_ID      "6e1f0c2d-4b5a-4c3e-9d7f-c30d4e5f6018" /* placed when read, transferred right after it */
#define REFUSED      (OUT_UNAUTHORIZED | OUT_FORBIDDEN) /* which of the two the vendor's documents leave open: 9 A4 */
#define CANCELED_NOW (OUT_CANCELED | OUT_ALREADY_CANCELED)

#define BAD_TOKEN JSON({"token": "zt-conformance-0a1b2c3d4e5f60718293a4b5c6d7e8f9"})
#define BY_CONSUMER JSON({"method": "cancel_by_consumer"})
#define EVENT(name_) TOKEN("/order/state_event", "\"" name_ "\"")

/* Orders whose supplier has this cancelation policy: the contract leads to the supplier. */
#define UNDER(state_, contract_) "{\"state\":\"" state_ "\",\"document\":{\"contract_id\":\"" contract_ "\",\"contract\":{\"id\":\"" contract_ \
    "\",\"customer_number\":null,\"references\":[],\"links\":[{\"rel\":\"self\",\"href\":\"/consumers/api/v1/contracts/" contract_ "\"}]}}}"
#define ALWAYS "3d81b6f4-9c27-4e05-b1a8-72f6e0d95c02"
#define BEFORE_SHIPMENT "91e4d7c3-06ab-4f52-8d19-c5b3a2807e03"
#define NEVER "d5270ac8-e143-4b96-a7f0-184c6be39d04"

/* A whole order as the answer to a call that the server never carries out; `state_` is JSON. */
#define ORDER_AS(id_, state_) "{\"id\":\"" id_ "\",\"state\":" state_ ",\"state_reason\":null,\"references\":{document.references}," \
    "\"currency\":\"EUR\",\"delivery_mode\":\"complete\",\"gross_total\":\"30617748.0\",\"net_total\":\"25729200.0\",\"net_shipping_fee\":null," \
    "\"net_handling_fee\":null,\"taxes\":\"4888548.0\",\"taxes_on_fees\":null,\"placed_at\":\"2022-03-04T05:06:07.089Z\",\"transferred_at\":null," \
    "\"transfer_failed_at\":null,\"confirmed_at\":null,\"producing_at\":null,\"partially_shipped_at\":null," \
    "\"partially_shipped_remainder_canceled_at\":null,\"shipped_at\":null,\"cancelation_requested_at\":null,\"canceled_by_consumer_at\":null," \
    "\"canceled_by_supplier_at\":null,\"created_at\":\"2022-03-04T05:06:07.089Z\",\"updated_at\":\"2022-03-04T05:06:08.001Z\"," \
    "\"contract_id\":\"{document.contract_id}\",\"contract\":{document.contract},\"person_id\":null,\"person\":{document.person}," \
    "\"exclusive_sales_group_id\":null,\"exclusive_sales_group\":{document.exclusive_sales_group},\"order_line_items\":{document.order_line_items}}"
#define ANSWER_AS(status_, json_) "{\"fault\":\"CANNED_RESPONSE\",\"status\":" #status_ ",\"json\":" json_ "}"
#define ANSWER_WITH(status_, name_, value_, body_) "{\"fault\":\"CANNED_RESPONSE\",\"status\":" #status_ \
    ",\"headers\":[[\"Content-Type\",\"application/json\"],[\"" name_ "\",\"" value_ "\"]],\"body\":\"" body_ "\"}"
#define RAW(bytes_) "{\"fault\":\"RAW_RESPONSE\",\"bytes\":\"" bytes_ "\"}"
#define SAYS_CANCELED "{\\\"id\\\":\\\"{order_id}\\\",\\\"state\\\":\\\"canceled_by_consumer\\\"}" /* 76 bytes */
#define LATER(name_) "{\"fault\":\"" name_ "\",\"phase\":\"after_commit\"}"
/* In every answer of the provider, a GET's included. */
#define DRIFT_ALL(...) "{\"fault\":\"SCHEMA_DRIFT\",\"phase\":\"after_commit\",\"match\":{},\"patch\":" #__VA_ARGS__ "}"
#define DRIFT_READ(...) "{\"fault\":\"SCHEMA_DRIFT\",\"phase\":\"after_commit\",\"match\":{\"operation\":\"get_order\"},\"patch\":" #__VA_ARGS__ "}"

/* clang-format on */

extern const struct check_group zaikio_request_rows, zaikio_access_rows, zaikio_transport_rows, zaikio_answers_rows,
    zaikio_text_rows, zaikio_repeats_rows;

#endif
