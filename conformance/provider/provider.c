/*
 * A mock server without a socket has the documents, whoever is asked.
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
#include "provider/write.h"
#include "report/text.h"
#include "runner/record.h"
#include "support/doc.h"
#include "support/memory.h"

#define SILENCE_MAX 3
#define UNREACHED   "a server that can be reached"

/* -- playing ---------------------------------------------------------------------------------------------------- */

/* Files what came of it; a server that cannot be reached is no failure of the exchange. */
static void file_away(struct replay_slot *slot, struct replay *replay)
{
    if (replay->unreached) {
        slot->needs = must_copy(UNREACHED);
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

/* Closes the booth where asking on makes no sense. */
static void judge_booth(struct booth *booth, const struct replay *replay)
{
    booth->silent = replay->answered ? 0 : booth->silent + 1;
    if (replay->unreached)
        booth->closed = must_copy(UNREACHED);
    else if (booth->silent >= SILENCE_MAX)
        booth->closed = must_copy("a server that answers");
}

static void play_one(struct result *result, struct replay_slot *slot, struct booth *booth,
                     const struct command *command)
{
    struct stage stage = {booth->provider, &booth->url, &booth->desk, command->compare, command->limit_ms};
    struct replay replay;
    replay_run(&replay, &stage, slot->documented->exchange);
    file_away(slot, &replay);
    judge_booth(booth, &replay);
    if (replay.unreached && !result->unreached)
        result->unreached = must_copy(replay.unreached);
    replay_release(&replay);
}

void provider_play(struct result *result, const struct command *command, const struct remote *remote)
{
    struct booth booth = {0};
    for (size_t i = 0; i < result->catalogue->count; i++) {
        struct replay_slot *slot = &result->slots[i];
        const char *provider = slot->documented->provider;
        if (!booth.provider || strcmp(booth.provider, provider) != 0)
            booth_enter(&booth, provider, command, remote);
        if (slot->documented->needs || booth.closed)
            slot->needs = must_copy(slot->documented->needs ? slot->documented->needs : booth.closed);
        else
            play_one(result, slot, &booth, command);
        tell_progress(command, result, i);
    }
    booth_leave(&booth);
}

/* -- the servers ------------------------------------------------------------------------------------------------ */

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

/* Where the running mock server of --control serves each provider; NULL after a message. */
static cJSON *ask_remote(const struct command *command, const struct desk *desk)
{
    cJSON *answer = NULL;
    int status = desk_call(desk, "GET", "/_mock/providers", NULL, &answer);
    const char *why = doc_string(answer, "error");
    if (status == 200 && cJSON_IsObject(doc_member(answer, "providers")))
        return answer;
    char *plain = must_format("%s is no control API of a cancelmock: status %d%s%s", command->control, status,
                              why ? ", " : "", why ? why : "");
    char *safe = text_safe(plain);
    fprintf(stderr, "cancelcheck: %s\n", safe);
    free(plain);
    free(safe);
    cJSON_Delete(answer);
    return NULL;
}

static int play_and_tell(const struct command *command, const struct catalogue *catalogue, const struct desk *desk)
{
    cJSON *answer = desk_exists(desk) ? ask_remote(command, desk) : NULL;
    if (desk_exists(desk) && !answer)
        return 3;
    struct remote remote = {.desk = *desk, .providers = doc_member(answer, "providers")};
    struct result result;
    result_init(&result, catalogue);
    provider_play(&result, command, &remote);
    tell_end(command, &result);
    int exit_code = write_all(command, &result) < 0 ? 3 : result_exit_code(&result);
    result_release(&result);
    cJSON_Delete(answer);
    return exit_code;
}

static int carry_out(const struct command *command, struct mock_server *mock)
{
    struct url url = {0};
    struct desk documents = {.server = mock}, desk = {.limit_ms = command->limit_ms};
    if (command->control) {
        read_control_url(command->control, &url);
        desk.url = &url;
    }
    struct catalogue catalogue;
    int exit_code = 3;
    if (catalogue_make(&catalogue, command, &documents, desk_exists(&desk) || booth_is_built_in(command)) == 0) {
        exit_code = 0;
        if (command->list)
            catalogue_list(&catalogue);
        else
            exit_code = play_and_tell(command, &catalogue, &desk);
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
    struct mock_server *mock = write_check(&command) < 0 ? NULL : booth_start_mock(NULL, NULL);
    int exit_code = mock ? carry_out(&command, mock) : 3;
    mock_server_stop(mock);
    command_release(&command);
    return exit_code;
}
