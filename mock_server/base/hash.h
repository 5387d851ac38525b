/*
 * A hash of bytes that nobody outside of the process can aim at.
 *
 * Names come from clients and from tests. With a hash that everybody knows, somebody can choose names that all fall
 * into one bucket, and each look-up becomes a walk through all of them. This one is SipHash-1-3 under a key that is
 * drawn from the system before main(), so nobody knows which names meet. The key never changes in a process, and
 * nothing that is seen from outside depends on it: tables are iterated in the order in which their entries came.
 *
 * A table of uthash includes base/hash_table.h, which makes uthash use it.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

uint64_t hash_bytes(const void *bytes, size_t length);

/* The same under a key of the caller's. */
uint64_t hash_with(const uint64_t key[2], const void *bytes, size_t length);

#endif
