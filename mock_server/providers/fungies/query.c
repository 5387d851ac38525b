/*
 * The parameters of a list (8), the same for orders and payments:
 *
 *     orderDirection                ASC, DESC
 *     skip, take                    a number from 0 on, or null; take is held to 100 (take_over_100)
 *     archived, withArchived        archived ones alone (or, with false, none of them); archived ones too
 *     returnCount                   whether count is a number (list_count)
 *     term, number, userId, subscriptionId
 *     ids[], statuses[], types[]    repeated, with or without brackets or an index, or joined by commas
 *     valueFrom, valueTo            any number, both ends included
 *     createdFrom, createdTo        a date, a date and time, or milliseconds; both ends included
 *
 * Everything else is let through without effect, page and limit of the older help page among it (9 A13). The documents
 * give the switches no type: absent, "false", "0" and "null" mean no, all else yes. A parameter without a value counts
 * as absent.
 */
#include <string.h>

#include "base/ids.h"
#include "base/instant.h"
#include "base/number.h"
#include "base/uri.h"
#include "base/utf8.h"
#include "providers/fungies/list.h"

#define TAKE_MAX         100
#define MICROS_PER_MILLI 1000

static const char *const directions[] = {"ASC", "DESC", NULL};

/* What the readers below need. */
struct reading {
    struct exchange *x;
    struct text *issues;
};

/* ── Single values ─────────────────────────────────────────────────────────────────────────────────────────────── */

/* NULL when there is none. What is no UTF-8 is kept from breaking the answer's. */
static const char *kept(const char *value)
{
    if (value == NULL || *value == '\0')
        return NULL;
    return utf8_is_valid(value, strlen(value)) ? value : "\xEF\xBF\xBD";
}

static const char *parameter(const struct reading *read, const char *name)
{
    const char *query = read->x->request.query;
    return query == NULL ? NULL : kept(uri_query_value(read->x->arena, query, name));
}

static bool is_yes(const char *value)
{
    return value != NULL && strcmp(value, "false") != 0 && strcmp(value, "0") != 0 && strcmp(value, "null") != 0;
}

/* A number as JSON writes one; false when the parameter is absent, null, or no number, which is told. */
static bool read_number(const struct reading *read, const char *name, double *out)
{
    const char *value = parameter(read, name);
    if (value == NULL || strcmp(value, "null") == 0)
        return false;
    cJSON *tree = json_read_text(value);
    bool is_number = cJSON_IsNumber(tree);
    if (is_number)
        *out = tree->valuedouble;
    cJSON_Delete(tree);
    if (!is_number)
        fungies_add_issue(read->issues, name, "Expected number, received nan");
    return is_number;
}

/* A whole number from 0 on; the default stays where none is given. */
static void read_count(const struct reading *read, const char *name, int64_t *out)
{
    double number = 0;
    if (!read_number(read, name, &number))
        return;
    if (number < 0)
        fungies_add_issue(read->issues, name, "Number must be greater than or equal to 0");
    else if (number >= (double)JSON_INTEGER_MAX) /* the documented range is that of a double */
        *out = JSON_INTEGER_MAX;
    else if (number != (double)(int64_t)number)
        fungies_add_issue(read->issues, name, "Expected integer, received float");
    else
        *out = (int64_t)number;
}

static void read_take(const struct reading *read, int64_t *out)
{
    *out = exchange_knob(read->x, KNOB_DEFAULT_TAKE);
    read_count(read, "take", out);
    if (*out <= TAKE_MAX)
        return;
    if (exchange_knob(read->x, KNOB_TAKE_OVER_100) == TAKE_REFUSE)
        fungies_add_issue(read->issues, "take", "Number must be less than or equal to 100");
    *out = TAKE_MAX;
}

static void read_direction(const struct reading *read, bool *oldest_first)
{
    const char *value = parameter(read, "orderDirection");
    *oldest_first = value != NULL && strcmp(value, "ASC") == 0;
    if (value != NULL && fungies_position(directions, value) < 0)
        fungies_add_issue(read->issues, "orderDirection", fungies_enum_reason(read->x, directions, value));
}

/* `2026-11-01`, `2026-11-01T09:00:00Z` or `1793523600000`. */
static bool read_instant(struct exchange *x, const char *value, int64_t *out_ms)
{
    int64_t us = 0;
    if (number_read(value, 0, JSON_INTEGER_MAX, out_ms))
        return true;
    const char *full = strlen(value) == strlen("2026-11-01") ? arena_print(x->arena, "%sT00:00:00Z", value) : value;
    if (!instant_read(full, &us))
        return false;
    *out_ms = us / MICROS_PER_MILLI;
    return true;
}

