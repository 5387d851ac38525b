/*
 * What the files of the Zaikio provider share: the numbers of its knobs, its two shapes of `errors`, its answers.
 *
 *     zaikio.c      essay, knobs, states and events, refusals, authentication, routes: begin there
 *     cancel.c      PATCH and DELETE of an order
 *     document.c    an order's JSON: shapes, a fresh one, stamps
 *     reads.c       how a 200 looks; one order, the list
 *     suppliers.c   suppliers, contracts and the cancelation policies
 *
 * Nothing outside this folder includes it.
 */
#ifndef PROVIDERS_ZAIKIO_ZAIKIO_H
#define PROVIDERS_ZAIKIO_ZAIKIO_H

#include "providers/registry.h"

/* ── Knobs, explained in zaikio.c ──────────────────────────────────────────────────────────────────────────────── */

enum {
    KNOB_AUTH_STATUS_STYLE,
    KNOB_ERROR_DETAILS,
    KNOB_STRICT_SCHEMA,
    KNOB_BAD_CONTENT_TYPE,
    KNOB_UNKNOWN_EVENT_STATUS,
    KNOB_TRANSITION_STATUS,
    KNOB_TRANSITION_FIELD,
    KNOB_TRANSITION_TEXT,
    KNOB_REPEAT_EVENT,
    KNOB_CANCEL_FROM_TRANSFER_FAILED,
    KNOB_REQUEST_WHEN_PLACED,
    KNOB_REQUEST_WHEN_PARTIALLY_SHIPPED,
    KNOB_NEVER_STATUS,
    KNOB_REQUEST_ANSWER_STATE,
    KNOB_REFUSED_STAMP,
    KNOB_REFUSED_STATE,
    KNOB_NOT_MODIFIED,
    KNOB_LIST_ORDER,
    KNOB_LEGACY_PAGING,
    KNOB_COUNT,
};

enum { AUTH_STYLE_GEM, AUTH_STYLE_OPENAPI };
enum { CONTENT_TREAT_AS_MISSING, CONTENT_415 };
enum { EVENT_STATUS_422, EVENT_STATUS_400 };
enum { TRANSITION_STATUS_422, TRANSITION_STATUS_400, TRANSITION_STATUS_409 };
enum { TRANSITION_FIELD_STATE_EVENT, TRANSITION_FIELD_STATE, TRANSITION_FIELD_BASE };
enum { TRANSITION_TEXT_WHEN, TRANSITION_TEXT_VIA };
enum { REPEAT_422, REPEAT_200_SAME };
enum { NEVER_STATUS_422, NEVER_STATUS_403 };
enum { ANSWER_NEW, ANSWER_OLD };
enum { STAMP_KEPT, STAMP_CLEARED };
enum { REFUSED_BEFORE, REFUSED_NEXT };
enum { LIST_OLDEST_FIRST, LIST_NEWEST_FIRST };

/* ── Refusals ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* {"errors":[code, detail]}: access and lookup. NULL leaves the detail out. */
cJSON *zaikio_error_list(const char *code, const char *detail) WARN_UNUSED;
/* {"errors":{field:[text]}}: validation. */
cJSON *zaikio_error_field(const char *field, const char *text) WARN_UNUSED;
/* 404, the same for everything that is not there. */
enum step zaikio_refuse_not_found(struct exchange *x, const struct reason *why);
/* STEP_NEXT when the order is there and belongs to the asking organisation; else 404. */
enum step zaikio_check_order(struct exchange *x, const struct order *order);

/* ── Answers ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* 200 with this JSON text, its ETag and the headers of a 200; 304 where a GET asks for that. Frees `json`. */
void zaikio_answer(struct exchange *x, char *json);
/* The JSON text that validate or decide left in x->scratch; where there is none, the order as it is now. */
void zaikio_render_shown(struct exchange *x);
/* Leaves `order` as it is now for zaikio_render_shown(), whatever it becomes. */
void zaikio_show_as_is(struct exchange *x, const struct order *order);

/* ── Routes ────────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_validate_patch(struct exchange *x);
enum step zaikio_decide_patch(struct exchange *x, const struct order *order, struct order **changed);
enum step zaikio_decide_delete(struct exchange *x, const struct order *order, struct order **changed);
void zaikio_render_deleted(struct exchange *x);

enum step zaikio_decide_get(struct exchange *x, const struct order *order, struct order **changed);
enum step zaikio_validate_list(struct exchange *x);
void zaikio_render_list(struct exchange *x);

enum step zaikio_validate_supplier(struct exchange *x);
enum step zaikio_validate_contract(struct exchange *x);

/* ── Suppliers ─────────────────────────────────────────────────────────────────────────────────────────────────── */

extern const struct shape zaikio_fixture_shape[];

/* `id` of the supplier behind the order's contract; NULL when provider.json knows no such contract. */
const char *zaikio_supplier_of(struct exchange *x, const struct order *order);
/* "always", "before_production", "before_shipment" or "never". */
const char *zaikio_policy_of(struct exchange *x, const struct order *order);

/* ── Orders ────────────────────────────────────────────────────────────────────────────────────────────────────── */

extern const struct shape zaikio_document_shape[];
extern const struct shape zaikio_facts_shape[];

cJSON *zaikio_blank(struct session *session) WARN_UNUSED;
void zaikio_dress(struct order *order, int64_t now_us);
void zaikio_identify(struct order *order);
/* The event supplier_refuses: back among the regular states (9 A6, A7). */
void zaikio_apply_refusal(struct session *session, struct order *copy, int64_t at_us);

/* True when `word` stands in `list`, which ends with NULL. */
bool zaikio_is_one_of(const char *word, const char *const *list);

#endif
