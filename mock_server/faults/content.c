/* The true answer under a false name, or without measure. */
#include <string.h>

#include "faults/kinds.h"
#include "faults/parameters.h"
#include "model/exchange.h"

/* ── WRONG_CONTENT_TYPE, BAD_ENCODING ──────────────────────────────────────────────────────────────────────────── */

static const struct shape type_parameters[] = {
    {"value", SHAPE_STRING, .meaning = "what the header Content-Type says; text/html when absent"},
    SHAPE_END,
};

static const struct shape encoding_parameters[] = {
    {"value", SHAPE_STRING, .meaning = "what the header Content-Encoding says; gzip when absent"},
    SHAPE_END,
};

static const void *read_value(const cJSON *spec, const char *otherwise, struct text *problems)
{
    const char *value = json_string_or(spec, "value", otherwise);
    (void)parameter_is_value("value", value, problems);
    return value;
}

static const void *read_type(struct arena *arena, const cJSON *spec, struct text *problems)
{
    (void)arena;
    return read_value(spec, "text/html", problems);
}

static const void *read_encoding(struct arena *arena, const cJSON *spec, struct text *problems)
{
    (void)arena;
    return read_value(spec, "gzip", problems);
}

static void apply_type(struct exchange *x, const void *parameters, const struct firing *firing)
{
    (void)firing;
    reply_header(x, "Content-Type", parameters);
}

/* Who says so already is not compressed: model/framing.c. */
static void apply_encoding(struct exchange *x, const void *parameters, const struct firing *firing)
{
    (void)firing;
    reply_header(x, "Content-Encoding", parameters);
}

/* ── OVERSIZED, ENDLESS ────────────────────────────────────────────────────────────────────────────────────────── */

#define HEADER_BYTES_MAX (1024 * 1024) /* a header is held in memory, and in the journal */

struct oversized {
    int64_t header_bytes, body_bytes;
};

static const struct shape oversized_parameters[] = {
    {"header_bytes", SHAPE_INTEGER, .least = 1, .most = HEADER_BYTES_MAX,
     .meaning = "how long the value of the header X-Filler is"},
    {"body_bytes", SHAPE_INTEGER, .least = 1, .most = PARAMETER_BYTES_MAX,
     .meaning = "how many spaces stand behind the body, which Content-Length counts"},
    SHAPE_END,
};

static const char *const oversized_either[] = {"header_bytes", "body_bytes", NULL};

static const void *read_oversized(struct arena *arena, const cJSON *spec, struct text *problems)
{
    struct oversized *own = arena_alloc(arena, sizeof *own);
    (void)problems;
    own->header_bytes = parameter_integer(spec, "header_bytes", 0);
    own->body_bytes = parameter_integer(spec, "body_bytes", 0);
    return own;
}

static void apply_oversized(struct exchange *x, const void *parameters, const struct firing *firing)
{
    const struct oversized *own = parameters;
    (void)firing;
    if (own->header_bytes > 0) {
        char *value = arena_alloc(x->arena, (size_t)own->header_bytes + 1);
        memset(value, 'x', (size_t)own->header_bytes);
        reply_header(x, "X-Filler", value);
        return;
    }
    x->reply.framing = REPLY_COUNTED;
    x->reply.wire.filler = (uint64_t)own->body_bytes;
    x->reply.wire.filler_byte = ' ';
}

static void apply_endless(struct exchange *x, const void *parameters, const struct firing *firing)
{
    (void)parameters;
    (void)firing;
    x->reply.framing = REPLY_COUNTED; /* and what has no end has no Content-Length */
    x->reply.wire.filler = WIRE_ENDLESS;
    x->reply.wire.filler_byte = ' ';
    x->reply.wire.end = WIRE_END_FIN;
}

const struct fault_kind content_faults[] = {
    {"WRONG_CONTENT_TYPE", CLASS_BODY, FAULT_AFTER_COMMIT, type_parameters, .read = read_type, .apply = apply_type,
     .meaning = "the true answer, said to be of another type"},
    {"BAD_ENCODING", CLASS_BODY, FAULT_AFTER_COMMIT, encoding_parameters, .read = read_encoding,
     .apply = apply_encoding, .meaning = "the true answer, said to be compressed, which it is not"},
    {"OVERSIZED", CLASS_BODY, FAULT_AFTER_COMMIT, oversized_parameters, .either = oversized_either,
     .needs_either = true, .read = read_oversized, .apply = apply_oversized,
     .meaning = "the true answer with a header or a body that is far too long, rightly framed"},
    {"ENDLESS", CLASS_BODY, FAULT_AFTER_COMMIT, .apply = apply_endless,
     .meaning = "the true answer, and behind it spaces without end, until the client leaves"},
    {.name = NULL},
};
