/*
 * Akinon Omnitron, commerce back office (base …/api/i1).
 *
 *     POST /orders/1883/cancel/                                    Authorization: Token <key>
 *     {"order":1883,"is_all":true,"cancel_items":[],"forced_refund_amount":null,"reasons":{"70193":12}}
 *     -> 200 {"pk":1883,"status":"50",…}
 *
 * Status 200 means accepted: a plan is open (status 50) until somebody confirms it (100). Orders that
 * were shipped get a return instead of a cancellation, by the same call; the only way to tell is their
 * state before it, so the order is read first. That read also refuses a selection that mixes both, and
 * lets one reason stand for all items. If it fails, other than by 401 or for want of a connection, the
 * cancel goes out all the same: the address of a single order is not documented, so its 404 says little.
 *
 * The call is not idempotent. After a lost answer, and after a 2xx whose body cannot be read, the order
 * is read and nothing is sent again; after a refusal it is read to tell 'already cancelled' (100) from
 * 'a plan is open' (50). Acceptance is remembered per order and item set, and a repeat is answered from
 * there together with the order's present state; an operator's rejection of the plan clears it.
 */
#include "providers/akinon/akinon.h"

static const struct client_word credentials[] = {
    {"token", "key of the Authorization header; or the two below"},
    {"username", "to log in", .set = 1},
    {"password", "to log in", .set = 1},
    {NULL, NULL},
};

static const struct client_word arguments[] = {
    {"order_id", "primary key (pk) of the order, not its number"},
    {"items", "item ids; without them the whole order"},
    {"reasons", "reason id of each item"},
    {"reason_id", "instead of reasons: one for every item that is cancelled"},
    {"is_cargo_refund", "true: the shipping cost too"},
    {"return_details", "false: a short answer"},
    {"refund_invoice_number", "text"},
    {"ibans", "fund transfer only: IBAN of each item"},
    {"holder_names", "fund transfer only: account holder of each item"},
    {NULL, NULL},
};

static const struct client_operation operations[] = {
    {"cancel", akinon_check_cancel, akinon_cancel},
    {"get_order", akinon_check_read, akinon_get_order},
    {"login", akinon_check_keys, akinon_login},
    {NULL, NULL, NULL},
};

const struct client_provider client_provider_akinon = {
    .name = "akinon",
    .title = "Akinon Omnitron, commerce back office",
    .example_base_url = "https://<customer>.omnitron.net/api/i1",
    .credentials = credentials,
    .arguments = arguments,
    .operations = operations,
    .remembers = true,
    .judge_cancel = akinon_judge_cancel,
};
