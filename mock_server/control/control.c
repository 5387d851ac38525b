#include "control/control.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/uri.h"
#include "control/handlers.h"
#include "control/row.h"
#include "session/sessions.h"

static const struct query_name by_provider[] = {
    {"provider", QUERY_PROVIDER, .meaning = "of this provider alone"},
    QUERY_END,
};

static const struct query_name orders_query[] = {
    {"provider", QUERY_PROVIDER, .meaning = "of this provider alone"},
    {"since", QUERY_NUMBER, .most = JSON_INTEGER_MAX, .meaning = "go on where an answer's \"next\" says"},
    {"limit", QUERY_NUMBER, .least = 1, .most = ORDERS_LIST_MAX, .meaning = "so many at most"},
    QUERY_END,
};

static const struct query_name requests_query[] = {
    {"provider", QUERY_PROVIDER, .meaning = "to this provider alone"},
    {"operation", QUERY_OPERATION, .meaning = "of this operation alone"},
    {"order", QUERY_TEXT, .meaning = "that named this order, by any of its names"},
    {"status", QUERY_NUMBER, .least = 100, .most = 599, .meaning = "that were answered with this status"},
    {"since", QUERY_NUMBER, .most = JSON_INTEGER_MAX, .meaning = "of this number and later"},
    {"method", QUERY_TEXT, .meaning = "with this method"},
    {"fault", QUERY_TEXT, .meaning = "in which the fault of this id or kind fired"},
    {"unread", QUERY_WORD, .words = control_unread_words,
     .meaning = "what could not be read as a request, all of it or of one kind; false leaves it out"},
    {"until", QUERY_NUMBER, .least = 1, .most = JSON_INTEGER_MAX, .meaning = "up to this number"},
    {"limit", QUERY_NUMBER, .least = 1, .most = REQUESTS_LIST_MAX, .meaning = "so many at most; 1000 without it"},
    QUERY_END,
};

static const struct query_name events_query[] = {
    {"since", QUERY_NUMBER, .most = JSON_INTEGER_MAX,
     .meaning = "begin behind this number, as a Last-Event-ID would; 0: with all that is kept"},
    QUERY_END,
};

static const struct query_name connections_query[] = {
    {"since", QUERY_NUMBER, .most = JSON_INTEGER_MAX, .meaning = "of this number and later"},
    QUERY_END,
};

