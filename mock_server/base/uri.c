#include "base/uri.h"

#include <string.h>

#include "base/text.h"

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

char *uri_decode(struct arena *arena, const char *bytes, size_t length)
{
    char *out = arena_alloc(arena, length + 1);
    size_t at = 0;
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] != '%') {
            out[at++] = bytes[i];
            continue;
        }
        int high = i + 2 < length ? hex_value(bytes[i + 1]) : -1;
        int low = high < 0 ? -1 : hex_value(bytes[i + 2]);
        if (high < 0 || low < 0 || (high == 0 && low == 0))
            return NULL;
        out[at++] = (char)(high << 4 | low);
        i += 2;
    }
    return out;
}

const char *uri_decode_value(struct arena *arena, const char *bytes, size_t length)
{
    const char *decoded = uri_decode(arena, bytes, length);
    return decoded != NULL ? decoded : arena_dup_bytes(arena, bytes, length);
}

const char *uri_query_value(struct arena *arena, const char *query, const char *name)
{
    for (const char *at = query; at != NULL && *at != '\0';) {
        size_t length = strcspn(at, "&");
        const char *equals = memchr(at, '=', length);
        size_t name_length = equals == NULL ? length : (size_t)(equals - at);
        const char *decoded = uri_decode(arena, at, name_length);
        if (decoded != NULL && strcmp(decoded, name) == 0)
            return equals == NULL ? "" : uri_decode_value(arena, equals + 1, length - name_length - 1);
        at += length + (at[length] == '&' ? 1 : 0);
    }
    return NULL;
}

char *uri_segment(const char *id)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    for (const char *at = id; *at != '\0'; at++)
        if (strchr(plain, *at) != NULL)
            text_add_bytes(&out, at, 1);
        else
            text_print(&out, "%%%02X", (unsigned char)*at);
    return text_take(&out);
}
