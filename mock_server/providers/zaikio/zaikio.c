/*
 * Zaikio Procurement, consumers' API V1: a printer cancels an order that it placed with a supplier.
 *
 *     DELETE /consumers/api/v1/orders/{order_id}                                                       a draft: 204
 *     PATCH  /consumers/api/v1/orders/{order_id}   {"order":{"state_event":"cancel_by_consumer"}}      200, the order
 *     PATCH  /consumers/api/v1/orders/{order_id}   {"order":{"state_event":"request_cancelation"}}     200, the order
 *
 * Which of the three is right depends on the order's state, and a 200 to the last one cancels nothing: the supplier
 * decides, later. A client must read `state`. `errors` has two shapes: a list of codes for access and lookup, an object
 * of lists for validation.
 *
 *     draft ──place──▶ placed ──▶ transferred ──▶ confirmed ──▶ producing ──▶ partially_shipped ──▶ shipped
 *       │              │  └─▶ transfer_failed        │               │                 └─▶ …_remainder_canceled
 *     DELETE       cancel_by_consumer            └──── request_cancelation, if the supplier's policy allows
 *       ▼              ▼                                     ▼
 *      gone      canceled_by_consumer            cancelation_requested ──accepts──▶ canceled_by_supplier
 *                                                         └──refuses──▶ back among the regular states
 *
 * Oddities that are imitated: no token is a 401 but a bad one a 403 (2, 9 A4); a mistyped `state_event` is a 200 that
 * changes nothing (4); the writable time stamps do nothing (9 A14); a confirmed order may never have been transferred
 * (7); amounts of money are strings; `&`, `<` and `>` leave as \u0026, \u003c and \u003e (10 ZAI-TXT-1); the stamp of a
 * cancel is some milliseconds older than `updated_at` (5).
 *
 * Not imitated: TLS, real JSON Web Tokens and the Hub that issues them, V2, creating an order and changing what is in a
 * draft (such members are let through and change nothing), deliveries, events by webhook, rate limits (see faults).
 *
 * The numbers in comments are sections of the facts about this provider; "page" is the vendor's Canceling Orders page.
 */
#include "providers/zaikio/zaikio.h"

#include <string.h>

#include "support/ids.h"

