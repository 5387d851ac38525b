/* The adapter with children that are one line of shell: each odd way to behave, without a mock or a network. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapter/adapter.h"
#include "adapter/argv.h"
#include "mock_server/base/deadline.h"
#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/tests/check.h"
#include "tests/suites.h"

#define HELLO                                                                                                          \
    "read l; echo '{\"id\":0,\"protocol\":1,\"providers\":{\"p\":{\"operations\":[\"cancel\"],"                        \
    "\"features\":[\"retry\"]}}}'; "

/* Runs one command against a shell script; what came of it is the caller's. */
static struct talk talk_to(const char *script, int timeout_ms, struct adapter *adapter)
{
    char sh[] = "sh";
    char dash_c[] = "-c";
    char *text = mem_dup(script);
    char *argv[] = {sh, dash_c, text, NULL};
    *adapter = (struct adapter){.argv = argv, .scale = 1.0};
    struct talk talk = {0};
    cJSON *command = cJSON_CreateObject();
    json_set_string(command, "cmd", "run");
    if (adapter_open(adapter) == 0)
        adapter_ask(adapter, command, timeout_ms, &talk);
    else
        talk.end = TALK_DIED;
    adapter->argv = NULL;
    cJSON_Delete(command);
    free(text);
    return talk;
}

static void check_talk(const char *script, enum talk_end end, const char *outcome)
{
    struct adapter adapter;
    struct talk talk = talk_to(script, 1500, &adapter);
    CHECK_INTEGER(talk.end, end);
    CHECK_TEXT(json_string(talk.answer, "outcome"), outcome);
    talk_release(&talk);
    adapter_release(&adapter);
}

static void test_adapter__answers(void *context)
{
    (void)context;
    check_talk(HELLO "read l; echo '{\"id\":1,\"outcome\":\"canceled\"}'; read l", TALK_ANSWERED, "canceled");
}

static void test_adapter__last_words_count(void *context)
{
    (void)context;
    check_talk(HELLO "read l; printf '{\"id\":1,\"outcome\":\"canceled\"}'", TALK_ANSWERED, "canceled");
}

static void test_adapter__tolerates_noise_bom_and_crlf(void *context)
{
    (void)context;
    check_talk("echo banner; " HELLO "read l; echo; echo '{oops}'; echo '  noise'; "
               "printf '\\357\\273\\277{\"id\":1,\"outcome\":\"canceled\"}\\r\\n'; read l",
               TALK_ANSWERED, "canceled");
}

static void test_adapter__ignores_other_ids(void *context)
{
    (void)context;
    check_talk(HELLO
               "read l; echo '{\"id\":0,\"outcome\":\"deleted\"}'; echo '{\"id\":\"1\",\"outcome\":\"deleted\"}'; "
               "echo '{\"level\":\"info\"}'; echo '{\"id\":1,\"outcome\":\"canceled\"}'; read l",
               TALK_ANSWERED, "canceled");
}

static void test_adapter__broken_answers_are_told_at_once(void *context)
{
    (void)context;
    check_talk(HELLO "read l; echo '{\"id\":1,\"outcome\":'; read l", TALK_GARBLED, NULL);
    check_talk(HELLO "read l; printf '{\"id\":1,\"a\":\"\\000\"}\\n'; read l", TALK_GARBLED, NULL);
}

static void test_adapter__long_lines_are_capped(void *context)
{
    (void)context;
    check_talk(HELLO "read l; printf '{\"id\":1,\"x\":\"'; head -c 3000000 /dev/zero | tr '\\0' x; echo '\"}'; read l",
               TALK_GARBLED, NULL);
}

static void test_adapter__death_is_seen(void *context)
{
    (void)context;
    check_talk(HELLO "read l; exit 3", TALK_DIED, NULL);
    check_talk(HELLO "read l; kill -SEGV $$", TALK_DIED, NULL);
    check_talk(HELLO "read l; exec >&-; sleep 30", TALK_DIED, NULL);
    check_talk("exit 0", TALK_DIED, NULL);
}

/* Whether the child that ended had read the command. */
static void check_unread(const char *script, bool unread)
{
    struct adapter adapter;
    struct talk talk = talk_to(script, 1500, &adapter);
    CHECK_INTEGER(talk.end, TALK_DIED);
    CHECK_INTEGER(talk.unread, unread);
    talk_release(&talk);
    adapter_release(&adapter);
}

static void test_adapter__knows_whether_the_command_was_read(void *context)
{
    (void)context;
    check_unread(HELLO "read l; exit 3", false);
    check_unread(HELLO "exit 3", true);
}

static void test_adapter__tells_the_group_while_it_lives(void *context)
{
    (void)context;
    char *argv[] = {mem_dup("sh"), mem_dup("-c"), mem_dup(HELLO "read l"), NULL};
    atomic_int group = 0;
    struct adapter adapter = {.argv = argv, .scale = 1.0, .group = &group};
    CHECK_INTEGER(adapter_open(&adapter), 0);
    CHECK_INTEGER(atomic_load(&group), adapter.process.pid);
    CHECK(adapter.process.pid > 0);
    adapter_close(&adapter);
    CHECK_INTEGER(atomic_load(&group), 0);
    adapter_release(&adapter);
    for (int i = 0; argv[i] != NULL; i++)
        free(argv[i]);
}

static void test_adapter__the_child_has_no_handles_but_its_pipes(void *context)
{
    (void)context;
    int leaked = dup(STDERR_FILENO);              /* one that exec() would not close */
    CHECK(leaked > STDERR_FILENO && leaked <= 9); /* shells know no others */
    char *script = mem_print(HELLO "read l; if (: <&%d) 2>/dev/null; then o=partial; else o=canceled; fi; "
                                   "echo \"{\\\"id\\\":1,\\\"outcome\\\":\\\"$o\\\"}\"; read l",
                             leaked);
    check_talk(script, TALK_ANSWERED, "canceled");
    free(script);
    close(leaked);
}

