/*
 * What the rows of Fungies share: addresses, bodies and scripted answers that several of them need, and the groups
 * that fungies.c puts together.
 */
#ifndef CASES_FUNGIES_FUNGIES_H
#define CASES_FUNGIES_FUNGIES_H

#include "cases/fungies/verbs.h"
#include "check/check.h"
#include "judge/verbs.h"

/* clang-format off */

#define PAGE          "page Cancel Order, "
#define KEYS_PAGE     "page Authentication"
#define PATH          "/v0/orders/"
#define UNKNOWN_ORDER "5e0d7c1b-9a34-4f26-8b71-c2d90e4f6a13"
#define OTHER_ORDER   "0c2d9a4e-5b1f-4e07-9c55-1f2e3d4c5b6a"

/* A refusal that the client makes itself. */
#define OUT_REFUSED_HERE (OUT_INVALID | OUT_UNAUTHORIZED | OUT_FORBIDDEN)
/* A number that was encoded well, but names no order. */
#define OUT_NO_SUCH_ORDER (OUT_INVALID | OUT_REJECTED | OUT_NOT_FOUND)
/* "Accepted, not confirmed." */
#define OUT_NOT_CONFIRMED (OUT_PENDING | OUT_UNKNOWN)
#define OUT_DONE          (OUT_CANCELED | OUT_ALREADY_CANCELED)

/* The true answers of every call, changed. */
#define DRIFT_ALL(...) "{\"fault\":\"SCHEMA_DRIFT\",\"phase\":\"after_commit\",\"match\":{},\"patch\":" #__VA_ARGS__ "}"
/* The true answers of every call, under another status. */
#define STATUS_ALL(status_) "{\"fault\":\"SCHEMA_DRIFT\",\"phase\":\"after_commit\",\"match\":{},\"patch\":[],\"status\":" #status_ "}"
/* One answer to every call. */
#define ANSWER_ALL(status_, ...) "{\"fault\":\"CANNED_RESPONSE\",\"match\":{},\"status\":" #status_ ",\"json\":" #__VA_ARGS__ "}"
#define ANSWER_ALL_TEXT(status_, type_, body_) \
    "{\"fault\":\"CANNED_RESPONSE\",\"match\":{},\"status\":" #status_ ",\"headers\":[[\"Content-Type\",\"" type_ "\"]],\"body\":\"" body_ "\"}"
/* These very bytes to every call. */
#define RAW_ALL(bytes_) "{\"fault\":\"RAW_RESPONSE\",\"match\":{},\"bytes\":\"" bytes_ "\"}"
#define RAW(bytes_) "{\"fault\":\"RAW_RESPONSE\",\"bytes\":\"" bytes_ "\"}"

/* A success, for use inside a JSON string: 248 (0xf8) bytes when the order's number has twelve characters. */
#define DONE_ORDER \
    "{\\\"object\\\":\\\"order\\\",\\\"id\\\":\\\"{document.id}\\\",\\\"number\\\":\\\"{document.number}\\\",\\\"status\\\":\\\"CANCELLED\\\"," \
    "\\\"createdAt\\\":1767225600000,\\\"userId\\\":\\\"7d1f0b8e-2a6c-4f3d-8e90-6b5a4c3d2e1f\\\",\\\"orderNumber\\\":\\\"{document.number}\\\"}"
#define DONE_BODY "{\\\"status\\\":\\\"success\\\",\\\"data\\\":{\\\"order\\\":" DONE_ORDER "}}"
#define TWELVE JSON({"document": {"number": "qX4mT9bLz2Rk", "orderNumber": "qX4mT9bLz2Rk"}})

/* clang-format on */

extern const struct check_group fungies_request_rows, fungies_access_rows, fungies_transport_rows, fungies_answers_rows,
    fungies_text_rows, fungies_repeats_rows;

#endif
