/*
 * Which names are those of secrets: of headers, members, elements, parameters, cookies.
 *
 * A name counts whoever is asked: a client that shows its real key at the wrong provider, under a mistyped path or in
 * another vendor's header shows a key all the same. So the union of the secret names of all providers counts
 * (model/provider.h), and general words do, whatever stands around them: `X-Api-Key`, `clientSecret`, `passwd`,
 * `user_token`. The case of letters does not matter.
 *
 * Some names have such a word and hold none: `payment_key` names an order, `Idempotency-Key` a request, `token_type` is
 * "Bearer". Those are told by the word beside it.
 */
#ifndef MODEL_SECRET_NAMES_H
#define MODEL_SECRET_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"

struct provider;

/* The names of these providers that have none of the general words, ended by NULL: mostly none. For the caller to
 * free(); the names are the providers'. */
const char **secret_names_of(const struct provider *const *providers) WARN_UNUSED;

/* `others` are such names. */
bool secret_name(const char *const *others, const char *name, size_t length);
/* Whether bytes have one of the general words or the others in them: without, no name in them is a secret's. An escape
 * could spell one, so it counts as one. */
bool secret_name_is_within(const char *const *others, const char *bytes, size_t length);
/* Bytes up to the end of the first general word; 0: there is none. */
size_t secret_word_end(const char *bytes, size_t length);

#endif
