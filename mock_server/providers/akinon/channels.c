/*
 * A sales channel in full, and content types (8.3).
 *
 *     GET /api/v1/channels/1/
 *     200 {"id":1,"pk":1,"name":"Web",…,"conf":{"reason_mapping":{"Diğer":10,…},"cancellation_reason_id":10},…}
 *     GET /api/v1/content_types/?model=order
 *     200 {"count":1,…,"results":[{"id":21,"app_label":"orders","model":"order"}]}
 *
 * The official application maps a channel's reason to one of Omnitron by `conf`; where a fixture does not say it, each
 * reason is mapped from its subject, and the first one is the fall-back.
 */
#include <string.h>

#include "base/uri.h"
#include "providers/akinon/channels.h"

/* ── Channels ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static cJSON *reason_mapping(const struct exchange *x)
{
    cJSON *mapping = cJSON_CreateObject();
    const cJSON *reason = NULL;
    cJSON_ArrayForEach (reason, json_member(exchange_fixture(x), "reasons"))
        json_set(mapping, json_string_or(reason, "subject", ""), cJSON_Duplicate(json_member(reason, "pk"), true));
    return mapping;
}

static void complete_conf(const struct exchange *x, cJSON *conf)
{
    const cJSON *reasons = json_member(exchange_fixture(x), "reasons");
    const cJSON *first = reasons == NULL ? NULL : reasons->child;
    if (json_member(conf, "reason_mapping") == NULL)
        json_set(conf, "reason_mapping", reason_mapping(x));
    if (json_member(conf, "cancellation_reason_id") == NULL)
        json_set(conf, "cancellation_reason_id", cJSON_Duplicate(json_member(first, "pk"), true));
}

cJSON *akinon_show_channel(const struct exchange *x, const char *pk)
{
    cJSON *channel = cJSON_CreateObject();
    json_set(channel, "id", json_new_number_text(pk));
    json_set(channel, "pk", json_new_number_text(pk));
    json_set_string(channel, "name", "");
    json_set_integer(channel, "catalog", 1);
    json_set_string(channel, "channel_type", "web");
    json_set(channel, "conf", cJSON_CreateObject());
    json_set_null(channel, "category_tree");
    json_set_bool(channel, "is_active", true);
    json_set(channel, "schema", cJSON_CreateObject());
    json_set_string(channel, "created_date", "2026-01-05T08:00:00.000000Z");
    json_set_string(channel, "modified_date", "2026-01-05T08:00:00.000000Z");
    json_overlay(channel, akinon_channel(x, pk));
    cJSON_DeleteItemFromObjectCaseSensitive(channel, "account"); /* the mock's own */
    complete_conf(x, json_member_mut(channel, "conf"));
    return channel;
}

void akinon_render_channel(struct exchange *x)
{
    reply_json(x, 200, akinon_show_channel(x, exchange_param(x, "channel_id")));
}

const char *akinon_channel_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)order;
    if (!akinon_is_integer(value))
        return akinon_not_a_pk(x, value);
    const char *pk = json_number_text(value);
    return strcmp(pk, exchange_param(x, "channel_id")) == 0 ? NULL : akinon_unknown_pk(x, pk);
}

/* ── Content types ─────────────────────────────────────────────────────────────────────────────────────────────── */

/* The models are those that the official application names; ids and labels are ours. */
static const struct content_type types[] = {
    {11, "products", "product"},      {12, "products", "productprice"},      {13, "products", "productstock"},
    {14, "products", "productimage"}, {15, "products", "productcategory"},   {21, "orders", MODEL_ORDER},
    {22, "orders", MODEL_ITEM},       {23, "orders", MODEL_REQUEST},         {31, "channels", "channel"},
    {32, "channels", "batchrequest"}, {33, "channels", "integrationaction"}, {34, "channels", "categorytree"},
    {35, "channels", "categorynode"},
};

const struct content_type *akinon_content_type(const char *model)
{
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (strcmp(types[i].model, model) == 0)
            return &types[i];
    return NULL;
}

const struct content_type *akinon_content_type_of_id(int64_t id)
{
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (types[i].id == id)
            return &types[i];
    return NULL;
}

cJSON *akinon_show_content_type(const struct content_type *type)
{
    cJSON *shown = cJSON_CreateObject();
    json_set_integer(shown, "id", type->id);
    json_set_string(shown, "app_label", type->app_label);
    json_set_string(shown, "model", type->model);
    return shown;
}

void akinon_render_content_types(struct exchange *x)
{
    const char *model = uri_query_value(x->arena, x->request.query, "model");
    struct akinon_list list = akinon_list_begin(x);
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if ((model == NULL || strcmp(types[i].model, model) == 0) && akinon_list_wants(&list))
            cJSON_AddItemToArray(list.results, akinon_show_content_type(&types[i]));
    akinon_list_reply(x, &list);
}
