/* The writers, with texts that mean harm. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cases/registry.h"
#include "report/report.h"
#include "report/text.h"
#include "run.h"
#include "runner/case.h"
#include "support/doc.h"
#include "support/memory.h"
#include "support/scan.h"
#include "support/string.h"
#include "tests/test.h"

#define HOSTILE                                                                                                        \
    "<&>\"' ]]> \x01\x1b[31m\x7f \xc2\x9b \xe2\x80\xae \xe2\x81\xa6 tab\t line\nend \xff \xed\xa0\x80 \xef\xbf\xbf "   \
    "şı😀"

/* The same as a report in UTF-8 has it: each byte that is none of it is replaced. */
#define R "\xef\xbf\xbd"
#define HOSTILE_READ                                                                                                   \
    "<&>\"' ]]> \x01\x1b[31m\x7f \xc2\x9b \xe2\x80\xae \xe2\x81\xa6 tab\t line\nend " R " " R R R " \xef\xbf\xbf şı😀"

/* A run of the first three rows of a table: one that failed with hostile texts, one gap, one that passed. */
struct staged {
    struct options options;
    struct plan plan;
    struct run run;
};

static cJSON *hostile_result(void)
{
    struct findings findings = {0};
    findings_broken(&findings, "what " HOSTILE, "expected " HOSTILE, "actual " HOSTILE);
    cJSON *result = cJSON_CreateObject();
    doc_add_string(result, "status", "FAIL");
    cJSON *finding = cJSON_CreateObject();
    doc_add_string(finding, "weight", "broken");
    doc_add_string(finding, "what", findings.list[0].what);
    doc_add_string(finding, "expected", findings.list[0].expected);
    doc_add_string(finding, "actual", findings.list[0].actual);
    cJSON_AddItemToArray(cJSON_AddArrayToObject(result, "findings"), finding);
    doc_add_string(result, "stderr", HOSTILE);
    doc_add(result, "duration_ms", cJSON_CreateNumber(1234));
    findings_release(&findings);
    return result;
}

static void stage_run(struct staged *staged)
{
    *staged = (struct staged){.options = {.program = "cancelcheck", .client = "it's <me>", .time_scale = 1}};
    plan_everything(&staged->plan);
    run_init(&staged->run, &staged->options, &staged->plan);
    run_settle(&staged->run, 0, hostile_result());
    run_settle(&staged->run, 1, case_without_run(STATUS_SKIP, "no " HOSTILE));
    cJSON *passed = cJSON_CreateObject();
    doc_add_string(passed, "status", "PASS");
    run_settle(&staged->run, 2, passed);
}

static void leave_run(struct staged *staged)
{
    run_release(&staged->run);
    plan_release(&staged->plan);
}

static char *written(const struct staged *staged, void (*write)(const struct run *, FILE *))
{
    char *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);
    write(&staged->run, to);
    fclose(to);
    return text;
}

/* -- junit ------------------------------------------------------------------------------------------------------ */

static void test_junit__escapes(void)
{
    char *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);
    report_xml_text("<a href=\"x\">&\x01\xff\n\xc4\xb1", to);
    fclose(to);
    CHECK_TEXT(text, "&lt;a href=&quot;x&quot;&gt;&amp;\xef\xbf\xbd\xef\xbf\xbd&#10;\xc4\xb1");
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

static void test_junit__is_xml_whatever_the_texts(void)
{
    struct staged staged;
    stage_run(&staged);
    char *text = written(&staged, report_junit);
    CHECK_NUMBER(parse_with_python(text), 0);
    CHECK(strstr(text, "time=\"1.234\"") != NULL);
    CHECK(strchr(text, '\x1b') == NULL);
    free(text);
    leave_run(&staged);
}

/* -- json ------------------------------------------------------------------------------------------------------- */

