/* Lemonade: provider.json has nothing beside the common members. */
#include "providers/lemonade/lemonade.h"

const struct shape lemonade_credential_shape[] = {{"key", SHAPE_STRING}, SHAPE_END};

const struct shape lemonade_fixture_shape[] = {SHAPE_END};
