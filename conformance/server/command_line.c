/* The options of `cancelcheck server`, in one table (see base/options.h). */
#include "server/command_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mock_server/base/memory.h"
#include "mock_server/base/nearest.h"
#include "mock_server/base/report_files.h"
#include "mock_server/base/text.h"
#include "mock_server/base/url.h"

#define TIMEOUT_DEFAULT_S 10.0
#define TIMEOUT_MIN_S     0.01
#define TIMEOUT_MAX_S     600
#define MS_PER_S          1000

/* ── Looking closer ────────────────────────────────────────────────────────────────────────────────────────────── */

static bool check_name(const struct server_settings *settings, const char *name, struct text *problem)
{
    char hint[HINT_MAX];
    for (const char *const *known = settings->known; *known != NULL; known++)
        if (strcmp(*known, name) == 0)
            return true;
    text_print(problem, "takes a provider that has documents, not \"%s\"%s", name,
               nearest_hint(name, settings->known, hint));
    return false;
}

static bool check_url(const char *url, int (*reader)(const char *text, struct url *out, char **problem),
                      struct text *problem)
{
    struct url read;
    char *wrong = NULL;
    if (reader(url, &read, &wrong) == 0) {
        url_release(&read);
        return true;
    }
    text_add(problem, wrong);
    free(wrong);
    return false;
}

static bool check_provider(void *into, const char *value, struct text *problem)
{
    return check_name(into, value, problem);
}

static bool check_base_url(void *into, const char *value, struct text *problem)
{
    size_t length = server_settings_provider_length(value);
    char *provider = mem_dup_bytes(value, length);
    bool good = length == 0 || check_name(into, provider, problem);
    free(provider);
    return good && check_url(length > 0 ? value + length + 1 : value, url_read_any, problem);
}

#define TOKEN "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

static bool check_header(void *into, const char *value, struct text *problem)
{
    size_t name = strspn(value, TOKEN);
    (void)into;
    if (name > 0 && value[name] == ':' && strpbrk(value, "\r\n") == NULL)
        return true;
    text_print(problem, "takes 'NAME: VALUE', not \"%.60s\"", value);
    return false;
}

static bool check_control(void *into, const char *value, struct text *problem)
{
    (void)into;
    return check_url(value, url_read, problem);
}

static bool check_compare(void *into, const char *value, struct text *problem)
{
    struct server_settings *settings = into;
    if (compare_from_name(value, &settings->compare))
        return true;
    text_print(problem, "takes exact, json or shape, not \"%s\"", value);
    return false;
}

static bool check_replace(void *into, const char *value, struct text *problem)
{
    (void)into;
    const char *equals = strchr(value, '=');
    if (equals != NULL && equals != value)
        return true;
    text_print(problem, "takes OLD=NEW, not \"%s\"", value);
    return false;
}

static bool check_report(void *into, const char *value, struct text *problem)
{
    const struct server_settings *settings = into;
    return report_request_check(value, &settings->reports, problem);
}

static bool check_timeout(void *into, const char *value, struct text *problem)
{
    const struct server_settings *settings = into;
    if (settings->timeout_s >= TIMEOUT_MIN_S)
        return true;
    text_print(problem, "takes a number of seconds from 0.01 to %d, not \"%s\"", TIMEOUT_MAX_S, value);
    return false;
}

/* ── The table ─────────────────────────────────────────────────────────────────────────────────────────────────── */

#define AT(member) OPTION_AT(struct server_settings, member)

/* clang-format off */
static const struct option rows[] = {
    {"--base-url", 0, "[P=]URL", OPTION_LIST, AT(base_urls), .check = check_base_url, .member = "base_urls",
     .help = "where the provider's API is, http:// or https://; may be repeated as PROVIDER=URL"},
    {"--ca-file", 0, "FILE", OPTION_TEXT, AT(ca_file), .is_path = true,
     .help = "trust the authorities in this file (PEM) instead of the system's, for https://"},
    {"--header", 0, "'NAME: VALUE'", OPTION_LIST, AT(headers), .check = check_header, .member = "headers",
     .help = "send this header with every request, instead of one of that name; may be repeated; reports show its name "
             "and not its value"},
    {"--provider", 0, "P", OPTION_LIST, AT(providers), .check = check_provider, .member = "providers",
     .help = "only this provider; may be repeated (default: all)"},
    {"--run", 0, "GLOB…", OPTION_SEVERAL, AT(run), .help = "only exchanges whose address or name matches"},
    {"--control", 0, "URL", OPTION_TEXT, AT(control), .check = check_control,
     .help = "a running cancelmock: prepares each exchange, and is asked unless --base-url says otherwise"},
    {"--compare", 0, "MODE", OPTION_TEXT, AT(compare_name), .check = check_compare,
     .help = "exact, json or shape (default: exact)"},
    {"--replace", 0, "OLD=NEW", OPTION_LIST, AT(replace), .check = check_replace,
     .help = "another text instead of a documented one: a credential, an order id; may be repeated"},
    {"--orders", 0, "FILE", OPTION_TEXT, AT(orders), .is_path = true,
     .help = "fresh orders for exchanges that change one: {\"PROVIDER\":{\"ID OF THE DOCUMENTS\":[\"ID\"]}}"},
    {"--prepare", 0, "'COMMAND…'", OPTION_TEXT, AT(prepare),
     .help = "run this before an exchange that changes an order; it prints {\"order\":\"ID\"} of a fresh one, and finds the "
             "documented one in CANCELCHECK_ORDER"},
    {"--report", 0, "KIND=FILE", OPTION_LIST, AT(reports), .check = check_report, .member = "reports",
     .help = "also write a report: json, junit; may be repeated; FILE - is standard output, the text goes to standard "
             "error then"},
    {"--timeout", 0, "SECONDS", OPTION_DECIMAL, AT(timeout_s), .least = 0, .most = TIMEOUT_MAX_S,
     .check = check_timeout, .help = "for one answer (default: 10)"},
    {"--list", 0, NULL, OPTION_SWITCH, AT(list),
     .help = "list the exchanges instead of sending them"},
    {"--journal-file", 0, "FILE", OPTION_TEXT, AT(journal_file), .is_path = true,
     .help = "append every request that the built-in mock gets to this file, one line of JSON each"},
    {"--quiet", 0, NULL, OPTION_SWITCH, AT(quiet), .help = "no progress, only failures and the numbers"},
    {"--no-color", 0, NULL, OPTION_SWITCH, AT(no_color), .help = "no colours, not even on a terminal"},
};
/* clang-format on */

