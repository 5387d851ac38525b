/*
 * The door of the library: finds the provider, refuses what is wrong for every provider, hands the
 * operation over, and takes secrets out of whatever comes back.
 */
#include "cancelorder.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/uri.h"
#include "core/call.h"
#include "core/result.h"
#include "providers/registry.h"

#define DEADLINE_DEFAULT_MS 30000
#define DEADLINE_MAX_MS     (INT64_C(24) * 3600 * 1000)
#define ORDER_ID_MAX        256

const char *cancelorder_version(void)
{
    return sizeof PROJECT_VERSION > 1 ? PROJECT_VERSION : "0";
}

struct cancelorder_client *cancelorder_client_new(void)
{
    struct cancelorder_client *client = mem_zero(1, sizeof *client);
    client->http = http_new();
    return client;
}

void cancelorder_client_free(struct cancelorder_client *client)
{
    if (client == NULL)
        return;
    tokens_release(&client->tokens);
    http_free(client->http);
    free(client);
}

void cancelorder_client_abort(struct cancelorder_client *client)
{
    http_stop(client->http);
}

void cancelorder_client_rearm(struct cancelorder_client *client)
{
    http_rearm(client->http);
}

static int check_credentials(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    for (size_t i = 0; i < request->credentials.count; i++) {
        const char *value = request->credentials.rows[i].value;
        for (; value != NULL && *value != '\0'; value++)
            if ((unsigned char)*value < 0x20 || *value == 0x7F) {
                result_refuse(result, "the credential %s holds a control character", request->credentials.rows[i].name);
                return -1;
            }
    }
    return 0;
}

static int check_common(const struct cancelorder_request *request, struct cancelorder_result *result)
{
    const char *refusal = uri_base_refusal(request->base_url);
    if (refusal != NULL)
        result_refuse(result, "%s", refusal);
    else if (request->deadline_ms < 0 || request->deadline_ms > DEADLINE_MAX_MS)
        result_refuse(result, "deadline_ms is not between 1 ms and one day");
    else if (request->order_id != NULL && strlen(request->order_id) > ORDER_ID_MAX)
        result_refuse(result, "order_id is longer than %d bytes", ORDER_ID_MAX);
    else
        return check_credentials(request, result);
    return -1;
}

static void secrets_collect(struct secrets *secrets, const struct cancelorder_pairs *pairs)
{
    for (size_t i = 0; i < pairs->count; i++)
        secrets_add(secrets, pairs->rows[i].value);
}

static void call_run(struct call *call, const struct client_operation *operation)
{
    int64_t deadline_ms = call->request->deadline_ms;
    call->deadline = deadline_in(deadline_ms > 0 ? deadline_ms : DEADLINE_DEFAULT_MS);
    secrets_init(&call->secrets);
    secrets_collect(&call->secrets, &call->request->credentials);
    secrets_collect(&call->secrets, &call->request->ibans);
    secrets_collect(&call->secrets, &call->request->holder_names);
    operation->run(call);
    secrets_add(&call->secrets, call->token);
    result_mask(call->result, &call->secrets);
    secrets_release(&call->secrets);
    free(call->token);
}

enum cancelorder_outcome cancelorder_client_run(struct cancelorder_client *client,
                                                const struct cancelorder_request *request,
                                                struct cancelorder_result *result)
{
    const struct client_provider *provider = client_provider_find(request->provider);
    const struct client_operation *operation =
        provider == NULL ? NULL : client_operation_find(provider, request->operation);

    int cancelable = PTHREAD_CANCEL_ENABLE;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancelable); /* a thread that ended here would keep the lock */
    result_init(result);
    if (provider == NULL) {
        result_refuse(result, "no such provider");
    } else if (operation == NULL) {
        result_refuse(result, "%s has no such operation", provider->name);
    } else if (check_common(request, result) == 0 && operation->check(request, result) == 0) {
        struct call call = {.client = client, .provider = provider, .request = request, .result = result};
        call_run(&call, operation);
    }
    pthread_setcancelstate(cancelable, NULL);
    return result->outcome;
}
