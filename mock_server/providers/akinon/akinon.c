/*
 * Akinon Omnitron: the back office of a commerce platform cancels, or takes back, an order or some of its items.
 *
 *     POST /api/i1/orders/1883/cancel/      Authorization: Token …
 *     {"order":1883,"is_all":true,"cancel_items":[],"reasons":{"70193":12,"70194":12},"forced_refund_amount":null}
 *     200 {"pk":1883,…,"status":"50","cancel_status":"waiting",…}
 *
 * A 200 says that a plan was opened. The order is cancelled when the operator approves the plan:
 *
 *     approved, preparing … ──cancel──▶ cancellation_waiting ──approve──▶ canceled
 *     shipped, delivered …  ──cancel──▶ cancellation_waiting ──approve──▶ refunded
 *                                               └──────────── reject ───▶ the state before
 *
 * When only some items are chosen, they go to 50 and the order keeps its status; its `cancel_status` tells of the plan,
 * and approve_items or reject_items ends it. Whether a plan cancels or takes back follows from the items: what has left
 * the warehouse is a return (7).
 *
 * Answers look like Django REST framework's: `detail`, fields with arrays of texts, `non_field_errors`. Mistakes in the
 * body are 400, rules of the service 406 (9.8).
 *
 * Oddities that are imitated: a required field that must be null (9.3); a list that the table calls a dict (9.2); a
 * path without its slash is a redirect that turns many a POST into a GET (9.16); the same page writes /api/i1 and
 * /api/v1 (9.1); statuses are numbers in strings (9.11), amounts decimal strings (9.12).
 *
 * Not imitated: the other 18 cancellation strategies, cancellation requests of customers, payment plans, the detailed
 * order, changing an order, webhooks, what a refund adds up to (`refund_amount` stays), OPTIONS although Allow names
 * it.
 *
 * The numbers in comments are sections of the facts about this provider; "page" is the vendor's Order Cancellation
 * page.
 */
#include "providers/akinon/akinon.h"

#include <string.h>

/* ── Knobs (9) ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *const forced_choices[] = {"must_null", "allow_missing", "allow_decimal_string", NULL};
static const char *const clear_choices[] = {"{}", "{\"status\":\"success\"}", "empty body", "204", NULL};
static const char *const reasons_choices[] = {"all_items", "any", "optional", NULL};
static const char *const reason_choices[] = {"id_or_digit_string", "id", "any", NULL};
static const char *const service_choices[] = {"406", "400", "409", NULL};
static const char *const shape_choices[] = {"array_code", "string_error_code", "detail", NULL};
static const char *const cargo_choices[] = {"addon", "exclusive", "needs_selection", NULL};
static const char *const status_choices[] = {"code_string", "name", "code_number", NULL};
static const char *const amount_choices[] = {"decimal_string", "number", NULL};
static const char *const mismatch_choices[] = {"reject", "ignore", NULL};
static const char *const slash_choices[] = {"301", "404", "serve", NULL};
static const char *const plans_choices[] = {"one", "many", NULL};

#define HUNDRED_DAYS_MS INT64_C(8640000000)
#define HUNDRED_DAYS_S  INT64_C(8640000)

static const struct knob knobs[KNOB_COUNT] = {
    [KNOB_PATH_ALIASES] = {"path_aliases", KNOB_ON_OFF, .clause = "9.1, 9.20",
                           .meaning = "whether /api/v1 answers like /api/i1, with a note in the journal"},
    [KNOB_CANCEL_ITEMS_ACCEPT_OBJECT] = {"cancel_items_accept_object", KNOB_OFF_ON, .clause = "9.2",
                                         .meaning = "whether cancel_items may be an object whose names are item pks"},
    [KNOB_FORCED_REFUND] = {"forced_refund", forced_choices, .clause = "9.3",
                            .meaning = "what forced_refund_amount may be beside null"},
    [KNOB_CLEAR_RESPONSE] = {"clear_response", clear_choices, .clause = "9.4",
                             .meaning = "the short answer that return_details false asks for"},
    [KNOB_REASONS_WHEN_ALL] = {"reasons_when_all", reasons_choices, .clause = "9.6",
                               .meaning = "which reasons a cancel of the whole order needs: each, one, none"},
    [KNOB_REASON_VALUE] = {"reason_value", reason_choices, .clause = "9.7",
                           .meaning = "what a reason may be; `any` does not look it up"},
    [KNOB_SERVICE_ERROR_STATUS] = {"service_error_status", service_choices, .clause = "9.8, 9.19",
                                   .meaning = "status of a refusal by the service's rules"},
    [KNOB_ERROR_SHAPE] = {"error_shape", shape_choices, .clause = "9.8",
                          .meaning = "body of a refusal by the service's rules"},
    [KNOB_CARGO_REFUND] = {"cargo_refund", cargo_choices, .clause = "9.9",
                           .meaning = "is_cargo_refund: beside any cancel, only alone, only beside chosen items"},
    [KNOB_STATUS_STYLE] = {"status_style", status_choices, .clause = "9.11",
                           .meaning = "how answers write a status: \"50\", \"cancellation_waiting\" or 50"},
    [KNOB_AMOUNT_STYLE] = {"amount_style", amount_choices, .clause = "9.12",
                           .meaning = "how answers write amounts: \"286.10\" or 286.10"},
    [KNOB_AUTO_APPROVE_AFTER_MS] = {"auto_approve_after_ms", NULL, AUTO_APPROVE_OFF, AUTO_APPROVE_OFF, HUNDRED_DAYS_MS,
                                    "after how long a plan is approved by itself; -1: never, 0: in the same call",
                                    "9.14"},
    [KNOB_ORDER_MISMATCH] = {"order_mismatch", mismatch_choices, .clause = "9.15",
                             .meaning = "whether the body's order must be that of the path"},
    [KNOB_MISSING_SLASH] = {"missing_slash", slash_choices, .clause = "9.16",
                            .meaning = "what a path without its trailing slash answers"},
    [KNOB_ENFORCE_ERP_RULE] = {"enforce_erp_rule", KNOB_ON_OFF, .clause = "9.17",
                               .meaning = "whether an order that the ERP does not know yet can be refused"},
    [KNOB_TOKEN_TTL_S] = {"token_ttl_s", NULL, 0, 0, HUNDRED_DAYS_S,
                          "seconds that a key lives after its login; 0: for ever", "9.18"},
    [KNOB_PLANS_PER_ORDER] = {"plans_per_order", plans_choices, .clause = "9.21",
                              .meaning = "whether other items may be cancelled while a plan waits"},
};

/* ── States and events (7) ─────────────────────────────────────────────────────────────────────────────────────── */

