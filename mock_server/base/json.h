/*
 * JSON, strictly: cJSON's tree with the reading and writing that this project needs.
 *
 * Why not cJSON's own parser and printer alone: it accepts bytes after the value, compares keys without regard to case,
 * keeps every number as a double (9007199254740993 comes back changed, 9007199254740991 is printed with an exponent)
 * and does not say where a mistake is. Here
 *   - json_read() accepts exactly RFC 8259: one value, no bytes after it, UTF-8, at most JSON_DEPTH_MAX levels;
 *   - each number keeps its text as written: json_number_text() gives it, json_write() writes it again unchanged;
 *   - members are found by json_member(), with regard to case; of duplicates the first is found; json_read() can
 *     refuse them (JSON_UNIQUE), and json_keep_last() leaves the last of them (base/json_twice.h);
 *   - a mistake has a line and a column.
 *
 * Ownership is cJSON's: a tree is freed with cJSON_Delete(); what was added to a parent is the parent's. Functions that
 * return `const cJSON *` or `const char *` lend.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cjson/cJSON.h>

#include "base/memory.h"

#define JSON_DEPTH_MAX   64
#define JSON_INTEGER_MAX INT64_C(9007199254740991) /* 2^53 - 1: what every JSON reader keeps exactly */

enum json_rule {
    JSON_PLAIN = 0,
    JSON_UNIQUE = 1, /* a member that stands twice in one object is a mistake */
};

/* A mistake in a JSON text; line and column count from 1, columns in bytes. */
struct json_problem {
    size_t offset;
    unsigned line;
    unsigned column;
    char text[160];
};

/* Where each value of a text stands: entry i belongs to the i-th value in document order (see json_place()). */
struct json_places {
    const cJSON **nodes;
    size_t *offsets;
    size_t count;
};

/* Returns a tree for the caller to cJSON_Delete(), or NULL with *problem filled. `places` may be NULL. */
cJSON *json_read(const char *text, size_t length, enum json_rule rule, struct json_places *places,
                 struct json_problem *problem) WARN_UNUSED;
/* NULL on any mistake; for texts whose mistakes nobody has to find. */
cJSON *json_read_bytes(const char *bytes, size_t length) WARN_UNUSED;
cJSON *json_read_text(const char *text) WARN_UNUSED;
size_t json_offset_of(const struct json_places *places, const cJSON *node);
void json_line_column(const char *text, size_t offset, unsigned *line, unsigned *column);
void json_places_release(struct json_places *places);

/* Compact text for the caller to free(). UTF-8 stays as it is; only what RFC 8259 demands is escaped. */
char *json_write(const cJSON *tree) WARN_UNUSED;
/* The same with every non-ASCII character as \uXXXX, as many servers write it. */
char *json_write_ascii(const cJSON *tree) WARN_UNUSED;

const cJSON *json_member(const cJSON *object, const char *name); /* NULL when absent or no object */
cJSON *json_member_mut(cJSON *object, const char *name);
const char *json_string(const cJSON *object, const char *name); /* NULL when absent or no string */
const char *json_string_or(const cJSON *object, const char *name, const char *otherwise);
bool json_true(const cJSON *object, const char *name); /* a member that is exactly true */
/* A member that is a number of an int's range, written 3 or 3.0. */
int json_int_or(const cJSON *object, const char *name, int otherwise);

/* What it is, for messages: "a string", "an object", "null" …; NULL is null too. */
const char *json_kind(const cJSON *node);

/* The number as it was written; NULL when `node` is no number. Lent for as long as the node lives. */
const char *json_number_text(const cJSON *node);
/* True for a number written as an integer (no point, no exponent) that fits int64_t. */
bool json_integer(const cJSON *node, int64_t *out);
/* True for any number whose value is an integer within ±JSON_INTEGER_MAX: 3, 3.0, 3e0. */
bool json_integral(const cJSON *node, int64_t *out);

/* Whether both are the same value: the members of objects in any order, numbers digit by digit or, where a point or an
 * exponent is written, by value. */
bool json_equal(const cJSON *a, const cJSON *b);

cJSON *json_new_integer(int64_t value) WARN_UNUSED;
cJSON *json_new_number_text(const char *digits) WARN_UNUSED; /* `digits` must be a JSON number */

/* Set, replacing what was there. `value` becomes the object's; NULL sets null. */
void json_set(cJSON *object, const char *name, cJSON *value);
void json_set_string(cJSON *object, const char *name, const char *value); /* NULL sets null */
void json_set_integer(cJSON *object, const char *name, int64_t value);
void json_set_bool(cJSON *object, const char *name, bool value);
void json_set_null(cJSON *object, const char *name);
void json_push_string(cJSON *array, const char *value); /* NULL pushes null */

/* RFC 7386: members of `patch` replace those of `target`, null removes, objects are merged. */
void json_merge(cJSON *target, const cJSON *patch);
/* Top level only: each member of `over` replaces the one of that name; null stays null. */
void json_overlay(cJSON *target, const cJSON *over);

#endif
