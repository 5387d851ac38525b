#include "options.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/memory.h"
#include "base/nearest.h"
#include "base/text.h"
#include "model/knob_values.h"
#include "model/provider.h"
#include "model/root.h"
#include "registry.h"

#define PROVIDERS_MAX 64

/* ── What is looked at more closely ────────────────────────────────────────────────────────────────────────────── */

static bool check_instant(void *into, const char *value, struct text *problem)
{
    int64_t at_us = 0;
    (void)into;
    if (instant_read(value, &at_us))
        return true;
    text_add(problem, "give an instant such as 2026-11-01T09:00:00Z");
    return false;
}

static bool check_url(void *into, const char *value, struct text *problem)
{
    (void)into;
    if (root_is_url(value))
        return true;
    text_add(problem, "give where clients reach this server, such as https://mock.example:8443");
    return false;
}

/* As `-` is for other programs: but standard output belongs to the ready line. */
static bool check_file(void *into, const char *value, struct text *problem)
{
    (void)into;
    if (strcmp(value, "-") != 0)
        return true;
    text_add(problem, "give a file; /dev/stdout is one, with the ready line among its lines, and /dev/stderr another");
    return false;
}

static bool check_log(void *into, const char *value, struct text *problem)
{
    (void)into;
    if (strcmp(value, "text") == 0 || strcmp(value, "json") == 0)
        return true;
    text_print(problem, "takes text or json, not \"%.60s\"", value);
    return false;
}

/* "no provider is called "fungis"", with the nearest or with all there are. */
static void print_unknown(struct text *problem, const char *name, size_t length)
{
    const char *names[PROVIDERS_MAX + 1] = {NULL};
    char hint[HINT_MAX], *word = mem_dup_bytes(name, length);
    for (size_t i = 0; i < PROVIDERS_MAX && all_providers[i] != NULL; i++)
        names[i] = all_providers[i]->name;
    text_print(problem, "no provider is called \"%.60s\"%s", word, nearest_hint(word, names, hint));
    for (size_t i = 0; *hint == '\0' && names[i] != NULL; i++)
        text_print(problem, "%s%s", i == 0 ? "; there are " : ", ", names[i]);
    free(word);
}

/* NULL with the reason in `problem`. */
static const struct provider *find_provider(const char *name, size_t length, struct text *problem)
{
    for (size_t i = 0; all_providers[i] != NULL; i++)
        if (strlen(all_providers[i]->name) == length && memcmp(all_providers[i]->name, name, length) == 0)
            return all_providers[i];
    print_unknown(problem, name, length);
    return NULL;
}

static bool check_provider(void *into, const char *value, struct text *problem)
{
    (void)into;
    return find_provider(value, strlen(value), problem) != NULL;
}

#define LISTED "; `cancelmock routes` lists the knobs and their values"

/* "NAME" or "PROVIDER=NAME"; the server looks at the name. */
static bool check_host(void *into, const char *value, struct text *problem)
{
    size_t equals = strcspn(value, "=");
    (void)into;
    return value[equals] == '\0' || find_provider(value, equals, problem) != NULL;
}

/* "PROVIDER.NAME=VALUE" */
static bool check_knob(void *into, const char *setting, struct text *problem)
{
    size_t dot = strcspn(setting, "."), equals = strcspn(setting, "=");
    int64_t value = 0;
    (void)into;
    if (dot >= equals || setting[equals] != '=') {
        text_add(problem, "give PROVIDER.NAME=VALUE" LISTED);
        return false;
    }
    const struct provider *provider = find_provider(setting, dot, problem);
    if (provider == NULL)
        return false;
    char *name = mem_dup_bytes(setting + dot + 1, equals - dot - 1);
    int knob = knob_named(provider, name, problem);
    free(name);
    bool fits = knob >= 0 && knob_value(provider, (unsigned)knob, setting + equals + 1, &value, problem);
    if (knob < 0 && strstr(text_cstr(problem), "did you mean") == NULL)
        text_add(problem, LISTED);
    return fits;
}

/* ── The table ─────────────────────────────────────────────────────────────────────────────────────────────────── */

#define AT(name) OPTION_AT(struct settings, name)

