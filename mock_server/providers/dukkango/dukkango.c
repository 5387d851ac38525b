/*
 * Dükkango Integration API: a restaurant's point of sale cancels an order that a customer placed on the platform.
 *
 *     PUT /api/integrations/orders/cancel/{payment_key}      Access-Token: …      {"reason_id": 3}
 *     200 {"status":true,"data":"OK"}
 *
 * Every answer is an envelope: {"status":true,"data":…} or {"status":false,"error":"code","message":"text"?}. The error
 * codes are Turkish, in UTF-8; two different mistakes in the body share one of them, and only `message` tells them
 * apart.
 *
 *     RECEIVED ──accept──▶ CONFIRMED ──ontheway──▶ IN_DELIVERY ──complete──▶ COMPLETE
 *         └────────────────────┴──── cancel ───────────┴──▶ CANCELED
 *
 * Oddities that are imitated: the path parameter is called order_id and means the payment_key (9 A1); an invalid value
 * carries the code for a missing field (9 A4); `total` is a number while `discount` is a string (9 A11); a second
 * cancel finds no order (7, 9 A6).
 *
 * Not imitated: TLS, menus and restaurants' opening hours, the item list of an order (the vendor's page is cut off
 * before it), rate limits of other routes.
 *
 * The numbers in comments are sections of the facts about this provider; "page" is the vendor's Cancel Order page.
 */
#include <string.h>

#include "providers/registry.h"
#include "support/ids.h"
#include "support/instant.h"

/* ── Knobs (9) ─────────────────────────────────────────────────────────────────────────────────────────────────── */

enum {
    KNOB_CANCEL_WHEN_TERMINAL,
    KNOB_FOREIGN_ORDER,
    KNOB_NON_UUID_PATH,
    KNOB_MISSING_FIELD_STATUS,
    KNOB_MALFORMED_BODY,
    KNOB_BAD_CONTENT_TYPE,
    KNOB_COERCE_NUMERIC_STRING,
    KNOB_AUTH_MESSAGE,
    KNOB_ORDER_BEFORE_BODY,
};

enum { TERMINAL_404, TERMINAL_200_OK, TERMINAL_422, TERMINAL_409, TERMINAL_403 };
enum { STATUS_403, STATUS_404 };
enum { STATUS_422, STATUS_400 };
enum { CONTENT_TREAT_AS_MISSING, CONTENT_415, CONTENT_ACCEPT };
enum { AUTH_NONE, AUTH_GENERAL, AUTH_RESTAURANTS };

static const char *const terminal_choices[] = {"404", "200_ok", "422", "409", "403", NULL};
static const char *const status_403_404[] = {"403", "404", NULL};
static const char *const status_422_400[] = {"422", "400", NULL};
static const char *const content_choices[] = {"treat_as_missing", "415", "accept", NULL};
static const char *const auth_choices[] = {"none", "general", "restaurants", NULL};

static const struct knob knobs[] = {
    [KNOB_CANCEL_WHEN_TERMINAL] = {"cancel_when_terminal", terminal_choices, .clause = "7, 9 A6",
                                   .meaning = "what cancelling a cancelled or completed order answers"},
    [KNOB_FOREIGN_ORDER] = {"foreign_order", status_403_404, .clause = "9 A5",
                            .meaning = "status for an order of another restaurant"},
    [KNOB_NON_UUID_PATH] = {"non_uuid_path", status_403_404, .clause = "9 A2",
                            .meaning = "status when the path holds something that is no UUID"},
    [KNOB_MISSING_FIELD_STATUS] = {"missing_field_status", status_422_400, .clause = "9 A3",
                                   .meaning = "status for an absent reason_id"},
    [KNOB_MALFORMED_BODY] = {"malformed_body", status_422_400, .clause = "4 row 8",
                             .meaning = "status for a body that is no JSON object"},
    [KNOB_BAD_CONTENT_TYPE] = {"bad_content_type", content_choices, .clause = "4 row 9",
                               .meaning = "what a Content-Type other than application/json leads to"},
    [KNOB_COERCE_NUMERIC_STRING] = {"coerce_numeric_string", KNOB_OFF_ON, .clause = "4 row 4",
                                    .meaning = "whether \"3\" is taken as 3"},
    [KNOB_AUTH_MESSAGE] = {"auth_message", auth_choices, .clause = "2, 9 A10",
                           .meaning = "which message, if any, accompanies a 401"},
    [KNOB_ORDER_BEFORE_BODY] = {"order_before_body", KNOB_OFF_ON, .clause = "9 A15",
                                .meaning = "whether an unknown order is told before a bad body"},
};

