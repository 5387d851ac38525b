#include "model/exchange.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/json_twice.h"
#include "base/xml.h"

struct exchange *exchange_new(void)
{
    struct arena *arena = arena_new();
    struct exchange *x = arena_alloc(arena, sizeof *x);
    x->arena = arena;
    x->references = 1;
    x->request.body = "";
    x->reply.body = "";
    return x;
}

struct exchange *exchange_hold(struct exchange *x)
{
    __atomic_add_fetch(&x->references, 1, __ATOMIC_RELAXED);
    return x;
}

static void release_trees(struct exchange *x)
{
    order_drop(x->order);
    x->order = NULL;
    cJSON_Delete(x->parsed);
    x->parsed = NULL;
}

void exchange_drop(struct exchange *x)
{
    if (x == NULL || __atomic_sub_fetch(&x->references, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    release_trees(x);
    arena_free(x->arena);
}

/* What lies in fixtures goes, too: they may be replaced while the journal keeps the exchange. */
void exchange_settle(struct exchange *x)
{
    release_trees(x);
    x->account = arena_dup(x->arena, x->account);
    x->credential = NULL;
    x->scratch = NULL;
}

const char *exchange_header(const struct exchange *x, const char *name)
{
    for (size_t i = 0; i < x->request.header_count; i++)
        if (ascii_equal(x->request.headers[i].name, name))
            return x->request.headers[i].value;
    return NULL;
}

size_t exchange_header_count(const struct exchange *x, const char *name)
{
    size_t count = 0;
    for (size_t i = 0; i < x->request.header_count; i++)
        count += ascii_equal(x->request.headers[i].name, name);
    return count;
}

bool exchange_is_head(const struct exchange *x)
{
    return strcmp(x->request.method, "HEAD") == 0;
}

bool exchange_content_is(const struct exchange *x, const char *type)
{
    const char *value = exchange_header(x, "Content-Type");
    size_t length = strlen(type);
    if (value == NULL || !ascii_equal_bytes(value, type, length))
        return false;
    value += length + strspn(value + length, " \t");
    return *value == '\0' || *value == ';';
}

const char *exchange_param(const struct exchange *x, const char *name)
{
    for (size_t i = 0; i < x->param_count; i++)
        if (strcmp(x->params[i].name, name) == 0)
            return x->params[i].value;
    return "";
}

static bool is_blank(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (bytes[i] == '\0' || strchr(" \t\r\n", bytes[i]) == NULL)
            return false;
    return true;
}

void exchange_unwrap(struct exchange *x, const char *bytes, size_t length)
{
    x->content = bytes;
    x->content_length = length;
}

const char *exchange_content(const struct exchange *x, size_t *length)
{
    *length = x->content == NULL ? x->request.body_length : x->content_length;
    return x->content == NULL ? x->request.body : x->content;
}

bool exchange_is_unwrapped(const struct exchange *x)
{
    return x->content != NULL;
}

static void note_twice(void *exchange, const cJSON *member)
{
    struct exchange *x = exchange;
    cJSON *name = cJSON_CreateString(member->string);
    exchange_note(x, arena_print(x->arena, "RFC 8259 section 4: the member %s stands there twice; the last counts",
                                 exchange_describe(x, name)));
    cJSON_Delete(name);
}

/* Of members of one name the last counts, as the readers of all of these vendors' stacks have it. */
static cJSON *read_json(struct exchange *x, const char *body, size_t length)
{
    cJSON *tree = json_read(body, length, JSON_PLAIN, NULL, x->parse_problem);
    if (tree != NULL)
        json_keep_last(tree, note_twice, x);
    return tree;
}

static enum body_kind read_body(struct exchange *x, bool is_xml, const cJSON **tree)
{
    size_t length = 0;
    const char *body = exchange_content(x, &length);
    if (!x->body_read) {
        x->body_read = true;
        x->body_kind = BODY_EMPTY;
        if (!is_blank(body, length)) {
            x->parse_problem = arena_alloc(x->arena, sizeof *x->parse_problem);
            x->parsed = is_xml ? xml_read(body, length, x->parse_problem) : read_json(x, body, length);
            x->body_kind = x->parsed == NULL ? BODY_BROKEN : BODY_JSON;
        }
    }
    if (tree != NULL)
        *tree = x->parsed;
    return x->body_kind;
}

enum body_kind exchange_body(struct exchange *x, const cJSON **tree)
{
    return read_body(x, false, tree);
}

enum body_kind exchange_body_xml(struct exchange *x, const cJSON **tree)
{
    return read_body(x, true, tree);
}

const struct json_problem *exchange_body_problem(const struct exchange *x)
{
    return x->parse_problem;
}

enum step exchange_refuse(struct exchange *x, int status, cJSON *body, const struct reason *why)
{
    reply_json(x, status, body);
    exchange_give_reason(x, why);
    return STEP_REPLY;
}

static struct reason *keep_reason(struct exchange *x, const struct reason *why)
{
    struct reason *mine = arena_alloc(x->arena, sizeof *mine);
    mine->rule = arena_dup(x->arena, why->rule);
    mine->field = arena_dup(x->arena, why->field);
    mine->expected = arena_dup(x->arena, why->expected);
    mine->actual = arena_dup(x->arena, why->actual);
    mine->knob = arena_dup(x->arena, why->knob);
    return mine;
}

void exchange_give_reason(struct exchange *x, const struct reason *why)
{
    x->reason = keep_reason(x, why);
    const struct reason **end = &x->reason->more;
    for (const struct reason *more = why->more; more != NULL; more = more->more) {
        struct reason *kept = keep_reason(x, more);
        *end = kept;
        end = &kept->more;
    }
}

void exchange_note(struct exchange *x, const char *note)
{
    for (size_t i = 0; i < x->note_count; i++)
        if (strcmp(x->notes[i], note) == 0)
            return;
    if (x->note_count < NOTES_MAX)
        x->notes[x->note_count++] = arena_dup(x->arena, note);
}

#define DESCRIBE_MAX 80

const char *exchange_describe(struct exchange *x, const cJSON *value)
{
    if (value == NULL)
        return "absent";
    char *written = json_write(value);
    size_t length = strlen(written);
    while (length > DESCRIBE_MAX || (length < strlen(written) && ((unsigned char)written[length] & 0xc0) == 0x80))
        length = length > DESCRIBE_MAX ? DESCRIBE_MAX : length - 1;
    char *described = arena_dup_bytes(x->arena, written, length);
    free(written);
    return described;
}
