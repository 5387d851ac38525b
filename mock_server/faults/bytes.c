/* Bytes in the answer's place, which need be no HTTP at all. */
#include <string.h>

#include "base/base64.h"
#include "base/ids.h"
#include "faults/kinds.h"
#include "faults/parameters.h"
#include "faults/replace.h"
#include "model/exchange.h"

/* ── RAW_RESPONSE ──────────────────────────────────────────────────────────────────────────────────────────────── */

struct raw {
    const char *bytes;
    size_t length;
};

static const struct shape raw_parameters[] = {
    {"bytes", SHAPE_STRING, .meaning = "what is sent, as text"},
    {"bytes_base64", SHAPE_STRING, .meaning = "what is sent, in Base64"},
    SHAPE_END,
};

static const char *const raw_either[] = {"bytes", "bytes_base64", NULL};

static const void *read_raw(struct arena *arena, const cJSON *spec, struct text *problems)
{
    struct raw *own = arena_alloc(arena, sizeof *own);
    const char *base64 = json_string(spec, "bytes_base64");
    own->bytes = base64 == NULL ? json_string(spec, "bytes") : base64_read(arena, base64, &own->length);
    if (base64 == NULL)
        own->length = strlen(own->bytes);
    else if (own->bytes == NULL)
        text_add(problems, "\"bytes_base64\" is no Base64");
    return own;
}

/* The bytes live as long as the exchange. */
static void replace_with_bytes(struct exchange *x, const char *bytes, size_t length)
{
    replace_answer(x);
    x->reply.body = bytes;
    x->reply.body_length = length;
    x->reply.wire.raw = true;
}

static void apply_raw(struct exchange *x, const void *parameters, const struct firing *firing)
{
    const struct raw *own = parameters;
    (void)firing;
    replace_with_bytes(x, arena_dup_bytes(x->arena, own->bytes, own->length), own->length);
}

/* ── RANDOM_DATA_THEN_CLOSE ────────────────────────────────────────────────────────────────────────────────────── */

#define RANDOM_MAX  (1024 * 1024)
#define RANDOM_THAT 36 /* as many as WireMock sends */

static const struct shape random_parameters[] = {
    {"bytes", SHAPE_INTEGER, .least = 1, .most = RANDOM_MAX, .meaning = "how many bytes are sent; 36 when absent"},
    SHAPE_END,
};

static const void *read_random(struct arena *arena, const cJSON *spec, struct text *problems)
{
    size_t *own = arena_alloc(arena, sizeof *own);
    (void)problems;
    *own = (size_t)parameter_integer(spec, "bytes", RANDOM_THAT);
    return own;
}

/* The first one is above 127, so no status line comes about. */
static void apply_random(struct exchange *x, const void *parameters, const struct firing *firing)
{
    size_t length = *(const size_t *)parameters;
    struct id_stream stream = id_stream_from(firing->draw);
    char *bytes = arena_alloc(x->arena, length + 1);
    for (size_t i = 0; i < length; i++)
        bytes[i] = (char)(id_draw(&stream) >> 32);
    bytes[0] = (char)(bytes[0] | 0x80);
    replace_with_bytes(x, bytes, length);
    exchange_drew(x, "bytes", (int64_t)length);
}

const struct fault_kind byte_faults[] = {
    {"RAW_RESPONSE", CLASS_LOSS, FAULT_ANY_PHASE, raw_parameters, .either = raw_either, .needs_either = true,
     .read = read_raw, .apply = apply_raw,
     .meaning = "exactly these bytes instead of an answer, status line and all: FIN"},
    {"RANDOM_DATA_THEN_CLOSE", CLASS_LOSS, FAULT_ANY_PHASE, random_parameters, .read = read_random,
     .apply = apply_random, .meaning = "random bytes instead of an answer, no HTTP at all: FIN"},
    {.name = NULL},
};
