/*
 * A growing string with a maximum given at birth.
 *
 * It is always NUL-terminated and may hold NUL bytes. Once an append would pass the maximum, the text is `overflowed`:
 * it keeps the bytes that fit and ignores every later append, so callers check once at the end.
 *
 *     struct text line = TEXT_INIT(4096);
 *     text_add(&line, "id=");
 *     text_print(&line, "%d", 17);
 *     char *mine = text_take(&line);              // the caller frees it; the text is empty again
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"

struct text {
    char *bytes; /* NULL until the first append; text_cstr() is never NULL */
    size_t length;
    size_t room;
    size_t max;
    bool overflowed;
};

#define TEXT_INIT(most) ((struct text){.max = (most)})
#define TEXT_UNBOUNDED  (SIZE_MAX / 4)

void text_add(struct text *text, const char *words);
void text_add_bytes(struct text *text, const char *bytes, size_t length);
void text_add_char(struct text *text, char c);
void text_print(struct text *text, const char *format, ...) PRINTF(2, 3);
void text_print_list(struct text *text, const char *format, va_list arguments) PRINTF(2, 0);
/* Drops the first `count` bytes, or all when there are fewer. */
void text_drop(struct text *text, size_t count);
/* Empty again, with the memory that it has. */
void text_clear(struct text *text);
const char *text_cstr(const struct text *text);
char *text_take(struct text *text) WARN_UNUSED;
void text_release(struct text *text);

#endif
