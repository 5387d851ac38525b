#include "transport/performance.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/exchange.h"
#include "transport/answer.h"

enum part_name { PART_HEAD, PART_BODY, PART_FILLER, PART_AFTER, PARTS };

struct part {
    const char *bytes; /* NULL: filler */
    uint64_t size;     /* WIRE_ENDLESS */
};

struct performance {
    struct exchange *x;
    struct wire wire;
    struct text head, body;
    struct part parts[PARTS];
    enum part_name part;
    uint64_t at;    /* in the part */
    uint64_t paced; /* bytes of the pieces so far */
    uint64_t piece_left;
    uint64_t pieces;  /* drawn so far */
    int64_t ready_us; /* nothing leaves before */
    bool began;       /* the body: the time before its first piece has been counted */
    bool stalled, ends, hurried;
};

bool performance_is_needed(const struct exchange *x)
{
    const struct wire *wire = &x->reply.wire;
    return wire->nothing || wire->delay_us > 0 || wire->pace.piece > 0 || wire->stall_us > 0 || wire->filler > 0 ||
           wire->end == WIRE_END_RESET || wire->end == WIRE_END_SILENCE || wire->end_delay_us > 0;
}

/* ── The plan ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void plan(struct performance *performance)
{
    const struct wire *wire = &performance->wire;
    if (!wire->nothing) {
        answer_write_head(performance->x, &performance->head);
        answer_write_body(performance->x, &performance->body);
    }
    performance->parts[PART_HEAD] = (struct part){text_cstr(&performance->head), performance->head.length};
    performance->parts[PART_BODY] = (struct part){text_cstr(&performance->body), performance->body.length};
    performance->parts[PART_FILLER] = (struct part){NULL, wire->nothing ? 0 : wire->filler};
    performance->parts[PART_AFTER] = (struct part){wire->after, wire->nothing ? 0 : wire->after_length};
}

struct performance *performance_new(struct exchange *x, int64_t now_us)
{
    struct performance *performance = mem_zero(1, sizeof *performance);
    *performance = (struct performance){.x = exchange_hold(x),
                                        .wire = x->reply.wire,
                                        .head = TEXT_INIT(TEXT_UNBOUNDED),
                                        .body = TEXT_INIT(TEXT_UNBOUNDED)};
    int64_t delay_us = performance->wire.delay_us;
    performance->ready_us = delay_us == WIRE_FOREVER ? WIRE_FOREVER : now_us + delay_us;
    plan(performance);
    return performance;
}

void performance_free(struct performance *performance)
{
    if (performance == NULL)
        return;
    exchange_drop(performance->x);
    text_release(&performance->head);
    text_release(&performance->body);
    free(performance);
}

uint64_t performance_size(const struct performance *performance)
{
    uint64_t size = 0;
    for (size_t i = 0; i < PARTS; i++) {
        if (performance->parts[i].size == WIRE_ENDLESS)
            return WIRE_ENDLESS;
        size += performance->parts[i].size;
    }
    return size;
}

/* ── Times ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void wait_for(struct performance *performance, int64_t from_us, int64_t us)
{
    performance->ready_us = us == WIRE_FOREVER || from_us > WIRE_FOREVER - us ? WIRE_FOREVER : from_us + us;
}

void performance_hurry(struct performance *performance)
{
    performance->hurried = true;
    if (performance->ready_us != WIRE_FOREVER)
        performance->ready_us = 0;
}

/* splitmix64: equally distributed, and the same for the same seed and number everywhere. */
static uint64_t draw(uint64_t seed, uint64_t number)
{
    uint64_t z = seed + (number + 1) * UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static uint64_t next_piece(struct performance *performance)
{
    const struct wire_pace *pace = &performance->wire.pace;
    uint64_t least = pace->piece > pace->spread ? pace->piece - pace->spread : 1;
    uint64_t range = pace->piece + pace->spread - least + 1;
    return pace->spread == 0 ? pace->piece : least + draw(pace->seed, performance->pieces++) % range;
}

static bool is_paced(const struct performance *performance)
{
    const struct wire_pace *pace = &performance->wire.pace;
    return pace->piece > 0 && (performance->part != PART_HEAD || pace->head_too);
}

/* ── Steps ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void skip_empty_parts(struct performance *performance)
{
    while (performance->part != PARTS && performance->at == performance->parts[performance->part].size) {
        performance->part++;
        performance->at = 0;
    }
}

/* What stands between the parts and their bytes: the time before the first piece, and a stall in the body. */
static void meet_pauses(struct performance *performance, int64_t now_us)
{
    const struct wire *wire = &performance->wire;
    if (!performance->began && is_paced(performance)) {
        performance->began = true;
        wait_for(performance, now_us, wire->pace.first_us);
    }
    bool is_there =
        performance->part == PART_BODY ? performance->at == wire->stall_after : performance->part > PART_BODY;
    if (wire->stall_us > 0 && !performance->stalled && is_there && !performance->hurried) {
        performance->stalled = true;
        wait_for(performance, now_us, wire->stall_us);
    }
}

static size_t least(size_t size, uint64_t bound)
{
    return bound < size ? (size_t)bound : size;
}

static size_t take(struct performance *performance, char *buffer, size_t size, int64_t now_us)
{
    const struct part *part = &performance->parts[performance->part];
    const struct wire *wire = &performance->wire;
    if (part->size != WIRE_ENDLESS)
        size = least(size, part->size - performance->at);
    if (wire->stall_us > 0 && performance->part == PART_BODY && performance->at < wire->stall_after)
        size = least(size, wire->stall_after - performance->at);
    bool paced = is_paced(performance) && !performance->hurried;
    if (paced && performance->piece_left == 0)
        performance->piece_left = next_piece(performance);
    if (paced)
        size = least(size, performance->piece_left);
    if (part->bytes == NULL)
        memset(buffer, wire->filler_byte, size);
    else
        memcpy(buffer, part->bytes + performance->at, size);
    if (part->size != WIRE_ENDLESS)
        performance->at += size;
    if (paced && (performance->piece_left -= size) == 0)
        wait_for(performance, now_us, wire->pace.gap_us);
    return size;
}

/* Behind the last byte: the end waits for its own time. */
static struct performance_step end_step(struct performance *performance, int64_t now_us)
{
    const struct wire *wire = &performance->wire;
    enum wire_end end = wire->end == WIRE_END_AS_SAID && wire_ends(wire) ? WIRE_END_FIN : wire->end;
    if (!performance->ends) {
        performance->ends = true;
        wait_for(performance, now_us, end == WIRE_END_SILENCE ? WIRE_FOREVER : wire->end_delay_us);
    }
    if (performance->ready_us > now_us && !performance->hurried)
        return (struct performance_step){.until_us = performance->ready_us};
    return (struct performance_step){.end = end == WIRE_END_SILENCE ? WIRE_END_FIN : end};
}

struct performance_step performance_next(struct performance *performance, char *buffer, size_t size, int64_t now_us)
{
    skip_empty_parts(performance);
    if (performance->ready_us <= now_us)
        meet_pauses(performance, now_us);
    bool is_endless = performance->part == PART_FILLER && performance->parts[PART_FILLER].size == WIRE_ENDLESS;
    if (performance->hurried && (is_endless || performance->ready_us == WIRE_FOREVER))
        return (struct performance_step){.end = WIRE_END_FIN};
    bool waits = performance->ready_us > now_us && !performance->hurried;
    bool is_late_end = performance->wire.nothing && !performance->ends; /* a delay before an answer that never comes */
    if (performance->part == PARTS && !(is_late_end && waits))
        return end_step(performance, now_us);
    if (waits)
        return (struct performance_step){.until_us = performance->ready_us};
    return (struct performance_step){.bytes = take(performance, buffer, size, now_us)};
}
