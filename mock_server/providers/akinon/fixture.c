/*
 * provider.json: its shape, and what it tells of the shop: its channels, its cancellation reasons, and the customers,
 * addresses and products that a detailed answer shows in full (5, 8).
 */
#include <string.h>

#include "providers/akinon/akinon.h"

const struct shape akinon_credential_shape[] = {
    {"token", SHAPE_STRING},
    {"username", SHAPE_STRING},
    {"password", SHAPE_STRING},
    SHAPE_END,
};

static const struct shape channel_shape[] = {
    {"pk", SHAPE_INTEGER, .required = true},
    {"account", SHAPE_STRING, .required = true},
    {"name", SHAPE_STRING},
    {"catalog", SHAPE_INTEGER},
    {"channel_type", SHAPE_STRING},
    {"conf", SHAPE_OBJECT},
    {"is_active", SHAPE_BOOLEAN},
    {"created_date", SHAPE_STRING},
    {"modified_date", SHAPE_STRING},
    SHAPE_END,
};

static const struct shape reason_shape[] = {
    {"pk", SHAPE_INTEGER, .required = true},
    {"cancellation_type", SHAPE_STRING, .required = true, .words = akinon_plan_kinds},
    {"extra_information_needed", SHAPE_BOOLEAN},
    {"order", SHAPE_INTEGER},
    {"subject", SHAPE_STRING, .required = true},
    {"is_active", SHAPE_BOOLEAN, .required = true},
    {"send_to_remote", SHAPE_BOOLEAN},
    {"send_to_oms", SHAPE_BOOLEAN},
    {"translations", SHAPE_OBJECT},
    {"uuid", SHAPE_STRING},
    {"created_date", SHAPE_STRING},
    {"modified_date", SHAPE_STRING},
    SHAPE_END,
};

static const struct shape customer_shape[] = {
    {"pk", SHAPE_INTEGER, .required = true},
    {"email", SHAPE_STRING},
    {"first_name", SHAPE_STRING},
    {"last_name", SHAPE_STRING},
    {"phone_number", SHAPE_STRING},
    SHAPE_END,
};

static const struct shape address_shape[] = {
    {"pk", SHAPE_INTEGER, .required = true},
    {"title", SHAPE_STRING},
    {"line", SHAPE_STRING},
    {"country", SHAPE_OBJECT},
    {"city", SHAPE_OBJECT},
    {"township", SHAPE_STRING, .nullable = true},
    {"district", SHAPE_STRING, .nullable = true},
    {"postcode", SHAPE_STRING, .nullable = true},
    {"notes", SHAPE_STRING, .nullable = true},
    {"company_name", SHAPE_STRING, .nullable = true},
    {"tax_office", SHAPE_STRING, .nullable = true},
    {"tax_no", SHAPE_STRING, .nullable = true},
    {"e_bill_taxpayer", SHAPE_BOOLEAN},
    SHAPE_END,
};

static const struct shape product_shape[] = {
    {"pk", SHAPE_INTEGER, .required = true},
    {"name", SHAPE_STRING},
    {"sku", SHAPE_STRING},
    SHAPE_END,
};

const struct shape akinon_fixture_shape[] = {
    {"channels", SHAPE_ARRAY, channel_shape, .required = true},
    {"reasons", SHAPE_ARRAY, reason_shape, .required = true},
    {"customers", SHAPE_ARRAY, customer_shape},
    {"addresses", SHAPE_ARRAY, address_shape},
    {"products", SHAPE_ARRAY, product_shape},
    SHAPE_END,
};

static const cJSON *first_of(const cJSON *shop, const char *list)
{
    const cJSON *entries = json_member(shop, list);
    return entries == NULL ? NULL : entries->child;
}

static bool has_pk(const cJSON *entry, const char *pk)
{
    const char *digits = json_number_text(json_member(entry, "pk"));
    return digits != NULL && strcmp(digits, pk) == 0;
}

static const cJSON *entry_of(const cJSON *shop, const char *list, const char *pk)
{
    for (const cJSON *entry = first_of(shop, list); entry != NULL; entry = entry->next)
        if (has_pk(entry, pk))
            return entry;
    return NULL;
}

/* ── Channels and relations ────────────────────────────────────────────────────────────────────────────────────── */

const cJSON *akinon_channel(const struct exchange *x, const char *pk)
{
    return entry_of(exchange_fixture(x), "channels", pk);
}

bool akinon_has_channel(const struct exchange *x, const char *pk)
{
    return strcmp(json_string_or(akinon_channel(x, pk), "account", ""), x->account) == 0;
}

void akinon_show_in_full(const struct exchange *x, cJSON *object, const char *member, const char *list)
{
    const char *pk = json_number_text(json_member(object, member));
    const cJSON *entry = pk == NULL ? NULL : entry_of(exchange_fixture(x), list, pk);
    if (entry == NULL)
        return;
    cJSON *shown = cJSON_Duplicate(entry, true);
    cJSON_DeleteItemFromObjectCaseSensitive(shown, "account"); /* the mock's own */
    json_set(object, member, shown);
}

/* ── Reasons (8) ───────────────────────────────────────────────────────────────────────────────────────────────── */

const cJSON *akinon_reason(const struct exchange *x, const char *pk)
{
    return entry_of(exchange_fixture(x), "reasons", pk);
}

cJSON *akinon_show_reason(struct exchange *x, const cJSON *reason)
{
    cJSON *shown = cJSON_Duplicate(reason, true);
    cJSON *changed = exchange_record(x, arena_print(x->arena, "reason %s", json_number_text(json_member(shown, "pk"))));
    json_overlay(shown, changed);
    cJSON_Delete(changed);
    return shown;
}

bool akinon_may_use_reason(struct exchange *x, const char *pk)
{
    const cJSON *reason = akinon_reason(x, pk);
    cJSON *shown = reason == NULL ? NULL : akinon_show_reason(x, reason);
    bool active = json_true(shown, "is_active");
    cJSON_Delete(shown);
    return active;
}

const cJSON *akinon_first_reason_for(const struct maker *maker, const char *type)
{
    for (const cJSON *reason = first_of(maker->fixture, "reasons"); reason != NULL; reason = reason->next)
        if (json_true(reason, "is_active") && strcmp(json_string_or(reason, "cancellation_type", ""), type) == 0)
            return reason;
    return NULL;
}
