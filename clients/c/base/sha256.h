/*
 * SHA-256 (FIPS 180-4) of a run of bytes as 64 lower-case hex digits. Names stored results and cached
 * log-ins without keeping the credential they belong to.
 */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include <stddef.h>

#define SHA256_HEX 64

void sha256_hex(const void *bytes, size_t length, char out[SHA256_HEX + 1]);

#endif
