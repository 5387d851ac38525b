#include "options.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/nearest.h"
#include "base/number.h"
#include "base/shape.h"
#include "config.h"

/* ── What each option does ─────────────────────────────────────────────────────────────────────────────────────── */

typedef const char *set_option(struct options *options, const char *value); /* NULL, or what is wrong with the value */

static const char *set_listen(struct options *o, const char *value)
{
    o->server.listen = value;
    return NULL;
}

static const char *set_config(struct options *o, const char *value)
{
    o->config_file = value;
    return NULL;
}

static const char *set_fixtures(struct options *o, const char *value)
{
    o->server.fixtures = value;
    return NULL;
}

static const char *add_provider(struct options *o, const char *value)
{
    if (o->providers_are_from_file)
        o->server.provider_count = 0;
    o->providers_are_from_file = false;
    if (o->server.provider_count == LIST_OPTIONS_MAX)
        return "is given too often";
    o->providers[o->server.provider_count++] = value;
    return NULL;
}

static const char *add_knob(struct options *o, const char *value)
{
    if (o->server.knob_count == LIST_OPTIONS_MAX)
        return "is given too often";
    o->knobs[o->server.knob_count++] = value;
    return NULL;
}

static const char *set_freeze_time(struct options *o, const char *value)
{
    o->server.freeze_time = value;
    return NULL;
}

static const char *set_seed(struct options *o, const char *value)
{
    int64_t seed = 0;
    if (!number_read(value, 0, INT64_MAX, &seed))
        return "takes a whole number, 0 or more";
    o->server.seed = (uint64_t)seed;
    return NULL;
}

static const char *set_journal_size(struct options *o, const char *value)
{
    int64_t size = 0;
    if (!number_read(value, 1, 10000000, &size))
        return "takes a number from 1 to 10000000";
    o->server.journal_size = (size_t)size;
    return NULL;
}

static const char *set_journal_file(struct options *o, const char *value)
{
    o->server.journal_file = value;
    return NULL;
}

static const char *set_ready_file(struct options *o, const char *value)
{
    o->ready_file = value;
    return NULL;
}

static const char *set_explain(struct options *o, const char *value)
{
    (void)value;
    o->server.explain = true;
    return NULL;
}

static const char *set_quiet(struct options *o, const char *value)
{
    (void)value;
    o->quiet = true;
    return NULL;
}

static const char *set_help(struct options *o, const char *value)
{
    (void)value;
    o->command = COMMAND_HELP;
    return NULL;
}

static const char *set_version(struct options *o, const char *value)
{
    (void)value;
    o->command = COMMAND_VERSION;
    return NULL;
}

static const struct option_row {
    const char *name;
    const char *value; /* what it takes, for people; NULL for a switch */
    set_option *set;
    const char *help;
} rows[] = {
    {"--listen", "HOST:PORT", set_listen, "where to listen (127.0.0.1:8080); port 0 lets the system choose"},
    {"--config", "FILE", set_config,
     "read options from this JSON file; its paths are relative to it, and arguments win"},
    {"--fixtures", "DIR", set_fixtures, "replace the built-in fixtures by this folder"},
    {"--provider", "NAME", add_provider, "serve only this provider; may be repeated"},
    {"--knob", "PROVIDER.NAME=VALUE", add_knob, "choose among what the documents leave open; may be repeated"},
    {"--freeze-time", "TIME", set_freeze_time, "let the clock stand at this instant, e.g. 2026-11-01T09:00:00Z"},
    {"--seed", "N", set_seed, "draw ids from this number (0), so that two runs draw the same"},
    {"--journal-size", "N", set_journal_size, "keep the last N requests (10000)"},
    {"--journal-file", "FILE", set_journal_file,
     "append every request and its answer to this file, one line of JSON each"},
    {"--ready-file", "FILE", set_ready_file, "write the ready line to this file too, in one step"},
    {"--explain", NULL, set_explain, "add the header X-Mock-Reason to answers of 300 and above"},
    {"--quiet", NULL, set_quiet, "no banner on standard error"},
    {"--help", NULL, set_help, "show this text"},
    {"--version", NULL, set_version, "show the version"},
};

static const struct command_row {
    const char *name;
    enum command command;
    const char *argument;
    const char *help;
} commands[] = {
    {"serve", COMMAND_SERVE, NULL, "serve the five APIs until SIGTERM or SIGINT (this is the default)"},
    {"check", COMMAND_CHECK, "DIR",
     "only check a fixtures folder; exit 0 when it is good, 2 with every mistake when not"},
    {"routes", COMMAND_ROUTES, NULL, "list every route and every knob"},
};

