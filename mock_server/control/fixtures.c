/* What the fixtures say of a provider beside its orders: documented exchanges, and the description of its API. */
#include "fixtures/fixtures.h"
#include "control/handlers.h"
#include "model/provider.h"

static void add_exchanges(struct call *call, cJSON *list, const struct provider *provider)
{
    const cJSON *exchanges = fixtures_exchanges(call->control->fixtures, provider);
    for (const cJSON *exchange = exchanges->child; exchange != NULL; exchange = exchange->next)
        cJSON_AddItemToArray(list, cJSON_Duplicate(exchange, true));
}

cJSON *control_exchanges(struct call *call)
{
    const struct provider *only = call_query_provider(call);
    cJSON *answer = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(answer, "exchanges");
    const struct provider *const *providers = fixtures_providers(call->control->fixtures);
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
    const cJSON *document = fixtures_openapi(call->control->fixtures, provider);
    if (document == NULL)
        return call_fail(call, 404, NULL, "the fixtures of %s have no openapi.json", provider->name);
    return cJSON_Duplicate(document, true);
}
