/*
 * The judge's verbs: what a row's `.expect.holds` can say of a case.
 *
 * A verb is a macro with up to two texts. Its function looks at the evidence and notes what it finds wrong, nothing
 * else. One about requests looks at each that `.expect.on` selects (the cancel call unless the row says otherwise) and
 * notes it when there is none. Texts marked (P) may hold the placeholders of check/check.h.
 *
 *     .expect = {.holds = {METHOD("PUT"), HEADER("Access-Token", "{credentials.access_token}"),
 *                          TOKEN("/reason_id", "3")}}
 *
 * Pointers are JSON pointers (RFC 6901). A new verb is a function in judge/verbs_*.c, a declaration and a macro here,
 * with words for --explain. One that knows something of a vendor belongs into cases/NAME/verbs.h.
 */
#ifndef JUDGE_VERBS_H
#define JUDGE_VERBS_H

#include "check/verb.h"

/* clang-format off */

/* ── The request line ────────────────────────────────────────────────────────────────────────────────────────────── */

/* The method, exactly. */
#define METHOD(method) {verb_method, 0, method, "the method is %2"}
/* (P) The raw target as received, byte for byte, query included. */
#define TARGET(target) {verb_target, 0, target, "the target is %2"}
/* (P) As TARGET, but no request at all is fine too, and %2f is as good as %2F: for "encode it or refuse it". */
#define TARGET_IF_SENT(target) {verb_target_if_sent, 0, target, "the target is %2, if anything is sent"}
/* (P) The target does not contain this text. */
#define TARGET_LACKS(text) {verb_target_lacks, 0, text, "the target does not contain %2"}

/* ── Headers ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* (P) The header is there exactly once, with exactly this value. */
#define HEADER(name, value) {verb_header, name, value, "header %1, once: %2"}
/* The header is absent. */
#define NO_HEADER(name) {verb_no_header, name, 0, "header %1 is absent"}
/* Some header of this name contains the text, compared without case: HEADER_HAS("Accept", "application/json"). */
#define HEADER_HAS(name, text) {verb_header_has, name, text, "header %1 contains %2"}
/* Content-Type is there once and is this media type; parameters such as charset=utf-8 may follow. */
#define MEDIA_TYPE(type) {verb_media_type, 0, type, "Content-Type, once: %2"}
/* Content-Type names no charset, or utf-8. */
#define UTF8_OR_NO_CHARSET {verb_charset, 0, 0, "Content-Type names the charset utf-8, or none"}
/* Content-Length once and equal to the body's bytes, or chunked; never both. */
#define RIGHT_FRAMING {verb_framing, 0, 0, "Content-Length is right, or the body is chunked"}
/* Host is the authority of the base URL, port included. */
#define HOST_IS_AUTHORITY {verb_host, 0, 0, "Host is the base URL's authority"}

/* ── The request body ────────────────────────────────────────────────────────────────────────────────────────────── */

/* One JSON object and nothing else: no BOM, no trailing bytes, no duplicate members, valid UTF-8. */
#define ONE_JSON_OBJECT {verb_one_object, 0, 0, "the body is one JSON object and nothing else"}
/* (P) The body is this JSON value; white space and the order of members do not count. */
#define BODY(json) {verb_body, 0, json, "the body is %2"}
/* (P) The raw token at the pointer is exactly this text: TOKEN("/reason_id", "3") is not met by 3.0 or "3". */
#define TOKEN(pointer, raw) {verb_token, pointer, raw, "%1 in the body is written %2"}
/* There is a member at the pointer. */
#define BODY_HAS(pointer) {verb_body_has, pointer, 0, "%1 is in the body"}
/* There is no member at the pointer. */
#define BODY_LACKS(pointer) {verb_body_lacks, pointer, 0, "%1 is not in the body"}
/* The object at the pointer ("" is the whole body) has no members but these, blank between: BODY_ONLY("", "reason_id").
 */
#define BODY_ONLY(pointer, members) {verb_body_only, pointer, members, "the object at \"%1\" of the body has no members but: %2"}
/* (P) The value at the pointer is this JSON, however it is spelt. */
#define VALUE(pointer, json) {verb_value, pointer, json, "%1 in the body has the value %2"}
/* The raw token at the pointer is this one, or the member is absent. */
#define TOKEN_IF_GIVEN(pointer, raw) {verb_token_if_given, pointer, raw, "%1 in the body, if given, is written %2"}
/* (P) The value at the pointer has exactly these digits, as a string, or as an integer where no zero leads. */
#define DIGITS(pointer, digits) {verb_digits, pointer, digits, "%1 in the body is %2, as an integer or a string"}
/* The value at the pointer is a string of digits or an integer. */
#define SOME_DIGITS(pointer) {verb_some_digits, pointer, 0, "%1 in the body is a string of digits, or an integer"}
/* No member of the body's object but this one is null. */
#define NULL_ONLY(member) {verb_null_only, 0, member, "no member of the body but %2 is null"}
/* The body has no bytes. */
#define NO_BODY {verb_no_body, 0, 0, "the body is empty"}