/* ── Knobs (9) ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *const auth_style_choices[] = {"gem", "openapi", NULL};
static const char *const content_choices[] = {"treat_as_missing", "415", NULL};
static const char *const status_422_400[] = {"422", "400", NULL};
static const char *const status_422_403[] = {"422", "403", NULL};
static const char *const transition_status_choices[] = {"422", "400", "409", NULL};
static const char *const transition_field_choices[] = {"state_event", "state", "base", NULL};
static const char *const transition_text_choices[] = {"when", "via", NULL};
static const char *const repeat_choices[] = {"422", "200_same", NULL};
static const char *const answer_choices[] = {"new", "old", NULL};
static const char *const stamp_choices[] = {"kept", "cleared", NULL};
static const char *const refused_choices[] = {"before", "next", NULL};
static const char *const list_choices[] = {"oldest_first", "newest_first", NULL};

static const struct knob knobs[KNOB_COUNT] = {
    [KNOB_AUTH_STATUS_STYLE] = {"auth_status_style", auth_style_choices, .clause = "2, 9 A4",
                                .meaning = "statuses of a refused token: as the vendor's check answers (401 none, 403 "
                                           "else) or as the API description labels them (403 token, 401 scope)"},
    [KNOB_ERROR_DETAILS] = {"error_details", KNOB_ON_OFF, .clause = "2",
                            .meaning = "whether a second string explains unpermitted_scope and unpermitted_subject"},
    [KNOB_STRICT_SCHEMA] = {"strict_schema", KNOB_OFF_ON, .clause = "4",
                            .meaning = "whether an unknown member beside or in `order` is refused with 400"},
    [KNOB_BAD_CONTENT_TYPE] = {"bad_content_type", content_choices, .clause = "4",
                               .meaning = "what a PATCH without Content-Type: application/json leads to"},
    [KNOB_UNKNOWN_EVENT_STATUS] = {"unknown_event_status", status_422_400, .clause = "4, 6",
                                   .meaning = "status for a state_event that does not exist"},
    [KNOB_TRANSITION_STATUS] = {"transition_status", transition_status_choices, .clause = "6",
                                .meaning = "status for an event that the state or the policy forbids"},
    [KNOB_TRANSITION_FIELD] = {"transition_field", transition_field_choices, .clause = "6",
                               .meaning = "the member of `errors` that tells of a forbidden event"},
    [KNOB_TRANSITION_TEXT] = {"transition_text", transition_text_choices, .clause = "6",
                              .meaning = "its text: 'cannot transition when placed' or 'cannot transition via \"…\"'"},
    [KNOB_REPEAT_EVENT] = {"repeat_event", repeat_choices, .clause = "7",
                           .meaning = "what an event answers whose state is reached already"},
    [KNOB_CANCEL_FROM_TRANSFER_FAILED] = {"cancel_from_transfer_failed", KNOB_ON_OFF, .clause = "9 A1",
                                          .meaning = "whether cancel_by_consumer works from transfer_failed too"},
    [KNOB_REQUEST_WHEN_PLACED] = {"request_when_placed", KNOB_OFF_ON, .clause = "9 A12",
                                  .meaning = "whether request_cancelation works from placed"},
    [KNOB_REQUEST_WHEN_PARTIALLY_SHIPPED] = {"request_when_partially_shipped", KNOB_OFF_ON, .clause = "7, 9 A10",
                                             .meaning = "whether before_shipment includes partially_shipped"},
    [KNOB_NEVER_STATUS] = {"never_status", status_422_403, .clause = "9 A8",
                           .meaning = "status for request_cancelation under the policy never"},
    [KNOB_REQUEST_ANSWER_STATE] = {"request_answer_state", answer_choices, .clause = "9 A5",
                                   .meaning = "whether the 200 to request_cancelation shows the order after or before"},
    [KNOB_REFUSED_STAMP] = {"refused_stamp", stamp_choices, .clause = "9 A6",
                            .meaning = "what becomes of cancelation_requested_at when the supplier refuses; read when "
                                       "the cancelation is requested"},
    [KNOB_REFUSED_STATE] = {"refused_state", refused_choices, .clause = "9 A7",
                            .meaning = "where a refused request leads: the state before it or the next regular one; "
                                       "read when the cancelation is requested"},
    [KNOB_NOT_MODIFIED] = {"not_modified", KNOB_ON_OFF, .clause = "9 A17",
                           .meaning = "whether a GET with a matching If-None-Match is a 304"},
    [KNOB_LIST_ORDER] = {"list_order", list_choices, .clause = "8", .meaning = "which order comes first in the list"},
    [KNOB_LEGACY_PAGING] = {"legacy_paging", KNOB_OFF_ON, .clause = "8",
                            .meaning = "X-Total-Count and Link alone, as in 2021, instead of the three newer headers"},
};

/* ── States and events (7) ─────────────────────────────────────────────────────────────────────────────────────── */

static const char *const states[] = {
    "placed",
    "draft",
    "transferred",
    "transfer_failed",
    "confirmed",
    "producing",
    "partially_shipped",
    "partially_shipped_remainder_canceled",
    "shipped",
    "canceled_by_consumer",
    "cancelation_requested",
    "canceled_by_supplier",
    NULL,
};

static const char *const from_placed[] = {"placed", NULL};
static const char *const from_unconfirmed[] = {"placed", "transferred", NULL};
static const char *const from_confirmed[] = {"confirmed", NULL};
static const char *const from_producing[] = {"producing", NULL};
static const char *const from_made[] = {"producing", "partially_shipped", NULL};
static const char *const from_partially_shipped[] = {"partially_shipped", NULL};
static const char *const from_requested[] = {"cancelation_requested", NULL};

