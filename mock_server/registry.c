#include "registry.h"

#define PROVIDER_ENTRY(name) &provider_##name,
const struct provider *const all_providers[] = {PROVIDERS(PROVIDER_ENTRY) NULL};
