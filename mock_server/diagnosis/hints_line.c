/* Remedies for what is no request, for the session, and for method and path. */
#include <string.h>

#include "base/ascii.h"
#include "base/nearest.h"
#include "diagnosis/hints.h"
#include "diagnosis/look.h"
#include "fixtures/fixtures.h"
#include "model/provider.h"
#include "session/session.h"

/* ── What is no request ────────────────────────────────────────────────────────────────────────────────────────── */

/* By the words of the rule that it breaks (transport/). */
static const struct {
    const char *words, *remedy;
} unread_rows[] = {
    {"plain HTTP", "use http:// instead of https://: this port speaks plain HTTP"},
    {"line of three words", "percent-encode the blank in the target as %20"},
    {"visible characters", "percent-encode what is no visible ASCII character in the target"},
    {"has a Host", "send the header Host"},
    {"has one Host", "send the header Host once"},
    {"line is too long", "shorten the target: long lists belong in the body"},
    {"head is too large", "send fewer or shorter headers"},
    {"one number of bytes", "send Content-Length once, as the number of the body's bytes"},
    {"length and chunks", "send either Content-Length or Transfer-Encoding: chunked"},
    {"a chunk is",
     "send each chunk as its size in hexadecimal digits, CRLF, its bytes, CRLF, and a last one of size 0"},
    {"no transfer coding", "send the body as it is, or in chunks"},
    {"broke off", "send as many bytes as Content-Length says, or let it say fewer, and wait for the answer"},
    {"before its turn", "wait for the answers before closing the connection"},
    {"colon", "send each header as one line, Name: value"},
    {"header name", "send each header as one line, Name: value"},
    {"no line is folded", "send each header as one line, Name: value"},
    {"no control character", "leave line breaks and control characters out of values of headers"},
    {"the version is", "use HTTP/1.1"},
};

bool hint_unread(const struct look *look, struct text *out)
{
    if (look->x->request.unread == NULL)
        return false;
    for (size_t i = 0; i < COUNT_OF(unread_rows); i++)
        if (strstr(look->reason->rule, unread_rows[i].words) != NULL) {
            text_add(out, unread_rows[i].remedy);
            break;
        }
    return true;
}

/* ── The session ───────────────────────────────────────────────────────────────────────────────────────────────── */

bool hint_session(const struct look *look, struct text *out)
{
    if (!look_is(look, "session"))
        return false;
    if (look->facts->near_session != NULL)
        text_print(out, "did you mean the session \"%s\"? ", look->facts->near_session);
    text_add(out, "POST /_mock/sessions makes one, and GET /_mock/sessions lists them");
    return true;
}

/* ── The path ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_lost(const struct look *look)
{
    return look_is(look, "path") && !look_has_route(look);
}

static const char *first_segment(const struct look *look)
{
    const char *path = look->x->path + strspn(look->x->path, "/");
    return arena_dup_bytes(look->arena, path, strcspn(path, "/"));
}

/* What lies below /_mock/ never comes here, so this is another word. */
bool hint_control(const struct look *look, struct text *out)
{
    static const char *const words[] = {"mock", "_mocks", "mocks", "_mock", "__mock",
                                        "_moc", "-mock",  "_Mock", "_MOCK"};
    if (look->x->provider != NULL || !look_is(look, "path"))
        return false;
    const char *first = first_segment(look);
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (strcmp(words[i], first) == 0) {
            text_add(out, "the control API lives below /_mock/");
            return true;
        }
    return false;
}

static bool is_placeholder(const char *segment)
{
    static const char *const words[] = {"undefined", "null", "None", "nil", "NaN", "[object Object]", "%s", "%d"};
    size_t length = strlen(segment);
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (strcmp(segment, words[i]) == 0)
            return true;
    if (length < 3)
        return *segment == ':' && length > 1;
    return (segment[0] == '{' && segment[length - 1] == '}') || (segment[0] == '<' && segment[length - 1] == '>') ||
           (segment[0] == '$' && segment[1] == '{') || (segment[0] == ':' && ascii_is_alpha(segment[1]));
}

bool hint_placeholder(const struct look *look, struct text *out)
{
    const struct exchange *x = look->x;
    if (!look_is(look, "path"))
        return false;
    for (size_t i = 0; i < x->param_count; i++)
        if (is_placeholder(x->params[i].value)) {
            text_print(out, "fill in {%s}: the client left a placeholder, or an empty variable, in the path",
                       x->params[i].name);
            return true;
        }
    return false;
}

