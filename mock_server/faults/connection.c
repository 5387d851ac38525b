/* Connections that end badly, or do not end: not a byte comes. */
#include "faults/kinds.h"
#include "faults/parameters.h"
#include "faults/replace.h"
#include "model/exchange.h"

static void withhold(struct exchange *x, enum wire_end end)
{
    replace_answer(x);
    x->reply.wire.nothing = true;
    x->reply.wire.end = end;
}

static void apply_empty(struct exchange *x, const void *parameters, const struct firing *firing)
{
    (void)parameters;
    (void)firing;
    withhold(x, WIRE_END_FIN);
}

static void apply_reset(struct exchange *x, const void *parameters, const struct firing *firing)
{
    (void)parameters;
    (void)firing;
    withhold(x, WIRE_END_RESET);
}

static void apply_silence(struct exchange *x, const void *parameters, const struct firing *firing)
{
    (void)parameters;
    (void)firing;
    withhold(x, WIRE_END_SILENCE);
}

/* ── TIMEOUT_THEN_CLOSE ────────────────────────────────────────────────────────────────────────────────────────── */

static const struct shape timeout_parameters[] = {
    {"ms", SHAPE_INTEGER, .required = true, .least = 0, .most = PARAMETER_MS_MAX, .meaning = "how long it is silent"},
    SHAPE_END,
};

static const void *read_timeout(struct arena *arena, const cJSON *spec, struct text *problems)
{
    int64_t *silent_us = arena_alloc(arena, sizeof *silent_us);
    (void)problems;
    *silent_us = parameter_us(spec, "ms", 0);
    return silent_us;
}

static void apply_timeout(struct exchange *x, const void *parameters, const struct firing *firing)
{
    (void)firing;
    withhold(x, WIRE_END_FIN);
    x->reply.wire.end_delay_us = *(const int64_t *)parameters;
}

/* ── CONNECTION_REFUSED ────────────────────────────────────────────────────────────────────────────────────────── */

#define REFUSAL_MS_MAX (INT64_C(600) * 1000) /* nobody can call it off from outside while the port refuses */

struct refused {
    int64_t refuse_us;
    bool now;
};

static const struct shape refused_parameters[] = {
    {"ms", SHAPE_INTEGER, .required = true, .least = 1, .most = REFUSAL_MS_MAX,
     .meaning = "how long the port refuses connections"},
    {"now", SHAPE_BOOLEAN, .meaning = "true: from the arming on, without waiting for a request"},
    SHAPE_END,
};

static const void *read_refused(struct arena *arena, const cJSON *spec, struct text *problems)
{
    struct refused *own = arena_alloc(arena, sizeof *own);
    own->refuse_us = parameter_us(spec, "ms", 0);
    own->now = json_true(spec, "now");
    if (own->now && cJSON_GetArraySize(json_member(spec, "match")) > 0)
        text_add(problems, "CONNECTION_REFUSED with \"now\" waits for no request: nothing can match");
    return own;
}

static int64_t refusal_at_once(const void *parameters)
{
    const struct refused *own = parameters;
    return own->now ? own->refuse_us : 0;
}

static void apply_refused(struct exchange *x, const void *parameters, const struct firing *firing)
{
    const struct refused *own = parameters;
    (void)firing;
    withhold(x, WIRE_END_RESET);
    x->reply.wire.refuse_us = own->refuse_us;
}

const struct fault_kind connection_faults[] = {
    {"EMPTY_RESPONSE", CLASS_LOSS, FAULT_ANY_PHASE, .apply = apply_empty,
     .meaning = "the request is read, and the connection ends without a byte: FIN"},
    {"CONNECTION_RESET_BY_PEER", CLASS_LOSS, FAULT_ANY_PHASE, .apply = apply_reset,
     .meaning = "the request is read, and the connection is reset without a byte: RST"},
    {"NO_RESPONSE", CLASS_LOSS, FAULT_ANY_PHASE, .apply = apply_silence,
     .meaning = "the connection stays open and silent until the faults are cleared or the client has left"},
    {"TIMEOUT_THEN_CLOSE", CLASS_LOSS, FAULT_ANY_PHASE, timeout_parameters, .read = read_timeout,
     .apply = apply_timeout, .meaning = "the connection stays open and silent for a while, then ends: FIN"},
    {"CONNECTION_REFUSED", CLASS_LOSS, FAULT_ANY_PHASE, refused_parameters, .read = read_refused,
     .refusal = refusal_at_once, .apply = apply_refused,
     .meaning = "the connection is reset without a byte, and for a while the port refuses new ones"},
    {.name = NULL},
};
