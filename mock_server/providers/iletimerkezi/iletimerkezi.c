/*
 * iletiMerkezi SMS API: a customer calls back an order of text messages that was scheduled for later.
 *
 *     POST /v1/cancel-order/json      {"request":{"authentication":{"key":"…","hash":"…"},"order":{"id":"312891245"}}}
 *     200 {"response":{"status":{"code":200,"message":"İşlem başarılı"}}}
 *
 * Every answer, good or bad, has response.status; its code stands on the status line too, so that a client meets HTTP
 * statuses nobody registered (455, 456). Credentials are part of the body, hence the body is read before anybody is
 * known: parse, credentials, path and method, id, order, state (9.19).
 *
 *     scheduled ──dispatch──▶ sending ──complete──▶ completed
 *         ├────────fail──────────┴──────fail──────▶ failed
 *         └──── cancel ────▶ cancelled
 *
 * The window closes `close_window_seconds` before the time of the order. Nobody has to raise `dispatch` for that: from
 * that moment of the session's clock on an order in `scheduled` counts as `sending`, for a cancel and for a report.
 *
 * Oddities that are imitated: 455 says unknown, foreign, too late and cancelled before, all in one (6.1, 9.18); three
 * causes of a 401 that cannot be told apart (2); a report about a scheduled order is an error, 456 (9.7); a cancelled
 * order is reported like a failed one, 115 (9.8); the id is a string or an integer, of any length (4).
 *
 * Not imitated: XML, the reason phrase of the old back end (9.5; the transport writes it), send-sms and the other
 * endpoints of 3, webhooks (8.5), checking of anything that a client only sends too much.
 *
 * The numbers in comments are sections of the facts about this provider; "page" is the vendor's cancel-order page.
 */
#include <string.h>

#include "providers/iletimerkezi/iletimerkezi.h"
#include "providers/registry.h"
#include "support/number.h"

/* ── Knobs (9) ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *const http_modes[] = {"mirror", "generic_400", "always_200", NULL};
static const char *const code_types[] = {"int", "string", NULL};
static const char *const languages[] = {"tr", "en_mirror", NULL};
static const char *const reason_phrases[] = {"ascii", NULL};
static const char *const bad_id_codes[] = {"400", "422", "455", NULL};
static const char *const scheduled_reports[] = {"456", "113", NULL};
static const char *const cancelled_reports[] = {"115", "455", NULL};
static const char *const method_statuses[] = {"404", "405", NULL};

static const struct knob knobs[] = {
    [KNOB_HTTP_STATUS_MODE] = {"http_status_mode", http_modes, .clause = "9.1",
                               .meaning = "the HTTP status: the code of the body, 400 for every 45x, or always 200"},
    [KNOB_CODE_TYPE] = {"code_type", code_types, .clause = "9.2",
                        .meaning = "whether status.code is an integer or a string of digits"},
    [KNOB_MESSAGE_LANG] = {"message_lang", languages, .clause = "9.3",
                           .meaning = "messages as the API sends them, or as the English mirror of the docs has them"},
    [KNOB_ACCESS_OFF_MESSAGE] = {"access_off_message", iletimerkezi_access_off_messages, .clause = "9.4",
                                 .meaning = "the text of a 401 while API access is switched off"},
    [KNOB_REASON_PHRASE] = {"reason_phrase", reason_phrases, .clause = "9.5",
                            .meaning = "the words after the status code on the status line"},
    [KNOB_BAD_ID_CODE] = {"bad_id_code", bad_id_codes, .clause = "9.6",
                          .meaning = "the code for an order.id that is absent, empty or not all digits"},
    [KNOB_SCHEDULED_REPORT] = {"scheduled_report", scheduled_reports, .clause = "9.7",
                               .meaning = "what get-report says of an order whose time has not come"},
    [KNOB_CANCELLED_REPORT] = {"cancelled_report", cancelled_reports, .clause = "9.8",
                               .meaning = "what get-report says of a cancelled order"},
    [KNOB_REQUIRE_JSON_CONTENT_TYPE] = {"require_json_content_type", KNOB_ON_OFF, .clause = "9.13",
                                        .meaning = "whether a Content-Type other than application/json is a 400"},
    [KNOB_WRONG_METHOD_STATUS] = {"wrong_method_status", method_statuses, .clause = "9.14",
                                  .meaning = "the HTTP status for a method other than POST"},
    [KNOB_ACCEPT_TRAILING_SLASH] = {"accept_trailing_slash", KNOB_OFF_ON, .clause = "9.15",
                                    .meaning = "whether /cancel-order/json/ cancels too"},
    [KNOB_JSON_ESCAPE_UNICODE] = {"json_escape_unicode", KNOB_OFF_ON, .clause = "9.16",
                                  .meaning = "whether Turkish letters are written as \\u escapes"},
    [KNOB_RATE_LIMIT] = {"rate_limit", KNOB_OFF_ON, .clause = "9.17",
                         .meaning = "whether every call with valid credentials is over the limit: 429"},
    [KNOB_SEND_COOKIE] = {"send_cookie", KNOB_OFF_ON, .clause = "9.20",
                          .meaning = "whether answers set the session cookie emsid"},
    [KNOB_CLOSE_WINDOW_SECONDS] = {"close_window_seconds", .initial = 60, .least = 0, .most = 43200, .clause = "7",
                                   .meaning = "how long before its time an order can no longer be cancelled"},
    [KNOB_REFUND_ON_CANCEL] = {"refund_on_cancel", KNOB_ON_OFF, .clause = "7",
                               .meaning = "whether a cancel gives the price of the order back"},
};

/* ── States and events (7) ─────────────────────────────────────────────────────────────────────────────────────── */

