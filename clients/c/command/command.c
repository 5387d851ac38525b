#include "command/command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/nearest.h"
#include "command/adapter.h"
#include "command/credentials.h"
#include "command/options.h"
#include "command/perform.h"
#include "providers/registry.h"

static const char usage[] = "usage: cancelorder cancel --provider NAME --base-url URL [OPTION]... ORDER\n"
                            "       cancelorder get --provider NAME --base-url URL [OPTION]... ORDER\n"
                            "       cancelorder providers | adapter | --help | --version\n";

static const char help_middle[] =
    "\n"
    "  cancel     cancels the order, once, and says what came of it\n"
    "  get        reads the order (iletimerkezi: its report) and changes nothing\n"
    "  providers  lists providers, their arguments and the environment of their credentials\n"
    "  adapter    answers cancelcheck over standard input and output\n"
    "\n"
    "Options of cancel and get:\n";

static const char help_end[] =
    "\n"
    "Exit codes:\n"
    "  0  canceled, already_canceled, deleted (get: read)\n"
    "  3  accepted but not final: pending, partial\n"
    "  1  any other outcome (aborted by Ctrl-C or SIGTERM too), or the result could not be written\n"
    "  2  usage; nothing was sent (missing credentials, an option of another provider)\n"
    "Ctrl-C or SIGTERM ends the wait and still prints the result: `sent` tells whether the cancel may have\n"
    "happened; if so, read the order before repeating. A second one ends the program at once.\n"
    "\n"
    "Examples:\n"
    "  CANCEL_ACCESS_TOKEN=... cancelorder cancel --provider dukkango --reason 3 \\\n"
    "      --base-url https://www.xn--dkkango-n2a.com/api/integrations \\\n"
    "      3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e\n"
    "  cancelorder cancel --provider fungies --base-url https://api.fungies.io/v0 \\\n"
    "      --credentials fungies.json '#A7k2Qm9ZtR4x'\n"
    "  cancelorder cancel --provider akinon --base-url https://shop.omnitron.net/api/i1 \\\n"
    "      --item 70193=12 --item 70194=12 1883\n"
    "  cancelorder get --provider iletimerkezi --base-url https://api.iletimerkezi.com/v1 312891245\n"
    "  cancelorder cancel --provider zaikio --json \\\n"
    "      --base-url https://procurement.zaikio.com/consumers/api/v1 \\\n"
    "      ffc75c94-aa79-450a-becc-2e398c079d93\n";

static void print_help(FILE *out)
{
    fputs(usage, out);
    fputs(help_middle, out);
    options_print_help(out);
    fputs(help_end, out);
}

static int complain(FILE *err, const char *what)
{
    fprintf(err, "cancelorder: %s\n%s", what, usage);
    return EXIT_USAGE;
}

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

static int run_with_credentials(const struct options *options, const struct client_provider *provider,
                                const char *operation, FILE *out, FILE *err)
{
    struct credentials credentials;
    int exit_code = EXIT_USAGE;
    if (options->credentials_file == NULL)
        credentials_from_environment(&credentials, provider);
    else if (credentials_from_file(&credentials, provider, options->credentials_file, err) != 0)
        return EXIT_USAGE;
    if (credentials_check(&credentials, provider, strcmp(operation, "cancel") != 0, err) == 0)
        exit_code = perform(options, provider, operation, &credentials, out, err);
    credentials_release(&credentials);
    return exit_code;
}

static int unknown_provider(const char *name, FILE *err)
{
    struct nearest nearest;
    nearest_begin(&nearest, name);
    const struct client_provider *provider;
    for (size_t i = 0; (provider = client_provider_at(i)) != NULL; i++)
        nearest_try(&nearest, provider->name);
    if (nearest.name != NULL)
        fprintf(err, "cancelorder: no provider is called '%s'; did you mean %s?\n", name, nearest.name);
    else
        fprintf(err, "cancelorder: no provider is called '%s'; see cancelorder providers\n", name);
    return EXIT_USAGE;
}

static int check_and_run(const struct options *options, bool read, FILE *out, FILE *err)
{
    const struct client_provider *provider = client_provider_find(options->provider);
    if (options->help) {
        print_help(out);
        return 0;
    }
    if (options->provider == NULL)
        return complain(err, "--provider is missing");
    if (provider == NULL)
        return unknown_provider(options->provider, err);
    if (options->base_url == NULL)
        return complain(err, "--base-url is missing");
    if (options->order_id == NULL)
        return complain(err, "ORDER is missing");
    if (operation_for(provider, read) == NULL)
        return complain(err, "this provider has no call that reads one order");
    if (options_check(options, provider, read, err) != 0)
        return EXIT_USAGE;
    return run_with_credentials(options, provider, operation_for(provider, read), out, err);
}

static int run_operation(int argc, char **argv, bool read, FILE *out, FILE *err)
{
    struct options *options = mem_zero(1, sizeof *options);
    int exit_code = EXIT_USAGE;
    if (options_read(options, argc, argv, err) == 0)
        exit_code = check_and_run(options, read, out, err);
    options_release(options);
    free(options);
    return exit_code;
}

static int run_cancel(int argc, char **argv, FILE *out, FILE *err)
{
    return run_operation(argc, argv, false, out, err);
}

static int run_get(int argc, char **argv, FILE *out, FILE *err)
{
    return run_operation(argc, argv, true, out, err);
}

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

static int run_providers(int argc, char **argv, FILE *out, FILE *err)
{
    (void)argv;
    if (argc > 0)
        return complain(err, "providers takes no argument");
    const struct client_provider *provider;
    for (size_t i = 0; (provider = client_provider_at(i)) != NULL; i++)
        print_provider(provider, out);
    return 0;
}

static int run_adapter(int argc, char **argv, FILE *out, FILE *err)
{
    (void)argv;
    return argc > 0 ? complain(err, "adapter takes no argument") : adapter_run(0, out);
}

static int run_help(int argc, char **argv, FILE *out, FILE *err)
{
    (void)argc;
    (void)argv;
    (void)err;
    print_help(out);
    return 0;
}

static int run_version(int argc, char **argv, FILE *out, FILE *err)
{
    (void)argc;
    (void)argv;
    (void)err;
    fprintf(out, "cancelorder %s\n", cancelorder_version());
    return 0;
}

static const struct {
    const char *name;
    int (*run)(int argc, char **argv, FILE *out, FILE *err);
} commands[] = {
    {"cancel", run_cancel},   {"get", run_get},     {"providers", run_providers},
    {"adapter", run_adapter}, {"--help", run_help}, {"--version", run_version},
};

static int unknown_command(const char *name, FILE *err)
{
    struct nearest nearest;
    nearest_begin(&nearest, name);
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        nearest_try(&nearest, commands[i].name);
    if (nearest.name == NULL)
        return complain(err, "no such command; see cancelorder --help");
    fprintf(err, "cancelorder: no such command; did you mean %s?\n", nearest.name);
    return EXIT_USAGE;
}

/* Help that nobody got is no success either. perform() has spoken for itself. */
static int told(int exit_code, FILE *out, FILE *err)
{
    if ((fflush(out) == 0 && !ferror(out)) || exit_code != 0)
        return exit_code;
    fprintf(err, "cancelorder: the output could not be written: %s\n", strerror(errno));
    return EXIT_NOT_TOLD;
}

int command_run(int argc, char **argv, FILE *out, FILE *err)
{
    if (argc < 2)
        return complain(err, "a command is missing; see cancelorder --help");
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return told(commands[i].run(argc - 2, argv + 2, out, err), out, err);
    return unknown_command(argv[1], err);
}
