/* Connections that end badly, or do not end: not a byte comes. */
#include "faults/kinds.h"
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

const struct fault_kind connection_faults[] = {
    {"EMPTY_RESPONSE", CLASS_LOSS, FAULT_ANY_PHASE, .apply = apply_empty,
     .meaning = "the request is read, and the connection ends without a byte: FIN"},
    {"CONNECTION_RESET_BY_PEER", CLASS_LOSS, FAULT_ANY_PHASE, .apply = apply_reset,
     .meaning = "the request is read, and the connection is reset without a byte: RST"},
    {"NO_RESPONSE", CLASS_LOSS, FAULT_ANY_PHASE, .apply = apply_silence,
     .meaning = "the connection stays open and silent until the faults are cleared or the client has left"},
    {.name = NULL},
};
