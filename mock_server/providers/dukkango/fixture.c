/*
 * Dükkango: what provider.json has beside the common members: the cancel reasons, the words of payment and shipping
 * (8), the restaurants of each account (3) and their foods (8), and the keys and the token of a credential (2).
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

static const struct shape category_shape[] = {
    {"id", SHAPE_INTEGER, .required = true},
    {"name", SHAPE_STRING, .required = true},
    {"sort", SHAPE_INTEGER},
    SHAPE_END,
};

static const struct shape option_shape[] = {
    {"name", SHAPE_STRING, .required = true},
    {"price", SHAPE_NUMBER, .required = true},
    SHAPE_END,
};

/* What can be added to a food, or left out of it. */
static const struct shape addition_shape[] = {
    {"ilave_basligi", SHAPE_STRING, .required = true}, /* its heading */
    {"secim_turu", SHAPE_STRING},                      /* tekli: one option; coklu: several */
    {"ekleme_cikarma", SHAPE_STRING},                  /* ekleme: it is added */
    {"zorunlu_turu", SHAPE_STRING},                    /* opsiyonel: nobody must choose */
    {"ilave_opsiyonlari", SHAPE_ARRAY, option_shape},
    SHAPE_END,
};

/* As get-foods shows it, word for word. */
static const struct shape food_shape[] = {
    {"food_id", SHAPE_INTEGER, .required = true},
    {"name", SHAPE_STRING, .required = true},
    {"desc", SHAPE_STRING},
    {"image", SHAPE_STRING},
    {"category", SHAPE_OBJECT, category_shape},
    {"restaurant_id", SHAPE_STRING, .required = true},
    {"sort", SHAPE_INTEGER},
    {"price", SHAPE_NUMBER, .required = true},
    {"add_substract", SHAPE_ARRAY, addition_shape}, /* sic */
    SHAPE_END,
};

const struct shape dukkango_fixture_shape[] = {
    {"reasons", SHAPE_ARRAY, reason_shape, .required = true},
    {"variables", SHAPE_OBJECT, variables_shape},
    {"restaurants", SHAPE_ARRAY, restaurant_shape},
    {"foods", SHAPE_ARRAY, food_shape},
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

/* ── Foods ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

const char *dukkango_owner_of(const cJSON *fixture, const cJSON *food)
{
    const cJSON *restaurant = dukkango_restaurant_named(fixture, json_string_or(food, "restaurant_id", ""));
    return json_string_or(restaurant, "account", "");
}