static void read_created(const struct reading *read, const char *name, int64_t *out_ms)
{
    const char *value = parameter(read, name);
    if (value != NULL && !read_instant(read->x, value, out_ms))
        fungies_add_issue(read->issues, name, "Invalid date");
}

/* ── Lists of words ────────────────────────────────────────────────────────────────────────────────────────────── */

/* `ids`, `ids[]` or `ids[3]`. */
static bool names_list(const char *name, const char *list)
{
    size_t length = strlen(list);
    if (strncmp(name, list, length) != 0)
        return false;
    name += length;
    if (*name == '\0')
        return true;
    size_t digits = *name == '[' ? strspn(name + 1, "0123456789") : 0;
    return *name == '[' && strcmp(name + 1 + digits, "]") == 0;
}

/* Appends the words of one value and returns where the next is to stand. */
static const struct fungies_word **add_words(struct exchange *x, const char *value, const struct fungies_word **end)
{
    while (value != NULL) {
        size_t length = strcspn(value, ",");
        struct fungies_word *word = arena_alloc(x->arena, sizeof *word);
        word->text = arena_dup_bytes(x->arena, value, length);
        *end = word;
        end = &word->next;
        value = value[length] == ',' ? value + length + 1 : NULL;
    }
    return end;
}

static const struct fungies_word *read_words(const struct reading *read, const char *name)
{
    const struct fungies_word *first = NULL, **end = &first;
    for (const char *pair = read->x->request.query; pair != NULL;) {
        size_t length = strcspn(pair, "&"), name_length = strcspn(pair, "=&");
        const char *named = uri_decode(read->x->arena, pair, name_length);
        if (named != NULL && name_length < length && names_list(named, name))
            end = add_words(
                read->x, kept(uri_decode_value(read->x->arena, pair + name_length + 1, length - name_length - 1)), end);
        pair = pair[length] == '&' ? pair + length + 1 : NULL;
    }
    return first;
}

static const struct fungies_word *read_options(const struct reading *read, const char *name, const char *const *options)
{
    const struct fungies_word *words = read_words(read, name);
    int position = 0;
    for (const struct fungies_word *word = words; word != NULL; word = word->next, position++)
        if (fungies_position(options, word->text) < 0)
            fungies_add_issue(read->issues, arena_print(read->x->arena, "%s/%d", name, position),
                              fungies_enum_reason(read->x, options, word->text));
    return words;
}

static const struct fungies_word *read_ids(const struct reading *read, bool are_uuids)
{
    const struct fungies_word *words = read_words(read, "ids");
    int position = 0;
    for (const struct fungies_word *word = words; word != NULL; word = word->next, position++)
        if (are_uuids && !uuid_is_valid(word->text))
            fungies_add_issue(read->issues, arena_print(read->x->arena, "ids/%d", position), "Invalid uuid");
    return words;
}

/* ── All of them ───────────────────────────────────────────────────────────────────────────────────────────────── */

static void read_switches(const struct reading *read, struct fungies_query *out)
{
    const char *archived = parameter(read, "archived"), *counts = parameter(read, "returnCount");
    if (archived != NULL)
        out->archived = is_yes(archived) ? ARCHIVED_ALONE : ARCHIVED_LEFT_OUT;
    else if (is_yes(parameter(read, "withArchived")))
        out->archived = ARCHIVED_TOO;
    out->counts = counts == NULL ? exchange_knob(read->x, KNOB_LIST_COUNT) == COUNT_ALWAYS : is_yes(counts);
}

enum step fungies_read_query(struct exchange *x, const char *const *types, bool ids_are_uuids,
                             struct fungies_query *out)
{
    struct text issues = TEXT_INIT(ISSUES_MAX);
    const struct reading read = {x, &issues};
    *out = (struct fungies_query){.created_to = INT64_MAX};
    read_direction(&read, &out->oldest_first);
    read_count(&read, "skip", &out->skip);
    read_take(&read, &out->take);
    read_switches(&read, out);
    out->term = parameter(&read, "term");
    out->ids = read_ids(&read, ids_are_uuids);
    out->number = parameter(&read, "number");
    out->user_id = parameter(&read, "userId");
    out->subscription_id = parameter(&read, "subscriptionId");
    out->statuses = read_options(&read, "statuses", fungies_states);
    out->types = read_options(&read, "types", types);
    out->has_value_from = read_number(&read, "valueFrom", &out->value_from);
    out->has_value_to = read_number(&read, "valueTo", &out->value_to);
    read_created(&read, "createdFrom", &out->created_from);
    read_created(&read, "createdTo", &out->created_to);
    return fungies_refuse_issues(x, &issues, "8: parameters of the list", "query");
}
