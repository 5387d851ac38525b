/*
 * Zaikio Procurement, print supplies (consumer API V1, base …/consumers/api/v1).
 *
 * There is no cancel call. The state of the order chooses one of three (providers: zaikio 4):
 *
 *     draft                     DELETE /orders/{id}                                  -> 204, gone
 *     placed, transfer_failed   PATCH  {"order":{"state_event":"cancel_by_consumer"}}  -> cancelled
 *     others after placing      PATCH  {"order":{"state_event":"request_cancelation"}} -> requested
 *
 * So the order is read first, unless the caller names the method. A request is only that: the supplier
 * decides, and the outcome is 'pending'. The client never passes from one method to another by itself,
 * since they mean different things. An order that is final is not touched; shipped ones may still be
 * requested where the supplier's policy is `always`, which the order does not tell: name the method.
 *
 * After a lost answer the order is read and nothing is sent again; after a 422 on cancel_by_consumer it
 * is read too, for it may have been transferred between read and cancel.
 */
#include "providers/zaikio/zaikio.h"

static const struct client_word credentials[] = {
    {"token", "access token with the scope procurement_consumer.orders.rw"},
    {NULL, NULL},
};

static const struct client_word arguments[] = {
    {"order_id", "UUID of the order"},
    {"method", "delete, cancel_by_consumer or request_cancelation; without it chosen by state"},
    {NULL, NULL},
};

static const struct client_operation operations[] = {
    {"cancel", zaikio_check_cancel, zaikio_cancel},
    {"get_order", zaikio_check_read, zaikio_get_order},
    {NULL, NULL, NULL},
};

const struct client_provider client_provider_zaikio = {
    .name = "zaikio",
    .title = "Zaikio Procurement, print supplies",
    .example_base_url = "https://procurement.zaikio.com/consumers/api/v1",
    .credentials = credentials,
    .arguments = arguments,
    .operations = operations,
    .judge_cancel = zaikio_judge_cancel,
};
