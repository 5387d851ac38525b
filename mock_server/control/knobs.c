#include "base/text.h"
#include "control/handlers.h"
#include "model/knob_values.h"
#include "model/provider.h"
#include "session/session.h"

cJSON *control_knobs_get(struct call *call)
{
    cJSON *answer = NULL;
    const struct provider *provider = call_provider(call, call->params[0], &answer);
    if (provider == NULL)
        return answer;
    answer = cJSON_CreateObject();
    for (unsigned k = 0; k < provider->knob_count; k++) {
        char text[KNOB_TEXT_MAX];
        const struct knob *knob = &provider->knobs[k];
        json_set_string(answer, knob->name, knob_write(knob, session_knob(call->session, provider, k), text));
    }
    return answer;
}

/* Checks all settings before the first is made, so that a mistake changes nothing. */
static cJSON *check(struct call *call, const struct provider *provider)
{
    cJSON *failure = NULL;
    struct text problem = TEXT_INIT(1024);
    for (const cJSON *setting = call->body->child; setting != NULL && failure == NULL; setting = setting->next) {
        int64_t value = 0;
        int k = knob_named(provider, setting->string, &problem);
        if (k < 0)
            failure = call_fail(call, 422, setting->string, "%s", text_cstr(&problem));
        else if (!cJSON_IsString(setting))
            failure =
                call_fail(call, 422, setting->string, "knob \"%s\": write its value as a string", setting->string);
        else if (!knob_value(provider, (unsigned)k, setting->valuestring, &value, &problem))
            failure = call_fail(call, 422, setting->string, "%s", text_cstr(&problem));
    }
    text_release(&problem);
    return failure;
}

cJSON *control_knobs_set(struct call *call)
{
    cJSON *failure = NULL;
    const struct provider *provider = call_provider(call, call->params[0], &failure);
    if (provider == NULL)
        return failure;
    if (!cJSON_IsObject(call->body))
        return call_fail(call, 400, NULL, "send the knobs as a JSON object of strings");
    failure = check(call, provider);
    if (failure != NULL)
        return failure;
    for (const cJSON *setting = call->body->child; setting != NULL; setting = setting->next) {
        int k = knob_named(provider, setting->string, NULL);
        int64_t value = 0;
        if (k >= 0 && knob_read(&provider->knobs[k], setting->valuestring, &value))
            knob_values_set(session_knobs(call->session), provider, (unsigned)k, value);
    }
    return control_knobs_get(call);
}
