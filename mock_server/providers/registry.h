/*
 * The providers there are. Adding one is one word in PROVIDERS, one file here and one folder of fixtures.
 */
#ifndef PROVIDERS_REGISTRY_H
#define PROVIDERS_REGISTRY_H

#include "model/provider.h"

#define PROVIDERS(entry)       entry(dukkango) entry(fungies) entry(akinon) entry(iletimerkezi) entry(zaikio)

#define DECLARE_PROVIDER(name) extern const struct provider provider_##name;
PROVIDERS(DECLARE_PROVIDER)
#undef DECLARE_PROVIDER

/* In the order above, ended by NULL. */
extern const struct provider *const all_providers[];

#endif
