/* Calls about the server as a whole: health, ready, providers, reset, reload. */
#include <string.h>

#include "base/notices.h"
#include "base/text.h"
#include "control/handlers.h"
#include "control/routes.h"
#include "fixtures/fixtures.h"
#include "journal/journal_file.h"
#include "model/provider.h"
#include "session/reload.h"
#include "session/sessions.h"
#include "transport/http.h"

cJSON *control_health(struct call *call)
{
    (void)call;
    cJSON *answer = cJSON_CreateObject();
    json_set_string(answer, "status", "alive");
    json_set_string(answer, "version", PROJECT_VERSION);
    return answer;
}

/* ── ready ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static cJSON *is_ready(struct call *call)
{
    (void)call;
    return cJSON_CreateTrue();
}

static cJSON *names_served(struct call *call)
{
    cJSON *names = cJSON_CreateArray();
    const struct provider *const *providers = call->control->providers;
    for (; *providers != NULL; providers++)
        cJSON_AddItemToArray(names, cJSON_CreateString((*providers)->name));
    return names;
}

static cJSON *state_of_fixtures(struct call *call)
{
    return reload_to_json(call->control->reload);
}

/* null where no file was asked for. `failed`: what stands in the way now. */
static cJSON *state_of_journal_file(struct call *call)
{
    struct journal_file *file = call->control->journal_file;
    if (file == NULL)
        return cJSON_CreateNull();
    struct line_counts counts = journal_file_counts(file);
    cJSON *json = cJSON_CreateObject();
    json_set_integer(json, "written", (int64_t)counts.written);
    json_set_integer(json, "waiting", (int64_t)counts.waiting);
    json_set_integer(json, "dropped", (int64_t)counts.dropped);
    if (counts.error == 0)
        json_set_null(json, "failed");
    else
        json_set_string(json, "failed", line_error_text(counts.error));
    return json;
}

static cJSON *state_of_notices(struct call *call)
{
    struct notices *notices = call->control->notices;
    struct notice notice;
    cJSON *list = cJSON_CreateArray();
    for (size_t i = 0; notices_at(notices, i, &notice); i++) {
        cJSON *entry = cJSON_CreateObject();
        json_set_string(entry, "sentence", notice.sentence);
        json_set_integer(entry, "times", (int64_t)notice.times);
        cJSON_AddItemToArray(list, entry);
    }
    return list;
}

/* What can be out of order while requests are answered all the same: so the status is 200, whatever these say. */
static const struct part {
    const char *name;
    call_handler *make;
} parts[] = {
    {"ready", is_ready},
    {"providers", names_served},
    {"fixtures", state_of_fixtures},
    {"journal_file", state_of_journal_file},
    {"notices", state_of_notices},
};

cJSON *control_ready(struct call *call)
{
    cJSON *answer = cJSON_CreateObject();
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        json_set(answer, parts[i].name, parts[i].make(call));
    return answer;
}

/* ── reset, reload ─────────────────────────────────────────────────────────────────────────────────────────────── */

static void reset(struct call *call)
{
    const struct fixtures *fixtures = sessions_hold_fixtures(call->control->sessions);
    session_reset(call->session, fixtures);
    fixtures_drop(fixtures);
}

cJSON *control_reset(struct call *call)
{
    reset(call);
    if (*call->control->http != NULL)
        http_release_silent(*call->control->http, session_number(call->session));
    call->status = 204;
    return NULL;
}

/* The session of the call goes on from what is served now, `default` or not; false with the mistakes. */
static bool bring_up(struct call *call, struct text *problems)
{
    const struct fixtures *newest = sessions_hold_fixtures(call->control->sessions);
    const struct fixtures *own = session_hold_fixtures(call->session);
    bool good = own == newest || session_move(call->session, newest, problems);
    fixtures_drop(own);
    fixtures_drop(newest);
    return good;
}

static cJSON *reload(struct call *call, struct text *problems)
{
    enum reload_result result = reload_now(call->control->reload, problems);
    if (result == RELOAD_NOTHING)
        return call_fail(call, 409, NULL,
                         "the fixtures are inside the program and cannot change; start cancelmock with --fixtures DIR");
    if (result == RELOAD_WRONG || !bring_up(call, problems))
        return call_fail(call, 422, NULL, "the last good fixtures stay, since these are wrong:\n%s",
                         text_cstr(problems));
    cJSON *answer = cJSON_CreateObject();
    json_set_bool(answer, "changed", result == RELOAD_TAKEN);
    json_set(answer, "fixtures", state_of_fixtures(call));
    return answer;
}

