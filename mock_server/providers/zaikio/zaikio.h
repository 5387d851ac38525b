/*
 * What the files of the Zaikio provider share. The order is that of the arrows: a file calls only those above it.
 *
 *     knobs.c       what the documents leave open
 *     fixture.c     provider.json: suppliers, contracts, articles, credentials, cancelation policies
 *     money.c       prices as decimal texts
 *     members.c     what several objects of an order have: links, references, contract …
 *     line_items.c  line items: of a new order, and added to a draft
 *     order.c       an order's JSON: shape, a new one, its state, its names
 *     answers.c     how everything that is refused looks, a 200 and a 201; one order
 *     pages.c       the pages of a list
 *     request.c     what every body that changes something must be, and whose order a path names
 *     scopes.c      which scopes a token has, and which are asked for
 *     hub.c         the token endpoint of the identity provider
 *     access.c      tokens, subjects, scopes, the rate limit
 *     lifecycle.c   states, and what the supplier and the system do
 *     policy.c      when the supplier lets the consumer ask for a cancelation
 *     values.c      one value that is sent, and how mistakes are collected
 *     contents.c    what can be in a draft
 *     deliveries.c  deliveries, and what of the lines they hold
 *     draft.c       how all of it gets into a draft
 *     cancel.c      the consumer's events; PATCH and DELETE of an order
 *     create.c      POST of an order, of a line item, of a delivery
 *     reads.c       the other calls that only read
 *     parts.c       one part of an order by its own path
 *     v2.c          the second version of the API
 *     requirements.c  what V2 makes orders from
 *     requirement_reads.c    the calls that read such a material requirement
 *     requirement_changes.c  how one is made, changed, deleted, archived
 *     v2_create.c   POST of an order of V2
 *     suppliers.c   V2's suppliers
 *     zaikio.c      essay, routes, the provider: begin there
 *
 * What an order is made of is in contents.h, what it is made for in requirements.h. Trees that functions return are the
 * caller's; texts that they take are copied. Nothing here keeps state, and nothing outside this folder includes it.
 */
#ifndef PROVIDERS_ZAIKIO_ZAIKIO_H
#define PROVIDERS_ZAIKIO_ZAIKIO_H

#include "model/provider.h"
#include "providers/ask.h"

/* ── knobs.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

enum {
    KNOB_AUTH_STATUS_STYLE,
    KNOB_ERROR_DETAILS,
    KNOB_RATE_LIMIT,
    KNOB_EXPIRES_IN,
    KNOB_TOKEN_SCOPE,
    KNOB_STRICT_SCHEMA,
    KNOB_BAD_CONTENT_TYPE,
    KNOB_PUT,
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
    KNOB_SECOND_REQUEST,
    KNOB_NOT_MODIFIED,
    KNOB_LIST_ORDER,
    KNOB_LEGACY_PAGING,
    KNOB_CONTRACTS_PAGING,
    KNOB_FRAMING,
    KNOB_V2,
    KNOB_V2_CANCEL,
    KNOB_TRANSFER_PACE,
    KNOB_TRANSFER_FAILED_PACE,
    KNOB_CONFIRM_PACE,
    KNOB_START_PRODUCTION_PACE,
    KNOB_SHIP_PARTIALLY_PACE,
    KNOB_SHIP_PACE,
    KNOB_CANCEL_REMAINDER_PACE,
    KNOB_SUPPLIER_ACCEPTS_PACE,
    KNOB_SUPPLIER_REFUSES_PACE,
    KNOB_COUNT,
};

extern const struct knob zaikio_knobs[];

#define AUTH_STATUS_STYLE(CHOICE) CHOICE(AUTH_STYLE_GEM, "gem") CHOICE(AUTH_STYLE_OPENAPI, "openapi")
#define EXPIRES_IN(CHOICE)        CHOICE(EXPIRES_SECONDS, "seconds") CHOICE(EXPIRES_DATE_TIME, "date_time")
#define TOKEN_SCOPE(CHOICE)       CHOICE(TOKEN_SCOPE_ASKED, "asked") CHOICE(TOKEN_SCOPE_ALL, "all")
#define BAD_CONTENT_TYPE(CHOICE)  CHOICE(CONTENT_TREAT_AS_MISSING, "treat_as_missing") CHOICE(CONTENT_415, "415")
#define TRANSITION_FIELD(CHOICE)                                                                                       \
    CHOICE(TRANSITION_FIELD_STATE_EVENT, "state_event")                                                                \
    CHOICE(TRANSITION_FIELD_STATE, "state")                                                                            \
    CHOICE(TRANSITION_FIELD_BASE, "base")
#define TRANSITION_TEXT(CHOICE)     CHOICE(TRANSITION_TEXT_WHEN, "when") CHOICE(TRANSITION_TEXT_VIA, "via")
#define PUT_IS(CHOICE)              CHOICE(PUT_UNKNOWN, "404") CHOICE(PUT_AS_PATCH, "as_patch")
#define REPEAT_EVENT(CHOICE)        CHOICE(REPEAT_REFUSED, "422") CHOICE(REPEAT_WELCOME, "200_same")
#define REQUEST_WHEN_PLACED(CHOICE) CHOICE(PLACED_REFUSED, "422") CHOICE(PLACED_ALLOW, "allow")
/* The first has the status of any other forbidden event. */
#define NEVER_STATUS(CHOICE)         CHOICE(NEVER_STATUS_OF_ANY, "422") CHOICE(NEVER_STATUS_403, "403")
#define REQUEST_ANSWER_STATE(CHOICE) CHOICE(ANSWER_NEW, "new") CHOICE(ANSWER_OLD, "old")
#define REFUSED_STAMP(CHOICE)        CHOICE(STAMP_KEPT, "kept") CHOICE(STAMP_CLEARED, "cleared")
#define REFUSED_STATE(CHOICE)        CHOICE(REFUSED_NEXT, "next") CHOICE(REFUSED_BEFORE, "before")
#define SECOND_REQUEST(CHOICE)       CHOICE(SECOND_ALLOW, "allow") CHOICE(SECOND_REFUSED, "422")
#define LIST_ORDER(CHOICE)           CHOICE(LIST_OLDEST_FIRST, "oldest_first") CHOICE(LIST_NEWEST_FIRST, "newest_first")
#define FRAMING(CHOICE)              CHOICE(FRAMING_IS_LENGTH, "length") CHOICE(FRAMING_IS_CHUNKED, "chunked")
#define V2_CANCEL(CHOICE)            CHOICE(V2_CANCEL_BY_CONSUMER, "by_consumer") CHOICE(V2_CANCEL_OR_REQUEST, "or_request")

