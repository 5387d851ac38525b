/*
 * The judge's verbs: small named facts about one case, for a row's `.expect.facts`.
 *
 * A fact is a function with up to two texts. It looks at the evidence and notes what it finds wrong, nothing else. A
 * fact about requests looks at each one that `.expect.on` selects (the cancel call unless the row says otherwise) and
 * notes it when there is none. Texts marked (P) may hold the placeholders of check.h.
 *
 *     .expect = {.facts = {METHOD("PUT"), HEADER("Access-Token", "{credentials.access_token}"), TOKEN("/reason_id",
 * "3")}}
 *
 * Pointers are JSON pointers (RFC 6901). A new verb is a function in judge/facts_*.c, a declaration and a macro here,
 * with words for --explain.
 */
#ifndef CONFORMANCE_FACTS_H
#define CONFORMANCE_FACTS_H

struct evidence;
struct fact;
struct findings;

typedef void fact_judge(const struct evidence *evidence, const struct fact *fact, struct findings *findings);

struct fact {
    fact_judge *judge;
    const char *what;
    const char *value;
    const char *words; /* for people; %1 stands for `what`, %2 for `value` */
};

/* The fact as a sentence, "the method is PUT"; to be freed. */
char *fact_text(const struct fact *fact);

/* clang-format off */

/* -- the request line ------------------------------------------------------------------------------------------- */

/* The method, exactly. */
#define METHOD(method) {fact_method, 0, method, "the method is %2"}
/* (P) The raw target as received, byte for byte, query included. */
#define TARGET(target) {fact_target, 0, target, "the target is %2"}
/* (P) As TARGET, but no request at all is fine too, and %2f is as good as %2F: for "encode it or refuse it". */
#define TARGET_IF_SENT(target) {fact_target_if_sent, 0, target, "the target is %2, if anything is sent"}
/* (P) The target does not contain this text. */
#define TARGET_LACKS(text) {fact_target_lacks, 0, text, "the target does not contain %2"}

/* -- headers ---------------------------------------------------------------------------------------------------- */

/* (P) The header is there exactly once, with exactly this value. */
#define HEADER(name, value) {fact_header, name, value, "header %1, once: %2"}
/* The header is there exactly once and its value is not empty. */
#define HEADER_ONCE(name) {fact_header_once, name, 0, "header %1 is there once and not empty"}
/* The header is absent. */
#define NO_HEADER(name) {fact_no_header, name, 0, "header %1 is absent"}
/* Some header of this name contains the text, compared without case: HEADER_HAS("Accept", "application/json"). */
#define HEADER_HAS(name, text) {fact_header_has, name, text, "header %1 contains %2"}
/* Content-Type is there once and is this media type; parameters such as charset=utf-8 may follow. */
#define MEDIA_TYPE(type) {fact_media_type, 0, type, "Content-Type, once: %2"}
/* Content-Length once and equal to the body's bytes, or chunked; never both. */
#define RIGHT_FRAMING {fact_framing, 0, 0, "Content-Length is right, or the body is chunked"}
/* Host is the authority of the base URL, port included. */
#define HOST_IS_AUTHORITY {fact_host, 0, 0, "Host is the base URL's authority"}

/* -- the request body ------------------------------------------------------------------------------------------- */

/* One JSON object and nothing else: no BOM, no trailing bytes, no duplicate members, valid UTF-8. */
#define ONE_JSON_OBJECT {fact_one_object, 0, 0, "the body is one JSON object and nothing else"}
/* (P) The body is this JSON value; white space and the order of members do not count. */
#define BODY(json) {fact_body, 0, json, "the body is %2"}
/* (P) The raw token at the pointer is exactly this text: TOKEN("/reason_id", "3") is not met by 3.0 or "3". */
#define TOKEN(pointer, raw) {fact_token, pointer, raw, "%1 in the body is written %2"}
/* There is a member at the pointer. */
#define BODY_HAS(pointer) {fact_body_has, pointer, 0, "%1 is in the body"}
/* There is no member at the pointer. */
#define BODY_LACKS(pointer) {fact_body_lacks, pointer, 0, "%1 is not in the body"}
/* The object at the pointer ("" is the whole body) has no members but these, blank between: BODY_ONLY("", "reason_id").
 */
#define BODY_ONLY(pointer, members) {fact_body_only, pointer, members, "the object at \"%1\" of the body has no members but: %2"}
/* The body has no bytes. */
#define NO_BODY {fact_no_body, 0, 0, "the body is empty"}

/* -- several requests ------------------------------------------------------------------------------------------- */

/* The methods of all requests in order; alternatives between bars: METHODS("PATCH GET|PATCH GET PATCH"). */
#define METHODS(sequences) {fact_methods, 0, sequences, "the methods of all requests: %2"}
/* The operations of all requests in order ("?" for what misses every route): OPERATIONS("get_report cancel"). */
#define OPERATIONS(sequences) {fact_operations, 0, sequences, "the operations of all requests: %2"}
/* At most / at least so many requests of an operation: OPERATION_AT_MOST("login", "2"). */
#define OPERATION_AT_MOST(operation, count) {fact_operation_at_most, operation, count, "requests of %1: at most %2"}
#define OPERATION_AT_LEAST(operation, count) {fact_operation_at_least, operation, count, "requests of %1: at least %2"}

