/*
 * Ports of a session's own.
 *
 * A test gives its client another port than everybody's: what comes there belongs to the session without a name in it,
 * and a fault of connections meets nobody else. One that only records is where no client should go: the end of a
 * redirect to another port.
 *
 *     {"listeners":[{"id":"l1","kind":"serve","tls":null,"url":"http://127.0.0.1:41233","base_urls":{"PROVIDER":URL}}]}
 */
#include <stdio.h>
#include <string.h>

#include "control/handlers.h"
#include "model/provider.h"
#include "session/session.h"
#include "transport/http.h"

static const char *const kinds[] = {"serve", "record", NULL};

const struct shape control_listener_shape[] = {
    {"kind", SHAPE_STRING, .words = kinds, .meaning = "serve: the APIs; record: nothing, but it stands in the journal"},
    {"tls", SHAPE_STRING, .words = tls_manner_names,
     .meaning = "it speaks TLS, well or with this wrong; without it, plain HTTP"},
    SHAPE_END,
};

struct listing {
    struct call *call;
    cJSON *list;
};

static cJSON *base_urls(struct call *call, const char *url)
{
    cJSON *urls = cJSON_CreateObject();
    const struct provider *const *providers = call->control->providers;
    for (; *providers != NULL; providers++)
        json_set_string(urls, (*providers)->name, arena_print(call->arena, "%s%s", url, (*providers)->bases[0].base));
    return urls;
}

static cJSON *port_to_json(struct call *call, const struct http_port *port)
{
    cJSON *json = cJSON_CreateObject();
    json_set_string(json, "id", port->id);
    json_set_string(json, "kind", kinds[port->kind == LISTENER_RECORDER]);
    json_set_string(json, "tls", tls_manner_name(port->tls));
    json_set_string(json, "url", port->url);
    json_set(json, "base_urls", base_urls(call, port->url));
    return json;
}

static void add(void *context, const struct http_port *port)
{
    struct listing *listing = context;
    cJSON_AddItemToArray(listing->list, port_to_json(listing->call, port));
}

cJSON *control_listeners_list(struct call *call)
{
    cJSON *answer = cJSON_CreateObject();
    struct listing listing = {call, cJSON_AddArrayToObject(answer, "listeners")};
    if (*call->control->http != NULL)
        http_each_port(*call->control->http, session_name(call->session), add, &listing);
    return answer;
}

cJSON *control_listeners_open(struct call *call)
{
    char url[128], problem[256], id[32];
    struct http *http = *call->control->http;
    bool records = strcmp(json_string_or(call->body, "kind", kinds[0]), kinds[1]) == 0;
    if (http == NULL)
        return call_fail(call, 409, NULL, "this server has no socket");
    snprintf(id, sizeof id, "l%llu", (unsigned long long)http_next_port(http));
    struct http_port port = {id, session_name(call->session), records ? LISTENER_RECORDER : LISTENER_API,
                             tls_manner_named(json_string_or(call->body, "tls", "")), url};
    enum http_error error = http_open_port(http, &port, url, sizeof url, problem, sizeof problem);
    if (error == HTTP_NO_TLS)
        return call_fail(call, 409, "tls", "%s", problem);
    if (error != HTTP_OK)
        return call_fail(call, 429, NULL, "%s; DELETE /_mock/listeners/ID closes one", problem);
    call->status = 201;
    return port_to_json(call, &port);
}

cJSON *control_listeners_close(struct call *call)
{
    struct http *http = *call->control->http;
    if (http == NULL || !http_close_port(http, call->params[0], session_name(call->session)))
        return call_fail(call, 404, NULL, "this session has no listener \"%.60s\"", call->params[0]);
    call->status = 204;
    return NULL;
}