/* ── States and events (7) ─────────────────────────────────────────────────────────────────────────────────────── */

static const char *const states[] = {"RECEIVED", "CONFIRMED", "IN_DELIVERY", "COMPLETE", "CANCELED", NULL};

static const struct status_row {
    const char *state;
    int id;
    const char *text;
} status_rows[] = {
    {"RECEIVED", 1, "Sipariş Geldi"}, {"CONFIRMED", 2, "Hazırlanıyor"}, {"IN_DELIVERY", 16, "Restoran Kuryeye Verildi"},
    {"COMPLETE", 5, "Teslim Edildi"}, {"CANCELED", 6, "İptal Edildi"},
};

static const char *const from_received[] = {"RECEIVED", NULL};
static const char *const from_confirmed[] = {"CONFIRMED", NULL};
static const char *const from_in_delivery[] = {"IN_DELIVERY", NULL};
static const char *const from_active[] = {"RECEIVED", "CONFIRMED", "IN_DELIVERY", NULL};

static const struct event events[] = {
    {"accept", "restaurant", from_received, "CONFIRMED", .meaning = "the restaurant accepts the order"},
    {"ontheway", "restaurant", from_confirmed, "IN_DELIVERY", .meaning = "the order is handed to the courier"},
    {"complete", "restaurant", from_in_delivery, "COMPLETE", .meaning = "the order is delivered"},
    {"platform_cancel", "platform", from_active, "CANCELED", .meaning = "the platform cancels the order by itself"},
    {.name = NULL},
};

/* ── Refusals (6) ──────────────────────────────────────────────────────────────────────────────────────────────── */

static const char MISSING_FIELD[] = "eksik alan";
static const char NOT_AUTHORISED[] = "yetkisiz erişim";
static const char NOT_FOUND[] = "sipariş bulunamadı";
static const char BAD_URL[] = "URL hatalı";

/* {"status":false,"error":…,"message":…}; the 401 and 404 of this route carry no message (6, notes). */
static cJSON *failure(const char *error, const char *message)
{
    cJSON *body = cJSON_CreateObject();
    json_set_bool(body, "status", false);
    json_set_string(body, "error", error);
    if (message != NULL)
        json_set_string(body, "message", message);
    return body;
}

static enum step refuse_not_found(struct exchange *x, const char *rule)
{
    return exchange_refuse(x, 404, failure(NOT_FOUND, NULL),
                           &(struct reason){rule, "order_id", "the payment_key of a known order", x->order_key});
}

static enum step refuse_bad_url(struct exchange *x, int status, const struct reason *why)
{
    if (status == 404)
        return exchange_refuse(x, 404, failure(NOT_FOUND, NULL), why);
    return exchange_refuse(x, status, failure(BAD_URL, NULL), why);
}

static enum step refuse_missing_reason(struct exchange *x, unsigned status_knob, const struct reason *why)
{
    int status = exchange_knob(x, status_knob) == STATUS_400 ? 400 : 422;
    return exchange_refuse(x, status, failure(MISSING_FIELD, "reason_id is required"), why);
}

static void refuse(struct exchange *x, enum refusal what)
{
    switch (what) {
    case REFUSAL_NO_ROUTE: /* 9 A18: a trailing or doubled slash ends here too */
        exchange_refuse(x, 404, failure(BAD_URL, NULL),
                        &(struct reason){"3: no such endpoint", "path", NULL, x->inner_path});
        return;
    case REFUSAL_WRONG_METHOD:
        reply_header(x, "Allow", x->allowed);
        exchange_refuse(x, 405, failure(BAD_URL, NULL),
                        &(struct reason){"3: wrong method", "method", x->allowed, x->request.method});
        return;
    case REFUSAL_BODY_TOO_LARGE:
        exchange_refuse(x, 413, failure(MISSING_FIELD, "reason_id is required"),
                        &(struct reason){"body larger than the limit", "body", NULL, NULL});
        return;
    }
}

/* ── Authentication (2) ────────────────────────────────────────────────────────────────────────────────────────── */

static const struct shape credential_shape[] = {
    {"access_token", SHAPE_STRING},
    {"app_secret_key", SHAPE_STRING},
    {"rest_secret_key", SHAPE_STRING},
    SHAPE_END,
};

