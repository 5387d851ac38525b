/* The writers, with texts that mean harm. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cases/registry.h"
#include "check/result.h"
#include "check/run.h"
#include "check/scan.h"
#include "mock_server/base/json.h"
#include "mock_server/base/json_path.h"
#include "mock_server/base/junit.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/report_files.h"
#include "mock_server/base/tests/check.h"
#include "mock_server/base/text.h"
#include "report/run_report.h"
#include "report/text.h"
#include "selection.h"
#include "tests/suites.h"

#define HOSTILE                                                                                                        \
    "<&>\"' ]]> \x01\x1b[31m\x7f \xc2\x9b \xe2\x80\xae \xe2\x81\xa6 tab\t line\nend \xff \xed\xa0\x80 \xef\xbf\xbf "   \
    "şı😀"

/* The same as a report in UTF-8 has it: each byte that is none of it is replaced. */
#define R "\xef\xbf\xbd"
#define HOSTILE_READ                                                                                                   \
    "<&>\"' ]]> \x01\x1b[31m\x7f \xc2\x9b \xe2\x80\xae \xe2\x81\xa6 tab\t line\nend " R " " R R R " \xef\xbf\xbf şı😀"

/* A run of the first three rows of a table: one that failed with hostile texts, one gap, one that passed. */
struct staged {
    struct settings settings;
    struct plan plan;
    struct run run;
};

static cJSON *hostile_result(void)
{
    struct findings findings = {0};
    findings_broken(&findings, "what " HOSTILE, "expected " HOSTILE, "actual " HOSTILE);
    cJSON *result = cJSON_CreateObject();
    json_set_string(result, "status", "FAIL");
    cJSON *finding = cJSON_CreateObject();
    json_set_string(finding, "weight", "broken");
    json_set_string(finding, "what", findings.list[0].what);
    json_set_string(finding, "expected", findings.list[0].expected);
    json_set_string(finding, "actual", findings.list[0].actual);
    cJSON_AddItemToArray(cJSON_AddArrayToObject(result, "findings"), finding);
    json_set_string(result, "stderr", HOSTILE);
    json_set(result, "duration_ms", cJSON_CreateNumber(1234));
    findings_release(&findings);
    return result;
}

static void stage_run(struct staged *staged)
{
    *staged = (struct staged){.settings = {.program = "cancelcheck", .client = "it's <me>", .time_scale = 1}};
    selection_everything(&staged->plan);
    run_init(&staged->run, &staged->settings, &staged->plan);
    run_settle(&staged->run, 0, hostile_result());
    run_settle(&staged->run, 1, result_without_run(STATUS_SKIP, "no " HOSTILE));
    cJSON *passed = cJSON_CreateObject();
    json_set_string(passed, "status", "PASS");
    run_settle(&staged->run, 2, passed);
}

static void leave_run(struct staged *staged)
{
    run_release(&staged->run);
    plan_release(&staged->plan);
}

static char *written(const struct staged *staged, void (*write)(const void *, FILE *))
{
    char *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);
    write(&staged->run, to);
    fclose(to);
    return text;
}

