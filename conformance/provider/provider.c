/*
 * The built-in mock server is always started: it has the documents. It is also what is asked, unless --base-url or
 * --control names another; then it opens no socket.
 *
 * A server that never answers would cost a time-out an exchange, so after a few in a row its provider is given up, and
 * what is left is not asked.
 */
#include "provider/provider.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "provider/replay.h"
#include "provider/tell.h"
#include "runner/record.h"
#include "support/doc.h"
#include "support/memory.h"

#define SILENCE_MAX 3

/* -- playing ---------------------------------------------------------------------------------------------------- */

/* The server of the provider whose exchanges are being played. */
struct booth {
    const char *provider;
    struct url url;
    char *closed; /* why nothing more is asked; NULL: it is open */
    int silent;   /* exchanges without any answer, in a row */
};

static void leave_booth(struct booth *booth)
{
    url_release(&booth->url);
    free(booth->closed);
    *booth = (struct booth){0};
}

static void enter_booth(struct booth *booth, const char *provider, const struct command *command,
                        const cJSON *providers)
{
    const char *given = command_base_url(command, provider);
    const char *text = given ? given : doc_string(doc_member(providers, provider), "base_url");
    leave_booth(booth);
    booth->provider = provider;
    if (!text || url_read(text, &booth->url, &booth->closed) < 0) {
        free(booth->closed);
        booth->closed = must_copy("a server that serves this provider");
    }
}

/* Files what came of it; a server that cannot be reached is no failure of the exchange. */
static void file_away(struct replay_slot *slot, struct replay *replay)
{
    if (replay->unreached) {
        slot->needs = must_copy("a server that can be reached");
        return;
    }
    slot->outcome = replay->findings.count ? REPLAY_FAILED : REPLAY_PASSED;
    if (slot->outcome == REPLAY_PASSED)
        return;
    cJSON *record = record_of_findings(STATUS_FAIL, &replay->findings);
    slot->findings = cJSON_DetachItemFromObjectCaseSensitive(record, "findings");
    slot->wire = replay->wire;
    replay->wire = NULL;
    cJSON_Delete(record);
}

static void play_one(struct result *result, struct replay_slot *slot, struct booth *booth,
                     const struct command *command, const struct desk *control)
{
    struct stage stage = {booth->provider, &booth->url, control, command->compare, command->limit_ms};
    struct replay replay;
    replay_run(&replay, &stage, slot->documented->exchange);
    file_away(slot, &replay);
    booth->silent = replay.answered || !replay.wire || replay.unreached ? 0 : booth->silent + 1;
    if (replay.unreached) {
        booth->closed = must_copy("a server that can be reached");
        if (!result->unreached)
            result->unreached = must_copy(replay.unreached);
    } else if (booth->silent >= SILENCE_MAX) {
        booth->closed = must_copy("a server that answers");
    }
    replay_release(&replay);
}

void provider_play(struct result *result, const struct command *command, const struct desk *control,
                   const cJSON *providers)
{
    struct booth booth = {0};
    for (size_t i = 0; i < result->catalogue->count; i++) {
        struct replay_slot *slot = &result->slots[i];
        const char *provider = slot->documented->provider;
        if (!booth.provider || strcmp(booth.provider, provider) != 0)
            enter_booth(&booth, provider, command, providers);
        if (slot->documented->needs || booth.closed)
            slot->needs = must_copy(slot->documented->needs ? slot->documented->needs : booth.closed);
        else
            play_one(result, slot, &booth, command, control);
        tell_progress(command, result, i);
    }
    leave_booth(&booth);
}

/* -- the servers ------------------------------------------------------------------------------------------------ */

static bool is_built_in(const struct command *command)
{
    return !command->control && command->base_urls.count == 0;
}

static struct mock_server *start_mock(const struct command *command)
{
    char problem[MOCK_SERVER_PROBLEM_MAX] = "";
    struct mock_server *server = NULL;
    struct mock_server_options options = {
        .listen = "127.0.0.1:0",
        .seed = 1,
        .unheard = !is_built_in(command) || command->list,
        .journal_file = is_built_in(command) ? command->journal_file : NULL,
    };
    if (mock_server_start(&options, &server, problem, sizeof problem) != MOCK_SERVER_OK)
        fprintf(stderr, "cancelcheck: the mock server does not start: %s\n", problem);
    return server;
}

/* Without its trailing /_mock, which may be written or not. */
static void read_control_url(const char *text, struct url *url)
{
    char *problem = NULL;
    if (url_read(text, url, &problem) < 0) {
        free(problem); /* the command line was read before: it is a URL */
        return;
    }
    size_t length = strlen(url->path), suffix = strlen("/_mock");
    if (length >= suffix && strcmp(url->path + length - suffix, "/_mock") == 0)
        url->path[length - suffix] = '\0';
}

static int play_and_tell(const struct command *command, const struct catalogue *catalogue, const struct desk *control)
{
    cJSON *answer = NULL;
    int status = desk_exists(control) ? desk_call(control, "GET", "/_mock/providers", NULL, &answer) : 200;
    struct result result;
    if (status != 200) {
        const char *why = doc_string(answer, "error");
        fprintf(stderr, "cancelcheck: %s is no control API of a cancelmock: status %d, %s\n",
                command->control ? command->control : "the built-in mock", status, why ? why : "no reason given");
        cJSON_Delete(answer);
        return 3;
    }
    result_init(&result, catalogue);
    provider_play(&result, command, control, doc_member(answer, "providers"));
    tell_end(command, &result);
    int exit_code = result_exit_code(&result);
    result_release(&result);
    cJSON_Delete(answer);
    return exit_code;
}

static int carry_out(const struct command *command, struct mock_server *mock)
{
    struct url url = {0};
    struct desk documents = {.server = mock}, control = {.limit_ms = command->limit_ms};
    if (command->control) {
        read_control_url(command->control, &url);
        control.url = &url;
    } else if (is_built_in(command)) {
        control.server = mock;
    }
    struct catalogue catalogue;
    int exit_code = 3;
    if (catalogue_make(&catalogue, command, &documents, desk_exists(&control)) == 0) {
        exit_code = 0;
        if (command->list)
            catalogue_list(&catalogue);
        else
            exit_code = play_and_tell(command, &catalogue, &control);
        catalogue_release(&catalogue);
    }
    url_release(&url);
    return exit_code;
}

int provider_main(const char *program, int argc, char **argv)
{
    struct command command;
    enum options_answer answer = command_read(&command, program, argc, argv);
    if (answer != OPTIONS_GO)
        return answer == OPTIONS_DONE ? 0 : 2;
    struct mock_server *mock = start_mock(&command);
    int exit_code = mock ? carry_out(&command, mock) : 3;
    mock_server_stop(mock);
    command_release(&command);
    return exit_code;
}
