/*
 * Dükkango's answers: one envelope for success and failure, what the refusals have in common, and cooldowns.
 *
 * The vendor's error codes are Turkish words; `eksik alan` (a field is missing) is also the code of a value that is out
 * of range, and only `message` tells the two apart (9 A4). A code comes with a message where the vendor's page shows
 * one, and without where it does not (6, notes).
 */
#include "base/instant.h"
#include "providers/dukkango/dukkango.h"

const char DUKKANGO_MISSING_FIELD[] = "eksik alan";
const char DUKKANGO_NOT_AUTHORISED[] = "yetkisiz erişim";
const char DUKKANGO_ORDER_NOT_FOUND[] = "sipariş bulunamadı";
const char DUKKANGO_RESTAURANT_NOT_FOUND[] = "restoran bulunamadı";
const char DUKKANGO_BAD_URL[] = "URL hatalı";
static const char TOO_MANY[] = "çok fazla istek";

/* ── The envelope (1) ──────────────────────────────────────────────────────────────────────────────────────────── */

void dukkango_answer(struct exchange *x, cJSON *data)
{
    cJSON *body = cJSON_CreateObject();
    json_set_bool(body, "status", true);
    json_set(body, "data", data);
    reply_json(x, 200, body);
}

void dukkango_render_ok(struct exchange *x)
{
    dukkango_answer(x, cJSON_CreateString("OK"));
}

cJSON *dukkango_failure(const char *error, const char *message)
{
    cJSON *body = cJSON_CreateObject();
    json_set_bool(body, "status", false);
    json_set_string(body, "error", error);
    if (message != NULL)
        json_set_string(body, "message", message);
    return body;
}

/* ── Refusals (6) ──────────────────────────────────────────────────────────────────────────────────────────────── */

enum step dukkango_refuse_url(struct exchange *x, unsigned knob, const char *not_found, const struct reason *why)
{
    if (exchange_knob(x, knob) == STATUS_404)
        return exchange_refuse(x, 404, dukkango_failure(not_found, NULL), why);
    return exchange_refuse(x, 403, dukkango_failure(DUKKANGO_BAD_URL, NULL), why);
}

enum step dukkango_refuse_state(struct exchange *x, unsigned knob, const struct reason *why)
{
    switch (exchange_knob(x, knob)) {
    case STATE_200_OK:
        exchange_give_reason(x, why);
        return STEP_NEXT;
    case STATE_422:
        return exchange_refuse(x, 422, dukkango_failure(DUKKANGO_MISSING_FIELD, "Invalid order status"), why);
    case STATE_409:
        return exchange_refuse(x, 409, dukkango_failure(DUKKANGO_ORDER_NOT_FOUND, NULL), why);
    case STATE_403:
        return exchange_refuse(x, 403, dukkango_failure(DUKKANGO_BAD_URL, NULL), why);
    default: /* the only documented error of these routes that does not blame the body */
        return exchange_refuse(x, 404, dukkango_failure(DUKKANGO_ORDER_NOT_FOUND, NULL), why);
    }
}

/* ── Bodies (4) ────────────────────────────────────────────────────────────────────────────────────────────────── */

static cJSON *required(struct exchange *x, const char *field)
{
    return dukkango_failure(DUKKANGO_MISSING_FIELD, arena_print(x->arena, "%s is required", field));
}

static enum step refuse_body(struct exchange *x, unsigned status_knob, const char *field, const struct reason *why)
{
    return exchange_refuse(x, exchange_knob(x, status_knob) == STATUS_400 ? 400 : 422, required(x, field), why);
}

enum step dukkango_refuse_missing(struct exchange *x, const struct reason *why)
{
    return refuse_body(x, KNOB_MISSING_FIELD_STATUS, why->field, why);
}

static enum step check_content_type(struct exchange *x, const char *field)
{
    int64_t knob = exchange_knob(x, KNOB_BAD_CONTENT_TYPE);
    if (knob == CONTENT_ACCEPT || exchange_content_is(x, "application/json"))
        return STEP_NEXT;
    const struct reason why = {"4: Content-Type must be application/json", "Content-Type", "application/json",
                               exchange_header(x, "Content-Type")};
    if (knob == CONTENT_415)
        return exchange_refuse(x, 415, required(x, field), &why);
    return refuse_body(x, KNOB_MALFORMED_BODY, field, &why);
}

