#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void mem_exhausted(void)
{
    fputs("cancelorder: out of memory\n", stderr);
    abort();
}

static void *or_die(void *memory)
{
    if (memory == NULL)
        mem_exhausted();
    return memory;
}

void *mem_alloc(size_t size)
{
    return or_die(malloc(size == 0 ? 1 : size));
}

void *mem_zero(size_t count, size_t size)
{
    return or_die(calloc(count == 0 ? 1 : count, size == 0 ? 1 : size));
}

void *mem_resize(void *old, size_t size)
{
    return or_die(realloc(old, size == 0 ? 1 : size));
}

char *mem_dup_bytes(const char *bytes, size_t length)
{
    char *copy = mem_alloc(length + 1);
    if (length > 0)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

char *mem_dup(const char *text)
{
    return text == NULL ? NULL : mem_dup_bytes(text, strlen(text));
}

char *mem_print(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = NULL;
    if (vasprintf(&text, format, arguments) < 0)
        text = NULL;
    va_end(arguments);
    return or_die(text);
}