static const struct option rows[] = {
    {"--listen", 'l', "HOST:PORT", OPTION_TEXT, AT(server.listen),
     .help = "where to listen (127.0.0.1:8080); port 0 lets the system choose"},
    {"--fixtures", 'f', "DIR", OPTION_TEXT, AT(server.fixtures), .is_path = true,
     .help = "replace the built-in fixtures by this folder"},
    {"--provider", 'p', "NAME", OPTION_LIST, AT(providers), .check = check_provider, .member = "providers",
     .help = "serve only this provider; may be repeated"},
    {"--knob", 'k', "PROVIDER.NAME=VALUE", OPTION_LIST, AT(knobs), .check = check_knob, .member = "knobs",
     .accumulates = true,
     .help = "choose among what the documents leave open; may be repeated; `cancelmock routes` lists all knobs"},
    {"--freeze-time", 0, "TIME", OPTION_TEXT, AT(server.freeze_time), .check = check_instant,
     .help = "let the clock stand at this instant, such as 2026-11-01T09:00:00Z"},
    {"--public-url", 0, "URL", OPTION_TEXT, AT(server.public_url), .check = check_url,
     .help = "where clients reach this server, such as https://mock.example: links in answers and base_urls begin with "
             "it; without it they follow Host, X-Forwarded-Host and X-Forwarded-Proto"},
    {"--tls-listen", 0, "HOST:PORT", OPTION_TEXT, AT(server.tls_listen),
     .help = "serve the same over TLS on this address, too, with certificates for the vendors' host names; `cancelmock "
             "env` tells how clients come to trust them"},
    {"--ca-dir", 0, "DIR", OPTION_TEXT, AT(server.ca_dir), .is_path = true,
     .help = "where the certificate authority of this installation lives; it is made on first use "
             "($XDG_DATA_HOME/cancelmock/ca or ~/.local/share/cancelmock/ca)"},
    {"--host", 0, "[PROVIDER=]NAME", OPTION_LIST, AT(hosts), .member = "hosts", .check = check_host,
     .help =
         "answer to this host name, too, such as shop.example.com or *.example.com; with a provider that vendor alone "
         "is there; may be repeated"},
    {"--control-listen", 0, "HOST:PORT", OPTION_TEXT, AT(server.control_listen),
     .help = "serve the control API below /_mock on this address, and there alone, instead of beside the APIs"},
    {"--control-token-file", 0, "FILE", OPTION_TEXT, AT(server.control_token_file), .is_path = true,
     .help =
         "answer control calls that show the token in this file alone (Authorization: Bearer TOKEN, or X-Mock-Token); "
         "only its owner may read the file: chmod 600"},
    {"--control-journal", 0, "FILE", OPTION_TEXT, AT(server.control_journal), .is_path = true, .check = check_file,
     .help = "append every control call and its answer to this file, one line of JSON each"},
    {"--no-control", 0, NULL, OPTION_SWITCH, AT(server.no_control), .help = "serve no control API over HTTP"},
    {"--reload-every", 0, "SECONDS", OPTION_DECIMAL, AT(reload_every_s), .most = 86400,
     .help = "look that often (1) whether the files of --fixtures say something else, and serve what they say; 0: when "
             "SIGHUP or POST /_mock/reload asks; with a mistake in them the last good fixtures stay, and GET "
             "/_mock/ready tells it"},
    {"--seed", 0, "N", OPTION_INTEGER, AT(seed), .most = INT64_MAX,
     .help = "draw ids from this number (0), so that two runs draw the same"},
    {"--journal-size", 0, "N", OPTION_INTEGER, AT(journal_size), .least = 1, .most = 10000000,
     .help = "keep the last N requests (10000)"},
    {"--journal-file", 0, "FILE", OPTION_TEXT, AT(server.journal_file), .is_path = true, .check = check_file,
     .help =
         "append every request and its answer to this file, one line of JSON each; a line is written before its "
         "answer leaves; when it cannot be, because the disk is full or nobody reads a FIFO, service goes on: 8 MiB "
         "of lines wait, the rest is dropped, counted and told, and the exit code is 1"},
    {"--ready-file", 0, "FILE", OPTION_TEXT, AT(ready_file), .is_path = true, .check = check_file,
     .help = "write the ready line to this file too, in one step; the file is removed at the start and at the end"},
    {"--explain", 0, NULL, OPTION_SWITCH, AT(server.explain),
     .help = "add the header X-Mock-Reason to answers of 300 and above"},
    {"--log", 0, "text|json", OPTION_TEXT, AT(log), .check = check_log,
     .help = "a line for each request on standard error, with the reason where it was refused; lines that nobody reads "
             "are dropped, hold up nothing, and make the exit code 1"},
    {"--summary", 0, "FILE", OPTION_TEXT, AT(summary), .is_path = true, .is_word_only = true, .check = check_file,
     .help = "of exec: write what the command sent, was refused and tried to reach elsewhere to this file, as JSON"},
    {"--no-room", 0, NULL, OPTION_SWITCH, AT(no_room), .is_word_only = true,
     .help = "of exec: no room of its own; the command is told of the mock as of a proxy (https_proxy)"},
    {"--quiet", 'q', NULL, OPTION_SWITCH, AT(quiet), .help = "no banner on standard error"},
};

