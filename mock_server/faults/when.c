#include "faults/when.h"

#include "base/instant.h"
#include "faults/draw.h"

/* ── On which requests ─────────────────────────────────────────────────────────────────────────────────────────── */

const struct shape when_shape[] = {
    {"first", SHAPE_INTEGER, .least = 1, .most = JSON_INTEGER_MAX, .meaning = "the first n requests that match"},
    {"after", SHAPE_INTEGER, .least = 0, .most = JSON_INTEGER_MAX, .meaning = "all after the first n that match"},
    {"every", SHAPE_INTEGER, .least = 1, .most = JSON_INTEGER_MAX, .meaning = "every n-th request that matches"},
    {"probability", SHAPE_NUMBER, .least = 0, .most = 1,
     .meaning = "each request that matches, with this probability: the same ones for the same seed"},
    SHAPE_END,
};

static bool is_first(const struct fault_when *when, uint64_t seen, uint64_t chance)
{
    (void)chance;
    return seen <= when->count;
}

static bool is_after(const struct fault_when *when, uint64_t seen, uint64_t chance)
{
    (void)chance;
    return seen > when->count;
}

static bool is_nth(const struct fault_when *when, uint64_t seen, uint64_t chance)
{
    (void)chance;
    return seen % when->count == 0;
}

static bool is_drawn(const struct fault_when *when, uint64_t seen, uint64_t chance)
{
    (void)seen;
    return draw_is_below(chance, when->probability);
}

static const struct selector {
    const char *name; /* a row of when_shape */
    bool (*is_due)(const struct fault_when *when, uint64_t seen, uint64_t chance);
} selectors[] = {{"first", is_first}, {"after", is_after}, {"every", is_nth}, {"probability", is_drawn}};

static void read_selector(struct fault_when *when, const cJSON *spec, struct text *problems)
{
    if (cJSON_GetArraySize(spec) > 1)
        text_add(problems, "\"when\" takes one of \"first\", \"after\", \"every\", \"probability\"");
    for (size_t i = 0; i < COUNT_OF(selectors); i++) {
        const cJSON *value = json_member(spec, selectors[i].name);
        int64_t count = 0;
        if (value == NULL)
            continue;
        when->selector = &selectors[i];
        when->probability = value->valuedouble;
        if (json_integer(value, &count))
            when->count = (uint64_t)count;
    }
}

/* ── For how long ──────────────────────────────────────────────────────────────────────────────────────────────── */

const struct shape window_shape[] = {
    {"after_s", SHAPE_NUMBER, .least = 0, .most = FAULT_TIME_MAX_S,
     .meaning = "how long after the arming it opens; at once when absent"},
    {"for_s", SHAPE_NUMBER, .least = 0, .most = FAULT_TIME_MAX_S,
     .meaning = "how long it is open; for ever when absent"},
    SHAPE_END,
};

/* Of a length of time: one that is no time at all would never let the fault fire. */
static int64_t read_length(const cJSON *spec, const char *name, struct text *problems)
{
    const cJSON *value = json_member(spec, name);
    if (value == NULL)
        return 0;
    int64_t length = (int64_t)(value->valuedouble * (double)INSTANT_SECOND_US + 0.5);
    if (length == 0 && problems->length == 0)
        text_print(problems, "\"%s\" must be more than 0: the fault would never fire", name);
    return length;
}

void fault_when_read(struct fault_when *when, const cJSON *spec, struct text *problems)
{
    const cJSON *window = json_member(spec, "window"), *after = json_member(window, "after_s");
    int64_t times = 0;
    read_selector(when, json_member(spec, "when"), problems);
    json_integer(json_member(spec, "times"), &times);
    when->times = (uint64_t)times;
    when->ttl_us = read_length(spec, "ttl_s", problems);
    when->has_window = window != NULL;
    when->for_us = read_length(window, "for_s", problems);
    if (after != NULL)
        when->after_us = (int64_t)(after->valuedouble * (double)INSTANT_SECOND_US + 0.5);
    if (when->has_window && cJSON_GetArraySize(window) == 0 && problems->length == 0)
        text_add(problems, "\"window\" takes \"after_s\", \"for_s\", or both");
    if (when->ttl_us > 0 && when->after_us >= when->ttl_us && problems->length == 0)
        text_add(problems, "the window opens when \"ttl_s\" is over: the fault would never fire");
}

bool fault_when_is_open(const struct fault_when *when, struct fault_state *state, int64_t now_us)
{
    int64_t age = now_us - state->armed_us;
    if (state->ended != NULL)
        return false;
    if (when->ttl_us > 0 && age >= when->ttl_us)
        state->ended = "ttl_s";
    else if (when->for_us > 0 && age - when->after_us >= when->for_us)
        state->ended = "window";
    return state->ended == NULL && (!when->has_window || age >= when->after_us);
}

bool fault_when_is_due(const struct fault_when *when, const struct fault_state *state, uint64_t chance)
{
    return when->selector == NULL || when->selector->is_due(when, state->seen, chance);
}

void fault_when_note(const struct fault_when *when, struct fault_state *state)
{
    state->fired++;
    if (when->times > 0 && state->fired >= when->times)
        state->ended = "times";
}

int64_t fault_when_left(const struct fault_when *when, const struct fault_state *state, int64_t now_us)
{
    int64_t age = now_us - state->armed_us;
    int64_t ttl = when->ttl_us == 0 ? INT64_MAX : when->ttl_us - age;
    int64_t window = when->for_us == 0 ? INT64_MAX : when->after_us + when->for_us - age;
    int64_t left = ttl < window ? ttl : window;
    return left == INT64_MAX ? 0 : left;
}
