/*
 * What the rows of iletiMerkezi share: addresses, bodies and scripted answers that several of them need, and the groups
 * that iletimerkezi.c puts together.
 */
#ifndef CASES_ILETIMERKEZI_ILETIMERKEZI_H
#define CASES_ILETIMERKEZI_ILETIMERKEZI_H

#include "cases/iletimerkezi/verbs.h"
#include "check/check.h"
#include "judge/verbs.h"

/* clang-format off */

#define PAGE       "page Cancel Order API, "
#define PATH       "/v1/cancel-order/json"
#define UNKNOWN_ID "404404404"

/* An answer in the vendor's envelope: HTTP status, code of the body, message. AFTER: the order is cancelled first. */
#define SAYS_WHEN(more_, http_, code_, message_) "{\"fault\":\"CANNED_RESPONSE\"," more_ "\"status\":" #http_ ",\"json\":{\"response\":{\"status\":{\"code\":" #code_ ",\"message\":\"" message_ "\"}}}}"
#define SAYS(http_, code_, message_) SAYS_WHEN("", http_, code_, message_)
#define SAYS_AFTER(http_, code_, message_) SAYS_WHEN("\"phase\":\"after_commit\",", http_, code_, message_)
#define RAW(phase_, ...) "{\"fault\":\"RAW_RESPONSE\",\"phase\":\"" phase_ "\",\"bytes\":" #__VA_ARGS__ "}"
#define LOST_AFTER(name_) "{\"fault\":\"" name_ "\",\"phase\":\"after_commit\"}"

/* What a client may say of an order that is on its way, finished or failed: with get-report, and without. */
#define TOO_LATE (OUT_REJECTED | OUT_NOT_FOUND_OR_REJECTED)

/* clang-format on */

extern const struct check_group iletimerkezi_request_rows, iletimerkezi_access_rows, iletimerkezi_answers_rows,
    iletimerkezi_repeats_rows, iletimerkezi_transport_rows, iletimerkezi_text_rows;

#endif
