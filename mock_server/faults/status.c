/* Refusals: an error of the provider's, too many requests, a server that is down, one that gets worse and worse. */
#include "base/instant.h"
#include "faults/draw.h"
#include "faults/kinds.h"
#include "faults/parameters.h"
#include "faults/quota.h"
#include "faults/replace.h"
#include "model/exchange.h"

#define RETRY_MAX_S (INT64_C(366) * 86400)

static void say_retry_after(struct exchange *x, int64_t seconds)
{
    reply_header(x, "Retry-After", arena_print(x->arena, "%lld", (long long)seconds));
    exchange_drew(x, "retry_after_s", seconds);
}

/* Whole seconds, none too few. */
static int64_t seconds_of(int64_t left_us)
{
    return (left_us + INSTANT_SECOND_US - 1) / INSTANT_SECOND_US;
}

/* ── ERROR_STATUS ──────────────────────────────────────────────────────────────────────────────────────────────── */

struct refusal_of {
    int status;
    int64_t retry_after_s; /* -1: no such header, or as long as it lasts */
};

static const struct shape error_parameters[] = {
    {"status", SHAPE_INTEGER, .required = true, .least = 400, .most = 599, .meaning = "the status code"},
    {"retry_after_s", SHAPE_INTEGER, .least = 0, .most = RETRY_MAX_S,
     .meaning = "what the header Retry-After says; no such header when absent"},
    SHAPE_END,
};

static const void *read_error(struct arena *arena, const cJSON *spec, struct text *problems)
{
    struct refusal_of *own = arena_alloc(arena, sizeof *own);
    (void)problems;
    own->status = (int)parameter_integer(spec, "status", 503);
    own->retry_after_s = parameter_integer(spec, "retry_after_s", -1);
    return own;
}

static void apply_error(struct exchange *x, const void *parameters, const struct firing *firing)
{
    const struct refusal_of *own = parameters;
    (void)firing;
    replace_with_status(x, own->status);
    if (own->retry_after_s >= 0)
        say_retry_after(x, own->retry_after_s);
}

/* ── RATE_LIMIT ────────────────────────────────────────────────────────────────────────────────────────────────── */

struct rate_limit {
    int64_t limit;
    int64_t window_us;
    const char *name; /* NULL: a quota of its own */
};

static const struct shape rate_limit_parameters[] = {
    {"limit", SHAPE_INTEGER, .required = true, .least = 0, .most = JSON_INTEGER_MAX,
     .meaning = "how many requests are served in a window"},
    {"window_s", SHAPE_NUMBER, .required = true, .least = 0, .most = RETRY_MAX_S,
     .meaning = "how long a window lasts from its first request on, on the session's clock"},
    {"name", SHAPE_STRING, .meaning = "faults that give the same name count together"},
    SHAPE_END,
};

static const void *read_rate_limit(struct arena *arena, const cJSON *spec, struct text *problems)
{
    struct rate_limit *own = arena_alloc(arena, sizeof *own);
    own->limit = parameter_integer(spec, "limit", 0);
    own->window_us = parameter_seconds_us(spec, "window_s", 0);
    own->name = json_string(spec, "name");
    if (own->window_us == 0)
        text_add(problems, "\"window_s\" must be more than 0");
    return own;
}

static void quota_of_rate_limit(const void *parameters, const char **name, int64_t *window_us)
{
    const struct rate_limit *own = parameters;
    *name = own->name;
    *window_us = own->window_us;
}

static bool is_over_limit(const void *parameters, struct firing *firing, struct quota *quota)
{
    const struct rate_limit *own = parameters;
    return quota_count(quota, firing->round, firing->now_us, &firing->left_us) > own->limit;
}

static void apply_rate_limit(struct exchange *x, const void *parameters, const struct firing *firing)
{
    (void)parameters;
    replace_with_status(x, 429);
    say_retry_after(x, seconds_of(firing->left_us));
}

/* ── OUTAGE ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct shape outage_parameters[] = {
    {"retry_after_s", SHAPE_INTEGER, .least = 0, .most = RETRY_MAX_S,
     .meaning = "what the header Retry-After says; when absent how long its window or its ttl_s lasts still, else 1"},
    SHAPE_END,
};

static void apply_outage(struct exchange *x, const void *parameters, const struct firing *firing)
{
    const struct refusal_of *own = parameters;
    int64_t left_s = firing->left_us > 0 ? seconds_of(firing->left_us) : 1;
    replace_with_status(x, 503);
    reply_header(x, "Connection", "close");
    say_retry_after(x, own->retry_after_s >= 0 ? own->retry_after_s : left_s);
}

/* ── DEGRADATION ───────────────────────────────────────────────────────────────────────────────────────────────── */

