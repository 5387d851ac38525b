/*
 * One table of options: their names, what they take, what help says of them, and the function that reads them. --run
 * and
 * --skip take every word up to the next option; all others take one word or none, also as --name=WORD.
 */
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

/* Reads one value (NULL for a switch); false when a message was printed. */
typedef bool option_reader(struct options *options, const char *value);

enum takes { NOTHING, ONE, SEVERAL };

struct option {
    const char *name;
    enum takes takes;
    const char *value; /* for help */
    const char *help;
    option_reader *read;
};

/* `before` and `after` stand around the word that is wrong. */
static bool complain(const char *before, const char *word, const char *after, const char *hint)
{
    fprintf(stderr, "cancelcheck: %s%s%s", before, word, after);
    if (hint)
        fprintf(stderr, "; did you mean '%s'?", hint);
    fputc('\n', stderr);
    return false;
}

static void words_add(struct words *words, const char *word)
{
    words->list = must_grow(words->list, words->count + 1, sizeof *words->list);
    words->list[words->count++] = word;
}

/* -- readers ---------------------------------------------------------------------------------------------------- */

static bool read_client(struct options *options, const char *value)
{
    const char *problem = NULL;
    argv_free(options->client_argv);
    options->client_argv = NULL;
    options->client = value;
    if (argv_split(value, &options->client_argv, &problem) == 0)
        return true;
    fprintf(stderr, "cancelcheck: --client has %s: %s\n", problem, value);
    return false;
}

static bool read_provider(struct options *options, const char *value)
{
    const char *names[NAMES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < check_table_count() && count < NAMES_MAX; i++)
        names[count++] = check_table_at(i)->profile.provider;
    if (!check_table_of(value))
        return complain("--provider: no checks for '", value, "'", similar_name(value, names, count));
    words_add(&options->providers, value);
    return true;
}

static bool read_level(struct options *options, const char *value)
{
    static const char *const names[] = {"must", "should", "may"};
    for (int i = 0; i < 3; i++) {
        if (strcmp(value, names[i]) != 0)
            continue;
        options->level = (enum level)i;
        return true;
    }
    return complain("--level is must, should or may, not '", value, "'", NULL);
}

static bool read_run(struct options *options, const char *value)
{
    words_add(&options->run, value);
    return true;
}

static bool read_skip(struct options *options, const char *value)
{
    words_add(&options->skip, value);
    return true;
}

static bool read_list(struct options *options, const char *value)
{
    (void)value;
    options->list = true;
    return true;
}

static bool read_format(struct options *options, const char *value)
{
    options->list_json = strcmp(value, "json") == 0;
    if (options->list_json || strcmp(value, "text") == 0)
        return true;
    return complain("--format is text or json, not '", value, "'", NULL);
}

static bool read_explain(struct options *options, const char *value)
{
    options->explain = value;
    return true;
}

static bool read_report(struct options *options, const char *value)
{
    const char *equals = strchr(value, '=');
    if (!equals || equals == value || !equals[1])
        return complain("--report wants KIND=FILE, not '", value, "'", NULL);
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
        return complain("--report: only one report can go to standard output; '", value, "' is the second", NULL);
    options->report_to_stdout = options->report_to_stdout || to_stdout;
    words_add(&options->reports, value);
    return true;
}

static bool read_jobs(struct options *options, const char *value)
{
    char *end = NULL;
    long jobs = strtol(value, &end, 10);
    if (end == value || *end || jobs < 1 || jobs > JOBS_MAX)
        return complain("-j wants a number from 1 to 64, not '", value, "'", NULL);
    options->jobs = (int)jobs;
    return true;
}

static bool read_time_scale(struct options *options, const char *value)
{
    char *end = NULL;
    double scale = strtod(value, &end);
    if (end == value || *end || !isfinite(scale) || scale < 0.1 || scale > 100)
        return complain("--time-scale wants a number from 0.1 to 100, not '", value, "'", NULL);
    options->time_scale = scale;
    return true;
}

static bool read_limit(struct options *options, const char *value)
{
    char *end = NULL;
    double limit = strtod(value, &end);
    if (end == value || *end || !isfinite(limit) || limit <= 0 || limit > LIMIT_MAX_S)
        return complain("--limit wants a number of seconds above 0, at most 1000000, not '", value, "'", NULL);
    options->limit_s = limit;
    return true;
}

static bool read_strict(struct options *options, const char *value)
{
    (void)value;
    return options->strict = true;
}

static bool read_reveal(struct options *options, const char *value)
{
    (void)value;
    return options->reveal = true;
}

static bool read_quiet(struct options *options, const char *value)
{
    (void)value;
    return options->quiet = true;
}

static bool read_no_color(struct options *options, const char *value)
{
    (void)value;
    return options->no_color = true;
}

/* -- the table -------------------------------------------------------------------------------------------------- */