static const char *const states[] = {"scheduled", "sending", "completed", "failed", "cancelled", NULL};

static const char *const from_scheduled[] = {"scheduled", NULL};
static const char *const from_sending[] = {"sending", NULL};
static const char *const from_unfinished[] = {"scheduled", "sending", NULL};

static const struct event events[] = {
    {"dispatch", "clock", from_scheduled, "sending", .meaning = "its time has come: the order is in the carrier queue"},
    {"complete", "carrier", from_sending, "completed", .meaning = "every message of the order is final"},
    {"fail", "carrier", from_unfinished, "failed", .meaning = "the order is rejected as a whole"},
    {.name = NULL},
};

/* ── Refusals (6) ──────────────────────────────────────────────────────────────────────────────────────────────── */

/* 9.15: its row in the table of routes counts only while the knob is on. */
static bool has_unwanted_slash(struct exchange *x)
{
    size_t length = strlen(x->inner_path);
    bool slash = length > 0 && x->inner_path[length - 1] == '/';
    return slash && exchange_knob(x, KNOB_ACCEPT_TRAILING_SLASH) == 0;
}

static enum step refuse_no_route(struct exchange *x)
{
    return iletimerkezi_refuse(x, 404,
                               &(struct reason){"6.1: no such endpoint", "path", "a path of section 3", x->inner_path});
}

/* 9.14: even under 405 the body is the one of 404, since the table of codes has no other. */
static void refuse_method(struct exchange *x, const char *allow)
{
    int status = exchange_knob(x, KNOB_WRONG_METHOD_STATUS) == METHOD_405 ? 405 : 404;
    if (status == 405)
        reply_header(x, "Allow", allow);
    iletimerkezi_answer(x, status, iletimerkezi_envelope(x, 404, iletimerkezi_message(x, 404)));
    exchange_give_reason(x, &(struct reason){"9.14: wrong method", "method", allow, x->request.method});
}

/* ── Authentication (2) ────────────────────────────────────────────────────────────────────────────────────────── */

static const struct shape credential_shape[] = {
    {"key", SHAPE_STRING},
    {"hash", SHAPE_STRING},
    SHAPE_END,
};

/* NULL unless the body is JSON with an object `request`. */
const cJSON *iletimerkezi_request(struct exchange *x)
{
    const cJSON *body = NULL;
    if (exchange_body(x, &body) != BODY_JSON)
        return NULL;
    const cJSON *request = json_member(body, "request");
    return cJSON_IsObject(request) ? request : NULL;
}

static const char *problem_of(struct exchange *x)
{
    const struct json_problem *problem = exchange_body_problem(x);
    return problem == NULL ? "empty" : problem->text;
}

