/*
 * The secrets that a session has met: so that a value that was masked once is masked wherever it comes again.
 *
 * A client that shows its real key in a header may repeat it in a path, in a note, or get it back in an answer, where
 * no name says what it is. Here are the values alone, without where they stood; a search finds them in any bytes,
 * however they are escaped (base/spelling.h), and also their beginnings, where a text was cut.
 *
 * Not every value can be looked for: "1" stands everywhere. Kept is what has SECRET_LENGTH_MIN bytes or more; of
 * letters alone, SECRET_WORD_MIN. One shorter than SECRET_LOOSE_MIN is found only where it stands as a word of its own.
 * What is not kept is still masked where it stood.
 *
 * Bounded: of more than SECRETS_MAX values the oldest is forgotten, and of a value its first SECRET_BYTES_MAX bytes
 * count. An empty set costs nothing. Every call may come from any thread.
 *
 *     secret_values_add(values, "s3cr3t", 6);
 *     secret_values_find(values, "key=s3cr%33t", 12, mark, context);     // mark(context, 4, 8)
 */
#ifndef SESSION_SECRET_VALUES_H
#define SESSION_SECRET_VALUES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"

struct secret_values;

#define SECRETS_MAX       500
#define SECRET_LENGTH_MIN 6
#define SECRET_WORD_MIN   8  /* of letters alone */
#define SECRET_LOOSE_MIN  12 /* from here on it is found inside of longer words, too */
#define SECRET_PREFIX_MIN 16 /* so many bytes of its beginning are found as the whole */
#define SECRET_BYTES_MAX  8192

struct secret_values *secret_values_new(void) WARN_UNUSED;
void secret_values_free(struct secret_values *values); /* NULL is fine */

/* Keeps it, unless it is one that is not kept. */
void secret_values_add(struct secret_values *values, const char *bytes, size_t length);
bool secret_values_are_none(const struct secret_values *values);
/* Calls `found` for each place, in their order; places do not overlap. It may not call this set. */
void secret_values_find(struct secret_values *values, const char *bytes, size_t length,
                        void (*found)(void *context, size_t at, size_t length), void *context);

#endif
