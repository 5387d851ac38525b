/* Making, listing and removing sessions. */
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/shape.h"
#include "base/text.h"
#include "control/handlers.h"
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

static const struct shape session_shape[] = {
    {"id", SHAPE_STRING},    {"ttl_s", SHAPE_INTEGER}, {"seed", SHAPE_INTEGER},
    {"clock", SHAPE_OBJECT}, {"knobs", SHAPE_OBJECT},  SHAPE_END,
};

/* {"PROVIDER":{"foreign_order":"404"}} as their beginning. */
static cJSON *read_knobs(struct call *call, const cJSON *providers, struct knob_values *knobs)
{
    cJSON *failure = NULL;
    struct text problem = TEXT_INIT(1024);
    for (const cJSON *provider = providers == NULL ? NULL : providers->child; provider != NULL;
         provider = provider->next) {
        if (!cJSON_IsObject(provider))
            failure = call_fail(call, 422, "/knobs", "write {\"PROVIDER\":{\"KNOB\":\"VALUE\"}}");
        else if (call_provider(call, provider->string, &failure) == NULL)
            call->status = 422;
        for (const cJSON *knob = provider->child; knob != NULL && failure == NULL; knob = knob->next)
            if (!cJSON_IsString(knob) ||
                !knob_values_begin_with(knobs, provider->string, knob->string, knob->valuestring, &problem))
                failure =
                    call_fail(call, 422, "/knobs", "%s",
                              cJSON_IsString(knob) ? text_cstr(&problem) : "write the value of a knob as a string");
        if (failure != NULL)
            break;
    }
    text_release(&problem);
    return failure;
}

static cJSON *read_numbers(struct call *call, struct session_options *options)
{
    int64_t ttl = 0, seed = 0;
    const cJSON *ttl_member = json_member(call->body, "ttl_s"), *seed_member = json_member(call->body, "seed");
    if (ttl_member != NULL && (!json_integer(ttl_member, &ttl) || ttl < 1 || ttl > TTL_MAX_S))
        return call_fail(call, 422, "/ttl_s", "\"ttl_s\" is 1 to %lld seconds", (long long)TTL_MAX_S);
    if (seed_member != NULL && (!json_integer(seed_member, &seed) || seed < 0))
        return call_fail(call, 422, "/seed", "\"seed\" is a whole number, 0 or more");
    options->idle_limit_us = ttl * INSTANT_SECOND_US;
    if (seed_member != NULL)
        options->seed = (uint64_t)seed;
    return NULL;
}

static cJSON *check_body(struct call *call)
{
    struct text problems = TEXT_INIT(2048);
    const struct shape_report report = shape_report_into(&problems);
    cJSON *failure = NULL;
    if (!cJSON_IsObject(call->body))
        failure = call_fail(call, 400, NULL, "send a JSON object, {} for a session as `default` is");
    else if (!shape_check(call->body, session_shape, SHAPE_CLOSED, &report))
        failure = call_fail(call, 422, NULL, "%s", text_cstr(&problems));
    text_release(&problems);
    const char *id = json_string(call->body, "id");
    if (failure == NULL && id != NULL && !session_name_is_valid(id))
        failure = call_fail(call, 422, "/id", "an id has 1 to %d letters, digits, '.', '_' and '-'", SESSION_NAME_MAX);
    return failure;
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
    cJSON *empty = cJSON_CreateObject(), *failure;
    if (call->body == NULL)
        call->body = empty;
    struct session_options options = sessions_template(call->control->sessions);
    if (options.clock.follows_real) /* a clock that is given without "now" stands, or begins to run, at this moment */
        options.clock = (struct clock_setting){.follows_real = true, .now_us = instant_now(), .rate = 1.0};
    struct knob_values *knobs = knob_values_copy(options.knobs);
    options.knobs = knobs;
    failure = check_body(call);
    if (failure == NULL)
        failure = read_numbers(call, &options);
    if (failure == NULL)
        failure = read_knobs(call, json_member(call->body, "knobs"), knobs);
    if (failure == NULL && json_member(call->body, "clock") != NULL)
        failure = call_clock_setting(call, json_member(call->body, "clock"), &options.clock);
    cJSON *answer = failure == NULL ? make(call, &options) : failure;
    knob_values_free(knobs);
    cJSON_Delete(empty);
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
        return call_fail(call, 404, NULL, "there is no session \"%.64s\"", name);
    }
    if (*call->control->http != NULL)
        http_release_silent(*call->control->http, session_number(session));
    session_drop(session);
    call->status = 204;
    return NULL;
}
