/*
 * Verbs of the judge that only Akinon's rows need. The body of the cancel call has members that depend on one another
 * (is_all and cancel_items, cancel_items and reasons), the documents leave some members out at will, and after a lost
 * answer it counts in which order the client reads and calls.
 *
 *     .facts = {RIGHT_CHOICE_IF_SENT, REASON_IS("/reasons/81001", "12"), READS_AFTER_THE_CALL}
 *
 * Conventions as in facts.h: facts about requests look at those that `.expect.on` selects. Names that end in IF_SENT
 * hold where there is no request to look at.
 */
#ifndef CONFORMANCE_CASES_AKINON_FACTS_H
#define CONFORMANCE_CASES_AKINON_FACTS_H

#include "facts.h"

/* -- the body of the cancel call -------------------------------------------------------------------------------- */

/* (P) The value at the pointer is this JSON, however it is spelt. */
#define VALUE_IS(pointer, json)                                                                                        \
    {                                                                                                                  \
        akinon_value_is, pointer, json, "%1 in the body has the value %2"                                              \
    }
/* The raw token at the pointer is this one, or the member is absent. */
#define TOKEN_IF_GIVEN(pointer, raw)                                                                                   \
    {                                                                                                                  \
        akinon_token_if_given, pointer, raw, "%1 in the body, if given, is written %2"                                 \
    }
/* The reason at the pointer is this id, as an integer or as a string of digits. */
#define REASON_IS(pointer, id)                                                                                         \
    {                                                                                                                  \
        akinon_reason_is, pointer, id, "%1 in the body is %2, as an integer or a string"                               \
    }
/* Either "is_all" is true and cancel_items is [], or it is not and cancel_items holds distinct integers, one at least.
 */
#define RIGHT_CHOICE_IF_SENT                                                                                           \
    {                                                                                                                  \
        akinon_right_choice, 0, 0, "is_all with [], or distinct integers in cancel_items"                              \
    }
/* "reasons" has every item of cancel_items, and every one of these (blank between; P) if "is_all" is true. */
#define REASONS_COVER_IF_SENT(items)                                                                                   \
    {                                                                                                                  \
        akinon_reasons_cover, 0, items, "each item of the call has a reason; of a whole order: %2"                     \
    }
/* No member of the body but this one is null. */
#define NULL_ONLY(member)                                                                                              \
    {                                                                                                                  \
        akinon_null_only, 0, member, "no member of the body but %2 is null"                                            \
    }

/* -- all requests together ---------------------------------------------------------------------------------------- */

/* (P) No GET has a target that contains this text. */
#define NO_GET_OF(text)                                                                                                \
    {                                                                                                                  \
        akinon_no_get_of, 0, text, "no GET of %2"                                                                      \
    }
/* The order, or the list of orders, is read after the last cancel call. */
#define READS_AFTER_THE_CALL                                                                                           \
    {                                                                                                                  \
        akinon_reads_after, 0, 0, "the order is read after the last cancel call"                                       \
    }
/* Two cancel calls in a row have a read between them. */
#define NO_BLIND_REPEAT                                                                                                \
    {                                                                                                                  \
        akinon_no_blind_repeat, 0, 0, "between two cancel calls the order is read"                                     \
    }
/* User name and password are in no request but the log-in. */
#define ACCOUNT_ONLY_AT_LOGIN                                                                                          \
    {                                                                                                                  \
        akinon_account_only_at_login, 0, 0, "user name and password are in no request but the log-in"                  \
    }

/* -- the report -----------------------------------------------------------------------------------------------------
 */

/* (P) The text is nowhere: not in the answers, not on standard error, not between the answers. */
#define NEVER_WRITTEN(text)                                                                                            \
    {                                                                                                                  \
        akinon_never_written, 0, text, "%2 is nowhere in the answers, on standard error, or between the answers"       \
    }
/* Some text beside "order" and "items" speaks of a return or refund; if none does, the check is UNOBSERVABLE. */
#define TOLD_AS_RETURN                                                                                                 \
    {                                                                                                                  \
        akinon_told_as_return, 0, 0, "the report speaks of a return or refund; a gap where it does not"                \
    }

fact_judge akinon_value_is, akinon_token_if_given, akinon_reason_is, akinon_right_choice, akinon_reasons_cover,
    akinon_null_only;
fact_judge akinon_no_get_of, akinon_reads_after, akinon_no_blind_repeat, akinon_account_only_at_login;
fact_judge akinon_never_written, akinon_told_as_return;

#endif