/* ── Junit ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void test_junit__escapes(void *context)
{
    (void)context;
    char *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);
    const struct junit_case one = {
        .suite = "s", .classname = "c", .name = "<a href=\"x\">&\x01\xff\n\xc4\xb1", .duration_ms = 1500};
    junit_write("cancelcheck", &one, 1, to);
    fclose(to);
    CHECK_CONTAINS(text, "<testcase classname=\"c\" name=\"&lt;a "
                         "href=&quot;x&quot;&gt;&amp;\xef\xbf\xbd\xef\xbf\xbd&#10;\xc4\xb1\" time=\"1.500\"/>");
    free(text);
}

/* Feeds the text to Python's XML parser; its exit status. 77 when there is no Python. */
static int parse_with_python(const char *text)
{
    static const char program[] = "import sys, xml.etree.ElementTree as e\n"
                                  "r = e.fromstring(sys.stdin.buffer.read())\n"
                                  "cases = r.findall('./testsuite/testcase')\n"
                                  "ok = r.tag == 'testsuites' and len(cases) == int(r.get('tests')) "
                                  "and len(r.findall('.//failure')) == int(r.get('failures')) == 1 "
                                  "and len(r.findall('.//skipped')) == int(r.get('skipped')) == len(cases) - 2 "
                                  "and '<&>' in r.find('.//failure').get('message')\n"
                                  "sys.exit(0 if ok else 1)\n";
    int ends[2];
    if (pipe(ends) < 0)
        return -1;
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[0], 0);
        close(ends[0]);
        close(ends[1]);
        execlp("python3", "python3", "-c", program, (char *)NULL);
        _exit(77);
    }
    close(ends[0]);
    FILE *to = fdopen(ends[1], "w");
    fputs(text, to);
    fclose(to);
    int status = -1;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void test_junit__is_xml_whatever_the_texts(void *context)
{
    (void)context;
    struct staged staged;
    stage_run(&staged);
    char *text = written(&staged, run_report_junit);
    CHECK_INTEGER(parse_with_python(text), 0);
    CHECK(strstr(text, "time=\"1.234\"") != NULL);
    CHECK(strchr(text, '\x1b') == NULL);
    free(text);
    leave_run(&staged);
}

/* ── Json ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void test_json__is_json_whatever_the_texts(void *context)
{
    (void)context;
    struct staged staged;
    stage_run(&staged);
    char *text = written(&staged, run_report_json);
    cJSON *root = json_read_bytes(text, strlen(text));
    CHECK(root != NULL);
    CHECK_TEXT(cJSON_GetStringValue(json_at(root, "/verdict/documented")), "not conformant");
    CHECK_TEXT(cJSON_GetStringValue(json_at(root, "/checks/0/status")), "FAIL");
    CHECK(scan_is_utf8(text, strlen(text)));
    CHECK_TEXT(cJSON_GetStringValue(json_at(root, "/checks/0/stderr")), HOSTILE_READ);
    CHECK_TEXT(cJSON_GetStringValue(json_at(root, "/checks/1/status")), "SKIP");
    CHECK_INTEGER(cJSON_GetNumberValue(json_at(root, "/exit_code")), 1);
    CHECK_INTEGER(cJSON_GetArraySize(json_member(root, "checks")), (long)staged.plan.count);
    cJSON_Delete(root);
    free(text);
    leave_run(&staged);
}

/* ── Words ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void test_text__plays_no_tricks_on_a_terminal(void *context)
{
    (void)context;
    struct staged staged;
    stage_run(&staged);
    char *text = text_of_failure(&staged.run, &staged.run.slots[0]);
    CHECK(strchr(text, '\x1b') == NULL);
    CHECK(strchr(text, '\x01') == NULL);
    CHECK(strchr(text, '\x7f') == NULL);
    CHECK(strstr(text, "\xc2\x9b") == NULL);
    CHECK(strstr(text, "\xe2\x80\xae") == NULL);
    CHECK(strstr(text, "\xe2\x81\xa6") == NULL);
    CHECK(strstr(text, "\\x7f \\u009b \\u202e \\u2066") != NULL);
    CHECK(strstr(text, "\\xff \\xed\\xa0\\x80 \xef\xbf\xbf şı😀") != NULL);
    CHECK(strstr(text, "\\x1b[31m") != NULL);
    CHECK(strstr(text, "requirement") != NULL);
    free(text);
    leave_run(&staged);
}

static void test_text__first_findings_play_none_either(void *context)
{
    (void)context;
    struct staged staged;
    stage_run(&staged);
    for (size_t i = 0; i < 2; i++) {
        char *text = text_of_first_finding(&staged.run.slots[i]);
        CHECK(strstr(text, "\\x1b[31m") != NULL);
        CHECK(strchr(text, '\x1b') == NULL);
        free(text);
    }
    leave_run(&staged);
}

/* A failure of the session names the checks that it is about, and how each is repeated. */
static void test_text__the_session_names_its_checks(void *context)
{
    (void)context;
    struct staged staged;
    stage_run(&staged);
    size_t at = staged.plan.runnable;
    cJSON *late = result_without_run(STATUS_FAIL, "PUT /x, after dukkango/DUK-REQ-1");
    run_settle(&staged.run, at, late);
    char *text = text_of_failure(&staged.run, &staged.run.slots[at]);
    const char *repeat = strstr(text, "--run 'dukkango/DUK-REQ-1'");
    CHECK(repeat != NULL);
    CHECK(repeat && strstr(repeat + 1, "--run ") == NULL);
    free(text);
    leave_run(&staged);
}