/* ── Help ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

void options_help(void)
{
    puts("cancelmock - a mock of five vendors' order-cancellation APIs, for tests without a network\n\n"
         "Usage: cancelmock [COMMAND] [OPTION…]\n\nCommands:");
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        printf("  %-8s %-20s %s\n", commands[i].name, commands[i].argument == NULL ? "" : commands[i].argument,
               commands[i].help);
    puts("\nOptions:");
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        printf("  %-15s %-20s %s\n", rows[i].name, rows[i].value == NULL ? "" : rows[i].value, rows[i].help);
    puts("\nWhen it can answer, and not before, one line of JSON goes to standard output:\n"
         "  "
         "{\"ready\":true,\"http\":\"http://127.0.0.1:8080\",\"https\":null,\"control\":\"http://127.0.0.1:8080/"
         "_mock\",\"pid\":4711}\n"
         "\nExample: a server of your test's own, and a cancel of the first vendor's sample order\n"
         "  cancelmock --listen 127.0.0.1:0 --freeze-time 2026-11-01T09:00:00Z\n"
         "  curl -X PUT http://127.0.0.1:PORT/api/integrations/orders/cancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e \\\n"
         "       -H 'Access-Token: your-access-token' -H 'Content-Type: application/json' -d '{\"reason_id\": 3}'\n"
         "  curl http://127.0.0.1:PORT/_mock/requests        # what was received, what was answered, and why\n"
         "\nExit: 0 stopped as asked, 1 failure at run time (a port in use), 2 usage or fixtures (the message names "
         "the place).");
}

/* ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static int complain_unknown(const char *argument, size_t length)
{
    const char *names[COUNT_OF(rows) + 1] = {0};
    char word[64];
    snprintf(word, sizeof word, "%.*s", (int)(length > 60 ? 60 : length), argument);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        names[i] = rows[i].name;
    const char *near = nearest_name(word, names);
    if (near != NULL)
        fprintf(stderr, "cancelmock: unknown option %s; did you mean %s?\n", word, near);
    else
        fprintf(stderr, "cancelmock: unknown option %s; cancelmock --help lists the options\n", word);
    return -1;
}

/* One option at argv[*at]; moves *at over its value. */
static int read_option(char **argv, int argc, int *at, struct options *out)
{
    const char *argument = argv[*at];
    size_t length = strcspn(argument, "=");
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (strncmp(rows[i].name, argument, length) != 0 || rows[i].name[length] != '\0')
            continue;
        const char *value = argument[length] == '=' ? argument + length + 1 : NULL;
        if (rows[i].value == NULL && value != NULL) {
            fprintf(stderr, "cancelmock: %s takes no value\n", rows[i].name);
            return -1;
        }
        if (rows[i].value != NULL && value == NULL && *at + 1 < argc)
            value = argv[++*at];
        if (rows[i].value != NULL && value == NULL) {
            fprintf(stderr, "cancelmock: %s needs a value: %s %s\n", rows[i].name, rows[i].name, rows[i].value);
            return -1;
        }
        const char *wrong = rows[i].set(out, value);
        if (wrong != NULL)
            fprintf(stderr, "cancelmock: %s %s\n", rows[i].name, wrong);
        return wrong == NULL ? 0 : -1;
    }
    return complain_unknown(argument, length);
}

static int read_command(const char *word, struct options *out)
{
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        if (strcmp(commands[i].name, word) == 0) {
            out->command = commands[i].command;
            return 0;
        }
    fprintf(stderr, "cancelmock: \"%s\" is no command; there are serve, check and routes\n", word);
    return -1;
}

/* The arguments over what `out` has. */
static int read_arguments(int argc, char **argv, struct options *out)
{
    bool command_read = false;
    for (int at = 1; at < argc; at++) {
        if (argv[at][0] == '-') {
            if (read_option(argv, argc, &at, out) < 0)
                return -1;
        } else if (!command_read) {
            command_read = true;
            if (read_command(argv[at], out) < 0)
                return -1;
        } else if (out->command == COMMAND_CHECK && out->check_folder == NULL) {
            out->check_folder = argv[at];
        } else {
            fprintf(stderr, "cancelmock: \"%s\" is one argument too many\n", argv[at]);
            return -1;
        }
    }
    if (out->command == COMMAND_CHECK && out->check_folder == NULL) {
        fputs("cancelmock: check needs a folder: cancelmock check DIR\n", stderr);
        return -1;
    }
    return 0;
}

static void begin(struct options *out)
{
    *out = (struct options){.command = COMMAND_SERVE};
    out->server.providers = out->providers;
    out->server.knobs = out->knobs;
}

/* Again from the start, with the file's values below the arguments. */
static int read_again(int argc, char **argv, struct options *out)
{
    struct text problems = TEXT_INIT(65536);
    const char *file = out->config_file;
    begin(out);
    int result = config_read(file, out, &out->config, &problems);
    if (result < 0)
        fprintf(stderr, "cancelmock: %s", text_cstr(&problems));
    text_release(&problems);
    if (result < 0)
        return -1;
    size_t from_file = out->server.knob_count;
    out->providers_are_from_file = out->server.provider_count > 0;
    if (read_arguments(argc, argv, out) < 0)
        return -1;
    problems = TEXT_INIT(65536);
    result = config_check_knobs(out->config, from_file, &problems);
    if (problems.length > 0)
        fprintf(stderr, "cancelmock: %s", text_cstr(&problems));
    text_release(&problems);
    return result;
}

int options_read(int argc, char **argv, struct options *out)
{
    begin(out);
    if (read_arguments(argc, argv, out) < 0)
        return -1;
    bool wants_file = out->command == COMMAND_SERVE || out->command == COMMAND_ROUTES;
    return out->config_file != NULL && wants_file ? read_again(argc, argv, out) : 0;
}

void options_release(struct options *options)
{
    config_free(options->config);
    options->config = NULL;
}
