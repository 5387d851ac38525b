/*
 * The rows of a list: which of them match, in what order they stand, and which page of them is shown (8).
 *
 * Orders and payments are filtered, sorted and cut into a page in the same way (query.c reads what is asked). `count`
 * counts all that match, not the page, and `hasMore` is true while rows remain behind it (9 A21): no page of the vendor
 * shows that member, but both of its clients read it. An order that has been archived is left out unless somebody asks
 * for it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "providers/fungies/list.h"

/* ── What a row has ────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *text_of(const struct fungies_row *row, const char *member, const char *otherwise)
{
    return json_string_or(row->payment == NULL ? row->order->document : row->payment, member, otherwise);
}

static const char *status_of(const struct fungies_row *row)
{
    return row->payment == NULL ? row->order->state : json_string_or(row->payment, "status", "");
}

static const char *type_of(const struct fungies_row *row)
{
    return text_of(row, "type", fungies_order_type(row->order)); /* an order's document has no such member */
}

/* A payment's own amount, or that of its order. */
static bool value_of(const struct fungies_row *row, double *out)
{
    const cJSON *own = json_member(row->payment, "value");
    const cJSON *value = own != NULL ? own : json_member(row->order->document, "value");
    if (!cJSON_IsNumber(value))
        return false;
    *out = value->valuedouble;
    return true;
}

/* ── Filters ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_among(const struct fungies_word *words, const char *text)
{
    for (; words != NULL; words = words->next)
        if (strcmp(words->text, text) == 0)
            return true;
    return false;
}

/* Ids are told apart without regard to case, as in the path. */
static bool has_id(const struct fungies_word *ids, const char *id)
{
    for (; ids != NULL; ids = ids->next)
        if (ascii_equal(ids->text, id))
            return true;
    return false;
}

static bool finds(const char *text, const char *term)
{
    return ascii_find(text, term) != NULL;
}

/* The term is a part of a number, the payer's mail address or a transaction's id. */
static bool matches_term(const struct fungies_row *row, const char *term)
{
    if (finds(fungies_number(row->order), term) || finds(json_string_or(row->order->facts, "email", ""), term))
        return true;
    const cJSON *payments = fungies_payments(row->order);
    for (const cJSON *payment = payments == NULL ? NULL : payments->child; payment != NULL; payment = payment->next) {
        if (row->payment != NULL && payment != row->payment)
            continue;
        if (finds(json_string_or(payment, "transactionId", ""), term) ||
            (row->payment != NULL && finds(json_string_or(payment, "number", ""), term)))
            return true;
    }
    return false;
}

static bool is_number_of(struct exchange *x, const char *asked, const char *number)
{
    if (exchange_knob(x, KNOB_HASH_PREFIX) == HASH_EXACT)
        return strcmp(asked, fungies_shown_number(x, number)) == 0;
    return strcmp(fungies_bare_number(asked), fungies_bare_number(number)) == 0;
}

static bool matches_number(struct exchange *x, const struct fungies_row *row, const char *number)
{
    return is_number_of(x, number, fungies_number(row->order)) ||
           (row->payment != NULL && is_number_of(x, number, json_string_or(row->payment, "number", "")));
}

static bool matches_texts(struct exchange *x, const struct fungies_row *row, const struct fungies_query *query)
{
    const cJSON *document = row->order->document;
    return (query->term == NULL || matches_term(row, query->term)) &&
           (query->number == NULL || matches_number(x, row, query->number)) &&
           (query->user_id == NULL || strcmp(json_string_or(document, "userId", ""), query->user_id) == 0) &&
           (query->subscription_id == NULL ||
            strcmp(json_string_or(document, "subscriptionId", ""), query->subscription_id) == 0);
}

static bool matches_lists(const struct fungies_row *row, const struct fungies_query *query)
{
    return (query->ids == NULL || has_id(query->ids, text_of(row, "id", row->order->id))) &&
           (query->statuses == NULL || is_among(query->statuses, status_of(row))) &&
           (query->types == NULL || is_among(query->types, type_of(row)));
}

/* Both ends are included; an amount that is null is in no range. */
static bool matches_ranges(const struct fungies_row *row, const struct fungies_query *query)
{
    double value = 0;
    if (row->created_at < query->created_from || row->created_at > query->created_to)
        return false;
    if (!query->has_value_from && !query->has_value_to)
        return true;
    return value_of(row, &value) && (!query->has_value_from || value >= query->value_from) &&
           (!query->has_value_to || value <= query->value_to);
}

static bool matches_archive(const struct fungies_row *row, const struct fungies_query *query)
{
    bool is_archived = json_true(row->order->facts, "archived");
    return query->archived == ARCHIVED_TOO || is_archived == (query->archived == ARCHIVED_ALONE);
}

/* ── Rows ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

void fungies_add_row(struct exchange *x, struct fungies_rows *rows, struct fungies_row row)
{
    const struct fungies_query *query = x->scratch;
    json_integral(json_member(row.payment == NULL ? row.order->document : row.payment, "createdAt"), &row.created_at);
    if (!matches_archive(&row, query) || !matches_lists(&row, query) || !matches_ranges(&row, query) ||
        !matches_texts(x, &row, query))
        return;
    if (rows->count == rows->room) {
        rows->room = rows->room * 2 + 64;
        rows->list = mem_resize(rows->list, rows->room * sizeof *rows->list);
    }
    rows->list[rows->count++] = row;
}

static int newest_first(const void *left, const void *right)
{
    const struct fungies_row *a = left, *b = right;
    if (a->created_at != b->created_at)
        return a->created_at > b->created_at ? -1 : 1;
    return a->position > b->position ? -1 : 1;
}

static cJSON *show_page(struct exchange *x, const struct fungies_rows *rows)
{
    const struct fungies_query *query = x->scratch;
    cJSON *page = cJSON_CreateArray();
    for (int64_t i = 0; i < query->take && query->skip < (int64_t)rows->count - i; i++) {
        size_t place = (size_t)(query->skip + i);
        const struct fungies_row *row = &rows->list[query->oldest_first ? rows->count - 1 - place : place];
        cJSON_AddItemToArray(page, row->payment == NULL ? fungies_show_order(x, row->order)
                                                        : fungies_show_payment(x, row->order, row->payment));
    }
    return page;
}

void fungies_answer_rows(struct exchange *x, const char *name, struct fungies_rows *rows)
{
    const struct fungies_query *query = x->scratch;
    if (rows->count > 0)
        qsort(rows->list, rows->count, sizeof *rows->list, newest_first);
    cJSON *data = cJSON_CreateObject(), *page = show_page(x, rows);
    bool more = query->skip < (int64_t)rows->count - cJSON_GetArraySize(page);
    json_set(data, name, page);
    if (query->counts)
        json_set_integer(data, "count", (int64_t)rows->count);
    else
        json_set_null(data, "count");
    if (exchange_knob_on(x, KNOB_HAS_MORE))
        json_set_bool(data, "hasMore", more);
    fungies_answer(x, data);
    free(rows->list);
}
