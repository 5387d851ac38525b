/*
 * An answer that does not simply leave: late, in pieces, with a stall, without end, or with an end of its own.
 *
 * It is a plan and a place in it. The plan is parts, one behind the other (before and head, body, filler, after), and
 * what struct wire (model/wire.h) says of times and of the end. libmicrohttpd asks for bytes whenever the socket takes
 * some; performance_next() gives what is due, or says until when nothing is. It does no I/O, and it knows no clock but
 * the one that it is told, so it can be tested alone.
 *
 *     struct performance *performance = performance_new(x, instant_monotonic());
 *     struct performance_step step = performance_next(performance, buffer, size, instant_monotonic());
 *         // step.bytes > 0: that many are in the buffer
 *         // step.until_us > 0: nothing before that time (WIRE_FOREVER: never)
 *         // else it is over: step.end says how the connection ends
 */
#ifndef TRANSPORT_PERFORMANCE_H
#define TRANSPORT_PERFORMANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "model/wire.h"

struct exchange;
struct performance;

struct performance_step {
    size_t bytes;
    int64_t until_us;
    enum wire_end end; /* AS_SAID: the connection stays, or ends as the headers say */
};

/* Whether the answer needs one; all others leave as they are. */
bool performance_is_needed(const struct exchange *x);

/* Holds the exchange. */
struct performance *performance_new(struct exchange *x, int64_t now_us) WARN_UNUSED;
void performance_free(struct performance *performance);

struct performance_step performance_next(struct performance *performance, char *buffer, size_t size, int64_t now_us);
/* From now on nothing waits: what has a time comes at once, and what would wait for ever is over. */
void performance_hurry(struct performance *performance);
/* Bytes of the whole plan; WIRE_ENDLESS. */
uint64_t performance_size(const struct performance *performance);

#endif
