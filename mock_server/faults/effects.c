#include "faults/effects.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/base64.h"
#include "base/number.h"
#include "model/exchange.h"

/* ── Answers made up by the test ───────────────────────────────────────────────────────────────────────────────── */

static void check_status(const cJSON *spec, struct text *problems)
{
    int64_t status = 0;
    if (!json_integer(json_member(spec, "status"), &status) || status < 200 || status > 599)
        text_add(problems, "\"status\" is an integer from 200 to 599");
}

static void drop_answer(struct exchange *x)
{
    x->reply.header_count = 0;
    reply_empty(x, 0);
}

#define TOKEN_CHARACTERS "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define HEADERS_MAX      ((size_t)8 * 1024) /* in all: they must fit beside the request's head */

/* One [name, value]; its length, 0 when it is no header. */
static size_t header_length(const cJSON *pair)
{
    const cJSON *name = cJSON_GetArrayItem(pair, 0), *value = cJSON_GetArrayItem(pair, 1);
    if (!cJSON_IsArray(pair) || cJSON_GetArraySize(pair) != 2 || !cJSON_IsString(name) || !cJSON_IsString(value))
        return 0;
    size_t length = strlen(name->valuestring);
    bool token = length > 0 && strspn(name->valuestring, TOKEN_CHARACTERS) == length;
    return token && strpbrk(value->valuestring, "\r\n") == NULL ? length + strlen(value->valuestring) + 4 : 0;
}

static void check_headers(const cJSON *headers, struct text *problems)
{
    size_t total = 0;
    for (const cJSON *pair = headers == NULL ? NULL : headers->child; pair != NULL; pair = pair->next) {
        size_t length = header_length(pair);
        total += length;
        if (length == 0)
            text_add(problems, "\"headers\" holds [name, value] pairs that HTTP allows");
        else if (ascii_equal(cJSON_GetArrayItem(pair, 0)->valuestring, "Content-Length"))
            text_add(problems, "Content-Length is counted; RAW_RESPONSE can lie about it");
        if (length == 0 || problems->length > 0)
            return;
    }
    if (total > HEADERS_MAX)
        text_add(problems, "\"headers\" are longer than 8 KiB; RAW_RESPONSE can be longer");
}

static void check_canned(const cJSON *spec, struct text *problems)
{
    check_status(spec, problems);
    check_headers(json_member(spec, "headers"), problems);
    if (json_member(spec, "body") != NULL && json_member(spec, "json") != NULL)
        text_add(problems, "give \"body\" or \"json\", not both");
}

/* The first of a name replaces what is there (the content type of "json"), the others stand beside it. */
static void set_headers(struct exchange *x, const cJSON *headers)
{
    size_t own = x->reply.header_count;
    for (const cJSON *pair = headers == NULL ? NULL : headers->child; pair != NULL; pair = pair->next) {
        const char *name = cJSON_GetArrayItem(pair, 0)->valuestring, *value = cJSON_GetArrayItem(pair, 1)->valuestring;
        if (own > 0 && ascii_equal(name, "Content-Type"))
            reply_header(x, name, value);
        else
            reply_header_again(x, name, value);
    }
}

static void apply_canned(struct exchange *x, const cJSON *spec)
{
    int64_t status = 200;
    json_integer(json_member(spec, "status"), &status);
    drop_answer(x);
    const cJSON *json = json_member(spec, "json");
    if (json != NULL) {
        char *text = json_write(json);
        reply_text(x, (int)status, "application/json", text);
        free(text);
    } else {
        reply_text(x, (int)status, NULL, json_string_or(spec, "body", ""));
    }
    set_headers(x, json_member(spec, "headers"));
}

/* ── The true answer, bent ─────────────────────────────────────────────────────────────────────────────────────── */

const struct shape drift_shape[] = {
    {"op", SHAPE_STRING, .required = true},
    {"path", SHAPE_STRING, .required = true},
    {"value", SHAPE_ANY, .nullable = true},
    SHAPE_END,
};

static void check_drift(const cJSON *spec, struct text *problems)
{
    if (json_member(spec, "patch") == NULL)
        text_add(problems, "SCHEMA_DRIFT takes a \"patch\"");
    for (const cJSON *change = cJSON_GetArrayItem(json_member(spec, "patch"), 0); change != NULL;
         change = change->next) {
        const char *op = json_string_or(change, "op", ""), *path = json_string_or(change, "path", "");
        if (strcmp(op, "set") != 0 && strcmp(op, "remove") != 0)
            text_add(problems, "\"op\" is set or remove");
        if (*path != '/')
            text_add(problems, "\"path\" is a JSON pointer, such as /data/order/status");
    }
    if (json_member(spec, "status") != NULL)
        check_status(spec, problems);
}

/* One reference token of a JSON pointer, ~1 and ~0 undone. */
static char *token_of(struct arena *arena, const char *start, size_t length)
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

