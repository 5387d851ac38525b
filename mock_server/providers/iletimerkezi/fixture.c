/* provider.json: the shape of what only this provider has in it, and what it says of a customer. */
#include <string.h>

#include "providers/iletimerkezi/iletimerkezi.h"

const struct shape iletimerkezi_credential_shape[] = {
    {"key", SHAPE_STRING},      {"hash", SHAPE_STRING},
    {"username", SHAPE_STRING}, /* 9.21: the mobile number of the account, as it once logged in */
    {"password", SHAPE_STRING}, SHAPE_END,
};

static const struct shape customer_shape[] = {
    {"account", SHAPE_STRING, .required = true},
    {"paid_in", SHAPE_NUMBER, .required = true},   /* lira */
    {"sms_price", SHAPE_NUMBER, .required = true}, /* of one SMS to one number */
    {"senders", SHAPE_ARRAY_OF_STRINGS, .required = true},
    {"blacklist", SHAPE_ARRAY_OF_STRINGS}, /* numbers as reports show them */
    {"iys_code", SHAPE_STRING},            /* absent: none was set */
    SHAPE_END,
};

const struct shape iletimerkezi_fixture_shape[] = {
    {"customers", SHAPE_ARRAY, customer_shape, .required = true},
    SHAPE_END,
};

const cJSON *iletimerkezi_customer(struct exchange *x)
{
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, json_member(exchange_fixture(x), "customers"))
        if (strcmp(json_string_or(entry, "account", ""), x->account) == 0)
            return entry;
    return NULL;
}

bool iletimerkezi_customer_has(struct exchange *x, const char *member, const char *value)
{
    const cJSON *item = NULL;
    cJSON_ArrayForEach (item, json_member(iletimerkezi_customer(x), member))
        if (strcmp(item->valuestring, value) == 0)
            return true;
    return false;
}
