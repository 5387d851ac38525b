/*
 * How answers leave: what is refused, a 200 and a 201, one order.
 *
 * Refusals have two shapes (6): a list of codes for access and lookup, an object of lists for validation. The vendor's
 * framework writes `&`, `<` and `>` as escapes in every JSON text of a success and names each with a weak ETag grown
 * from its bytes, so two equal answers have equal tags and a client may ask with If-None-Match.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "base/instant.h"
#include "base/text.h"
#include "providers/zaikio/zaikio.h"

/* ── Errors (6) ────────────────────────────────────────────────────────────────────────────────────────────────── */

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

/* "canceled by consumer" for "canceled_by_consumer". */
static const char *in_words(struct exchange *x, const char *name)
{
    char *words = arena_dup(x->arena, name);
    for (char *c = words; *c != '\0'; c++)
        if (*c == '_')
            *c = ' ';
    return words;
}

cJSON *zaikio_error_transition(struct exchange *x, const char *event, const char *state)
{
    static const char *const fields[] = {
        [TRANSITION_FIELD_STATE_EVENT] = "state_event",
        [TRANSITION_FIELD_STATE] = "state",
        [TRANSITION_FIELD_BASE] = "base",
    };
    static_assert(COUNT_OF(fields) == TRANSITION_FIELD_COUNT, "a member for each choice");
    bool via = exchange_knob(x, KNOB_TRANSITION_TEXT) == TRANSITION_TEXT_VIA;
    const char *text = via ? arena_print(x->arena, "cannot transition via \"%s\"", in_words(x, event))
                           : arena_print(x->arena, "cannot transition when %s", in_words(x, state));
    return zaikio_error_field(fields[exchange_knob(x, KNOB_TRANSITION_FIELD)], text);
}

/* ── Refusals (6) ──────────────────────────────────────────────────────────────────────────────────────────────── */

void zaikio_name_request(struct exchange *x)
{
    char id[UUID_TEXT_MAX], digits[6];
    exchange_uuid(x, id);
    reply_header(x, "X-Request-Id", id); /* good or bad, an answer names its request (5, 10 ZAI-ERR-7) */
    exchange_characters(x, "0123456789", 5, digits);
    reply_header(x, "X-Runtime", arena_print(x->arena, "0.0%s", digits));
    reply_header(x, "Cache-Control", "no-cache"); /* of what has no ETag (5); a success says otherwise */
}

enum step zaikio_refuse_not_found(struct exchange *x, const struct reason *why)
{
    return exchange_refuse(x, 404, zaikio_error_list("not_found", NULL), why);
}

enum step zaikio_refuse_transition(struct exchange *x, const char *event, const char *state, const struct reason *why)
{
    return exchange_refuse(x, exchange_knob_status(x, KNOB_TRANSITION_STATUS), zaikio_error_transition(x, event, state),
                           why);
}