/* Of two patterns that fit a path, the first one is meant. */
static const struct call_row rows[] = {
    {"GET", "/", control_index, .meaning = "what calls there are: JSON, or with Accept: text/html a page",
     .entry = ENTRY_BY_ITSELF},
    {"GET", "/health", control_health, .meaning = "whether the server is alive", .entry = ENTRY_BY_ITSELF},
    {"GET", "/ready", control_ready, .meaning = "whether it can serve, and which providers"},
    {"GET", "/providers", control_providers,
     .meaning = "by provider: base URL, credentials, routes, states, events, knobs, magic ids"},
    {"POST", "/reset", control_reset, .meaning = "brings the session back to its fixtures", .entry = ENTRY_BY_ITSELF},
    {"POST", "/reload", control_reload, .meaning = "reads the folder of fixtures again, whole or not at all",
     .entry = ENTRY_BY_ITSELF},
    {"GET", "/sessions", control_sessions_list, .meaning = "the sessions that there are", .entry = ENTRY_BY_ITSELF},
    {"POST", "/sessions", control_sessions_make, BODY_OPTIONAL, control_session_shape,
     .hint = "send a JSON object, {} for a session as `default` is", .meaning = "makes a session, a world of its own",
     .entry = ENTRY_BY_ITSELF},
    {"DELETE", "/sessions/{session}", control_sessions_remove, .meaning = "removes a session",
     .entry = ENTRY_BY_ITSELF},
    {"GET", "/clock", control_clock_get, .meaning = "the session's clock"},
    {"PUT", "/clock", control_clock_set, BODY_NEEDED, control_clock_shape,
     .hint = "send {\"mode\":\"frozen\",\"now\":\"2026-11-01T09:00:00Z\"} or a part of it",
     .meaning = "sets the clock"},
    {"POST", "/clock/advance", control_clock_advance, BODY_NEEDED, control_advance_shape, .hint = ADVANCE_HINT,
     .meaning = "lets the clock go forward"},
    {"POST", "/tokens/{provider}/expire", control_tokens_expire, .meaning = "ends every token of a provider now"},
    {"GET", "/orders", control_orders_list, .query = orders_query, .meaning = "the orders"},
    {"POST", "/orders/{provider}", control_orders_make, BODY_OPTIONAL,
     .hint = "send the order as a JSON object, {} for a fresh one", .meaning = "makes an order"},
    {"GET", "/orders/{provider}/{order}", control_order_get, .meaning = "an order, by any of its names"},
    {"PATCH", "/orders/{provider}/{order}", control_order_change, BODY_NEEDED,
     .hint = "send the change as a JSON object", .meaning = "changes an order"},
    {"DELETE", "/orders/{provider}/{order}", control_order_delete, .meaning = "removes an order"},
    {"POST", "/orders/{provider}/{order}/events", control_order_event, BODY_NEEDED, control_event_shape,
     .hint = "send {\"event\":\"NAME\"}; GET /_mock/providers lists the events",
     .meaning = "lets the other side do something to an order"},
    {"GET", "/requests", control_requests_list, .query = requests_query, .meaning = "the journal"},
    {"GET", "/requests.har", control_requests_har, .query = requests_query,
     .meaning = "the journal as HAR 1.2, which developer tools of browsers open"},
    {"GET", "/events", control_events, .query = events_query,
     .meaning = "the journal as it grows: server-sent events, which go on from Last-Event-ID"},
    {"GET", "/requests/{seq}", control_requests_get, .meaning = "one request of the journal"},
    {"DELETE", "/requests", control_requests_clear, .meaning = "empties the journal"},
    {"GET", "/listeners", control_listeners_list, .meaning = "the ports that the session has of its own",
     .entry = ENTRY_BY_ITSELF},
    {"POST", "/listeners", control_listeners_open, BODY_OPTIONAL, control_listener_shape,
     .hint = "send {\"kind\":\"serve\"} or {\"kind\":\"record\"}",
     .meaning = "opens another port: what comes there is the session's, or is only recorded", .entry = ENTRY_BY_ITSELF},
    {"DELETE", "/listeners/{listener}", control_listeners_close, .meaning = "closes a port", .entry = ENTRY_BY_ITSELF},
    {"GET", "/connections", control_connections, .query = connections_query,
     .meaning = "what went over the wire, by connection"},
    {"POST", "/verify", control_verify, BODY_NEEDED, .hint = "send the plan as a JSON object: {\"expect\": [...]}",
     .meaning = "holds the journal against a plan: counts, never, in order, nothing unmatched, every fault fired",
     .entry = ENTRY_TO_LOOK},
    {"GET", "/metrics", control_metrics, .meaning = "what the server has done and holds, in Prometheus' text form"},
    {"GET", "/faults", control_faults_list, .meaning = "the faults that are armed, and how often each fired"},
    {"GET", "/faults/kinds", control_faults_kinds, .meaning = "every kind of fault, with its parameters"},
    {"POST", "/faults", control_faults_add, BODY_NEEDED, .hint = "send the fault as a JSON object",
     .meaning = "arms a fault"},
    {"DELETE", "/faults", control_faults_clear, .meaning = "removes every fault"},
    {"DELETE", "/faults/{fault}", control_faults_remove, .meaning = "removes a fault"},
    {"GET", "/knobs/{provider}", control_knobs_get, .meaning = "the knobs of a provider, as they are set"},
    {"PATCH", "/knobs/{provider}", control_knobs_set, BODY_NEEDED,
     .hint = "send the knobs as a JSON object, {\"KNOB\":\"VALUE\"}", .meaning = "sets knobs of a provider"},
    {"GET", "/exchanges", control_exchanges, .query = by_provider, .meaning = "the documented exchanges"},
    {"GET", "/openapi/control", control_openapi_control, .meaning = "the OpenAPI document of this API"},
    {"GET", "/openapi/{provider}", control_openapi, .meaning = "the OpenAPI document of a provider"},
    {.method = NULL},
};

