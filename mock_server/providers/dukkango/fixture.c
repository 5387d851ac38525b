/*
 * Dükkango: what provider.json has beside the common members: the cancel reasons, the words of payment and shipping
 * (8), the restaurants of each account (3), and the keys and the token of a credential (2).
 */
#include <string.h>

#include "providers/dukkango/dukkango.h"

/* ── Shape ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

const struct shape dukkango_credential_shape[] = {
    {"access_token", SHAPE_STRING},
    {"app_secret_key", SHAPE_STRING},
    {"rest_secret_key", SHAPE_STRING},
    SHAPE_END,
};

static const struct shape reason_shape[] = {
    {"id", SHAPE_INTEGER, .required = true},
    {"reason", SHAPE_STRING, .required = true},
    SHAPE_END,
};

static const struct shape method_shape[] = {
    {"key", SHAPE_STRING, .required = true},
    {"name", SHAPE_STRING, .required = true},
    SHAPE_END,
};

static const struct shape variables_shape[] = {
    {"paymentMethod", SHAPE_ARRAY, method_shape, .required = true},
    {"shippingMethod", SHAPE_ARRAY, method_shape, .required = true},
    SHAPE_END,
};

static const struct shape restaurant_shape[] = {
    {"account", SHAPE_STRING, .required = true},
    {"id", SHAPE_STRING, .required = true},
    {"name", SHAPE_STRING, .required = true},
    SHAPE_END,
};

const struct shape dukkango_fixture_shape[] = {
    {"reasons", SHAPE_ARRAY, reason_shape, .required = true},
    {"variables", SHAPE_OBJECT, variables_shape},
    {"restaurants", SHAPE_ARRAY, restaurant_shape},
    SHAPE_END,
};

/* ── Restaurants ───────────────────────────────────────────────────────────────────────────────────────────────── */

static const cJSON *find_restaurant(const cJSON *fixture, const char *member, const char *value)
{
    const cJSON *list = json_member(fixture, "restaurants");
    for (const cJSON *entry = list == NULL ? NULL : list->child; entry != NULL; entry = entry->next)
        if (strcmp(json_string_or(entry, member, ""), value) == 0)
            return entry;
    return NULL;
}

const cJSON *dukkango_restaurant_of(const cJSON *fixture, const char *account)
{
    return find_restaurant(fixture, "account", account);
}

const cJSON *dukkango_restaurant_named(const cJSON *fixture, const char *id)
{
    return find_restaurant(fixture, "id", id);
}
