/*
 * JSON as bytes: what a parser that builds a tree no longer knows. Whether a member stands there twice, how a number
 * was spelt, whether something follows the value.
 *
 *     struct token token;
 *     if (scan_token(body, length, "/reason_id", &token))
 *         printf("%.*s\n", (int)token.length, token.bytes);     // 3, "3", 3.0 … as it was written
 */
#ifndef CHECK_SCAN_H
#define CHECK_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#define SCAN_DEPTH_MAX 64

struct token {
    const char *bytes; /* borrowed from the text */
    size_t length;
};

/* NULL when the bytes are exactly one JSON value, with no member twice; otherwise what is wrong with them, as a literal
 * for people. */
const char *scan_value_problem(const char *bytes, size_t length);

/* NULL when the bytes are exactly one JSON object; otherwise what is wrong with them, as a literal for people. */
const char *scan_object_problem(const char *bytes, size_t length);

/* The raw value at the pointer; false when there is none or the bytes are no JSON. */
bool scan_token(const char *bytes, size_t length, const char *pointer, struct token *out);

/* Whether the bytes are UTF-8 in its strict sense: no overlong forms, no surrogates, nothing above U+10FFFF. */
bool scan_is_utf8(const char *bytes, size_t length);

#endif
