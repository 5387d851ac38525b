#include "providers/registry.h"

#include <string.h>

#include "base/memory.h"

#define PROVIDER_DECLARE(name) extern const struct client_provider client_provider_##name;
CLIENT_PROVIDERS(PROVIDER_DECLARE)
#undef PROVIDER_DECLARE

#define PROVIDER_ROW(name) &client_provider_##name,
static const struct client_provider *const providers[] = {CLIENT_PROVIDERS(PROVIDER_ROW)};
#undef PROVIDER_ROW

const struct client_provider *client_provider_at(size_t index)
{
    return index < COUNT_OF(providers) ? providers[index] : NULL;
}

const struct client_provider *client_provider_find(const char *name)
{
    const struct client_provider *provider;
    for (size_t i = 0; (provider = client_provider_at(i)) != NULL; i++)
        if (name != NULL && strcmp(provider->name, name) == 0)
            return provider;
    return NULL;
}

const struct client_operation *client_operation_find(const struct client_provider *provider, const char *name)
{
    for (const struct client_operation *row = provider->operations; row->name != NULL; row++)
        if (name != NULL && strcmp(row->name, name) == 0)
            return row;
    return NULL;
}
