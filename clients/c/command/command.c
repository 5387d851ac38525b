#include "command/command.h"

#include <string.h>

#include "base/memory.h"
#include "base/nearest.h"
#include "base/outputs.h"
#include "command/adapter.h"
#include "command/credentials.h"
#include "command/help.h"
#include "command/perform.h"
#include "command/settings.h"
#include "providers/registry.h"

/* One command line, read. */
struct line {
    struct settings settings;
    struct words words; /* the command and its ORDER */
    int argc;
    char **argv;
    FILE *out;
    FILE *err;
};

static int complain(const struct line *line, const char *what)
{
    fprintf(line->err, "cancelorder: %s\n", what);
    return EXIT_USAGE;
}

/* ── cancel and get ────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *operation_for(const struct client_provider *provider, bool read)
{
    static const char *const reads[] = {"get_order", "get_report"};
    if (!read)
        return "cancel";
    for (size_t i = 0; i < COUNT_OF(reads); i++)
        if (client_operation_find(provider, reads[i]) != NULL)
            return reads[i];
    return NULL;
}

static int missing_provider(const struct line *line)
{
    fputs("cancelorder: --provider is missing; it takes one of ", line->err);
    const struct client_provider *provider;
    for (size_t i = 0; (provider = client_provider_at(i)) != NULL; i++)
        fprintf(line->err, "%s%s", i == 0 ? "" : ", ", provider->name);
    fputc('\n', line->err);
    return EXIT_USAGE;
}

static int unknown_provider(const struct line *line)
{
    const char *name = line->settings.provider;
    struct nearest nearest;
    nearest_begin(&nearest, name);
    const struct client_provider *provider;
    for (size_t i = 0; (provider = client_provider_at(i)) != NULL; i++)
        nearest_try(&nearest, provider->name);
    char hint[HINT_MAX];
    fprintf(line->err, "cancelorder: no provider is called \"%s\"%s\n", name,
            nearest.name == NULL ? "; see cancelorder providers" : nearest_tell(&nearest, hint));
    return EXIT_USAGE;
}

static int missing_base_url(const struct line *line, const struct client_provider *provider)
{
    fprintf(line->err, "cancelorder: --base-url is missing; that of %s is like %s\n", provider->name,
            provider->example_base_url);
    return EXIT_USAGE;
}

static int second_order(const struct line *line)
{
    fprintf(line->err, "cancelorder: one ORDER at a time; \"%s\" is the second\n", line->words.list[2]);
    return EXIT_USAGE;
}

static int run_with_credentials(const struct line *line, const struct client_provider *provider, const char *operation)
{
    const char *file = line->settings.credentials_file;
    struct credentials credentials;
    if (file == NULL)
        credentials_from_environment(&credentials, provider);
    else if (credentials_from_file(&credentials, provider, file, line->err) != 0)
        return EXIT_USAGE;
    int exit_code = EXIT_USAGE;
    if (credentials_check(&credentials, provider, strcmp(operation, "cancel") != 0, line->err) == 0)
        exit_code =
            perform(&line->settings, line->words.list[1], provider, operation, &credentials, line->out, line->err);
    credentials_release(&credentials);
    return exit_code;
}

static int run_operation(const struct line *line, bool read)
{
    const struct client_provider *provider = client_provider_find(line->settings.provider);
    if (line->words.count > 2)
        return second_order(line);
    if (line->settings.provider == NULL)
        return missing_provider(line);
    if (provider == NULL)
        return unknown_provider(line);
    if (line->settings.base_url == NULL)
        return missing_base_url(line, provider);
    if (line->words.count < 2)
        return complain(line, "ORDER is missing; it is the last word of the line");
    if (operation_for(provider, read) == NULL)
        return complain(line, "this provider has no call that reads one order; it knows cancel alone");
    if (settings_check(line->argc, line->argv, provider, read, line->err) != 0)
        return EXIT_USAGE;
    return run_with_credentials(line, provider, operation_for(provider, read));
}

static int run_cancel(const struct line *line)
{
    return run_operation(line, false);
}

static int run_get(const struct line *line)
{
    return run_operation(line, true);
}

/* ── providers and adapter ─────────────────────────────────────────────────────────────────────────────────────── */

static void print_provider(const struct client_provider *provider, FILE *out)
{
    fprintf(out, "%s  %s\n  --base-url %s\n", provider->name, provider->title, provider->example_base_url);
    for (const struct client_word *row = provider->credentials; row->name != NULL; row++) {
        char variable[CREDENTIALS_NAME_MAX];
        credentials_variable(row->name, variable);
        fprintf(out, "  %-24s %s\n", variable, row->meaning);
    }
    for (const struct client_word *row = provider->arguments; row->name != NULL; row++)
        fprintf(out, "  %-24s %s\n", row->name, row->meaning);
}

static int run_providers(const struct line *line)
{
    if (line->argc > 2)
        return complain(line, "providers takes no argument and no option; write it alone");
    const struct client_provider *provider;
    for (size_t i = 0; (provider = client_provider_at(i)) != NULL; i++)
        print_provider(provider, line->out);
    return 0;
}

static int run_adapter(const struct line *line)
{
    if (line->argc > 2)
        return complain(line, "adapter takes no argument and no option; write it alone");
    return adapter_run(0, line->out);
}

/* ── The door ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct {
    const char *name;
    int (*run)(const struct line *line);
} commands[] = {
    {"cancel", run_cancel},
    {"get", run_get},
    {"providers", run_providers},
    {"adapter", run_adapter},
};

static int unknown_command(const struct line *line, const char *name)
{
    struct nearest nearest;
    nearest_begin(&nearest, name);
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        nearest_try(&nearest, commands[i].name);
    char hint[HINT_MAX];
    fprintf(line->err, "cancelorder: no command is called \"%s\"%s\n", name,
            nearest.name == NULL ? "; see cancelorder --help" : nearest_tell(&nearest, hint));
    return EXIT_USAGE;
}

static int run_command(const struct line *line)
{
    if (line->words.count == 0)
        return complain(line, "a command is missing: cancel, get, providers or adapter; see cancelorder --help");
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        if (strcmp(line->words.list[0], commands[i].name) == 0)
            return commands[i].run(line);
    return unknown_command(line, line->words.list[0]);
}

/* Help that nobody got is no success either. perform() has spoken for itself. */
static int told(int exit_code, FILE *out, FILE *err)
{
    return exit_code != 0 || outputs_flush(out, err, "cancelorder") ? exit_code : EXIT_NOT_TOLD;
}

int command_run(int argc, char **argv, FILE *out, FILE *err)
{
    struct line line = {.settings = SETTINGS_INIT, .argc = argc, .argv = argv, .out = out, .err = err};
    struct option_values *values;
    struct help help;
    help_init(&help);
    int exit_code = 0;
    switch (options_read(&help.table, &line.settings, argc, argv, &line.words, &values, out, err)) {
    case OPTIONS_GO:
        exit_code = run_command(&line);
        break;
    case OPTIONS_DONE:
        break;
    case OPTIONS_WRONG:
        exit_code = EXIT_USAGE;
        break;
    }
    options_release(values);
    help_release(&help);
    return told(exit_code, out, err);
}
