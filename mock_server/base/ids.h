/*
 * Ids and draws that repeat: a stream of numbers grown from a seed (splitmix64).
 *
 * Two streams of one seed give the same ids in the same order. A stream has no lock; its owner guards it (a session
 * does). This is no source of secrets.
 */
#ifndef BASE_IDS_H
#define BASE_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UUID_TEXT_MAX 37

struct id_stream {
    uint64_t state;
};

struct id_stream id_stream_from(uint64_t seed);
uint64_t id_draw(struct id_stream *stream);
/* A version 4 UUID in lower case. */
void id_uuid(struct id_stream *stream, char out[UUID_TEXT_MAX]);
/* `length` characters drawn from `alphabet`, then a NUL: out has room for length + 1. */
void id_characters(struct id_stream *stream, const char *alphabet, size_t length, char *out);

/* FNV-1a over more bytes: the same seed for the same text, wherever a draw must not depend on what was drawn before. */
#define ID_HASH_START UINT64_C(0xcbf29ce484222325)
uint64_t id_hash(uint64_t hash, const char *bytes, size_t length);

/* True for 8-4-4-4-12 hex digits in any case. */
bool uuid_is_valid(const char *text);

#endif
