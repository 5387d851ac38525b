/*
 * Reading: how every 200 leaves, one order, and the list.
 *
 * The vendor's framework writes `&`, `<` and `>` as escapes in every JSON text and names each answer with a weak ETag
 * grown from its bytes, so two equal answers have equal tags and a client may ask with If-None-Match.
 */
#include <stdlib.h>
#include <string.h>

#include "model/session.h"
#include "model/store.h"
#include "providers/zaikio/zaikio.h"
#include "support/number.h"
#include "support/text.h"
#include "support/uri.h"

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

static uint64_t fnv1a(uint64_t hash, const char *text)
{
    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    return hash;
}

/* W/"<32 hex>": two hashes of the bytes; the vendor's is an MD5, which no client can tell. */
static const char *weak_etag(struct exchange *x, const char *body)
{
    uint64_t first = fnv1a(UINT64_C(0xcbf29ce484222325), body);
    uint64_t second = fnv1a(UINT64_C(0x84222325cbf29ce4), body);
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

void zaikio_answer(struct exchange *x, char *json)
{
    char *body = escape(json);
    free(json);
    const char *etag = weak_etag(x, body);
    reply_header(x, "ETag", etag);
    reply_header(x, "Cache-Control", "max-age=0, private, must-revalidate");
    bool unchanged = strcmp(x->request.method, "GET") == 0 && exchange_knob(x, KNOB_NOT_MODIFIED) == 0 &&
                     is_known(exchange_header(x, "If-None-Match"), etag);
    if (unchanged)
        reply_empty(x, 304); /* 9 A17 */
    else
        reply_text(x, 200, x->provider->content_type, body);
    free(body);
}

/* ── One order ─────────────────────────────────────────────────────────────────────────────────────────────────── */

void zaikio_show_as_is(struct exchange *x, const struct order *order)
{
    char *json = json_write(order->document);
    x->scratch = arena_dup(x->arena, json);
    free(json);
}

void zaikio_render_shown(struct exchange *x)
{
    const char *shown = x->scratch;
    zaikio_answer(x, shown != NULL ? mem_dup(shown) : json_write(x->order->document));
}

/* 9 A18: an order with this fact looks placed to its reader and is transferred before the reader can act on that. */
enum step zaikio_decide_get(struct exchange *x, const struct order *order, struct order **changed)
{
    x->scratch = NULL;
    if (zaikio_check_order(x, order) == STEP_REPLY)
        return STEP_REPLY;
    if (strcmp(order->state, "placed") != 0 || !json_true(order->facts, "transfers_after_read"))
        return STEP_NEXT;
    zaikio_show_as_is(x, order);
    *changed = order_copy(order);
    cJSON_DeleteItemFromObjectCaseSensitive((*changed)->facts, "transfers_after_read");
    order_enter(*changed, "transferred", exchange_now(x));
    return STEP_NEXT;
}

/* ── The list (8) ──────────────────────────────────────────────────────────────────────────────────────────────── */

#define PER_PAGE_MAX 100

struct list {
    const char *supplier_id, *state, *reference; /* NULL: any */
    int64_t page, per_page;
    int64_t total;
};

static bool read_count(struct exchange *x, const char *name, int64_t most, int64_t *out)
{
    const char *text = uri_query_value(x->arena, x->request.query, name);
    if (text == NULL || number_read(text, 1, most, out))
        return true;
    exchange_refuse(x, 400, zaikio_error_list(arena_print(x->arena, "%s is invalid", name), NULL),
                    &(struct reason){"6: bad page or per_page", name,
                                     most == PER_PAGE_MAX ? "an integer from 1 to 100" : "a positive integer", text});
    return false;
}

enum step zaikio_validate_list(struct exchange *x)
{
    struct list *list = arena_alloc(x->arena, sizeof *list);
    *list = (struct list){
        .supplier_id = uri_query_value(x->arena, x->request.query, "supplier_id"),
        .state = uri_query_value(x->arena, x->request.query, "state"),
        .reference = uri_query_value(x->arena, x->request.query, "reference"),
        .page = 1,
        .per_page = PER_PAGE_MAX,
    };
    x->scratch = list;
    bool fine =
        read_count(x, "page", INT32_MAX, &list->page) && read_count(x, "per_page", PER_PAGE_MAX, &list->per_page);
    return fine ? STEP_NEXT : STEP_REPLY;
}

static bool has_reference(const cJSON *document, const char *wanted)
{
    const cJSON *reference = NULL;
    cJSON_ArrayForEach (reference, json_member(document, "references")) {
        if (cJSON_IsString(reference) && strcmp(reference->valuestring, wanted) == 0)
            return true;
    }
    return false;
}

static bool is_listed(struct exchange *x, const struct list *list, const struct order *order)
{
    if (strcmp(order->account, x->account) != 0)
        return false;
    if (list->state != NULL && strcmp(list->state, order->state) != 0)
        return false;
    if (list->reference != NULL && !has_reference(order->document, list->reference))
        return false;
    if (list->supplier_id == NULL)
        return true;
    const char *supplier = zaikio_supplier_of(x, order);
    return supplier != NULL && strcmp(supplier, list->supplier_id) == 0;
}

/* The page's orders as a JSON array; counts all that are listed on the way. */
static cJSON *collect_page(struct exchange *x, struct list *list)
{
    size_t count = 0;
    const struct order **orders = exchange_orders(x, &count);
    bool newest_first = exchange_knob(x, KNOB_LIST_ORDER) == LIST_NEWEST_FIRST;
    int64_t first = (list->page - 1) * list->per_page;
    cJSON *page = cJSON_CreateArray();
    for (size_t i = 0; i < count; i++) {
        const struct order *order = orders[newest_first ? count - 1 - i : i];
        if (!is_listed(x, list, order))
            continue;
        if (list->total >= first && list->total < first + list->per_page)
            cJSON_AddItemToArray(page, cJSON_Duplicate(order->document, true));
        list->total++;
    }
    for (size_t i = 0; i < count; i++)
        order_drop(orders[i]);
    free(orders);
    return page;
}

/* The query as it came, without `page`: "state=placed&". */
static void add_other_parameters(struct text *text, const char *query)
{
    while (query != NULL && *query != '\0') {
        size_t length = strcspn(query, "&");
        if (length > 0 && strncmp(query, "page=", strlen("page=")) != 0) {
            text_add_bytes(text, query, length);
            text_add_char(text, '&');
        }
        query += length + (query[length] == '&' ? 1 : 0);
    }
}

static void add_link(const struct exchange *x, struct text *text, const char *relation, int64_t page)
{
    const char *host = exchange_header(x, "Host");
    text_add(text, text->length > 0 ? ", <" : "<");
    if (host != NULL)
        text_print(text, "http://%s", host);
    text_print(text, "%s?", x->request.path);
    add_other_parameters(text, x->request.query);
    text_print(text, "page=%lld>; rel=\"%s\"", (long long)page, relation);
}

/* Link (RFC 8288): the pages that are elsewhere, so a single page has none. */
static void set_link_header(struct exchange *x, const struct list *list, int64_t pages)
{
    struct text text = TEXT_INIT(64 * 1024);
    if (list->page > 1) {
        add_link(x, &text, "first", 1);
        add_link(x, &text, "prev", list->page - 1);
    }
    if (list->page < pages) {
        add_link(x, &text, "last", pages);
        add_link(x, &text, "next", list->page + 1);
    }
    if (text.length > 0 && !text.overflowed)
        reply_header(x, "Link", text_cstr(&text));
    text_release(&text);
}

static void set_count(struct exchange *x, const char *name, int64_t value)
{
    reply_header(x, name, arena_print(x->arena, "%lld", (long long)value));
}

void zaikio_render_list(struct exchange *x)
{
    struct list *list = x->scratch;
    cJSON *page = collect_page(x, list);
    int64_t pages = (list->total + list->per_page - 1) / list->per_page;
    set_link_header(x, list, pages);
    if (exchange_knob(x, KNOB_LEGACY_PAGING) == 1) {
        set_count(x, "X-Total-Count", list->total);
    } else {
        set_count(x, "Current-Page", list->page);
        set_count(x, "Total-Count", list->total);
        set_count(x, "Total-Pages", pages);
    }
    char *json = json_write(page);
    cJSON_Delete(page);
    zaikio_answer(x, json);
}
