#ifndef SUPPORT_SHA256_H
#define SUPPORT_SHA256_H

/* SHA-256 (FIPS 180-4) of a run of bytes as 64 lower-case hex digits. Names stored results and cached
 * log-ins without keeping the credential they belong to. */

#include <stddef.h>

enum { SHA256_HEX = 64 };

void sha256_hex(const void *bytes, size_t length, char out[SHA256_HEX + 1]);

#endif
