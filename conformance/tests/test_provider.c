/* `cancelcheck provider` as a whole: what it prints, and its exit code. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "provider/provider.h"
#include "support/doc.h"
#include "support/memory.h"
#include "tests/fake.h"
#include "tests/test.h"

/* -- whole runs ------------------------------------------------------------------------------------------------- */

/* Runs `cancelcheck provider` with these words; its exit code. What it prints goes to a file that is handed back. */
static int run(const char *const words[], char **printed)
{
    int argc = 1;
    char *argv[24] = {must_copy("provider")};
    for (; words[argc - 1]; argc++)
        argv[argc] = must_copy(words[argc - 1]);
    char name[] = "/tmp/cancelcheck-test-XXXXXX";
    int file = mkstemp(name), before = dup(STDOUT_FILENO), errors = dup(STDERR_FILENO);
    fflush(NULL);
    dup2(file, STDOUT_FILENO);
    dup2(file, STDERR_FILENO);
    int exit_code = provider_main("cancelcheck", argc, argv);
    fflush(NULL);
    dup2(before, STDOUT_FILENO);
    dup2(errors, STDERR_FILENO);
    off_t length = lseek(file, 0, SEEK_END);
    *printed = must_alloc((size_t)length + 1, 1);
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
    CHECK_NUMBER(run(words, &printed), exit_code);
    if (!strstr(printed, says) || !strstr(printed, also))
        CHECK_TEXT(printed, says);
    free(printed);
}

#define WORDS(...) ((const char *[]){__VA_ARGS__, NULL})

static void test_provider__passes_at_the_built_in_mock(void)
{
    check_run(WORDS("--provider", "dukkango", "--run", "dukkango/login/*"), 0, "dukkango/login", " passed, 0 failed\n");
    check_run(WORDS("--list", "--run", "dukkango/login/*"), 0, "dukkango/login/a token for twenty-four hours",
              " exchanges\n");
}

static void test_provider__tells_all_of_a_failure(void)
{
    struct fake fake;
    fake_start(&fake, "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n\x1b[31mred");
    char *base_url = must_format("dukkango=%s/other", fake.url);
    char *repeat =
        must_format("cancelcheck provider --base-url '%s' --compare 'json' --run 'dukkango/login/keys of two "
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

static void test_provider__gives_up_where_nobody_answers(void)
{
    struct fake fake;
    char *closed = must_format("dukkango=%s", fake_closed_url());
    check_run(WORDS("--base-url", closed, "--run", "dukkango/login/*"), 3, "cannot be reached: Connection refused\n",
              "0 passed, 0 failed\n");
    free(closed);
    fake_start(&fake, NULL);
    char *silent = must_format("dukkango=%s", fake.url);
    check_run(WORDS("--base-url", silent, "--run", "dukkango/*", "--timeout", "0.02"), 1,
              "needs a server that answers\n", "0 passed, 3 failed\n");
    fake_stop(&fake);
    CHECK_NUMBER(fake.talks, 3);
    free(silent);
}

static void test_provider__refuses_a_command_that_makes_no_sense(void)
{
    char *closed = must_copy(fake_closed_url());
    check_run(WORDS("--base-url", "https://staging.example", "--provider", "akinon"), 2, "https", "http://");
    check_run(WORDS("--base-url", "http://staging.example"), 2, "PROVIDER=URL", "--provider");
    check_run(WORDS("--base-url", "http://a", "--base-url", "akinon=http://b", "--provider", "akinon"), 2, "whose is",
              "http://a");
    check_run(WORDS("--base-url", "akinn=http://staging.example"), 2, "akinn", "did you mean 'akinon'?");
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

static void test_provider__sends_what_replaces(void)
{
    struct fake fake;
    fake_start(&fake,
               "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{\"token\":\"new\"}");
    char *base_url = must_format("dukkango=%s/api/integrations", fake.url), *printed = NULL;
    run(WORDS("--base-url", base_url, "--run", "dukkango/login/a token for twenty-four hours", "--replace",
              "app-7c1d5b0e=my-own-key"),
        &printed);
    fake_stop(&fake);
    CHECK(strstr(fake.heard, "POST /api/integrations/auth/login") == fake.heard);
    CHECK(strstr(fake.heard, "\"my-own-key\"") != NULL);
    CHECK(strstr(fake.heard, "app-7c1d5b0e") == NULL);
    free(base_url);
    free(printed);
}

static void test_provider__keeps_a_journal_file(void)
{
    char name[] = "/tmp/cancelcheck-test-XXXXXX", line[4096] = "";
    close(mkstemp(name));
    check_run(WORDS("--journal-file", name, "--run", "dukkango/login/a token for twenty-four hours"), 0, "1 passed",
              "0 failed");
    FILE *file = fopen(name, "r");
    size_t length = fread(line, 1, sizeof line - 1, file);
    cJSON *entry = doc_parse(line, length);
    CHECK_TEXT(doc_string(doc_member(entry, "request"), "target"), "/api/integrations/auth/login");
    cJSON_Delete(entry);
    fclose(file);
    unlink(name);
}

/* The report of one exchange whose answer is wrong; to be freed. */
static char *report_of_failure(const char *kind)
{
    char name[] = "/tmp/cancelcheck-test-XXXXXX", *text = must_alloc(16384, 1);
    struct fake fake;
    close(mkstemp(name));
    fake_start(&fake, "HTTP/1.1 401 No\r\nContent-Length: 3\r\n\r\n<\xff>");
    char *base_url = must_format("dukkango=%s", fake.url), *report = must_format("%s=%s", kind, name);
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

static void test_provider__reports_as_json(void)
{
    char *text = report_of_failure("json");
    cJSON *report = doc_parse(text, strlen(text));
    const cJSON *one = cJSON_GetArrayItem(doc_member(report, "exchanges"), 0);
    CHECK_NUMBER(doc_int(doc_member(report, "counts"), "failed", -1), 1);
    CHECK_NUMBER(doc_int(doc_member(doc_member(report, "providers"), "dukkango"), "passed", -1), 0);
    CHECK_NUMBER(doc_int(report, "exit_code", -1), 1);
    CHECK_TEXT(doc_string(one, "outcome"), "failed");
    CHECK_TEXT(doc_string(cJSON_GetArrayItem(doc_member(one, "findings"), 0), "what"), "the body");
    CHECK_NUMBER(cJSON_GetArraySize(doc_member(one, "wire")), 1);
    cJSON_Delete(report);
    free(text);
}

static void test_provider__reports_as_junit(void)
{
    char *text = report_of_failure("junit");
    CHECK(strstr(text, "tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\"") != NULL);
    CHECK(strstr(text, "classname=\"dukkango/login\" name=\"keys of two accounts\"><failure") != NULL);
    CHECK(strstr(text, "&lt;\\xff&gt;") != NULL);
    free(text);
}

static const struct test provider_tests[] = {
    TEST(test_provider__passes_at_the_built_in_mock),
    TEST(test_provider__tells_all_of_a_failure),
    TEST(test_provider__gives_up_where_nobody_answers),
    TEST(test_provider__refuses_a_command_that_makes_no_sense),
    TEST(test_provider__sends_what_replaces),
    TEST(test_provider__keeps_a_journal_file),
    TEST(test_provider__reports_as_json),
    TEST(test_provider__reports_as_junit),
};
const struct test_suite provider_suite = SUITE("provider", provider_tests);
