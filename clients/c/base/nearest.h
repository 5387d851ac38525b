/*
 * The nearest of some names to a misspelt one, for "did you mean".
 *
 * Names are borrowed. None that is longer than 63 bytes is ever near, nor one that differs in more than a third of the
 * word and one letter.
 *
 *     static const char *const fruits[] = {"apple", "cherry", NULL};
 *     char hint[HINT_MAX];
 *     fprintf(err, "no such fruit%s\n", nearest_hint("aple", fruits, hint)); // no such fruit; did you mean "apple"?
 */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include <stddef.h>

#define HINT_MAX 96

/* For names that stand in no array: begin, try each, and take `name`. */
struct nearest {
    const char *word;
    const char *name; /* the best so far; NULL = none is near enough to be meant */
    size_t least;     /* a name has to be nearer than this */
};

void nearest_begin(struct nearest *nearest, const char *word);
void nearest_try(struct nearest *nearest, const char *name);
/* "; did you mean "x"?" about what was tried, or "". */
const char *nearest_tell(const struct nearest *nearest, char out[HINT_MAX]);

/* Of names that end with NULL; NULL when none is near. */
const char *nearest_name(const char *word, const char *const *names);
const char *nearest_hint(const char *word, const char *const *names, char out[HINT_MAX]);

#endif
