/* Whole answers that the provider would not give: one made up by the test, and the true one, bent. */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/number.h"
#include "faults/kinds.h"
#include "faults/replace.h"
#include "model/exchange.h"
#include "model/provider.h"

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

static int status_of(const cJSON *spec, int otherwise)
{
    int64_t status = otherwise;
    json_integer(json_member(spec, "status"), &status);
    return (int)status;
}

static const void *read_canned(struct arena *arena, const cJSON *spec, struct text *problems)
{
    struct canned *own = arena_alloc(arena, sizeof *own);
    const cJSON *json = json_member(spec, "json");
    own->status = status_of(spec, STATUS_LEAST);
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

/* ── SCHEMA_DRIFT ──────────────────────────────────────────────────────────────────────────────────────────────── */

struct change {
    bool removes;
    const char **path;  /* the reference tokens of a JSON pointer, ~1 and ~0 undone */
    size_t depth;       /* at least 1 */
    const cJSON *value; /* NULL: null */
};

struct drift {
    int status; /* 0: that of the answer */
    struct change *changes;
    size_t count;
};

static const char *const change_words[] = {"set", "remove", NULL};

static const struct shape change_shape[] = {
    {"op", SHAPE_STRING, .required = true, .words = change_words, .meaning = "what happens to the member"},
    {"path", SHAPE_STRING, .required = true, .meaning = "which one: a JSON pointer, such as /data/order/status"},
    {"value", SHAPE_ANY, .nullable = true, .meaning = "what it is set to; null when absent"},
    SHAPE_END,
};

static const struct shape drift_parameters[] = {
    {"patch", SHAPE_ARRAY, change_shape, .required = true, .meaning = "the changes, one after the other"},
    {"status", SHAPE_INTEGER, .least = STATUS_LEAST, .most = STATUS_MOST,
     .meaning = "the status code; that of the true answer when absent"},
    SHAPE_END,
};

/* One reference token of a JSON pointer, ~1 and ~0 undone. */
static char *read_token(struct arena *arena, const char *start, size_t length)
{
    char *token = arena_alloc(arena, length + 1);
    size_t at = 0;
    for (size_t i = 0; i < length; i++) {
        bool escape = start[i] == '~' && i + 1 < length && (start[i + 1] == '0' || start[i + 1] == '1');
        token[at++] = !escape ? start[i] : start[i + 1] == '1' ? '/' : '~';
        i += escape;
    }
    return token;
}

static void read_path(struct arena *arena, struct change *change, const char *path)
{
    for (const char *slash = strchr(path, '/'); slash != NULL; slash = strchr(slash + 1, '/'))
        change->depth++;
    change->path = arena_alloc(arena, change->depth * sizeof *change->path);
    for (size_t i = 0; i < change->depth; i++) {
        size_t length = strcspn(path + 1, "/");
        change->path[i] = read_token(arena, path + 1, length);
        path += length + 1;
    }
}

static const void *read_drift(struct arena *arena, const cJSON *spec, struct text *problems)
{
    struct drift *own = arena_alloc(arena, sizeof *own);
    const cJSON *patch = json_member(spec, "patch"), *item = NULL;
    own->status = status_of(spec, 0);
    own->changes = arena_alloc(arena, (size_t)cJSON_GetArraySize(patch) * sizeof *own->changes + 1);
    cJSON_ArrayForEach (item, patch) {
        struct change *change = &own->changes[own->count++];
        const char *path = json_string(item, "path");
        change->removes = strcmp(json_string(item, "op"), "remove") == 0;
        change->value = json_member(item, "value");
        if (*path == '/')
            read_path(arena, change, path);
        else if (problems->length == 0)
            text_add(problems, "\"path\" is a JSON pointer, such as /data/order/status");
    }
    return own;
}

static cJSON *child_named(cJSON *parent, const char *token)
{
    int64_t index = 0;
    if (cJSON_IsArray(parent))
        return number_read(token, 0, 1000000, &index) ? cJSON_GetArrayItem(parent, (int)index) : NULL;
    return json_member_mut(parent, token);
}

static void change_child(cJSON *parent, const char *token, const struct change *change)
{
    cJSON *old = child_named(parent, token);
    if (change->removes) {
        cJSON_Delete(old == NULL ? NULL : cJSON_DetachItemViaPointer(parent, old));
        return;
    }
    cJSON *fresh = change->value == NULL ? cJSON_CreateNull() : cJSON_Duplicate(change->value, true);
    if (cJSON_IsObject(parent)) {
        json_set(parent, token, fresh);
    } else if (old != NULL) {
        cJSON_ReplaceItemViaPointer(parent, old, fresh);
    } else if (cJSON_IsArray(parent)) {
        cJSON_AddItemToArray(parent, fresh);
    } else {
        cJSON_Delete(fresh);
    }
}

static void apply_change(cJSON *tree, const struct change *change)
{
    cJSON *parent = tree;
    for (size_t i = 0; i + 1 < change->depth && parent != NULL; i++)
        parent = child_named(parent, change->path[i]);
    if (parent != NULL)
        change_child(parent, change->path[change->depth - 1], change);
}

static void apply_drift(struct exchange *x, const void *parameters, const struct firing *firing)
{
    const struct drift *own = parameters;
    (void)firing;
    struct json_problem problem;
    cJSON *tree = json_read(x->reply.body, x->reply.body_length, JSON_PLAIN, NULL, &problem);
    if (own->status != 0)
        x->reply.status = own->status;
    if (tree == NULL)
        return;
    for (size_t i = 0; i < own->count; i++)
        apply_change(tree, &own->changes[i]);
    char *text = json_write(tree);
    reply_text(x, x->reply.status, NULL, text);
    free(text);
    cJSON_Delete(tree);
}

const struct fault_kind answer_faults[] = {
    {"CANNED_RESPONSE", CLASS_ANSWER, FAULT_ANY_PHASE, canned_parameters, .either = canned_either, .read = read_canned,
     .apply = apply_canned, .meaning = "an answer made up by the test instead of the provider's"},
    {"SCHEMA_DRIFT", CLASS_BODY, FAULT_AFTER_COMMIT, drift_parameters, .read = read_drift, .apply = apply_drift,
     .meaning = "the true answer with members of its JSON set or removed"},
    {.name = NULL},
};