static void test_json__is_json_whatever_the_texts(void)
{
    struct staged staged;
    stage_run(&staged);
    char *text = written(&staged, report_json);
    cJSON *root = doc_parse(text, strlen(text));
    CHECK(root != NULL);
    CHECK_TEXT(cJSON_GetStringValue(doc_at(root, "/verdict/documented")), "not conformant");
    CHECK_TEXT(cJSON_GetStringValue(doc_at(root, "/checks/0/status")), "FAIL");
    CHECK(scan_is_utf8(text, strlen(text)));
    CHECK_TEXT(cJSON_GetStringValue(doc_at(root, "/checks/0/stderr")), HOSTILE_READ);
    CHECK_TEXT(cJSON_GetStringValue(doc_at(root, "/checks/1/status")), "SKIP");
    CHECK_NUMBER(cJSON_GetNumberValue(doc_at(root, "/exit_code")), 1);
    CHECK_NUMBER(cJSON_GetArraySize(doc_member(root, "checks")), (long)staged.plan.count);
    cJSON_Delete(root);
    free(text);
    leave_run(&staged);
}

/* -- words ------------------------------------------------------------------------------------------------------ */

static void test_text__plays_no_tricks_on_a_terminal(void)
{
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

static void test_text__first_findings_play_none_either(void)
{
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
static void test_text__the_session_names_its_checks(void)
{
    struct staged staged;
    stage_run(&staged);
    size_t at = staged.plan.runnable;
    cJSON *late = case_without_run(STATUS_FAIL, "PUT /x, after dukkango/DUK-REQ-1");
    run_settle(&staged.run, at, late);
    char *text = text_of_failure(&staged.run, &staged.run.slots[at]);
    const char *repeat = strstr(text, "--run 'dukkango/DUK-REQ-1'");
    CHECK(repeat != NULL);
    CHECK(repeat && strstr(repeat + 1, "--run ") == NULL);
    free(text);
    leave_run(&staged);
}

static void test_report__files_are_tried_first(void)
{
    const char *list[] = {"json=/no/such/folder/x.json"};
    struct options options = {.reports = {.list = list, .count = 1}};
    fflush(stderr);
    int saved = dup(STDERR_FILENO);
    int ends[2];
    CHECK(pipe(ends) == 0 && dup2(ends[1], STDERR_FILENO) >= 0);
    CHECK_NUMBER(report_check_files(&options), -1);
    fflush(stderr);
    dup2(saved, STDERR_FILENO);
    char message[300] = "";
    CHECK(read(ends[0], message, sizeof message - 1) > 0);
    CHECK(strstr(message, "/no/such/folder/x.json: No such file or directory") != NULL);
    close(ends[0]);
    close(ends[1]);
    close(saved);
    list[0] = "json=/dev/null";
    CHECK_NUMBER(report_check_files(&options), 0);
}

static void test_text__the_command_can_be_pasted(void)
{
    struct staged staged;
    stage_run(&staged);
    char *command = run_repeat_command(&staged.run, staged.run.slots[0].item);
    CHECK_TEXT(command, "cancelcheck --client 'it'\\''s <me>' --run 'dukkango/DUK-REQ-1'");
    free(command);
    leave_run(&staged);
}

static void test_report__kinds(void)
{
    CHECK(report_kind_of("json") != NULL);
    CHECK(report_kind_of("junit") != NULL);
    CHECK(report_kind_of("xml") == NULL);
    char *names = report_kind_names();
    CHECK(strstr(names, "json, junit") == names);
    free(names);
}

static void test_run__a_slot_is_filled_once(void)
{
    struct staged staged;
    stage_run(&staged);
    run_settle(&staged.run, 2, case_without_run(STATUS_ERROR, "late"));
    CHECK_TEXT(status_name(staged.run.slots[2].status), "PASS");
    run_settle(&staged.run, 1000000, case_without_run(STATUS_ERROR, "nowhere"));
    CHECK_NUMBER(run_exit_code(&staged.run), 1);
    leave_run(&staged);
}

static const struct test report_tests[] = {
    TEST(test_junit__escapes),
    TEST(test_junit__is_xml_whatever_the_texts),
    TEST(test_json__is_json_whatever_the_texts),
    TEST(test_text__plays_no_tricks_on_a_terminal),
    TEST(test_text__first_findings_play_none_either),
    TEST(test_text__the_session_names_its_checks),
    TEST(test_report__files_are_tried_first),
    TEST(test_text__the_command_can_be_pasted),
    TEST(test_report__kinds),
    TEST(test_run__a_slot_is_filled_once),
};
const struct test_suite report_suite = SUITE("report", report_tests);
