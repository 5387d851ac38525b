/* `cancelcheck server` as a whole: what it prints, and its exit code. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/tests/check.h"
#include "server/server.h"
#include "tests/fake.h"
#include "tests/suites.h"

/* ── Whole runs ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Runs `cancelcheck server` with these words; its exit code. What it prints goes to a file that is handed back. */
static int run(const char *const words[], char **printed)
{
    static const char *const known[] = {"dukkango", "fungies", "akinon", "iletimerkezi", "zaikio", NULL};
    int argc = 1;
    char *argv[24] = {mem_dup("server")};
    for (; words[argc - 1] != NULL; argc++)
        argv[argc] = mem_dup(words[argc - 1]);
    char name[] = "/tmp/cancelcheck-test-XXXXXX";
    int file = mkstemp(name), before = dup(STDOUT_FILENO), errors = dup(STDERR_FILENO);
    fflush(NULL);
    dup2(file, STDOUT_FILENO);
    dup2(file, STDERR_FILENO);
    int exit_code = server_main("cancelcheck", known, argc, argv);
    fflush(NULL);
    dup2(before, STDOUT_FILENO);
    dup2(errors, STDERR_FILENO);
    off_t length = lseek(file, 0, SEEK_END);
    *printed = mem_zero((size_t)length + 1, 1);
    CHECK(pread(file, *printed, (size_t)length, 0) == length);
    close(before);
    close(errors);
    close(file);
    unlink(name);
    while (argc)
        free(argv[--argc]);
    return exit_code;
}

static void check_run(const char *const words[], int exit_code, const char *says, const char *also)
{
    char *printed = NULL;
    CHECK_INTEGER(run(words, &printed), exit_code);
    if (strstr(printed, says) == NULL || strstr(printed, also) == NULL)
        CHECK_TEXT(printed, says);
    free(printed);
}

#define WORDS(...) ((const char *[]){__VA_ARGS__, NULL})

static void test_server__passes_at_the_built_in_mock(void *context)
{
    (void)context;
    check_run(WORDS("--provider", "dukkango", "--run", "dukkango/login/*"), 0, "dukkango/login", " passed, 0 failed\n");
    check_run(WORDS("--list", "--run", "dukkango/login/*"), 0, "dukkango/login/a token for twenty-four hours",
              " exchanges\n");
}

static void test_server__tells_all_of_a_failure(void *context)
{
    (void)context;
    struct fake fake;
    fake_start(&fake, "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n\x1b[31mred");
    char *base_url = mem_print("dukkango=%s/other", fake.url);
    char *repeat = mem_print("cancelcheck server --base-url '%s' --compare 'json' --run 'dukkango/login/keys of two "
                             "accounts'",
                             base_url);
    const char **words = WORDS("--base-url", base_url, "--compare", "json", "--run", "*keys of two accounts");
    check_run(words, 1,
              "FAIL dukkango/login/keys of two accounts\n  clause      2\n  - the status\n      expected  401\n"
              "      actual    200\n",
              repeat);
    check_run(words, 1, "> POST /other/auth/login HTTP/1.1\n", "< \\x1b[31mred\n");
    check_run(words, 1, "dukkango              0        1          0\n", "\n0 passed, 1 failed\n");
    fake_stop(&fake);
    free(base_url);
    free(repeat);
}

static void test_server__gives_up_where_nobody_answers(void *context)
{
    (void)context;
    struct fake fake;
    char *closed = mem_print("dukkango=%s", fake_closed_url());
    check_run(WORDS("--base-url", closed, "--run", "dukkango/login/*"), 3, "cannot be reached: Connection refused\n",
              "0 passed, 0 failed\n");
    free(closed);
    fake_start(&fake, NULL);
    char *silent = mem_print("dukkango=%s", fake.url);
    check_run(WORDS("--base-url", silent, "--run", "dukkango/*", "--timeout", "0.02"), 1,
              "needs a server that answers\n", "0 passed, 3 failed\n");
    fake_stop(&fake);
    CHECK_INTEGER(fake.talks, 3);
    free(silent);
}

static void test_server__refuses_a_command_that_makes_no_sense(void *context)
{
    (void)context;
    char *closed = mem_dup(fake_closed_url());
    check_run(WORDS("--base-url", "ftp://staging.example", "--provider", "akinon"), 2, "is no address", "http://");
    check_run(WORDS("--base-url", "http://staging.example"), 2, "PROVIDER=URL", "--provider");
    check_run(WORDS("--base-url", "http://a", "--base-url", "akinon=http://b", "--provider", "akinon"), 2, "whose is",
              "http://a");
    check_run(WORDS("--base-url", "akinn=http://staging.example"), 2, "akinn", "did you mean \"akinon\"?");
    check_run(WORDS("--base-url", "akinon=http://a", "--provider", "zaikio"), 2, "zaikio", "has no --base-url");
    check_run(WORDS("--compare", "roughly"), 2, "exact, json or shape", "roughly");
    check_run(WORDS("--replace", "=x"), 2, "OLD=NEW", "=x");
    check_run(WORDS("--report", "html=x"), 2, "--report", "html=x");
    check_run(WORDS("--report", "json=/no/such/folder/x", "--run", "dukkango/login/*"), 3, "cannot write",
              "/no/such/folder/x");
    check_run(WORDS("--journal-file", "x", "--control", closed), 2, "--journal-file", "leave out --control");
    check_run(WORDS("--journal-file", "x", "--base-url", "akinon=http://a"), 2, "--journal-file",
              "leave out --base-url");
    check_run(WORDS("--timeout", "0"), 2, "--timeout", "seconds");
    check_run(WORDS("--client", "x"), 2, "unknown option", "--client");
    check_run(WORDS("--run", "no such exchange"), 3, "no exchange matches", "--list");
    check_run(WORDS("--control", closed), 3, "no control API", "cannot be reached");
    free(closed);
}

