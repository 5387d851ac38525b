#include "base/ids.h"

#include <stdio.h>

struct id_stream id_stream_from(uint64_t seed)
{
    return (struct id_stream){.state = seed};
}

/* splitmix64, public domain, by Sebastiano Vigna. */
uint64_t id_draw(struct id_stream *stream)
{
    uint64_t z = (stream->state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

void id_uuid(struct id_stream *stream, char out[UUID_TEXT_MAX])
{
    uint64_t high = (id_draw(stream) & UINT64_C(0xffffffffffff0fff)) | UINT64_C(0x4000);
    uint64_t low = (id_draw(stream) & UINT64_C(0x3fffffffffffffff)) | UINT64_C(0x8000000000000000);
    snprintf(out, UUID_TEXT_MAX, "%08x-%04x-%04x-%04x-%012llx", (unsigned)(high >> 32), (unsigned)(high >> 16 & 0xffff),
             (unsigned)(high & 0xffff), (unsigned)(low >> 48), (unsigned long long)(low & UINT64_C(0xffffffffffff)));
}

void id_characters(struct id_stream *stream, const char *alphabet, size_t length, char *out)
{
    size_t count = 0;
    while (alphabet[count] != '\0')
        count++;
    for (size_t i = 0; i < length; i++)
        out[i] = alphabet[id_draw(stream) % count];
    out[length] = '\0';
}

uint64_t id_hash(uint64_t hash, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
    return hash;
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool uuid_is_valid(const char *text)
{
    for (int i = 0; i < 36; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !is_hex(text[i]))
            return false;
    }
    return text[36] == '\0';
}
