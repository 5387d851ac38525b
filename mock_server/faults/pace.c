/* The true answer, whole and right, but slowly: in parts, byte by byte, with a rest in the middle, at some speed. */
#include <string.h>

#include "faults/kinds.h"
#include "faults/parameters.h"
#include "model/exchange.h"
#include "model/framing.h"

#define MICROSECONDS INT64_C(1000000)
#define RATE_MAX     INT64_C(1000000000)

/* ── CHUNKED_DRIBBLE, DRIP ─────────────────────────────────────────────────────────────────────────────────────── */

struct spell {
    int64_t chunks, delay_us, total_us;
};

static const struct shape dribble_parameters[] = {
    {"chunks", SHAPE_INTEGER, .required = true, .least = 1, .most = 10000,
     .meaning = "into how many parts of about one length the body is cut"},
    {"ms", SHAPE_INTEGER, .required = true, .least = 0, .most = PARAMETER_MS_MAX,
     .meaning = "how long all of it takes; the headers leave at once"},
    SHAPE_END,
};

static const struct shape drip_parameters[] = {
    {"delay_ms", SHAPE_INTEGER, .least = 0, .most = PARAMETER_MS_MAX,
     .meaning = "how long before the first byte of the body; not at all when absent"},
    {"ms", SHAPE_INTEGER, .required = true, .least = 0, .most = PARAMETER_MS_MAX,
     .meaning = "how long it takes from the first byte to the last"},
    SHAPE_END,
};

static const void *read_spell(struct arena *arena, const cJSON *spec, struct text *problems)
{
    struct spell *own = arena_alloc(arena, sizeof *own);
    (void)problems;
    own->chunks = parameter_integer(spec, "chunks", 1);
    own->delay_us = parameter_us(spec, "delay_ms", 0);
    own->total_us = parameter_us(spec, "ms", 0);
    return own;
}

/* Each part has its share of the time before it, so the last one comes when all of it is over. What is parted is the
 * body as it leaves: in chunks, where the client knows them. */
static void apply_dribble(struct exchange *x, const void *parameters, const struct firing *firing)
{
    const struct spell *own = parameters;
    bool is_1_0 = x->request.version != NULL && strcmp(x->request.version, "HTTP/1.0") == 0;
    uint64_t length = is_1_0 ? x->reply.body_length : chunked_length(x->reply.body_length);
    uint64_t parts = (uint64_t)own->chunks, piece = (length + parts - 1) / parts;
    (void)firing;
    if (x->reply.body_length == 0)
        return;
    parts = (length + piece - 1) / piece; /* a short body has fewer */
    x->reply.framing = REPLY_CHUNKED;
    x->reply.wire.pace = (struct wire_pace){
        .piece = piece, .first_us = own->total_us / (int64_t)parts, .gap_us = own->total_us / (int64_t)parts};
}

static void apply_drip(struct exchange *x, const void *parameters, const struct firing *firing)
{
    const struct spell *own = parameters;
    uint64_t gaps = x->reply.body_length > 1 ? x->reply.body_length - 1 : 1;
    (void)firing;
    x->reply.framing = REPLY_COUNTED;
    x->reply.wire.pace =
        (struct wire_pace){.piece = 1, .first_us = own->delay_us, .gap_us = own->total_us / (int64_t)gaps};
}

/* ── STALL ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct stall {
    struct amount after;
    int64_t stall_us;
};

static const struct shape stall_parameters[] = {
    {"bytes", SHAPE_INTEGER, .least = 0, .most = INT32_MAX, .meaning = "after how many bytes of the body it stalls"},
    {"fraction", SHAPE_NUMBER, .least = 0, .most = 1, .meaning = "after which part of the body; half when absent"},
    {"ms", SHAPE_INTEGER, .least = 1, .most = PARAMETER_MS_MAX,
     .meaning = "for how long; until the faults are cleared or the client has left when absent"},
    SHAPE_END,
};

static const char *const stall_either[] = {"bytes", "fraction", NULL};

static const void *read_stall(struct arena *arena, const cJSON *spec, struct text *problems)
{
    struct stall *own = arena_alloc(arena, sizeof *own);
    (void)problems;
    own->after = parameter_amount(spec, 0.5);
    own->stall_us = parameter_us(spec, "ms", WIRE_FOREVER);
    return own;
}

static void apply_stall(struct exchange *x, const void *parameters, const struct firing *firing)
{
    const struct stall *own = parameters;
    (void)firing;
    x->reply.framing = REPLY_COUNTED;
    x->reply.wire.stall_after = amount_of(&own->after, x->reply.body_length);
    x->reply.wire.stall_us = own->stall_us;
    exchange_drew(x, "bytes", (int64_t)x->reply.wire.stall_after);
}

/* ── BANDWIDTH, SLICER ─────────────────────────────────────────────────────────────────────────────────────────── */