static const struct event events[] = {
    {"transfer", "system", from_placed, "transferred", .meaning = "the supplier receives the order"},
    {"transfer_failed", "system", from_placed, "transfer_failed",
     .meaning = "the order cannot be sent to the supplier"},
    {"confirm", "supplier", from_unconfirmed, "confirmed", .meaning = "the supplier confirms the order"},
    {"start_production", "supplier", from_confirmed, "producing", .meaning = "the supplier begins to produce"},
    {"ship_partially", "supplier", from_producing, "partially_shipped", .meaning = "a part of the order is sent"},
    {"ship", "supplier", from_made, "shipped", .meaning = "all of the order, or the rest of it, is sent"},
    {"cancel_remainder", "supplier", from_partially_shipped, "partially_shipped_remainder_canceled",
     .meaning = "the supplier will not send the rest"},
    {"supplier_accepts", "supplier", from_requested, "canceled_by_supplier",
     .meaning = "the supplier accepts the requested cancelation"},
    {"supplier_refuses", "supplier", from_requested, NULL, zaikio_apply_refusal,
     .meaning = "the supplier refuses it: the order goes on where it was"},
    {.name = NULL},
};

/* ── Refusals (6) ──────────────────────────────────────────────────────────────────────────────────────────────── */

cJSON *zaikio_error_list(const char *code, const char *detail)
{
    cJSON *body = cJSON_CreateObject();
    cJSON *errors = cJSON_AddArrayToObject(body, "errors");
    cJSON_AddItemToArray(errors, cJSON_CreateString(code));
    if (detail != NULL)
        cJSON_AddItemToArray(errors, cJSON_CreateString(detail));
    return body;
}

cJSON *zaikio_error_field(const char *field, const char *text)
{
    cJSON *body = cJSON_CreateObject();
    cJSON *errors = cJSON_AddObjectToObject(body, "errors");
    cJSON_AddItemToArray(cJSON_AddArrayToObject(errors, field), cJSON_CreateString(text));
    return body;
}

/* Every answer, good or bad, names its request (5, 10 ZAI-ERR-7). */
static void name_request(struct exchange *x)
{
    char id[UUID_TEXT_MAX];
    session_uuid(x->session, id);
    reply_header(x, "X-Request-Id", id);
}

enum step zaikio_refuse_not_found(struct exchange *x, const struct reason *why)
{
    return exchange_refuse(x, 404, zaikio_error_list("not_found", NULL), why);
}

static bool is_order_id(const char *text)
{
    return uuid_is_valid(text) && strpbrk(text, "ABCDEF") == NULL; /* the pattern is lower-case hex (4) */
}

enum step zaikio_check_order(struct exchange *x, const struct order *order)
{
    if (!is_order_id(x->order_key))
        return zaikio_refuse_not_found(
            x, &(struct reason){"6: the path holds a UUID", "order_id", "a UUID in lower case", x->order_key});
    if (order == NULL)
        return zaikio_refuse_not_found(
            x, &(struct reason){"6: order unknown or deleted", "order_id", "the id of an order", x->order_key});
    if (strcmp(order->account, x->account) != 0)
        return zaikio_refuse_not_found(
            x, &(struct reason){"6: the order of another organisation", "order_id", x->account, order->account});
    return STEP_NEXT;
}

/* A Rails application has no 405: a path that it cannot route by method is a path that it does not know. */
static void refuse(struct exchange *x, enum refusal what)
{
    name_request(x);
    switch (what) {
    case REFUSAL_NO_ROUTE: /* 9 A2: a wrong base ends here too */
        zaikio_refuse_not_found(x, &(struct reason){"3: no such endpoint", "path", NULL, x->inner_path});
        return;
    case REFUSAL_WRONG_METHOD:
        zaikio_refuse_not_found(x, &(struct reason){"3: wrong method", "method", x->allowed, x->request.method});
        return;
    case REFUSAL_BODY_TOO_LARGE:
        exchange_refuse(x, 413, zaikio_error_list("payload_too_large", NULL),
                        &(struct reason){"body larger than the limit", "body", NULL, NULL});
        return;
    }
}

