/*
 * What the files of the lemonade stand share. Each calls only files above it in this list:
 *
 *     knobs.c      what the documents leave open
 *     fixture.c    provider.json: the shape of a credential
 *     order.c      an order's document
 *     answers.c    success, refusals, what the engine refuses
 *     request.c    the order that a request means
 *     access.c     who may ask
 *     lifecycle.c  states and events
 *     cancel.c     cancel
 *     reads.c      one order
 *     lemonade.c   the API as a whole, its routes, the provider itself
 */
#ifndef PROVIDERS_LEMONADE_LEMONADE_H
#define PROVIDERS_LEMONADE_LEMONADE_H

#include "model/provider.h"
#include "providers/ask.h"

/* ── knobs.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

enum lemonade_knob { KNOB_SECOND_CANCEL, KNOB_COUNT };

#define SECOND_CANCEL(CHOICE) CHOICE(SECOND_CANCEL_CONFLICT, "409") CHOICE(SECOND_CANCEL_AS_FIRST, "as_first")
enum { SECOND_CANCEL(KNOB_NUMBER) };

extern const struct knob lemonade_knobs[];

/* ── fixture.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

extern const struct shape lemonade_credential_shape[];
extern const struct shape lemonade_fixture_shape[];

/* ── order.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

extern const struct shape lemonade_document_shape[];
extern const struct shape lemonade_facts_shape[];
cJSON *lemonade_new_document(const struct maker *maker) WARN_UNUSED;
void lemonade_write_state(struct order *order, int64_t now_us);
void lemonade_read_names(struct order *order);
bool lemonade_is_in(const struct order *order, const char *state);

/* ── answers.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Answers 200 with the order. */
void lemonade_render_order(struct exchange *x);
/* Answers {"error":…}; returns STEP_REPLY. */
enum step lemonade_fail(struct exchange *x, int status, const char *error, const struct reason *why);
void lemonade_refuse(struct exchange *x, enum refusal what);

/* ── request.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Refuses unless the path names an order of this account. */
enum step lemonade_check_order(struct exchange *x, const struct order *order);

/* ── access.c ──────────────────────────────────────────────────────────────────────────────────────────────────── */

#define LEMONADE_KEY_HEADER "X-Stand-Key"

enum step lemonade_authenticate(struct exchange *x);
const char *lemonade_credential_shown(struct exchange *x);

/* ── lifecycle.c ───────────────────────────────────────────────────────────────────────────────────────────────── */

extern const char *const lemonade_states[];
extern const struct event lemonade_events[];

/* ── cancel.c, reads.c ─────────────────────────────────────────────────────────────────────────────────────────── */

enum step lemonade_decide_cancel(struct exchange *x, const struct order *order, struct order **changed);
enum step lemonade_decide_get(struct exchange *x, const struct order *order, struct order **changed);

#endif
