/* Choosing the server that is asked, and starting it where it is ours. */
#include "server/target.h"

#include <stdio.h>
#include <stdlib.h>

#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"

#define NO_SERVER "a server that serves this provider"

bool target_is_built_in(const struct server_settings *settings)
{
    return settings->control == NULL && settings->base_urls.count == 0;
}

/* mock_server_options.tell */
static void tell_people(void *context, const char *sentence)
{
    (void)context;
    fprintf(stderr, "cancelcheck: %s\n", sentence);
}

struct mock_server *target_start_mock(const char *provider, const char *journal_file)
{
    char problem[MOCK_SERVER_PROBLEM_MAX] = "";
    struct mock_server *server = NULL;
    struct mock_server_options options = {
        .listen = "127.0.0.1:0",
        .providers = provider != NULL ? &provider : NULL,
        .provider_count = provider != NULL ? 1 : 0,
        .seed = 1,
        .unheard = provider == NULL,
        .no_control = true,
        .journal_file = journal_file,
        .tell = tell_people,
    };
    if (mock_server_start(&options, &server, problem, sizeof problem) != MOCK_SERVER_OK)
        fprintf(stderr, "cancelcheck: the mock server does not start: %s\n", problem);
    return server;
}

void target_leave(struct target *target)
{
    bool lost = mock_server_stop(target->own) < 0 || target->journal_lost;
    url_release(&target->url);
    free(target->closed);
    *target = (struct target){.journal_lost = lost};
}

static void set_url(struct target *target, const char *text)
{
    char *problem = NULL;
    if (text == NULL || url_read_any(text, &target->url, &problem) < 0)
        target->closed = mem_dup(NO_SERVER);
    free(problem);
}

static void enter_own(struct target *target, const struct server_settings *settings)
{
    cJSON *answer = NULL;
    target->own = target_start_mock(target->provider, settings->journal_file);
    target->control.server = target->own;
    if (target->own != NULL)
        control_client_call(&target->control, "GET", "/_mock/providers", NULL, &answer);
    set_url(target, json_string(json_member(json_member(answer, "providers"), target->provider), "base_url"));
    cJSON_Delete(answer);
}

void target_enter(struct target *target, const char *provider, const struct server_settings *settings,
                  const struct remote *remote)
{
    const char *given = server_settings_base_url(settings, provider);
    target_leave(target);
    target->provider = provider;
    if (target_is_built_in(settings)) {
        enter_own(target, settings);
        return;
    }
    target->control = remote->control;
    set_url(target, given != NULL ? given : json_string(json_member(remote->providers, provider), "base_url"));
}
