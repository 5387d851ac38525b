/* options → the plan's file → the server's verdict → what is printed, reports, exit status. */
#include "command/verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_file.h"
#include "base/json_path.h"
#include "base/memory.h"
#include "base/options.h"
#include "base/outputs.h"
#include "base/report_files.h"
#include "command/remote.h"
#include "command/verdict_report.h"

#define PROGRAM "cancelmock verify"

enum { EXIT_PASSED, EXIT_FAILED, EXIT_USAGE, EXIT_UNKNOWN };

struct verify_settings {
    const char *plan;
    double timeout_s;
    struct words reports;
    struct remote remote;
};

#define MS_PER_S      1000
#define TIMEOUT_MIN_S 0.01
#define TIMEOUT_MAX_S 600

/* ── The table ─────────────────────────────────────────────────────────────────────────────────────────────────── */

#define AT(name) OPTION_AT(struct verify_settings, name)

static bool check_server(void *into, const char *value, struct text *problem)
{
    (void)into;
    return remote_check_address(value, problem);
}

static bool check_report(void *into, const char *value, struct text *problem)
{
    const struct verify_settings *settings = into;
    return report_request_check(value, &settings->reports, problem);
}

static bool check_timeout(void *into, const char *value, struct text *problem)
{
    const struct verify_settings *settings = into;
    if (settings->timeout_s >= TIMEOUT_MIN_S)
        return true;
    text_print(problem, "takes a number of seconds from 0.01 to %d, not \"%s\"", TIMEOUT_MAX_S, value);
    return false;
}

static const struct option rows[] = {
    {"--server", 's', "URL", OPTION_TEXT, AT(remote.server), .check = check_server,
     .help = "the running cancelmock, as its ready line has it"},
    {"--session", 0, "NAME", OPTION_TEXT, AT(remote.session), .help = "whose journal is asked (default)"},
    {"--token-file", 0, "FILE", OPTION_TEXT, AT(remote.token_file),
     .help = "the token of its control API is the first line of this file"},
    {"--report", 0, "KIND=FILE", OPTION_LIST, AT(reports), .check = check_report, .member = "reports",
     .help = "also write a report: json, junit; may be repeated; FILE - is standard output, the text goes to standard "
             "error then"},
    {"--timeout", 't', "SECONDS", OPTION_DECIMAL, AT(timeout_s), .least = 0, .most = TIMEOUT_MAX_S,
     .check = check_timeout, .help = "for the server's answer (10)"},
};

static const char before[] = "cancelmock verify - has a client done what a test expects?\n"
                             "\n"
                             "Usage: cancelmock verify PLAN.json --server URL [OPTION…]\n"
                             "\n"
                             "PLAN.json says what the journal of the server must show; - is standard input.\n"
                             "\n"
                             "  {\"expect\": [\n"
                             "    {\"name\": \"one cancel\",\n"
                             "     \"match\": {\"operation\": \"cancel\", \"order\": \"4711\"}, \"exactly\": 1},\n"
                             "    {\"match\": {\"status\": \"5xx\"}, \"at_most\": 3},\n"
                             "    {\"match\": {\"operation\": \"cancel\", \"status\": 404}, \"never\": true},\n"
                             "    {\"in_order\": [{\"operation\": \"login\"}, {\"operation\": \"cancel\"}]},\n"
                             "    {\"nothing_unmatched\": true},\n"
                             "    {\"every_fault_fired\": true}]}\n"
                             "\n"
                             "Counts are exactly, at_least, at_most (these two also together) and never. A\n"
                             "match has provider, operation, order, status, method, path, state_before,\n"
                             "state_after, fault and phase, each where it matters. A verdict is unknown where\n"
                             "the journal has forgotten requests that could change it.\n";

static const char after[] = "Examples\n"
                            "  cancelmock verify plan.json --server http://127.0.0.1:8080\n"
                            "  cancelmock verify plan.json --server $URL --session ci-4711 \\\n"
                            "      --report junit=verify.xml\n"
                            "\n"
                            "Exit: 0 passed, 1 failed, 2 usage, or a plan that is wrong (the message names\n"
                            "the place), or a report that cannot be written, 3 unknown, or the server does\n"
                            "not answer.\n";

static const struct option_table table = {
    .program = PROGRAM,
    .environment = "CANCELMOCK_VERIFY_",
    .before = before,
    .after = after,
    .rows = rows,
    .count = COUNT_OF(rows),
};

/* ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static int complain(const char *before_word, const char *word, const char *after_word)
{
    fprintf(stderr, PROGRAM ": %s%s%s\n", before_word, word, after_word);
    return EXIT_USAGE;
}

/* 0, or EXIT_USAGE after a message. */
static int read_words(struct verify_settings *settings, const struct words *words)
{
    if (words->count == 0)
        return complain("which plan? ", "", "cancelmock verify PLAN.json --server URL");
    if (words->count > 1)
        return complain("\"", words->list[1], "\" is one argument too many");
    if (settings->remote.server == NULL)
        return complain("which server? ", "", "Give --server http://127.0.0.1:8080, or what the ready line says");
    settings->plan = words->list[0];
    settings->remote.limit_ms = (int)(settings->timeout_s * MS_PER_S);
    return report_files_check(PROGRAM, &settings->reports) < 0 ? EXIT_USAGE : 0;
}