/* ── Several requests ────────────────────────────────────────────────────────────────────────────────────────────── */

/* The operations of all requests in order ("?" for what misses every route): OPERATIONS("get_report cancel"). */
#define OPERATIONS(sequences) {verb_operations, 0, sequences, "the operations of all requests: %2"}
/* At most / at least so many requests of an operation: OPERATION_AT_MOST("login", "2"). */
#define OPERATION_AT_MOST(operation, count) {verb_operation_at_most, operation, count, "requests of %1: at most %2"}
#define OPERATION_AT_LEAST(operation, count) {verb_operation_at_least, operation, count, "requests of %1: at least %2"}

/* No request body contains the text. */
#define BODIES_LACK(text) {verb_bodies_lack, 0, text, "no body contains %2"}
/* (P) No GET has a target that contains this text. */
#define NO_GET_OF(text) {verb_no_get_of, 0, text, "no GET of %2"}

/* ── What was known of the order: a read is what the profile's `read_operations` name ────────────────────────────── */

/* The order is read before the first cancel call. */
#define READ_BEFORE_CANCEL {verb_read_before_cancel, 0, 0, "the order is read before the first cancel call"}
/* Between two cancel calls the order is read: no blind repeat. */
#define READ_BETWEEN_CANCELS {verb_read_between_cancels, 0, 0, "between two cancel calls the order is read"}
/* The order is read after the last cancel call. */
#define READ_AFTER_CANCEL {verb_read_after_cancel, 0, 0, "the order is read after the last cancel call"}
/* The order is read after the first cancel call, whatever follows. */
#define READ_AFTER_FIRST_CANCEL {verb_read_after_first_cancel, 0, 0, "the order is read after the first cancel call"}
/* After a repeat of the cancel call that was refused (4xx but 429) the order is read. */
#define READ_AFTER_REFUSED_REPEAT {verb_read_after_refused_repeat, 0, 0, "after a repeat that was refused the order is read"}
/* Reads of the order do not have this header; without any read the check is UNOBSERVABLE. */
#define READS_LACK_HEADER(name) {verb_reads_lack_header, name, 0, "reads of the order lack header %1"}
/* An outcome that claims something is reported only when the order was read after the last cancel call. */
#define CLAIM_AFTER_READING {verb_claim_after_reading, 0, 0, "a claim is made only when the order was read after the last cancel call"}
/* Who reports success has one: the order is in this state at the provider. */
#define CLAIM_NEEDS_STATE(state) {verb_claim_needs_state, 0, state, "who reports a cancelled order has one, in the state %2"}
/* So many milliseconds at least lie between two cancel calls. */
#define CANCELS_APART(milliseconds) {verb_cancels_apart, 0, milliseconds, "milliseconds between two cancel calls: at least %2"}

/* ── Secrets: every string of the credentials that the client was given, of 6 bytes and more ─────────────────────── */

/* Not in any request target. */
#define NO_SECRET_IN_TARGET {verb_no_secret_in_target, 0, 0, "no secret in any target"}
/* In no header but this one (NULL: in none): NO_SECRET_IN_HEADERS_BUT("Access-Token"). */
#define NO_SECRET_IN_HEADERS_BUT(name) {verb_no_secret_in_headers_but, name, 0, "no secret in any header but %1"}
/* Not in any request body. */
#define NO_SECRET_IN_BODY {verb_no_secret_in_body, 0, 0, "no secret in any body"}
/* Neither in the answers, nor in what the adapter wrote to standard error or between its answers. */
#define NO_SECRET_REPORTED {verb_no_secret_reported, 0, 0, "no secret in the answers, on standard error, or between the answers"}

/* ── The second listener: a row that mentions {other_url} gets one ───────────────────────────────────────────────── */

/* It received nothing at all. */
#define OTHER_SEES_NOTHING {verb_other_sees_nothing, 0, 0, "the second listener receives nothing"}
/* It may have received requests, but no secret in any of them. */
#define OTHER_SEES_NO_SECRET {verb_other_sees_no_secret, 0, 0, "the second listener receives no secret"}
/* It received no request with a body. */
#define OTHER_SEES_NO_BODY {verb_other_sees_no_body, 0, 0, "the second listener receives no body"}

/* ── The report: the adapter's last answer ───────────────────────────────────────────────────────────────────────── */

