/*
 * The providers that there are. Adding one is one word here, a room below providers/ and a folder of fixtures;
 * scripts/check-provider tells what a new one still lacks.
 */
#ifndef REGISTRY_H
#define REGISTRY_H

#include "model/provider.h"

#define PROVIDERS(entry)           entry(dukkango) entry(fungies) entry(akinon) entry(iletimerkezi) entry(zaikio)

#define PROVIDER_DECLARATION(name) extern const struct provider provider_##name;
PROVIDERS(PROVIDER_DECLARATION)
#undef PROVIDER_DECLARATION

/* In the order above, ended by NULL. */
extern const struct provider *const all_providers[];

#endif
