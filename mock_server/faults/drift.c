/* SCHEMA_DRIFT: the true answer in JSON that is valid, and of another shape than the documents have. */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "faults/kinds.h"
#include "faults/parameters.h"
#include "model/exchange.h"

#define STATUS_LEAST 200
#define STATUS_MOST  599

struct operation;

struct change {
    const struct operation *operation;
    const char **path;  /* the reference tokens of a JSON pointer, ~1 and ~0 undone */
    size_t depth;       /* at least 1 */
    const cJSON *value; /* NULL: null */
};

struct drift {
    int status; /* 0: that of the answer */
    struct change *changes;
    size_t count;
};

static cJSON *make_given(const cJSON *old, const struct change *change)
{
    (void)old;
    return change->value == NULL ? cJSON_CreateNull() : cJSON_Duplicate(change->value, true);
}

static cJSON *make_null(const cJSON *old, const struct change *change)
{
    (void)old;
    (void)change;
    return cJSON_CreateNull();
}

/* A value of a type that nobody expects there: text becomes a number, a number truth, a list an object … */
static cJSON *make_other_type(const cJSON *old, const struct change *change)
{
    (void)change;
    if (cJSON_IsNumber(old))
        return cJSON_CreateTrue();
    if (cJSON_IsBool(old))
        return cJSON_CreateString(cJSON_IsTrue(old) ? "true" : "false");
    if (cJSON_IsObject(old))
        return cJSON_CreateArray();
    return cJSON_IsArray(old) ? cJSON_CreateObject() : json_new_integer(42);
}

static cJSON *make_number_text(const cJSON *old, const struct change *change)
{
    (void)change;
    return cJSON_IsNumber(old) ? cJSON_CreateString(json_number_text(old)) : NULL;
}

/* A word that no list has: CANCELED becomes CANCELED_2. */
static cJSON *make_unknown_word(const cJSON *old, const struct change *change)
{
    (void)change;
    if (!cJSON_IsString(old))
        return NULL;
    char *word = mem_print("%s_2", old->valuestring);
    cJSON *fresh = cJSON_CreateString(word);
    free(word);
    return fresh;
}

/* An object gets a member that no document knows, a list an element. */
static cJSON *make_more(const cJSON *old, const struct change *change)
{
    (void)change;
    if (!cJSON_IsObject(old) && !cJSON_IsArray(old))
        return NULL;
    cJSON *fresh = cJSON_Duplicate(old, true), *more = cJSON_CreateObject();
    json_set_string(more, "added_later", "yes");
    if (cJSON_IsObject(fresh))
        json_set(fresh, "x_unexpected", more);
    else
        cJSON_AddItemToArray(fresh, more);
    return fresh;
}

/* What a change does to a value. */
static const struct operation {
    const char *name;
    bool adds; /* also where there is no such value */
    /* The new value, or NULL: it stays as it is. NULL make: it is removed. */
    cJSON *(*make)(const cJSON *old, const struct change *change);
} operations[] = {
    {"set", true, make_given},
    {"remove", false, NULL},
    {"null", false, make_null},
    {"wrong_type", false, make_other_type},
    {"number_as_string", false, make_number_text},
    {"unknown_word", false, make_unknown_word},
    {"extra", false, make_more},
};

static const struct operation *operation_named(const char *name)
{
    size_t i = 0;
    while (strcmp(operations[i].name, name) != 0)
        i++;
    return &operations[i];
}

static const char *const change_words[] = {"set",          "remove", "null", "wrong_type", "number_as_string",
                                           "unknown_word", "extra",  NULL};

static const struct shape change_shape[] = {
    {"op", SHAPE_STRING, .required = true, .words = change_words, .meaning = "what happens to the member"},
    {"path", SHAPE_STRING, .required = true, .meaning = "which one: a JSON pointer, such as /data/order/status"},
    {"value", SHAPE_ANY, .nullable = true, .meaning = "of set: what it is set to; null when absent"},
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

/* RFC 6901 section 3: behind "~" stands 0 or 1. */
static bool is_pointer(const char *path)
{
    for (const char *at = strchr(path, '~'); at != NULL; at = strchr(at + 1, '~'))
        if (at[1] != '0' && at[1] != '1')
            return false;
    return true;
}

static const void *read_drift(struct arena *arena, const cJSON *spec, struct text *problems)
{
    struct drift *own = arena_alloc(arena, sizeof *own);
    const cJSON *patch = json_member(spec, "patch"), *item = NULL;
    own->status = (int)parameter_integer(spec, "status", 0);
    if (cJSON_GetArraySize(patch) == 0 && own->status == 0)
        text_add(problems, "\"patch\" has no change, and there is no \"status\", so nothing would be another");
    own->changes = arena_alloc(arena, (size_t)cJSON_GetArraySize(patch) * sizeof *own->changes + 1);
    cJSON_ArrayForEach (item, patch) {
        struct change *change = &own->changes[own->count++];
        const char *path = json_string(item, "path");
        change->operation = operation_named(json_string(item, "op"));
        change->value = json_member(item, "value");
        if (*path == '/' && is_pointer(path))
            read_path(arena, change, path);
        else if (problems->length == 0)
            text_add(problems, "\"path\" is a JSON pointer, such as /data/order/status");
        if (change->value != NULL && change->operation->make != make_given && problems->length == 0)
            text_print(problems, "\"value\" is of \"set\" alone, and this is \"%s\"", change->operation->name);
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

/* Puts it into the place of the old one, or beside the others. */
static void put_child(cJSON *parent, const char *token, cJSON *old, cJSON *fresh)
{
    if (cJSON_IsObject(parent))
        json_set(parent, token, fresh);
    else if (old != NULL)
        cJSON_ReplaceItemViaPointer(parent, old, fresh);
    else if (cJSON_IsArray(parent))
        cJSON_AddItemToArray(parent, fresh);
    else
        cJSON_Delete(fresh);
}

/* What bends a value leaves alone what is not there, and what it cannot bend. */
static void change_child(cJSON *parent, const char *token, const struct change *change)
{
    cJSON *old = child_named(parent, token);
    if (change->operation->make == NULL) {
        cJSON_Delete(old == NULL ? NULL : cJSON_DetachItemViaPointer(parent, old));
        return;
    }
    if (old == NULL && !change->operation->adds)
        return;
    cJSON *fresh = change->operation->make(old, change);
    if (fresh != NULL)
        put_child(parent, token, old, fresh);
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

const struct fault_kind drift_faults[] = {
    {"SCHEMA_DRIFT", CLASS_BODY, FAULT_AFTER_COMMIT, drift_parameters, .read = read_drift, .apply = apply_drift,
     .meaning = "the true answer with members of its JSON set, removed or bent"},
    {.name = NULL},
};
