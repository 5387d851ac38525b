/* Connections that end badly, or do not end: not a byte comes. */
#include "faults/kinds.h"
#include "model/exchange.h"

static void withhold(struct exchange *x, enum wire_end end)
{
    reply_clear(x);
    x->reply.wire = (struct wire){.nothing = true, .end = end};
}

static void apply_empty(struct exchange *x, const void *parameters)
{
    (void)parameters;
    withhold(x, WIRE_END_FIN);
}

static void apply_reset(struct exchange *x, const void *parameters)
{
    (void)parameters;
    withhold(x, WIRE_END_RESET);
}

static void apply_silence(struct exchange *x, const void *parameters)
{
    (void)parameters;
    withhold(x, WIRE_END_SILENCE);
}

const struct fault_kind connection_faults[] = {
    {"EMPTY_RESPONSE", FAULT_ANY_PHASE, .apply = apply_empty,
     .meaning = "the request is read, and the connection ends without a byte: FIN"},
    {"CONNECTION_RESET_BY_PEER", FAULT_ANY_PHASE, .apply = apply_reset,
     .meaning = "the request is read, and the connection is reset without a byte: RST"},
    {"NO_RESPONSE", FAULT_ANY_PHASE, .apply = apply_silence,
     .meaning = "the connection stays open and silent until the faults are cleared or the client has left"},
    {.name = NULL},
};