#define STATE_NAME(state, code, starts) state,
static const char *const states[] = {AKINON_STATUSES(STATE_NAME) NULL};

#define STATUS_ROW(state, code, starts) {state, code, starts},
static const struct akinon_status statuses[] = {AKINON_STATUSES(STATUS_ROW)};

const struct akinon_status *akinon_status(const char *word)
{
    for (size_t i = 0; i < COUNT_OF(statuses); i++)
        if (strcmp(statuses[i].state, word) == 0 || strcmp(statuses[i].code, word) == 0)
            return &statuses[i];
    return NULL;
}

static const char *const from_waiting[] = {"waiting", NULL};
static const char *const from_payment_waiting[] = {"payment_waiting", NULL};
static const char *const from_confirmation_waiting[] = {"confirmation_waiting", NULL};
static const char *const from_approved[] = {"approved", NULL};
static const char *const from_preparing[] = {"preparing", NULL};
static const char *const from_shipped[] = {"shipped", NULL};
static const char *const from_on_the_way[] = {"shipped", "shipped_and_informed", NULL};
static const char *const from_carrier[] = {"shipped", "shipped_and_informed", "ready_for_pickup", "attempted_delivery",
                                           NULL};
static const char *const from_delivered[] = {"delivered", NULL};
static const char *const from_review_started[] = {"review_started", NULL};
static const char *const from_plan[] = {"cancellation_waiting", NULL};
static const char *const from_cancellable[] = {
    "waiting", "payment_waiting",      "confirmation_waiting", "approved",           "preparing",
    "shipped", "shipped_and_informed", "ready_for_pickup",     "attempted_delivery", "delivered",
    NULL,
};

static const struct event events[] = {
    {"request_payment", "shop", from_waiting, "payment_waiting", .meaning = "the order waits for its payment"},
    {"receive_payment", "payment", from_payment_waiting, "confirmation_waiting", .meaning = "the payment arrives"},
    {"confirm", "operator", from_confirmation_waiting, "approved", .meaning = "the operator confirms the order"},
    {"deactivate", "operator", from_approved, "inactive", .meaning = "the order is taken out of the flow"},
    {"prepare", "warehouse", from_approved, "preparing", .meaning = "the warehouse picks the items"},
    {"ship", "warehouse", from_preparing, "shipped", .meaning = "the parcel goes to the carrier"},
    {"inform", "shop", from_shipped, "shipped_and_informed", .meaning = "the customer gets the tracking number"},
    {"arrive_at_pickup", "carrier", from_on_the_way, "ready_for_pickup",
     .meaning = "the parcel lies at a pickup point"},
    {"attempt_delivery", "carrier", from_on_the_way, "attempted_delivery", .meaning = "nobody opened the door"},
    {"deliver", "carrier", from_carrier, "delivered", .meaning = "the parcel is handed over"},
    {"start_review", "operator", from_delivered, "review_started", .meaning = "somebody looks into the order"},
    {"wait_for_review", "operator", from_review_started, "review_waiting", .meaning = "the review waits for others"},
    {"approve", "operator", from_plan, NULL, akinon_approve,
     "the plan of the whole order is approved: canceled, or refunded when it was a return"},
    {"reject", "operator", from_plan, NULL, akinon_reject, "the plan of the whole order is rejected: as it was before"},
    {"await_payment", "operator", from_plan, NULL, akinon_await_payment,
     "a fund-transfer refund without an IBAN waits for payment"},
    {"approve_items", "operator", from_cancellable, NULL, akinon_approve,
     "the plan of some items is approved; the order keeps its status"},
    {"reject_items", "operator", from_cancellable, NULL, akinon_reject,
     "the plan of some items is rejected; they are as they were before"},
    {.name = NULL},
};

