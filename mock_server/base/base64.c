#include "base/base64.h"

#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

char *base64_write(const char *bytes, size_t length)
{
    char *out = mem_alloc(length / 3 * 4 + 5), *at = out;
    for (size_t i = 0; i < length; i += 3) {
        size_t left = length - i;
        unsigned group = (unsigned)(unsigned char)bytes[i] << 16 |
                         (left > 1 ? (unsigned)(unsigned char)bytes[i + 1] << 8 : 0) |
                         (left > 2 ? (unsigned)(unsigned char)bytes[i + 2] : 0);
        *at++ = digits[group >> 18];
        *at++ = digits[group >> 12 & 63];
        *at++ = left > 1 ? digits[group >> 6 & 63] : '=';
        *at++ = left > 2 ? digits[group & 63] : '=';
    }
    *at = '\0';
    return out;
}

char *base64_read(struct arena *arena, const char *text, size_t *length)
{
    size_t count = strlen(text), padding = 0;
    while (padding < 2 && padding < count && text[count - 1 - padding] == '=')
        padding++;
    if (count % 4 != 0)
        return NULL;
    char *out = arena_alloc(arena, count / 4 * 3 + 1);
    unsigned group = 0;
    for (size_t i = 0, at = 0; i < count; i++) {
        const char *digit = i < count - padding ? memchr(digits, text[i], 64) : digits;
        if (digit == NULL)
            return NULL;
        group = group << 6 | (unsigned)(digit - digits);
        if (i % 4 == 3) {
            out[at++] = (char)(group >> 16);
            out[at++] = (char)(group >> 8);
            out[at++] = (char)group;
            group = 0;
        }
    }
    *length = count / 4 * 3 - padding;
    return out;
}
