/*
 * The parts of a request target: percent-coding and query parameters.
 */
#ifndef BASE_URI_H
#define BASE_URI_H

#include <stddef.h>

#include "base/arena.h"

/* Decodes %XX once. NULL for a broken escape and for %00, which no API of ours can mean. */
char *uri_decode(struct arena *arena, const char *bytes, size_t length);

/* The value of a query parameter: decoded, or as it is written where it cannot be, as servers do. Never NULL: a filter
 * that is broken must not look like one that is absent. */
const char *uri_decode_value(struct arena *arena, const char *bytes, size_t length);

/* The uri_decode_value() of the first parameter of that name in "a=1&b=2"; NULL when absent. A plus stays a plus. */
const char *uri_query_value(struct arena *arena, const char *query, const char *name);

/* An id as one segment of a path or as one value of a query, whatever letters it has; to be freed. */
char *uri_segment(const char *id) WARN_UNUSED;

#endif