enum step dukkango_read_body(struct exchange *x, const char *field, const cJSON **body)
{
    const cJSON *tree = NULL;
    if (check_content_type(x, field) == STEP_REPLY)
        return STEP_REPLY;
    enum body_kind kind = exchange_body(x, &tree);
    if (kind != BODY_JSON || !cJSON_IsObject(tree)) {
        const char *actual = kind == BODY_BROKEN ? exchange_body_problem(x)->text : exchange_describe(x, tree);
        return refuse_body(x, KNOB_MALFORMED_BODY, field,
                           &(struct reason){"4: the body is one JSON object", "body", "a JSON object", actual});
    }
    *body = tree;
    return STEP_NEXT;
}

/* 3.0 is taken as 3 (4 row 6), "3" only where the knob says so (4 row 4). */
static bool read_integer(struct exchange *x, const cJSON *member, int64_t *value)
{
    if (!cJSON_IsString(member) || exchange_knob(x, KNOB_COERCE_NUMERIC_STRING) == OFF)
        return json_integral(member, value);
    cJSON *number = json_read_text(member->valuestring);
    bool fine = json_integral(number, value);
    cJSON_Delete(number);
    return fine;
}

enum step dukkango_check_field(struct exchange *x, const struct dukkango_field *field, int64_t *value)
{
    const cJSON *body = NULL;
    int64_t is = 0;
    if (dukkango_read_body(x, field->name, &body) == STEP_REPLY)
        return STEP_REPLY;
    const cJSON *member = json_member(body, field->name);
    struct reason why = {field->required, field->name, field->expected, exchange_describe(x, member)};
    if (member == NULL || cJSON_IsNull(member))
        return dukkango_refuse_missing(x, &why);
    if (!read_integer(x, member, &is) || is < field->least || is > field->most) {
        const char *message = arena_print(x->arena, "Invalid %s", field->name);
        why.rule = field->range;
        return exchange_refuse(x, 422, dukkango_failure(DUKKANGO_MISSING_FIELD, message), &why); /* 9 A4 */
    }
    if (value != NULL)
        *value = is;
    return STEP_NEXT;
}

/* ── Time ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static enum step refuse_too_early(struct exchange *x, int64_t seconds, int64_t left_us)
{
    long long left = (left_us + INSTANT_SECOND_US - 1) / INSTANT_SECOND_US, all = seconds;
    if (exchange_knob(x, KNOB_RETRY_AFTER) == ON)
        reply_header(x, "Retry-After", arena_print(x->arena, "%lld", left));
    const char *message = arena_print(x->arena, "Çok fazla istek. Lütfen %lld saniye bekleyin.", all);
    return exchange_refuse(x, 429, dukkango_failure(TOO_MANY, message),
                           &(struct reason){arena_print(x->arena, "6: one request in %lld seconds", all), NULL,
                                            arena_print(x->arena, "in %lld seconds", left), "now"});
}

/* What the cooldown is of: all tokens of the account, or the one that is shown. */
static const char *cooldown_of(const struct exchange *x)
{
    const char *token = exchange_header(x, DUKKANGO_TOKEN_HEADER);
    return exchange_knob(x, KNOB_COOLDOWN_OF) == COOLDOWN_OF_ACCOUNT || token == NULL ? "" : token;
}

enum step dukkango_check_cooldown(struct exchange *x, const char *name, int64_t seconds)
{
    if (seconds == 0)
        return STEP_NEXT;
    int64_t left_us = exchange_rate_limit_left(x, name, cooldown_of(x), seconds * INSTANT_SECOND_US);
    return left_us == 0 ? STEP_NEXT : refuse_too_early(x, seconds, left_us);
}

enum step dukkango_enter_cooldown(struct exchange *x, const char *name, int64_t seconds)
{
    if (seconds == 0)
        return STEP_NEXT;
    int64_t left_us = exchange_rate_limit(x, name, cooldown_of(x), seconds * INSTANT_SECOND_US);
    return left_us == 0 ? STEP_NEXT : refuse_too_early(x, seconds, left_us);
}

int dukkango_zone_minutes(const struct maker *maker)
{
    return maker_knob(maker, KNOB_ZONE) == ZONE_UTC ? 0 : 180;
}
