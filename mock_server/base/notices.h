/*
 * What a server has to tell the people who run it, beside its answers: that no file handle is free, for instance.
 *
 * Each sentence is a kind: it is told once, and again when it still happens a minute later; all of its times are
 * counted. A sentence is at most 255 bytes; there is place for 32 kinds, and what comes beyond is told and not counted.
 * May be called from any thread.
 *
 *     struct notices *notices = notices_new(say, program);
 *     notices_add(notices, "no file handle is free; raise the limit (ulimit -n)");
 *     for (size_t i = 0; notices_at(notices, i, &notice); i++)
 *         printf("%s: %llu times\n", notice.sentence, notice.times);
 */
#ifndef BASE_NOTICES_H
#define BASE_NOTICES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"

#define NOTICE_MAX 256

struct notices;

struct notice {
    char sentence[NOTICE_MAX];
    uint64_t times;
    int64_t told_at_us;
};

/* `tell` (NULL: nobody is told) gets each sentence that is to be told; it may be called by several threads at once. */
struct notices *notices_new(void (*tell)(void *context, const char *sentence), void *context) WARN_UNUSED;
void notices_free(struct notices *notices); /* NULL is fine */
void notices_add(struct notices *notices, const char *sentence);
/* A copy of that kind, in the order of their first times; false behind the last. */
bool notices_at(struct notices *notices, size_t index, struct notice *out);

#endif