static enum step refuse_token(struct exchange *x, const char *expected, const char *actual)
{
    static const char *const messages[] = {
        [AUTH_NONE] = NULL,
        [AUTH_GENERAL] = "Token expired or invalid",
        [AUTH_RESTAURANTS] = "Invalid or expired access token",
    };
    return exchange_refuse(
        x, 401, failure(NOT_AUTHORISED, messages[exchange_knob(x, KNOB_AUTH_MESSAGE)]),
        &(struct reason){"2: every call carries a valid Access-Token", "Access-Token", expected, actual});
}

static enum step authenticate(struct exchange *x)
{
    if (strcmp(x->route->operation, "login") == 0)
        return STEP_NEXT; /* every call except the login carries a token */
    const char *token = exchange_header(x, "Access-Token");
    if (token == NULL || *token == '\0')
        return refuse_token(x, "a token", "absent");
    struct credential_match match = exchange_credential(x, "access_token", token);
    if (match.entry == NULL)
        return refuse_token(x, "a token of this session", "an unknown token");
    if (strcmp(match.state, "valid") != 0)
        return refuse_token(x, "a valid token", match.state);
    x->credential = match.entry;
    x->account = json_string(match.entry, "account");
    return STEP_NEXT;
}

static const char *credential_shown(struct exchange *x)
{
    const cJSON *body = NULL;
    const char *token = exchange_header(x, "Access-Token");
    if (token != NULL)
        return token;
    exchange_body(x, &body);
    return json_string(body, "rest_secret_key");
}

/* ── Login (2) ─────────────────────────────────────────────────────────────────────────────────────────────────── */

#define ISTANBUL_MINUTES 180 /* 9 A16 */
#define TOKEN_LIFE_US    (INT64_C(24) * 60 * 60 * INSTANT_SECOND_US)

static enum step validate_login(struct exchange *x)
{
    const cJSON *body = NULL;
    exchange_body(x, &body);
    const char *application = json_string(body, "app_secret_key"), *restaurant = json_string(body, "rest_secret_key");
    if (application == NULL || restaurant == NULL) {
        const char *field = application == NULL ? "app_secret_key" : "rest_secret_key";
        int status = exchange_knob(x, KNOB_MISSING_FIELD_STATUS) == STATUS_400 ? 400 : 422;
        return exchange_refuse(x, status, failure(MISSING_FIELD, arena_print(x->arena, "%s is required", field)),
                               &(struct reason){"2: both keys are required strings", field, "a string", NULL});
    }
    const cJSON *credential = exchange_credential(x, "rest_secret_key", restaurant).entry;
    const char *known = json_string_or(json_member(credential, "values"), "app_secret_key", "");
    if (strcmp(known, application) != 0)
        return exchange_refuse(
            x, 401, failure(NOT_AUTHORISED, "Invalid credentials"),
            &(struct reason){"2: login with bad keys", "rest_secret_key", "keys of one account", NULL});
    x->credential = credential;
    x->account = json_string(credential, "account");
    return STEP_NEXT;
}

static void render_login(struct exchange *x)
{
    char date[INSTANT_TEXT_MAX];
    instant_write_local(exchange_now(x) + TOKEN_LIFE_US, ISTANBUL_MINUTES, date);
    cJSON *body = cJSON_CreateObject();
    json_set_bool(body, "status", true);
    cJSON *data = cJSON_AddObjectToObject(body, "data");
    json_set_string(data, "access_token", json_string(json_member(x->credential, "values"), "access_token"));
    json_set_string(data, "expiration_date", date);
    reply_json(x, 200, body);
}

/* ── Cancel (4, 5) ─────────────────────────────────────────────────────────────────────────────────────────────── */

/* What the body says of the reason. The table in 4 numbers the cases. */
static bool reason_is_valid(struct exchange *x, const cJSON *reason)
{
    int64_t id = 0;
    if (cJSON_IsString(reason) && exchange_knob(x, KNOB_COERCE_NUMERIC_STRING) == 1) {
        cJSON *number = json_read_text(reason->valuestring);
        bool valid = json_integral(number, &id) && id >= 1 && id <= 8;
        cJSON_Delete(number);
        return valid;
    }
    return json_integral(reason, &id) && id >= 1 && id <= 8; /* 3.0 is accepted as 3 (4 row 6) */
}

static enum step check_body(struct exchange *x)
{
    bool right_type = exchange_content_is(x, "application/json");
    if (!right_type && exchange_knob(x, KNOB_BAD_CONTENT_TYPE) != CONTENT_ACCEPT) {
        const struct reason why = {"4: Content-Type must be application/json", "Content-Type", "application/json",
                                   exchange_header(x, "Content-Type")};
        if (exchange_knob(x, KNOB_BAD_CONTENT_TYPE) == CONTENT_415)
            return exchange_refuse(x, 415, failure(MISSING_FIELD, "reason_id is required"), &why);
        return refuse_missing_reason(x, KNOB_MALFORMED_BODY, &why);
    }