/* ── Authentication (2) ────────────────────────────────────────────────────────────────────────────────────────── */

static const struct shape credential_shape[] = {
    {"token", SHAPE_STRING, .required = true},
    SHAPE_END,
};

static const char SEE_DOCS[] = "For more information check our docs: https://docs.zaikio.com/guide/oauth/scopes.html";

/* Which scopes, one of them, a call needs. What is not here needs none that is documented. */
static const struct scope_row {
    const char *operation;
    const char *narrow;
    const char *wide;
} scope_rows[] = {
    {"cancel", "procurement_consumer.orders.w", "procurement_consumer.orders.rw"},
    {"get_order", "procurement_consumer.orders.r", "procurement_consumer.orders.rw"},
    {"list_orders", "procurement_consumer.orders.r", "procurement_consumer.orders.rw"},
};

/* The vendor's check answers 401 only where there is no token; the API description swaps the labels (9 A4). */
static enum step refuse_token(struct exchange *x, int gem_status, const char *code, const struct reason *why)
{
    int status = exchange_knob(x, KNOB_AUTH_STATUS_STYLE) == AUTH_STYLE_OPENAPI ? 403 : gem_status;
    return exchange_refuse(x, status, zaikio_error_list(code, NULL), why);
}

static enum step refuse_permission(struct exchange *x, const char *code, const char *detail, const struct reason *why)
{
    int status = exchange_knob(x, KNOB_AUTH_STATUS_STYLE) == AUTH_STYLE_OPENAPI ? 401 : 403;
    bool details = exchange_knob(x, KNOB_ERROR_DETAILS) == 0;
    return exchange_refuse(x, status, zaikio_error_list(code, details ? detail : NULL), why);
}

/* "Organization" of "Organization/…" and of "Person/…>Organization/…". */
static const char *subject_type(struct exchange *x, const cJSON *credential)
{
    const char *subject = json_string_or(credential, "subject", "Organization/");
    const char *last = strrchr(subject, '>');
    const char *type = last == NULL ? subject : last + 1;
    return arena_dup_bytes(x->arena, type, strcspn(type, "/"));
}

static enum step check_subject(struct exchange *x, const cJSON *credential)
{
    const char *type = subject_type(x, credential);
    if (strcmp(type, "Organization") == 0)
        return STEP_NEXT;
    const char *detail = arena_print(
        x->arena, "Expected Subject Type: Organization | Subject type from Access Token: %s - %s", type, SEE_DOCS);
    return refuse_permission(
        x, "unpermitted_subject", detail,
        &(struct reason){"2: the bearer is an organisation", "Authorization", "the subject type Organization", type});
}

static bool has_scope(const cJSON *scopes, const char *wanted)
{
    const cJSON *scope = NULL;
    cJSON_ArrayForEach (scope, scopes) {
        if (cJSON_IsString(scope) && strcmp(scope->valuestring, wanted) == 0)
            return true;
    }
    return false;
}

static const char *scope_list(struct exchange *x, const cJSON *scopes)
{
    const char *list = "";
    const cJSON *scope = NULL;
    cJSON_ArrayForEach (scope, scopes) {
        if (cJSON_IsString(scope))
            list = arena_print(x->arena, "%s%s%s", list, *list == '\0' ? "" : ", ", scope->valuestring);
    }
    return list;
}

static enum step check_scope(struct exchange *x, const cJSON *credential)
{
    const cJSON *scopes = json_member(credential, "scopes");
    for (size_t i = 0; i < COUNT_OF(scope_rows); i++) {
        const struct scope_row *row = &scope_rows[i];
        if (strcmp(row->operation, x->route->operation) != 0)
            continue;
        if (has_scope(scopes, row->narrow) || has_scope(scopes, row->wide))
            return STEP_NEXT;
        const char *wanted = arena_print(x->arena, "%s, %s", row->narrow, row->wide);
        const char *given = scope_list(x, scopes);
        const char *detail = arena_print(x->arena,
                                         "This endpoint requires one of the following scopes: %s but your access token "
                                         "only includes the following scopes: %s - %s",
                                         wanted, given, SEE_DOCS);
        return refuse_permission(x, "unpermitted_scope", detail,
                                 &(struct reason){"2: scope missing", "Authorization", wanted, given});
    }
    return STEP_NEXT;
}

