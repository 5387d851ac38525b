/* Remedies for what is sent: media type, body and members. */
#include <string.h>

#include "base/ascii.h"
#include "base/nearest.h"
#include "base/number.h"
#include "diagnosis/hints.h"
#include "diagnosis/look.h"
#include "model/provider.h"
#include "session/session.h"

static bool is_routed(const struct look *look)
{
    return look->x->provider != NULL && look->x->route != NULL && look->x->request.unread == NULL;
}

/* ── Media type and form ───────────────────────────────────────────────────────────────────────────────────────── */

/* What the documents send; where they show none, what the reason expects. */
static const char *wanted_type(const struct look *look)
{
    const char *documented = look->near == NULL ? NULL : documented_header(look->near, "Content-Type");
    if (documented != NULL)
        return documented;
    return look_blames(look, "Content-Type") ? look->reason->expected : NULL;
}

/* The body is at fault, or the type that it was sent under. */
static bool is_about_body(const struct look *look)
{
    return is_routed(look) && (look_is(look, "body") || look_blames(look, "Content-Type"));
}

bool hint_body_form(const struct look *look, struct text *out)
{
    static const char *const types[] = {[FORM_NONE] = NULL,      [FORM_JSON] = "application/json",
                                        [FORM_XML] = "text/xml", [FORM_FIELDS] = "application/x-www-form-urlencoded",
                                        [FORM_BROKEN] = NULL,    [FORM_OTHER] = NULL};
    static const char *const words[] = {[FORM_NONE] = "",       [FORM_JSON] = "json", [FORM_XML] = "xml",
                                        [FORM_FIELDS] = "form", [FORM_BROKEN] = "",   [FORM_OTHER] = ""};
    if (!is_about_body(look) || look->near == NULL)
        return false;
    enum body_form wanted = look->near->body.form, sent = look->body.form;
    if (wanted == sent || types[wanted] == NULL || types[sent] == NULL)
        return false;
    const char *type = wanted_type(look);
    bool fits = type != NULL && strstr(type, words[wanted]) != NULL; /* the documents have odd ones, too */
    text_print(out, "send %s, as Content-Type: %s: the body is %s", members_form_name(wanted),
               fits ? type : types[wanted], members_form_name(sent));
    return true;
}

bool hint_content_type(const struct look *look, struct text *out)
{
    const char *wanted = wanted_type(look);
    if (!is_routed(look) || !look_blames(look, "Content-Type") || wanted == NULL)
        return false;
    if (exchange_header_count(look->x, "Content-Type") > 1)
        text_add(out, "send the header Content-Type once: ");
    else if (exchange_header(look->x, "Content-Type") == NULL)
        text_add(out, "send the header Content-Type: ");
    else
        text_add(out, "send another Content-Type: ");
    text_add(out, wanted);
    return true;
}

static bool blames_whole_body(const struct look *look)
{
    return is_routed(look) && look_is(look, "body") && look->near != NULL && look->near->body.form != FORM_NONE;
}

/* "{\"reason_id\":3}" as a JSON string: somebody wrote JSON of JSON. */
bool hint_body_twice(const struct look *look, struct text *out)
{
    if (!is_routed(look) || !look_is(look, "body") || !cJSON_IsString(look->body.tree))
        return false;
    cJSON *inner = json_read_text(look->body.tree->valuestring);
    bool is_twice = cJSON_IsObject(inner) || cJSON_IsArray(inner);
    cJSON_Delete(inner);
    if (is_twice)
        text_add(out, "write the JSON once: the body is a JSON string that holds JSON");
    return is_twice;
}

bool hint_body_in_list(const struct look *look, struct text *out)
{
    if (!blames_whole_body(look) || !cJSON_IsArray(look->body.tree) || !cJSON_IsObject(look->near->body.tree))
        return false;
    text_add(out, "send the object alone: the body is an array");
    return true;
}

