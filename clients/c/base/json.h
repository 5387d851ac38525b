/*
 * Reads JSON strictly and without loss. (Writing goes through cJSON; reading does not, because cJSON
 * turns every number into a double, cuts strings at \u0000, takes the first of two equal keys, and
 * accepts bytes after the end.)
 *
 * What always holds
 *   - The whole text is one value; trailing bytes other than white space are an error. A leading byte
 *     order mark is skipped.
 *   - Nesting deeper than 64 is an error, whatever the length.
 *   - A number stays the token that was written.
 *   - A string is valid UTF-8 without NUL: bytes that are not UTF-8, lone surrogates and \u0000 become
 *     U+FFFD, so damaged text is visible and never equal to a word that decides something.
 *   - A key that stands twice in an object is as good as absent: json_member() gives NULL, so two
 *     contradicting values never decide an outcome.
 *
 * Values are borrowed from the document and live until json_document_release(). Every accessor takes
 * NULL and answers NULL (or -1), so chains need no checks:
 *
 *     struct json_document document;
 *     if (json_read(bytes, length, &document) == 0) {
 *         const char *status = json_text(json_member(document.root, "status"));
 *         ...
 *         json_document_release(&document);
 *     }
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cjson/cJSON.h>

#include "base/memory.h"

#define JSON_DEPTH_MAX 64

enum json_kind { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

struct json_value {
    enum json_kind kind;
    const char *name; /* of a member of an object, else NULL */
    const char *text; /* of a string or the token of a number, else NULL */
    const struct json_value *first;
    const struct json_value *next;
    size_t offset; /* where it begins in the text; of a member: where its name does */
};

struct json_block;

struct json_document {
    const struct json_value *root;
    struct json_block *blocks;
};

/* 0, or -1 with `out` untouched. */
int json_read(const char *bytes, size_t length, struct json_document *out);
/* The same; *stopped tells where the mistake is. */
int json_read_where(const char *bytes, size_t length, struct json_document *out, size_t *stopped);
void json_line_column(const char *bytes, size_t offset, size_t *line, size_t *column); /* both count from 1 */
void json_document_release(struct json_document *document);

const struct json_value *json_member(const struct json_value *object, const char *name);
bool json_is(const struct json_value *value, enum json_kind kind);
const char *json_text(const struct json_value *value);    /* NULL unless a string */
const char *json_integer(const struct json_value *value); /* token; NULL unless an integer */
const char *json_scalar(const struct json_value *value);  /* string or number token, else NULL */
int json_integer_in(const struct json_value *value, int64_t low, int64_t high, int64_t *out);

/* One line for the caller to free(), UTF-8 as it is; the tree is deleted. */
char *json_write_away(cJSON *tree) WARN_UNUSED;

#endif
