/* The adapter with children that are one line of shell: each odd way to behave, without a mock or a network. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapter/adapter.h"
#include "adapter/argv.h"
#include "support/clock.h"
#include "support/doc.h"
#include "support/memory.h"
#include "tests/test.h"

#define HELLO                                                                                                          \
    "read l; echo '{\"id\":0,\"protocol\":1,\"providers\":{\"p\":{\"operations\":[\"cancel\"],"                        \
    "\"features\":[\"retry\"]}}}'; "

/* Runs one command against a shell script; what came of it is the caller's. */
static struct adapter_talk talk_to(const char *script, int timeout_ms, struct adapter *adapter)
{
    char sh[] = "sh";
    char dash_c[] = "-c";
    char *text = must_copy(script);
    char *argv[] = {sh, dash_c, text, NULL};
    *adapter = (struct adapter){.argv = argv, .scale = 1.0};
    struct adapter_talk talk = {0};
    cJSON *command = cJSON_CreateObject();
    doc_add_string(command, "cmd", "run");
    if (adapter_open(adapter) == 0)
        adapter_ask(adapter, command, timeout_ms, &talk);
    else
        talk.end = ADAPTER_DIED;
    adapter->argv = NULL;
    cJSON_Delete(command);
    free(text);
    return talk;
}

static void check_talk(const char *script, enum adapter_end end, const char *outcome)
{
    struct adapter adapter;
    struct adapter_talk talk = talk_to(script, 1500, &adapter);
    CHECK_NUMBER(talk.end, end);
    CHECK_TEXT(doc_string(talk.answer, "outcome"), outcome);
    adapter_talk_release(&talk);
    adapter_release(&adapter);
}

static void test_adapter__answers(void)
{
    check_talk(HELLO "read l; echo '{\"id\":1,\"outcome\":\"canceled\"}'; read l", ADAPTER_ANSWERED, "canceled");
}

static void test_adapter__last_words_count(void)
{
    check_talk(HELLO "read l; printf '{\"id\":1,\"outcome\":\"canceled\"}'", ADAPTER_ANSWERED, "canceled");
}

static void test_adapter__tolerates_noise_bom_and_crlf(void)
{
    check_talk("echo banner; " HELLO "read l; echo; echo '{oops}'; echo '  noise'; "
               "printf '\\357\\273\\277{\"id\":1,\"outcome\":\"canceled\"}\\r\\n'; read l",
               ADAPTER_ANSWERED, "canceled");
}

static void test_adapter__ignores_other_ids(void)
{
    check_talk(HELLO
               "read l; echo '{\"id\":0,\"outcome\":\"deleted\"}'; echo '{\"id\":\"1\",\"outcome\":\"deleted\"}'; "
               "echo '{\"level\":\"info\"}'; echo '{\"id\":1,\"outcome\":\"canceled\"}'; read l",
               ADAPTER_ANSWERED, "canceled");
}

static void test_adapter__broken_answers_are_told_at_once(void)
{
    check_talk(HELLO "read l; echo '{\"id\":1,\"outcome\":'; read l", ADAPTER_GARBLED, NULL);
    check_talk(HELLO "read l; printf '{\"id\":1,\"a\":\"\\000\"}\\n'; read l", ADAPTER_GARBLED, NULL);
}

static void test_adapter__long_lines_are_capped(void)
{
    check_talk(HELLO "read l; printf '{\"id\":1,\"x\":\"'; head -c 3000000 /dev/zero | tr '\\0' x; echo '\"}'; read l",
               ADAPTER_GARBLED, NULL);
}

static void test_adapter__death_is_seen(void)
{
    check_talk(HELLO "read l; exit 3", ADAPTER_DIED, NULL);
    check_talk(HELLO "read l; kill -SEGV $$", ADAPTER_DIED, NULL);
    check_talk(HELLO "read l; exec >&-; sleep 30", ADAPTER_DIED, NULL);
    check_talk("exit 0", ADAPTER_DIED, NULL);
}

/* Whether the child that ended had read the command. */
static void check_unread(const char *script, bool unread)
{
    struct adapter adapter;
    struct adapter_talk talk = talk_to(script, 1500, &adapter);
    CHECK_NUMBER(talk.end, ADAPTER_DIED);
    CHECK_NUMBER(talk.unread, unread);
    adapter_talk_release(&talk);
    adapter_release(&adapter);
}

static void test_adapter__knows_whether_the_command_was_read(void)
{
    check_unread(HELLO "read l; exit 3", false);
    check_unread(HELLO "exit 3", true);
}

