/*
 * A mock server without a socket has the documents, whoever is asked.
 *
 * A server that never answers would cost a time-out an exchange, so after a few in a row its provider is given up, and
 * what is left is not asked.
 */
#include "server/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/result.h"
#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/report_files.h"
#include "mock_server/base/text.h"
#include "report/text.h"
#include "server/command_line.h"
#include "server/rehearsal.h"
#include "server/replay.h"
#include "server/report.h"
#include "server/result.h"
#include "server/supply.h"
#include "server/target.h"
#include "server/terminal.h"

#define SILENCE_MAX 3
#define TOO_MANY    429
#define EXIT_USAGE  2
#define UNREACHED   "a server that can be reached"

/* ── Playing ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Files what came of it; a server that cannot be reached is no failure of the exchange. */
static void file_away(struct replay_slot *slot, struct replay *replay)
{
    if (replay->unreached != NULL) {
        slot->needs = mem_dup(UNREACHED);
        return;
    }
    slot->outcome = replay->findings.count ? REPLAY_FAILED : REPLAY_PASSED;
    if (slot->outcome == REPLAY_PASSED)
        return;
    slot->findings = result_findings(&replay->findings);
    slot->wire = replay->wire;
    replay->wire = NULL;
}

/* A server may limit the rate at any time (RFC 6585 section 4); nobody asked it whether it may. */
static bool is_limited(const struct replay *replay, const cJSON *exchange)
{
    const cJSON *last = cJSON_GetArrayItem(replay->wire, cJSON_GetArraySize(replay->wire) - 1);
    return json_int_or(json_member(last, "response"), "status", 0) == TOO_MANY &&
           json_int_or(json_member(exchange, "response"), "status", 0) != TOO_MANY;
}

/* Closes the target where asking on makes no sense. */
static void judge_target(struct target *target, const struct replay *replay)
{
    target->silent = replay->answered ? 0 : target->silent + 1;
    if (replay->unreached != NULL)
        target->closed = mem_dup(UNREACHED);
    else if (target->silent >= SILENCE_MAX)
        target->closed = mem_dup("a server that answers");
}

static void play_one(struct result *result, struct replay_slot *slot, struct target *target)
{
    struct replay_target at = {target->provider,           &target->url,
                               &target->control,           result->settings->compare,
                               result->settings->limit_ms, result->settings->ca_file,
                               &result->settings->headers};
    struct replay replay;
    replay_run(&replay, &at, slot->documented->exchange);
    if (!control_client_exists(&target->control) && is_limited(&replay, slot->documented->exchange))
        slot->needs = mem_dup("a server that does not limit the rate");
    else
        file_away(slot, &replay);
    judge_target(target, &replay);
    if (replay.unreached != NULL && result->unreached == NULL)
        result->unreached = mem_dup(replay.unreached);
    replay_release(&replay);
}

/* Not asked, and why; or asked. */
static void play_slot(struct result *result, struct replay_slot *slot, struct target *target)
{
    if (slot->documented->needs != NULL || target->closed != NULL)
        slot->needs = mem_dup(slot->documented->needs != NULL ? slot->documented->needs : target->closed);
    else
        play_one(result, slot, target);
}

/* ── Without preparing ───────────────────────────────────────────────────────────────────────────────────────────── */

static bool meets(const cJSON *some, const cJSON *others)
{
    const cJSON *one = NULL, *other = NULL;
    cJSON_ArrayForEach (one, some)
        cJSON_ArrayForEach (other, others)
            if (strcmp(one->valuestring, other->valuestring) == 0)
                return true;
    return false;
}

static void add_all(cJSON *into, const cJSON *some)
{
    const cJSON *one = NULL;
    cJSON_ArrayForEach (one, some)
        json_push_string(into, one->valuestring);
}

/* Who is asked when: what changes nothing, then what changes orders, then what changes anything else. */
static int turn_of(const struct rehearsed *seen)
{
    const cJSON *one = NULL;
    cJSON_ArrayForEach (one, seen->touched)
        if (strcmp(one->valuestring, REHEARSED_ANYTHING) == 0)
            return 2;
    return seen->changes ? 1 : 0;
}

