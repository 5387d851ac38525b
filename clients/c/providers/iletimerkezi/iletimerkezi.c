/*
 * iletiMerkezi, scheduled SMS (base …/v1).
 *
 *     POST /cancel-order/json
 *     {"request":{"authentication":{"key":"…","hash":"…"},"order":{"id":"312891245"}}}
 *     -> 200 {"response":{"status":{"code":200,"message":"İşlem başarılı"}}}
 *
 * Credentials travel in the body alone and unchanged. The code in the body decides; the HTTP status is
 * reported beside it, and success needs both to be 200. 455 stands for unknown, too late, finished and
 * cancelled before, so it is 'not found or rejected' and nothing more.
 *
 * Before a cancel the report is read: 113 and 114 mean that the window is closed, and no cancel goes
 * out. 456 means still scheduled. For 115 and 455 the cancel is sent all the same: neither proves
 * anything, and only the cancel's own answer is an answer. 401 ends the matter at once; any other
 * failure of the report does not stand in the way.
 *
 * A cancel is not idempotent and the only proof of a success is its answer. So a success is remembered
 * (by account and id, credentials hashed) and answered from there later; an attempt is on record while
 * its answer is out, and a later 455 then means 'possibly cancelled by the earlier attempt'. After a
 * lost answer the report is read: 113 and 114 mean too late, 115 and 455 probably cancelled, 456 not
 * cancelled. A repetition is left to the caller.
 */
#include "providers/iletimerkezi/iletimerkezi.h"

static const struct client_word credentials[] = {
    {"key", "API key, as the panel shows it"},
    {"hash", "API hash, as the panel shows it"},
    {NULL, NULL},
};

static const struct client_word arguments[] = {
    {"order_id", "order id that send-sms returned, decimal digits"},
    {NULL, NULL},
};

static const struct client_operation operations[] = {
    {"cancel", iletimerkezi_check, iletimerkezi_cancel},
    {"get_report", iletimerkezi_check, iletimerkezi_get_report},
    {NULL, NULL, NULL},
};

const struct client_provider client_provider_iletimerkezi = {
    .name = "iletimerkezi",
    .title = "iletiMerkezi, scheduled SMS",
    .example_base_url = "https://api.iletimerkezi.com/v1",
    .credentials = credentials,
    .arguments = arguments,
    .operations = operations,
    .remembers = true,
    .judge_cancel = iletimerkezi_judge_cancel,
};