static const struct command_row {
    const char *name;
    enum command command;
} commands[] = {
    {"serve", COMMAND_SERVE},
    {"check", COMMAND_CHECK},
    {"routes", COMMAND_ROUTES},
    {"exec", COMMAND_EXEC},
};

static const char help_before[] = "cancelmock - a mock of five vendors' order-cancellation APIs, for tests without\n"
                                  "a network\n"
                                  "\n"
                                  "Usage: cancelmock [COMMAND] [OPTION…]\n"
                                  "\n"
                                  "Commands:\n"
                                  "  serve                     serve the five APIs until SIGTERM or SIGINT; this is\n"
                                  "                            the default\n"
                                  "  check DIR                 only check a fixtures folder; exit 0 when it is\n"
                                  "                            good, 2 with every mistake when not\n"
                                  "  routes                    list every route and every knob\n"
                                  "  exec -- COMMAND…          run a command in a room where the vendors' own names\n"
                                  "                            lead to the mock, over http and https, and nothing\n"
                                  "                            else can be reached (docs/exec.md)\n"
                                  "  verify PLAN --server URL  hold a running server's journal against a plan\n"
                                  "  health URL                is that server alive? exit 0 when it is, 1 when not\n"
                                  "  ca                        print the certificate authority of the TLS listener\n"
                                  "  env                       print the variables by which programs trust it\n"
                                  "                            (the last four have options of their own:\n"
                                  "                            cancelmock verify --help)\n";

static const char help_after[] = "When it can answer, and not before, one line of JSON goes to standard output:\n"
                                 "  {\"ready\":true,\"http\":\"http://127.0.0.1:8080\",\"https\":null,\n"
                                 "   \"control\":\"http://127.0.0.1:8080/_mock\",\"pid\":4711}\n"
                                 "\n"
                                 "Example: a server of your test's own, and a cancel of the first vendor's sample\n"
                                 "order; then what was received, what was answered, and why\n"
                                 "  cancelmock --listen 127.0.0.1:8080 --freeze-time 2026-11-01T09:00:00Z &\n"
                                 "  orders=http://127.0.0.1:8080/api/integrations/orders\n"
                                 "  curl -X PUT $orders/cancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e \\\n"
                                 "       -H 'Access-Token: your-access-token' \\\n"
                                 "       -H 'Content-Type: application/json' -d '{\"reason_id\": 3}'\n"
                                 "  curl http://127.0.0.1:8080/_mock/requests\n"
                                 "\n"
                                 "Signals: SIGTERM and SIGINT stop it: what is under way is answered first; the\n"
                                 "second one ends it at once. SIGHUP reads the folder of --fixtures again.\n"
                                 "\n"
                                 "Exit: 0 stopped as asked, 1 failure at run time (a port in use, a file or\n"
                                 "standard output that could not be written whole), 2 usage or fixtures (the\n"
                                 "message names the place), 130 or 143 ended by a second signal.\n";

/* `check DIR` looks at that folder and at nothing else. */
static bool takes_words_alone(const struct words *words)
{
    return words->count > 0 && strcmp(words->list[0], "check") == 0;
}

static const struct option_table table = {
    .program = "cancelmock",
    .environment = "CANCELMOCK_",
    .has_config = true,
    .before = help_before,
    .after = help_after,
    .rows = rows,
    .count = COUNT_OF(rows),
    .takes_words_alone = takes_words_alone,
};

/* ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* main.c runs these when they stand first. */
static bool has_own_options(const char *word)
{
    static const char *const names[] = {"verify", "health", "ca", "env"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (strcmp(names[i], word) == 0)
            return true;
    return false;
}

static bool read_command(struct settings *settings, const char *word)
{
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        if (strcmp(commands[i].name, word) == 0) {
            settings->command = commands[i].command;
            return true;
        }
    if (has_own_options(word))
        fprintf(stderr, "cancelmock: %s stands first, its options behind it: cancelmock %s --help\n", word, word);
    else
        fprintf(stderr,
                "cancelmock: \"%s\" is no command; there are serve, check, routes, exec, verify, health, ca and env\n",
                word);
    return false;
}

/* Exec decides these by itself. What a file or the environment says of them is meant for `serve`. */
static bool takes_exec(const struct settings *settings)
{
    const struct {
        const char *option, *value;
    } not_taken[] = {
        {"--listen", settings->server.listen},         {"--tls-listen", settings->server.tls_listen},
        {"--public-url", settings->server.public_url}, {"--control-listen", settings->server.control_listen},
        {"--ready-file", settings->ready_file},        {"--log", settings->log}};
    for (size_t i = 0; i < COUNT_OF(not_taken); i++)
        if (not_taken[i].value != NULL &&
            options_source(settings->values, not_taken[i].value, NULL) == OPTION_ARGUMENT) {
            fprintf(stderr, "cancelmock: exec takes no %s: where it listens, and what it tells, is its own affair\n",
                    not_taken[i].option);
            return false;
        }
    return true;
}

/* "exec -- curl -sS URL" */
static bool read_command_line(struct settings *settings, const struct words *words)
{
    union {
        const char **read;
        char **list;
    } command = {.read = mem_zero(words->count, sizeof *command.read)};
    settings->argv = command.list;
    for (size_t i = 1; i < words->count; i++)
        command.read[i - 1] = words->list[i];
    if (words->count < 2) {
        fputs("cancelmock: exec needs a command behind its options: cancelmock exec -- curl https://…\n", stderr);
        return false;
    }
    return takes_exec(settings);
}

static bool read_words(struct settings *settings, const struct words *words)
{
    if (words->count > 0 && !read_command(settings, words->list[0]))
        return false;
    if (settings->command == COMMAND_EXEC)
        return read_command_line(settings, words);
    if (settings->summary != NULL || settings->no_room) {
        fprintf(stderr, "cancelmock: %s is for exec: cancelmock exec %s -- COMMAND…\n",
                settings->no_room ? "--no-room" : "--summary", settings->no_room ? "--no-room" : "--summary FILE");
        return false;
    }
    size_t most = settings->command == COMMAND_CHECK ? 2 : 1;
    if (words->count > most) {
        fprintf(stderr, "cancelmock: \"%s\" is one argument too many\n", words->list[most]);
        return false;
    }
    if (settings->command != COMMAND_CHECK)
        return true;
    if (words->count < 2) {
        fputs("cancelmock: check needs a folder: cancelmock check DIR\n", stderr);
        return false;
    }
    settings->check_folder = words->list[1];
    return true;
}

static bool is_served(const struct settings *settings, const char *knob)
{
    size_t length = strcspn(knob, ".");
    bool served = settings->providers.count == 0;
    for (size_t i = 0; i < settings->providers.count && !served; i++)
        served = strncmp(settings->providers.list[i], knob, length) == 0 && settings->providers.list[i][length] == '\0';
    return served;
}

/* A knob of a provider that is not served would do nothing. That is a mistake, but for what a weaker source says than
 * the one that left the provider out: this is told and dropped. */
static bool drop_unserved_knobs(struct settings *settings)
{
    struct words kept = {settings->knobs.list, 0};
    bool good = true;
    for (size_t i = 0; i < settings->knobs.count; i++) {
        const char *knob = settings->knobs.list[i], *place = NULL, *by = NULL;
        if (is_served(settings, knob)) {
            kept.list[kept.count++] = knob;
            continue;
        }
        enum option_source of_knob = options_source(settings->values, knob, &place);
        enum option_source of_list = options_source(settings->values, settings->providers.list[0], &by);
        fprintf(stderr, "cancelmock: %s: knob %.*s does nothing, as %s leaves %.*s out\n", place,
                (int)strcspn(knob, "="), knob, of_list == OPTION_FILE ? "\"providers\"" : by, (int)strcspn(knob, "."),
                knob);
        good = good && of_knob < of_list;
    }
    settings->knobs = kept;
    return good;
}

static void fill_server(struct settings *settings)
{
    settings->server.seed = (uint64_t)settings->seed;
    settings->server.journal_size = (size_t)settings->journal_size;
    settings->server.reload_every_ms = (unsigned)ceil(settings->reload_every_s * 1000);
    settings->server.providers = settings->providers.list;
    settings->server.provider_count = settings->providers.count;
    settings->server.hosts = settings->hosts.list;
    settings->server.host_count = settings->hosts.count;
    settings->server.knobs = settings->knobs.list;
    settings->server.knob_count = settings->knobs.count;
}

enum options_answer settings_read(struct settings *settings, int argc, char **argv)
{
    struct words words;
    *settings = (struct settings){.command = COMMAND_SERVE, .reload_every_s = 1};
    enum options_answer answer = options_read(&table, settings, argc, argv, &words, &settings->values, stdout, stderr);
    if (answer != OPTIONS_GO)
        return answer;
    if (!read_words(settings, &words) || !drop_unserved_knobs(settings))
        return OPTIONS_WRONG;
    fill_server(settings);
    return OPTIONS_GO;
}

void settings_release(struct settings *settings)
{
    free(settings->argv);
    options_release(settings->values);
}
