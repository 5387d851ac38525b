#include "diagnosis/differences.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "diagnosis/look.h"
#include "model/provider.h"

cJSON *differences_nearest(const struct look *look)
{
    const struct documented *near = look->near;
    if (near == NULL)
        return cJSON_CreateNull();
    cJSON *json = cJSON_CreateObject(), *request = cJSON_CreateObject();
    const cJSON *asked = json_member(near->exchange, "request");
    json_set_string(json, "provider", near->provider->name);
    json_set_string(json, "name", json_string(near->exchange, "name"));
    json_set_string(json, "file", json_string(near->exchange, "file"));
    json_set_string(json, "clause", json_string(near->exchange, "clause"));
    json_set_string(request, "method", json_string(asked, "method"));
    json_set_string(request, "path", near->target);
    json_set(request, "headers", near->headers == NULL ? cJSON_CreateObject() : cJSON_Duplicate(near->headers, true));
    const cJSON *body = json_member(asked, "json");
    if (body == NULL)
        body = json_member(asked, "body");
    json_set(request, "body", body == NULL ? cJSON_CreateNull() : cJSON_Duplicate(body, true));
    json_set(json, "request", request);
    return json;
}

/* ── The differences ───────────────────────────────────────────────────────────────────────────────────────────── */

struct differences {
    const struct look *look;
    diagnosis_show *show;
    cJSON *list;
};

static void add(struct differences *all, const char *where, const char *field, const char *expected, const char *actual)
{
    if (cJSON_GetArraySize(all->list) >= DIFFERENCES_MAX)
        return;
    cJSON *json = cJSON_CreateObject();
    json_set_string(json, "where", where);
    json_set_string(json, "field", field);
    json_set_string(json, "expected", expected);
    json_set_string(json, "actual", actual);
    cJSON_AddItemToArray(all->list, json);
}

/* A part of the request's own. */
static void add_sent(struct differences *all, const char *where, const char *field, const char *expected,
                     const char *actual)
{
    char *shown = actual == NULL ? NULL : all->show(all->look->x, field, actual);
    add(all, where, field, expected, shown);
    free(shown);
}

static void compare_method(struct differences *all)
{
    const char *method = all->look->x->request.method, *wanted = all->look->path.route->method;
    bool is_same = strcmp(method, wanted) == 0 || (strcmp(method, "HEAD") == 0 && strcmp(wanted, "GET") == 0);
    if (!is_same)
        add_sent(all, "method", "method", wanted, method);
}

static void compare_path(struct differences *all)
{
    const struct path_guess *path = &all->look->path;
    if (all->look->x->route != NULL && !look_is(all->look, "path"))
        return; /* an alias that is served */
    for (size_t i = 0; i < path->edit_count; i++) {
        const struct path_edit *edit = &path->edits[i];
        bool is_slash =
            edit->kind == PATH_SLASH_MISSING || edit->kind == PATH_SLASH_EXTRA || edit->kind == PATH_SLASH_DOUBLE;
        const char *expected = edit->kind == PATH_SLASH_MISSING ? "a slash at its end" : edit->expected;
        const char *actual = edit->kind == PATH_SLASH_EXTRA    ? "a slash at its end"
                             : edit->kind == PATH_SLASH_DOUBLE ? "two slashes"
                                                               : edit->actual;
        if (is_slash)
            add(all, "path", "path", expected == NULL ? "none" : expected, actual == NULL ? "none" : actual);
        else
            add_sent(all, "path", "path", expected == NULL ? "absent" : expected, actual == NULL ? "absent" : actual);
    }
}

static bool carries_key(const struct look *look, const char *name)
{
    const char *const *names = look->near->provider->secret_headers;
    for (; names != NULL && *names != NULL; names++)
        if (ascii_equal(*names, name))
            return true;
    return false;
}

/* A credential is right or wrong as a whole; it is told by its scheme, and whether the provider took it. */
static void compare_key(struct differences *all, const cJSON *header, const char *sent)
{
    const char *scheme = look_scheme(all->look, header->string);
    const char *blank = strrchr(sent, ' ');
    size_t length = blank == NULL ? 0 : (size_t)(blank + 1 - sent);
    if (strlen(scheme) != length || strncmp(scheme, sent, length) != 0)
        add(all, "header", header->string, header->valuestring, length == 0 ? "a value alone" : "another scheme");
    else if (look_blames(all->look, header->string))
        add(all, "credential", header->string, header->valuestring, "another value");
}

static void compare_headers(struct differences *all)
{
    const struct look *look = all->look;
    const cJSON *header = NULL;
    cJSON_ArrayForEach (header, look->near->headers) {
        const char *sent = exchange_header(look->x, header->string);
        if (!cJSON_IsString(header))
            continue;
        if (sent == NULL)
            add(all, "header", header->string, header->valuestring, "absent");
        else if (carries_key(look, header->string))
            compare_key(all, header, sent);
        else if (documented_type_differs(look->near, header->string, sent))
            add_sent(all, "header", header->string, header->valuestring, sent);
    }
    if (look->near->body.form == FORM_NONE && exchange_header(look->x, "Content-Type") != NULL &&
        documented_header(look->near, "Content-Type") == NULL)
        add_sent(all, "header", "Content-Type", "absent", exchange_header(look->x, "Content-Type"));
}

static const char *written(const struct look *look, const cJSON *node)
{
    if (cJSON_IsObject(node) || cJSON_IsArray(node))
        return json_kind(node);
    char *text = json_write(node);
    const char *kept = arena_dup(look->arena, text);
    free(text);
    return kept;
}

/* What is below a member that is not there, or is too much, need not be told as well. */
static bool is_below(const char *path, const char *above)
{
    size_t length = above == NULL ? 0 : strlen(above);
    return length > 0 && strncmp(path, above, length) == 0 && (path[length] == '.' || path[length] == '[');
}

static void compare_members(struct differences *all)
{
    const struct look *look = all->look;
    struct member_walk walk = {&look->near->body, &look->body, 0, 0};
    const char *told = NULL;
    struct member_pair pair;
    while (members_next(&walk, &pair)) {
        const char *path = pair.sent != NULL ? pair.sent->path : pair.documented->path;
        bool is_same = pair.sent != NULL && pair.documented != NULL && !members_differ(&pair);
        if (is_same || is_below(path, told))
            continue;
        told = path;
        if (pair.sent == NULL)
            add(all, "body", path, written(look, pair.documented->node), "absent");
        else
            add_sent(all, "body", path, pair.documented == NULL ? "absent" : written(look, pair.documented->node),
                     written(look, pair.sent->node));
    }
}

static void compare_bodies(struct differences *all)
{
    const enum body_form wanted = all->look->near->body.form, sent = all->look->body.form;
    if (wanted != sent)
        add(all, "body", "body", members_form_name(wanted), members_form_name(sent));
    else
        compare_members(all);
}

cJSON *differences_list(const struct look *look, diagnosis_show *show)
{
    struct differences all = {look, show, cJSON_CreateArray()};
    if (look->x->request.unread != NULL || look->path.provider == NULL)
        return all.list;
    compare_method(&all);
    compare_path(&all);
    if (look->near != NULL) {
        compare_headers(&all);
        compare_bodies(&all);
    }
    return all.list;
}
