#ifndef SUPPORT_MEM_H
#define SUPPORT_MEM_H

/*
 * Memory that is there or ends the process with one message, so that no caller carries a branch that
 * is never tested. Sizes that come from the wire are capped before they get here. Freed with free().
 */

#include <stddef.h>

void *mem_new(size_t count, size_t size);               /* zeroed */
void *mem_resize(void *old, size_t count, size_t size); /* neither is 0 */
char *mem_copy(const char *text);                       /* NULL stays NULL */
char *mem_copy_bytes(const char *bytes, size_t length);

#endif
