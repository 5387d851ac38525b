#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROOM_LEAST 64

static void make_room(struct text *text, size_t needed)
{
    if (needed <= text->room)
        return;
    size_t more = needed + needed / 2;
    text->room = more < ROOM_LEAST ? ROOM_LEAST : more;
    text->bytes = mem_resize(text->bytes, text->room);
}

void text_add_bytes(struct text *text, const char *bytes, size_t length)
{
    if (text->overflowed)
        return;
    if (length > text->most - text->length) {
        text->overflowed = true;
        return;
    }
    make_room(text, text->length + length + 1);
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

void text_print_list(struct text *text, const char *format, va_list list)
{
    char *printed = NULL;
    int length = vasprintf(&printed, format, list);
    if (length < 0)
        abort();
    text_add_bytes(text, printed, (size_t)length);
    free(printed);
}

void text_print(struct text *text, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    text_print_list(text, format, list);
    va_end(list);
}

const char *text_cstr(const struct text *text)
{
    return text->bytes == NULL ? "" : text->bytes;
}

void text_drop(struct text *text, size_t count)
{
    if (count > text->length)
        count = text->length;
    if (count == 0)
        return;
    text->length -= count;
    memmove(text->bytes, text->bytes + count, text->length + 1);
}

void text_clear(struct text *text)
{
    text_drop(text, text->length);
    text->overflowed = false;
}

char *text_take(struct text *text)
{
    char *taken = text->bytes == NULL ? mem_dup("") : text->bytes;
    *text = TEXT_INIT(text->most);
    return taken;
}

void text_release(struct text *text)
{
    free(text->bytes);
    *text = TEXT_INIT(text->most);
}