/* -- secrets: every string of the credentials that the client was given, of 6 bytes and more -------------------- */

/* Not in any request target. */
#define NO_SECRET_IN_TARGET {fact_no_secret_in_target, 0, 0, "no secret in any target"}
/* In no header but this one (NULL: in none): NO_SECRET_IN_HEADERS_BUT("Access-Token"). */
#define NO_SECRET_IN_HEADERS_BUT(name) {fact_no_secret_in_headers_but, name, 0, "no secret in any header but %1"}
/* Not in any request body. */
#define NO_SECRET_IN_BODY {fact_no_secret_in_body, 0, 0, "no secret in any body"}
/* Neither in the answers, nor in what the adapter wrote to standard error or between its answers. */
#define NO_SECRET_REPORTED {fact_no_secret_reported, 0, 0, "no secret in the answers, on standard error, or between the answers"}

/* -- the second listener: a row that mentions {other_url} gets one ---------------------------------------------- */

/* It received nothing at all. */
#define OTHER_SEES_NOTHING {fact_other_sees_nothing, 0, 0, "the second listener receives nothing"}
/* It may have received requests, but no secret in any of them. */
#define OTHER_SEES_NO_SECRET {fact_other_sees_no_secret, 0, 0, "the second listener receives no secret"}
/* It received no request with a body. */
#define OTHER_SEES_NO_BODY {fact_other_sees_no_body, 0, 0, "the second listener receives no body"}

/* -- the report: the adapter's last answer ---------------------------------------------------------------------- */

/* There is a member at the pointer. */
#define REPORT_HAS(pointer) {fact_report_has, pointer, 0, "%1 is in the report"}
/* There is no member at the pointer (null counts as none). */
#define REPORT_LACKS(pointer) {fact_report_lacks, pointer, 0, "%1 is not in the report"}
/* The member is absent, null, or an empty array or object. */
#define REPORT_EMPTY(pointer) {fact_report_empty, pointer, 0, "%1 of the report is absent or empty"}
/* The member is absent, or anything but true: `false` says as little as silence. */
#define REPORT_NOT_TRUE(pointer) {fact_report_not_true, pointer, 0, "%1 of the report is not true"}
/* (P) The member is this number or string, compared as text: REPORT_EXACT("/order/value", "9007199254740991"). HTTP
 * statuses are compared as numbers: 200.0 is 200. */
#define REPORT_EXACT(pointer, text) {fact_report_exact, pointer, text, "%1 of the report is %2"}
/* (P) Some string or number of the report contains this text. */
#define REPORT_MENTIONS(text) {fact_report_mentions, 0, text, "some text of the report contains %2"}
/* (P) As REPORT_MENTIONS, but where nothing does and the member at the pointer is absent, the check is UNOBSERVABLE. */
#define REPORT_MENTIONS_IF_GIVEN(pointer, text) {fact_report_mentions_if_given, pointer, text, "some text of the report contains %2; a gap where %1 is absent"}
/*
 * No member whose name contains the word (without case of ASCII letters) has a value but false, null, 0 or an empty
 * one, and no "outcome", "state" or "status" contains it. Free text may say what it likes: "no refund is confirmed".
 */
#define REPORT_CLAIMS_NO(word) {fact_report_claims_no, 0, word, "no member of the report claims: %2"}
/* (P) No string of the report contains this text, compared without case of ASCII letters. */
#define REPORT_NEVER_MENTIONS(text) {fact_report_never_mentions, 0, text, "no text of the report contains %2"}
/* The member is an integer between "low" and "high": REPORT_BETWEEN("/retry_after_ms", "1000 2000"). */
#define REPORT_BETWEEN(pointer, low_high) {fact_report_between, pointer, low_high, "%1 of the report lies between %2"}
/* (P) As REPORT_EXACT, but an absent member makes the check UNOBSERVABLE. */
#define REPORT_EXACT_IF_GIVEN(pointer, text) {fact_report_exact_if_given, pointer, text, "%1 of the report is %2; a gap where it is absent"}

/* clang-format on */

fact_judge fact_method, fact_target, fact_target_if_sent, fact_target_lacks;
fact_judge fact_header, fact_header_once, fact_no_header, fact_header_has, fact_media_type, fact_framing, fact_host;
fact_judge fact_one_object, fact_body, fact_token, fact_body_has, fact_body_lacks, fact_body_only, fact_no_body;
fact_judge fact_methods, fact_operations, fact_operation_at_most, fact_operation_at_least;
fact_judge fact_no_secret_in_target, fact_no_secret_in_headers_but, fact_no_secret_in_body, fact_no_secret_reported;
fact_judge fact_other_sees_nothing, fact_other_sees_no_secret, fact_other_sees_no_body;
fact_judge fact_report_has, fact_report_lacks, fact_report_exact, fact_report_mentions, fact_report_never_mentions,
    fact_report_between, fact_report_exact_if_given, fact_report_empty, fact_report_not_true,
    fact_report_mentions_if_given, fact_report_claims_no;

#endif
