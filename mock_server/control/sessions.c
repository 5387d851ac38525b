/* Making, listing and removing sessions. */
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "control/handlers.h"
#include "faults/list.h"
#include "model/knob_values.h"
#include "model/provider.h"
#include "session/sessions.h"
#include "transport/http.h"

/* ── Showing ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static cJSON *base_urls(struct call *call, const struct session *session)
{
    cJSON *urls = cJSON_CreateObject();
    const struct provider *const *providers = call->control->providers;
    for (; *providers != NULL; providers++)
        json_set_string(
            urls, (*providers)->name,
            arena_print(call->arena, "%s/_s/%s%s", call->root, session_name(session), (*providers)->bases[0].base));
    return urls;
}

static cJSON *credentials(struct call *call, const struct session *session)
{
    cJSON *all = cJSON_CreateObject();
    const struct provider *const *providers = call->control->providers;
    for (; *providers != NULL; providers++) {
        const cJSON *own = session_credential(session, *providers);
        if (own != NULL)
            json_set(all, (*providers)->name, cJSON_Duplicate(json_member(own, "values"), true));
    }
    return all;
}

static cJSON *session_to_json(struct call *call, const struct session *session)
{
    cJSON *json = cJSON_CreateObject();
    int64_t limit = session_idle_limit(session);
    json_set_string(json, "id", session_name(session));
    json_set(json, "base_urls", base_urls(call, session));
    json_set(json, "credentials", credentials(call, session));
    json_set(json, "ttl_s", limit == 0 ? cJSON_CreateNull() : json_new_integer(limit / INSTANT_SECOND_US));
    return json;
}

cJSON *control_sessions_list(struct call *call)
{
    size_t count = 0;
    struct session **sessions = sessions_list(call->control->sessions, &count);
    cJSON *answer = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(answer, "sessions");
    for (size_t i = 0; i < count; i++) {
        cJSON_AddItemToArray(list, session_to_json(call, sessions[i]));
        session_drop(sessions[i]);
    }
    free(sessions);
    return answer;
}

/* ── Making ────────────────────────────────────────────────────────────────────────────────────────────────────── */

#define TTL_MAX_S (INT64_C(30) * 86400)

const struct shape control_session_shape[] = {
    {"id", SHAPE_STRING},
    {"ttl_s", SHAPE_INTEGER, .least = 1, .most = TTL_MAX_S},
    {"seed", SHAPE_INTEGER, .most = INT64_MAX},
    {"clock", SHAPE_OBJECT, control_clock_shape},
    {"knobs", SHAPE_MAP},
    SHAPE_END,
};

/* {"foreign_order":"404"} of one provider as their beginning. */
static cJSON *read_knobs_of(struct call *call, const cJSON *settings, struct knob_values *knobs)
{
    struct nearest nearest;
    const struct provider *provider = call_find_provider(call, settings->string, &nearest);
    if (provider == NULL)
        return call_fail(call, 400, call_place(call, settings), "no provider is called \"%.60s\" among those served%s",
                         settings->string, call_hint(call, &nearest, "; GET /_mock/providers lists them"));
    if (!cJSON_IsObject(settings))
        return call_fail(call, 400, call_place(call, settings), "write {\"PROVIDER\":{\"KNOB\":\"VALUE\"}}");
    for (const cJSON *setting = settings->child; setting != NULL; setting = setting->next) {
        cJSON *failure = NULL;
        const char *value = call_knob_value(call, provider, setting, &failure);
        if (value == NULL)
            return failure;
        (void)knob_values_begin_with(knobs, provider->name, setting->string, value, NULL); /* it has been checked */
    }
    return NULL;
}

static cJSON *read_knobs(struct call *call, const cJSON *providers, struct knob_values *knobs)
{
    cJSON *failure = NULL;
    for (const cJSON *provider = providers == NULL ? NULL : providers->child; provider != NULL && failure == NULL;
         provider = provider->next)
        failure = read_knobs_of(call, provider, knobs);
    return failure;
}

static cJSON *read_plain(struct call *call, struct session_options *options)
{
    int64_t ttl = 0, seed = 0;
    const char *id = json_string(call->body, "id");
    if (id != NULL && !session_name_is_valid(id))
        return call_fail(call, 400, "/id", "an id has 1 to %d letters, digits, '.', '_' and '-'", SESSION_NAME_MAX);
    if (json_integer(json_member(call->body, "ttl_s"), &ttl))
        options->idle_limit_us = ttl * INSTANT_SECOND_US;
    if (json_integer(json_member(call->body, "seed"), &seed))
        options->seed = (uint64_t)seed;
    return NULL;
}

static cJSON *make(struct call *call, const struct session_options *options)
{
    struct session *session = NULL;
    const char *id = json_string(call->body, "id");
    switch (sessions_make(call->control->sessions, id, options, &session)) {
    case SESSIONS_TAKEN:
        return call_fail(call, 409, "/id", "there is a session \"%s\" already", id == NULL ? "" : id);
    case SESSIONS_FULL:
        return call_fail(call, 429, NULL, "there are %d sessions; remove some, or give them a \"ttl_s\"", SESSIONS_MAX);
    case SESSIONS_OK:
        break;
    }
    cJSON *answer = session_to_json(call, session);
    session_drop(session);
    call->status = 201;
    return answer;
}

cJSON *control_sessions_make(struct call *call)
{
    const cJSON *clock = json_member(call->body, "clock");
    struct session_options options = sessions_template(call->control->sessions);
    if (options.clock.follows_real) /* a clock that is given without "now" stands, or begins to run, at this moment */
        options.clock = (struct clock_setting){.follows_real = true, .now_us = instant_now(), .rate = 1.0};
    struct knob_values *knobs = knob_values_copy(options.knobs);
    options.knobs = knobs;
    cJSON *failure = read_plain(call, &options);
    if (failure == NULL)
        failure = read_knobs(call, json_member(call->body, "knobs"), knobs);
    if (failure == NULL && clock != NULL)
        failure = call_clock_setting(call, clock, &options.clock);
    cJSON *answer = failure == NULL ? make(call, &options) : failure;
    knob_values_free(knobs);
    return answer;
}

/* ── Removing ──────────────────────────────────────────────────────────────────────────────────────────────────── */

cJSON *control_sessions_remove(struct call *call)
{
    const char *name = call->params[0];
    if (strcmp(name, SESSION_DEFAULT) == 0)
        return call_fail(call, 409, NULL, "the session `default` always exists; POST /_mock/reset clears it");
    struct session *session = sessions_find(call->control->sessions, name);
    if (session == NULL || !sessions_remove(call->control->sessions, name)) {
        session_drop(session);
        return call_fail(call, 404, NULL, "there is no session \"%.64s\"%s", name, call_session_hint(call, name, ""));
    }
    if (*call->control->http != NULL) {
        http_release_silent(*call->control->http, session_number(session));
        http_close_ports(*call->control->http, name);
    }
    cJSON *ended = fault_list_summary(session_faults(session)); /* one that never fired tested nothing */
    session_drop(session);
    return ended;
}
