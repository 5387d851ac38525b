/*
 * JSON documents: cJSON, read strictly and asked by exact names.
 *
 * Lookups lend a node of the document that they were given, or NULL. Functions that build or print give away; printed
 * texts are freed with free().
 */
#ifndef CONFORMANCE_SUPPORT_DOC_H
#define CONFORMANCE_SUPPORT_DOC_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

/* The one value in these bytes, white space around it allowed and nothing else; NULL otherwise. */
cJSON *doc_parse(const char *bytes, size_t length);

cJSON *doc_member(const cJSON *object, const char *name);

/* A string member's text, borrowed; NULL when it is absent or no string. */
const char *doc_string(const cJSON *object, const char *name);

/* A number member as an integer; `otherwise` when it is absent or no number within int. */
int doc_int(const cJSON *object, const char *name, int otherwise);

/* By JSON pointer ("" is the root). */
cJSON *doc_at(cJSON *root, const char *pointer);

/* By names between dots: "order.document.items.0.pk". `path` need not end with NUL. */
const cJSON *doc_at_dots(const cJSON *root, const char *path, size_t length);

/* RFC 7386: members of `patch` replace those of `target`, null removes, objects are merged. `target` must be an object.
 */
void doc_merge(cJSON *target, const cJSON *patch);

/*
 * Whether `actual` has all that `expected` has: members of objects by name, everything else by value. When not, *where
 * (may be NULL) becomes a pointer to the first difference, to be freed.
 */
bool doc_covers(const cJSON *actual, const cJSON *expected, char **where);

/* One line, to be freed; "(nothing)" for NULL. */
char *doc_print(const cJSON *node);

/* A string's own text, anything else printed; to be freed. */
char *doc_plain(const cJSON *node);

/* Adds a copy of the text; NULL adds null. */
void doc_add_string(cJSON *object, const char *name, const char *text);

/* Adds `node`, which becomes the object's; NULL adds null. */
void doc_add(cJSON *object, const char *name, cJSON *node);

/* Appends a copy of the text to an array. */
void doc_push_string(cJSON *array, const char *text);

/* Calls `change` on every string value and replaces it by what it returns (freed here); NULL keeps it. */
void doc_map_strings(cJSON *node, char *(*change)(const char *text, const void *with), const void *with);

#endif
