/*
 * uthash with the hash of base/hash.h in place of its own, which anybody can compute. Include this and never
 * <uthash.h>.
 */
#ifndef BASE_HASH_TABLE_H
#define BASE_HASH_TABLE_H

#include "base/hash.h"

#define HASH_FUNCTION(key, length, out)                                                                                \
    do {                                                                                                               \
        (out) = (unsigned)hash_bytes((key), (length));                                                                 \
    } while (0)

#include <uthash.h>

#endif
