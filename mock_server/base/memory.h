/*
 * Allocation that cannot fail: when the machine has no memory left, the program ends with one message, by abort()
 * unless it asked for an exit status of its own.
 *
 * Nothing here returns NULL, so code that builds answers has no untested failure branches. Sizes that a client controls
 * are capped before they reach this file. mem_adopt_cjson() makes cJSON use the same functions, once a process;
 * mock_server_start() calls it, and freeing with free() stays right everywhere.
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

/* For a program with a status for this: "PROGRAM: out of memory" and exit(status). Called first thing in main(), before
 * there are threads; `program` is borrowed. */
void mem_end(const char *program, int status);

void mem_adopt_cjson(void);

#endif
