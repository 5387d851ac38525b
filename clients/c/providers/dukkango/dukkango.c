/*
 * Dükkango, restaurant orders ('Integration API', base …/api/integrations).
 *
 *     PUT /orders/cancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e        Access-Token: <token>
 *     {"reason_id":3}
 *     -> 200 {"status":true,"data":"OK"}
 *
 * The order is named by its payment_key, a UUID; the integer id is for display. The answer says nothing
 * of the order, so no state is reported, and no refund exists in this API. What a second cancel answers
 * is not documented and an order that is missing from the active list proves nothing (it may have been
 * acknowledged), so after a lost answer nothing is repeated and nothing is guessed: the effect stays
 * unknown. Error codes are Turkish words; the outcome goes by status alone, the words are handed on.
 *
 * A token is either given or got from app_secret_key and rest_secret_key; a 401 is answered by one
 * log-in and one repetition where those two are there.
 */
#include "providers/dukkango/dukkango.h"

static const struct client_word credentials[] = {
    {"access_token", "token of the Access-Token header; or the two keys below"},
    {"app_secret_key", "key of the application, to log in", .set = 1},
    {"rest_secret_key", "key of the restaurant, to log in", .set = 1},
    {NULL, NULL},
};

static const struct client_word arguments[] = {
    {"order_id", "payment_key of the order, a UUID"},
    {"reason_id", "1 out of stock, 2 address not found, 3 too busy, 4 customer cancelled, "
                  "5 technical, 6 too far, 7 payment, 8 other"},
    {NULL, NULL},
};

static const struct client_operation operations[] = {
    {"cancel", dukkango_check_cancel, dukkango_cancel},
    {"login", dukkango_check_keys, dukkango_login},
    {NULL, NULL, NULL},
};

const struct client_provider client_provider_dukkango = {
    .name = "dukkango",
    .title = "Dükkango, restaurant orders",
    .example_base_url = "https://www.xn--dkkango-n2a.com/api/integrations",
    .credentials = credentials,
    .arguments = arguments,
    .operations = operations,
    .judge_cancel = dukkango_judge_cancel,
};
