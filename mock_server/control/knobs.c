#include <string.h>

#include "control/control.h"
#include "model/provider.h"
#include "model/session.h"

static int knob_named(const struct provider *provider, const char *name)
{
    for (unsigned k = 0; k < provider->knob_count; k++)
        if (strcmp(provider->knobs[k].name, name) == 0)
            return (int)k;
    return -1;
}

cJSON *control_knobs_get(struct call *call)
{
    cJSON *answer = NULL;
    const struct provider *provider = call_provider(call, 0, &answer);
    if (provider == NULL)
        return answer;
    answer = cJSON_CreateObject();
    for (unsigned k = 0; k < provider->knob_count; k++) {
        char text[24];
        const struct knob *knob = &provider->knobs[k];
        json_set_string(answer, knob->name, knob_write(knob, session_knob(call->session, provider, k), text));
    }
    return answer;
}

/* Checks all settings before the first is made, so that a mistake changes nothing. */
static cJSON *check(struct call *call, const struct provider *provider)
{
    for (const cJSON *setting = call->body->child; setting != NULL; setting = setting->next) {
        int k = knob_named(provider, setting->string);
        int64_t value = 0;
        if (k < 0)
            return call_fail(call, 422, setting->string, "%s has no knob \"%.60s\"", provider->name, setting->string);
        if (!cJSON_IsString(setting) || !knob_read(&provider->knobs[k], setting->valuestring, &value))
            return call_fail(call, 422, setting->string,
                             "knob \"%s\" has no such value; GET /_mock/providers lists them", setting->string);
    }
    return NULL;
}

cJSON *control_knobs_set(struct call *call)
{
    cJSON *failure = NULL;
    const struct provider *provider = call_provider(call, 0, &failure);
    if (provider == NULL)
        return failure;
    if (!cJSON_IsObject(call->body))
        return call_fail(call, 400, NULL, "send the knobs as a JSON object of strings");
    failure = check(call, provider);
    if (failure != NULL)
        return failure;
    for (const cJSON *setting = call->body->child; setting != NULL; setting = setting->next) {
        int k = knob_named(provider, setting->string);
        int64_t value = 0;
        if (knob_read(&provider->knobs[k], setting->valuestring, &value))
            session_set_knob(call->session, provider, (unsigned)k, value);
    }
    return control_knobs_get(call);
}
