#include "base/shape.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "base/text.h"

static const char *const type_names[] = {
    [SHAPE_STRING] = "a string",
    [SHAPE_INTEGER] = "an integer",
    [SHAPE_NUMBER] = "a number",
    [SHAPE_BOOLEAN] = "true or false",
    [SHAPE_OBJECT] = "an object",
    [SHAPE_MAP] = "an object",
    [SHAPE_ARRAY] = "an array",
    [SHAPE_ARRAY_OF_STRINGS] = "an array of strings",
    [SHAPE_PAIRS] = "an array of [name, value] pairs",
    [SHAPE_ANY] = "any value",
};

struct check {
    const struct shape_report *report;
    enum shape_mode mode;
    size_t mistakes;
};

/* Counts a mistake; whether it is told. */
static bool is_told(struct check *check)
{
    check->mistakes++;
    return check->report->most == 0 || check->mistakes <= check->report->most;
}

static void PRINTF(3, 4) complain(struct check *check, const cJSON *node, const char *format, ...)
{
    char text[320];
    if (!is_told(check))
        return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    check->report->found(check->report->context, node, text);
}

static void add_to_text(void *context, const cJSON *node, const char *words)
{
    struct text *problems = context;
    (void)node;
    if (problems->length > 0)
        text_add(problems, "; ");
    text_add(problems, words);
}

struct shape_report shape_report_into(struct text *problems)
{
    return (struct shape_report){.found = add_to_text, .context = problems, .most = SHAPE_TOLD_MAX};
}

static bool type_fits(const cJSON *node, const struct shape *row)
{
    int64_t integer = 0;
    if (row->nullable && cJSON_IsNull(node))
        return true;
    switch (row->type) {
    case SHAPE_STRING:
        return cJSON_IsString(node);
    case SHAPE_INTEGER:
        return json_integer(node, &integer);
    case SHAPE_NUMBER:
        return cJSON_IsNumber(node);
    case SHAPE_BOOLEAN:
        return cJSON_IsBool(node);
    case SHAPE_OBJECT:
    case SHAPE_MAP:
        return cJSON_IsObject(node);
    case SHAPE_ARRAY:
    case SHAPE_ARRAY_OF_STRINGS:
    case SHAPE_PAIRS:
        return cJSON_IsArray(node);
    case SHAPE_ANY:
        return true;
    }
    return false;
}

static const struct shape *row_of(const struct shape *rows, const char *name)
{
    for (; rows->name != NULL; rows++)
        if (strcmp(rows->name, name) == 0)
            return rows;
    return NULL;
}