static void read_standard_input(struct json_file *file, struct text *problems)
{
    struct text bytes = TEXT_INIT(JSON_FILE_BYTES_MAX);
    char chunk[16384];
    size_t got = 0;
    while (!bytes.overflowed && (got = fread(chunk, 1, sizeof chunk, stdin)) > 0)
        text_add_bytes(&bytes, chunk, got);
    size_t length = bytes.length;
    json_file_take(file, "standard input", length == 0 ? mem_dup("") : text_take(&bytes), length, problems);
    text_release(&bytes);
}

/* Its lines are mistakes of the plan, each with its place. */
static int tell_mistakes(const struct text *problems)
{
    const char *line = text_cstr(problems);
    for (size_t length; *line != '\0'; line += length + (line[length] == '\n')) {
        length = strcspn(line, "\n");
        fprintf(stderr, PROGRAM ": %.*s\n", (int)length, line);
    }
    return EXIT_USAGE;
}

/* ── The verdict ───────────────────────────────────────────────────────────────────────────────────────────────── */

/* What the server says of the plan, with its place in the file. */
static int refuse(struct json_file *plan, const struct remote_answer *answer)
{
    const char *place = json_string(answer->json, "path"), *error = json_string(answer->json, "error");
    const cJSON *node = place == NULL ? NULL : json_at(plan->tree, place);
    if (node == NULL)
        return complain("", error, "");
    json_file_complain(plan, node, "%s", error);
    return tell_mistakes(plan->problems);
}

static int status_of(const cJSON *answer)
{
    const char *verdict = json_string_or(answer, "verdict", "");
    if (strcmp(verdict, "passed") == 0)
        return EXIT_PASSED;
    return strcmp(verdict, "failed") == 0 ? EXIT_FAILED : EXIT_UNKNOWN;
}

/* A report that was asked for and is not there is no success. */
static int report_verdict(const struct verify_settings *settings, const struct verdict_report *report)
{
    int status = status_of(report->answer);
    FILE *to = report_files_use_stdout(&settings->reports) ? stderr : stdout;
    if (report->answer != NULL)
        verdict_report_print(report, to);
    else
        (void)complain("", report->problem, "");
    bool written = report_files_write(PROGRAM, &settings->reports, verdict_report_writers, report) == 0;
    written = outputs_flush(PROGRAM, "the verdict") && written;
    return status == EXIT_PASSED && !written ? EXIT_USAGE : status;
}

/* The server understood and refused; else it is no cancelmock, or one in trouble. */
static bool is_refusal(const struct remote_answer *answer)
{
    return answer->status >= 400 && answer->status < 500 && json_string(answer->json, "error") != NULL;
}

static int ask(const struct verify_settings *settings, struct json_file *plan)
{
    struct remote_answer answer;
    char *json = json_write(plan->tree), *strange = NULL;
    remote_ask(&settings->remote, "POST", "/verify", json, &answer);
    struct verdict_report report = {.plan = plan->path, .server = settings->remote.server};
    int status = EXIT_USAGE;
    if (answer.problem == NULL && (answer.status != 200 || json_string(answer.json, "verdict") == NULL))
        report.problem = strange =
            mem_print("%s answers %d, and not as a cancelmock does", settings->remote.server, answer.status);
    else if (answer.problem != NULL)
        report.problem = answer.problem;
    else
        report.answer = answer.json;
    if (answer.is_usage)
        (void)complain("", answer.problem, "");
    else
        status = is_refusal(&answer) ? refuse(plan, &answer) : report_verdict(settings, &report);
    free(json);
    free(strange);
    remote_answer_release(&answer);
    return status;
}

static int run(const struct verify_settings *settings)
{
    struct text problems = TEXT_INIT(65536);
    struct json_file plan;
    if (strcmp(settings->plan, "-") == 0)
        read_standard_input(&plan, &problems);
    else
        json_file_open(&plan, settings->plan, &problems);
    int status = plan.tree == NULL ? tell_mistakes(&problems) : ask(settings, &plan);
    json_file_release(&plan);
    text_release(&problems);
    return status;
}

int command_verify(int argc, char **argv)
{
    struct verify_settings settings = {.timeout_s = 10};
    struct option_values *values = NULL;
    struct words words;
    enum options_answer read = options_read(&table, &settings, argc, argv, &words, &values, stdout, stderr);
    int status = read == OPTIONS_DONE ? EXIT_PASSED : EXIT_USAGE;
    if (read == OPTIONS_GO && (status = read_words(&settings, &words)) == 0)
        status = run(&settings);
    options_release(values);
    return status;
}
