/*
 * The values that must not appear in anything we print: credentials, log-in tokens, and what belongs to
 * a person (IBAN, account holder). A provider may echo one of them in an error text, so every text of a
 * result passes secrets_mask() on its way out. The values are borrowed. Values shorter than four bytes
 * are not masked: they would turn ordinary words to stars and protect nothing.
 */
#ifndef CORE_SECRETS_H
#define CORE_SECRETS_H

#include <stddef.h>

struct secrets {
    const char **values;
    size_t count;
};

void secrets_init(struct secrets *secrets);
void secrets_release(struct secrets *secrets);
void secrets_add(struct secrets *secrets, const char *value); /* NULL is ignored */

/* Replaces every occurrence in *text, which is a heap text or NULL, by "[masked]". */
void secrets_mask(const struct secrets *secrets, char **text);

#endif