    const cJSON *body = NULL;
    if (exchange_body(x, &body) != BODY_JSON || !cJSON_IsObject(body))
        return refuse_missing_reason(
            x, KNOB_MALFORMED_BODY,
            &(struct reason){"4: the body is one JSON object", "body", "a JSON object", exchange_describe(x, body)});
    const cJSON *reason = json_member(body, "reason_id");
    if (reason == NULL || cJSON_IsNull(reason))
        return refuse_missing_reason(x, KNOB_MISSING_FIELD_STATUS,
                                     &(struct reason){"4: reason_id is required", "reason_id", "an integer from 1 to 8",
                                                      exchange_describe(x, reason)});
    if (!reason_is_valid(x, reason))
        return exchange_refuse(x, 422, failure(MISSING_FIELD, "Invalid reason_id"), /* 9 A4 */
                               &(struct reason){"4: reason_id is one of the eight", "reason_id",
                                                "an integer from 1 to 8", exchange_describe(x, reason)});
    return STEP_NEXT;
}

static enum step validate_cancel(struct exchange *x)
{
    x->order_key = exchange_param(x, "order_id");
    return exchange_knob(x, KNOB_ORDER_BEFORE_BODY) == 1 ? STEP_NEXT : check_body(x);
}

static enum step refuse_terminal(struct exchange *x, const struct order *order)
{
    const struct reason why = {"7: not cancellable any more", "order_id", "RECEIVED, CONFIRMED or IN_DELIVERY",
                               order->state};
    switch (exchange_knob(x, KNOB_CANCEL_WHEN_TERMINAL)) {
    case TERMINAL_200_OK:
        exchange_give_reason(x, &why);
        return STEP_NEXT;
    case TERMINAL_422:
        return exchange_refuse(x, 422, failure(MISSING_FIELD, "Invalid order status"), &why);
    case TERMINAL_409:
        return exchange_refuse(x, 409, failure(NOT_FOUND, NULL), &why);
    case TERMINAL_403:
        return exchange_refuse(x, 403, failure(BAD_URL, NULL), &why);
    default: /* the only documented error of this route that does not blame the body */
        return exchange_refuse(x, 404, failure(NOT_FOUND, NULL), &why);
    }
}

static enum step decide_cancel(struct exchange *x, const struct order *order, struct order **changed)
{
    if (!uuid_is_valid(x->order_key)) {
        int status = exchange_knob(x, KNOB_NON_UUID_PATH) == STATUS_404 ? 404 : 403;
        return refuse_bad_url(
            x, status, &(struct reason){"9 A2: the path holds the payment_key", "order_id", "a UUID", x->order_key});
    }
    if (order == NULL || strcmp(order->id, x->order_key) != 0) /* 9 A1: only a payment_key matches */
        return refuse_not_found(x, "6: order not found");
    if (strcmp(order->account, x->account) != 0) {
        int status = exchange_knob(x, KNOB_FOREIGN_ORDER) == STATUS_404 ? 404 : 403;
        return refuse_bad_url(
            x, status,
            &(struct reason){"9 A5: the order of another restaurant", "order_id", x->account, order->account});
    }
    if (exchange_knob(x, KNOB_ORDER_BEFORE_BODY) == 1 && check_body(x) == STEP_REPLY)
        return STEP_REPLY;
    if (strcmp(order->state, "COMPLETE") == 0 || strcmp(order->state, "CANCELED") == 0)
        return refuse_terminal(x, order);

    *changed = order_copy(order);
    order_enter(*changed, "CANCELED", exchange_now(x));
    return STEP_NEXT;
}

static void render_ok(struct exchange *x)
{
    cJSON *body = cJSON_CreateObject();
    json_set_bool(body, "status", true);
    json_set_string(body, "data", "OK");
    reply_json(x, 200, body);
}

static const struct route routes[] = {
    {"POST", "/auth/login", "login", validate_login, NULL, render_login},
    {"PUT", "/orders/cancel/{order_id}", "cancel", validate_cancel, decide_cancel, render_ok},
    {.method = NULL},
};

