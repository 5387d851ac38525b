/* Where the answer begins and ends: cut, too long, counted wrongly, with bytes around it, or in broken chunks. */
#include <string.h>

#include "base/base64.h"
#include "faults/kinds.h"
#include "faults/parameters.h"
#include "model/exchange.h"

/* ── TRUNCATED_BODY, RESET_MID_RESPONSE ────────────────────────────────────────────────────────────────────────── */

static const struct shape cut_parameters[] = {
    {"bytes", SHAPE_INTEGER, .least = 0, .most = INT32_MAX, .meaning = "how many bytes of the body are sent"},
    {"fraction", SHAPE_NUMBER, .least = 0, .most = 1, .meaning = "which part of the body is sent"},
    SHAPE_END,
};

static const char *const cut_either[] = {"bytes", "fraction", NULL};

static const void *read_cut(struct arena *arena, const cJSON *spec, struct text *problems)
{
    struct amount *own = arena_alloc(arena, sizeof *own);
    (void)problems;
    *own = parameter_amount(spec, 0);
    return own;
}

static void cut(struct exchange *x, const struct amount *amount, enum wire_end end)
{
    x->reply.framing = REPLY_COUNTED;
    x->reply.wire.cuts = true;
    x->reply.wire.keep = amount_of(amount, x->reply.body_length);
    x->reply.wire.end = end;
    exchange_drew(x, "bytes", (int64_t)x->reply.wire.keep);
}

static void apply_truncated(struct exchange *x, const void *parameters, const struct firing *firing)
{
    (void)firing;
    cut(x, parameters, WIRE_END_FIN);
}

static void apply_reset(struct exchange *x, const void *parameters, const struct firing *firing)
{
    (void)firing;
    cut(x, parameters, WIRE_END_RESET);
}

/* ── Wrong lengths ─────────────────────────────────────────────────────────────────────────────────────────────── */

#define DELTA_MAX 1000000000

static const struct shape overlong_parameters[] = {
    {"bytes", SHAPE_INTEGER, .required = true, .least = 1, .most = PARAMETER_BYTES_MAX,
     .meaning = "how many bytes more than Content-Length says are sent: each an x"},
    SHAPE_END,
};

static const struct shape wrong_parameters[] = {
    {"delta", SHAPE_INTEGER, .required = true, .least = -DELTA_MAX, .most = DELTA_MAX,
     .meaning = "how much Content-Length is off: below 0 it is too short, above 0 too long, and the connection ends"},
    SHAPE_END,
};

static const struct shape double_parameters[] = {
    {"delta", SHAPE_INTEGER, .least = -DELTA_MAX, .most = DELTA_MAX,
     .meaning = "how much the second Content-Length is off; 1 when absent, 0: both say the same"},
    SHAPE_END,
};

static const void *read_overlong(struct arena *arena, const cJSON *spec, struct text *problems)
{
    int64_t *own = arena_alloc(arena, sizeof *own);
    (void)problems;
    *own = parameter_integer(spec, "bytes", 0);
    return own;
}

static const void *read_wrong(struct arena *arena, const cJSON *spec, struct text *problems)
{
    int64_t *own = arena_alloc(arena, sizeof *own);
    *own = parameter_integer(spec, "delta", 0);
    if (*own == 0)
        text_add(problems, "\"delta\" 0 would be no fault: Content-Length would be right");
    return own;
}

static const void *read_double(struct arena *arena, const cJSON *spec, struct text *problems)
{
    int64_t *own = arena_alloc(arena, sizeof *own);
    (void)problems;
    *own = parameter_integer(spec, "delta", 1);
    return own;
}

static void apply_overlong(struct exchange *x, const void *parameters, const struct firing *firing)
{
    int64_t bytes = *(const int64_t *)parameters;
    (void)firing;
    x->reply.framing = REPLY_COUNTED;
    x->reply.length_off -= bytes;
    x->reply.wire.filler = (uint64_t)bytes;
    x->reply.wire.filler_byte = 'x';
}

/* A body that is shorter than what was said ends with the connection, or the client would wait for ever. */
static void apply_wrong(struct exchange *x, const void *parameters, const struct firing *firing)
{
    int64_t delta = *(const int64_t *)parameters;
    (void)firing;
    x->reply.framing = REPLY_COUNTED;
    x->reply.length_off += delta;
    if (delta > 0)
        x->reply.wire.end = WIRE_END_FIN;
}

static void apply_double(struct exchange *x, const void *parameters, const struct firing *firing)
{
    (void)firing;
    x->reply.framing = REPLY_COUNTED;
    x->reply.has_second_length = true;
    x->reply.second_length_off = *(const int64_t *)parameters;
}

/* ── EXTRA_BYTES, INTERIM_RESPONSE ─────────────────────────────────────────────────────────────────────────────── */

struct around {
    const char *bytes;
    size_t length;
};

static const struct shape extra_parameters[] = {
    {"bytes", SHAPE_STRING, .meaning = "what is sent behind the answer, as text"},
    {"bytes_base64", SHAPE_STRING, .meaning = "what is sent behind the answer, in Base64"},
    SHAPE_END,
};

static const char *const extra_either[] = {"bytes", "bytes_base64", NULL};

static const struct shape interim_parameters[] = {
    {"status", SHAPE_INTEGER, .required = true, .least = 100, .most = 103, .meaning = "100, 102 or 103"},
    {"count", SHAPE_INTEGER, .least = 1, .most = 1000, .meaning = "how many come; 1 when absent"},
    SHAPE_END,
};

