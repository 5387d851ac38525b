/*
 * iletiMerkezi, cancel-order: the rules of a client as rows.
 *
 *     POST /v1/cancel-order/json     {"request":{"authentication":{"key":"…","hash":"…"},"order":{"id":"312891245"}}}
 *     200 {"response":{"status":{"code":200,"message":"İşlem başarılı"}}}
 *
 * The code in the body decides, not the text. 455 is one code for "unknown", "in the carrier queue", "finished" and
 * "cancelled before"; get-report tells some of these apart, where 456, an error by its form, means that the order can
 * still be cancelled. A second cancel is answered 455, so that the client has to remember its own success, and a lost
 * answer is settled by get-report and not by asking again.
 *
 * A client may look with get-report before a cancel, after a 455, or never: the sets of outcomes leave room for all
 * three. Answers that say 200 come after the order was cancelled (SAYS_AFTER), since a client may look afterwards too.
 *
 * Not asked here: send-sms and its schedule (ILM-REQ-5, ILM-SCHED-*, ILM-NUM-1), the XML form (ILM-XML-1), exit codes
 * (ILM-REP-3), certificates (in ILM-SEC-1), what a client stores (in ILM-SEC-3), and what an error text claims beyond
 * the three causes of a 401 (in ILM-AUTH-6).
 */
#include "cases/iletimerkezi_facts.h"
#include "cases/registry.h"

#define PAGE       "page Cancel Order API, "
#define PATH       "/v1/cancel-order/json"
#define UNKNOWN_ID "404404404"

/* clang-format off */

/* An answer in the vendor's envelope: HTTP status, code of the body, message. AFTER: the order is cancelled first. */
#define SAYS_WHEN(more_, http_, code_, message_) "{\"fault\":\"CANNED_RESPONSE\"," more_ "\"status\":" #http_ ",\"json\":{\"response\":{\"status\":{\"code\":" #code_ ",\"message\":\"" message_ "\"}}}}"
#define SAYS(http_, code_, message_) SAYS_WHEN("", http_, code_, message_)
#define SAYS_AFTER(http_, code_, message_) SAYS_WHEN("\"phase\":\"after_commit\",", http_, code_, message_)
#define RAW(phase_, ...) "{\"fault\":\"RAW_RESPONSE\",\"phase\":\"" phase_ "\",\"bytes\":" #__VA_ARGS__ "}"
#define LOST_AFTER(name_) "{\"fault\":\"" name_ "\",\"phase\":\"after_commit\"}"

/* What a client may say of an order that is on its way, finished or failed: with get-report, and without. */
#define TOO_LATE (OUT_REJECTED | OUT_NOT_FOUND_OR_REJECTED)

static const struct check checks[] = {
#include "cases/iletimerkezi_request.inc"
#include "cases/iletimerkezi_answers.inc"
#include "cases/iletimerkezi_repeats.inc"
#include "cases/iletimerkezi_transport.inc"
};

/* clang-format on */

const struct check_table iletimerkezi_checks = {
    .profile =
        {
            .provider = "iletimerkezi",
            .title = "iletiMerkezi",
            .arguments = JSON({"order_id" : "{order_id}"}),
            .credentials = "key hash",
            .cancel_operations = "cancel",
            .envelope = "response",
        },
    .checks = checks,
    .count = CHECK_COUNT(checks),
};
