/*
 * A set of texts, to find those that stand twice. The texts are lent and outlive the set.
 *
 *     struct name_set *seen = NULL;
 *     if (!name_set_add(&seen, id)) …    // an earlier one is the same
 *     name_set_free(seen);
 */
#ifndef BASE_NAME_SET_H
#define BASE_NAME_SET_H

#include <stdbool.h>

struct name_set;

/* False when it is in the set already. */
bool name_set_add(struct name_set **set, const char *name);
bool name_set_has(const struct name_set *set, const char *name);
void name_set_free(struct name_set *set); /* NULL is the empty set */

#endif
