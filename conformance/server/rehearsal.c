#include "server/rehearsal.h"

#include <stdlib.h>
#include <string.h>

#include "http/control_client.h"
#include "mock_server/base/json.h"
#include "server/replay.h"
#include "server/target.h"

#define THE_DAY  "{\"mode\":\"frozen\",\"now\":\"2026-11-01T09:00:00Z\"}" /* of the documents */
#define OTHER    "{\"mode\":\"frozen\",\"now\":\"2027-03-17T14:35:46.123Z\"}"
#define LIMIT_MS 5000

struct rehearsal {
    struct mock_server *server;
    struct control_client control;
    const char *provider;
    struct url url;
    enum compare compare;
    cJSON *the_day, *other_day;
};

struct rehearsal *rehearsal_start(const char *provider, enum compare compare)
{
    struct rehearsal *rehearsal = mem_zero(1, sizeof *rehearsal);
    char *problem = NULL;
    rehearsal->provider = provider;
    rehearsal->server = target_start_mock(provider, NULL);
    rehearsal->control.server = rehearsal->server;
    rehearsal->compare = compare;
    rehearsal->the_day = json_read_bytes(THE_DAY, strlen(THE_DAY));
    rehearsal->other_day = json_read_bytes(OTHER, strlen(OTHER));
    if (rehearsal->server != NULL && url_read(mock_server_url(rehearsal->server), &rehearsal->url, &problem) == 0)
        return rehearsal;
    free(problem);
    rehearsal_end(rehearsal);
    return NULL;
}

void rehearsal_end(struct rehearsal *rehearsal)
{
    if (rehearsal == NULL)
        return;
    (void)mock_server_stop(rehearsal->server);
    url_release(&rehearsal->url);
    cJSON_Delete(rehearsal->the_day);
    cJSON_Delete(rehearsal->other_day);
    free(rehearsal);
}

/* Operations that only read, also where a vendor has POST for all. */
static bool reads(const cJSON *entry)
{
    static const char *const beginnings[] = {"get_", "list_", "login", "token", "balance"};
    const char *method = json_string_or(json_member(entry, "request"), "method", "");
    const char *operation = json_string_or(entry, "operation", "");
    if (strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0 || strcmp(method, "OPTIONS") == 0)
        return true;
    for (size_t i = 0; i < COUNT_OF(beginnings); i++)
        if (strncmp(operation, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    return false;
}

static void touch(struct rehearsed *out, const char *what)
{
    const cJSON *one = NULL;
    cJSON_ArrayForEach (one, out->touched)
        if (strcmp(one->valuestring, what) == 0)
            return;
    json_push_string(out->touched, what);
}

static bool same_state(const cJSON *order)
{
    const char *before = json_string(order, "before"), *after = json_string(order, "after");
    return before != NULL && after != NULL ? strcmp(before, after) == 0 : before == after;
}

/* An order can change and keep its state: so whatever does not only read, and was accepted, counts as a change. */
static void note(const cJSON *entry, struct rehearsed *out)
{
    const cJSON *order = json_member(entry, "order");
    const char *id = json_string(order, "id");
    int status = json_int_or(json_member(entry, "response"), "status", 0);
    bool accepted = status >= 200 && status < 300;
    bool changes = (id != NULL && !same_state(order)) || (!reads(entry) && accepted);
    if (id != NULL)
        touch(out, id);
    else if (changes)
        touch(out, REHEARSED_ANYTHING);
    out->changes = out->changes || changes;
    out->sees_all = id == NULL && accepted; /* what counts is the last one */
}

/* On orders that nobody has touched; whether the answer was the documented one. */
static bool play_on(struct rehearsal *rehearsal, const cJSON *exchange, const cJSON *day)
{
    static const struct control_client none = {0};
    const struct replay_target at = {.provider = rehearsal->provider,
                                     .url = &rehearsal->url,
                                     .control = &none,
                                     .compare = rehearsal->compare,
                                     .limit_ms = LIMIT_MS};
    struct replay replay;
    control_client_call(&rehearsal->control, "POST", "/_mock/reset", NULL, NULL);
    control_client_call(&rehearsal->control, "PUT", "/_mock/clock", day, NULL);
    replay_run(&replay, &at, exchange);
    bool documented = replay.findings.count == 0;
    replay_release(&replay);
    return documented;
}

void rehearsal_play(struct rehearsal *rehearsal, const cJSON *exchange, struct rehearsed *out)
{
    cJSON *journal = NULL;
    const cJSON *entry = NULL;
    *out = (struct rehearsed){.touched = cJSON_CreateArray()};
    out->needs_day = !play_on(rehearsal, exchange, rehearsal->other_day);
    (void)play_on(rehearsal, exchange, rehearsal->the_day);
    control_client_call(&rehearsal->control, "GET", "/_mock/requests", NULL, &journal);
    cJSON_ArrayForEach (entry, json_member(journal, "requests"))
        note(entry, out);
    cJSON_Delete(journal);
}

void rehearsed_release(struct rehearsed *rehearsed)
{
    cJSON_Delete(rehearsed->touched);
}
