/*
 * GET /v0/orders/list: the orders of the workspace that asks, newest first (8).
 *
 *     GET /v0/orders/list?skip=0&take=2&statuses=PENDING,PAID        x-fngs-public-key: pub_…
 *     200 {"status":"success","data":{"orders":[…],"count":7}}
 *
 * Understood are skip, take, orderDirection and statuses, the last comma-joined as the vendor's own client writes it or
 * repeated as statuses[]. `count` counts all that match, not the page. Every other parameter of section 8 is let
 * through without effect, page and limit of the older help page among them (9 A13). `take` is held to 100, as the
 * vendor does; that it is 100 when absent is ours.
 */
#include <stdlib.h>
#include <string.h>

#include "model/store.h"
#include "providers/fungies/fungies.h"
#include "support/number.h"
#include "support/text.h"
#include "support/uri.h"
#include "support/utf8.h"

#define TAKE_MAX   100
#define ISSUES_MAX 4096
#define STATES_MAX 8

struct list_query {
    int64_t skip;
    int64_t take;
    bool oldest_first;
    bool some_states; /* false: all */
    bool wanted[STATES_MAX];
};

/* ── Parameters ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The value of a parameter; NULL when it is absent or empty. Others are kept from breaking the answer's UTF-8. */
static const char *parameter(struct exchange *x, const char *query, const char *name)
{
    const char *value = query == NULL ? NULL : uri_query_value(x->arena, query, name);
    if (value == NULL || *value == '\0')
        return NULL;
    return utf8_is_valid(value, strlen(value)) ? value : "\xEF\xBF\xBD";
}

/* Issues are joined as the framework joins them: `path/to/field: reason; other: reason` (1). */
static void add_issue(struct text *issues, const char *field, const char *reason)
{
    text_print(issues, "%s%s: %s", issues->length > 0 ? "; " : "", field, reason);
}

static void read_count(struct exchange *x, const char *name, int64_t *out, struct text *issues)
{
    const char *value = parameter(x, x->request.query, name);
    if (value == NULL || strcmp(value, "null") == 0) /* a number or null */
        return;
    if (number_read(value, 0, JSON_INTEGER_MAX, out))
        return;
    bool below_zero = *value == '-' && number_is_digits(value + 1);
    add_issue(issues, name, below_zero ? "Number must be greater than or equal to 0" : "Expected number, received nan");
}

static void read_direction(struct exchange *x, struct list_query *query, struct text *issues)
{
    const char *value = parameter(x, x->request.query, "orderDirection");
    query->oldest_first = value != NULL && strcmp(value, "ASC") == 0;
    if (value != NULL && !query->oldest_first && strcmp(value, "DESC") != 0)
        add_issue(issues, "orderDirection",
                  arena_print(x->arena, "Invalid enum value. Expected 'ASC' | 'DESC', received '%s'", value));
}

static size_t state_number(const char *word, size_t length)
{
    size_t i = 0;
    while (fungies_states[i] != NULL &&
           (strlen(fungies_states[i]) != length || strncmp(fungies_states[i], word, length) != 0))
        i++;
    return i;
}

static void add_status_issue(struct exchange *x, size_t position, const char *word, struct text *issues)
{
    struct text reason = TEXT_INIT(ISSUES_MAX);
    text_add(&reason, "Invalid enum value. Expected ");
    for (size_t i = 0; fungies_states[i] != NULL; i++)
        text_print(&reason, "%s'%s'", i > 0 ? " | " : "", fungies_states[i]);
    text_print(&reason, ", received '%s'", word);
    add_issue(issues, arena_print(x->arena, "statuses/%zu", position), text_cstr(&reason));
    text_release(&reason);
}

/* One value of the parameter: words joined by commas. */
static void read_status_words(struct exchange *x, const char *words, struct list_query *query, size_t *position,
                              struct text *issues)
{
    for (const char *word = words; word != NULL; (*position)++) {
        size_t length = strcspn(word, ",");
        size_t number = state_number(word, length);
        if (fungies_states[number] == NULL)
            add_status_issue(x, *position, arena_dup_bytes(x->arena, word, length), issues);
        else
            query->wanted[number] = true;
        query->some_states = true;
        word = word[length] == ',' ? word + length + 1 : NULL;
    }
}

