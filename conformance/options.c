/* The options of a run over checks, in one table (see support/flags.h). */
#include "options.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapter/argv.h"
#include "cases/registry.h"
#include "report/report.h"
#include "support/memory.h"
#include "support/nearest.h"
#include "support/string.h"

#define NAMES_MAX       32
#define JOBS_MAX        64

#define LIMIT_DEFAULT_S 600.0 /* times --time-scale */
#define LIMIT_MAX_S     1e6

/* -- readers ---------------------------------------------------------------------------------------------------- */

static bool read_client(void *into, const char *value)
{
    struct options *options = into;
    const char *problem = NULL;
    argv_free(options->client_argv);
    options->client_argv = NULL;
    options->client = value;
    if (argv_split(value, &options->client_argv, &problem) == 0)
        return true;
    fprintf(stderr, "cancelcheck: --client has %s: %s\n", problem, value);
    return false;
}

static bool read_provider(void *into, const char *value)
{
    struct options *options = into;
    const char *names[NAMES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < check_table_count() && count < NAMES_MAX; i++)
        names[count++] = check_table_at(i)->profile.provider;
    if (!check_table_of(value))
        return flags_complain("--provider: no checks for '", value, "'", similar_name(value, names, count));
    words_add(&options->providers, value);
    return true;
}

static bool read_level(void *into, const char *value)
{
    struct options *options = into;
    static const char *const names[] = {"must", "should", "may"};
    for (int i = 0; i < 3; i++) {
        if (strcmp(value, names[i]) != 0)
            continue;
        options->level = (enum level)i;
        return true;
    }
    return flags_complain("--level is must, should or may, not '", value, "'", NULL);
}

static bool read_run(void *into, const char *value)
{
    struct options *options = into;
    words_add(&options->run, value);
    return true;
}

static bool read_skip(void *into, const char *value)
{
    struct options *options = into;
    words_add(&options->skip, value);
    return true;
}

static bool read_list(void *into, const char *value)
{
    struct options *options = into;
    (void)value;
    options->list = true;
    return true;
}

static bool read_format(void *into, const char *value)
{
    struct options *options = into;
    options->list_json = strcmp(value, "json") == 0;
    if (options->list_json || strcmp(value, "text") == 0)
        return true;
    return flags_complain("--format is text or json, not '", value, "'", NULL);
}

static bool read_explain(void *into, const char *value)
{
    struct options *options = into;
    options->explain = value;
    return true;
}

static bool read_report(void *into, const char *value)
{
    struct options *options = into;
    const char *equals = strchr(value, '=');
    if (!equals || equals == value || !equals[1])
        return flags_complain("--report wants KIND=FILE, not '", value, "'", NULL);
    char *kind = must_copy_bytes(value, (size_t)(equals - value));
    bool known = report_kind_of(kind) != NULL;
    if (!known) {
        char *kinds = report_kind_names();
        fprintf(stderr, "cancelcheck: --report: no kind '%s'; there are %s\n", kind, kinds);
        free(kinds);
    }
    free(kind);
    if (!known)
        return false;
    bool to_stdout = strcmp(equals + 1, "-") == 0;
    if (to_stdout && options->report_to_stdout)
        return flags_complain("--report: only one report can go to standard output; '", value, "' is the second", NULL);
    options->report_to_stdout = options->report_to_stdout || to_stdout;
    words_add(&options->reports, value);
    return true;
}

static bool read_jobs(void *into, const char *value)
{
    struct options *options = into;
    char *end = NULL;
    long jobs = strtol(value, &end, 10);
    if (end == value || *end || jobs < 1 || jobs > JOBS_MAX)
        return flags_complain("-j wants a number from 1 to 64, not '", value, "'", NULL);
    options->jobs = (int)jobs;
    return true;
}

static bool read_time_scale(void *into, const char *value)
{
    struct options *options = into;
    char *end = NULL;
    double scale = strtod(value, &end);
    if (end == value || *end || !isfinite(scale) || scale < 0.1 || scale > 100)
        return flags_complain("--time-scale wants a number from 0.1 to 100, not '", value, "'", NULL);
    options->time_scale = scale;
    return true;
}

static bool read_limit(void *into, const char *value)
{
    struct options *options = into;
    char *end = NULL;
    double limit = strtod(value, &end);
    if (end == value || *end || !isfinite(limit) || limit <= 0 || limit > LIMIT_MAX_S)
        return flags_complain("--limit wants a number of seconds above 0, at most 1000000, not '", value, "'", NULL);
    options->limit_s = limit;
    return true;
}

static bool read_journal_file(void *into, const char *value)
{
    struct options *options = into;
    options->journal_file = value;
    return true;
}

static bool read_strict(void *into, const char *value)
{
    struct options *options = into;
    (void)value;
    return options->strict = true;
}

