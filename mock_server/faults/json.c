/* MALFORMED_JSON: the true answer, rightly framed, and its body is no JSON any more. */
#include <string.h>

#include "faults/kinds.h"
#include "model/exchange.h"

static void cut_body(struct text *out, const char *body, size_t length)
{
    text_add_bytes(out, length == 0 ? "{" : body, length == 0 ? 1 : length / 2);
}

static void append_to_body(struct text *out, const char *body, size_t length)
{
    text_add_bytes(out, body, length);
    text_add(out, "{\"more\":");
}

/* Behind the first quotation mark: in a string, whatever it is of. Without any, a string is appended. */
static void insert_into_string(struct text *out, const char *body, size_t length, const char *spoiler)
{
    const char *quote = memchr(body, '"', length);
    size_t before = quote == NULL ? length : (size_t)(quote - body) + 1;
    text_add_bytes(out, body, before);
    text_add(out, quote == NULL ? "\"" : "");
    text_add(out, spoiler);
    text_add_bytes(out, body + before, length - before);
    text_add(out, quote == NULL ? "\"" : "");
}

static void spoil_escape(struct text *out, const char *body, size_t length)
{
    insert_into_string(out, body, length, "\\x");
}

static void spoil_utf8(struct text *out, const char *body, size_t length)
{
    insert_into_string(out, body, length, "\xc3\x28");
}

static void mark_order(struct text *out, const char *body, size_t length)
{
    text_add(out, "\xef\xbb\xbf");
    text_add_bytes(out, body, length);
}

static const char *const mode_words[] = {"cut", "append", "bad_escape", "bad_utf8", "bom", NULL};

/* In the order of the words. */
static void (*const modes[])(struct text *out, const char *body,
                             size_t length) = {cut_body, append_to_body, spoil_escape, spoil_utf8, mark_order};

static const struct shape malformed_parameters[] = {
    {"mode", SHAPE_STRING, .required = true, .words = mode_words,
     .meaning = "how: half of it, something more behind it, \\x in its first string, bytes there that are no UTF-8, or "
                "a byte order mark before it"},
    SHAPE_END,
};

static const void *read_malformed(struct arena *arena, const cJSON *spec, struct text *problems)
{
    size_t *own = arena_alloc(arena, sizeof *own);
    (void)problems;
    while (strcmp(mode_words[*own], json_string(spec, "mode")) != 0)
        ++*own;
    return own;
}

static void apply_malformed(struct exchange *x, const void *parameters, const struct firing *firing)
{
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    (void)firing;
    modes[*(const size_t *)parameters](&out, x->reply.body, x->reply.body_length);
    x->reply.body_length = out.length;
    x->reply.body = arena_dup_bytes(x->arena, text_cstr(&out), out.length);
    text_release(&out);
}

const struct fault_kind json_faults[] = {
    {"MALFORMED_JSON", CLASS_BODY, FAULT_AFTER_COMMIT, malformed_parameters, .read = read_malformed,
     .apply = apply_malformed, .meaning = "the true answer, rightly framed, with a body that is no JSON any more"},
    {.name = NULL},
};
