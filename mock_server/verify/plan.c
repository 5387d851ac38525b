#include "verify/plan.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "verify/match_words.h"

struct reading {
    struct arena *arena;
    const struct provider *const *providers;
    const struct shape_report *report; /* counts, and passes on */
};

static void PRINTF(3, 4) complain(const struct reading *reading, const cJSON *node, const char *format, ...)
{
    char text[320];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    reading->report->found(reading->report->context, node, text);
}

/* ── Shapes ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct shape expectation_shape[] = {
    {"name", SHAPE_STRING, .meaning = "what reports call it"},
    {"match", SHAPE_OBJECT, .members = plan_match_shape, .meaning = "which requests are counted"},
    {"exactly", SHAPE_INTEGER, .least = 0, .most = INT32_MAX, .meaning = "so many of them, neither more nor less"},
    {"at_least", SHAPE_INTEGER, .least = 1, .most = INT32_MAX, .meaning = "so many of them or more"},
    {"at_most", SHAPE_INTEGER, .least = 0, .most = INT32_MAX, .meaning = "so many of them or fewer"},
    {"never", SHAPE_BOOLEAN, .meaning = "true: none of them"},
    {"in_order", SHAPE_ARRAY, .members = plan_match_shape, .meaning = "one request for each match, in this order"},
    {"nothing_unmatched", SHAPE_BOOLEAN, .meaning = "true: every request was one that the mock serves"},
    {"every_fault_fired", SHAPE_BOOLEAN, .meaning = "true: every fault that is armed has fired"},
    SHAPE_END,
};

static const struct shape plan_shape[] = {
    {"expect", SHAPE_ARRAY, .members = expectation_shape, .required = true},
    SHAPE_END,
};

/* ── One expectation ───────────────────────────────────────────────────────────────────────────────────────────── */

/* What makes an expectation one of its kind. `match` belongs to counts, and nothing else beside them. */
static const struct sort {
    const char *member;
    enum expectation_kind kind;
    bool is_switch; /* it is true, or it is left out */
} sorts[] = {
    {"exactly", EXPECT_COUNT, false},
    {"at_least", EXPECT_COUNT, false},
    {"at_most", EXPECT_COUNT, false},
    {"never", EXPECT_COUNT, true},
    {"in_order", EXPECT_IN_ORDER, false},
    {"nothing_unmatched", EXPECT_NOTHING_UNMATCHED, true},
    {"every_fault_fired", EXPECT_EVERY_FAULT_FIRED, true},
};

#define ALL_SORTS "exactly, at_least, at_most, never, in_order, nothing_unmatched, every_fault_fired"

/* The only two that go together. */
static bool is_range(const cJSON *json, size_t told)
{
    return told == 2 && json_member(json, "at_least") != NULL && json_member(json, "at_most") != NULL;
}

/* Its kind; false after complaining. */
static bool read_sort(const struct reading *reading, struct expectation *expectation)
{
    const cJSON *json = expectation->json;
    size_t told = 0;
    for (size_t i = 0; i < COUNT_OF(sorts); i++) {
        const cJSON *member = json_member(json, sorts[i].member);
        if (member == NULL)
            continue;
        told++;
        expectation->kind = sorts[i].kind;
        if (sorts[i].is_switch && cJSON_IsFalse(member))
            complain(reading, member, "\"%s\" is true, or it is left out", sorts[i].member);
    }
    if (told == 0)
        complain(reading, json, "it expects nothing: say one of " ALL_SORTS);
    else if (told > 1 && !is_range(json, told))
        complain(reading, json, "it says several things: one of " ALL_SORTS ", or at_least with at_most");
    return told == 1 || is_range(json, told);
}

static void read_number(const cJSON *json, const char *name, uint64_t *out)
{
    int64_t number = 0;
    if (json_integer(json_member(json, name), &number) && number >= 0)
        *out = (uint64_t)number;
}

static void read_count(const struct reading *reading, struct expectation *expectation)
{
    const cJSON *json = expectation->json;
    expectation->most = json_true(json, "never") ? 0 : EXPECT_ANY_NUMBER;
    read_number(json, "exactly", &expectation->least);
    read_number(json, "exactly", &expectation->most);
    read_number(json, "at_least", &expectation->least);
    read_number(json, "at_most", &expectation->most);
    if (expectation->least > expectation->most)
        complain(reading, json_member(json, "at_least"), "\"at_least\" is more than \"at_most\": nothing can be both");
}

static void read_matches(const struct reading *reading, struct expectation *expectation, const cJSON *first,
                         size_t count)
{
    expectation->matches = arena_alloc(reading->arena, count * sizeof *expectation->matches);
    for (const cJSON *json = first; expectation->match_count < count; json = json->next)
        match_read(&expectation->matches[expectation->match_count++], reading->arena, json, reading->providers,
                   reading->report);
}

static void read_steps(const struct reading *reading, struct expectation *expectation)
{
    const cJSON *steps = json_member(expectation->json, "in_order");
    int count = cJSON_GetArraySize(steps);
    if (count < 1 || count > PLAN_STEPS_MAX)
        complain(reading, steps, "\"in_order\" has 1 to %d matches", PLAN_STEPS_MAX);
    else
        read_matches(reading, expectation, steps->child, (size_t)count);
}

static void read_expectation(const struct reading *reading, struct expectation *expectation)
{
    const cJSON *match = json_member(expectation->json, "match");
    if (!read_sort(reading, expectation))
        return;
    if (expectation->kind != EXPECT_COUNT && match != NULL)
        complain(reading, match, "\"match\" goes with exactly, at_least, at_most and never alone");
    else if (expectation->kind == EXPECT_COUNT && match == NULL)
        complain(reading, expectation->json, "member \"match\" is missing: which requests are counted? {} is all");
    else if (expectation->kind == EXPECT_COUNT)
        read_matches(reading, expectation, match, 1);
    if (expectation->kind == EXPECT_COUNT)
        read_count(reading, expectation);
    if (expectation->kind == EXPECT_IN_ORDER)
        read_steps(reading, expectation);
}

/* ── The plan ──────────────────────────────────────────────────────────────────────────────────────────────────── */

struct counter {
    const struct shape_report *report;
    size_t count;
};

static void count_mistake(void *context, const cJSON *node, const char *text)
{
    struct counter *counter = context;
    counter->count++;
    counter->report->found(counter->report->context, node, text);
}

static void read_list(const struct reading *reading, struct plan *plan, const cJSON *list)
{
    int count = cJSON_GetArraySize(list);
    if (count < 1 || count > PLAN_EXPECTATIONS_MAX) {
        complain(reading, list, "\"expect\" has 1 to %d expectations: a plan without any could not fail",
                 PLAN_EXPECTATIONS_MAX);
        return;
    }
    plan->list = arena_alloc(reading->arena, (size_t)count * sizeof *plan->list);
    const cJSON *json = NULL;
    cJSON_ArrayForEach (json, list) {
        struct expectation *expectation = &plan->list[plan->count++];
        expectation->json = json;
        read_expectation(reading, expectation);
    }
}

bool plan_read(struct plan *plan, struct arena *arena, const cJSON *json, const struct provider *const *providers,
               const struct shape_report *report)
{
    struct counter counter = {report, 0};
    const struct shape_report counting = {count_mistake, &counter};
    const struct reading reading = {arena, providers, &counting};
    *plan = (struct plan){0};
    if (shape_check(json, plan_shape, SHAPE_CLOSED, &counting))
        read_list(&reading, plan, json_member(json, "expect"));
    return counter.count == 0;
}
