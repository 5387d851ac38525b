#include "model/id_source.h"

#include <pthread.h>
#include <stdlib.h>

struct id_source {
    pthread_mutex_t lock;
    struct id_stream stream;
    int64_t number; /* the last one that was given out */
};

struct id_source *id_source_new(uint64_t seed)
{
    struct id_source *ids = mem_zero(1, sizeof *ids);
    pthread_mutex_init(&ids->lock, NULL);
    ids->stream = id_stream_from(seed);
    return ids;
}

void id_source_free(struct id_source *ids)
{
    if (ids == NULL)
        return;
    pthread_mutex_destroy(&ids->lock);
    free(ids);
}

void id_source_begin(struct id_source *ids, uint64_t seed)
{
    pthread_mutex_lock(&ids->lock);
    ids->stream = id_stream_from(seed);
    pthread_mutex_unlock(&ids->lock);
}

void id_source_follow(struct id_source *ids, struct id_source *other)
{
    pthread_mutex_lock(&other->lock);
    struct id_stream stream = other->stream;
    int64_t number = other->number;
    pthread_mutex_unlock(&other->lock);
    pthread_mutex_lock(&ids->lock);
    ids->stream = stream;
    ids->number = number;
    pthread_mutex_unlock(&ids->lock);
}

struct id_place id_source_place(struct id_source *ids)
{
    pthread_mutex_lock(&ids->lock);
    struct id_place place = {ids->stream, ids->number};
    pthread_mutex_unlock(&ids->lock);
    return place;
}

bool id_source_move(struct id_source *ids, const struct id_place *from, const struct id_place *to)
{
    pthread_mutex_lock(&ids->lock);
    bool is_there = ids->number == from->number && ids->stream.state == from->stream.state;
    if (is_there) {
        ids->stream = to->stream;
        ids->number = to->number;
    }
    pthread_mutex_unlock(&ids->lock);
    return is_there;
}

void id_source_draw_as(struct id_source *ids, uint64_t seed, uint64_t ordinal, int64_t number)
{
    struct id_stream stream = id_stream_from(seed ^ ~(ordinal << 1));
    pthread_mutex_lock(&ids->lock);
    ids->stream = id_stream_from(id_draw(&stream)); /* far from the streams of its neighbours */
    ids->number = number;
    pthread_mutex_unlock(&ids->lock);
}

void id_source_uuid(struct id_source *ids, char out[UUID_TEXT_MAX])
{
    pthread_mutex_lock(&ids->lock);
    id_uuid(&ids->stream, out);
    pthread_mutex_unlock(&ids->lock);
}

void id_source_characters(struct id_source *ids, const char *alphabet, size_t length, char *out)
{
    pthread_mutex_lock(&ids->lock);
    id_characters(&ids->stream, alphabet, length, out);
    pthread_mutex_unlock(&ids->lock);
}

int64_t id_source_skip_numbers(struct id_source *ids, int64_t count)
{
    pthread_mutex_lock(&ids->lock);
    int64_t before = ids->number;
    ids->number += count;
    pthread_mutex_unlock(&ids->lock);
    return before;
}

int64_t id_source_next_number(struct id_source *ids)
{
    return id_source_skip_numbers(ids, 1) + 1;
}
