/*
 * The cancellation strategy of a shop (8.4).
 *
 *     POST /api/v1/dynamic_settings     {"key":"CANCELLATION_STRATEGY","value":"StrategyTwo"}
 *     201
 * {"key":"CANCELLATION_STRATEGY","description":null,"default":"StrategyOne","validators":[],"value":"StrategyTwo"}
 *
 * The vendor's page shows four members and not which of them carries the choice; here it is `value`, else `default`. Of
 * the 19 strategies the rules of the first are public: the others behave like it, and the journal says so.
 */
#include <string.h>

#include "base/uri.h"
#include "providers/akinon/channels.h"

#define KEY "CANCELLATION_STRATEGY"

static const char *const strategies[] = {
    "StrategyOne",     "StrategyTwo",       "StrategyThree",    "StrategyFour",     "StrategyFive",
    "StrategySix",     "StrategySeven",     "StrategyEight",    "StrategyNine",     "StrategyTen",
    "StrategyEleven",  "StrategyTwelve",    "StrategyThirteen", "StrategyFourteen", "StrategyFifteen",
    "StrategySixteen", "StrategySeventeen", "StrategyEighteen", "StrategyNineteen", NULL,
};

static const char *strategy_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)order;
    const char *word = cJSON_IsString(value) ? value->valuestring : exchange_describe(x, value);
    for (size_t i = 0; cJSON_IsString(value) && strategies[i] != NULL; i++)
        if (strcmp(strategies[i], word) == 0)
            return NULL;
    return arena_print(x->arena, "\"%s\" is not a valid choice.", word);
}

static const char *key_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)order;
    if (cJSON_IsString(value) && strcmp(value->valuestring, KEY) == 0)
        return NULL;
    const char *word = cJSON_IsString(value) ? value->valuestring : exchange_describe(x, value);
    return arena_print(x->arena, "\"%s\" is not a valid choice.", word);
}

static const char *list_mistake(struct exchange *x, const struct order *order, const cJSON *value)
{
    (void)order;
    return akinon_list_mistake(x, value);
}

static const struct akinon_field fields[] = {
    {"key", KEY, key_mistake, .required = true},
    {"value", "the name of a strategy", strategy_mistake},
    {"default", "the name of a strategy", strategy_mistake},
    {"description", "a string or null", akinon_string_mistake, .nullable = true},
    {"validators", "a list", list_mistake},
    {.name = NULL},
};

static cJSON *setting(const char *value)
{
    cJSON *shown = cJSON_CreateObject();
    json_set_string(shown, "key", KEY);
    json_set_null(shown, "description");
    json_set_string(shown, "default", "StrategyOne");
    json_set(shown, "validators", cJSON_CreateArray());
    json_set_string(shown, "value", value);
    return shown;
}

void akinon_note_strategy(struct exchange *x)
{
    cJSON *kept = exchange_record(x, "setting " KEY);
    const char *value = json_string_or(kept, "value", "StrategyOne");
    if (strcmp(value, "StrategyOne") != 0)
        exchange_note(x,
                      arena_print(x->arena, "akinon 8.4: %s behaves like StrategyOne here (strategy_partial)", value));
    cJSON_Delete(kept);
}

enum step akinon_validate_setting(struct exchange *x)
{
    const cJSON *body = NULL;
    if (akinon_check_json(x) == STEP_REPLY || akinon_check_object(x, &body) == STEP_REPLY ||
        akinon_check_fields(x, NULL, body, fields) == STEP_REPLY)
        return STEP_REPLY;
    if (json_member(body, "value") != NULL || json_member(body, "default") != NULL)
        return STEP_NEXT;
    return exchange_refuse(x, 400, akinon_field_error("value", "This field is required."),
                           &(struct reason){"8.4: a setting has a value", "value", "the name of a strategy", "absent"});
}

void akinon_render_setting(struct exchange *x)
{
    const cJSON *body = NULL;
    exchange_body(x, &body);
    cJSON *kept = setting(json_string_or(body, "value", json_string_or(body, "default", "")));
    if (json_member(body, "default") != NULL)
        json_set_string(kept, "default", json_string(body, "default"));
    json_set_string(kept, "description", json_string(body, "description"));
    if (json_member(body, "validators") != NULL)
        json_set(kept, "validators", cJSON_Duplicate(json_member(body, "validators"), true));
    exchange_keep_record(x, "setting " KEY, kept);
    reply_json(x, 201, kept);
}

void akinon_render_settings(struct exchange *x)
{
    const char *key = uri_query_value(x->arena, x->request.query, "key");
    struct akinon_list list = akinon_list_begin(x);
    cJSON *kept = exchange_record(x, "setting " KEY);
    if (kept == NULL)
        kept = setting("StrategyOne");
    if ((key == NULL || strcmp(key, KEY) == 0) && akinon_list_wants(&list))
        cJSON_AddItemToArray(list.results, kept);
    else
        cJSON_Delete(kept);
    akinon_list_reply(x, &list);
}