static void test_report__files_are_tried_first(void *context)
{
    (void)context;
    const char *list[] = {"json=/no/such/folder/x.json"};
    const struct words reports = {.list = list, .count = 1};
    fflush(stderr);
    int saved = dup(STDERR_FILENO);
    int ends[2];
    CHECK(pipe(ends) == 0 && dup2(ends[1], STDERR_FILENO) >= 0);
    CHECK_INTEGER(report_files_check("cancelcheck", &reports), -1);
    fflush(stderr);
    dup2(saved, STDERR_FILENO);
    char message[300] = "";
    CHECK(read(ends[0], message, sizeof message - 1) > 0);
    CHECK(strstr(message, "/no/such/folder/x.json: No such file or directory") != NULL);
    close(ends[0]);
    close(ends[1]);
    close(saved);
    list[0] = "json=/dev/null";
    CHECK_INTEGER(report_files_check("cancelcheck", &reports), 0);
}

static void test_text__the_command_can_be_pasted(void *context)
{
    (void)context;
    struct staged staged;
    stage_run(&staged);
    char *command = run_repeat_command(&staged.run, staged.run.slots[0].item);
    CHECK_TEXT(command, "cancelcheck --client 'it'\\''s <me>' --run 'dukkango/DUK-REQ-1'");
    free(command);
    leave_run(&staged);
}

static void test_report__kinds(void *context)
{
    (void)context;
    enum report_kind kind = REPORT_JSON;
    const char *path = NULL;
    CHECK(report_request_read("junit=a=b", &kind, &path) && kind == REPORT_JUNIT);
    CHECK_TEXT(path, "a=b");
    CHECK(report_request_read("json=-", &kind, &path) && kind == REPORT_JSON);
    CHECK(!report_request_read("xml=x", &kind, &path));
    CHECK(!report_request_read("json=", &kind, &path));
    CHECK(!report_request_read("json", &kind, &path));
    CHECK_TEXT(report_kind_names(), "json, junit");
}

static void test_run__a_slot_is_filled_once(void *context)
{
    (void)context;
    struct staged staged;
    stage_run(&staged);
    run_settle(&staged.run, 2, result_without_run(STATUS_ERROR, "late"));
    CHECK_TEXT(status_name(staged.run.slots[2].status), "PASS");
    run_settle(&staged.run, 1000000, result_without_run(STATUS_ERROR, "nowhere"));
    CHECK_INTEGER(run_exit_code(&staged.run), 1);
    leave_run(&staged);
}

void suite_report(void)
{
    register_test("report", "junit/escapes", test_junit__escapes, NULL);
    register_test("report", "junit/is_xml_whatever_the_texts", test_junit__is_xml_whatever_the_texts, NULL);
    register_test("report", "json/is_json_whatever_the_texts", test_json__is_json_whatever_the_texts, NULL);
    register_test("report", "text/plays_no_tricks_on_a_terminal", test_text__plays_no_tricks_on_a_terminal, NULL);
    register_test("report", "text/first_findings_play_none_either", test_text__first_findings_play_none_either, NULL);
    register_test("report", "text/the_session_names_its_checks", test_text__the_session_names_its_checks, NULL);
    register_test("report", "report/files_are_tried_first", test_report__files_are_tried_first, NULL);
    register_test("report", "text/the_command_can_be_pasted", test_text__the_command_can_be_pasted, NULL);
    register_test("report", "report/kinds", test_report__kinds, NULL);
    register_test("report", "run/a_slot_is_filled_once", test_run__a_slot_is_filled_once, NULL);
}