struct degradation {
    int64_t ramp_us;
    double probability;
    int64_t delay_us;
    int status;
};

static const struct shape degradation_parameters[] = {
    {"ramp_s", SHAPE_NUMBER, .required = true, .least = 0, .most = RETRY_MAX_S,
     .meaning = "how long it takes from the arming until it is as bad as it gets, on the session's clock"},
    {"probability", SHAPE_NUMBER, .least = 0, .most = 1, .meaning = "of an error in the end; none when absent"},
    {"ms", SHAPE_INTEGER, .least = 0, .most = PARAMETER_MS_MAX,
     .meaning = "how long answers are delayed in the end; not at all when absent"},
    {"status", SHAPE_INTEGER, .least = 400, .most = 599, .meaning = "of the error; 503 when absent"},
    SHAPE_END,
};

static const void *read_degradation(struct arena *arena, const cJSON *spec, struct text *problems)
{
    struct degradation *own = arena_alloc(arena, sizeof *own);
    own->ramp_us = parameter_seconds_us(spec, "ramp_s", 0);
    own->probability = parameter_number(spec, "probability", 0);
    own->delay_us = parameter_us(spec, "ms", 0);
    own->status = (int)parameter_integer(spec, "status", 503);
    if (own->ramp_us == 0)
        text_add(problems, "\"ramp_s\" must be more than 0");
    else if (own->probability == 0 && own->delay_us == 0)
        text_add(problems, "DEGRADATION takes \"probability\", \"ms\", or both: else nothing gets worse");
    return own;
}

/* What has become of it by now. */
struct decay {
    int64_t permille, delay_us;
    bool fails;
};

static struct decay decay_of(const struct degradation *own, const struct firing *firing)
{
    struct id_stream stream = id_stream_from(firing->draw);
    double part = (double)(firing->now_us - firing->armed_us) / (double)own->ramp_us;
    part = part < 0 ? 0 : part > 1 ? 1 : part;
    return (struct decay){.permille = (int64_t)(part * 1000),
                          .delay_us = (int64_t)(part * (double)own->delay_us) / 1000 * 1000,
                          .fails = draw_is_below(id_draw(&stream), part * own->probability)};
}

static bool is_worse(const void *parameters, struct firing *firing, struct quota *quota)
{
    struct decay decay = decay_of(parameters, firing);
    (void)quota;
    return decay.fails || decay.delay_us > 0;
}

static void apply_degradation(struct exchange *x, const void *parameters, const struct firing *firing)
{
    const struct degradation *own = parameters;
    struct decay decay = decay_of(own, firing);
    x->reply.wire.delay_us += decay.delay_us;
    exchange_drew(x, "permille", decay.permille);
    exchange_drew(x, "ms", decay.delay_us / 1000);
    if (!decay.fails || x->replaced)
        return;
    exchange_drew(x, "status", own->status);
    replace_with_status(x, own->status);
}

const struct fault_kind status_faults[] = {
    {"ERROR_STATUS", CLASS_ANSWER, FAULT_ANY_PHASE, error_parameters, .read = read_error, .apply = apply_error,
     .meaning = "an error as the provider words it, with its body and headers"},
    {"RATE_LIMIT", CLASS_QUOTA, FAULT_BEFORE_COMMIT, rate_limit_parameters, .read = read_rate_limit,
     .quota = quota_of_rate_limit, .is_due = is_over_limit, .apply = apply_rate_limit,
     .meaning = "429 with Retry-After once a window has had its requests, until the window ends"},
    {"OUTAGE", CLASS_QUOTA, FAULT_ANY_PHASE, outage_parameters, .read = read_error, .apply = apply_outage,
     .meaning = "503 with Retry-After and Connection: close while its window lasts"},
    {"DEGRADATION", CLASS_DECAY, FAULT_ANY_PHASE, degradation_parameters, .read = read_degradation, .is_due = is_worse,
     .apply = apply_degradation,
     .meaning = "errors and delays that grow from nothing to their full measure along a ramp"},
    {.name = NULL},
};