/* ── Refusals (6) ──────────────────────────────────────────────────────────────────────────────────────────────── */

cJSON *akinon_detail(const char *text)
{
    cJSON *body = cJSON_CreateObject();
    json_set_string(body, "detail", text);
    return body;
}

cJSON *akinon_field_error(const char *field, const char *text)
{
    cJSON *body = cJSON_CreateObject();
    cJSON_AddItemToArray(cJSON_AddArrayToObject(body, field), cJSON_CreateString(text));
    return body;
}

enum step akinon_refuse_not_found(struct exchange *x)
{
    const struct reason why = {"6: order id unknown or not visible", "order_id", "the pk of an order of this account",
                               x->order_key};
    return exchange_refuse(x, 404, akinon_detail("Not found."), &why);
}

enum step akinon_refuse_missing_slash(struct exchange *x)
{
    const struct reason why = {"9.16: every path ends in a slash", "path", "a trailing slash", x->inner_path};
    if (exchange_knob(x, KNOB_MISSING_SLASH) == SLASH_404)
        return exchange_refuse(x, 404, akinon_detail("Not found."), &why);
    const char *query = x->request.query;
    reply_header(
        x, "Location",
        arena_print(x->arena, "%s/%s%s", x->request.path, query == NULL ? "" : "?", query == NULL ? "" : query));
    reply_empty(x, 301);
    exchange_give_reason(x, &why);
    return STEP_REPLY;
}

static void refuse_method(struct exchange *x)
{
    size_t length = strlen(x->inner_path);
    bool slashed = length > 0 && x->inner_path[length - 1] == '/';
    if (!slashed && exchange_knob(x, KNOB_MISSING_SLASH) != SLASH_SERVE) {
        akinon_refuse_missing_slash(x);
        return;
    }
    const char *allowed = arena_print(x->arena, "%s, OPTIONS", x->allowed);
    const struct reason why = {"6: wrong method", "method", allowed, x->request.method};
    reply_header(x, "Allow", allowed);
    exchange_refuse(x, 405, akinon_detail(arena_print(x->arena, "Method \"%s\" not allowed.", x->request.method)),
                    &why);
}

static void refuse(struct exchange *x, enum refusal what)
{
    switch (what) {
    case REFUSAL_NO_ROUTE:
        exchange_refuse(x, 404, akinon_detail("Not found."),
                        &(struct reason){"3: no such endpoint", "path", NULL, x->inner_path});
        return;
    case REFUSAL_WRONG_METHOD:
        refuse_method(x);
        return;
    case REFUSAL_BODY_TOO_LARGE:
        exchange_refuse(x, 413, akinon_detail("Request body too large."),
                        &(struct reason){"body larger than the limit", "body", NULL, NULL});
        return;
    }
}

enum step akinon_check_json(struct exchange *x)
{
    if (!exchange_content_is(x, "application/json")) {
        const char *type = exchange_header(x, "Content-Type");
        const char *text = arena_print(x->arena, "Unsupported media type \"%s\" in request.", type == NULL ? "" : type);
        const struct reason why = {"4: Content-Type must be application/json", "Content-Type", "application/json",
                                   type == NULL ? "absent" : type};
        return exchange_refuse(x, 415, akinon_detail(text), &why);
    }
    if (exchange_body(x, NULL) != BODY_JSON) {
        const struct json_problem *problem = exchange_body_problem(x);
        const struct reason why = {"6: the body is JSON", "body", "JSON", problem == NULL ? "empty" : problem->text};
        return exchange_refuse(x, 400, akinon_detail("JSON parse error"), &why);
    }
    return STEP_NEXT;
}

