#include "base/memory.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

/* How a program without memory ends. */
static struct {
    const char *program;
    int status; /* 0: by abort() */
} end = {"cancelmock", 0};

void mem_end(const char *program, int status)
{
    end.program = program;
    end.status = status;
}

static void *or_die(void *memory)
{
    if (memory != NULL)
        return memory;
    fprintf(stderr, "%s: out of memory\n", end.program);
    if (end.status != 0)
        exit(end.status);
    abort();
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

char *mem_dup(const char *text)
{
    return text == NULL ? NULL : mem_dup_bytes(text, strlen(text));
}

char *mem_dup_bytes(const char *bytes, size_t length)
{
    char *copy = mem_alloc(length + 1);
    if (length > 0)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
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

/* free() frees what these hooks allocate, so cJSON's own default stays right for releasing. */
static void set_hooks(void)
{
    cJSON_Hooks hooks = {.malloc_fn = mem_alloc, .free_fn = free};
    cJSON_InitHooks(&hooks);
}

void mem_adopt_cjson(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, set_hooks);
}
