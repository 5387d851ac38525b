/*
 * In which form a request comes and its answer goes (3, 4): JSON, or XML at the twins, or a query at the one GET.
 *
 * A body is read by what it is: XML begins with `<`, JSON with `{`, and anything else is looked at as a form, whose
 * field `data` holds either. So it is told in the form in which it asks, whatever its path and its Content-Type. Where
 * nothing can be recognised, the path tells, then the Content-Type.
 */
#include <string.h>

#include "base/uri.h"
#include "providers/iletimerkezi/iletimerkezi.h"

/* ── The path ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool ends_with(const char *text, const char *tail)
{
    size_t length = strlen(text), own = strlen(tail);
    return length >= own && strcmp(text + length - own, tail) == 0;
}

const char *iletimerkezi_routed_path(struct exchange *x)
{
    const char *path =
        x->inner_path == NULL ? "" : x->inner_path; /* none was read where a fault or a limit came first */
    size_t length = strlen(path);
    bool slash = length > 1 && path[length - 1] == '/' && exchange_knob_on(x, KNOB_ACCEPT_TRAILING_SLASH);
    return slash ? arena_dup_bytes(x->arena, path, length - 1) : path;
}

enum iletimerkezi_form iletimerkezi_path_form(struct exchange *x)
{
    const char *path = iletimerkezi_routed_path(x);
    if (strchr(path, '%') != NULL)
        path = uri_decode(x->arena, path, strlen(path));
    for (const struct route *route = x->provider->routes; path != NULL && route->method != NULL; route++)
        if (strcmp(route->pattern, path) == 0)
            return strcmp(route->method, "GET") == 0 ? FORM_QUERY : ends_with(path, "/json") ? FORM_JSON : FORM_XML;
    return FORM_NONE;
}

/* ── The body ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static enum iletimerkezi_form recognise(const char *bytes)
{
    if (strncmp(bytes, "\xef\xbb\xbf", 3) == 0)
        bytes += 3;
    bytes += strspn(bytes, " \t\r\n");
    return *bytes == '<' ? FORM_XML : *bytes == '{' ? FORM_JSON : FORM_NONE;
}

/* The field `data` of "a=1&data=…"; the last of several, as PHP has it. Nothing is copied but its value. */
static const char *data_of(struct exchange *x, const char *fields)
{
    static const char name[] = "data=";
    const char *found = NULL;
    for (const char *at = fields; at != NULL; at = strchr(at, '&')) {
        at += *at == '&';
        found = strncmp(at, name, strlen(name)) == 0 ? at + strlen(name) : found;
    }
    if (found == NULL)
        return NULL;
    char *copy = arena_dup_bytes(x->arena, found, strcspn(found, "&"));
    for (char *at = copy; (at = strchr(at, '+')) != NULL;)
        *at = ' ';
    return uri_decode_value(x->arena, copy, strlen(copy));
}

enum iletimerkezi_form iletimerkezi_body_form(struct exchange *x)
{
    size_t length = 0;
    const char *bytes = exchange_content(x, &length);
    enum iletimerkezi_form form = recognise(bytes);
    if (form != FORM_NONE || exchange_is_unwrapped(x) || memchr(bytes, '\0', length) != NULL)
        return form;
    const char *data = data_of(x, bytes);
    if (data != NULL)
        exchange_unwrap(x, data, strlen(data));
    return data == NULL ? FORM_NONE : recognise(data);
}

/* ── Both ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_xml_type(struct exchange *x)
{
    return exchange_content_is(x, "text/xml") || exchange_content_is(x, "application/xml");
}

enum iletimerkezi_form iletimerkezi_form_of(struct exchange *x)
{
    enum iletimerkezi_form path = iletimerkezi_path_form(x);
    enum iletimerkezi_form body = path == FORM_QUERY ? FORM_NONE : iletimerkezi_body_form(x);
    if (body != FORM_NONE)
        return body;
    return path != FORM_NONE ? path : is_xml_type(x) ? FORM_XML : FORM_JSON;
}

bool iletimerkezi_type_is_usual(struct exchange *x, enum iletimerkezi_form form)
{
    return !exchange_is_unwrapped(x) &&
           (form == FORM_XML ? is_xml_type(x) : exchange_content_is(x, "application/json"));
}
