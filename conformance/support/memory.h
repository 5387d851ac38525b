/*
 * Memory that is either there or the end of the program: one message and exit status 3, the harness's own failure.
 * What these functions return is freed with free().
 */
#ifndef CONFORMANCE_SUPPORT_MEMORY_H
#define CONFORMANCE_SUPPORT_MEMORY_H

#include <stddef.h>

/* Zeroed. */
void *must_alloc(size_t count, size_t size);

void *must_grow(void *old, size_t count, size_t size);

/* A copy of a text; NULL stays NULL. */
char *must_copy(const char *text);

char *must_copy_bytes(const char *bytes, size_t length);

char *must_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
