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
 * Pointers are JSON pointers (RFC 6901). A new verb is a function in judge/facts_*.c, a declaration and a macro here.
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
};

/* clang-format off */

/* -- the request line ------------------------------------------------------------------------------------------- */

/* The method, exactly. */
#define METHOD(method) {fact_method, 0, method}
/* (P) The raw target as received, byte for byte, query included. */
#define TARGET(target) {fact_target, 0, target}
/* (P) As TARGET, but no request at all is fine too, and %2f is as good as %2F: for "encode it or refuse it". */
#define TARGET_IF_SENT(target) {fact_target_if_sent, 0, target}
/* (P) The target does not contain this text. */
#define TARGET_LACKS(text) {fact_target_lacks, 0, text}

/* -- headers ---------------------------------------------------------------------------------------------------- */

/* (P) The header is there exactly once, with exactly this value. */
#define HEADER(name, value) {fact_header, name, value}
/* The header is there exactly once and its value is not empty. */
#define HEADER_ONCE(name) {fact_header_once, name, 0}
/* The header is absent. */
#define NO_HEADER(name) {fact_no_header, name, 0}
/* Some header of this name contains the text, compared without case: HEADER_HAS("Accept", "application/json"). */
#define HEADER_HAS(name, text) {fact_header_has, name, text}
/* Content-Type is there once and is this media type; parameters such as charset=utf-8 may follow. */
#define MEDIA_TYPE(type) {fact_media_type, 0, type}
/* Content-Length once and equal to the body's bytes, or chunked; never both. */
#define RIGHT_FRAMING {fact_framing, 0, 0}
/* Host is the authority of the base URL, port included. */
#define HOST_IS_AUTHORITY {fact_host, 0, 0}

/* -- the request body ------------------------------------------------------------------------------------------- */

/* One JSON object and nothing else: no BOM, no trailing bytes, no duplicate members, valid UTF-8. */
#define ONE_JSON_OBJECT {fact_one_object, 0, 0}
/* (P) The body is this JSON value; white space and the order of members do not count. */
#define BODY(json) {fact_body, 0, json}
/* (P) The raw token at the pointer is exactly this text: TOKEN("/reason_id", "3") is not met by 3.0 or "3". */
#define TOKEN(pointer, raw) {fact_token, pointer, raw}
/* There is a member at the pointer. */
#define BODY_HAS(pointer) {fact_body_has, pointer, 0}
/* There is no member at the pointer. */
#define BODY_LACKS(pointer) {fact_body_lacks, pointer, 0}
/* The object at the pointer ("" is the whole body) has no members but these, blank between: BODY_ONLY("", "reason_id").
 */
#define BODY_ONLY(pointer, members) {fact_body_only, pointer, members}
/* The body has no bytes. */
#define NO_BODY {fact_no_body, 0, 0}

/* -- several requests ------------------------------------------------------------------------------------------- */

/* The methods of all requests in order; alternatives between bars: METHODS("PATCH GET|PATCH GET PATCH"). */
#define METHODS(sequences) {fact_methods, 0, sequences}
/* The operations of all requests in order ("?" for what misses every route): OPERATIONS("get_report cancel"). */
#define OPERATIONS(sequences) {fact_operations, 0, sequences}
/* At most / at least so many requests of an operation: OPERATION_AT_MOST("login", "2"). */
#define OPERATION_AT_MOST(operation, count) {fact_operation_at_most, operation, count}
#define OPERATION_AT_LEAST(operation, count) {fact_operation_at_least, operation, count}

/* -- secrets: every string of the credentials that the client was given, of 6 bytes and more -------------------- */

/* Not in any request target. */
#define NO_SECRET_IN_TARGET {fact_no_secret_in_target, 0, 0}
/* In no header but this one (NULL: in none): NO_SECRET_IN_HEADERS_BUT("Access-Token"). */
#define NO_SECRET_IN_HEADERS_BUT(name) {fact_no_secret_in_headers_but, name, 0}
/* Not in any request body. */
#define NO_SECRET_IN_BODY {fact_no_secret_in_body, 0, 0}
/* Neither in the answers, nor in what the adapter wrote to standard error or between its answers. */
#define NO_SECRET_REPORTED {fact_no_secret_reported, 0, 0}

/* -- the second listener: a row that mentions {other_url} gets one ---------------------------------------------- */

/* It received nothing at all. */
#define OTHER_SEES_NOTHING {fact_other_sees_nothing, 0, 0}
/* It may have received requests, but no secret in any of them. */
#define OTHER_SEES_NO_SECRET {fact_other_sees_no_secret, 0, 0}
/* It received no request with a body. */
#define OTHER_SEES_NO_BODY {fact_other_sees_no_body, 0, 0}

/* -- the report: the adapter's last answer ---------------------------------------------------------------------- */

/* There is a member at the pointer. */
#define REPORT_HAS(pointer) {fact_report_has, pointer, 0}
/* There is no member at the pointer (null counts as none). */
#define REPORT_LACKS(pointer) {fact_report_lacks, pointer, 0}
/* (P) The member is this number or string, compared as text: REPORT_EXACT("/order/value", "9007199254740991"). */
#define REPORT_EXACT(pointer, text) {fact_report_exact, pointer, text}
/* (P) Some string or number of the report contains this text. */
#define REPORT_MENTIONS(text) {fact_report_mentions, 0, text}
/* (P) No string of the report contains this text, compared without case of ASCII letters. */
#define REPORT_NEVER_MENTIONS(text) {fact_report_never_mentions, 0, text}
/* The member is an integer between "low" and "high": REPORT_BETWEEN("/retry_after_ms", "1000 2000"). */
#define REPORT_BETWEEN(pointer, low_high) {fact_report_between, pointer, low_high}
/* (P) As REPORT_EXACT, but an absent member makes the check UNOBSERVABLE. */
#define REPORT_EXACT_IF_GIVEN(pointer, text) {fact_report_exact_if_given, pointer, text}

/* clang-format on */

fact_judge fact_method, fact_target, fact_target_if_sent, fact_target_lacks;
fact_judge fact_header, fact_header_once, fact_no_header, fact_header_has, fact_media_type, fact_framing, fact_host;
fact_judge fact_one_object, fact_body, fact_token, fact_body_has, fact_body_lacks, fact_body_only, fact_no_body;
fact_judge fact_methods, fact_operations, fact_operation_at_most, fact_operation_at_least;
fact_judge fact_no_secret_in_target, fact_no_secret_in_headers_but, fact_no_secret_in_body, fact_no_secret_reported;
fact_judge fact_other_sees_nothing, fact_other_sees_no_secret, fact_other_sees_no_body;
fact_judge fact_report_has, fact_report_lacks, fact_report_exact, fact_report_mentions, fact_report_never_mentions,
    fact_report_between, fact_report_exact_if_given;

#endif