cJSON *control_reload(struct call *call)
{
    struct text problems = TEXT_INIT(RELOAD_PROBLEMS_MAX);
    cJSON *answer = reload(call, &problems);
    text_release(&problems);
    return answer;
}

/* ── providers ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static cJSON *names_of(const char *const *names)
{
    cJSON *list = cJSON_CreateArray();
    for (; *names != NULL; names++)
        cJSON_AddItemToArray(list, cJSON_CreateString(*names));
    return list;
}

static cJSON *events_of(const struct provider *provider)
{
    cJSON *list = cJSON_CreateArray();
    for (const struct event *event = provider->events; event->name != NULL; event++) {
        cJSON *entry = cJSON_CreateObject();
        json_set_string(entry, "name", event->name);
        json_set_string(entry, "by", event->by);
        json_set(entry, "from", names_of(event->from));
        json_set_string(entry, "to", event->to);
        json_set_string(entry, "meaning", event->meaning);
        cJSON_AddItemToArray(list, entry);
    }
    return list;
}

/* Every form of a delay; the numbers are examples. */
static const char *const delays[] = {"never", "immediate", "after:90s", "polls:3", NULL};

static cJSON *knob_to_json(const struct knob *knob, int64_t value)
{
    char now[KNOB_TEXT_MAX], initially[KNOB_TEXT_MAX];
    cJSON *entry = cJSON_CreateObject();
    json_set_string(entry, "name", knob->name);
    json_set_string(entry, "value", knob_write(knob, value, now));
    if (knob->choices != NULL) {
        json_set(entry, "values", names_of(knob->choices));
    } else if (knob->is_delay) {
        json_set(entry, "values", names_of(delays));
    } else {
        json_set_integer(entry, "least", knob->least);
        json_set_integer(entry, "most", knob->most);
    }
    json_set_string(entry, "default", knob_write(knob, knob->initial, initially));
    json_set_string(entry, "meaning", knob->meaning);
    json_set_string(entry, "clause", knob->clause);
    return entry;
}

static cJSON *knobs_of(struct session *session, const struct provider *provider)
{
    cJSON *list = cJSON_CreateArray();
    for (unsigned k = 0; k < provider->knob_count; k++)
        cJSON_AddItemToArray(list, knob_to_json(&provider->knobs[k], session_knob(session, provider, k)));
    return list;
}

static void copy_member(cJSON *to, const char *name, const cJSON *from)
{
    const cJSON *member = json_member(from, name);
    if (member != NULL)
        json_set(to, name, cJSON_Duplicate(member, true));
}

static cJSON *provider_to_json(struct call *call, const struct provider *provider)
{
    const cJSON *fixture = fixtures_of(session_fixtures(call->session), provider);
    bool is_default = strcmp(session_name(call->session), SESSION_DEFAULT) == 0;
    const char *prefix = is_default ? "" : arena_print(call->arena, "/_s/%s", session_name(call->session));
    const cJSON *own = session_credential(call->session, provider);
    const cJSON *first = own != NULL ? own : cJSON_GetArrayItem(json_member(fixture, "credentials"), 0);
    cJSON *entry = cJSON_CreateObject();
    json_set_string(entry, "title", provider->title);
    json_set_string(entry, "base_url", arena_print(call->arena, "%s%s%s", call->root, prefix, provider->bases[0].base));
    copy_member(entry, "hosts", fixture);
    json_set(entry, "credentials", cJSON_Duplicate(json_member(first, "values"), true));
    json_set(entry, "routes", routes_to_json(call->session, provider));
    json_set(entry, "states", names_of(provider->states));
    json_set(entry, "events", events_of(provider));
    json_set(entry, "knobs", knobs_of(call->session, provider));
    copy_member(entry, "magic_ids", fixture);
    copy_member(entry, "reasons", fixture);
    return entry;
}

cJSON *control_providers(struct call *call)
{
    cJSON *answer = cJSON_CreateObject();
    cJSON *entries = cJSON_AddObjectToObject(answer, "providers");
    const struct provider *const *providers = call->control->providers;
    for (; *providers != NULL; providers++)
        json_set(entries, (*providers)->name, provider_to_json(call, *providers));
    return answer;
}
