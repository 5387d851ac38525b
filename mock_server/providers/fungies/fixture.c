/*
 * What the fixtures of Fungies have beside the common members: the two keys of a credential (2). provider.json has no
 * more than every provider's.
 */
#include "providers/fungies/fungies.h"

const struct shape fungies_fixture_shape[] = {SHAPE_END};

const struct shape fungies_credential_shape[] = {
    {"public_key", SHAPE_STRING},
    {"secret_key", SHAPE_STRING},
    SHAPE_END,
};
