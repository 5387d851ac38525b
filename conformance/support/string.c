/* The growing text. */
#include "support/string.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/memory.h"

void string_add_bytes(struct string *string, const char *bytes, size_t length)
{
    if (string->limit && length > string->limit - string->length) {
        length = string->limit - string->length;
        string->cut = true;
    }
    if (string->length + length + 1 > string->capacity) {
        string->capacity = (string->length + length + 1) * 2;
        string->bytes = must_grow(string->bytes, string->capacity, 1);
    }
    if (length)
        memcpy(string->bytes + string->length, bytes, length);
    string->length += length;
    string->bytes[string->length] = '\0';
}

void string_add(struct string *string, const char *text)
{
    string_add_bytes(string, text, strlen(text));
}

void string_format(struct string *string, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = NULL;
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length > 0)
        string_add_bytes(string, text, (size_t)length);
    if (length >= 0)
        free(text);
}

void string_add_quoted(struct string *string, const char *word)
{
    string_add(string, "'");
    for (const char *at = word; *at; at++)
        if (*at == '\'')
            string_add(string, "'\\''");
        else
            string_add_bytes(string, at, 1);
    string_add(string, "'");
}

void string_drop(struct string *string, size_t count)
{
    if (count > string->length)
        count = string->length;
    if (count == 0)
        return;
    string->length -= count;
    memmove(string->bytes, string->bytes + count, string->length + 1);
}

const char *string_text(const struct string *string)
{
    return string->bytes ? string->bytes : "";
}

char *string_take(struct string *string)
{
    char *text = string->bytes ? string->bytes : must_copy("");
    size_t limit = string->limit;
    *string = (struct string){.limit = limit};
    return text;
}

void string_clear(struct string *string)
{
    string->length = 0;
    string->cut = false;
    if (string->bytes)
        string->bytes[0] = '\0';
}

void string_release(struct string *string)
{
    free(string->bytes);
    *string = (struct string){0};
}
