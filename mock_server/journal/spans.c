#include "journal/spans.h"

#include <stdlib.h>

#include "base/memory.h"

void spans_add(struct spans *spans, size_t at, size_t length, enum mask mask)
{
    if (length == 0)
        return;
    if (spans->count == spans->room) {
        spans->room = spans->room == 0 ? 8 : spans->room * 2;
        spans->list = mem_resize(spans->list, spans->room * sizeof *spans->list);
    }
    spans->list[spans->count++] = (struct span){at, length, mask};
}

void spans_release(struct spans *spans)
{
    free(spans->list);
    *spans = (struct spans){0};
}

static int by_place(const void *one, const void *other)
{
    const struct span *a = one, *b = other;
    return a->at != b->at ? (a->at < b->at ? -1 : 1) : (a->length > b->length ? -1 : a->length < b->length);
}

static void write_mask(enum mask mask, size_t length, struct text *out)
{
    switch (mask) {
    case MASK_TEXT:
        text_print(out, "(masked, %zu bytes)", length);
        break;
    case MASK_QUOTED:
        text_print(out, "\"(masked, %zu bytes)\"", length);
        break;
    case MASK_TARGET:
        text_print(out, "(masked,%zu)", length);
        break;
    }
}

void spans_write(struct spans *spans, const char *bytes, size_t length, enum mask mask, struct text *out)
{
    size_t at = 0;
    if (spans->count > 1)
        qsort(spans->list, spans->count, sizeof *spans->list, by_place);
    for (size_t i = 0; i < spans->count; i++) {
        const struct span *span = &spans->list[i];
        size_t end = span->at + span->length;
        if (end <= at || span->at >= length)
            continue;
        if (span->at >= at) { /* else it goes on where another one ended, whose mask stands there */
            text_add_bytes(out, bytes + at, span->at - at);
            write_mask(mask == MASK_TARGET ? mask : span->mask, span->length, out);
        }
        at = end < length ? end : length;
    }
    text_add_bytes(out, bytes + at, length - at);
}