bool hint_body_empty(const struct look *look, struct text *out)
{
    const char *type = wanted_type(look);
    if (!blames_whole_body(look) || look->body.form != FORM_NONE)
        return false;
    text_print(out, "send a body: %s%s%s", members_form_name(look->near->body.form),
               type == NULL ? "" : ", as Content-Type: ", type == NULL ? "" : type);
    return true;
}

/* The first byte that is not blank before `at`. */
static char byte_before(const char *bytes, const char *at)
{
    while (at > bytes && strchr(" \t\r\n", at[-1]) != NULL)
        at--;
    return at > bytes ? at[-1] : '\0';
}

static bool has_trailing_comma(const char *bytes)
{
    for (const char *at = strpbrk(bytes, "}]"); at != NULL; at = strpbrk(at + 1, "}]"))
        if (byte_before(bytes, at) == ',')
            return true;
    return false;
}

bool hint_body_broken(const struct look *look, struct text *out)
{
    size_t length = 0;
    const char *bytes = exchange_content(look->x, &length);
    if (!is_routed(look) || !look_is(look, "body") || (look->body.form != FORM_BROKEN && look->body.form != FORM_OTHER))
        return false;
    if (*bytes == '<')
        text_add(out, "mend the XML of the body");
    else if (strchr(bytes, '"') == NULL && strchr(bytes, '\'') != NULL)
        text_add(out, "write JSON with double quotes: the body has single ones");
    else if (has_trailing_comma(bytes))
        text_add(out, "mend the JSON of the body: a comma stands before a bracket that closes");
    else
        text_add(out, "mend the JSON of the body: `actual` says what is wrong with it");
    return true;
}

bool hint_body_unwanted(const struct look *look, struct text *out)
{
    const char *method = look->x->request.method;
    bool is_bodiless = strcmp(method, "GET") == 0 || strcmp(method, "DELETE") == 0 || strcmp(method, "HEAD") == 0;
    if (!is_routed(look) || !is_bodiless || look->body.form == FORM_NONE || look->near == NULL ||
        look->near->body.form != FORM_NONE)
        return false;
    if (look->reason->field != NULL && members_find(&look->body, look->reason->field) != NULL)
        text_print(out, "%s stands in the body, and a %s has none: ask in the query", look->reason->field, method);
    else if (look_is(look, "body"))
        text_print(out, "leave the body out: a %s has none", method);
    else
        return false;
    return true;
}

bool hint_too_large(const struct look *look, struct text *out)
{
    if (!look->x->request.body_too_large)
        return false;
    text_add(out, "send a smaller body: this one is beyond the server's limit");
    return true;
}

/* ── Members ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What the reason names is not there, in body or query. */
static bool is_missing(const struct look *look)
{
    const char *field = look->reason->field;
    return is_routed(look) && field != NULL && (look_is(look, "body") || look_is(look, "query")) &&
           strcmp(field, "body") != 0 && strcmp(field, "query") != 0 && members_find(&look->body, field) == NULL &&
           members_find(&look->query, field) == NULL;
}

static const struct member *blamed(const struct look *look)
{
    const char *field = look->reason->field;
    if (!is_routed(look) || field == NULL || (!look_is(look, "body") && !look_is(look, "query")))
        return NULL;
    const struct member *member = members_find(&look->body, field);
    return member != NULL ? member : members_find(&look->query, field);
}

static const char *last_part(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot == NULL ? path : dot + 1;
}

/* reasonId, Reason-ID and reason_id are one name with letters alone. */
static const char *bare_name(const struct look *look, const char *name)
{
    char *bare = arena_dup(look->arena, name), *to = bare;
    for (const char *c = bare; *c != '\0'; c++)
        if (ascii_is_alnum(*c))
            *to++ = ascii_lower(*c);
    *to = '\0';
    return bare;
}

