/*
 * What the files of the Fungies provider share: the numbers of its knobs, its answers and its orders.
 *
 *     fungies.c   the API, its knobs, who may ask, cancel, get_order, the provider itself
 *     body.c      what the body of a cancel may be
 *     list.c      list_orders
 *     answers.c   the two envelopes, and an order as the wire shows it
 *     orders.c    an order's document: shape, a fresh one, its names
 *
 * Trees that these functions return are the caller's; texts that they return live in the exchange's arena or in the
 * order. Nothing here keeps state.
 */
#ifndef PROVIDERS_FUNGIES_FUNGIES_H
#define PROVIDERS_FUNGIES_FUNGIES_H

#include "model/provider.h"

enum fungies_knob {
    KNOB_MISSING_SECRET,
    KNOB_HASH_PREFIX,
    KNOB_UUID_CASE,
    KNOB_BAD_ID,
    KNOB_STRICT_BODY,
    KNOB_415,
    KNOB_NOT_FOUND,
    KNOB_NOT_CANCELLABLE,
    KNOB_WRONG_METHOD,
    KNOB_PAID_CANCELLABLE,
    KNOB_FAILED_CANCELLABLE,
    KNOB_EXPIRED_CANCELLABLE,
    KNOB_REFUNDED_CANCELLABLE,
    KNOB_PARTIALLY_REFUNDED_CANCELLABLE,
    KNOB_SECOND_CANCEL,
    KNOB_TEXTS,
    KNOB_SUCCESS_STATUS,
    KNOB_STALE_STATUS_IN_ANSWER,
    KNOB_ID_ONLY,
    KNOB_NULL_USER_ID,
    KNOB_SCHEMA,
    KNOB_EMIT_HASH,
};

enum { TEXTS_OWN, TEXTS_SAMPLE, TEXTS_REASON_PHRASE };
enum { SCHEMA_GIVEN, SCHEMA_NEWER };

/* The choices of `success_status`: the words themselves. Ended by NULL. */
extern const char *const fungies_success_words[];
/* The eight status words, which are the states. Ended by NULL. */
extern const char *const fungies_states[];

/* Answers 200 {"status":"success","data":…}; takes `data`. */
void fungies_answer(struct exchange *x, cJSON *data);
/* Answers {"status":"error","error":{"message":…}} with the text that the knob `texts` asks for. Returns STEP_REPLY. */
enum step fungies_refuse(struct exchange *x, int status, const char *message, const struct reason *why);
/* The order as the knobs of this session show it. */
cJSON *fungies_show_order(struct exchange *x, const struct order *order) WARN_UNUSED;
/* Its number as the answers write it: with or without '#'. */
const char *fungies_shown_number(struct exchange *x, const struct order *order);

extern const struct shape fungies_document_shape[];
cJSON *fungies_blank(struct session *session) WARN_UNUSED;
void fungies_dress(struct order *order, int64_t now_us);
void fungies_identify(struct order *order);
/* The number without the leading '#' that it may have. */
const char *fungies_bare_number(const char *number);
/* ASCII letters to lower case, in place. */
void fungies_lower(char *text);

/* Refuses a cancel for its body, or lets it pass; what passes and is odd leaves a reason. */
enum step fungies_check_body(struct exchange *x);

enum step fungies_validate_list(struct exchange *x);
void fungies_render_list(struct exchange *x);

#endif
