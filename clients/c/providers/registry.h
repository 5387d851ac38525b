/*
 * Every provider there is, in the order in which they are listed. Adding one is one word here.
 */
#ifndef PROVIDERS_REGISTRY_H
#define PROVIDERS_REGISTRY_H

#include <stddef.h>

#include "core/provider.h"

#define CLIENT_PROVIDERS(X)                                                                                            \
    X(dukkango)                                                                                                        \
    X(fungies)                                                                                                         \
    X(akinon)                                                                                                          \
    X(iletimerkezi)                                                                                                    \
    X(zaikio)

/* The index-th provider, or NULL after the last. */
const struct client_provider *client_provider_at(size_t index);
const struct client_provider *client_provider_find(const char *name);
const struct client_operation *client_operation_find(const struct client_provider *provider, const char *name);

#endif