static bool is_nearly(const struct look *look, const char *word, const char *name)
{
    const char *const names[] = {name, NULL};
    if (strcmp(word, name) == 0)
        return false;
    return strcmp(bare_name(look, word), bare_name(look, name)) == 0 || nearest_name(word, names) != NULL;
}

/* A member that the documented request does not have, and is nearly that name. */
static const struct member *nearly(const struct look *look, const struct members *members, const char *name)
{
    for (size_t i = 0; i < members->count; i++) {
        const struct member *member = &members->list[i];
        bool is_known = look->near != NULL && members_find(&look->near->body, member->path) != NULL;
        if (!is_known && is_nearly(look, member->name, name))
            return member;
    }
    return NULL;
}

static bool is_beside(const struct member *a, const char *path)
{
    size_t length = strlen(a->path) - strlen(a->name);
    return strncmp(a->path, path, length) == 0 && strpbrk(path + length, ".[") == NULL;
}

/* The one member beside its place that the documents do not have. */
static const struct member *in_its_place(const struct look *look)
{
    const struct member *wanted = look->near == NULL ? NULL : members_find(&look->near->body, look->reason->field);
    const struct member *found = NULL;
    for (size_t i = 0; wanted != NULL && i < look->body.count; i++) {
        const struct member *member = &look->body.list[i];
        const struct member_pair pair = {wanted, member};
        if (!is_beside(wanted, member->path) || members_differ(&pair) ||
            members_find(&look->near->body, member->path) != NULL)
            continue;
        if (found != NULL)
            return NULL;
        found = member;
    }
    return found;
}

/* The name that came is the client's own: it is quoted where it is nearly right, and else told by its place. */
static void add_name(struct text *out, const char *found, const char *name)
{
    text_print(out, "write \"%s\" instead of \"%s\"", name, found);
}

bool hint_member_name(const struct look *look, struct text *out)
{
    if (!is_missing(look))
        return false;
    const char *name = last_part(look->reason->field);
    const struct member *found = nearly(look, &look->body, name);
    if (found == NULL)
        found = nearly(look, &look->query, name);
    if (found != NULL)
        add_name(out, found->name, name);
    else if (in_its_place(look) != NULL)
        text_print(out, "write \"%s\" as the name of the member that stands in its place", name);
    else
        return false;
    return true;
}

/* A member that the route does not have, where the server is strict. */
bool hint_member_unknown(const struct look *look, struct text *out)
{
    const char *expected = look->reason->expected;
    bool is_extra = expected != NULL && (strcmp(expected, "absent") == 0 || strcmp(expected, "{}") == 0);
    if (!is_routed(look) || !is_extra || !look_is(look, "body") || look->body.form == FORM_NONE)
        return false;
    const struct member *member = blamed(look);
    for (size_t i = 0; member != NULL && look->near != NULL && i < look->near->body.count; i++)
        if (is_nearly(look, member->name, look->near->body.list[i].name)) {
            add_name(out, member->name, look->near->body.list[i].name);
            return true;
        }
    text_print(out, "leave out %s", member != NULL ? look->reason->field : "what the documented request does not have");
    return true;
}

/* Where the documents have what the reason names; NULL: they do not show it. */
static const struct member *documented_member(const struct look *look)
{
    return look->near == NULL ? NULL : members_find(&look->near->body, look->reason->field);
}

/* The right name in another place: in the query, or in another object. */
bool hint_member_place(const struct look *look, struct text *out)
{
    const char *field = look->reason->field;
    if (!is_routed(look) || field == NULL || (!look_is(look, "body") && !look_is(look, "query")))
        return false;
    const struct member *wanted = documented_member(look), *found = members_find(&look->body, last_part(field));
    if (wanted != NULL && found == NULL && members_find(&look->query, field) != NULL)
        text_print(out, "send %s in the body: it stands in the query", field);
    else if (wanted != NULL && found != NULL && strcmp(wanted->path, found->path) != 0)
        text_print(out, "move %s to %s: it stands at %s", last_part(field),
                   wanted->path == wanted->name ? "the top" : wanted->path, found->path);
    else
        return false;
    return true;
}

