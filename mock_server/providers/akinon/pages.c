/*
 * Lists, a page at a time (8).
 *
 *     GET /api/i1/orders/?limit=10&page=1&cancel_status=waiting
 *     200 {"count":12,"next":"http://…/?limit=10&cancel_status=waiting&page=2","previous":null,"results":[…]}
 */
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "base/uri.h"
#include "providers/akinon/akinon.h"

#define LIMIT_DEFAULT 10
#define LIMIT_MAX     1000
#define PAGE_MAX      1000000000

struct akinon_list akinon_list_begin(struct exchange *x)
{
    struct akinon_list list = {.page = 1, .limit = LIMIT_DEFAULT};
    const char *page = uri_query_value(x->arena, x->request.query, "page");
    const char *limit = uri_query_value(x->arena, x->request.query, "limit");
    if (page != NULL && !number_read(page, 1, PAGE_MAX, &list.page))
        list.page = 0;
    if (limit != NULL && number_read(limit, 1, INT64_MAX, &list.limit) && list.limit > LIMIT_MAX)
        list.limit = LIMIT_MAX;
    list.results = cJSON_CreateArray();
    return list;
}

bool akinon_stands_in(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = list;; at += strcspn(at, ",") + 1) {
        if (strcspn(at, ",") == length && strncmp(at, word, length) == 0)
            return true;
        if (at[strcspn(at, ",")] == '\0')
            return false;
    }
}

bool akinon_list_wants(struct akinon_list *list)
{
    int64_t index = list->count++;
    return index >= (list->page - 1) * list->limit && index < list->page * list->limit;
}

/* This request's own address with another page; the other parameters stay as they were sent. */
static cJSON *page_address(struct exchange *x, int64_t number)
{
    const char *url = exchange_url(x);
    struct text address = TEXT_INIT(strlen(url) + strlen(x->request.target) + 64);
    text_print(&address, "%s?", url);
    for (const char *at = x->request.query; at != NULL && *at != '\0';) {
        size_t length = strcspn(at, "&");
        bool is_page = length >= 4 && strncmp(at, "page", 4) == 0 && (length == 4 || at[4] == '=');
        if (!is_page && length > 0) {
            text_add_bytes(&address, at, length);
            text_add(&address, "&");
        }
        at += length + (at[length] == '&' ? 1 : 0);
    }
    text_print(&address, "page=%lld", (long long)number);
    cJSON *value = cJSON_CreateString(text_cstr(&address));
    text_release(&address);
    return value;
}

void akinon_list_reply(struct exchange *x, struct akinon_list *list)
{
    if (list->page < 1 || (list->page > 1 && (list->page - 1) * list->limit >= list->count)) {
        cJSON_Delete(list->results);
        exchange_refuse(x, 404, akinon_detail("Invalid page."),
                        &(struct reason){"8: a page of the list", "page", "an existing page, counted from 1",
                                         uri_query_value(x->arena, x->request.query, "page")});
        return;
    }
    bool more = list->page * list->limit < list->count;
    cJSON *body = cJSON_CreateObject();
    json_set_integer(body, "count", list->count);
    json_set(body, "next", more ? page_address(x, list->page + 1) : cJSON_CreateNull());
    json_set(body, "previous", list->page > 1 ? page_address(x, list->page - 1) : cJSON_CreateNull());
    json_set(body, "results", list->results);
    reply_json(x, 200, body);
}
