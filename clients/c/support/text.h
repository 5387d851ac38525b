#ifndef SUPPORT_TEXT_H
#define SUPPORT_TEXT_H

/*
 * A growing run of bytes, always followed by a NUL. `bytes` is never NULL after text_init().
 * text_take() hands the bytes to the caller (free()); the text needs text_init() before it is used again.
 */

#include <stdarg.h>
#include <stddef.h>

struct text {
    char *bytes;
    size_t length;
    size_t capacity;
};

void text_init(struct text *text);
void text_release(struct text *text);
void text_clear(struct text *text);
void text_add_bytes(struct text *text, const char *bytes, size_t length);
void text_add(struct text *text, const char *string);
void text_add_char(struct text *text, char c);
void text_add_format(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_add_list(struct text *text, const char *format, va_list list) __attribute__((format(printf, 2, 0)));
char *text_take(struct text *text);

#endif
