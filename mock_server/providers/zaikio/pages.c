/*
 * The pages of a list (8): a bare JSON array, with the pages told in headers.
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

/* ── Headers ───────────────────────────────────────────────────────────────────────────────────────────────────── */

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

static void add_link(struct exchange *x, struct text *text, const char *relation, int64_t page)
{
    text_print(text, "%s<%s?", text->length > 0 ? ", " : "", exchange_url(x));
    add_other_parameters(text, x->request.query);
    text_print(text, "page=%lld>; rel=\"%s\"", (long long)page, relation);
}

/* Link (RFC 8288): the pages that are elsewhere, so a single page has none. In 2021 first and last always stood. */
static void set_link_header(struct exchange *x, const struct list_page *list, int64_t pages)
{
    struct text text = TEXT_INIT(64 * 1024);
    bool legacy = exchange_knob_on(x, KNOB_LEGACY_PAGING);
    if (list->page > 1 || legacy)
        add_link(x, &text, "first", 1);
    if (list->page > 1)
        add_link(x, &text, "prev", list->page - 1);
    if (list->page < pages || legacy)
        add_link(x, &text, "last", pages > 0 ? pages : 1);
    if (list->page < pages)
        add_link(x, &text, "next", list->page + 1);
    if (text.length > 0 && !text.overflowed)
        reply_header(x, "Link", text_cstr(&text));
    text_release(&text);
}

static void set_count(struct exchange *x, const char *name, int64_t value)
{
    reply_header(x, name, arena_print(x->arena, "%lld", (long long)value));
}

void zaikio_answer_page(struct exchange *x, const struct list_page *list, cJSON *entries)
{
    int64_t pages = (list->total + list->per_page - 1) / list->per_page;
    set_link_header(x, list, pages);
    if (exchange_knob_on(x, KNOB_LEGACY_PAGING)) {
        set_count(x, "X-Total-Count", list->total);
    } else {
        set_count(x, "Current-Page", list->page);
        set_count(x, "Total-Count", list->total);
        set_count(x, "Total-Pages", pages);
    }
    char *json = json_write(entries);
    cJSON_Delete(entries);
    zaikio_answer(x, 200, json);
}
