/*
 * How a 200 and a 201 leave; one order.
 *
 * The vendor's framework writes `&`, `<` and `>` as escapes in every JSON text and names each answer with a weak ETag
 * grown from its bytes, so two equal answers have equal tags and a client may ask with If-None-Match.
 */
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "base/text.h"
#include "providers/zaikio/zaikio.h"

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
    bool unchanged = strcmp(x->request.method, "GET") == 0 && exchange_knob_on(x, KNOB_NOT_MODIFIED) &&
                     is_known(exchange_header(x, "If-None-Match"), etag);
    /* 9 A17. The transport leaves the body out of a 304 and counts it, as the 200 would have (RFC 9110 section 8.6). */
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

/* 9 A18: an order with this fact looks placed to its reader and is transferred before the reader can act on that. */
enum step zaikio_decide_get(struct exchange *x, const struct order *order, struct order **changed)
{
    x->scratch = NULL;
    if (zaikio_check_order(x, order) == STEP_REPLY)
        return STEP_REPLY;
    if (strcmp(order->state, "placed") != 0 || !json_true(order->facts, "transfers_after_read"))
        return STEP_NEXT;
    zaikio_show(x, order->document);
    *changed = order_copy(order);
    cJSON_DeleteItemFromObjectCaseSensitive((*changed)->facts, "transfers_after_read");
    order_enter(*changed, "transferred", exchange_now(x));
    return STEP_NEXT;
}
