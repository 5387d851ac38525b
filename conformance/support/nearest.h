/* The nearest of some names to a misspelt one, for "did you mean". */
#ifndef CONFORMANCE_SUPPORT_NEAREST_H
#define CONFORMANCE_SUPPORT_NEAREST_H

#include <stddef.h>

/* Borrowed from `names`; NULL when none is near enough to be meant. Names longer than 63 bytes are never near. */
const char *similar_name(const char *word, const char *const *names, size_t count);

#endif
