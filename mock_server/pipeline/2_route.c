/*
 * Finds who is to answer: a stub of the user's fixtures, else the route of the provider by method and pattern. Segments
 * are compared after decoding, so %63ancel is cancel, and a parameter keeps an encoded slash inside its one segment.
 *
 * The route is looked up for a stub's request, too: that is how it is known which order the request names.
 *
 * A HEAD is answered by the route of GET (RFC 9110 section 9.3.2); the transport leaves the body out. So it is allowed
 * wherever GET is.
 */
#include <string.h>

#include "base/uri.h"
#include "fixtures/fixtures.h"
#include "fixtures/stubs.h"
#include "model/provider.h"
#include "pipeline/stages.h"
#include "session/session.h"

#define SEGMENTS_MAX 16

struct segments {
    const char *list[SEGMENTS_MAX]; /* decoded */
    size_t count;                   /* 0: too many, or one that cannot be decoded */
};

/* "/orders/4711/cancel/" is "orders", "4711", "cancel", "". */
static struct segments split(struct arena *arena, const char *path)
{
    struct segments segments = {.count = 0};
    while (*path == '/') {
        size_t length = strcspn(path + 1, "/");
        const char *decoded = uri_decode(arena, path + 1, length);
        if (decoded == NULL || segments.count == SEGMENTS_MAX)
            return (struct segments){.count = 0};
        segments.list[segments.count++] = decoded;
        path += length + 1;
    }
    return segments;
}

/* The length of the pattern's next segment, after its slash. */
static size_t pattern_segment(const char *pattern)
{
    return strcspn(pattern, "/");
}

/* How well the path fits: -1 not at all, else the number of literal segments. Fills the parameters. */
static int fit(struct exchange *x, const char *pattern, const struct segments *path, struct param params[PARAMS_MAX],
               size_t *count)
{
    int literals = 0;
    size_t at = 0;
    *count = 0;
    for (; *pattern == '/'; at++) {
        const char *name = pattern + 1;
        size_t length = pattern_segment(name);
        if (at == path->count)
            return -1;
        if (*name != '{') {
            if (strncmp(path->list[at], name, length) != 0 || path->list[at][length] != '\0')
                return -1;
            literals++;
        } else if (*path->list[at] == '\0') {
            return -1; /* a parameter is never empty */
        } else if (*count < PARAMS_MAX) {
            params[(*count)++] = (struct param){arena_dup_bytes(x->arena, name + 1, length - 2), path->list[at]};
        }
        pattern = name + length;
    }
    return at == path->count ? literals : -1;
}

static bool has_method(const char *methods, const char *method)
{
    size_t length = strlen(method);
    for (const char *at = strstr(methods, method); at != NULL; at = strstr(at + 1, method))
        if (at[length] == ',' || at[length] == '\0')
            return true;
    return false;
}

/* "GET, PUT": each method once, also where several patterns fit. */
static const char *add_method(struct exchange *x, const char *methods, const char *method)
{
    if (has_method(methods, method))
        return methods;
    return *methods == '\0' ? method : arena_print(x->arena, "%s, %s", methods, method);
}

static const char *method_of_route(const struct exchange *x)
{
    return exchange_is_head(x) ? "GET" : x->request.method;
}

/* The best route of the request's method; the methods of all routes that fit the path go to *allowed. */
static void choose_route(struct exchange *x, const struct segments *path, const char **allowed)
{
    int best = -1;
    for (const struct route *route = x->provider->routes; route->method != NULL; route++) {
        if (route->base != NULL && strcmp(route->base, x->base->base) != 0)
            continue;
        struct param params[PARAMS_MAX];
        size_t count = 0;
        int literals = fit(x, route->pattern, path, params, &count);
        if (literals < 0)
            continue;
        *allowed = add_method(x, *allowed, route->method);
        if (literals <= best || strcmp(route->method, method_of_route(x)) != 0)
            continue;
        best = literals;
        x->route = route;
        memcpy(x->params, params, sizeof x->params);
        x->param_count = count;
    }
}

static enum step refuse_nowhere(const struct pipeline *pipeline, struct exchange *x)
{
    cJSON *body = cJSON_CreateObject();
    json_set_string(body, "error", "no provider lives under this path");
    cJSON *bases = cJSON_AddObjectToObject(body, "base_paths");
    for (size_t i = 0; pipeline->providers[i] != NULL; i++)
        json_set_string(bases, pipeline->providers[i]->name, pipeline->providers[i]->bases[0].base);
    json_set_string(body, "control", "/_mock/");
    return exchange_refuse(x, 404, body, &(struct reason){"no provider lives here", "path", NULL, x->request.path});
}

/* A port that only records: whoever sends something there sends it to the wrong place, and gets no vendor's answer. */
static enum step record(struct exchange *x)
{
    cJSON *body = cJSON_CreateObject();
    json_set_bool(body, "recorded", true);
    json_set_string(body, "listener", x->request.listener_id);
    reply_json(x, 200, body);
    return STEP_REPLY;
}

/* Sent as to a proxy, for somebody else: nothing leaves this machine. */
static enum step refuse_elsewhere(struct exchange *x)
{
    cJSON *body = cJSON_CreateObject();
    json_set_string(body, "error", "this is no way out: it serves the vendors' hosts alone");
    json_set_string(body, "host", x->request.authority);
    return exchange_refuse(x, 403, body,
                           &(struct reason){"RFC 9110 section 7.4: a request for another host is refused", "target",
                                            "a vendor's host (GET /_mock/providers)", x->request.authority});
}

/* What the request calls the order, before anything has been checked: faults can be meant for one order. */
static const char *order_named(struct exchange *x)
{
    if (x->provider->order_named != NULL)
        return x->provider->order_named(x);
    return x->param_count > 0 ? x->params[0].value : "";
}

static void find_route(struct exchange *x)
{
    const char *(*routed_path)(struct exchange *) = x->provider->routed_path;
    struct segments path = split(x->arena, routed_path == NULL ? x->inner_path : routed_path(x));
    const char *allowed = "";
    if (path.count > 0)
        choose_route(x, &path, &allowed);
    if (has_method(allowed, "GET"))
        allowed = add_method(x, allowed, "HEAD");
    x->operation = x->route == NULL ? NULL : x->route->operation;
    if (x->route != NULL)
        x->order_key = order_named(x);
    else
        x->allowed = allowed;
}

enum step stage_route(const struct pipeline *pipeline, struct exchange *x)
{
    if (x->request.listener == LISTENER_RECORDER && x->request.unread == NULL)
        return record(x);
    if (x->elsewhere && x->request.unread == NULL)
        return refuse_elsewhere(x);
    const struct stub *stub =
        x->request.unread != NULL ? NULL : stubs_find(fixtures_stubs(session_fixtures(x->session)), x);
    if (x->provider != NULL)
        find_route(x);
    if (stub != NULL)
        stub_enter(stub, x);
    if (x->provider != NULL || x->request.unread != NULL)
        return STEP_NEXT;
    return refuse_nowhere(pipeline, x);
}