static void read_statuses(struct exchange *x, struct list_query *query, struct text *issues)
{
    size_t position = 0;
    for (const char *pair = x->request.query; pair != NULL;) {
        size_t length = strcspn(pair, "&");
        const char *alone = arena_dup_bytes(x->arena, pair, length);
        const char *words = parameter(x, alone, "statuses");
        if (words == NULL)
            words = parameter(x, alone, "statuses[]");
        read_status_words(x, words, query, &position, issues);
        pair = pair[length] == '&' ? pair + length + 1 : NULL;
    }
}

enum step fungies_validate_list(struct exchange *x)
{
    struct list_query *query = arena_alloc(x->arena, sizeof *query);
    struct text issues = TEXT_INIT(ISSUES_MAX);
    query->take = TAKE_MAX;
    read_count(x, "skip", &query->skip, &issues);
    read_count(x, "take", &query->take, &issues);
    read_direction(x, query, &issues);
    read_statuses(x, query, &issues);
    if (query->take > TAKE_MAX)
        query->take = TAKE_MAX;
    x->scratch = query;

    enum step step = STEP_NEXT;
    if (issues.length > 0 || issues.overflowed) {
        const char *text = issues.length > 0 ? text_cstr(&issues) : "Invalid query";
        step = fungies_refuse(x, 400, text,
                              &(struct reason){"8: parameters of the list", "query", "what section 8 allows", text});
    }
    text_release(&issues);
    return step;
}

/* ── Answer ────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct row {
    const struct order *order;
    int64_t created_at;
    size_t position; /* in which the orders came: of two of one millisecond the later is the newer */
};

static bool is_listed(const struct exchange *x, const struct list_query *query, const struct order *order)
{
    if (strcmp(order->account, x->account) != 0)
        return false;
    return !query->some_states || query->wanted[state_number(order->state, strlen(order->state))];
}

static int newest_first(const void *left, const void *right)
{
    const struct row *a = left, *b = right;
    if (a->created_at != b->created_at)
        return a->created_at > b->created_at ? -1 : 1;
    return a->position > b->position ? -1 : 1;
}

static size_t select_rows(const struct exchange *x, const struct order **orders, size_t count, struct row *rows)
{
    size_t selected = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_listed(x, x->scratch, orders[i]))
            continue;
        struct row row = {.order = orders[i], .position = i};
        json_integral(json_member(orders[i]->document, "createdAt"), &row.created_at);
        rows[selected++] = row;
    }
    qsort(rows, selected, sizeof *rows, newest_first);
    return selected;
}

static cJSON *show_page(struct exchange *x, const struct row *rows, size_t count)
{
    const struct list_query *query = x->scratch;
    cJSON *page = cJSON_CreateArray();
    for (int64_t i = 0; i < query->take && query->skip < (int64_t)count - i; i++) {
        size_t place = (size_t)(query->skip + i);
        const struct row *row = query->oldest_first ? &rows[count - 1 - place] : &rows[place];
        cJSON_AddItemToArray(page, fungies_show_order(x, row->order));
    }
    return page;
}

void fungies_render_list(struct exchange *x)
{
    size_t count = 0;
    const struct order **orders = exchange_orders(x, &count);
    struct row *rows = mem_zero(count + 1, sizeof *rows); /* one more, so that there is always an array to sort */
    size_t selected = select_rows(x, orders, count, rows);

    cJSON *data = cJSON_CreateObject();
    json_set(data, "orders", show_page(x, rows, selected));
    json_set_integer(data, "count", (int64_t)selected);
    fungies_answer(x, data);

    free(rows);
    for (size_t i = 0; i < count; i++)
        order_drop(orders[i]);
    free(orders);
}
