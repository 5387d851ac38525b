#ifndef SUPPORT_NEAREST_H
#define SUPPORT_NEAREST_H

/*
 * The nearest of some names to a misspelt one, for "did you mean". Names are borrowed, and none longer
 * than 63 bytes is ever near; nor is one that differs in more than a third of the word and one letter.
 *
 *     struct nearest nearest;
 *     nearest_begin(&nearest, "dukango");
 *     for (…) nearest_try(&nearest, names[i]);
 *     if (nearest.name != NULL) … "dukkango" …
 */

#include <stddef.h>

struct nearest {
    const char *word;
    const char *name; /* the best so far; NULL = none is near enough to be meant */
    size_t least;     /* a name has to be nearer than this */
};

void nearest_begin(struct nearest *nearest, const char *word);
void nearest_try(struct nearest *nearest, const char *name);

#endif