/* clang-format off */
static const struct option table[] = {
    {"--client", ONE, "'COMMAND…'", "the adapter of the client under test; split into words, no shell", read_client},
    {"--provider", ONE, "P", "only this provider; may be repeated (default: all)", read_provider},
    {"--level", ONE, "LEVEL", "must, should or may: checks down to this level (default: may)", read_level},
    {"--run", SEVERAL, "GLOB…", "only checks whose address or id matches", read_run},
    {"--skip", SEVERAL, "GLOB…", "not these checks", read_skip},
    {"--list", NOTHING, NULL, "list the checks instead of running them", read_list},
    {"--format", ONE, "FORMAT", "of --list: text or json", read_format},
    {"--explain", ONE, "RULE", "say all about one rule or check", read_explain},
    {"--report", ONE, "KIND=FILE", "also write a report: json, junit; FILE - is standard output, the text goes to standard error then", read_report},
    {"-j", ONE, "N", "worker processes, each with its own mock and client (default: 2)", read_jobs},
    {"--time-scale", ONE, "X", "stretch all waiting, for slow machines (default: 1)", read_time_scale},
    {"--limit", ONE, "SECONDS", "end the whole run after so long (default: 600 times --time-scale)", read_limit},
    {"--strict", NOTHING, NULL, "warnings and gaps are failures too, and shown as such", read_strict},
    {"--reveal", NOTHING, NULL, "tell the adapter which check it is in; the report says so", read_reveal},
    {"--quiet", NOTHING, NULL, "no progress, only failures and the verdict", read_quiet},
    {"--no-color", NOTHING, NULL, "no colours, not even on a terminal", read_no_color},
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
         "       cancelcheck --explain RULE\n");
    for (size_t i = 0; i < CHECK_COUNT(table); i++) {
        char *left = must_format("%s %s", table[i].name, table[i].value ? table[i].value : "");
        /* '…' is three bytes and one column */
        int bytes = 0;
        for (const char *at = left; *at; at++)
            bytes += (*at & 0xc0) == 0x80;
        printf("  %-*s %s\n", 24 + bytes, left, table[i].help);
        free(left);
    }
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

static const struct option *find(const char *name, size_t length)
{
    for (size_t i = 0; i < CHECK_COUNT(table); i++)
        if (strlen(table[i].name) == length && memcmp(table[i].name, name, length) == 0)
            return &table[i];
    return NULL;
}

static bool unknown(const char *word)
{
    const char *names[CHECK_COUNT(table) + 2];
    size_t count = 0;
    for (; count < CHECK_COUNT(table); count++)
        names[count] = table[count].name;
    names[count++] = "--help";
    names[count++] = "--version";
    if (word[0] != '-')
        return complain("'", word, "' is no option; what is to be run is named with --run", NULL);
    return complain("unknown option '", word, "'", similar_name(word, names, count));
}

/* -- reading ---------------------------------------------------------------------------------------------------- */

/* Reads the option at argv[*at] and its words; *at becomes the last one used. */
static bool read_option(struct options *options, int argc, char **argv, int *at)
{
    const char *word = argv[*at];
    size_t length = strncmp(word, "--", 2) == 0 ? strcspn(word, "=") : strlen(word);
    const char *value = word[length] ? word + length + 1 : NULL;
    bool glued = strncmp(word, "-j", 2) == 0 && word[2] != '\0';
    const struct option *option = glued ? find("-j", 2) : find(word, length);
    if (!option)
        return unknown(word);
    if (glued)
        value = word + 2;
    if (option->takes == NOTHING)
        return value ? complain("", option->name, " takes no value", NULL) : option->read(options, NULL);
    if (!value && *at + 1 >= argc)
        return complain("", option->name, " wants a value", NULL);
    if (!value)
        value = argv[++*at];
    bool good = option->read(options, value);
    while (good && option->takes == SEVERAL && *at + 1 < argc && argv[*at + 1][0] != '-')
        good = option->read(options, argv[++*at]);
    return good;
}

static bool read_all(struct options *options, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (!read_option(options, argc, argv, &i))
            return false;
    if (options->limit_s == 0)
        options->limit_s = LIMIT_DEFAULT_S * options->time_scale;
    if (options->client || options->list || options->explain)
        return true;
    return complain("nothing to do: --client names the adapter, --list the checks, ", "--help", " all options", NULL);
}

static bool asks_for(int argc, char **argv, const char *name)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], name) == 0)
            return true;
    return false;
}

enum options_answer options_read(struct options *options, int argc, char **argv)
{
    *options = (struct options){.program = argv[0], .level = LEVEL_MAY, .jobs = 2, .time_scale = 1.0};
    if (asks_for(argc, argv, "--help") || asks_for(argc, argv, "-h")) {
        print_help();
        return OPTIONS_DONE;
    }
    if (asks_for(argc, argv, "--version")) {
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
