#include "model/wire.h"

bool wire_ends(const struct wire *wire)
{
    return wire->nothing || wire->raw || wire->cuts || wire->chunks != WIRE_CHUNKS_AS_SAID ||
           wire->end != WIRE_END_AS_SAID || wire->filler == WIRE_ENDLESS || wire->delay_us == WIRE_FOREVER;
}

bool wire_is_short(const struct wire *wire)
{
    return wire->nothing || wire->cuts || wire->chunks != WIRE_CHUNKS_AS_SAID || wire->delay_us == WIRE_FOREVER ||
           wire->stall_us == WIRE_FOREVER;
}