static const char before[] = "cancelcheck server - does this server do what its documents say?\n"
                             "\n"
                             "It sends every documented exchange of the vendors' APIs and compares the answers\n"
                             "with the documented ones. Without --base-url and --control it asks the built-in\n"
                             "mock server.\n"
                             "\n"
                             "Usage: cancelcheck server [options]\n";

static const char after[] = "What is asked\n"
                            "  A mock server prepares each exchange: a session of its own, its clock, its\n"
                            "  orders, its settings; afterwards the state of the order is looked at. Any\n"
                            "  other server (--base-url alone) is asked only what needs nothing prepared; the\n"
                            "  rest is counted as not asked, and states are not looked at. Such exchanges\n"
                            "  really cancel orders: use a staging system, and --run to choose.\n"
                            "\n"
                            "How answers are compared\n"
                            "  exact   status, documented headers, body byte for byte\n"
                            "  json    status, documented headers, body as JSON in any order of members\n"
                            "  shape   status, presence of headers, members of the body and their types\n"
                            "\n"
                            "Examples\n"
                            "  cancelcheck server\n"
                            "      everything, against the built-in mock server\n"
                            "  cancelcheck server --provider dukkango \\\n"
                            "      --base-url http://staging.example/api/integrations --compare shape \\\n"
                            "      --replace your-access-token=\"$TOKEN\" --run 'dukkango/cancel/*'\n"
                            "      one vendor's staging system, with its own credential\n"
                            "  cancelcheck server --control http://127.0.0.1:8080\n"
                            "      a running cancelmock\n"
                            "\n"
                            "Exit status: 0 as documented (what was not asked is named); 1 some answers\n"
                            "differ; 2 usage; 3 nothing ran, or a server cannot be reached.";

static const struct option_table table = {
    .program = "cancelcheck server",
    .environment = "CANCELCHECK_SERVER_",
    .has_config = true,
    .before = before,
    .after = after,
    .rows = rows,
    .count = COUNT_OF(rows),
};

/* ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool refuse(const char *before_word, const char *word, const char *after_word)
{
    fprintf(stderr, "cancelcheck server: %s%s%s\n", before_word, word, after_word);
    return false;
}

/* A URL alone says nothing of whose it is: it needs exactly one --provider. */
static bool check_base_urls(const struct server_settings *settings)
{
    for (size_t i = 0; i < settings->base_urls.count; i++)
        if (server_settings_provider_length(settings->base_urls.list[i]) == 0 &&
            (settings->providers.count != 1 || settings->base_urls.count != 1))
            return refuse("--base-url: whose is '", settings->base_urls.list[i],
                          "'? Add one --provider, or write PROVIDER=URL");
    for (size_t i = 0; i < settings->providers.count; i++)
        if (settings->base_urls.count > 0 && settings->control == NULL &&
            server_settings_base_url(settings, settings->providers.list[i]) == NULL)
            return refuse("--provider ", settings->providers.list[i], " has no --base-url");
    return true;
}

/* It would stay empty: another server keeps a journal of its own. */
static bool check_journal_file(const struct server_settings *settings)
{
    bool built_in = settings->control == NULL && settings->base_urls.count == 0;
    return settings->journal_file == NULL || built_in ||
           refuse("--journal-file is for the built-in mock alone: leave out ",
                  settings->control != NULL ? "--control" : "--base-url", ", or give it to that server");
}

static bool fits_together(const struct server_settings *settings, const struct words *words)
{
    if (words->count > 0)
        return refuse("\"", words->list[0], "\" is no option; what is to be sent is named with --run");
    return check_base_urls(settings) && check_journal_file(settings);
}

enum options_answer server_command_line_read(struct server_settings *settings, const char *program,
                                             const char *const *providers, int argc, char **argv)
{
    struct words words;
    *settings = (struct server_settings){.program = program, .known = providers, .timeout_s = TIMEOUT_DEFAULT_S};
    enum options_answer answer = options_read(&table, settings, argc, argv, &words, &settings->values, stdout, stderr);
    settings->limit_ms = (int)(settings->timeout_s * MS_PER_S);
    return answer == OPTIONS_GO && !fits_together(settings, &words) ? OPTIONS_WRONG : answer;
}

void server_command_line_release(struct server_settings *settings)
{
    options_release(settings->values);
    *settings = (struct server_settings){0};
}
