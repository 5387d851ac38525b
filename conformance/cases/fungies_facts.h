/*
 * Facts that only Fungies' rows ask for: two keys in two headers, an order read back after a lost answer, exact members
 * of an order that a client may hand on or leave out.
 *
 *     .facts = {IF_GIVEN_ONE_OF("/order/value", "1234567|1234.567"), NO_REFUND_CLAIMED}
 *
 * They keep the contract of facts.h: they look, note what is wrong and change nothing.
 */
#ifndef CONFORMANCE_CASES_FUNGIES_FACTS_H
#define CONFORMANCE_CASES_FUNGIES_FACTS_H

#include "facts.h"

/* clang-format off */

/* In no request does a key stand in another header than its own; one key in the other's header counts as well. */
#define KEYS_IN_PLACE {fungies_keys_in_place, 0, 0, "each key stands in its own header alone"}

/* A read of the order has no secret key in its headers; without any read the check is UNOBSERVABLE. */
#define READS_WITHOUT_SECRET {fungies_reads_without_secret, 0, 0, "reads of the order carry no secret key"}

/* The member of the report is, as text, one of those between the bars; an absent one makes the check UNOBSERVABLE. */
#define IF_GIVEN_ONE_OF(pointer, alternatives) {fungies_if_given_one_of, pointer, alternatives, "%1 of the report, if given, is %2"}

/* The member of the report is null; an absent one makes the check UNOBSERVABLE. */
#define IF_GIVEN_NULL(pointer) {fungies_if_given_null, pointer, 0, "%1 of the report, if given, is null"}

/* Who reports success has had an answer with the order CANCELLED in it. */
#define CLAIM_IS_BACKED {fungies_claim_is_backed, 0, 0, "success is reported only after an answer with the order CANCELLED"}

/* Between two requests of the cancel call the order was read. */
#define READ_BETWEEN_CANCELS {fungies_read_between_cancels, 0, 0, "between two cancel calls the order is read"}

/* After a repeat of the cancel call that was refused the order was read. */
#define READ_AFTER_REFUSED_REPEAT {fungies_read_after_refused_repeat, 0, 0, "after a repeat that was refused the order is read"}

/* So many milliseconds at least lie between two requests of the cancel call. */
#define CANCELS_APART(milliseconds) {fungies_cancels_apart, 0, milliseconds, "milliseconds between two cancel calls: at least %2"}

/* No text of the report says that money was or will be refunded; to say that it was not is fine. */
#define NO_REFUND_CLAIMED {fungies_no_refund_claimed, 0, 0, "no text of the report says that money is refunded"}

/* clang-format on */

fact_judge fungies_keys_in_place, fungies_reads_without_secret, fungies_if_given_one_of, fungies_if_given_null,
    fungies_claim_is_backed, fungies_read_between_cancels, fungies_read_after_refused_repeat, fungies_cancels_apart,
    fungies_no_refund_claimed;

#endif
