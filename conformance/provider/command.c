/* Options, help, and the command that repeats. */
#include "provider/command.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases/registry.h"
#include "provider/url.h"
#include "provider/write.h"
#include "support/memory.h"
#include "support/nearest.h"
#include "support/string.h"

#define NAMES_MAX        32
#define LIMIT_DEFAULT_MS 10000
#define LIMIT_MAX_S      600.0

/* -- readers ---------------------------------------------------------------------------------------------------- */

static bool check_provider(const char *option, const char *name)
{
    const char *names[NAMES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < check_table_count() && count < NAMES_MAX; i++)
        names[count++] = check_table_at(i)->profile.provider;
    return check_table_of(name) || flags_complain(option, name, "'", similar_name(name, names, count));
}

static bool check_url(const char *option, const char *text)
{
    struct url url;
    char *problem = NULL;
    if (url_read(text, &url, &problem) == 0) {
        url_release(&url);
        return true;
    }
    flags_complain(option, problem, "", NULL);
    free(problem);
    return false;
}

/* The length of PROVIDER in "PROVIDER=URL"; 0 for a URL alone. */
static size_t provider_length(const char *text)
{
    const char *equals = strchr(text, '='), *scheme = strstr(text, "://");
    return equals && (!scheme || equals < scheme) ? (size_t)(equals - text) : 0;
}

static bool read_base_url(void *into, const char *value)
{
    struct command *command = into;
    size_t length = provider_length(value);
    char *provider = must_copy_bytes(value, length);
    bool good = (!length || check_provider("--base-url: no documents of '", provider)) &&
                check_url("--base-url: ", value + length + (length > 0));
    if (good)
        words_add(&command->base_urls, value);
    free(provider);
    return good;
}

static bool read_provider(void *into, const char *value)
{
    struct command *command = into;
    words_add(&command->providers, value);
    return check_provider("--provider: no documents of '", value);
}

static bool read_run(void *into, const char *value)
{
    struct command *command = into;
    words_add(&command->run, value);
    return true;
}

static bool read_control(void *into, const char *value)
{
    struct command *command = into;
    command->control = value;
    return check_url("--control: ", value);
}

static bool read_compare(void *into, const char *value)
{
    struct command *command = into;
    return compare_from_name(value, &command->compare) ||
           flags_complain("--compare is exact, json or shape, not '", value, "'", NULL);
}

static bool read_replace(void *into, const char *value)
{
    struct command *command = into;
    const char *equals = strchr(value, '=');
    words_add(&command->replace, value);
    return (equals && equals != value) || flags_complain("--replace wants OLD=NEW, not '", value, "'", NULL);
}

static bool read_report(void *into, const char *value)
{
    struct command *command = into;
    words_add(&command->reports, value);
    return write_knows(value) || flags_complain("--report wants json=FILE or junit=FILE, not '", value, "'", NULL);
}

static bool read_timeout(void *into, const char *value)
{
    struct command *command = into;
    char *end = NULL;
    double seconds = strtod(value, &end);
    if (end == value || *end || !isfinite(seconds) || seconds < 0.01 || seconds > LIMIT_MAX_S)
        return flags_complain("--timeout wants a number of seconds from 0.01 to 600, not '", value, "'", NULL);
    command->limit_ms = (int)(seconds * 1000);
    return true;
}

static bool read_journal_file(void *into, const char *value)
{
    struct command *command = into;
    command->journal_file = value;
    return true;
}

static bool read_list(void *into, const char *value)
{
    struct command *command = into;
    (void)value;
    return command->list = true;
}

static bool read_quiet(void *into, const char *value)
{
    struct command *command = into;
    (void)value;
    return command->quiet = true;
}

static bool read_no_color(void *into, const char *value)
{
    struct command *command = into;
    (void)value;
    return command->no_color = true;
}

/* clang-format off */
static const struct flag table[] = {
    {"--base-url", FLAG_ONE, "[P=]URL", "where the provider's API is, http:// only; may be repeated as PROVIDER=URL", read_base_url},
    {"--provider", FLAG_ONE, "P", "only this provider; may be repeated (default: all)", read_provider},
    {"--run", FLAG_SEVERAL, "GLOB…", "only exchanges whose address or name matches", read_run},
    {"--control", FLAG_ONE, "URL", "a running cancelmock: prepares each exchange, and is asked unless --base-url says otherwise", read_control},
    {"--compare", FLAG_ONE, "MODE", "exact, json or shape (default: exact)", read_compare},
    {"--replace", FLAG_ONE, "OLD=NEW", "another text instead of a documented one: a credential, an order id; may be repeated", read_replace},
    {"--report", FLAG_ONE, "KIND=FILE", "also write a report: json, junit; may be repeated", read_report},
    {"--timeout", FLAG_ONE, "SECONDS", "for one answer (default: 10)", read_timeout},
    {"--list", FLAG_SWITCH, NULL, "list the exchanges instead of sending them", read_list},
    {"--journal-file", FLAG_ONE, "FILE", "append every request that the built-in mock gets to this file, one line of JSON each", read_journal_file},
    {"--quiet", FLAG_SWITCH, NULL, "no progress, only failures and the numbers", read_quiet},
    {"--no-color", FLAG_SWITCH, NULL, "no colours, not even on a terminal", read_no_color},
};
/* clang-format on */

