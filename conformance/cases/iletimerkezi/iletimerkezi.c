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
#include "cases/iletimerkezi/iletimerkezi.h"

const struct check_table iletimerkezi_checks = {
    .profile =
        {
            .provider = "iletimerkezi",
            .title = "iletiMerkezi",
            .arguments = JSON({"order_id" : "{order_id}"}),
            .credentials = "key hash",
            .cancel_operations = "cancel",
            .read_operations = "get_report",
            .envelope = "response",
        },
    .groups = {&iletimerkezi_request_rows, &iletimerkezi_access_rows, &iletimerkezi_answers_rows,
               &iletimerkezi_repeats_rows, &iletimerkezi_transport_rows, &iletimerkezi_text_rows},
};