/* ── The method ────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_allowed(const char *allowed, const char *method)
{
    size_t length = strlen(method);
    for (const char *at = allowed; length > 0 && (at = strstr(at, method)) != NULL; at += length)
        if ((at == allowed || at[-1] == ' ') && (at[length] == ',' || at[length] == '\0'))
            return true;
    return false;
}

bool hint_method(const struct look *look, struct text *out)
{
    const char *allowed = look->reason->expected, *method = look->x->request.method;
    if (!look_is(look, "method") || allowed == NULL)
        return false;
    char *upper = arena_dup(look->arena, method);
    for (char *c = upper; *c != '\0'; c++)
        *c = ascii_upper(*c);
    if (strcmp(upper, method) != 0 && is_allowed(allowed, upper))
        text_print(out, "write the method in capital letters: %s", upper);
    else
        text_print(out, "send %s%s", strchr(allowed, ',') == NULL ? "the method " : "one of the methods ", allowed);
    return true;
}

/* ── Routes ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* ": PUT /api/integrations/orders/cancel/{order_id}" */
static void add_route(const struct look *look, struct text *out)
{
    text_print(out, ": %s", look_route(look));
}

/* The route is there, with another server behind it. */
bool hint_knob_route(const struct look *look, struct text *out)
{
    const struct exchange *x = look->x;
    const char *needs = x->provider == NULL || x->route == NULL || x->provider->needs == NULL
                            ? NULL
                            : x->provider->needs(x->base, x->route);
    if (needs == NULL || !look_is(look, "path"))
        return false;
    text_print(out, "this path is served where the knob of %s is set: %s", x->provider->name, needs);
    return true;
}

bool hint_slash(const struct look *look, struct text *out)
{
    static const struct {
        enum path_edit_kind kind;
        const char *remedy;
    } slashes[] = {{PATH_SLASH_MISSING, "end the path with a slash"},
                   {PATH_SLASH_EXTRA, "leave out the slash at the end of the path"},
                   {PATH_SLASH_DOUBLE, "write one slash where the path has two"}};
    for (size_t i = 0; i < COUNT_OF(slashes) && is_lost(look); i++)
        if (path_edit_of(&look->path, slashes[i].kind) != NULL) {
            text_add(out, slashes[i].remedy);
            add_route(look, out);
            return true;
        }
    return false;
}

bool hint_base(const struct look *look, struct text *out)
{
    bool is_missing = false, is_other = false;
    for (size_t i = 0; i < look->path.edit_count && is_lost(look); i++) {
        const struct path_edit *edit = &look->path.edits[i];
        is_missing = is_missing || edit->kind == PATH_BASE_MISSING;
        is_other = is_other || (edit->in_base && edit->kind != PATH_BASE_MISSING);
    }
    if (!is_missing && !is_other)
        return false;
    text_print(out, is_other ? "the base path of %s is %s" : "begin the path with the base path of %s, %s",
               look->path.provider->name, look->path.base->base);
    add_route(look, out);
    return true;
}

bool hint_spelling(const struct look *look, struct text *out)
{
    const struct path_edit *edit = path_edit_of(&look->path, PATH_CASE);
    if (!is_lost(look))
        return false;
    if (edit != NULL) {
        text_print(out, "write \"%s\" in the path: its letters count as they are", edit->expected);
    } else if ((edit = path_edit_of(&look->path, PATH_TWICE_ENCODED)) != NULL) {
        text_print(out, "percent-encode the path once: \"%s\" came encoded twice", edit->expected);
    } else if ((edit = path_edit_of(&look->path, PATH_TYPO)) != NULL) {
        text_print(out, "write \"%s\" in the path", edit->expected);
    } else {
        return false;
    }
    add_route(look, out);
    return true;
}

/* "{order_id}" is the parameter order_id. */
static const char *param_of(const struct look *look, const struct path_edit *edit)
{
    size_t length = strlen(edit->expected);
    return *edit->expected != '{' || length < 3 ? NULL : arena_dup_bytes(look->arena, edit->expected + 1, length - 2);
}

bool hint_query_for_path(const struct look *look, struct text *out)
{
    const struct path_edit *edit = path_edit_of(&look->path, PATH_MISSING);
    const char *param = edit == NULL || !is_lost(look) ? NULL : param_of(look, edit);
    if (param == NULL)
        return false;
    bool in_query = look->query.count > 0, in_body = members_find(&look->body, param) != NULL;
    text_print(out, "the path itself names what is meant%s",
               in_query  ? ", not the query"
               : in_body ? ", not the body"
                         : "");
    add_route(look, out);
    return true;
}

bool hint_segment(const struct look *look, struct text *out)
{
    if (!is_lost(look) || look->path.provider == NULL)
        return false;
    text_print(out, "did you mean %s?", look_route(look));
    return true;
}

bool hint_no_route(const struct look *look, struct text *out)
{
    if (!is_lost(look))
        return false;
    if (look->x->provider != NULL)
        text_print(out, "no route of %s is near; `cancelmock routes` and GET /_mock/providers list them",
                   look->x->provider->name);
    else
        text_add(out, "no provider is near; GET /_mock/providers lists their base paths and routes");
    return true;
}