#define TURNS 3

/* Why it would prove nothing now; NULL: it would. */
static const char *lack_of(const struct rehearsed *seen, const cJSON *used)
{
    bool shows_others = seen->changes && seen->sees_all && cJSON_GetArraySize(used) > 0;
    if (seen->needs_day)
        return "the day of the documents";
    return meets(seen->touched, used) || shows_others ? "a fresh order" : NULL;
}

/* One order of the vendor's in the place of a documented one; false: there is none. */
static bool supply_one(struct supply *supply, struct replay_slot *slot, const struct rehearsed *seen, const char *id,
                       struct text *problem)
{
    const char *provider = slot->documented->provider, *first = supply_first(supply, provider, id);
    char *fresh = seen->changes ? supply_take(supply, provider, slot->documented->address, id, problem) : NULL;
    const char *other = seen->changes ? fresh : first;
    if (other != NULL) {
        char *replacement = mem_print("%s=%s", id, other);
        const char *list[] = {replacement};
        exchanges_replace_in(slot->documented->exchange, &(struct words){list, 1});
        free(replacement);
    }
    free(fresh);
    return other != NULL;
}

/* Puts the vendor's orders in the place of all documented ones that the exchange is about; false: it cannot be done. */
static bool supply_orders(struct supply *supply, struct replay_slot *slot, const struct rehearsed *seen,
                          struct text *problem)
{
    const cJSON *id = NULL;
    bool all = cJSON_GetArraySize(seen->touched) > 0;
    cJSON_ArrayForEach (id, seen->touched)
        all = all && strcmp(id->valuestring, REHEARSED_ANYTHING) != 0 &&
              supply_one(supply, slot, seen, id->valuestring, problem);
    return all;
}

/* False: it was not asked. */
static bool play_in_turn(struct result *result, struct replay_slot *slot, const struct rehearsed *seen,
                         struct target *target, const cJSON *used)
{
    struct text problem = TEXT_INIT(1000);
    bool is_supplied =
        slot->documented->needs == NULL && !seen->needs_day && supply_orders(result->supply, slot, seen, &problem);
    const char *lack = is_supplied ? NULL : lack_of(seen, used);
    if (lack != NULL && slot->documented->needs == NULL)
        slot->needs = problem.length > 0 ? mem_print("%s: %s", lack, text_cstr(&problem)) : mem_dup(lack);
    else
        play_slot(result, slot, target);
    text_release(&problem);
    return slot->needs == NULL;
}

static void play_in_turns(struct result *result, struct replay_slot *slots, const struct rehearsed *seen, size_t count,
                          struct target *target)
{
    cJSON *used = cJSON_CreateArray();
    for (int turn = 0; turn < TURNS; turn++)
        for (size_t i = 0; i < count; i++)
            if (turn_of(&seen[i]) == turn && play_in_turn(result, &slots[i], &seen[i], target, used) && seen[i].changes)
                add_all(used, seen[i].touched);
    cJSON_Delete(used);
}

/* Those of one provider, `count` of them: first what changes no order, then each order once (server/rehearsal.h). */
static void play_unprepared(struct result *result, struct replay_slot *slots, size_t count, struct target *target)
{
    struct rehearsal *rehearsal = rehearsal_start(target->provider, result->settings->compare);
    struct rehearsed *seen = mem_zero(count, sizeof *seen);
    for (size_t i = 0; rehearsal != NULL && i < count; i++)
        if (slots[i].documented->original != NULL)
            rehearsal_play(rehearsal, slots[i].documented->original, &seen[i]);
    play_in_turns(result, slots, seen, count, target);
    for (size_t i = 0; i < count; i++)
        rehearsed_release(&seen[i]);
    free(seen);
    rehearsal_end(rehearsal);
}

/* ── All ─────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* How many exchanges of one provider stand from there on. */
static size_t group_of(const struct result *result, size_t first)
{
    const char *provider = result->slots[first].documented->provider;
    size_t end = first;
    while (end < result->exchanges->count && strcmp(result->slots[end].documented->provider, provider) == 0)
        end++;
    return end - first;
}