/* 6.1: a body that cannot be parsed and a wrapper of another name are one mistake. */
static enum step parse(struct exchange *x)
{
    const char *type = exchange_header(x, "Content-Type");
    if (exchange_knob(x, KNOB_REQUIRE_JSON_CONTENT_TYPE) == ON && !exchange_content_is(x, "application/json"))
        return iletimerkezi_refuse(x, 400,
                                   &(struct reason){"9.13: Content-Type must be application/json", "Content-Type",
                                                    "application/json", type == NULL ? "absent" : type});
    if (exchange_body(x, NULL) != BODY_JSON)
        return iletimerkezi_refuse(x, 400, &(struct reason){"6.1: the body is JSON", "body", "JSON", problem_of(x)});
    const cJSON *request = iletimerkezi_request(x);
    if (request == NULL)
        return iletimerkezi_refuse(
            x, 400, &(struct reason){"4: one object `request` wraps everything", "request", "an object", "none"});
    const cJSON *pair = json_member(request, "authentication");
    static const char *const both[] = {"key", "hash"};
    for (size_t i = 0; i < COUNT_OF(both); i++)
        if (json_string(pair, both[i]) == NULL)
            return iletimerkezi_refuse(x, 400,
                                       &(struct reason){"4: request.authentication holds key and hash", both[i],
                                                        "a string",
                                                        json_member(pair, both[i]) == NULL ? "absent" : "no string"});
    return STEP_NEXT;
}

static enum step refuse_credentials(struct exchange *x, const char *field, const char *expected, const char *actual)
{
    return iletimerkezi_refuse(x, 401, &(struct reason){"2: a valid pair of key and hash", field, expected, actual});
}

/* 2: while the switch is off, every request of the account ends here. */
static enum step refuse_switched_off(struct exchange *x)
{
    int64_t text = exchange_knob(x, KNOB_ACCESS_OFF_MESSAGE);
    const char *message =
        text == ACCESS_OFF_DOCS ? iletimerkezi_message(x, 401) : iletimerkezi_access_off_messages[text];
    return iletimerkezi_refuse_saying(
        x, 401, message, &(struct reason){"2: Allow API access is on", "key", "an account with access on", "off"});
}

static const char *credential_shown(struct exchange *x)
{
    return json_string(json_member(iletimerkezi_request(x), "authentication"), "key");
}

static enum step authenticate(struct exchange *x)
{
    if (parse(x) == STEP_REPLY)
        return STEP_REPLY;
    const cJSON *pair = json_member(iletimerkezi_request(x), "authentication");
    const cJSON *credential = exchange_credential(x, "key", json_string(pair, "key")).entry;
    if (credential == NULL)
        return refuse_credentials(x, "key", "a key of this session", "an unknown key");
    const char *hash = json_string_or(json_member(credential, "values"), "hash", "");
    if (strcmp(hash, json_string(pair, "hash")) != 0) /* 9.11: compared as it is, never computed */
        return refuse_credentials(x, "hash", "the hash of this key", "another hash");

    const char *state = json_string_or(credential, "state", "valid");
    if (strcmp(state, "access_off") == 0)
        return refuse_switched_off(x);
    if (strcmp(state, "valid") != 0) /* ip_not_allowed: the caller's address is not on the account's list */
        return refuse_credentials(x, "key", "a valid pair", state);
    if (exchange_knob(x, KNOB_RATE_LIMIT) == 1)
        return iletimerkezi_refuse(x, 429, &(struct reason){"9.17: over the limit", "rate_limit", "off", "on"});
    x->credential = credential;
    x->account = json_string(credential, "account");
    return STEP_NEXT;
}

/* Stands below authenticate(), because an unknown path is told to known customers only (9.19). */
static void refuse(struct exchange *x, enum refusal what)
{
    if (what == REFUSAL_BODY_TOO_LARGE) {
        iletimerkezi_refuse(x, 400,
                            &(struct reason){"6.1: the body can be read", "body", "within the limit", "larger"});
        x->reply.status = 413; /* the documents know no limit: the body says 400, the status line what it is */
        return;
    }
    const char *allow = x->allowed;
    if (authenticate(x) == STEP_REPLY)
        return;
    if (what == REFUSAL_NO_ROUTE || has_unwanted_slash(x))
        refuse_no_route(x);
    else
        refuse_method(x, allow);
}

/* ── Cancel (4, 5) ─────────────────────────────────────────────────────────────────────────────────────────────── */

/* 4: a string of digits or an integer token; its digits are kept as written, leading zeros and all (ILM-REQ-4). */
static const char *digits_of(const cJSON *id)
{
    const char *text = cJSON_IsString(id) ? id->valuestring : json_number_text(id);
    return text != NULL && number_is_digits(text) ? text : NULL;
}