bool control_owns(const char *path)
{
    size_t length = strlen(CONTROL_PREFIX);
    return strncmp(path, CONTROL_PREFIX, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

bool control_is_health(const char *method, const char *path)
{
    return strcmp(path, CONTROL_PREFIX "/health") == 0 && (strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0);
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
        if (*word == '{') {
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
    for (size_t i = 0; rows[i].method != NULL; i++)
        if (fits(call, rows[i].pattern, path, length) && strstr(text_cstr(methods), rows[i].method) == NULL)
            text_print(methods, "%s%s%s", methods->length > 0 ? ", " : "", rows[i].method,
                       strcmp(rows[i].method, "GET") == 0 ? ", HEAD" : "");
}

/* The pattern that is nearest to a path that nobody knows. */
static const char *nearest_path(struct call *call, const char *path)
{
    struct nearest nearest;
    nearest_begin(&nearest, path);
    for (size_t i = 0; rows[i].method != NULL; i++)
        nearest_try(&nearest, rows[i].pattern);
    return nearest.name == NULL ? "" : arena_print(call->arena, "; did you mean " CONTROL_PREFIX "%s?", nearest.name);
}

static cJSON *refuse_path(struct call *call, const char *method, const char *path, size_t length)
{
    struct text methods = TEXT_INIT(256);
    add_methods(call, &methods, path, length);
    cJSON *failure =
        methods.length > 0
            ? call_fail(call, 405, NULL, "%.20s is not possible here; possible: %s", method, text_cstr(&methods))
            : call_fail(call, 404, NULL, "the control API has no %.20s " CONTROL_PREFIX "%.200s%s", method, path,
                        nearest_path(call, path));
    call->allow = methods.length > 0 ? mem_dup(text_cstr(&methods)) : NULL;
    text_release(&methods);
    return failure;
}

/* The session of the query, else of the header; false after answering. Two that differ are one too many. */
static bool enter_session(struct call *call, const char *header, cJSON **failure)
{
    const char *query = call_query(call, "session"), *name = query != NULL ? query : header;
    if (query != NULL && header != NULL && strcmp(query, header) != 0) {
        *failure = call_fail(call, 400, "?session", "?session= says \"%.64s\", and X-Mock-Session says \"%.64s\"",
                             query, header);
        return false;
    }
    call->session =
        name == NULL ? sessions_default(call->control->sessions) : sessions_find(call->control->sessions, name);
    if (call->session == NULL)
        *failure =
            call_fail(call, 400, query != NULL ? "?session" : "X-Mock-Session", "there is no session \"%.64s\"%s", name,
                      call_session_hint(call, name, "; POST /_mock/sessions makes one"));
    return call->session != NULL;
}

/* NULL after answering. */
static const struct call_row *find_row(struct call *call, const char *method, const char *path, cJSON **failure)
{
    path = *path == '\0' ? "/" : path;
    const char *served = strcmp(method, "HEAD") == 0 ? "GET" : method;
    for (size_t i = 0; rows[i].method != NULL; i++)
        if (strcmp(rows[i].method, served) == 0 && fits(call, rows[i].pattern, path, strlen(path)))
            return &rows[i];
    *failure = refuse_path(call, method, path, strlen(path));
    return NULL;
}

static struct control_answer answer_of(const struct call *call, cJSON *json)
{
    struct control_answer answer = {.status = call->status,
                                    .text = json == NULL ? call->text : json_write(json),
                                    .content_type = json == NULL ? call->content_type : "application/json",
                                    .allow = call->allow,
                                    .feed = call->feed};
    cJSON_Delete(json);
    return answer;
}

struct control_answer control_refuse_size(void)
{
    struct call call = {0};
    cJSON *failure = call_fail(&call, 413, NULL, "the body is longer than the server reads");
    return answer_of(&call, failure);
}

struct control_answer control_refuse_closed(void)
{
    struct call call = {0};
    cJSON *failure = call_fail(&call, 404, NULL, "the control API is switched off (--no-control)");
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

static cJSON *run(struct call *call, const struct call_row *row)
{
    bool looks = row->entry == ENTRY_TO_LOOK || strcmp(row->method, "GET") == 0;
    if (row->entry == ENTRY_BY_ITSELF)
        return row->handle(call);
    if (looks)
        session_enter(call->session);
    else
        session_enter_alone(call->session);
    cJSON *answer = row->handle(call);
    session_leave(call->session);
    return answer;
}

/* What the row says of the call, before the handler runs. */
static cJSON *handle(struct call *call, const struct control_request *request, const struct call_row *row)
{
    cJSON *body = NULL, *result = query_check(call, row->query);
    if (result == NULL && read_body(call, request, &body, &result)) {
        call->body = body;
        result = body_check(call, row);
    }
    if (result == NULL && enter_session(call, request->session, &result))
        result = run(call, row);
    cJSON_Delete(body);
    return result;
}

struct control_answer control_call(struct control *control, const struct control_request *request)
{
    struct arena *arena = arena_new();
    struct call call = {.control = control,
                        .arena = arena,
                        .query = request->query,
                        .root = request->root,
                        .own_root = request->own_root,
                        .accept = request->accept,
                        .last_event_id = request->last_event_id,
                        .rows = rows,
                        .status = 200};
    cJSON *result = NULL;
    const struct call_row *row = NULL;
    if (control_owns(request->path))
        row = find_row(&call, request->method, request->path + strlen(CONTROL_PREFIX), &result);
    else
        result = call_fail(&call, 404, NULL, "here is the control API alone, below " CONTROL_PREFIX "/");
    if (row != NULL)
        result = handle(&call, request, row);
    session_drop(call.session);
    struct control_answer answer = answer_of(&call, result);
    arena_free(arena);
    return answer;
}
