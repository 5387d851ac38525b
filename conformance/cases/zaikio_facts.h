/*
 * Verbs of the judge that only Zaikio's rows need: what a client knew of the order's state when it acted. The client
 * has to read the order (GET, the journal's "get_order") before it chooses a call and after a call whose fate it does
 * not know; these facts look at that order of events.
 *
 *     .facts = {READS_BEFORE_CALLING, REPEATS_ONLY_AFTER_READING}
 *
 * Conventions as in facts.h; the calls are those that the profile's `cancel_operations` select.
 */
#ifndef CONFORMANCE_CASES_ZAIKIO_FACTS_H
#define CONFORMANCE_CASES_ZAIKIO_FACTS_H

#include "facts.h"

/* clang-format off */

/* The order is read before the first call. */
#define READS_BEFORE_CALLING {fact_reads_before_calling, 0, 0, "the order is read before the first call"}
/* The order is read after the last call. */
#define READS_AFTER_CALLING {fact_reads_after_calling, 0, 0, "the order is read after the last call"}
/* Between two calls the order is read. */
#define REPEATS_ONLY_AFTER_READING {fact_repeats_only_after_reading, 0, 0, "between two calls the order is read"}
/* An outcome that claims something is only reported when the order was read after the last call. */
#define CLAIMS_ONLY_AFTER_READING {fact_claims_only_after_reading, 0, 0, "a claim is made only when the order was read after the last call"}
/* No DELETE follows an answer that showed the order in another state than "draft". */
#define DELETES_ONLY_DRAFTS {fact_deletes_only_drafts, 0, 0, "no DELETE after an answer that showed another state than draft"}
/* No request body contains the text. */
#define BODIES_LACK(text) {fact_bodies_lack, 0, text, "no body contains %2"}
/* (P) The text stands somewhere in the answer as it was written, names of members included. */
#define REPORT_TELLS(text) {fact_report_tells, 0, text, "the report, names of members included, contains %2"}
/* (P) As REPORT_TELLS, but where nothing does and this member of the answer is absent, the check is UNOBSERVABLE. */
#define REPORT_TELLS_IF_GIVEN(pointer, text) {fact_report_tells, pointer, text, "the report, names of members included, contains %2; a gap where %1 is absent"}
/* As REPORT_BETWEEN, but an absent member is fine. */
#define REPORT_BETWEEN_IF_GIVEN(pointer, low_high) {fact_report_between_if_given, pointer, low_high, "%1 of the report, if given, lies between %2"}

/* clang-format on */

fact_judge fact_reads_before_calling, fact_reads_after_calling, fact_repeats_only_after_reading,
    fact_claims_only_after_reading, fact_deletes_only_drafts, fact_bodies_lack, fact_report_tells,
    fact_report_between_if_given;

#endif