static const struct shape bandwidth_parameters[] = {
    {"bytes_per_s", SHAPE_INTEGER, .required = true, .least = 1, .most = RATE_MAX,
     .meaning = "how fast the answer leaves, its headers too"},
    SHAPE_END,
};

static const struct shape slicer_parameters[] = {
    {"bytes", SHAPE_INTEGER, .required = true, .least = 1, .most = INT32_MAX,
     .meaning = "how long a slice of the answer is, its headers too"},
    {"spread", SHAPE_INTEGER, .least = 0, .most = INT32_MAX,
     .meaning = "how much longer or shorter a slice may be, which is drawn; 0 when absent"},
    {"gap_us", SHAPE_INTEGER, .least = 0, .most = PARAMETER_MS_MAX * 1000,
     .meaning = "microseconds between two slices; 0 when absent"},
    SHAPE_END,
};

/* Twenty pieces a second, or one byte now and then. */
static const void *read_bandwidth(struct arena *arena, const cJSON *spec, struct text *problems)
{
    struct wire_pace *own = arena_alloc(arena, sizeof *own);
    int64_t rate = parameter_integer(spec, "bytes_per_s", 1), piece = rate / 20 > 0 ? rate / 20 : 1;
    (void)problems;
    *own = (struct wire_pace){.head_too = true, .piece = (uint64_t)piece, .gap_us = piece * MICROSECONDS / rate};
    return own;
}

static const void *read_slicer(struct arena *arena, const cJSON *spec, struct text *problems)
{
    struct wire_pace *own = arena_alloc(arena, sizeof *own);
    *own = (struct wire_pace){.head_too = true,
                              .piece = (uint64_t)parameter_integer(spec, "bytes", 1),
                              .spread = (uint64_t)parameter_integer(spec, "spread", 0),
                              .gap_us = parameter_integer(spec, "gap_us", 0)};
    if (own->spread >= own->piece)
        text_add(problems, "\"spread\" must be less than \"bytes\": a slice has a byte at least");
    return own;
}

static void apply_pace(struct exchange *x, const void *parameters, const struct firing *firing)
{
    x->reply.wire.pace = *(const struct wire_pace *)parameters;
    if (x->reply.wire.pace.spread == 0)
        return;
    x->reply.wire.pace.seed = firing->draw & (uint64_t)JSON_INTEGER_MAX;
    exchange_drew(x, "seed", (int64_t)x->reply.wire.pace.seed);
}

const struct fault_kind pace_faults[] = {
    {"CHUNKED_DRIBBLE", CLASS_PACE, FAULT_AFTER_COMMIT, dribble_parameters, .read = read_spell, .apply = apply_dribble,
     .meaning = "the true answer, its body in parts spread evenly over a time"},
    {"DRIP", CLASS_PACE, FAULT_AFTER_COMMIT, drip_parameters, .read = read_spell, .apply = apply_drip,
     .meaning = "the true answer, its body byte by byte, with the right Content-Length"},
    {"STALL", CLASS_PACE, FAULT_AFTER_COMMIT, stall_parameters, .either = stall_either, .read = read_stall,
     .apply = apply_stall, .meaning = "the true answer, and in the middle of its body nothing for a while"},
    {"BANDWIDTH", CLASS_PACE, FAULT_AFTER_COMMIT, bandwidth_parameters, .read = read_bandwidth, .apply = apply_pace,
     .meaning = "the true answer at so many bytes a second"},
    {"SLICER", CLASS_PACE, FAULT_AFTER_COMMIT, slicer_parameters, .read = read_slicer, .apply = apply_pace,
     .meaning = "the true answer in many small writes"},
    {.name = NULL},
};
