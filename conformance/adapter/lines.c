/* The buffer holds the bytes from the start of the current line on. */
#include "adapter/lines.h"

#include <string.h>

#define OVERLONG_KEPT 200

/* The line handed out last is dropped only now, since its bytes were lent. */
static void forget_handed(struct lines *lines)
{
    text_drop(&lines->buffer, lines->handed);
    lines->handed = 0;
}

void lines_add(struct lines *lines, const char *bytes, size_t length)
{
    forget_handed(lines);
    if (lines->dropping) {
        const char *end = memchr(bytes, '\n', length);
        if (end == NULL)
            return;
        lines->dropping = false;
        length -= (size_t)(end + 1 - bytes);
        bytes = end + 1;
    }
    text_add_bytes(&lines->buffer, bytes, length);
}

static void hand_out(struct lines *lines, size_t length, struct line *out)
{
    *out = (struct line){.bytes = lines->buffer.bytes, .length = length};
    if (length && out->bytes[length - 1] == '\r')
        out->length--;
    if (out->length > lines->limit)
        *out = (struct line){.bytes = out->bytes, .length = OVERLONG_KEPT, .too_long = true};
}

bool lines_next(struct lines *lines, struct line *out)
{
    forget_handed(lines);
    if (lines->seen > lines->buffer.length)
        lines->seen = 0;
    size_t fresh = lines->buffer.length - lines->seen;
    const char *start = lines->buffer.bytes;
    const char *end = fresh ? memchr(start + lines->seen, '\n', fresh) : NULL;
    if (end != NULL) {
        size_t length = (size_t)(end - start);
        hand_out(lines, length, out);
        lines->handed = length + 1;
        lines->seen = 0;
        return true;
    }
    lines->seen = lines->buffer.length;
    if (lines->buffer.length <= lines->limit)
        return false;
    hand_out(lines, lines->buffer.length, out);
    out->too_long = true;
    lines->handed = lines->buffer.length;
    lines->seen = 0;
    lines->dropping = true;
    return true;
}

bool lines_rest(struct lines *lines, struct line *out)
{
    forget_handed(lines);
    if (lines->buffer.length == 0)
        return false;
    hand_out(lines, lines->buffer.length, out);
    lines->handed = lines->buffer.length;
    lines->seen = 0;
    return true;
}

void lines_release(struct lines *lines)
{
    text_release(&lines->buffer);
}
