/* What is documented: exchanges, and the OpenAPI documents of the providers and of this API. */
#include <stdlib.h>
#include <string.h>

#include "control/handlers.h"
#include "fixtures/fixtures.h"
#include "model/provider.h"
#include "session/session.h"

static void add_exchanges(struct call *call, cJSON *list, const struct provider *provider)
{
    const cJSON *exchanges = fixtures_exchanges(session_fixtures(call->session), provider);
    for (const cJSON *exchange = exchanges->child; exchange != NULL; exchange = exchange->next)
        cJSON_AddItemToArray(list, cJSON_Duplicate(exchange, true));
}

cJSON *control_exchanges(struct call *call)
{
    const struct provider *only = call_query_provider(call);
    cJSON *answer = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(answer, "exchanges");
    const struct provider *const *providers = call->control->providers;
    for (; *providers != NULL; providers++)
        if (only == NULL || *providers == only)
            add_exchanges(call, list, *providers);
    return answer;
}

cJSON *control_openapi(struct call *call)
{
    cJSON *failure = NULL;
    const struct provider *provider = call_provider(call, call->params[0], &failure);
    if (provider == NULL)
        return failure;
    const cJSON *document = fixtures_openapi(session_fixtures(call->session), provider);
    if (document == NULL)
        return call_fail(call, 404, NULL, "the fixtures of %s have no openapi.json", provider->name);
    return cJSON_Duplicate(document, true);
}

/* `root` is where the control API is reached. */
static void set_server(cJSON *document, const char *root)
{
    cJSON *servers = cJSON_CreateArray(), *server = cJSON_CreateObject();
    char *url = mem_print("%s" CONTROL_PREFIX, root);
    json_set_string(server, "url", url);
    cJSON_AddItemToArray(servers, server);
    json_set(document, "servers", servers);
    free(url);
}

cJSON *control_openapi_control(struct call *call)
{
    const struct embedded_file *file = embedded_fixtures;
    while (strcmp(file->path, "control/openapi.json") != 0)
        file++;
    cJSON *document = json_read_bytes(file->bytes, file->length);
    set_server(document, call->own_root);
    return document;
}
