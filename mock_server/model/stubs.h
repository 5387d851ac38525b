/*
 * Stubs: canned answers of a user's fixtures, given before the emulator sees the request.
 *
 * A stub answers a request of its method and its target (path and query as they stand on the wire, without a session's
 * prefix), which has the headers that the stub lists, each with just that value, and, when the stub has one, its body:
 * byte for byte, or equal as JSON where the stub writes `json`. Of several that fit, the first in the order of files
 * and of lines answers.
 *
 * Stubs never change once they are added, so they may be asked from any thread.
 */
#ifndef MODEL_STUBS_H
#define MODEL_STUBS_H

#include "model/exchange.h"

struct stub;
struct stubs;

struct stubs *stubs_new(void) WARN_UNUSED;
void stubs_free(struct stubs *stubs); /* NULL is fine */
/* `exchange` has been checked, and outlives the stubs. */
void stubs_add(struct stubs *stubs, const struct provider *provider, const cJSON *exchange);

/* The stub that answers this request, or NULL. */
const struct stub *stubs_find(const struct stubs *stubs, struct exchange *x);
/* Makes the request this stub's: from now on it is one of the stub's provider, with the operation "stub". */
void stub_enter(const struct stub *stub, struct exchange *x);
/* Answers it as written. */
void stub_answer(const struct stub *stub, struct exchange *x);

#endif