enum { AUTH_STATUS_STYLE(KNOB_NUMBER) };
enum { EXPIRES_IN(KNOB_NUMBER) };
enum { TOKEN_SCOPE(KNOB_NUMBER) };
enum { BAD_CONTENT_TYPE(KNOB_NUMBER) };
enum { TRANSITION_FIELD(KNOB_NUMBER) TRANSITION_FIELD_COUNT };
enum { TRANSITION_TEXT(KNOB_NUMBER) };
enum { PUT_IS(KNOB_NUMBER) };
enum { REPEAT_EVENT(KNOB_NUMBER) };
enum { REQUEST_WHEN_PLACED(KNOB_NUMBER) };
enum { NEVER_STATUS(KNOB_NUMBER) };
enum { REQUEST_ANSWER_STATE(KNOB_NUMBER) };
enum { REFUSED_STAMP(KNOB_NUMBER) };
enum { REFUSED_STATE(KNOB_NUMBER) };
enum { SECOND_REQUEST(KNOB_NUMBER) };
enum { LIST_ORDER(KNOB_NUMBER) };
enum { FRAMING(KNOB_NUMBER) };
enum { V2_CANCEL(KNOB_NUMBER) };

#define RATE_UNLIMITED 0 /* of the knob rate_limit */

/* ── fixture.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

extern const struct shape zaikio_fixture_shape[];
extern const struct shape zaikio_credential_shape[];

/* The last part of a credential's subject, "Organization/…" or "Person/…>Organization/…": up to its slash, or with `id`
 * what is behind it. */
const char *zaikio_subject_part(struct exchange *x, const cJSON *credential, bool id);
/* The id of the organisation that asks, from the subject of its credential, or for a person alone from the path, which
 * zaikio_v2_validate() has then looked at; "" when there is none. */
const char *zaikio_organisation(struct exchange *x);
/* The entry of provider.json's `list` that has `member` = `value`, or NULL. */
const cJSON *zaikio_find(struct exchange *x, const char *list, const char *member, const char *value);
/* The contract of that id when it is the asking organisation's; else NULL. */
const cJSON *zaikio_own_contract(struct exchange *x, const char *id);
/* The asking organisation's contract with this supplier, or NULL. */
const cJSON *zaikio_contract_with(struct exchange *x, const char *supplier_id);
/* Where its goods go when it does not say so, or NULL. */
const cJSON *zaikio_first_site(struct exchange *x);
/* The same for a site; NULL for NULL. */
const cJSON *zaikio_own_site(struct exchange *x, const char *id);
/* `id` of the supplier behind the order's contract; NULL when provider.json knows no such contract. */
const char *zaikio_supplier_of(struct exchange *x, const struct order *order);
/* "always", "before_production", "before_shipment" or "never". */
const char *zaikio_policy_of(struct exchange *x, const struct order *order);