static void test_server__sends_what_replaces(void *context)
{
    (void)context;
    struct fake fake;
    fake_start(&fake,
               "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{\"token\":\"new\"}");
    char *base_url = mem_print("dukkango=%s/api/integrations", fake.url), *printed = NULL;
    run(WORDS("--base-url", base_url, "--run", "dukkango/login/an unknown restaurant key", "--replace",
              "app-7c1d5b0e94f24a6db3e85c10f7a29d6b=my-own-key"),
        &printed);
    fake_stop(&fake);
    CHECK(strstr(fake.heard, "POST /api/integrations/auth/login") == fake.heard);
    CHECK(strstr(fake.heard, "\"my-own-key\"") != NULL);
    CHECK(strstr(fake.heard, "app-7c1d5b0e94f24a6db3e85c10f7a29d6b") == NULL);
    free(base_url);
    free(printed);
}

static void test_server__keeps_a_journal_file(void *context)
{
    (void)context;
    char name[] = "/tmp/cancelcheck-test-XXXXXX", line[4096] = "";
    close(mkstemp(name));
    check_run(WORDS("--journal-file", name, "--run", "dukkango/login/a token for twenty-four hours"), 0, "1 passed",
              "0 failed");
    FILE *file = fopen(name, "r");
    size_t length = fread(line, 1, sizeof line - 1, file);
    cJSON *entry = json_read_bytes(line, length);
    CHECK_TEXT(json_string(json_member(entry, "request"), "target"), "/api/integrations/auth/login");
    cJSON_Delete(entry);
    fclose(file);
    unlink(name);
}

/* The report of one exchange whose answer is wrong; to be freed. */
static char *report_of_failure(const char *kind)
{
    char name[] = "/tmp/cancelcheck-test-XXXXXX", *text = mem_zero(16384, 1);
    struct fake fake;
    close(mkstemp(name));
    fake_start(&fake, "HTTP/1.1 401 No\r\nContent-Length: 3\r\n\r\n<\xff>");
    char *base_url = mem_print("dukkango=%s", fake.url), *report = mem_print("%s=%s", kind, name);
    check_run(WORDS("--base-url", base_url, "--run", "dukkango/login/keys of two accounts", "--report", report), 1,
              "FAIL", "0 passed, 1 failed");
    FILE *file = fopen(name, "r");
    CHECK(fread(text, 1, 16383, file) > 0);
    fclose(file);
    fake_stop(&fake);
    unlink(name);
    free(base_url);
    free(report);
    return text;
}

static void test_server__reports_as_json(void *context)
{
    (void)context;
    char *text = report_of_failure("json");
    cJSON *report = json_read_bytes(text, strlen(text));
    const cJSON *one = cJSON_GetArrayItem(json_member(report, "exchanges"), 0);
    CHECK_INTEGER(json_int_or(json_member(report, "counts"), "failed", -1), 1);
    CHECK_INTEGER(json_int_or(json_member(json_member(report, "providers"), "dukkango"), "passed", -1), 0);
    CHECK_INTEGER(json_int_or(report, "exit_code", -1), 1);
    CHECK_TEXT(json_string(one, "outcome"), "failed");
    CHECK_TEXT(json_string(cJSON_GetArrayItem(json_member(one, "findings"), 0), "what"), "the body");
    CHECK_INTEGER(cJSON_GetArraySize(json_member(one, "wire")), 1);
    cJSON_Delete(report);
    free(text);
}

static void test_server__reports_as_junit(void *context)
{
    (void)context;
    char *text = report_of_failure("junit");
    CHECK(strstr(text, "tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\"") != NULL);
    CHECK(strstr(text, "classname=\"dukkango/login\" name=\"keys of two accounts\">\n      <failure") != NULL);
    CHECK(strstr(text, "&lt;\\xff&gt;") != NULL);
    free(text);
}

void suite_server(void)
{
    register_test("server", "server/passes_at_the_built_in_mock", test_server__passes_at_the_built_in_mock, NULL);
    register_test("server", "server/tells_all_of_a_failure", test_server__tells_all_of_a_failure, NULL);
    register_test("server", "server/gives_up_where_nobody_answers", test_server__gives_up_where_nobody_answers, NULL);
    register_test("server", "server/refuses_a_command_that_makes_no_sense",
                  test_server__refuses_a_command_that_makes_no_sense, NULL);
    register_test("server", "server/sends_what_replaces", test_server__sends_what_replaces, NULL);
    register_test("server", "server/keeps_a_journal_file", test_server__keeps_a_journal_file, NULL);
    register_test("server", "server/reports_as_json", test_server__reports_as_json, NULL);
    register_test("server", "server/reports_as_junit", test_server__reports_as_junit, NULL);
}
