/* Before there is an answer: a connection that is not read from, a request that is read slowly. */
#include "faults/kinds.h"
#include "faults/parameters.h"
#include "model/exchange.h"

#define READ_RATE_MAX INT64_C(1000000000)

static const struct shape accept_parameters[] = {
    {"ms", SHAPE_INTEGER, .required = true, .least = 1, .most = PARAMETER_MS_MAX,
     .meaning = "how long nothing is read from a new connection"},
    SHAPE_END,
};

static const struct shape read_parameters[] = {
    {"bytes_per_s", SHAPE_INTEGER, .required = true, .least = 1, .most = READ_RATE_MAX,
     .meaning = "how fast the body of the request is read"},
    SHAPE_END,
};

static const void *read_accept(struct arena *arena, const cJSON *spec, struct text *problems)
{
    int64_t *own = arena_alloc(arena, sizeof *own);
    (void)problems;
    *own = parameter_us(spec, "ms", 0);
    return own;
}

static const void *read_rate(struct arena *arena, const cJSON *spec, struct text *problems)
{
    int64_t *own = arena_alloc(arena, sizeof *own);
    (void)problems;
    *own = parameter_integer(spec, "bytes_per_s", 1);
    return own;
}

static int64_t accept_delay(const void *parameters)
{
    return *(const int64_t *)parameters;
}

static void apply_read(struct exchange *x, const void *parameters, const struct firing *firing)
{
    (void)firing;
    x->reply.wire.read_bytes_per_s = *(const int64_t *)parameters;
}

const struct fault_kind listener_faults[] = {
    {"ACCEPT_DELAY", CLASS_LISTENER, FAULT_BEFORE_COMMIT, accept_parameters, .of_connections = true,
     .read = read_accept, .accept_delay = accept_delay,
     .meaning = "a new connection is accepted, and nothing is read from it for a while"},
    {"SLOW_READ", CLASS_READ, FAULT_BEFORE_COMMIT, read_parameters, .read = read_rate, .apply = apply_read,
     .meaning = "the body of the request is read slowly; then it is answered as ever"},
    {.name = NULL},
};