const char *akinon_type_name(const cJSON *value)
{
    if (cJSON_IsObject(value))
        return "dict";
    if (cJSON_IsArray(value))
        return "list";
    if (cJSON_IsString(value))
        return "str";
    if (cJSON_IsBool(value))
        return "bool";
    if (cJSON_IsNumber(value))
        return strpbrk(json_number_text(value), ".eE") == NULL ? "int" : "float";
    return "NoneType";
}

/* ── Cancel (4, 5) ─────────────────────────────────────────────────────────────────────────────────────────────── */

/* Judges and changes `copy`, which is the order as of now. */
static enum step cancel(struct exchange *x, struct order *copy)
{
    struct cancel_request *request = NULL;
    if (akinon_read_cancel(x, copy, &request) == STEP_REPLY || akinon_check_rules(x, copy, request) == STEP_REPLY)
        return STEP_REPLY;
    akinon_open_plan(copy, request, exchange_now(x));
    if (akinon_plan_is_due(x, copy))
        akinon_approve(x->session, copy, exchange_now(x));
    x->scratch = request;
    return STEP_NEXT;
}

/* The body is read after the order was found (9.22), because its fields are checked against the order. */
static enum step decide_cancel(struct exchange *x, const struct order *order, struct order **changed)
{
    if (!akinon_is_visible(x, order))
        return akinon_refuse_not_found(x);
    struct order *copy = order_copy(order);
    if (akinon_plan_is_due(x, copy))
        akinon_approve(x->session, copy, exchange_now(x));
    if (cancel(x, copy) == STEP_REPLY) {
        order_drop(copy);
        return STEP_REPLY;
    }
    *changed = copy;
    return STEP_NEXT;
}

static void render_cancel(struct exchange *x)
{
    const struct cancel_request *request = x->scratch;
    if (request->return_details) {
        akinon_render_order(x);
        return;
    }
    int64_t form = exchange_knob(x, KNOB_CLEAR_RESPONSE);
    if (form == CLEAR_EMPTY_BODY || form == CLEAR_204) {
        reply_empty(x, form == CLEAR_204 ? 204 : 200);
        return;
    }
    cJSON *body = cJSON_CreateObject();
    if (form == CLEAR_STATUS_SUCCESS)
        json_set_string(body, "status", "success");
    reply_json(x, 200, body);
}

/* ── Routes (3) ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Each path stands here a second time without its slash: the redirect belongs to the operation that was meant, and the
 * knob missing_slash can serve it (access.c). */
static const struct route routes[] = {
    {"POST", "/auth/login/", "login", akinon_validate_login, NULL, akinon_render_login},
    {"POST", "/orders/{order_id}/cancel/", "cancel", akinon_check_json, decide_cancel, render_cancel},
    {"GET", "/orders/{order_id}/", "get_order", NULL, akinon_decide_get, akinon_render_order},
    {"GET", "/orders/", "list_orders", NULL, NULL, akinon_render_list},
    {"GET", "/channel/{channel_id}/cancellation_reasons/", "list_cancel_reasons", akinon_validate_reasons, NULL,
     akinon_render_reasons},
    {"POST", "/auth/login", "login", akinon_validate_login, NULL, akinon_render_login},
    {"POST", "/orders/{order_id}/cancel", "cancel", akinon_check_json, decide_cancel, render_cancel},
    {"GET", "/orders/{order_id}", "get_order", NULL, akinon_decide_get, akinon_render_order},
    {"GET", "/orders", "list_orders", NULL, NULL, akinon_render_list},
    {"GET", "/channel/{channel_id}/cancellation_reasons", "list_cancel_reasons", akinon_validate_reasons, NULL,
     akinon_render_reasons},
    {.method = NULL},
};

static const char *const secret_headers[] = {"Authorization", NULL};
static const char *const secret_members[] = {"username", "password", NULL};

static const struct base_path bases[] = {{"/api/i1", NULL}, {"/api/v1", NULL}, {NULL, NULL}};

const struct provider provider_akinon = {
    .name = "akinon",
    .title = "Akinon Omnitron API",
    .bases = bases,
    .content_type = "application/json",
    .routes = routes,
    .events = events,
    .states = states,
    .knobs = knobs,
    .knob_count = COUNT_OF(knobs),
    .id_member = "pk",
    .id_is_integer = true,
    .secret_headers = secret_headers,
    .secret_members = secret_members,
    .document_shape = akinon_document_shape,
    .facts_shape = akinon_facts_shape,
    .credential_shape = akinon_credential_shape,
    .fixture_shape = akinon_fixture_shape,
    .refuse = refuse,
    .authenticate = akinon_authenticate,
    .credential_shown = akinon_credential_shown,
    .token_member = "token",
    .blank = akinon_blank,
    .dress = akinon_dress,
    .identify = akinon_identify,
};
