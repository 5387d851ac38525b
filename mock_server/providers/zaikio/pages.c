/*
 * The pages of a list (8.1): a bare JSON array, with the pages told in headers.
 */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "base/uri.h"
#include "providers/zaikio/zaikio.h"

/* ── Which page (6) ────────────────────────────────────────────────────────────────────────────────────────────── */

#define PER_PAGE_MAX 100

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

enum step zaikio_read_page(struct exchange *x, struct list_page *page)
{
    *page = (struct list_page){.page = 1, .per_page = PER_PAGE_MAX};
    bool fine =
        read_count(x, "page", INT32_MAX, &page->page) && read_count(x, "per_page", PER_PAGE_MAX, &page->per_page);
    return fine ? STEP_NEXT : STEP_REPLY;
}

bool zaikio_is_on_page(struct list_page *page)
{
    int64_t at = page->total++, first = (page->page - 1) * page->per_page;
    return at >= first && at < first + page->per_page;
}

/* ── Orders by age ─────────────────────────────────────────────────────────────────────────────────────────────── */

struct aged {
    const struct order *order;
    const char *created_at; /* NULL: unknown, which comes last, as in the vendor's database */
    size_t at;
};

static int by_age(const void *left, const void *right)
{
    const struct aged *a = left, *b = right;
    int difference = (a->created_at == NULL) - (b->created_at == NULL);
    if (difference == 0 && a->created_at != NULL && b->created_at != NULL)
        difference = strcmp(a->created_at, b->created_at);
    return difference != 0 ? difference : (a->at > b->at) - (a->at < b->at);
}

const struct order **zaikio_orders_by_age(struct exchange *x, size_t *count)
{
    const struct order **orders = exchange_orders(x, count);
    struct aged *list = mem_zero(*count + 1, sizeof *list);
    for (size_t i = 0; i < *count; i++)
        list[i] = (struct aged){orders[i], json_string(orders[i]->document, "created_at"), i};
    qsort(list, *count, sizeof *list, by_age);
    for (size_t i = 0; i < *count; i++)
        orders[i] = list[i].order;
    free(list);
    return orders;
}

void zaikio_drop_orders(const struct order **orders, size_t count)
{
    for (size_t i = 0; i < count; i++)
        order_drop(orders[i]);
    free(orders);
}

/* ── Headers ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_parameter(const char *at, const char *name)
{
    return strncmp(at, name, strlen(name)) == 0;
}

/* The query as it came, without what tells the page: "state=placed&". */
static void add_other_parameters(struct text *text, const char *query, bool legacy)
{
    while (query != NULL && *query != '\0') {
        size_t length = strcspn(query, "&");
        bool other = !is_parameter(query, "page=") && (legacy || !is_parameter(query, "per_page="));
        if (length > 0 && other) {
            text_add_bytes(text, query, length);
            text_add_char(text, '&');
        }
        query += length + (query[length] == '&' ? 1 : 0);
    }
}

static void add_link(struct exchange *x, struct text *text, const struct list_page *list, const char *relation,
                     int64_t page)
{
    bool legacy = exchange_knob_on(x, KNOB_LEGACY_PAGING);
    text_print(text, "%s<%s?", text->length > 0 ? ", " : "", exchange_url(x));
    add_other_parameters(text, x->request.query, legacy);
    text_print(text, "page=%lld", (long long)page);
    if (!legacy) /* the form of August 2021 and later */
        text_print(text, "&per_page=%lld", (long long)list->per_page);
    text_print(text, ">; rel=\"%s\"", relation);
}

/* Link (RFC 8288): first and last always, as in all recordings; beyond the last page, the last one is the one before.
 */
static void set_link_header(struct exchange *x, const struct list_page *list, int64_t pages)
{
    struct text text = TEXT_INIT(64 * 1024);
    add_link(x, &text, list, "first", 1);
    if (list->page > 1)
        add_link(x, &text, list, "prev", list->page > pages ? pages : list->page - 1);
    if (list->page < pages)
        add_link(x, &text, list, "next", list->page + 1);
    add_link(x, &text, list, "last", pages);
    if (!text.overflowed)
        reply_header(x, "Link", text_cstr(&text));
    text_release(&text);
}

static void set_count(struct exchange *x, const char *name, int64_t value)
{
    reply_header(x, name, arena_print(x->arena, "%lld", (long long)value));
}

static void set_page_headers(struct exchange *x, const struct list_page *list)
{
    int64_t pages = list->total > 0 ? (list->total + list->per_page - 1) / list->per_page : 1;
    set_link_header(x, list, pages);
    if (exchange_knob_on(x, KNOB_LEGACY_PAGING)) {
        set_count(x, "X-Total-Count", list->total);
        return;
    }
    set_count(x, "Current-Page", list->page);
    set_count(x, "Total-Count", list->total);
    set_count(x, "Total-Pages", pages);
}

void zaikio_answer_entries(struct exchange *x, cJSON *entries)
{
    char *json = json_write(entries);
    cJSON_Delete(entries);
    zaikio_answer(x, 200, json);
}

void zaikio_answer_page(struct exchange *x, const struct list_page *list, cJSON *entries)
{
    set_page_headers(x, list);
    zaikio_answer_entries(x, entries);
}
