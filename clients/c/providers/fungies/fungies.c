/*
 * Fungies, digital goods (API v0, base …/v0).
 *
 *     PATCH /orders/%23A7k2Qm9ZtR4x/cancel      x-fngs-public-key: pub_…   x-fngs-secret-key: sec_…
 *     {}
 *     -> 200 {"status":"success","data":{"order":{"id":…,"status":"CANCELLED",…}}}
 *
 * The order is named by its UUID or its number; a number may begin with '#', which must go out as %23.
 * A failure may come under status 200, with "status":"error". Only the word CANCELLED, spelled so,
 * confirms; anything else is 'accepted, not confirmed'. Cancelling never refunds.
 *
 * The vendor marks the call as idempotent. After a lost answer the order is read with the public key
 * alone; CANCELLED there ends the matter. Otherwise one more PATCH goes out, unless the first one timed
 * out: it may still be on its way, and the time is spent. A refusal of the second one is a reason to
 * read again (the first may have won meanwhile).
 */
#include "providers/fungies/fungies.h"

static const struct client_word credentials[] = {
    {"public_key", "pub_…, sent with every request"},
    {"secret_key", "sec_…, sent with the cancel only", .cancel_only = true},
    {NULL, NULL},
};

static const struct client_word arguments[] = {
    {"order_id", "UUID of the order, or its number (a leading # is kept)"},
    {NULL, NULL},
};

static const struct client_operation operations[] = {
    {"cancel", fungies_check_cancel, fungies_cancel},
    {"get_order", fungies_check_read, fungies_get_order},
    {NULL, NULL, NULL},
};

const struct client_provider client_provider_fungies = {
    .name = "fungies",
    .title = "Fungies, digital goods",
    .example_base_url = "https://api.fungies.io/v0",
    .credentials = credentials,
    .arguments = arguments,
    .operations = operations,
    .judge_cancel = fungies_judge_cancel,
};
