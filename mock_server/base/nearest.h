/*
 * The nearest of some names to a misspelt one, for "did you mean".
 *
 * Near is what differs in at most a third of the word's letters and one more (Levenshtein's distance). Words and names
 * of more than 40 bytes are never near. Of two that are equally near the first wins. Names are borrowed.
 *
 *     char hint[HINT_MAX];
 *     printf("no provider is called \"%s\"%s\n", word, nearest_hint(word, names, hint));
 */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include <stddef.h>

/* The name of `names` (ended by NULL) that is nearest to `word`, or NULL when none is near. */
const char *nearest_name(const char *word, const char *const *names);

/* "; did you mean "x"?" with the nearest of `names`, or "" when none is near. Returns `out`. */
#define HINT_MAX 96
const char *nearest_hint(const char *word, const char *const *names, char out[HINT_MAX]);

/*
 * The same for names that stand in no array:
 *
 *     struct nearest nearest;
 *     nearest_begin(&nearest, word);
 *     for (…) nearest_try(&nearest, rows[i].name);
 *     if (nearest.name != NULL) …
 */
struct nearest {
    const char *word;
    const char *name; /* the best so far; NULL: none is near enough to be meant */
    size_t least;     /* a name has to be nearer than this */
};

void nearest_begin(struct nearest *nearest, const char *word);
void nearest_try(struct nearest *nearest, const char *name);

#endif
