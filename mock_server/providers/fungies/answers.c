/*
 * What leaves on the wire: one envelope for success, one for every failure, those of the engine among them.
 *
 *     {"status":"success","data":{"order":{…}}}
 *     {"status":"error","error":{"message":"Order not found"}}
 *
 * There is no error code: the text is all that a client gets, and no contract (6). So the knob `texts` can replace
 * every text at once, to show whether a client goes by it; `error_form` moves it, `failure_under_200` hides it.
 */
#include "providers/fungies/fungies.h"

const char FUNGIES_ORDER_NOT_FOUND[] = "Order not found";

static const struct phrase_row {
    int status;
    const char *phrase;
} phrases[] = {
    {400, "Bad Request"},         {401, "Unauthorized"},           {403, "Forbidden"},
    {404, "Not Found"},           {405, "Method Not Allowed"},     {409, "Conflict"},
    {413, "Payload Too Large"},   {415, "Unsupported Media Type"}, {422, "Unprocessable Entity"},
    {429, "Too Many Requests"},   {500, "Internal Server Error"},  {502, "Bad Gateway"},
    {503, "Service Unavailable"}, {504, "Gateway Timeout"},
};

static const char *phrase_of(int status)
{
    for (size_t i = 0; i < COUNT_OF(phrases); i++)
        if (phrases[i].status == status)
            return phrases[i].phrase;
    return "Error";
}

static const char *text_for(const struct exchange *x, int status, const char *message)
{
    switch (exchange_knob(x, KNOB_TEXTS)) {
    case TEXTS_SAMPLE:
        return "Sample error message"; /* page Example of Error Response (400) */
    case TEXTS_REASON_PHRASE:
        return phrase_of(status);
    default:
        return message;
    }
}

/* Where the text stands (6): in error.message as the page has it, or as the vendor's clients also read it. */
static void put_message(const struct exchange *x, cJSON *body, const char *message)
{
    switch (exchange_knob(x, KNOB_ERROR_FORM)) {
    case ERROR_STRING:
        json_set_string(body, "error", message);
        return;
    case ERROR_TOP_LEVEL:
        json_set_string(body, "message", message);
        return;
    default:
        json_set_string(cJSON_AddObjectToObject(body, "error"), "message", message);
    }
}

static cJSON *failure(const struct exchange *x, int status, const char *message)
{
    cJSON *body = cJSON_CreateObject();
    json_set_string(body, "status", "error");
    put_message(x, body, text_for(x, status, message));
    return body;
}

enum step fungies_fail(struct exchange *x, int status, const char *message, const struct reason *why)
{
    int shown = exchange_knob_on(x, KNOB_FAILURE_UNDER_200) ? 200 : status; /* 9 A15 */
    return exchange_refuse(x, shown, failure(x, status, message), why);
}

enum step fungies_refuse_not_found(struct exchange *x, const char *message, const struct reason *why)
{
    return fungies_fail(x, exchange_knob_status(x, KNOB_NOT_FOUND), message, why);
}

void fungies_answer(struct exchange *x, cJSON *data)
{
    cJSON *body = cJSON_CreateObject();
    json_set_string(body, "status", fungies_knobs[KNOB_SUCCESS_STATUS].choices[exchange_knob(x, KNOB_SUCCESS_STATUS)]);
    json_set(body, "data", data);
    reply_json(x, 200, body);
}

const char *fungies_shown_number(struct exchange *x, const char *number)
{
    if (number == NULL || *number == '#' || !exchange_knob_on(x, KNOB_EMIT_HASH))
        return number;
    return arena_print(x->arena, "#%s", number);
}

/* ── What the engine refuses (6) ───────────────────────────────────────────────────────────────────────────────── */

/* `Can not PATCH /v0/nowhere`. The framework takes each byte of the target for one character of Latin-1, and
 * cuts a fragment off. */
static void refuse_route(struct exchange *x, const struct reason *why)
{
    struct text message = TEXT_INIT(8192);
    text_print(&message, "Can not %s %s", x->request.method, x->provider->bases[0].base);
    for (const char *c = x->inner_path; *c != '\0' && *c != '#'; c++) {
        unsigned byte = (unsigned char)*c;
        if (byte >= 0x80)
            text_add_char(&message, (char)(0xC0 | byte >> 6));
        text_add_char(&message, (char)(byte < 0x80 ? byte : (0x80 | (byte & 0x3F))));
    }
    fungies_fail(x, 404, text_cstr(&message), why);
    text_release(&message);
}

void fungies_refuse(struct exchange *x, enum refusal what)
{
    switch (what) {
    case REFUSAL_NO_ROUTE: /* 9 A19: a doubled /v0 ends here too */
        refuse_route(x, &(struct reason){"3: no such endpoint", "path", NULL, x->inner_path});
        return;
    case REFUSAL_WRONG_METHOD: {
        const struct reason why = {"3: wrong method", "method", x->allowed, x->request.method};
        if (exchange_knob_status(x, KNOB_WRONG_METHOD) == 404) {
            refuse_route(x, &why);
            return;
        }
        reply_header(x, "Allow", x->allowed);
        fungies_fail(x, 405, arena_print(x->arena, "%s is not allowed", x->request.method), &why);
        return;
    }
    case REFUSAL_BODY_TOO_LARGE:
        fungies_fail(x, 413, "request entity too large",
                     &(struct reason){"body larger than the limit", "body", NULL, NULL});
        return;
    }
}

/* ── By status alone: for faults, and for what nobody could read (6) ─────────────────────────────────────────────── */

static const struct phrase_row status_texts[] = {
    {400, "Order can not be cancelled"},
    {401, "Invalid public key"},
    {403, "Write access is required"},
    {404, FUNGIES_ORDER_NOT_FOUND},
};

static const char *status_text(int status)
{
    for (size_t i = 0; i < COUNT_OF(status_texts); i++)
        if (status_texts[i].status == status)
            return status_texts[i].phrase;
    return phrase_of(status);
}

void fungies_answer_status(struct exchange *x, int status)
{
    reply_json(x, status, failure(x, status, status_text(status)));
}
