/* The options of a run over checks, in one table (see base/options.h). */
#include "command_line.h"

#include <stdio.h>
#include <string.h>

#include "adapter/argv.h"
#include "cases/registry.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/nearest.h"
#include "mock_server/base/report_files.h"
#include "mock_server/base/text.h"

#define JOBS_MAX        64
#define TIME_SCALE_MIN  0.1
#define TIME_SCALE_MAX  100
#define LIMIT_DEFAULT_S 600.0 /* times --time-scale */
#define LIMIT_MAX_S     1000000

/* ── Looking closer ────────────────────────────────────────────────────────────────────────────────────────────── */

static bool check_client(void *into, const char *value, struct text *problem)
{
    struct settings *settings = into;
    const char *wrong = NULL;
    argv_free(settings->client_argv);
    settings->client_argv = NULL;
    if (argv_split(value, &settings->client_argv, &wrong) == 0)
        return true;
    text_print(problem, "has %s", wrong);
    return false;
}

static bool check_provider(void *into, const char *value, struct text *problem)
{
    (void)into;
    struct nearest nearest;
    nearest_begin(&nearest, value);
    for (const struct check_table *const *table = check_tables(); *table != NULL; table++) {
        if (strcmp((*table)->profile.provider, value) == 0)
            return true;
        nearest_try(&nearest, (*table)->profile.provider);
    }
    text_print(problem, "takes a provider that has checks, not \"%s\"", value);
    if (nearest.name != NULL)
        text_print(problem, "; did you mean \"%s\"?", nearest.name);
    return false;
}

static bool check_level(void *into, const char *value, struct text *problem)
{
    struct settings *settings = into;
    static const char *const names[] = {"must", "should", "may"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (strcmp(value, names[i]) != 0)
            continue;
        settings->level = (enum level)i;
        return true;
    }
    text_print(problem, "takes must, should or may, not \"%s\"", value);
    return false;
}

static bool check_format(void *into, const char *value, struct text *problem)
{
    struct settings *settings = into;
    settings->list_json = strcmp(value, "json") == 0;
    if (settings->list_json || strcmp(value, "text") == 0)
        return true;
    text_print(problem, "takes text or json, not \"%s\"", value);
    return false;
}

static bool check_report(void *into, const char *value, struct text *problem)
{
    const struct settings *settings = into;
    return report_request_check(value, &settings->reports, problem);
}

static bool check_time_scale(void *into, const char *value, struct text *problem)
{
    const struct settings *settings = into;
    if (settings->time_scale >= TIME_SCALE_MIN)
        return true;
    text_print(problem, "takes a number from 0.1 to 100, not \"%s\"", value);
    return false;
}

static bool check_limit(void *into, const char *value, struct text *problem)
{
    const struct settings *settings = into;
    if (settings->limit_s > 0)
        return true;
    text_print(problem, "takes a number of seconds above 0, at most %d, not \"%s\"", LIMIT_MAX_S, value);
    return false;
}

/* ── The table ─────────────────────────────────────────────────────────────────────────────────────────────────── */

#define AT(member) OPTION_AT(struct settings, member)

/* clang-format off */
static const struct option rows[] = {
    {"--client", 0, "'COMMAND…'", OPTION_TEXT, AT(client), .check = check_client,
     .help = "the adapter of the client under test; split into words, no shell"},
    {"--provider", 0, "P", OPTION_LIST, AT(providers), .check = check_provider, .member = "providers",
     .help = "only this provider; may be repeated (default: all)"},
    {"--level", 0, "LEVEL", OPTION_TEXT, AT(level_name), .check = check_level,
     .help = "must, should or may: checks down to this level (default: may)"},
    {"--run", 0, "GLOB…", OPTION_SEVERAL, AT(run), .help = "only checks whose address or id matches"},
    {"--skip", 0, "GLOB…", OPTION_SEVERAL, AT(skip), .help = "not these checks"},
    {"--list", 0, NULL, OPTION_SWITCH, AT(list),
     .help = "list the checks instead of running them"},
    {"--format", 0, "FORMAT", OPTION_TEXT, AT(format), .check = check_format, .help = "of --list: text or json"},
    {"--explain", 0, "RULE", OPTION_TEXT, AT(explain),
     .help = "say all about one rule or check"},
    {"--report", 0, "KIND=FILE", OPTION_LIST, AT(reports), .check = check_report, .member = "reports",
     .help = "also write a report: json, junit; may be repeated; FILE - is standard output, the text goes to standard "
             "error then"},
    {"--journal-file", 0, "FILE", OPTION_TEXT, AT(journal_file), .is_path = true,
     .help = "append every request that the mocks get to this file, one line of JSON each"},
    {"--jobs", 'j', "N", OPTION_INTEGER, AT(jobs), .least = 1, .most = JOBS_MAX,
     .help = "worker processes, each with its own mock and client (default: 2)"},
    {"--time-scale", 0, "X", OPTION_DECIMAL, AT(time_scale), .least = 0, .most = TIME_SCALE_MAX,
     .check = check_time_scale, .help = "stretch all waiting, for slow machines (default: 1)"},
    {"--limit", 0, "SECONDS", OPTION_DECIMAL, AT(limit_s), .least = 0, .most = LIMIT_MAX_S, .check = check_limit,
     .help = "end the whole run after so long (default: 600 times --time-scale)"},
    {"--strict", 0, NULL, OPTION_SWITCH, AT(strict), .help = "warnings and gaps are failures too, and shown as such"},
    {"--reveal", 0, NULL, OPTION_SWITCH, AT(reveal),
     .help = "tell the adapter which check it is in; the report says so"},
    {"--quiet", 0, NULL, OPTION_SWITCH, AT(quiet), .help = "no progress, only failures and the verdict"},
    {"--no-color", 0, NULL, OPTION_SWITCH, AT(no_color), .help = "no colours, not even on a terminal"},
};
/* clang-format on */

