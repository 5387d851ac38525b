#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void text_add_bytes(struct text *text, const char *bytes, size_t length)
{
    if (text->overflowed)
        return;
    if (length > text->max - text->length) {
        text->overflowed = true;
        length = text->max - text->length;
    }
    size_t needed = text->length + length + 1;
    if (needed > text->room) {
        text->room = needed > text->room * 2 ? needed : text->room * 2;
        if (text->room < 64)
            text->room = 64;
        text->bytes = mem_resize(text->bytes, text->room);
    }
    if (length > 0)
        memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void text_add(struct text *text, const char *words)
{
    text_add_bytes(text, words, strlen(words));
}

void text_add_char(struct text *text, char c)
{
    text_add_bytes(text, &c, 1);
}

void text_print_list(struct text *text, const char *format, va_list arguments)
{
    char *printed = NULL;
    int length = vasprintf(&printed, format, arguments);
    if (length < 0)
        abort();
    text_add_bytes(text, printed, (size_t)length);
    free(printed);
}

void text_print(struct text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    text_print_list(text, format, arguments);
    va_end(arguments);
}

void text_drop(struct text *text, size_t count)
{
    if (count >= text->length) {
        text_clear(text);
        return;
    }
    text->length -= count;
    memmove(text->bytes, text->bytes + count, text->length + 1);
}

void text_clear(struct text *text)
{
    text->length = 0;
    text->overflowed = false;
    if (text->bytes != NULL)
        text->bytes[0] = '\0';
}

const char *text_cstr(const struct text *text)
{
    return text->bytes == NULL ? "" : text->bytes;
}

char *text_take(struct text *text)
{
    char *taken = text->bytes == NULL ? mem_dup("") : text->bytes;
    *text = TEXT_INIT(text->max);
    return taken;
}

void text_release(struct text *text)
{
    free(text->bytes);
    *text = TEXT_INIT(text->max);
}
