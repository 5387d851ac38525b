/*
 * Where a session's ids come from: a stream of draws (base/ids.h) and a counter, behind one lock.
 *
 * What always holds: two sources of one seed give the same ids in the same order of calls. Every call may come from any
 * thread. A source is freed by whoever made it.
 *
 *     struct id_source *ids = id_source_new(1);
 *     char id[UUID_TEXT_MAX];
 *     id_source_uuid(ids, id);
 *     id_source_free(ids);
 */
#ifndef MODEL_ID_SOURCE_H
#define MODEL_ID_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ids.h"
#include "base/memory.h"

struct id_source;

struct id_source *id_source_new(uint64_t seed) WARN_UNUSED;
void id_source_free(struct id_source *ids); /* NULL is fine */

/* Begins again from that seed; the counter goes on. */
void id_source_begin(struct id_source *ids, uint64_t seed);
/* Goes on where `other` is now, its counter included. */
void id_source_follow(struct id_source *ids, struct id_source *other);
/* Where it stands. */
struct id_place {
    struct id_stream stream;
    int64_t number;
};
struct id_place id_source_place(struct id_source *ids);
/* Goes from one place to another; false, and nothing has happened, when it does not stand at the first. So what was
 * drawn on a source that follows this one is taken here, and given back, and nothing is given out twice. */
bool id_source_move(struct id_source *ids, const struct id_place *from, const struct id_place *to);
/* From now on draws what that ordinal draws under the seed, whatever was drawn before, and counts on from `number`: so
 * an order that is made late gets the ids that it would have got at once. */
void id_source_draw_as(struct id_source *ids, uint64_t seed, uint64_t ordinal, int64_t number);

void id_source_uuid(struct id_source *ids, char out[UUID_TEXT_MAX]);
/* `length` characters of `alphabet`, then a NUL. */
void id_source_characters(struct id_source *ids, const char *alphabet, size_t length, char *out);
/* 1, 2, 3 …: for ids that are numbers. */
int64_t id_source_next_number(struct id_source *ids);
/* Passes over `count` of them; the last one before these. */
int64_t id_source_skip_numbers(struct id_source *ids, int64_t count);

#endif