static cJSON *child_named(cJSON *parent, const char *token)
{
    int64_t index = 0;
    if (cJSON_IsArray(parent))
        return number_read(token, 0, 1000000, &index) ? cJSON_GetArrayItem(parent, (int)index) : NULL;
    return json_member_mut(parent, token);
}

static void change_child(cJSON *parent, const char *token, const cJSON *change)
{
    cJSON *old = child_named(parent, token);
    if (strcmp(json_string_or(change, "op", ""), "remove") == 0) {
        cJSON_Delete(old == NULL ? NULL : cJSON_DetachItemViaPointer(parent, old));
        return;
    }
    const cJSON *value = json_member(change, "value");
    cJSON *fresh = value == NULL ? cJSON_CreateNull() : cJSON_Duplicate(value, true);
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

static void apply_change(struct arena *arena, cJSON *tree, const cJSON *change)
{
    const char *at = json_string_or(change, "path", "") + 1;
    cJSON *parent = tree;
    for (size_t length = strcspn(at, "/"); parent != NULL && at[length] == '/'; length = strcspn(at, "/")) {
        parent = child_named(parent, token_of(arena, at, length));
        at += length + 1;
    }
    if (parent != NULL)
        change_child(parent, token_of(arena, at, strlen(at)), change);
}

static void apply_drift(struct exchange *x, const cJSON *spec)
{
    struct json_problem problem;
    cJSON *tree = json_read(x->reply.body, x->reply.body_length, JSON_PLAIN, NULL, &problem);
    int64_t status = x->reply.status;
    json_integer(json_member(spec, "status"), &status);
    x->reply.status = (int)status;
    if (tree == NULL)
        return;
    for (const cJSON *change = cJSON_GetArrayItem(json_member(spec, "patch"), 0); change != NULL; change = change->next)
        apply_change(x->arena, tree, change);
    char *text = json_write(tree);
    reply_text(x, (int)status, NULL, text);
    free(text);
    cJSON_Delete(tree);
}

/* ── Connections that end badly ────────────────────────────────────────────────────────────────────────────────── */

static void apply_empty(struct exchange *x, const cJSON *spec)
{
    (void)spec;
    drop_answer(x);
    x->reply.wire = WIRE_EMPTY;
}

static void apply_reset(struct exchange *x, const cJSON *spec)
{
    (void)spec;
    drop_answer(x);
    x->reply.wire = WIRE_RESET;
}

static void apply_silence(struct exchange *x, const cJSON *spec)
{
    (void)spec;
    drop_answer(x);
    x->reply.wire = WIRE_SILENCE;
}

static void check_truncated(const cJSON *spec, struct text *problems)
{
    int64_t bytes = 0;
    if (!json_integer(json_member(spec, "bytes"), &bytes) || bytes < 0 || bytes > INT32_MAX)
        text_add(problems, "\"bytes\" is how many bytes of the body are sent");
}

static void apply_truncated(struct exchange *x, const cJSON *spec)
{
    int64_t bytes = 0;
    json_integer(json_member(spec, "bytes"), &bytes);
    x->reply.wire = WIRE_TRUNCATED;
    x->reply.wire_bytes = (size_t)bytes;
}

static void check_raw(const cJSON *spec, struct text *problems)
{
    const char *base64 = json_string(spec, "bytes_base64");
    struct arena *arena = arena_new();
    size_t length = 0;
    if ((json_string(spec, "bytes") == NULL) == (base64 == NULL))
        text_add(problems, "RAW_RESPONSE takes \"bytes\" as text or \"bytes_base64\"");
    else if (base64 != NULL && base64_read(arena, base64, &length) == NULL)
        text_add(problems, "\"bytes_base64\" is no Base64");
    arena_free(arena);
}

static void apply_raw(struct exchange *x, const cJSON *spec)
{
    const char *base64 = json_string(spec, "bytes_base64");
    size_t length = 0;
    drop_answer(x);
    x->reply.body =
        base64 == NULL ? arena_dup(x->arena, json_string(spec, "bytes")) : base64_read(x->arena, base64, &length);
    if (x->reply.body == NULL)
        x->reply.body = "";
    x->reply.body_length = base64 == NULL ? strlen(x->reply.body) : length;
    x->reply.wire = WIRE_RAW;
}

const struct fault_kind fault_kinds[] = {
    {"CANNED_RESPONSE", false, check_canned, apply_canned},
    {"SCHEMA_DRIFT", true, check_drift, apply_drift},
    {"EMPTY_RESPONSE", false, NULL, apply_empty},
    {"CONNECTION_RESET_BY_PEER", false, NULL, apply_reset},
    {"NO_RESPONSE", false, NULL, apply_silence},
    {"TRUNCATED_BODY", true, check_truncated, apply_truncated},
    {"RAW_RESPONSE", false, check_raw, apply_raw},
    {.name = NULL},
};