/* A Rails application has no 405: a path that it cannot route by method is a path that it does not know. */
void zaikio_refuse(struct exchange *x, enum refusal what)
{
    zaikio_name_request(x);
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

/* ── By status alone: for faults, and for what nobody could read (6) ───────────────────────────────────────────── */

static cJSON *body_of(int status)
{
    switch (status) {
    case 401:
        return zaikio_error_list("no_jwt_passed", NULL);
    case 403:
        return zaikio_error_list("invalid_jwt", NULL);
    case 404:
        return zaikio_error_list("not_found", NULL);
    case 413:
        return zaikio_error_list("payload_too_large", NULL);
    case 422:
        return zaikio_error_field("name", "can't be blank");
    default:
        return zaikio_error_field("base", "is invalid");
    }
}

/* The headers that the description shows of it, with its sample of a rule. */
static void answer_too_many(struct exchange *x)
{
    int64_t reset = exchange_now(x) / INSTANT_SECOND_US + 60;
    reply_header(x, "RateLimit-Reset", arena_print(x->arena, "%lld", (long long)reset));
    reply_header(x, "RateLimit-Rule", "300reqs/60s");
    reply_empty(x, 429);
}

/* What fails inside of a Rails application, or before it, is a page; a 429 has no body. */
void zaikio_answer_status(struct exchange *x, int status)
{
    zaikio_name_request(x);
    if (status == 429)
        answer_too_many(x);
    else if (status >= 500)
        reply_text(x, status, "text/html; charset=utf-8",
                   "<!DOCTYPE html>\n<html><head><title>We're sorry, but something went wrong</title></head>"
                   "<body><h1>We're sorry, but something went wrong.</h1></body></html>\n");
    else
        reply_json(x, status, body_of(status));
}

/* ── Answers (5) ───────────────────────────────────────────────────────────────────────────────────────────────── */

/* These bytes stand only within strings of a JSON text, so they can be replaced wherever they are. */
static const struct escape_row {
    const char *bytes;
    const char *escape;
} escape_rows[] = {
    {"&", "\\u0026"}, {"<", "\\u003c"}, {">", "\\u003e"}, {"\xe2\x80\xa8", "\\u2028"}, {"\xe2\x80\xa9", "\\u2029"},
};

static const struct escape_row *escape_at(const char *bytes)
{
    for (size_t i = 0; i < COUNT_OF(escape_rows); i++)
        if (strncmp(bytes, escape_rows[i].bytes, strlen(escape_rows[i].bytes)) == 0)
            return &escape_rows[i];
    return NULL;
}

static char *escape(const char *json)
{
    struct text text = TEXT_INIT(strlen(json) * 6 + 1);
    while (*json != '\0') {
        size_t plain = strcspn(json, "&<>\xe2");
        text_add_bytes(&text, json, plain);
        json += plain;
        const struct escape_row *row = escape_at(json);
        if (row != NULL) {
            text_add(&text, row->escape);
            json += strlen(row->bytes);
        } else if (*json != '\0') {
            text_add_char(&text, *json++);
        }
    }
    return text_take(&text);
}

/* W/"<32 hex>": two hashes of the bytes; the vendor's is an MD5, which no client can tell. */
static const char *weak_etag(struct exchange *x, const char *body)
{
    uint64_t first = id_hash(ID_HASH_START, body, strlen(body));
    uint64_t second = id_hash(UINT64_C(0x84222325cbf29ce4), body, strlen(body));
    return arena_print(x->arena, "W/\"%016llx%016llx\"", (unsigned long long)first, (unsigned long long)second);
}

/* If-None-Match: a list of tags, or a star; compared weakly (RFC 9110 section 8.8.3.2). */
static bool is_known(const char *list, const char *etag)
{
    if (list == NULL)
        return false;
    if (strcmp(list, "*") == 0)
        return true;
    const char *opaque = etag + strlen("W/");
    size_t length = strlen(opaque);
    for (const char *at = strstr(list, opaque); at != NULL; at = strstr(at + length, opaque))
        if (at[length] == '\0' || strchr(", \t", at[length]) != NULL)
            return true;
    return false;
}

void zaikio_answer(struct exchange *x, int status, char *json)
{
    char *body = escape(json);
    free(json);
    const char *etag = weak_etag(x, body);
    reply_header(x, "ETag", etag);
    reply_header(x, "Cache-Control", "max-age=0, private, must-revalidate");
    bool reads = strcmp(x->request.method, "GET") == 0 || exchange_is_head(x);
    bool unchanged =
        reads && exchange_knob_on(x, KNOB_NOT_MODIFIED) && is_known(exchange_header(x, "If-None-Match"), etag);
    /* 9 A17. Body and length of a 304 are left out (model/framing.h), as Rack leaves them out. */
    reply_text(x, unchanged ? 304 : status, unchanged ? NULL : x->provider->content_type, body);
    free(body);
}

/* ── One order ─────────────────────────────────────────────────────────────────────────────────────────────────── */

void zaikio_show(struct exchange *x, const cJSON *shown)
{
    char *json = json_write(shown);
    x->scratch = arena_dup(x->arena, json);
    free(json);
}

static void render(struct exchange *x, int status)
{
    const char *shown = x->scratch;
    zaikio_answer(x, status, shown != NULL ? mem_dup(shown) : json_write(x->order->document));
}

void zaikio_render_shown(struct exchange *x)
{
    render(x, 200);
}

void zaikio_render_created(struct exchange *x)
{
    render(x, 201);
}

/* ── How answers leave ─────────────────────────────────────────────────────────────────────────────────────────── */

/* 5: bodies came in chunks in some months, with a length in others. */
void zaikio_finish(struct exchange *x)
{
    x->reply.chunked = exchange_knob(x, KNOB_FRAMING) == FRAMING_IS_CHUNKED;
}
