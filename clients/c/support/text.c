#include "support/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/mem.h"

void text_init(struct text *text)
{
    *text = (struct text){.bytes = mem_new(1, 1), .length = 0, .capacity = 1};
}

void text_release(struct text *text)
{
    free(text->bytes);
    *text = (struct text){.bytes = NULL};
}

void text_clear(struct text *text)
{
    text->length = 0;
    text->bytes[0] = '\0';
}

static void text_reserve(struct text *text, size_t more)
{
    size_t needed = text->length + more + 1;

    if (needed <= text->capacity)
        return;
    text->capacity = needed < 64 ? 64 : needed + needed / 2;
    text->bytes = mem_resize(text->bytes, text->capacity, 1);
}

void text_add_bytes(struct text *text, const char *bytes, size_t length)
{
    text_reserve(text, length);
    if (length > 0)
        memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void text_add(struct text *text, const char *string)
{
    text_add_bytes(text, string, strlen(string));
}

void text_add_char(struct text *text, char c)
{
    text_add_bytes(text, &c, 1);
}

void text_add_list(struct text *text, const char *format, va_list list)
{
    char *printed = NULL;
    int length = vasprintf(&printed, format, list);

    if (length >= 0) {
        text_add_bytes(text, printed, (size_t)length);
        free(printed);
    }
}

void text_add_format(struct text *text, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    text_add_list(text, format, list);
    va_end(list);
}

char *text_take(struct text *text)
{
    char *bytes = text->bytes;

    *text = (struct text){.bytes = NULL};
    return bytes;
}
