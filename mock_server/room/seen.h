/*
 * What a command in the room tried to reach elsewhere: words, each once, with how often it came.
 *
 * Bounded: of SEEN_MAX words the times are counted, and what comes beyond counts as one more that is not listed. May be
 * used from any thread.
 *
 *     seen_add(names, "api.example.com");
 *     for (size_t i = 0; seen_at(names, i, &word, &times); i++) …
 */
#ifndef ROOM_SEEN_H
#define ROOM_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"

#define SEEN_MAX      256
#define SEEN_WORD_MAX 300

struct seen;

struct seen *seen_new(void) WARN_UNUSED;
void seen_free(struct seen *seen); /* NULL is fine */
/* A word is cut at SEEN_WORD_MAX bytes. */
void seen_add(struct seen *seen, const char *word);
/* In the order of their first times; the word is borrowed until seen_free(). False behind the last. */
bool seen_at(struct seen *seen, size_t index, const char **word, uint64_t *times);
/* How many words came that are not listed, each time counted. */
uint64_t seen_unlisted(struct seen *seen);

#endif