/* The token of "Bearer <token>", written just so; NULL for anything else. */
static const char *bearer_token(const struct exchange *x)
{
    static const char prefix[] = "Bearer ";
    const char *value = exchange_header(x, "Authorization");
    if (value == NULL || strncmp(value, prefix, sizeof prefix - 1) != 0 || value[sizeof prefix - 1] == '\0')
        return NULL;
    return value + sizeof prefix - 1;
}

/* Token, then subject, then scopes: the order of the vendor's own check. */
static enum step authenticate(struct exchange *x)
{
    name_request(x);
    const char *token = bearer_token(x);
    if (token == NULL)
        return refuse_token(x, 401, "no_jwt_passed",
                            &(struct reason){"2: every call carries a token", "Authorization", "Bearer <token>",
                                             exchange_header(x, "Authorization") == NULL ? "absent" : "another form"});
    struct credential_match match = exchange_credential(x, "token", token);
    const cJSON *credential = match.entry;
    const char *state = credential == NULL ? "unknown" : match.state;
    if (strcmp(state, "valid") != 0) {
        const char *code = strcmp(state, "expired") == 0 ? "jwt_expired" : "invalid_jwt";
        return refuse_token(x, 403, code,
                            &(struct reason){"2: the token is valid", "Authorization", "a valid token", state});
    }
    if (check_subject(x, credential) == STEP_REPLY || check_scope(x, credential) == STEP_REPLY)
        return STEP_REPLY;
    x->credential = credential;
    x->account = json_string(credential, "account");
    return STEP_NEXT;
}

static const char *credential_shown(struct exchange *x)
{
    return bearer_token(x);
}

/* ── Routes (3) ────────────────────────────────────────────────────────────────────────────────────────────────── */

bool zaikio_is_one_of(const char *word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcmp(*list, word) == 0)
            return true;
    return false;
}

/* A DELETE may have a body or none, so nobody looks (4). */
static const struct route routes[] = {
    {"PATCH", "/orders/{order_id}", "cancel", zaikio_validate_patch, zaikio_decide_patch, zaikio_render_shown},
    {"DELETE", "/orders/{order_id}", "cancel", NULL, zaikio_decide_delete, zaikio_render_deleted},
    {"GET", "/orders/{order_id}", "get_order", NULL, zaikio_decide_get, zaikio_render_shown},
    {"GET", "/orders", "list_orders", zaikio_validate_list, NULL, zaikio_render_list},
    {"GET", "/suppliers/{supplier_id}", "get_supplier", zaikio_validate_supplier, NULL, zaikio_render_shown},
    {"GET", "/contracts/{contract_id}", "get_contract", zaikio_validate_contract, NULL, zaikio_render_shown},
    {.method = NULL},
};

/* The page writes its paths without a base: "/orders/{id}". */
static const char *const secret_headers[] = {"Authorization", NULL};

static const struct base_path bases[] = {{"/consumers/api/v1", NULL}, {"", "/orders"}, {NULL, NULL}};

const struct provider provider_zaikio = {
    .name = "zaikio",
    .title = "Zaikio Procurement (consumers) API V1",
    .bases = bases,
    .content_type = "application/json; charset=utf-8",
    .routes = routes,
    .events = events,
    .states = states,
    .knobs = knobs,
    .knob_count = COUNT_OF(knobs),
    .id_member = "id",
    .secret_headers = secret_headers,
    .document_shape = zaikio_document_shape,
    .facts_shape = zaikio_facts_shape,
    .credential_shape = credential_shape,
    .fixture_shape = zaikio_fixture_shape,
    .refuse = refuse,
    .authenticate = authenticate,
    .credential_shown = credential_shown,
    .blank = zaikio_blank,
    .dress = zaikio_dress,
    .identify = zaikio_identify,
};