static bool is_right_below(const char *path, const char *above)
{
    size_t length = strlen(above);
    return strncmp(path, above, length) == 0 && path[length] == '.' && strchr(path + length + 1, '.') == NULL;
}

/* The member of the request that one of the documented ones has right below the object `above`; NULL: none. */
static const struct member *left_outside(const struct look *look, const struct documented *one, const char *above)
{
    for (size_t i = 0; i < one->body.count; i++) {
        const struct member *inner = &one->body.list[i];
        const struct member *found = members_find(&look->body, inner->name);
        if (is_right_below(inner->path, above) && found != NULL)
            return found;
    }
    return NULL;
}

/* {"state_event":…} where {"order":{"state_event":…}} is documented, by any request of the route. */
bool hint_member_wrap(const struct look *look, struct text *out)
{
    const struct documented_list *all = is_missing(look) ? documented_of(look->fixtures) : NULL;
    for (size_t i = 0; all != NULL && i < all->count; i++) {
        const struct documented *one = &all->list[i];
        const struct member *wanted =
            one->route == look->path.route ? members_find(&one->body, look->reason->field) : NULL;
        const struct member *found = wanted == NULL ? NULL : left_outside(look, one, wanted->path);
        if (found == NULL)
            continue;
        text_print(out, "put the members into the object %s: %s stands outside of it", wanted->path, found->path);
        return true;
    }
    return false;
}

bool hint_member_null(const struct look *look, struct text *out)
{
    const struct member *member = blamed(look);
    if (member == NULL || !cJSON_IsNull(member->node))
        return false;
    text_print(out, "give %s a value: null is none", look->reason->field);
    if (look->reason->expected != NULL)
        text_print(out, "; expected is %s", look->reason->expected);
    return true;
}

static bool expects(const struct look *look, const char *word)
{
    return look->reason->expected != NULL && strstr(look->reason->expected, word) != NULL;
}

static bool holds_number(const cJSON *node)
{
    double value = 0;
    return cJSON_IsString(node) && number_read_decimal(node->valuestring, &value);
}

static bool holds_bool(const cJSON *node)
{
    return cJSON_IsString(node) && (ascii_equal(node->valuestring, "true") || ascii_equal(node->valuestring, "false"));
}

bool hint_member_kind(const struct look *look, struct text *out)
{
    const struct member *member = look->body.form == FORM_JSON ? blamed(look) : NULL;
    const struct member *wanted = member == NULL ? NULL : documented_member(look);
    const cJSON *shown = wanted == NULL ? NULL : wanted->node;
    const char *field = look->reason->field;
    if (member == NULL)
        return false;
    bool wants_number = cJSON_IsNumber(shown) || expects(look, "integer") || expects(look, "number");
    bool wants_text = cJSON_IsString(shown) || expects(look, "string");
    if (holds_number(member->node) && wants_number && !wants_text)
        text_print(out, "write %s as a number, without quotes", field);
    else if (cJSON_IsNumber(member->node) && wants_text && !wants_number)
        text_print(out, "write %s as a string, in quotes", field);
    else if (holds_bool(member->node) && (cJSON_IsBool(shown) || expects(look, "boolean") || expects(look, "true")))
        text_print(out, "write %s as true or false, without quotes", field);
    else if (shown != NULL && !cJSON_IsNull(shown) &&
             members_differ(&(struct member_pair){.documented = &(struct member){.node = shown}, .sent = member}))
        text_print(out, "send %s as %s; it is %s", field, json_kind(shown), json_kind(member->node));
    else
        return false;
    return true;
}

bool hint_member_missing(const struct look *look, struct text *out)
{
    if (!is_missing(look) || look->reason->actual == NULL || look->reason->expected == NULL)
        return false;
    text_print(out, "send %s in the %s: %s", look->reason->field, look->where, look->reason->expected);
    return true;
}
