/*
 * Facts that only iletiMerkezi's rules ask for: the order id in the body, and what get-report allows between and after
 * cancels. Used like the verbs of facts.h; texts marked (P) may hold placeholders.
 *
 *     .expect = {.facts = {SENT_ID("{order_id}"), ASKED_BEFORE_REPEAT}}
 */
#ifndef CONFORMANCE_CASES_ILETIMERKEZI_FACTS_H
#define CONFORMANCE_CASES_ILETIMERKEZI_FACTS_H

#include "facts.h"

/* Content-Type names no charset, or utf-8. */
#define UTF8_OR_NO_CHARSET                                                                                             \
    {                                                                                                                  \
        ilm_charset, 0, 0, "Content-Type names the charset utf-8, or none"                                             \
    }
/* request.order.id is a JSON string of digits or a JSON integer. */
#define ID_OF_DIGITS                                                                                                   \
    {                                                                                                                  \
        ilm_id_of_digits, 0, 0, "request.order.id is a string of digits, or an integer"                                \
    }
/* (P) request.order.id has exactly these digits: as a string, or as an integer where no zero leads. */
#define SENT_ID(digits)                                                                                                \
    {                                                                                                                  \
        ilm_sent_id, 0, digits, "request.order.id has the digits %2"                                                   \
    }

/* A get-report follows the first cancel. */
#define ASKED_AFTER_CANCEL                                                                                             \
    {                                                                                                                  \
        ilm_asked_after_cancel, 0, 0, "a get-report follows the first cancel"                                          \
    }
/* A cancel that follows another is allowed by a get-report in between that said 456, still scheduled. */
#define ASKED_BEFORE_REPEAT                                                                                            \
    {                                                                                                                  \
        ilm_asked_before_repeat, 0, 0, "a cancel that follows another comes after a get-report that said 456"          \
    }
/* No cancel follows a get-report that said 113 or 114. */
#define NO_CANCEL_ONCE_CLOSED                                                                                          \
    {                                                                                                                  \
        ilm_no_cancel_once_closed, 0, 0, "no cancel follows a get-report that said 113 or 114"                         \
    }
/* Who reports a cancelled order has one: the provider's state is "cancelled". */
#define CLAIM_IS_TRUE                                                                                                  \
    {                                                                                                                  \
        ilm_claim_is_true, 0, 0, "who reports a cancelled order has one"                                               \
    }

fact_judge ilm_charset, ilm_id_of_digits, ilm_sent_id;
fact_judge ilm_asked_after_cancel, ilm_asked_before_repeat, ilm_no_cancel_once_closed, ilm_claim_is_true;

#endif
