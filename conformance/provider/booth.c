/* Choosing the server that is asked, and starting it where it is ours. */
#include "provider/booth.h"

#include <stdio.h>
#include <stdlib.h>

#include "support/doc.h"
#include "support/memory.h"

#define NO_SERVER "a server that serves this provider"

bool booth_is_built_in(const struct command *command)
{
    return !command->control && command->base_urls.count == 0;
}

struct mock_server *booth_start_mock(const char *provider, const char *journal_file)
{
    char problem[MOCK_SERVER_PROBLEM_MAX] = "";
    struct mock_server *server = NULL;
    struct mock_server_options options = {
        .listen = "127.0.0.1:0",
        .providers = provider ? &provider : NULL,
        .provider_count = provider ? 1 : 0,
        .seed = 1,
        .unheard = !provider,
        .journal_file = journal_file,
    };
    if (mock_server_start(&options, &server, problem, sizeof problem) != MOCK_SERVER_OK)
        fprintf(stderr, "cancelcheck: the mock server does not start: %s\n", problem);
    return server;
}

void booth_leave(struct booth *booth)
{
    mock_server_stop(booth->own);
    url_release(&booth->url);
    free(booth->closed);
    *booth = (struct booth){0};
}

static void set_url(struct booth *booth, const char *text)
{
    char *problem = NULL;
    if (!text || url_read(text, &booth->url, &problem) < 0)
        booth->closed = must_copy(NO_SERVER);
    free(problem);
}

static void enter_own(struct booth *booth, const struct command *command)
{
    cJSON *answer = NULL;
    booth->own = booth_start_mock(booth->provider, command->journal_file);
    booth->desk.server = booth->own;
    if (booth->own)
        desk_call(&booth->desk, "GET", "/_mock/providers", NULL, &answer);
    set_url(booth, doc_string(doc_member(doc_member(answer, "providers"), booth->provider), "base_url"));
    cJSON_Delete(answer);
}

void booth_enter(struct booth *booth, const char *provider, const struct command *command, const struct remote *remote)
{
    const char *given = command_base_url(command, provider);
    booth_leave(booth);
    booth->provider = provider;
    if (booth_is_built_in(command)) {
        enter_own(booth, command);
        return;
    }
    booth->desk = remote->desk;
    set_url(booth, given ? given : doc_string(doc_member(remote->providers, provider), "base_url"));
}