static const char before[] = "cancelcheck - is this client right? A conformance suite for 'cancel order'\n"
                             "clients.\n"
                             "\n"
                             "It starts mock servers of the vendors' APIs, drives your client through a small\n"
                             "adapter, and judges what the client sent and what it reported. The adapter is\n"
                             "any program that reads one JSON command a line and answers each with one line\n"
                             "of JSON.\n"
                             "\n"
                             "Usage: cancelcheck --client 'COMMAND…' [options]\n"
                             "       cancelcheck --list [--format json]\n"
                             "       cancelcheck --explain RULE\n"
                             "       cancelcheck server [options]     the other side: hold a server against\n"
                             "                                        its own documents; see\n"
                             "                                        cancelcheck server --help\n";

static const char after[] = "Examples\n"
                            "  cancelcheck --client 'build/cancelorder adapter'\n"
                            "      everything, of all providers that the client offers\n"
                            "  cancelcheck --client 'python3 my/adapter.py' --provider dukkango --level must\n"
                            "      what one vendor's documents demand\n"
                            "  cancelcheck --client ./adapter --run 'dukkango/DUK-REQ-*' --skip '*/slash'\n"
                            "      some of it; quote globs, or the shell will expand them\n"
                            "  cancelcheck --client ./adapter --report junit=junit.xml --report json=run.json\n"
                            "      for CI\n"
                            "  cancelcheck --explain DUK-ERR-2\n"
                            "      what a rule wants, and where the vendor says so\n"
                            "\n"
                            "Exit status: 0 as expected (gaps may remain and are named); 1 not conformant,\n"
                            "whatever else went wrong; 2 usage; 3 nothing failed, but the run says too\n"
                            "little: the adapter or the machine failed, nothing ran or was answered, or a\n"
                            "signal or --limit cut it short.";

static const struct option_table table = {
    .program = "cancelcheck",
    .environment = "CANCELCHECK_",
    .has_config = true,
    .before = before,
    .after = after,
    .rows = rows,
    .count = COUNT_OF(rows),
};

/* ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What no single option can tell. */
static bool fits_together(struct settings *settings, const struct words *words)
{
    if (settings->limit_s <= 0)
        settings->limit_s = LIMIT_DEFAULT_S * settings->time_scale;
    if (words->count > 0)
        fprintf(stderr, "cancelcheck: \"%s\" is no option; what is to be run is named with --run\n", words->list[0]);
    else if (settings->client == NULL && !settings->list && settings->explain == NULL)
        fputs("cancelcheck: nothing to do: --client names the adapter, --list the checks, --help all options\n",
              stderr);
    else
        return true;
    return false;
}

enum options_answer command_line_read(struct settings *settings, int argc, char **argv)
{
    struct words words;
    *settings = (struct settings){.program = argv[0], .level = LEVEL_MAY, .jobs = 2, .time_scale = 1.0};
    enum options_answer answer = options_read(&table, settings, argc, argv, &words, &settings->values, stdout, stderr);
    if (answer == OPTIONS_GO && !fits_together(settings, &words))
        return OPTIONS_WRONG;
    return answer;
}

void command_line_release(struct settings *settings)
{
    argv_free(settings->client_argv);
    options_release(settings->values);
    *settings = (struct settings){0};
}
