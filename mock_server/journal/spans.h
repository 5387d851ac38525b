/*
 * Ranges of a text that are not to be shown.
 *
 *     struct spans spans = {0};
 *     spans_add(&spans, 4, 8, MASK_TEXT);
 *     spans_write(&spans, bytes, length, MASK_TEXT, &out);       // "key=(masked, 8 bytes)"
 *     spans_release(&spans);
 *
 * They may be added in any order and overlap: what one of them covers is covered once, by the first of them.
 */
#ifndef JOURNAL_SPANS_H
#define JOURNAL_SPANS_H

#include <stddef.h>

#include "base/text.h"

enum mask {
    MASK_TEXT,   /* (masked, 8 bytes) */
    MASK_QUOTED, /* "(masked, 8 bytes)": for a number of JSON, so that it stays JSON */
    MASK_TARGET, /* (masked,8): a target has no blanks */
};

struct span {
    size_t at, length;
    enum mask mask;
};

struct spans {
    struct span *list;
    size_t count, room;
};

void spans_add(struct spans *spans, size_t at, size_t length, enum mask mask);
void spans_release(struct spans *spans);
/* Adds the bytes to `out`, each span as its mask. Sorts the spans. With MASK_TARGET every mask is one. */
void spans_write(struct spans *spans, const char *bytes, size_t length, enum mask mask, struct text *out);

#endif
