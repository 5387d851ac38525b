/*
 * A growing text with a maximum given at birth.
 *
 * What always holds
 *   - text_cstr() is never NULL and always ends with a NUL; the text may hold NUL bytes.
 *   - What would pass the maximum is not added, nor is anything after it: `overflowed` says so, once for all.
 *   - An empty text owns nothing; text_release() and text_take() leave an empty one.
 *
 *     struct text line = TEXT_INIT(TEXT_UNBOUNDED);
 *     text_add(&line, "id=");
 *     text_print(&line, "%d", 17);
 *     char *mine = text_take(&line); // free()
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"

#define TEXT_UNBOUNDED SIZE_MAX

struct text {
    char *bytes; /* NULL until the first byte; see text_cstr() */
    size_t length;
    size_t room;
    size_t most;
    bool overflowed;
};

#define TEXT_INIT(maximum) ((struct text){.most = (maximum)})

void text_add(struct text *text, const char *words);
void text_add_bytes(struct text *text, const char *bytes, size_t length);
void text_add_char(struct text *text, char c);
void text_print(struct text *text, const char *format, ...) PRINTF(2, 3);
void text_print_list(struct text *text, const char *format, va_list list) PRINTF(2, 0);
const char *text_cstr(const struct text *text);
void text_drop(struct text *text, size_t count); /* the first `count` bytes, or all there are */
void text_clear(struct text *text);
char *text_take(struct text *text) WARN_UNUSED;
void text_release(struct text *text);

#endif