/* There is a member at the pointer. */
#define REPORT_HAS(pointer) {verb_report_has, pointer, 0, "%1 is in the report"}
/* There is no member at the pointer (null counts as none). */
#define REPORT_LACKS(pointer) {verb_report_lacks, pointer, 0, "%1 is not in the report"}
/* The member is absent, null, or an empty array or object. */
#define REPORT_EMPTY(pointer) {verb_report_empty, pointer, 0, "%1 of the report is absent or empty"}
/* The member is absent, or anything but true: `false` says as little as silence. */
#define REPORT_NOT_TRUE(pointer) {verb_report_not_true, pointer, 0, "%1 of the report is not true"}
/* (P) The member is this number or string, compared as text: REPORT_EXACT("/order/value", "9007199254740991"). HTTP
 * statuses are compared as numbers: 200.0 is 200. */
#define REPORT_EXACT(pointer, text) {verb_report_exact, pointer, text, "%1 of the report is %2"}
/* (P) Some string or number of the report contains this text. */
#define REPORT_MENTIONS(text) {verb_report_mentions, 0, text, "some text of the report contains %2"}
/* (P) As REPORT_MENTIONS, but where nothing does and the member at the pointer is absent, the check is UNOBSERVABLE. */
#define REPORT_MENTIONS_IF_GIVEN(pointer, text) {verb_report_mentions_if_given, pointer, text, "some text of the report contains %2; a gap where %1 is absent"}
/*
 * No member whose name contains the word (without case of ASCII letters) has a value but false, null, 0 or an empty
 * one, and no "outcome", "state" or "status" contains it. Free text may say what it likes: "no refund is confirmed".
 */
#define REPORT_CLAIMS_NO(word) {verb_report_claims_no, 0, word, "no member of the report claims: %2"}
/* (P) No string of the report contains this text, compared without case of ASCII letters. */
#define REPORT_NEVER_MENTIONS(text) {verb_report_never_mentions, 0, text, "no text of the report contains %2"}
/* The member is an integer between "low" and "high", or absent: REPORT_BETWEEN_IF_GIVEN("/retry_after_ms", "1000 2000"). */
#define REPORT_BETWEEN_IF_GIVEN(pointer, low_high) {verb_report_between_if_given, pointer, low_high, "%1 of the report, if given, lies between %2"}
/* The member is, as it was written, one of those between the bars; an absent one makes the check UNOBSERVABLE. */
#define REPORT_ONE_OF_IF_GIVEN(pointer, alternatives) {verb_report_one_of_if_given, pointer, alternatives, "%1 of the report, if given, is %2"}
/* The member is null; an absent one makes the check UNOBSERVABLE. */
#define REPORT_NULL_IF_GIVEN(pointer) {verb_report_null_if_given, pointer, 0, "%1 of the report, if given, is null"}
/* (P) The text stands somewhere in the answer as it was written, names of members included. */
#define REPORT_TELLS(text) {verb_report_tells, 0, text, "the report, names of members included, contains %2"}
/* (P) As REPORT_TELLS, but where nothing does and this member of the answer is absent, the check is UNOBSERVABLE. */
#define REPORT_TELLS_IF_GIVEN(pointer, text) {verb_report_tells, pointer, text, "the report, names of members included, contains %2; a gap where %1 is absent"}
/* (P) The text is nowhere: not in the answers, not on standard error, not between the answers. */
#define NEVER_WRITTEN(text) {verb_never_written, 0, text, "%2 is nowhere in the answers, on standard error, or between the answers"}
/* (P) As REPORT_EXACT, but an absent member makes the check UNOBSERVABLE. */
#define REPORT_EXACT_IF_GIVEN(pointer, text) {verb_report_exact_if_given, pointer, text, "%1 of the report is %2; a gap where it is absent"}

/* clang-format on */

verb_judge verb_method, verb_target, verb_target_if_sent, verb_target_lacks;
verb_judge verb_header, verb_no_header, verb_header_has, verb_media_type, verb_charset, verb_framing, verb_host;
verb_judge verb_one_object, verb_body, verb_token, verb_body_has, verb_body_lacks, verb_body_only, verb_value,
    verb_token_if_given, verb_digits, verb_some_digits, verb_null_only, verb_no_body;
verb_judge verb_operations, verb_operation_at_most, verb_operation_at_least, verb_bodies_lack, verb_no_get_of;
verb_judge verb_read_before_cancel, verb_read_between_cancels, verb_read_after_cancel, verb_read_after_first_cancel,
    verb_read_after_refused_repeat, verb_reads_lack_header, verb_claim_after_reading, verb_claim_needs_state,
    verb_cancels_apart;
verb_judge verb_no_secret_in_target, verb_no_secret_in_headers_but, verb_no_secret_in_body, verb_no_secret_reported;
verb_judge verb_other_sees_nothing, verb_other_sees_no_secret, verb_other_sees_no_body;
verb_judge verb_report_has, verb_report_lacks, verb_report_exact, verb_report_mentions, verb_report_never_mentions,
    verb_report_exact_if_given, verb_report_empty, verb_report_not_true, verb_report_mentions_if_given,
    verb_report_claims_no, verb_report_between_if_given, verb_report_one_of_if_given, verb_report_null_if_given,
    verb_report_tells, verb_never_written;

#endif