/* Plays the exchanges into the slots. */
static void play(struct result *result, const struct remote *remote)
{
    struct target target = {0};
    for (size_t first = 0, count = 0; first < result->exchanges->count; first += count) {
        struct replay_slot *slots = &result->slots[first];
        count = group_of(result, first);
        target_enter(&target, slots[0].documented->provider, result->settings, remote);
        bool prepares = control_client_exists(&target.control);
        if (!prepares)
            play_unprepared(result, slots, count, &target);
        for (size_t i = 0; i < count; i++) {
            if (prepares)
                play_slot(result, &slots[i], &target);
            server_terminal_progress(result, first + i);
        }
    }
    target_leave(&target);
    result->journal_lost = target.journal_lost;
}

/* ── The servers ─────────────────────────────────────────────────────────────────────────────────────────────────── */

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
static cJSON *ask_remote(const struct server_settings *settings, const struct control_client *control)
{
    cJSON *answer = NULL;
    int status = control_client_call(control, "GET", "/_mock/providers", NULL, &answer);
    const char *why = json_string(answer, "error");
    if (status == 200 && cJSON_IsObject(json_member(answer, "providers")))
        return answer;
    char *plain = mem_print("%s is no control API of a cancelmock: status %d%s%s", settings->control, status,
                            why != NULL ? ", " : "", why != NULL ? why : "");
    char *safe = text_safe(plain);
    fprintf(stderr, "cancelcheck: %s\n", safe);
    free(plain);
    free(safe);
    cJSON_Delete(answer);
    return NULL;
}

static int play_and_tell(const struct server_settings *settings, const struct exchanges *exchanges,
                         const struct control_client *control)
{
    cJSON *answer = control_client_exists(control) ? ask_remote(settings, control) : NULL;
    if (control_client_exists(control) && answer == NULL)
        return 3;
    struct remote remote = {.control = *control, .providers = json_member(answer, "providers")};
    struct result result;
    struct text problem = TEXT_INIT(65536);
    result_init(&result, settings, exchanges);
    result.supply = supply_open(settings, &problem);
    if (result.supply == NULL) {
        fprintf(stderr, "cancelcheck server: %s%s", text_cstr(&problem),
                problem.bytes[problem.length - 1] == '\n' ? "" : "\n");
        text_release(&problem);
        result_release(&result);
        cJSON_Delete(answer);
        return EXIT_USAGE;
    }
    play(&result, &remote);
    supply_close(result.supply);
    server_terminal_end(&result);
    int exit_code = server_report_write(&result) < 0 ? 3 : result_exit_code(&result);
    result_release(&result);
    cJSON_Delete(answer);
    return exit_code;
}

static int carry_out(const struct server_settings *settings, struct mock_server *mock)
{
    struct url url = {0};
    struct control_client documents = {.server = mock}, control = {.limit_ms = settings->limit_ms};
    if (settings->control != NULL) {
        read_control_url(settings->control, &url);
        control.url = &url;
    }
    struct exchanges exchanges;
    int exit_code = 3;
    if (exchanges_make(&exchanges, settings, &documents,
                       control_client_exists(&control) || target_is_built_in(settings)) == 0) {
        exit_code = 0;
        if (settings->list)
            exchanges_list(&exchanges);
        else
            exit_code = play_and_tell(settings, &exchanges, &control);
        exchanges_release(&exchanges);
    }
    url_release(&url);
    return exit_code;
}

int server_main(const char *program, const char *const *providers, int argc, char **argv)
{
    struct server_settings settings;
    enum options_answer answer = server_command_line_read(&settings, program, providers, argc, argv);
    if (answer != OPTIONS_GO) {
        server_command_line_release(&settings);
        return answer == OPTIONS_DONE ? 0 : 2;
    }
    struct mock_server *mock =
        report_files_check("cancelcheck", &settings.reports) < 0 ? NULL : target_start_mock(NULL, NULL);
    int exit_code = mock != NULL ? carry_out(&settings, mock) : 3;
    mock_server_stop(mock);
    server_command_line_release(&settings);
    return exit_code;
}
