/* Bytes that are not what HTTP promised: an answer that is cut, and one that need be no HTTP at all. */
#include <string.h>

#include "base/base64.h"
#include "faults/kinds.h"
#include "faults/replace.h"
#include "model/exchange.h"

/* ── TRUNCATED_BODY ────────────────────────────────────────────────────────────────────────────────────────────── */

struct truncated {
    size_t bytes;
};

static const struct shape truncated_parameters[] = {
    {"bytes", SHAPE_INTEGER, .required = true, .least = 0, .most = INT32_MAX,
     .meaning = "how many bytes of the body are sent"},
    SHAPE_END,
};

static const void *read_truncated(struct arena *arena, const cJSON *spec, struct text *problems)
{
    struct truncated *own = arena_alloc(arena, sizeof *own);
    int64_t bytes = 0;
    (void)problems;
    json_integer(json_member(spec, "bytes"), &bytes);
    own->bytes = (size_t)bytes;
    return own;
}

static void apply_truncated(struct exchange *x, const void *parameters, const struct firing *firing)
{
    const struct truncated *own = parameters;
    (void)firing;
    x->reply.wire.cuts = true;
    x->reply.wire.keep = own->bytes;
}

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

static void apply_raw(struct exchange *x, const void *parameters, const struct firing *firing)
{
    const struct raw *own = parameters;
    (void)firing;
    replace_answer(x);
    x->reply.body = arena_dup_bytes(x->arena, own->bytes, own->length);
    x->reply.body_length = own->length;
    x->reply.wire.raw = true;
}

const struct fault_kind byte_faults[] = {
    {"TRUNCATED_BODY", CLASS_FRAMING, FAULT_AFTER_COMMIT, truncated_parameters, .read = read_truncated,
     .apply = apply_truncated,
     .meaning = "the true answer with all its headers, but only so many bytes of its body: FIN"},
    {"RAW_RESPONSE", CLASS_LOSS, FAULT_ANY_PHASE, raw_parameters, .either = raw_either, .needs_either = true,
     .read = read_raw, .apply = apply_raw,
     .meaning = "exactly these bytes instead of an answer, status line and all: FIN"},
    {.name = NULL},
};
