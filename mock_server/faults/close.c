/* The true answer, whole, on a connection that ends otherwise than it says. */
#include "faults/kinds.h"
#include "faults/parameters.h"
#include "model/exchange.h"

static const struct shape slow_parameters[] = {
    {"ms", SHAPE_INTEGER, .required = true, .least = 1, .most = PARAMETER_MS_MAX,
     .meaning = "how long after the answer's last byte it ends"},
    SHAPE_END,
};

static const struct shape stale_parameters[] = {
    {"ms", SHAPE_INTEGER, .least = 0, .most = PARAMETER_MS_MAX,
     .meaning = "how long after the answer's last byte it ends; at once when absent"},
    SHAPE_END,
};

static const void *read_wait(struct arena *arena, const cJSON *spec, struct text *problems)
{
    int64_t *wait_us = arena_alloc(arena, sizeof *wait_us);
    (void)problems;
    *wait_us = parameter_us(spec, "ms", 0);
    return wait_us;
}

static void apply_slow(struct exchange *x, const void *parameters, const struct firing *firing)
{
    (void)firing;
    if (x->reply.wire.end == WIRE_END_AS_SAID)
        x->reply.wire.end = WIRE_END_FIN;
    x->reply.wire.end_delay_us = *(const int64_t *)parameters;
}

static void apply_stale(struct exchange *x, const void *parameters, const struct firing *firing)
{
    (void)firing;
    x->reply.wire.goes_stale = true;
    x->reply.wire.idle_us = *(const int64_t *)parameters;
}

const struct fault_kind close_faults[] = {
    {"SLOW_CLOSE", CLASS_CLOSE, FAULT_AFTER_COMMIT, slow_parameters, .read = read_wait, .apply = apply_slow,
     .meaning = "the true answer with Connection: close, and the end of the connection comes late: FIN"},
    {"STALE_KEEPALIVE", CLASS_CLOSE, FAULT_AFTER_COMMIT, stale_parameters, .read = read_wait, .apply = apply_stale,
     .meaning = "the true answer on a connection that is said to stay, and is closed under the client: FIN"},
    {.name = NULL},
};