/* ── Orders (8) ────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct shape customer_shape[] = {
    {"name", SHAPE_STRING},
    {"phone", SHAPE_STRING},
    SHAPE_END,
};

static const struct shape document_shape[] = {
    {"id", SHAPE_INTEGER},
    {"payment_key", SHAPE_STRING},
    {"status_id", SHAPE_INTEGER},
    {"status_text", SHAPE_STRING},
    {"shipping_method", SHAPE_STRING},
    {"payment_method", SHAPE_STRING},
    {"note", SHAPE_STRING},
    {"total", SHAPE_NUMBER},
    {"date", SHAPE_STRING},
    {"restaurant_id", SHAPE_STRING},
    {"restaurant_name", SHAPE_STRING},
    {"courier_type", SHAPE_STRING},
    {"discount", SHAPE_STRING}, /* 9 A11: a string, unlike total */
    {"courier_fee", SHAPE_NUMBER},
    {"order_tip", SHAPE_NUMBER},
    {"scheduled_date", SHAPE_STRING},
    {"customer", SHAPE_OBJECT, customer_shape},
    {"address", SHAPE_OBJECT},
    {"items", SHAPE_ARRAY},
    SHAPE_END,
};

static const struct shape reason_shape[] = {
    {"id", SHAPE_INTEGER, .required = true},
    {"reason", SHAPE_STRING, .required = true},
    SHAPE_END,
};

static const struct shape fixture_shape[] = {
    {"reasons", SHAPE_ARRAY, reason_shape, .required = true},
    SHAPE_END,
};

static const struct shape no_facts[] = {SHAPE_END};

static cJSON *blank(struct session *session)
{
    char key[UUID_TEXT_MAX], date[INSTANT_TEXT_MAX];
    session_uuid(session, key);
    instant_write_local(session_now(session), ISTANBUL_MINUTES, date);

    cJSON *order = cJSON_CreateObject();
    json_set_integer(order, "id", 1000 + session_next_number(session));
    json_set_string(order, "payment_key", key);
    json_set_integer(order, "status_id", 1);
    json_set_string(order, "status_text", "Sipariş Geldi");
    json_set_string(order, "shipping_method", "delivery");
    json_set_string(order, "payment_method", "Kredi Kartı"); /* the display name, not the key (9 A8) */
    json_set_string(order, "note", "");
    json_set(order, "total", json_new_number_text("1417.5"));
    json_set_string(order, "date", date);
    json_set_string(order, "restaurant_id", "6b0f2f0e-59a4-4f0b-9f57-0d8a5f3f9c11");
    json_set_string(order, "restaurant_name", "Çınaraltı Lokantası");
    json_set_string(order, "courier_type", "restaurant");
    json_set_string(order, "discount", "0.00");
    json_set_integer(order, "courier_fee", 0);
    json_set_integer(order, "order_tip", 0);
    json_set_string(order, "scheduled_date", "");
    cJSON *customer = cJSON_AddObjectToObject(order, "customer");
    json_set_string(customer, "name", "Ayşe Yılmaz");
    json_set_string(customer, "phone", "05321234567");
    cJSON *address = cJSON_AddObjectToObject(order, "address");
    json_set_string(address, "address", "Bağdat Caddesi 12, Kadıköy");
    json_set_string(address, "description", "");
    return order;
}

static void dress(struct order *order, int64_t now_us)
{
    (void)now_us;
    for (size_t i = 0; i < COUNT_OF(status_rows); i++)
        if (strcmp(status_rows[i].state, order->state) == 0) {
            json_set_integer(order->document, "status_id", status_rows[i].id);
            json_set_string(order->document, "status_text", status_rows[i].text);
        }
}

static void identify(struct order *order)
{
    order_set_id(order, json_string_or(order->document, "payment_key", ""));
}

static const char *const secret_headers[] = {"Access-Token", "Authorization", NULL};
static const char *const secret_members[] = {"app_secret_key", "rest_secret_key", NULL};

static const struct base_path bases[] = {{"/api/integrations", NULL}, {NULL, NULL}};

const struct provider provider_dukkango = {
    .name = "dukkango",
    .title = "Dükkango Integration API",
    .bases = bases,
    .content_type = "application/json",
    .routes = routes,
    .events = events,
    .states = states,
    .knobs = knobs,
    .knob_count = COUNT_OF(knobs),
    .id_member = "payment_key",
    .secret_headers = secret_headers,
    .secret_members = secret_members,
    .document_shape = document_shape,
    .facts_shape = no_facts,
    .credential_shape = credential_shape,
    .fixture_shape = fixture_shape,
    .refuse = refuse,
    .authenticate = authenticate,
    .credential_shown = credential_shown,
    .token_member = "access_token",
    .blank = blank,
    .dress = dress,
    .identify = identify,
};
