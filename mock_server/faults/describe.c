#include "faults/describe.h"

#include "faults/fault.h"
#include "faults/kinds.h"

static const char *const type_words[] = {
    [SHAPE_STRING] = "string",
    [SHAPE_INTEGER] = "integer",
    [SHAPE_NUMBER] = "number",
    [SHAPE_BOOLEAN] = "boolean",
    [SHAPE_OBJECT] = "object",
    [SHAPE_MAP] = "object",
    [SHAPE_ARRAY] = "array",
    [SHAPE_ARRAY_OF_STRINGS] = "array of strings",
    [SHAPE_PAIRS] = "array of [name, value]",
    [SHAPE_ANY] = "any",
};

static const char *const phase_meanings[] = {
    "the provider never handles the request: nothing changes",
    "the provider handles the request, the order changes, and then the answer is replaced",
};

static cJSON *words_to_json(const char *const *words)
{
    cJSON *list = cJSON_CreateArray();
    for (; *words != NULL; words++)
        cJSON_AddItemToArray(list, cJSON_CreateString(*words));
    return list;
}

static cJSON *rows_to_json(const struct shape *rows);

static cJSON *row_to_json(const struct shape *row)
{
    cJSON *json = cJSON_CreateObject();
    json_set_string(json, "name", row->name);
    json_set_string(json, "type", type_words[row->type]);
    json_set_bool(json, "required", row->required);
    if (row->words != NULL)
        json_set(json, "values", words_to_json(row->words));
    if (row->least != 0 || row->most != 0) {
        json_set_integer(json, "least", row->least);
        json_set_integer(json, "most", row->most);
    }
    if (row->members != NULL)
        json_set(json, "members", rows_to_json(row->members));
    json_set_string(json, "meaning", row->meaning);
    return json;
}

static cJSON *rows_to_json(const struct shape *rows)
{
    cJSON *list = cJSON_CreateArray();
    for (; rows != NULL && rows->name != NULL; rows++)
        cJSON_AddItemToArray(list, row_to_json(rows));
    return list;
}

static cJSON *phases_of(const struct fault_kind *kind)
{
    cJSON *list = cJSON_CreateArray();
    for (size_t i = 0; fault_phase_names[i] != NULL; i++)
        if ((kind->phases & (1u << i)) != 0)
            cJSON_AddItemToArray(list, cJSON_CreateString(fault_phase_names[i]));
    return list;
}

static cJSON *kind_to_json(const struct fault_kind *kind)
{
    cJSON *json = cJSON_CreateObject();
    json_set_string(json, "name", kind->name);
    json_set(json, "phases", phases_of(kind));
    json_set(json, "parameters", rows_to_json(kind->parameters));
    if (kind->either != NULL) {
        json_set(json, "either", words_to_json(kind->either));
        json_set_bool(json, "needs_either", kind->needs_either);
    }
    json_set_string(json, "meaning", kind->meaning);
    return json;
}

cJSON *faults_describe(void)
{
    cJSON *answer = cJSON_CreateObject();
    cJSON *phases = cJSON_AddArrayToObject(answer, "phases");
    for (size_t i = 0; i < COUNT_OF(phase_meanings); i++) {
        cJSON *phase = cJSON_CreateObject();
        json_set_string(phase, "name", fault_phase_names[i]);
        json_set_string(phase, "meaning", phase_meanings[i]);
        cJSON_AddItemToArray(phases, phase);
    }
    json_set(answer, "members", rows_to_json(fault_members));
    cJSON *kinds = cJSON_AddArrayToObject(answer, "kinds");
    const struct fault_kind *kind = NULL;
    for (size_t i = 0; (kind = fault_kind_at(i)) != NULL; i++)
        cJSON_AddItemToArray(kinds, kind_to_json(kind));
    return answer;
}
