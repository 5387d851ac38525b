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

/* "on" for true, "404" for 404; NULL for what is no value of any knob. */
static const char *text_of(struct call *call, const cJSON *value)
{
    if (cJSON_IsBool(value))
        return cJSON_IsTrue(value) ? "on" : "off";
    return cJSON_IsNumber(value) ? arena_dup(call->arena, json_number_text(value)) : cJSON_GetStringValue(value);
}

const char *call_knob_value(struct call *call, const struct provider *provider, const cJSON *setting, cJSON **failure)
{
    int64_t number = 0;
    struct text problem = TEXT_INIT(1024);
    const char *value = text_of(call, setting);
    int k = knob_named(provider, setting->string, &problem);
    if (k >= 0 && value == NULL)
        text_print(&problem, "the value of knob %s.%s is a string, a number or a boolean, and this is %s",
                   provider->name, setting->string, json_kind(setting));
    bool fits = problem.length == 0 && knob_value(provider, (unsigned)k, value, &number, &problem);
    if (!fits)
        *failure = call_fail(call, 400, call_place(call, setting), "%s", text_cstr(&problem));
    text_release(&problem);
    return fits ? value : NULL;
}

/* Checks all settings before the first is made, so that a mistake changes nothing. */
static cJSON *check(struct call *call, const struct provider *provider)
{
    cJSON *failure = NULL;
    for (const cJSON *setting = call->body->child; setting != NULL && failure == NULL; setting = setting->next)
        (void)call_knob_value(call, provider, setting, &failure);
    return failure;
}

cJSON *control_knobs_set(struct call *call)
{
    cJSON *failure = NULL;
    const struct provider *provider = call_provider(call, call->params[0], &failure);
    if (provider == NULL)
        return failure;
    failure = check(call, provider);
    if (failure != NULL)
        return failure;
    for (const cJSON *setting = call->body->child; setting != NULL; setting = setting->next) {
        int k = knob_named(provider, setting->string, NULL);
        int64_t value = 0;
        if (k >= 0 && knob_read(&provider->knobs[k], text_of(call, setting), &value))
            knob_values_set(session_knobs(call->session), provider, (unsigned)k, value);
    }
    return control_knobs_get(call);
}