static void complain_unknown(struct check *check, const cJSON *member, const struct shape *rows)
{
    size_t count = 0;
    if (check->report->most > 0 && check->mistakes >= check->report->most) {
        check->mistakes++; /* the nearest name is dear, and nobody will read it */
        return;
    }
    while (rows[count].name != NULL)
        count++;
    const char **names = mem_zero(count + 1, sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = rows[i].name;
    char hint[HINT_MAX];
    complain(check, member, "unknown member \"%.80s\"%s", member->string, nearest_hint(member->string, names, hint));
    free(names);
}

static void check_object(struct check *check, const cJSON *node, const struct shape *rows);

/* The objects inside an array or a map. */
static void check_elements(struct check *check, const cJSON *node, const struct shape *row)
{
    for (const cJSON *item = node->child; item != NULL; item = item->next) {
        if (cJSON_IsObject(item))
            check_object(check, item, row->members);
        else
            complain(check, item, "\"%s\" holds objects, and this is %s", row->name, json_kind(item));
    }
}

/* A word that is not in the list, with the nearest one, or with all when none is near. */
static void check_word(struct check *check, const cJSON *member, const struct shape *row)
{
    struct text list = TEXT_INIT(160);
    char hint[HINT_MAX];
    for (const char *const *word = row->words; *word != NULL; word++)
        if (strcmp(*word, member->valuestring) == 0)
            return;
    for (const char *const *word = row->words; *word != NULL; word++)
        text_print(&list, "%s%s", word == row->words ? "" : ", ", *word);
    if (*nearest_hint(member->valuestring, row->words, hint) != '\0')
        complain(check, member, "\"%s\" cannot be \"%.60s\"%s", row->name, member->valuestring, hint);
    else
        complain(check, member, "\"%s\" cannot be \"%.60s\"; it is one of %s", row->name, member->valuestring,
                 text_cstr(&list));
    text_release(&list);
}

static void check_range(struct check *check, const cJSON *member, const struct shape *row)
{
    double value = member->valuedouble;
    if (value < (double)row->least || value > (double)row->most)
        complain(check, member, "\"%s\" must lie between %lld and %lld, and this is %.40s", row->name,
                 (long long)row->least, (long long)row->most, json_number_text(member));
}

/* The look-ups in an array are as many as its elements; where that matters its row has a limit. */
static void check_count(struct check *check, const cJSON *member, const struct shape *row)
{
    if (cJSON_GetArraySize(member) > row->most)
        complain(check, member, "\"%s\" has at most %lld elements, and this has %d", row->name, (long long)row->most,
                 cJSON_GetArraySize(member));
}

static void check_pairs(struct check *check, const cJSON *member, const struct shape *row)
{
    for (const cJSON *pair = member->child; pair != NULL; pair = pair->next)
        if (!cJSON_IsArray(pair) || cJSON_GetArraySize(pair) != 2 || !cJSON_IsString(pair->child) ||
            !cJSON_IsString(pair->child->next))
            complain(check, pair, "\"%s\" holds [name, value] pairs of strings", row->name);
}

static void check_value(struct check *check, const cJSON *member, const struct shape *row)
{
    if (row->type == SHAPE_PAIRS)
        check_pairs(check, member, row);
    if (row->type == SHAPE_ARRAY_OF_STRINGS)
        for (const cJSON *item = member->child; item != NULL; item = item->next)
            if (!cJSON_IsString(item))
                complain(check, item, "\"%s\" holds strings, and this is %s", row->name, json_kind(item));
    if (row->words != NULL && cJSON_IsString(member))
        check_word(check, member, row);
    if ((row->least != 0 || row->most != 0) && cJSON_IsNumber(member))
        check_range(check, member, row);
    if (row->most != 0 && cJSON_IsArray(member))
        check_count(check, member, row);
}

static void check_member(struct check *check, const cJSON *member, const struct shape *row)
{
    if (!type_fits(member, row)) {
        complain(check, member, "\"%s\" must be %s%s, and this is %s", row->name, type_names[row->type],
                 row->nullable ? " or null" : "", json_kind(member));
        return;
    }
    check_value(check, member, row);
    if (row->members == NULL || cJSON_IsNull(member))
        return;
    if (row->type == SHAPE_OBJECT)
        check_object(check, member, row->members);
    else
        check_elements(check, member, row);
}

static void check_object(struct check *check, const cJSON *node, const struct shape *rows)
{
    for (const cJSON *member = node->child; member != NULL; member = member->next) {
        const struct shape *row = row_of(rows, member->string);
        if (row != NULL)
            check_member(check, member, row);
        else if (check->mode == SHAPE_CLOSED)
            complain_unknown(check, member, rows);
    }
    for (const struct shape *row = rows; row->name != NULL; row++)
        if (row->required && json_member(node, row->name) == NULL)
            complain(check, node, "member \"%s\" is missing", row->name);
}

static void tell_the_rest(const struct check *check, const cJSON *node)
{
    const struct shape_report *report = check->report;
    char text[64];
    if (report->most == 0 || check->mistakes <= report->most)
        return;
    snprintf(text, sizeof text, "and %zu mistakes more", check->mistakes - report->most);
    report->found(report->context, node, text);
}

bool shape_check(const cJSON *node, const struct shape *members, enum shape_mode mode,
                 const struct shape_report *report)
{
    struct check check = {.report = report, .mode = mode};
    if (cJSON_IsObject(node))
        check_object(&check, node, members);
    else
        complain(&check, node, "an object is expected, and this is %s", json_kind(node));
    tell_the_rest(&check, node);
    return check.mistakes == 0;
}
