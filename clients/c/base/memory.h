/*
 * Memory that is there, or the process ends with one message: no caller carries a branch that is never tested.
 *
 * Sizes that come from the wire are capped before they get here. Everything is freed with free().
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

#define WARN_UNUSED     __attribute__((warn_unused_result))
#define PRINTF(fmt, at) __attribute__((format(printf, fmt, at)))
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

void *mem_alloc(size_t size) WARN_UNUSED;
void *mem_zero(size_t count, size_t size) WARN_UNUSED;
void *mem_resize(void *old, size_t size) WARN_UNUSED;
char *mem_dup(const char *text) WARN_UNUSED;                       /* NULL stays NULL */
char *mem_dup_bytes(const char *bytes, size_t length) WARN_UNUSED; /* a NUL is added */
char *mem_print(const char *format, ...) PRINTF(1, 2) WARN_UNUSED;

/* The end: for memory that another library could not get. */
_Noreturn void mem_exhausted(void);

#endif