enum step iletimerkezi_read_id(struct exchange *x)
{
    static const int codes[] = {[BAD_ID_400] = 400, [BAD_ID_422] = 422, [BAD_ID_455] = 455};
    const cJSON *id = json_member(json_member(iletimerkezi_request(x), "order"), "id");
    const char *digits = digits_of(id);
    if (digits == NULL)
        return iletimerkezi_refuse(x, codes[exchange_knob(x, KNOB_BAD_ID_CODE)],
                                   &(struct reason){"9.6: request.order.id is required", "order.id",
                                                    "decimal digits, as a string or an integer",
                                                    exchange_describe(x, id)});
    x->order_key = arena_dup(x->arena, digits);
    return STEP_NEXT;
}

static enum step validate_cancel(struct exchange *x)
{
    if (has_unwanted_slash(x))
        return refuse_no_route(x);
    return iletimerkezi_read_id(x);
}

/* 9.18: nobody learns from the answer that the id is another customer's. */
bool iletimerkezi_is_own(struct exchange *x, const struct order *order)
{
    return order != NULL && strcmp(order->account, x->account) == 0;
}

enum step iletimerkezi_refuse_not_own(struct exchange *x, const struct order *order)
{
    if (order == NULL)
        return iletimerkezi_refuse(
            x, 455, &(struct reason){"6.1: unknown order", "order.id", "the id of an order", x->order_key});
    return iletimerkezi_refuse(
        x, 455, &(struct reason){"9.18: the order of another account", "order.id", x->account, order->account});
}

static enum step decide_cancel(struct exchange *x, const struct order *order, struct order **changed)
{
    if (!iletimerkezi_is_own(x, order))
        return iletimerkezi_refuse_not_own(x, order);
    if (!iletimerkezi_in_state(order, "scheduled")) /* 7: a second cancel too */
        return iletimerkezi_refuse(
            x, 455, &(struct reason){"7: not cancellable any more", "order.id", "scheduled", order->state});
    if (iletimerkezi_window_closed(x, order))
        return iletimerkezi_refuse(
            x, 455,
            &(struct reason){"7: the window has closed, the order counts as sending", "sendDateTime",
                             "more than close_window_seconds ahead",
                             exchange_describe(x, json_member(order->document, "sendDateTime"))});

    *changed = order_copy(order);
    order_enter(*changed, "cancelled", exchange_now(x));
    json_set_bool((*changed)->facts, "refunded", exchange_knob(x, KNOB_REFUND_ON_CANCEL) == ON);
    return STEP_NEXT;
}

/* The id stands in the body, as a string or as an integer of any size (4). */
static const char *order_named(struct exchange *x)
{
    const cJSON *id = json_member(json_member(iletimerkezi_request(x), "order"), "id");
    const char *digits = cJSON_IsString(id) ? id->valuestring : json_number_text(id);
    return digits == NULL ? "" : digits;
}

static void render_done(struct exchange *x)
{
    iletimerkezi_answer(x, 200, iletimerkezi_envelope(x, 200, iletimerkezi_message(x, 200)));
}

static const struct route routes[] = {
    {"POST", "/cancel-order/json", "cancel", validate_cancel, decide_cancel, render_done},
    {"POST", "/cancel-order/json/", "cancel", validate_cancel, decide_cancel, render_done}, /* 9.15 */
    {"POST", "/get-report/json", "get_report", iletimerkezi_validate_report, iletimerkezi_decide_report,
     iletimerkezi_render_report},
    {"POST", "/get-balance/json", "get_balance", NULL, NULL, iletimerkezi_render_balance},
    {.method = NULL},
};

static const char *const secret_headers[] = {"Authorization", "X-API-Hash", NULL};
static const char *const secret_members[] = {"key", "hash", NULL};

static const struct base_path bases[] = {{"/v1", NULL}, {NULL, NULL}};

const struct provider provider_iletimerkezi = {
    .name = "iletimerkezi",
    .title = "iletiMerkezi SMS API",
    .bases = bases,
    .content_type = "application/json",
    .routes = routes,
    .events = events,
    .states = states,
    .knobs = knobs,
    .knob_count = COUNT_OF(knobs),
    .id_member = "id",
    .secret_headers = secret_headers,
    .secret_members = secret_members,
    .document_shape = iletimerkezi_document_shape,
    .facts_shape = iletimerkezi_facts_shape,
    .credential_shape = credential_shape,
    .fixture_shape = iletimerkezi_fixture_shape,
    .refuse = refuse,
    .authenticate = authenticate,
    .credential_shown = credential_shown,
    .order_named = order_named,
    .blank = iletimerkezi_blank,
    .dress = iletimerkezi_dress,
    .identify = iletimerkezi_identify,
};
