/* Base64 (RFC 4648, with padding), for bytes that JSON cannot carry as text. */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include <stddef.h>

#include "base/arena.h"

/* Text for the caller to free(). */
char *base64_write(const char *bytes, size_t length) WARN_UNUSED;
/* Bytes in the arena, their number in *length; NULL when `text` is not Base64. */
char *base64_read(struct arena *arena, const char *text, size_t *length) WARN_UNUSED;

#endif