static const void *read_extra(struct arena *arena, const cJSON *spec, struct text *problems)
{
    struct around *own = arena_alloc(arena, sizeof *own);
    const char *base64 = json_string(spec, "bytes_base64");
    own->bytes = base64 == NULL ? json_string(spec, "bytes") : base64_read(arena, base64, &own->length);
    if (base64 == NULL)
        own->length = strlen(own->bytes);
    if (own->bytes == NULL)
        text_add(problems, "\"bytes_base64\" is no Base64");
    else if (own->length == 0)
        text_add(problems, "no bytes would be no fault");
    return own;
}

static const struct interim {
    int64_t status;
    const char *head;
} interims[] = {
    {100, "HTTP/1.1 100 Continue\r\n\r\n"},
    {102, "HTTP/1.1 102 Processing\r\n\r\n"},
    {103, "HTTP/1.1 103 Early Hints\r\nLink: </orders.css>; rel=preload; as=style\r\n\r\n"},
};

static const void *read_interim(struct arena *arena, const cJSON *spec, struct text *problems)
{
    struct around *own = arena_alloc(arena, sizeof *own);
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    int64_t status = parameter_integer(spec, "status", 0), count = parameter_integer(spec, "count", 1);
    for (size_t i = 0; i < COUNT_OF(interims); i++)
        for (int64_t n = 0; n < count && interims[i].status == status; n++)
            text_add(&out, interims[i].head);
    if (out.length == 0)
        text_print(problems, "\"status\" is 100, 102 or 103, and this is %d", (int)status);
    own->length = out.length;
    own->bytes = arena_dup_bytes(arena, text_cstr(&out), out.length);
    text_release(&out);
    return own;
}

static void apply_extra(struct exchange *x, const void *parameters, const struct firing *firing)
{
    const struct around *own = parameters;
    (void)firing;
    x->reply.wire.after = arena_dup_bytes(x->arena, own->bytes, own->length);
    x->reply.wire.after_length = own->length;
}

static void apply_interim(struct exchange *x, const void *parameters, const struct firing *firing)
{
    const struct around *own = parameters;
    (void)firing;
    x->reply.wire.before = arena_dup_bytes(x->arena, own->bytes, own->length);
    x->reply.wire.before_length = own->length;
}

/* ── Chunks ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void apply_malformed_chunk(struct exchange *x, const void *parameters, const struct firing *firing)
{
    (void)parameters;
    (void)firing;
    x->reply.framing = REPLY_CHUNKED;
    x->reply.wire.chunks = WIRE_CHUNKS_MALFORMED;
}

static void apply_missing_chunk(struct exchange *x, const void *parameters, const struct firing *firing)
{
    (void)parameters;
    (void)firing;
    x->reply.framing = REPLY_CHUNKED;
    x->reply.wire.chunks = WIRE_CHUNKS_WITHOUT_LAST;
}

const struct fault_kind framing_faults[] = {
    {"TRUNCATED_BODY", CLASS_FRAMING, FAULT_AFTER_COMMIT, cut_parameters, .either = cut_either, .needs_either = true,
     .read = read_cut, .apply = apply_truncated,
     .meaning = "the true answer with all its headers, but only a part of its body: FIN"},
    {"RESET_MID_RESPONSE", CLASS_FRAMING, FAULT_AFTER_COMMIT, cut_parameters, .either = cut_either,
     .needs_either = true, .read = read_cut, .apply = apply_reset,
     .meaning = "the true answer with all its headers, but only a part of its body: RST"},
    {"OVERLONG_BODY", CLASS_FRAMING, FAULT_AFTER_COMMIT, overlong_parameters, .read = read_overlong,
     .apply = apply_overlong, .meaning = "the true answer, and more bytes of its body than Content-Length says"},
    {"WRONG_CONTENT_LENGTH", CLASS_FRAMING, FAULT_AFTER_COMMIT, wrong_parameters, .read = read_wrong,
     .apply = apply_wrong, .meaning = "the true answer with a Content-Length that is too short or too long"},
    {"DOUBLE_CONTENT_LENGTH", CLASS_FRAMING, FAULT_AFTER_COMMIT, double_parameters, .read = read_double,
     .apply = apply_double, .meaning = "the true answer with two Content-Length headers"},
    {"EXTRA_BYTES", CLASS_FRAMING, FAULT_AFTER_COMMIT, extra_parameters, .either = extra_either, .needs_either = true,
     .read = read_extra, .apply = apply_extra,
     .meaning = "the true answer, whole, and bytes behind it that nobody asked for"},
    {"INTERIM_RESPONSE", CLASS_FRAMING, FAULT_AFTER_COMMIT, interim_parameters, .read = read_interim,
     .apply = apply_interim, .meaning = "interim responses ahead of the true answer"},
    {"MALFORMED_RESPONSE_CHUNK", CLASS_FRAMING, FAULT_AFTER_COMMIT, .apply = apply_malformed_chunk,
     .meaning = "the true answer in chunks, and what follows the first one is no chunk: FIN"},
    {"MISSING_FINAL_CHUNK", CLASS_FRAMING, FAULT_AFTER_COMMIT, .apply = apply_missing_chunk,
     .meaning = "the true answer in chunks, without the last one of size 0: FIN"},
    {.name = NULL},
};