static void print_help(void)
{
    puts("cancelcheck provider - does this server do what its documents say?\n"
         "\n"
         "It sends every documented exchange of the vendors' APIs and compares the answers with\n"
         "the documented ones. Without --base-url and --control it asks the built-in mock server.\n"
         "\n"
         "Usage: cancelcheck provider [options]\n");
    flags_help(table, CHECK_COUNT(table));
    puts("  --help                   this text\n"
         "\n"
         "What is asked\n"
         "  A mock server prepares each exchange: a session of its own, its clock, its orders, its\n"
         "  settings; afterwards the state of the order is looked at. Any other server (--base-url\n"
         "  alone) is asked only what needs nothing prepared; the rest is counted as not asked, and\n"
         "  states are not looked at. Such exchanges really cancel orders: use a staging system, and\n"
         "  --run to choose.\n"
         "\n"
         "How answers are compared\n"
         "  exact   status, documented headers, body byte for byte\n"
         "  json    status, documented headers, body as JSON in any order of members\n"
         "  shape   status, presence of headers, members of the body and their types\n"
         "\n"
         "Examples\n"
         "  cancelcheck provider\n"
         "      everything, against the built-in mock server\n"
         "  cancelcheck provider --provider dukkango --base-url http://staging.example/api/integrations \\\n"
         "      --compare shape --replace your-access-token=\"$TOKEN\" --run 'dukkango/cancel/*'\n"
         "      one vendor's staging system, with its own credential\n"
         "  cancelcheck provider --control http://127.0.0.1:8080\n"
         "      a running cancelmock\n"
         "\n"
         "Exit status: 0 as documented (what was not asked is named); 1 some answers differ;\n"
         "2 usage; 3 nothing ran, or a server cannot be reached.");
}

/* -- reading ---------------------------------------------------------------------------------------------------- */

/* A URL alone says nothing of whose it is: it needs exactly one --provider. */
static bool check_base_urls(const struct command *command)
{
    for (size_t i = 0; i < command->base_urls.count; i++)
        if (!provider_length(command->base_urls.list[i]) &&
            (command->providers.count != 1 || command->base_urls.count != 1))
            return flags_complain("--base-url: whose is '", command->base_urls.list[i],
                                  "'? Add one --provider, or write PROVIDER=URL", NULL);
    for (size_t i = 0; i < command->providers.count; i++)
        if (command->base_urls.count && !command->control && !command_base_url(command, command->providers.list[i]))
            return flags_complain("--provider ", command->providers.list[i], " has no --base-url", NULL);
    return true;
}

/* It would stay empty: another server keeps a journal of its own. */
static bool check_journal_file(const struct command *command)
{
    bool built_in = !command->control && command->base_urls.count == 0;
    return !command->journal_file || built_in ||
           flags_complain("--journal-file is for the built-in mock alone: leave out ",
                          command->control ? "--control" : "--base-url", ", or give it to that server", NULL);
}

enum options_answer command_read(struct command *command, const char *program, int argc, char **argv)
{
    *command = (struct command){.program = program, .limit_ms = LIMIT_DEFAULT_MS};
    if (flags_ask_for(argc, argv, "--help") || flags_ask_for(argc, argv, "-h")) {
        print_help();
        return OPTIONS_DONE;
    }
    if (flags_read(table, CHECK_COUNT(table), command, argc - 1, argv + 1) && check_base_urls(command) &&
        check_journal_file(command))
        return OPTIONS_GO;
    command_release(command);
    return OPTIONS_WRONG;
}

void command_release(struct command *command)
{
    free(command->base_urls.list);
    free(command->providers.list);
    free(command->run.list);
    free(command->replace.list);
    free(command->reports.list);
    *command = (struct command){0};
}

/* -- asking ----------------------------------------------------------------------------------------------------- */

const char *command_base_url(const struct command *command, const char *provider)
{
    for (size_t i = 0; i < command->base_urls.count; i++) {
        const char *text = command->base_urls.list[i];
        size_t length = provider_length(text);
        if (length == 0 && strcmp(command->providers.list[0], provider) == 0)
            return text;
        if (length && length == strlen(provider) && strncmp(text, provider, length) == 0)
            return text + length + 1;
    }
    return NULL;
}

bool command_wants(const struct command *command, const char *provider)
{
    for (size_t i = 0; i < command->providers.count; i++)
        if (strcmp(command->providers.list[i], provider) == 0)
            return true;
    if (command->providers.count)
        return false;
    return command->base_urls.count == 0 || command_base_url(command, provider);
}

static void add_option(struct string *out, const char *name, const char *value)
{
    string_format(out, " %s ", name);
    string_add_quoted(out, value);
}

/* A name may hold letters that mean something in a glob. */
static char *as_glob(const char *address)
{
    struct string out = {0};
    for (const char *at = address; *at; at++)
        string_format(&out, "%s%c", strchr("*?[\\", *at) ? "\\" : "", *at);
    return string_take(&out);
}

char *command_repeat(const struct command *command, const char *address)
{
    struct string out = {0};
    char *glob = as_glob(address);
    string_format(&out, "%s provider", command->program);
    for (size_t i = 0; i < command->base_urls.count; i++)
        add_option(&out, "--base-url", command->base_urls.list[i]);
    for (size_t i = 0; i < command->providers.count && command->base_urls.count; i++)
        add_option(&out, "--provider", command->providers.list[i]);
    if (command->control)
        add_option(&out, "--control", command->control);
    if (command->compare != COMPARE_EXACT)
        add_option(&out, "--compare", compare_name(command->compare));
    for (size_t i = 0; i < command->replace.count; i++)
        add_option(&out, "--replace", command->replace.list[i]);
    add_option(&out, "--run", glob);
    free(glob);
    return string_take(&out);
}
