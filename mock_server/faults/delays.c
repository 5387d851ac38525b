/* The true answer, late: by a fixed time, or by one that is drawn. */
#include "faults/draw.h"
#include "faults/kinds.h"
#include "faults/parameters.h"
#include "model/exchange.h"

static void delay(struct exchange *x, int64_t delay_us)
{
    x->reply.wire.delay_us += delay_us;
    exchange_drew(x, "ms", delay_us / 1000);
}

/* ── DELAY_FIXED ───────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct shape fixed_parameters[] = {
    {"ms", SHAPE_INTEGER, .required = true, .least = 0, .most = PARAMETER_MS_MAX, .meaning = "how long it waits"},
    SHAPE_END,
};

static const void *read_fixed(struct arena *arena, const cJSON *spec, struct text *problems)
{
    int64_t *own = arena_alloc(arena, sizeof *own);
    (void)problems;
    *own = parameter_us(spec, "ms", 0);
    return own;
}

static void apply_fixed(struct exchange *x, const void *parameters, const struct firing *firing)
{
    (void)firing;
    delay(x, *(const int64_t *)parameters);
}

/* ── DELAY_UNIFORM ─────────────────────────────────────────────────────────────────────────────────────────────── */

struct range {
    int64_t lower_ms, upper_ms;
};

static const struct shape uniform_parameters[] = {
    {"lower_ms", SHAPE_INTEGER, .required = true, .least = 0, .most = PARAMETER_MS_MAX, .meaning = "the least"},
    {"upper_ms", SHAPE_INTEGER, .required = true, .least = 0, .most = PARAMETER_MS_MAX, .meaning = "the most"},
    SHAPE_END,
};

static const void *read_uniform(struct arena *arena, const cJSON *spec, struct text *problems)
{
    struct range *own = arena_alloc(arena, sizeof *own);
    own->lower_ms = parameter_integer(spec, "lower_ms", 0);
    own->upper_ms = parameter_integer(spec, "upper_ms", 0);
    if (own->upper_ms < own->lower_ms)
        text_add(problems, "\"upper_ms\" is below \"lower_ms\"");
    return own;
}

static void apply_uniform(struct exchange *x, const void *parameters, const struct firing *firing)
{
    const struct range *own = parameters;
    struct id_stream stream = id_stream_from(firing->draw);
    delay(x, draw_between(&stream, own->lower_ms, own->upper_ms) * 1000);
}

/* ── DELAY_LOGNORMAL ───────────────────────────────────────────────────────────────────────────────────────────── */

struct lognormal {
    double median_ms, sigma, max_ms;
};

#define SIGMA_MAX 10

static const struct shape lognormal_parameters[] = {
    {"median_ms", SHAPE_NUMBER, .required = true, .least = 0, .most = PARAMETER_MS_MAX,
     .meaning = "half of the delays are shorter"},
    {"sigma", SHAPE_NUMBER, .required = true, .least = 0, .most = SIGMA_MAX,
     .meaning = "how far they scatter: exp(N(ln median, sigma))"},
    {"max_ms", SHAPE_NUMBER, .least = 0, .most = PARAMETER_MS_MAX,
     .meaning = "a draw above is drawn again; one hour when absent"},
    SHAPE_END,
};

static const void *read_lognormal(struct arena *arena, const cJSON *spec, struct text *problems)
{
    struct lognormal *own = arena_alloc(arena, sizeof *own);
    own->median_ms = parameter_number(spec, "median_ms", 0);
    own->sigma = parameter_number(spec, "sigma", 0);
    own->max_ms = parameter_number(spec, "max_ms", (double)PARAMETER_MS_MAX);
    if (own->median_ms <= 0)
        text_add(problems, "\"median_ms\" must be more than 0");
    else if (own->max_ms < own->median_ms)
        text_add(problems, "\"max_ms\" is below \"median_ms\"");
    return own;
}

#define DRAWS_MAX 1000 /* at least every second one lies below the median, and so below the most */

static void apply_lognormal(struct exchange *x, const void *parameters, const struct firing *firing)
{
    const struct lognormal *own = parameters;
    struct id_stream stream = id_stream_from(firing->draw);
    double drawn = draw_lognormal(&stream, own->median_ms, own->sigma);
    for (int i = 0; i < DRAWS_MAX && !(drawn <= own->max_ms); i++)
        drawn = draw_lognormal(&stream, own->median_ms, own->sigma);
    delay(x, (int64_t)((drawn <= own->max_ms ? drawn : own->max_ms) * 1000));
}

const struct fault_kind delay_faults[] = {
    {"DELAY_FIXED", CLASS_DELAY, FAULT_AFTER_COMMIT, fixed_parameters, .read = read_fixed, .apply = apply_fixed,
     .meaning = "nothing for a while, then the true answer"},
    {"DELAY_UNIFORM", CLASS_DELAY, FAULT_AFTER_COMMIT, uniform_parameters, .read = read_uniform, .apply = apply_uniform,
     .meaning = "nothing for a while that is drawn evenly from a range, then the true answer"},
    {"DELAY_LOGNORMAL", CLASS_DELAY, FAULT_AFTER_COMMIT, lognormal_parameters, .read = read_lognormal,
     .apply = apply_lognormal,
     .meaning = "nothing for a while, mostly short and now and then long, then the true answer"},
    {.name = NULL},
};
