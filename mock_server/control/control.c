#include "control/control.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/uri.h"
#include "control/handlers.h"
#include "session/sessions.h"

#define PREFIX "/_mock"

static const struct call_route {
    const char *method;
    const char *pattern; /* below /_mock; * is a parameter */
    call_handler *handle;
    bool apart; /* enters a session by itself, or none; else a GET looks at the session of the call, and others change
                   it */
} routes[] = {
    {"GET", "/health", control_health, .apart = true},
    {"GET", "/ready", control_ready},
    {"GET", "/providers", control_providers},
    {"POST", "/reset", control_reset, .apart = true},
    {"POST", "/reload", control_reload, .apart = true},
    {"GET", "/sessions", control_sessions_list, .apart = true},
    {"POST", "/sessions", control_sessions_make, .apart = true},
    {"DELETE", "/sessions/*", control_sessions_remove, .apart = true},
    {"GET", "/clock", control_clock_get},
    {"PUT", "/clock", control_clock_set},
    {"POST", "/clock/advance", control_clock_advance},
    {"POST", "/tokens/*/expire", control_tokens_expire},
    {"GET", "/orders", control_orders_list},
    {"POST", "/orders/*", control_orders_make},
    {"GET", "/orders/*/*", control_order_get},
    {"PATCH", "/orders/*/*", control_order_change},
    {"DELETE", "/orders/*/*", control_order_delete},
    {"POST", "/orders/*/*/events", control_order_event},
    {"GET", "/requests", control_requests_list},
    {"GET", "/requests/*", control_requests_get},
    {"DELETE", "/requests", control_requests_clear},
    {"GET", "/connections", control_connections},
    {"GET", "/faults", control_faults_list},
    {"GET", "/faults/kinds", control_faults_kinds},
    {"POST", "/faults", control_faults_add},
    {"DELETE", "/faults", control_faults_clear},
    {"DELETE", "/faults/*", control_faults_remove},
    {"GET", "/knobs/*", control_knobs_get},
    {"PATCH", "/knobs/*", control_knobs_set},
    {"GET", "/exchanges", control_exchanges},
    {"GET", "/openapi/*", control_openapi},
};

bool control_owns(const char *path)
{
    size_t length = strlen(PREFIX);
    return strncmp(path, PREFIX, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

/* Fits the path to a pattern and decodes the parameters. */
static bool fits(struct call *call, const char *pattern, const char *path, size_t path_length)
{
    const char *end = path + path_length;
    size_t count = 0;
    while (*pattern == '/' && path < end && *path == '/') {
        const char *word = pattern + 1, *segment = path + 1;
        size_t word_length = strcspn(word, "/"), length = 0;
        while (segment + length < end && segment[length] != '/')
            length++;
        if (*word == '*') {
            if (length == 0 || (call->params[count++] = uri_decode(call->arena, segment, length)) == NULL)
                return false;
        } else if (word_length != length || strncmp(word, segment, length) != 0) {
            return false;
        }
        pattern = word + word_length;
        path = segment + length;
    }
    return *pattern == '\0' && path == end;
}

/* "GET, HEAD, PUT"; "" where nobody knows the path. */
static void add_methods(struct call *call, struct text *methods, const char *path, size_t length)
{
    for (size_t i = 0; i < COUNT_OF(routes); i++)
        if (fits(call, routes[i].pattern, path, length))
            text_print(methods, "%s%s%s", methods->length > 0 ? ", " : "", routes[i].method,
                       strcmp(routes[i].method, "GET") == 0 ? ", HEAD" : "");
}

static cJSON *refuse_path(struct call *call, const char *method, const char *path, size_t length)
{
    struct text methods = TEXT_INIT(256);
    add_methods(call, &methods, path, length);
    cJSON *failure = methods.length > 0 ? call_fail(call, 405, NULL, "%.20s is not possible here; possible: %s", method,
                                                    text_cstr(&methods))
                                        : call_fail(call, 404, NULL, "the control API has no %.20s " PREFIX "%.*s",
                                                    method, (int)(length > 200 ? 200 : length), path);
    call->allow = methods.length > 0 ? mem_dup(text_cstr(&methods)) : NULL;
    text_release(&methods);
    return failure;
}

/* The session of ?session=; false after answering. */
static bool enter_session(struct call *call, cJSON **failure)
{
    const char *name = call_query(call, "session");
    call->session =
        name == NULL ? sessions_default(call->control->sessions) : sessions_find(call->control->sessions, name);
    if (call->session == NULL)
        *failure = call_fail(call, 404, NULL, "there is no session \"%.64s\"; POST /_mock/sessions makes one", name);
    return call->session != NULL;
}

/* No request and no other call sees half of what it does. */
static cJSON *handle(const struct call_route *route, struct call *call)
{
    if (route->apart)
        return route->handle(call);
    if (strcmp(route->method, "GET") == 0)
        session_enter(call->session);
    else
        session_enter_alone(call->session);
    cJSON *answer = route->handle(call);
    session_leave(call->session);
    return answer;
}

static cJSON *dispatch(struct call *call, const char *method, const char *path, size_t length)
{
    const char *served = strcmp(method, "HEAD") == 0 ? "GET" : method;
    for (size_t i = 0; i < COUNT_OF(routes); i++)
        if (strcmp(routes[i].method, served) == 0 && fits(call, routes[i].pattern, path, length))
            return handle(&routes[i], call);
    return refuse_path(call, method, path, length);
}

static struct control_answer answer_of(const struct call *call, cJSON *json)
{
    struct control_answer answer = {call->status, json == NULL ? NULL : json_write(json), call->allow};
    cJSON_Delete(json);
    return answer;
}

struct control_answer control_refuse_size(void)
{
    struct call call = {0};
    cJSON *failure = call_fail(&call, 413, NULL, "the body is longer than the server reads");
    return answer_of(&call, failure);
}

/* The body as JSON; false after answering. */
static bool read_body(struct call *call, const struct control_request *request, cJSON **body, cJSON **failure)
{
    struct json_problem problem;
    if (request->json == NULL || request->length == 0)
        return true;
    *body = json_read(request->json, request->length, JSON_UNIQUE, NULL, &problem);
    if (*body == NULL)
        *failure = call_fail(call, 400, NULL, "the body is not JSON: line %u, column %u: %s", problem.line,
                             problem.column, problem.text);
    return *body != NULL;
}

struct control_answer control_call(struct control *control, const struct control_request *request)
{
    struct arena *arena = arena_new();
    const char *inner = request->path + strlen(PREFIX);
    struct call call = {
        .control = control, .arena = arena, .query = request->query, .root = request->root, .status = 200};
    cJSON *body = NULL, *result = NULL;
    if (read_body(&call, request, &body, &result) && enter_session(&call, &result)) {
        call.body = body;
        result = dispatch(&call, request->method, inner, strlen(inner));
    }
    session_drop(call.session);
    struct control_answer answer = answer_of(&call, result);
    cJSON_Delete(body);
    arena_free(arena);
    return answer;
}
