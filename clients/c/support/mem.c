#include "support/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *mem_checked(void *memory)
{
    if (memory == NULL) {
        fputs("cancelorder: out of memory\n", stderr);
        abort();
    }
    return memory;
}

void *mem_new(size_t count, size_t size)
{
    return mem_checked(calloc(count ? count : 1, size ? size : 1));
}

void *mem_resize(void *old, size_t count, size_t size)
{
    if (size == 0 || count == 0 || count > SIZE_MAX / size)
        mem_checked(NULL);
    return mem_checked(realloc(old, count * size));
}

char *mem_copy_bytes(const char *bytes, size_t length)
{
    char *copy = mem_new(length + 1, 1);

    if (length > 0)
        memcpy(copy, bytes, length);
    return copy;
}

char *mem_copy(const char *text)
{
    return text == NULL ? NULL : mem_copy_bytes(text, strlen(text));
}