/* ── order.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

extern const struct shape zaikio_document_shape[];
extern const struct shape zaikio_facts_shape[];

cJSON *zaikio_new_document(const struct maker *maker) WARN_UNUSED;
void zaikio_write_state(struct order *order, int64_t now_us);
void zaikio_read_names(struct order *order);
bool zaikio_is_uuid(const char *text); /* lower-case hex alone (4) */

/* ── answers.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* {"errors":[code, detail]}: access and lookup. NULL leaves the detail out. */
cJSON *zaikio_error_list(const char *code, const char *detail) WARN_UNUSED;
/* {"errors":{field:[text]}}: validation. */
cJSON *zaikio_error_field(const char *field, const char *text) WARN_UNUSED;
/* The same for an event that the state or the policy forbids, and the refusal that has it. */
cJSON *zaikio_error_transition(struct exchange *x, const char *event, const char *state) WARN_UNUSED;
enum step zaikio_refuse_transition(struct exchange *x, const char *event, const char *state, const struct reason *why);
/* 404, the same for everything that is not there. */
enum step zaikio_refuse_not_found(struct exchange *x, const struct reason *why);
/* X-Request-Id, X-Runtime and Cache-Control, which every answer has. */
void zaikio_name_request(struct exchange *x);
void zaikio_refuse(struct exchange *x, enum refusal what);
void zaikio_answer_status(struct exchange *x, int status);
void zaikio_finish(struct exchange *x);

/* This JSON text with its ETag and the headers of a success; 304 where a GET asks for that. Frees `json`. */
void zaikio_answer(struct exchange *x, int status, char *json);
/* Leaves this for zaikio_render_shown(). */
void zaikio_show(struct exchange *x, const cJSON *json);
/* The JSON text that validate or decide left in x->scratch; where there is none, the order as it is now. */
void zaikio_render_shown(struct exchange *x);
void zaikio_render_created(struct exchange *x);

/* ── pages.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

struct list_page {
    int64_t page, per_page;
    int64_t total; /* counted while the page is filled */
};

/* page and per_page of the query, or 400. */
enum step zaikio_read_page(struct exchange *x, struct list_page *page);
/* Whether the next of all entries stands on this page; counts it. */
bool zaikio_is_on_page(struct list_page *page);
/* The orders of who asks, oldest first; to be dropped together. */
const struct order **zaikio_orders_by_age(struct exchange *x, size_t *count) WARN_UNUSED;
void zaikio_drop_orders(const struct order **orders, size_t count);
/* The entries alone; and with the headers of paging. */
void zaikio_answer_entries(struct exchange *x, cJSON *entries);
void zaikio_answer_page(struct exchange *x, const struct list_page *page, cJSON *entries);

/* ── request.c ─────────────────────────────────────────────────────────────────────────────────────────────────── */

#define ZAIKIO_V2_BASE "/api"

/* True when `word` stands in `list`, which ends with NULL. */
bool zaikio_is_one_of(const char *word, const char *const *list);
/* STEP_NEXT when the body is {root: {…}}; members that `permitted` (ended by NULL) lacks are ignored, or refused where
 * the knob strict_schema says so. */
enum step zaikio_check_body(struct exchange *x, const char *root, const char *const *permitted);
/* What stands under the root member; after zaikio_check_body(). */
const cJSON *zaikio_change(struct exchange *x, const char *root);
/* STEP_NEXT when the order is there and belongs to the asking organisation; else 404. */
enum step zaikio_check_order(struct exchange *x, const struct order *order);

/* ── scopes.c ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What tells the scopes of this token, which is the `member` of a credential's values or was issued for it. */
const char *zaikio_scope_digits(const cJSON *credential, const char *member, const char *token);
/* Their names, ended by NULL. */
const char *const *zaikio_scopes(struct exchange *x, const cJSON *credential, const char *digits);
/* Adds "Org/<uuid>.<app>.<name>.<r|w|rw>" to `digits`, one for each scope of x->credential; NULL, or why it cannot. */
const char *zaikio_ask_scope(struct exchange *x, const char *asked, char *digits);

/* ── hub.c ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

bool zaikio_is_hub(const struct exchange *x);
enum step zaikio_authenticate_client(struct exchange *x);
const char *zaikio_client_shown(struct exchange *x);
enum step zaikio_validate_login(struct exchange *x);
void zaikio_render_login(struct exchange *x);

/* ── access.c ──────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_authenticate(struct exchange *x);
const char *zaikio_credential_shown(struct exchange *x);

/* ── lifecycle.c ───────────────────────────────────────────────────────────────────────────────────────────────── */

