/*
 * Ways through a JSON tree: to one place in it, to the first difference between two, over all of its strings.
 *
 * A place is written as a JSON pointer (RFC 6901: "" is the root, "/items/0/a~1b" has "~1" for '/' and "~0" for '~') or
 * as names between dots ("items.0.pk"). Elements of arrays are numbers without leading zeros. Places are lent and live
 * as long as the tree; a place that is not there is NULL, and so is everything in a tree that is NULL.
 *
 *     const cJSON *pk = json_at(order, "/document/items/0/pk");
 *
 *     char *where = NULL;
 *     if (!json_covers(answer, expected, &where))
 *         printf("differs at %s\n", where);           // "/document/status"
 *     free(where);
 */
#ifndef BASE_JSON_PATH_H
#define BASE_JSON_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/json.h"

const cJSON *json_at(const cJSON *root, const char *pointer);
const cJSON *json_at_dots(const cJSON *root, const char *path, size_t length);

/* The pointer to a node of the tree, for the caller to free(): "/expect/0/match", "" for the root; NULL when it is not
 * in it. */
char *json_pointer_to(const cJSON *root, const cJSON *node) WARN_UNUSED;

/* Whether `actual` has all that `expected` has: members of objects by name, at every level; everything else by value
 * (json_equal). When not, *where (may be NULL) becomes a pointer to the first difference, for the caller to free(). */
bool json_covers(const cJSON *actual, const cJSON *expected, char **where);

/* For messages, to be freed: json_write(), or "(nothing)" for NULL. */
char *json_shown(const cJSON *node) WARN_UNUSED;
/* The same, but a string is its own text, without quotes and escapes. */
char *json_plain(const cJSON *node) WARN_UNUSED;

/* Calls `change` with every string value (names of members are none) and replaces it by what is returned, which is
 * freed here; NULL keeps it. */
void json_map_strings(cJSON *node, char *(*change)(const char *text, const void *with), const void *with);

#endif