static void test_adapter__tells_the_group_while_it_lives(void)
{
    char *argv[] = {must_copy("sh"), must_copy("-c"), must_copy(HELLO "read l"), NULL};
    atomic_int group = 0;
    struct adapter adapter = {.argv = argv, .scale = 1.0, .group = &group};
    CHECK_NUMBER(adapter_open(&adapter), 0);
    CHECK_NUMBER(atomic_load(&group), adapter.process.pid);
    CHECK(adapter.process.pid > 0);
    adapter_close(&adapter);
    CHECK_NUMBER(atomic_load(&group), 0);
    adapter_release(&adapter);
    for (int i = 0; argv[i]; i++)
        free(argv[i]);
}

static void test_adapter__the_child_has_no_handles_but_its_pipes(void)
{
    int leaked = dup(STDERR_FILENO);              /* one that exec() would not close */
    CHECK(leaked > STDERR_FILENO && leaked <= 9); /* shells know no others */
    char *script = must_format(HELLO "read l; if (: <&%d) 2>/dev/null; then o=partial; else o=canceled; fi; "
                                     "echo \"{\\\"id\\\":1,\\\"outcome\\\":\\\"$o\\\"}\"; read l",
                               leaked);
    check_talk(script, ADAPTER_ANSWERED, "canceled");
    free(script);
    close(leaked);
}

static void test_adapter__grandchildren_do_not_hold_it_up(void)
{
    int64_t start = monotonic_ms();
    check_talk(HELLO "read l; sleep 20 & exit 0", ADAPTER_DIED, NULL);
    CHECK(monotonic_ms() - start < 10000);
}

static void test_adapter__silence_ends_in_a_time_out(void)
{
    struct adapter adapter;
    struct adapter_talk talk = talk_to(HELLO "trap '' TERM INT HUP; read l; while :; do sleep 20; done", 100, &adapter);
    CHECK_NUMBER(talk.end, ADAPTER_TIMED_OUT);
    CHECK(!adapter_lives(&adapter));
    adapter_talk_release(&talk);
    adapter_release(&adapter);
}

static void test_adapter__keeps_only_some_of_stderr(void)
{
    struct adapter adapter;
    struct adapter_talk talk = talk_to(
        HELLO "read l; head -c 2000000 /dev/zero | tr '\\0' e >&2; echo '{\"id\":1,\"outcome\":\"canceled\"}'; read l",
        5000, &adapter);
    CHECK_NUMBER(talk.end, ADAPTER_ANSWERED);
    CHECK(adapter.errors.length > 0 && adapter.errors.length <= ADAPTER_STDERR_MAX);
    adapter_talk_release(&talk);
    adapter_release(&adapter);
}

static void test_adapter__knows_what_is_offered(void)
{
    struct adapter adapter;
    struct adapter_talk talk =
        talk_to(HELLO "read l; echo '{\"id\":1,\"outcome\":\"canceled\"}'; read l", 1500, &adapter);
    CHECK(adapter_offers(&adapter, "p", NULL));
    CHECK(adapter_offers(&adapter, "p", "cancel"));
    CHECK(adapter_offers(&adapter, "p", "retry"));
    CHECK(!adapter_offers(&adapter, "p", "login"));
    CHECK(!adapter_offers(&adapter, "q", NULL));
    adapter_talk_release(&talk);
    adapter_release(&adapter);
}

/* What adapter_open() complains of. */
static void check_problem(char *const argv[], const char *part)
{
    struct adapter adapter = {.argv = argv, .scale = 0.1};
    CHECK_NUMBER(adapter_open(&adapter), -1);
    CHECK(adapter.problem && strstr(adapter.problem, part));
    CHECK(!adapter_lives(&adapter));
    adapter_release(&adapter);
}

static void check_command(const char *command, const char *part)
{
    char **argv = NULL;
    const char *problem = NULL;
    CHECK_NUMBER(argv_split(command, &argv, &problem), 0);
    check_problem(argv, part);
    argv_free(argv);
}

static void test_adapter__says_why_it_does_not_start(void)
{
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

static const struct test adapter_tests[] = {
    TEST(test_adapter__answers),
    TEST(test_adapter__last_words_count),
    TEST(test_adapter__tolerates_noise_bom_and_crlf),
    TEST(test_adapter__ignores_other_ids),
    TEST(test_adapter__broken_answers_are_told_at_once),
    TEST(test_adapter__long_lines_are_capped),
    TEST(test_adapter__death_is_seen),
    TEST(test_adapter__knows_whether_the_command_was_read),
    TEST(test_adapter__tells_the_group_while_it_lives),
    TEST(test_adapter__the_child_has_no_handles_but_its_pipes),
    TEST(test_adapter__grandchildren_do_not_hold_it_up),
    TEST(test_adapter__silence_ends_in_a_time_out),
    TEST(test_adapter__keeps_only_some_of_stderr),
    TEST(test_adapter__knows_what_is_offered),
    TEST(test_adapter__says_why_it_does_not_start),
};
const struct test_suite adapter_suite = SUITE("adapter", adapter_tests);
