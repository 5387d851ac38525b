/* Allocation that ends the program when the machine has no more. */
#include "support/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *present(void *memory)
{
    if (memory)
        return memory;
    fputs("cancelcheck: out of memory\n", stderr);
    exit(3);
}

void *must_alloc(size_t count, size_t size)
{
    return present(calloc(count ? count : 1, size ? size : 1));
}

void *must_grow(void *old, size_t count, size_t size)
{
    return present(size && count > SIZE_MAX / size ? NULL : realloc(old, count * size));
}

char *must_copy_bytes(const char *bytes, size_t length)
{
    char *copy = must_alloc(length + 1, 1);
    if (length)
        memcpy(copy, bytes, length);
    return copy;
}

char *must_copy(const char *text)
{
    return text ? must_copy_bytes(text, strlen(text)) : NULL;
}

char *must_format(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = NULL;
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    return present(length < 0 ? NULL : text);
}