static bool read_reveal(void *into, const char *value)
{
    struct options *options = into;
    (void)value;
    return options->reveal = true;
}

static bool read_quiet(void *into, const char *value)
{
    struct options *options = into;
    (void)value;
    return options->quiet = true;
}

static bool read_no_color(void *into, const char *value)
{
    struct options *options = into;
    (void)value;
    return options->no_color = true;
}

/* -- the table -------------------------------------------------------------------------------------------------- */

/* clang-format off */
static const struct flag table[] = {
    {"--client", FLAG_ONE, "'COMMAND…'", "the adapter of the client under test; split into words, no shell", read_client},
    {"--provider", FLAG_ONE, "P", "only this provider; may be repeated (default: all)", read_provider},
    {"--level", FLAG_ONE, "LEVEL", "must, should or may: checks down to this level (default: may)", read_level},
    {"--run", FLAG_SEVERAL, "GLOB…", "only checks whose address or id matches", read_run},
    {"--skip", FLAG_SEVERAL, "GLOB…", "not these checks", read_skip},
    {"--list", FLAG_SWITCH, NULL, "list the checks instead of running them", read_list},
    {"--format", FLAG_ONE, "FORMAT", "of --list: text or json", read_format},
    {"--explain", FLAG_ONE, "RULE", "say all about one rule or check", read_explain},
    {"--report", FLAG_ONE, "KIND=FILE", "also write a report: json, junit; FILE - is standard output, the text goes to standard error then", read_report},
    {"--journal-file", FLAG_ONE, "FILE", "append every request that the mocks get to this file, one line of JSON each", read_journal_file},
    {"-j", FLAG_ONE, "N", "worker processes, each with its own mock and client (default: 2)", read_jobs},
    {"--time-scale", FLAG_ONE, "X", "stretch all waiting, for slow machines (default: 1)", read_time_scale},
    {"--limit", FLAG_ONE, "SECONDS", "end the whole run after so long (default: 600 times --time-scale)", read_limit},
    {"--strict", FLAG_SWITCH, NULL, "warnings and gaps are failures too, and shown as such", read_strict},
    {"--reveal", FLAG_SWITCH, NULL, "tell the adapter which check it is in; the report says so", read_reveal},
    {"--quiet", FLAG_SWITCH, NULL, "no progress, only failures and the verdict", read_quiet},
    {"--no-color", FLAG_SWITCH, NULL, "no colours, not even on a terminal", read_no_color},
};
/* clang-format on */

static void print_help(void)
{
    puts("cancelcheck - is this client right? A conformance suite for 'cancel order' clients.\n"
         "\n"
         "It starts mock servers of the vendors' APIs, drives your client through a small\n"
         "adapter, and judges what the client sent and what it reported. The adapter is any\n"
         "program that reads one JSON command a line and answers each with one JSON line.\n"
         "\n"
         "Usage: cancelcheck --client 'COMMAND…' [options]\n"
         "       cancelcheck --list [--format json]\n"
         "       cancelcheck --explain RULE\n"
         "       cancelcheck provider [options]      the other side: hold a server against its own\n"
         "                                           documents; cancelcheck provider --help\n");
    flags_help(table, CHECK_COUNT(table));
    puts("  --help                   this text\n"
         "  --version                the version\n"
         "\n"
         "Examples\n"
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
         "Exit status: 0 as expected (gaps may remain and are named); 1 not conformant, whatever\n"
         "else went wrong; 2 usage; 3 nothing failed, but the run says too little: the adapter or\n"
         "the machine failed, nothing ran or was answered, or a signal or --limit cut it short.");
}

static bool read_all(struct options *options, int argc, char **argv)
{
    if (!flags_read(table, CHECK_COUNT(table), options, argc - 1, argv + 1))
        return false;
    if (options->limit_s == 0)
        options->limit_s = LIMIT_DEFAULT_S * options->time_scale;
    if (options->client || options->list || options->explain)
        return true;
    return flags_complain("nothing to do: --client names the adapter, --list the checks, ", "--help", " all options",
                          NULL);
}

enum options_answer options_read(struct options *options, int argc, char **argv)
{
    *options = (struct options){.program = argv[0], .level = LEVEL_MAY, .jobs = 2, .time_scale = 1.0};
    if (flags_ask_for(argc, argv, "--help") || flags_ask_for(argc, argv, "-h")) {
        print_help();
        return OPTIONS_DONE;
    }
    if (flags_ask_for(argc, argv, "--version")) {
        puts("cancelcheck " PROJECT_VERSION);
        return OPTIONS_DONE;
    }
    if (read_all(options, argc, argv))
        return OPTIONS_GO;
    options_release(options);
    return OPTIONS_WRONG;
}

void options_release(struct options *options)
{
    argv_free(options->client_argv);
    free(options->providers.list);
    free(options->run.list);
    free(options->skip.list);
    free(options->reports.list);
    *options = (struct options){0};
}
