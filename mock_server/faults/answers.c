/* A whole answer that the provider would not give: one made up by the test. */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "faults/kinds.h"
#include "faults/parameters.h"
#include "faults/replace.h"
#include "model/exchange.h"

#define STATUS_LEAST 200
#define STATUS_MOST  599

/* ── CANNED_RESPONSE ───────────────────────────────────────────────────────────────────────────────────────────── */

struct canned {
    int status;
    bool is_providers;        /* an error without a body: as the provider words it */
    const char *content_type; /* NULL: the headers say it, or nobody */
    const char *body;
    struct header *headers;
    size_t header_count;
};

static const struct shape canned_parameters[] = {
    {"status", SHAPE_INTEGER, .required = true, .least = STATUS_LEAST, .most = STATUS_MOST,
     .meaning = "the status code"},
    {"headers", SHAPE_PAIRS, .meaning = "in this order; Content-Length and Date are added"},
    {"body", SHAPE_STRING, .meaning = "the body, as text; without one an error has that of the provider"},
    {"json", SHAPE_ANY, .nullable = true, .meaning = "the body, as JSON; makes the Content-Type application/json"},
    SHAPE_END,
};

static const char *const canned_either[] = {"body", "json", NULL};

#define TOKEN_CHARACTERS "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define HEADERS_MAX      ((size_t)8 * 1024) /* in all: they must fit beside the request's head */

/* Headers that frame the answer: a false one would not be sent, or break it. */
static const char *const counted[] = {"Content-Length", "Transfer-Encoding"};

static bool is_header(const struct header *header)
{
    size_t length = strlen(header->name);
    return length > 0 && strspn(header->name, TOKEN_CHARACTERS) == length && strpbrk(header->value, "\r\n") == NULL;
}

static void check_header(const struct header *header, struct text *problems)
{
    if (!is_header(header))
        text_add(problems, "\"headers\" holds [name, value] pairs that HTTP allows");
    for (size_t i = 0; i < COUNT_OF(counted) && problems->length == 0; i++)
        if (ascii_equal(header->name, counted[i]))
            text_print(problems, "%s is counted; RAW_RESPONSE can lie about it", counted[i]);
    if (problems->length == 0 && (*header->value == '\0' || strchr(header->value, '\t') != NULL))
        text_print(problems, "the server cannot send a header without a value, or with a tab in it; RAW_RESPONSE can");
}

static void read_headers(struct canned *own, struct arena *arena, const cJSON *headers, struct text *problems)
{
    size_t total = 0;
    const cJSON *pair = NULL;
    own->headers = arena_alloc(arena, (size_t)cJSON_GetArraySize(headers) * sizeof *own->headers + 1);
    cJSON_ArrayForEach (pair, headers) {
        struct header *header = &own->headers[own->header_count++];
        *header = (struct header){pair->child->valuestring, pair->child->next->valuestring};
        total += strlen(header->name) + strlen(header->value) + 4;
        check_header(header, problems);
        if (problems->length > 0)
            return;
    }
    if (total > HEADERS_MAX)
        text_add(problems, "\"headers\" are longer than 8 KiB; RAW_RESPONSE can be longer");
}

static const void *read_canned(struct arena *arena, const cJSON *spec, struct text *problems)
{
    struct canned *own = arena_alloc(arena, sizeof *own);
    const cJSON *json = json_member(spec, "json");
    own->status = (int)parameter_integer(spec, "status", STATUS_LEAST);
    own->body = json_string_or(spec, "body", "");
    own->is_providers = own->status >= 400 && json == NULL && json_member(spec, "body") == NULL;
    if (json != NULL) {
        char *text = json_write(json);
        own->content_type = "application/json";
        own->body = arena_dup(arena, text);
        free(text);
    }
    if ((own->status == 204 || own->status == 304) && *own->body != '\0')
        text_print(problems, "an answer of status %d has no body", own->status);
    else
        read_headers(own, arena, json_member(spec, "headers"), problems);
    return own;
}

/* Whether one of the first `count` headers of the answer has that name. */
static bool is_among(const struct exchange *x, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (ascii_equal(x->reply.headers[i].name, name))
            return true;
    return false;
}

/* A header takes the place of the one that "json" or the provider has; all others stand beside what is there. */
static void apply_canned(struct exchange *x, const void *parameters, const struct firing *firing)
{
    const struct canned *own = parameters;
    (void)firing;
    if (own->is_providers)
        replace_with_status(x, own->status);
    else
        replace_with_text(x, own->status, own->content_type, own->body);
    size_t before = x->reply.header_count;
    for (size_t i = 0; i < own->header_count; i++) {
        const struct header *header = &own->headers[i];
        if (is_among(x, before, header->name))
            reply_header(x, header->name, header->value);
        else
            reply_header_again(x, header->name, header->value);
    }
}

const struct fault_kind answer_faults[] = {
    {"CANNED_RESPONSE", CLASS_ANSWER, FAULT_ANY_PHASE, canned_parameters, .either = canned_either, .read = read_canned,
     .apply = apply_canned, .meaning = "an answer made up by the test instead of the provider's"},
    {.name = NULL},
};
