#include "diagnosis/members.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/uri.h"
#include "base/xml.h"

static void release_tree(void *tree)
{
    cJSON_Delete(tree);
}

/* ── The list ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_full(const struct members *members)
{
    return members->count == MEMBERS_MAX;
}

static void add(struct members *members, const char *path, const char *name, const cJSON *node)
{
    for (size_t i = 0; i < members->count; i++)
        if (strcmp(members->list[i].path, path) == 0)
            return;
    if (!is_full(members))
        members->list[members->count++] = (struct member){path, name, node};
}

/* Depth is bounded by the readers of JSON and XML too; here it bounds what is shown. */
static void flatten(struct arena *arena, struct members *members, const cJSON *node, const char *path, int depth)
{
    bool is_list = cJSON_IsArray(node);
    for (const cJSON *child = node->child; child != NULL && depth < MEMBERS_DEPTH_MAX; child = child->next) {
        if (is_full(members))
            return;
        const char *name = is_list ? "[]" : number_is_digits(child->string) ? "{id}" : child->string;
        const char *dot = is_list ? "" : ".";
        const char *own = *path == '\0' ? name : arena_print(arena, "%s%s%s", path, dot, name);
        add(members, own, name, child);
        flatten(arena, members, child, own, depth + 1);
    }
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct member *)a)->path, ((const struct member *)b)->path);
}

/* ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Letters, then "=": the beginning of a form. */
static bool is_form(const char *bytes)
{
    size_t name = strspn(bytes, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.%[]+");
    return name > 0 && bytes[name] == '=' && strpbrk(bytes, "\r\n{<") == NULL;
}

static void read_form(struct arena *arena, struct members *members, const char *bytes)
{
    while (*bytes != '\0' && !is_full(members)) {
        size_t length = strcspn(bytes, "&"), name_length = strcspn(bytes, "=&");
        const char *name = uri_decode_value(arena, bytes, name_length);
        size_t begin = name_length < length ? name_length + 1 : length;
        cJSON *value = cJSON_CreateString(uri_decode_value(arena, bytes + begin, length - begin));
        arena_defer(arena, release_tree, value);
        add(members, name, name, value);
        bytes += length + (bytes[length] == '&');
    }
}

static const cJSON *read_tree(struct arena *arena, struct members *members, const char *bytes, size_t length)
{
    struct json_problem problem;
    bool is_xml = *bytes == '<';
    cJSON *tree = is_xml ? xml_read(bytes, length, &problem) : json_read(bytes, length, JSON_PLAIN, NULL, &problem);
    if (tree == NULL) {
        members->form = *bytes == '<' || *bytes == '{' || *bytes == '[' ? FORM_BROKEN : FORM_OTHER;
        return NULL;
    }
    arena_defer(arena, release_tree, tree);
    members->form = is_xml ? FORM_XML : FORM_JSON;
    return tree;
}

struct members members_read(struct arena *arena, const char *bytes, size_t length)
{
    struct members members = {.form = FORM_NONE};
    size_t blank = strspn(bytes, " \t\r\n");
    if (length > 2 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        blank = 3;
    if (blank >= length)
        return members;
    members.list = arena_alloc(arena, MEMBERS_MAX * sizeof *members.list);
    bytes += blank;
    length -= blank;
    if (is_form(bytes)) {
        members.form = FORM_FIELDS;
        read_form(arena, &members, bytes);
    } else if ((members.tree = read_tree(arena, &members, bytes, length)) != NULL) {
        flatten(arena, &members, members.tree, "", 0);
    }
    qsort(members.list, members.count, sizeof *members.list, by_path);
    return members;
}

const char *members_form_name(enum body_form form)
{
    static const char *const names[] = {
        [FORM_NONE] = "no body",  [FORM_JSON] = "JSON",          [FORM_XML] = "XML",
        [FORM_FIELDS] = "a form", [FORM_BROKEN] = "broken text", [FORM_OTHER] = "other text"};
    return names[form];
}

/* A reason's field may leave out what every request begins with: "order.id" is "request.order.id". */
static bool ends_with(const char *path, const char *name)
{
    size_t length = strlen(path), wanted = strlen(name);
    return length > wanted && path[length - wanted - 1] == '.' && strcmp(path + length - wanted, name) == 0;
}

const struct member *members_find(const struct members *members, const char *name)
{
    const struct member *found = NULL;
    for (size_t i = 0; i < members->count; i++) {
        if (strcmp(members->list[i].path, name) == 0)
            return &members->list[i];
        if (found == NULL && ends_with(members->list[i].path, name))
            found = &members->list[i];
    }
    return found;
}

/* ── Two lists ─────────────────────────────────────────────────────────────────────────────────────────────────── */

bool members_next(struct member_walk *walk, struct member_pair *pair)
{
    bool more = walk->at_documented < walk->documented->count, other = walk->at_sent < walk->sent->count;
    if (!more && !other)
        return false;
    const struct member *documented = more ? &walk->documented->list[walk->at_documented] : NULL;
    const struct member *sent = other ? &walk->sent->list[walk->at_sent] : NULL;
    int order = !more ? 1 : !other ? -1 : strcmp(documented->path, sent->path);
    *pair = (struct member_pair){order <= 0 ? documented : NULL, order >= 0 ? sent : NULL};
    walk->at_documented += order <= 0;
    walk->at_sent += order >= 0;
    return true;
}

static int kind_of(const cJSON *node)
{
    int type = node->type & 0xff;
    return type == cJSON_False ? cJSON_True : type;
}

bool members_differ(const struct member_pair *pair)
{
    return pair->documented != NULL && pair->sent != NULL &&
           kind_of(pair->documented->node) != kind_of(pair->sent->node);
}
