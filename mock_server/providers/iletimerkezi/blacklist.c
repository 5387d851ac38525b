/*
 * The blacklist (8.7): get-blacklist shows the blocked numbers page by page, add-blacklist blocks one, delete-blacklist
 * unblocks one.
 *
 * To block a number again is no mistake; to unblock one that is not blocked is (474). What is done is done when the
 * answer is made.
 */
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "providers/iletimerkezi/sms.h"

static const cJSON *blacklist_of(struct exchange *x)
{
    return json_member(iletimerkezi_request(x), "blacklist");
}

/* ── get-blacklist ─────────────────────────────────────────────────────────────────────────────────────────────── */

#define ROWS_MAX 1000

struct wanted {
    int64_t page, rows;
    int64_t start, end; /* both included, to the second */
};

/* An end of the range: absent and "" are none, and leave *out. */
static enum step read_end(struct exchange *x, const cJSON *filter, const char *member, int64_t *out)
{
    const cJSON *value = json_member(filter, member);
    if (value == NULL || cJSON_IsNull(value) || (cJSON_IsString(value) && *value->valuestring == '\0'))
        return STEP_NEXT;
    if (!cJSON_IsString(value) || !iletimerkezi_stamp_read(value->valuestring, out))
        return iletimerkezi_refuse_code(x, 458,
                                        &(struct reason){"8.7: the form of start and end", member,
                                                         "YYYY-MM-DD HH:MM:SS", exchange_describe(x, value)});
    return STEP_NEXT;
}

static enum step read_filter(struct exchange *x, const cJSON *filter, struct wanted *wanted)
{
    if (read_end(x, filter, "start", &wanted->start) == STEP_REPLY ||
        read_end(x, filter, "end", &wanted->end) == STEP_REPLY)
        return STEP_REPLY;
    if (wanted->end < wanted->start)
        return iletimerkezi_refuse_code(
            x, 458,
            &(struct reason){"8.7: a range of dates", "filter", "an end that is not before the start", "before"});
    return STEP_NEXT;
}

enum step iletimerkezi_validate_blacklist(struct exchange *x)
{
    const cJSON *given = blacklist_of(x);
    struct wanted *wanted = arena_alloc(x->arena, sizeof *wanted);
    *wanted = (struct wanted){.page = 1, .rows = ROWS_MAX, .start = BLOCKED_BEFORE, .end = INT64_MAX};
    x->scratch = wanted;
    if (read_filter(x, json_member(given, "filter"), wanted) == STEP_REPLY ||
        iletimerkezi_read_count(x, given, "page", 464, &wanted->page) == STEP_REPLY)
        return STEP_REPLY;
    if (iletimerkezi_read_count(x, given, "rowCount", 400, &wanted->rows) == STEP_REPLY)
        return STEP_REPLY;
    wanted->rows = wanted->rows > ROWS_MAX ? ROWS_MAX : wanted->rows;
    return STEP_NEXT;
}

static bool is_within(const struct list_item *item, const struct wanted *wanted)
{
    bool is_late = wanted->end != INT64_MAX && item->at_us >= wanted->end + INSTANT_SECOND_US;
    return item->at_us >= wanted->start && !is_late;
}

/* 8.7: all that are blocked, whatever the page and the filter. */
static void add_count(struct exchange *x, cJSON *blacklist, size_t count)
{
    char digits[32];
    snprintf(digits, sizeof digits, "%zu", count);
    if (exchange_knob(x, KNOB_COUNT_TYPE) == COUNT_STRING)
        json_set_string(blacklist, "count", digits);
    else
        json_set(blacklist, "count", json_new_number_text(digits));
}

void iletimerkezi_render_blacklist(struct exchange *x)
{
    const struct wanted *wanted = x->scratch;
    int64_t first = (wanted->page - 1) * wanted->rows, found = 0;
    size_t count = 0;
    const struct list_item *items = iletimerkezi_blocked(x, &count);
    cJSON *body = iletimerkezi_success(x);
    cJSON *blacklist = cJSON_AddObjectToObject(json_member_mut(body, "response"), "blacklist");
    add_count(x, blacklist, count);
    cJSON *numbers = cJSON_AddArrayToObject(blacklist, "number");
    for (size_t i = 0; i < count; i++) {
        if (!is_within(&items[i], wanted))
            continue;
        if (found >= first && found < first + wanted->rows)
            cJSON_AddItemToArray(numbers, cJSON_CreateString(items[i].text));
        found++;
    }
    iletimerkezi_answer(x, 200, body);
}

/* ── add-blacklist, delete-blacklist ───────────────────────────────────────────────────────────────────────────── */

#define BLOCKED_MAX 20 /* "+49172574483311" and its NUL, and longer ones */

/* 466 is for what has no prefix of a Turkish mobile phone; the second digit of those that exist is 0 to 6. */
static bool is_turkish(const char *number)
{
    return number[4] >= '0' && number[4] <= '6';
}

/* + and 7 to 15 digits (E.164), blanks left out. */
static bool read_foreign(const cJSON *value, char out[BLOCKED_MAX])
{
    size_t length = 0;
    if (!cJSON_IsString(value) || *value->valuestring != '+')
        return false;
    for (const char *at = value->valuestring; *at != '\0' && length < BLOCKED_MAX; at++)
        if (*at != ' ')
            out[length++] = *at;
    if (length < 8 || length > 16)
        return false;
    out[length] = '\0';
    return number_is_digits(out + 1) && strncmp(out, "+90", 3) != 0;
}

enum step iletimerkezi_validate_blocked_number(struct exchange *x)
{
    const cJSON *value = json_member(blacklist_of(x), "number");
    char number[BLOCKED_MAX];
    bool is_text = cJSON_IsString(value) && *value->valuestring != '\0';
    if (!is_text && json_number_text(value) == NULL)
        return iletimerkezi_refuse_code(
            x, 400, &(struct reason){"8.7: one number", "blacklist.number", "a string", exchange_describe(x, value)});
    bool fine = iletimerkezi_number_read(x, value, number) && is_turkish(number);
    if (!fine && exchange_knob(x, KNOB_BLACKLIST_FOREIGN) == FOREIGN_ACCEPTED)
        fine = read_foreign(value, number);
    if (!fine)
        return iletimerkezi_refuse_code(x, 466,
                                        &(struct reason){"8.7: a number of a Turkish mobile phone", "blacklist.number",
                                                         "905XXXXXXXXX", exchange_describe(x, value)});
    x->scratch = arena_dup(x->arena, number);
    return STEP_NEXT;
}

void iletimerkezi_render_block(struct exchange *x)
{
    (void)iletimerkezi_block(x, x->scratch);
    iletimerkezi_answer(x, 200, iletimerkezi_success(x));
}

void iletimerkezi_render_unblock(struct exchange *x)
{
    if (iletimerkezi_unblock(x, x->scratch))
        iletimerkezi_answer(x, 200, iletimerkezi_success(x));
    else
        iletimerkezi_refuse_code(
            x, 474,
            &(struct reason){"8.7: what is unblocked was blocked", "blacklist.number", "a blocked number", x->scratch});
}
