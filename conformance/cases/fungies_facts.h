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
#define KEYS_IN_PLACE {fungies_keys_in_place, 0, 0}

/* A read of the order has no secret key in its headers; without any read the check is UNOBSERVABLE. */
#define READS_WITHOUT_SECRET {fungies_reads_without_secret, 0, 0}

/* The member of the report is, as text, one of those between the bars; an absent one makes the check UNOBSERVABLE. */
#define IF_GIVEN_ONE_OF(pointer, alternatives) {fungies_if_given_one_of, pointer, alternatives}

/* The member of the report is null; an absent one makes the check UNOBSERVABLE. */
#define IF_GIVEN_NULL(pointer) {fungies_if_given_null, pointer, 0}

/* Who reports success has had an answer with the order CANCELLED in it. */
#define CLAIM_IS_BACKED {fungies_claim_is_backed, 0, 0}

/* Between two requests of the cancel call the order was read. */
#define READ_BETWEEN_CANCELS {fungies_read_between_cancels, 0, 0}

/* After a repeat of the cancel call that was refused the order was read. */
#define READ_AFTER_REFUSED_REPEAT {fungies_read_after_refused_repeat, 0, 0}

/* So many milliseconds at least lie between two requests of the cancel call. */
#define CANCELS_APART(milliseconds) {fungies_cancels_apart, 0, milliseconds}

/* No text of the report says that money was or will be refunded; to say that it was not is fine. */
#define NO_REFUND_CLAIMED {fungies_no_refund_claimed, 0, 0}

/* clang-format on */

fact_judge fungies_keys_in_place, fungies_reads_without_secret, fungies_if_given_one_of, fungies_if_given_null,
    fungies_claim_is_backed, fungies_read_between_cancels, fungies_read_after_refused_repeat, fungies_cancels_apart,
    fungies_no_refund_claimed;

#endif