extern const char *const zaikio_states[];
extern const struct event zaikio_events[];

/* ── policy.c ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Whether it lets the consumer ask in this state; and the refusal when it does not. */
bool zaikio_policy_allows(struct exchange *x, const struct order *order);
enum step zaikio_check_policy(struct exchange *x, const struct order *order);

/* ── cancel.c ──────────────────────────────────────────────────────────────────────────────────────────────────── */

struct consumer_event {
    const char *name;
    /* Moves `copy`, which is the order as it is, or refuses; *moved stays false where a repeat is welcome. */
    enum step (*decide)(struct exchange *x, struct order *copy, bool *moved);
};

/* *event stays NULL when `word` is null or absent; STEP_REPLY when it names none. */
enum step zaikio_find_event(struct exchange *x, const cJSON *word, const struct consumer_event **event);
enum step zaikio_place(struct exchange *x, struct order *copy, bool *moved);
enum step zaikio_cancel_by_consumer(struct exchange *x, struct order *copy, bool *moved);
enum step zaikio_request_cancelation(struct exchange *x, struct order *copy, bool *moved);

enum step zaikio_validate_patch(struct exchange *x);
enum step zaikio_decide_patch(struct exchange *x, const struct order *order, struct order **changed);
enum step zaikio_decide_delete(struct exchange *x, const struct order *order, struct order **changed);
void zaikio_render_deleted(struct exchange *x);

/* ── create.c ──────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_validate_create(struct exchange *x);
enum step zaikio_decide_create(struct exchange *x, const struct order *order, struct order **changed);
enum step zaikio_validate_new_line_item(struct exchange *x);
enum step zaikio_decide_new_line_item(struct exchange *x, const struct order *order, struct order **changed);
enum step zaikio_validate_new_delivery(struct exchange *x);
enum step zaikio_decide_new_delivery(struct exchange *x, const struct order *order, struct order **changed);

/* ── reads.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_decide_get(struct exchange *x, const struct order *order, struct order **changed);
enum step zaikio_validate_list(struct exchange *x);
void zaikio_render_list(struct exchange *x);
/* The list in another form, and with the drafts of the asking application alone where that form is V2's (8.3). */
void zaikio_answer_list(struct exchange *x, bool newest_first, cJSON *(*form)(struct exchange *, const struct order *));
/* A list without filters: leaves the page in x->scratch. */
enum step zaikio_validate_listing(struct exchange *x);
void zaikio_render_entries(struct exchange *x, const cJSON *entries);
enum step zaikio_decide_parts(struct exchange *x, const struct order *order, struct order **changed);
void zaikio_render_line_items(struct exchange *x);
void zaikio_render_deliveries(struct exchange *x);
enum step zaikio_validate_supplier(struct exchange *x);
void zaikio_render_suppliers(struct exchange *x);
enum step zaikio_validate_sku(struct exchange *x);
enum step zaikio_validate_sales_group(struct exchange *x);
enum step zaikio_validate_contract(struct exchange *x);
void zaikio_render_contracts(struct exchange *x);

/* ── parts.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_validate_part(struct exchange *x);
enum step zaikio_decide_part(struct exchange *x, const struct order *order, struct order **changed);
enum step zaikio_validate_part_change(struct exchange *x);
enum step zaikio_decide_part_change(struct exchange *x, const struct order *order, struct order **changed);
enum step zaikio_decide_part_delete(struct exchange *x, const struct order *order, struct order **changed);
/* What of the lines a delivery holds: all of it, and one more. */
enum step zaikio_validate_held_listing(struct exchange *x);
enum step zaikio_decide_held_listing(struct exchange *x, const struct order *order, struct order **changed);
void zaikio_render_held(struct exchange *x);
enum step zaikio_validate_new_held(struct exchange *x);
enum step zaikio_decide_new_held(struct exchange *x, const struct order *order, struct order **changed);

/* ── v2.c ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_v2_validate(struct exchange *x);
enum step zaikio_v2_decide_get(struct exchange *x, const struct order *order, struct order **changed);
enum step zaikio_v2_decide_place(struct exchange *x, const struct order *order, struct order **changed);
enum step zaikio_v2_decide_cancel(struct exchange *x, const struct order *order, struct order **changed);
void zaikio_v2_render(struct exchange *x);
void zaikio_v2_render_created(struct exchange *x);
enum step zaikio_v2_validate_list(struct exchange *x);
void zaikio_v2_render_list(struct exchange *x);

/* ── suppliers.c ───────────────────────────────────────────────────────────────────────────────────────────────── */

enum step zaikio_v2_validate_supplier(struct exchange *x);
void zaikio_v2_render_suppliers(struct exchange *x);

#endif