static void test_adapter__grandchildren_do_not_hold_it_up(void *context)
{
    (void)context;
    int64_t start = deadline_now();
    check_talk(HELLO "read l; sleep 20 & exit 0", TALK_DIED, NULL);
    CHECK(deadline_now() - start < 10000);
}

static void test_adapter__silence_ends_in_a_time_out(void *context)
{
    (void)context;
    struct adapter adapter;
    struct talk talk = talk_to(HELLO "trap '' TERM INT HUP; read l; while :; do sleep 20; done", 100, &adapter);
    CHECK_INTEGER(talk.end, TALK_TIMED_OUT);
    CHECK(!adapter_lives(&adapter));
    talk_release(&talk);
    adapter_release(&adapter);
}

static void test_adapter__keeps_only_some_of_stderr(void *context)
{
    (void)context;
    struct adapter adapter;
    struct talk talk = talk_to(
        HELLO "read l; head -c 2000000 /dev/zero | tr '\\0' e >&2; echo '{\"id\":1,\"outcome\":\"canceled\"}'; read l",
        5000, &adapter);
    CHECK_INTEGER(talk.end, TALK_ANSWERED);
    CHECK(adapter.errors.length > 0 && adapter.errors.length <= ADAPTER_STDERR_MAX);
    talk_release(&talk);
    adapter_release(&adapter);
}

static void test_adapter__knows_what_is_offered(void *context)
{
    (void)context;
    struct adapter adapter;
    struct talk talk = talk_to(HELLO "read l; echo '{\"id\":1,\"outcome\":\"canceled\"}'; read l", 1500, &adapter);
    CHECK(adapter_offers(&adapter, "p", NULL));
    CHECK(adapter_offers(&adapter, "p", "cancel"));
    CHECK(adapter_offers(&adapter, "p", "retry"));
    CHECK(!adapter_offers(&adapter, "p", "login"));
    CHECK(!adapter_offers(&adapter, "q", NULL));
    talk_release(&talk);
    adapter_release(&adapter);
}

/* What adapter_open() complains of. */
static void check_problem(char *const argv[], const char *part)
{
    struct adapter adapter = {.argv = argv, .scale = 0.1};
    CHECK_INTEGER(adapter_open(&adapter), -1);
    CHECK(adapter.problem && strstr(adapter.problem, part));
    CHECK(!adapter_lives(&adapter));
    adapter_release(&adapter);
}

static void check_command(const char *command, const char *part)
{
    char **argv = NULL;
    const char *problem = NULL;
    CHECK_INTEGER(argv_split(command, &argv, &problem), 0);
    check_problem(argv, part);
    argv_free(argv);
}

static void test_adapter__says_why_it_does_not_start(void *context)
{
    (void)context;
    check_command("/no/such/adapter", "No such file");
    check_command("/etc/passwd", "Permission denied");
    check_command("true", "exited with status 0");
    check_command("sh -c 'exit 7'", "exited with status 7");
    check_command("sh -c 'kill -KILL $$'", "killed by signal 9");
    check_command("sleep 30", "no answer within 500 ms");
    check_command("sh -c 'read l; echo \"{\\\"id\\\":0,\\\"protocol\\\":2,\\\"providers\\\":{}}\"; read l'",
                  "does not speak protocol 1");
    check_command("sh -c 'read l; echo \"{\\\"id\\\":0,\\\"protocol\\\":1}\"; read l'", "has no \"providers\"");
}

void suite_adapter(void)
{
    register_test("adapter", "adapter/answers", test_adapter__answers, NULL);
    register_test("adapter", "adapter/last_words_count", test_adapter__last_words_count, NULL);
    register_test("adapter", "adapter/tolerates_noise_bom_and_crlf", test_adapter__tolerates_noise_bom_and_crlf, NULL);
    register_test("adapter", "adapter/ignores_other_ids", test_adapter__ignores_other_ids, NULL);
    register_test("adapter", "adapter/broken_answers_are_told_at_once", test_adapter__broken_answers_are_told_at_once,
                  NULL);
    register_test("adapter", "adapter/long_lines_are_capped", test_adapter__long_lines_are_capped, NULL);
    register_test("adapter", "adapter/death_is_seen", test_adapter__death_is_seen, NULL);
    register_test("adapter", "adapter/knows_whether_the_command_was_read",
                  test_adapter__knows_whether_the_command_was_read, NULL);
    register_test("adapter", "adapter/tells_the_group_while_it_lives", test_adapter__tells_the_group_while_it_lives,
                  NULL);
    register_test("adapter", "adapter/the_child_has_no_handles_but_its_pipes",
                  test_adapter__the_child_has_no_handles_but_its_pipes, NULL);
    register_test("adapter", "adapter/grandchildren_do_not_hold_it_up", test_adapter__grandchildren_do_not_hold_it_up,
                  NULL);
    register_test("adapter", "adapter/silence_ends_in_a_time_out", test_adapter__silence_ends_in_a_time_out, NULL);
    register_test("adapter", "adapter/keeps_only_some_of_stderr", test_adapter__keeps_only_some_of_stderr, NULL);
    register_test("adapter", "adapter/knows_what_is_offered", test_adapter__knows_what_is_offered, NULL);
    register_test("adapter", "adapter/says_why_it_does_not_start", test_adapter__says_why_it_does_not_start, NULL);
}
