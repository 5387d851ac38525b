/*
 * Dükkango's answers: one envelope for success and failure, what the refusals have in common, and those of the engine.
 *
 * The vendor's error codes are Turkish words; `eksik alan` (a field is missing) is also the code of a value that is out
 * of range, and only `message` tells the two apart (9 A4). A code comes with a message where the vendor's page shows
 * one, and without where it does not (6, notes).
 */
#include <string.h>

#include "providers/dukkango/dukkango.h"

const char DUKKANGO_MISSING_FIELD[] = "eksik alan";
const char DUKKANGO_NOT_AUTHORISED[] = "yetkisiz erişim";
const char DUKKANGO_ORDER_NOT_FOUND[] = "sipariş bulunamadı";
const char DUKKANGO_RESTAURANT_NOT_FOUND[] = "restoran bulunamadı";
const char DUKKANGO_BAD_URL[] = "URL hatalı";
const char DUKKANGO_TOO_MANY[] = "çok fazla istek";

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
    if (exchange_knob_status(x, knob) == 404)
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

/* ── What the engine refuses (6) ───────────────────────────────────────────────────────────────────────────────── */

static void refuse_method(struct exchange *x)
{
    int status = exchange_knob_status(x, KNOB_WRONG_METHOD_STATUS);
    if (status == 405)
        reply_header(x, "Allow", x->allowed);
    exchange_give_reason(x, &(struct reason){"3: wrong method", "method", x->allowed, x->request.method});
    if (exchange_knob(x, KNOB_WRONG_METHOD_BODY) == METHOD_BODY_EMPTY)
        reply_empty(x, status);
    else
        reply_json(x, status, dukkango_failure(DUKKANGO_BAD_URL, NULL));
}

/* 9 A18: one at the end, or two in a row. */
static bool has_odd_slash(const char *path)
{
    size_t length = strlen(path);
    return strstr(path, "//") != NULL || (length > 1 && path[length - 1] == '/');
}

void dukkango_refuse(struct exchange *x, enum refusal what)
{
    switch (what) {
    case REFUSAL_NO_ROUTE: /* 9 A18: a trailing or doubled slash ends here too */
        exchange_refuse(x, 404, dukkango_failure(DUKKANGO_BAD_URL, NULL),
                        &(struct reason){"3: no such endpoint", "path", NULL, x->inner_path,
                                         .knob = has_odd_slash(x->inner_path) ? "slash=ignored" : NULL});
        return;
    case REFUSAL_WRONG_METHOD:
        refuse_method(x);
        return;
    case REFUSAL_BODY_TOO_LARGE:
        exchange_refuse(x, 413, dukkango_failure(DUKKANGO_MISSING_FIELD, NULL),
                        &(struct reason){"body larger than the limit", "body", NULL, NULL});
        return;
    }
}

/* ── By status alone: for faults, and for what nobody could read (6) ─────────────────────────────────────────────── */

static const struct status_row {
    int status;
    const char *error, *message;
} status_rows[] = {
    {400, DUKKANGO_MISSING_FIELD, NULL},
    {401, DUKKANGO_NOT_AUTHORISED, NULL},
    {403, DUKKANGO_BAD_URL, NULL},
    {404, DUKKANGO_ORDER_NOT_FOUND, NULL},
    {405, DUKKANGO_BAD_URL, NULL},
    {422, DUKKANGO_MISSING_FIELD, "Invalid reason_id"},
    {429, DUKKANGO_TOO_MANY, "Çok fazla istek. Lütfen 30 saniye bekleyin."},
};

/* The documents have no body of a 5xx; the words are ours, the envelope is theirs. */
void dukkango_answer_status(struct exchange *x, int status)
{
    static const struct status_row server = {0, "sunucu hatası", NULL}, client = {0, DUKKANGO_BAD_URL, NULL};
    const struct status_row *row = status >= 500 ? &server : &client;
    for (size_t i = 0; i < COUNT_OF(status_rows); i++)
        if (status_rows[i].status == status)
            row = &status_rows[i];
    reply_json(x, status, dukkango_failure(row->error, row->message));
}
