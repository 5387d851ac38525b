/* cancelmock: settings → server → wait for a signal → stop. */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/json.h"
#include "base/line_writer.h"
#include "base/outputs.h"
#include "base/text.h"
#include "command/ca.h"
#include "command/env.h"
#include "command/health.h"
#include "command/verify.h"
#include "exec.h"
#include "mock_server.h"
#include "options.h"
#include "ready_file.h"
#include "signals.h"

enum { EXIT_RUN_TIME = 1, EXIT_USAGE = 2 };

#define ERRORS_ROOM     ((size_t)1024 * 1024)
#define ERRORS_LIMIT_MS 1000

/* A server that runs. What it says goes through a line writer: a terminal or a pipe that nobody reads stops nothing. */
struct service {
    const struct settings *settings;
    struct signals *signals;
    struct line_writer *errors;
    struct ready_file ready_file;
    struct mock_server *server;
};

/* mock_server_options.tell */
static void say(void *context, const char *sentence)
{
    struct service *service = context;
    char *line = mem_print("cancelmock: %s\n", sentence);
    line_writer_add(service->errors, line, strlen(line));
    free(line);
}

static int complain(const char *problem)
{
    size_t length = strlen(problem);
    fprintf(stderr, "cancelmock: %s%s", problem, length > 0 && problem[length - 1] == '\n' ? "" : "\n");
    return -1;
}

static int start(const struct mock_server_options *options, struct mock_server **server)
{
    char *problem = mem_alloc(MOCK_SERVER_PROBLEM_MAX);
    int error = mock_server_start(options, server, problem, MOCK_SERVER_PROBLEM_MAX);
    if (error != MOCK_SERVER_OK)
        complain(problem);
    free(problem);
    return error == MOCK_SERVER_OK ? 0 : error == MOCK_SERVER_FAILED ? EXIT_RUN_TIME : EXIT_USAGE;
}

/* mock_server_options.log */
static void log_request(void *context, const char *line, size_t length)
{
    struct service *service = context;
    line_writer_add(service->errors, line, length);
}

/* ── The ready line ────────────────────────────────────────────────────────────────────────────────────────────── */

static char *ready_line(const struct mock_server *server)
{
    const char *control = mock_server_control_url(server);
    cJSON *line = cJSON_CreateObject();
    json_set_bool(line, "ready", true);
    json_set_string(line, "http", mock_server_url(server));
    json_set_string(line, "https", mock_server_tls_url(server));
    json_set_string(line, "control", *control == '\0' ? NULL : control);
    json_set_integer(line, "pid", getpid());
    char *text = json_write(line);
    cJSON_Delete(line);
    return text;
}

/* True when everybody has been told who was to be told. */
static bool announce(struct service *service)
{
    char *line = ready_line(service->server);
    struct text problem = TEXT_INIT(4096);
    bool good = ready_file_write(&service->ready_file, line, &problem) == 0;
    if (good) {
        puts(line);
        good = outputs_flush("cancelmock", "the ready line");
    } else {
        say(service, text_cstr(&problem));
    }
    text_release(&problem);
    free(line);
    return good;
}

static void greet(struct service *service)
{
    const char *control = mock_server_control_url(service->server);
    char *line =
        mem_print("cancelmock %s: %s, %s%s%s; stop with Ctrl-C\n", PROJECT_VERSION, mock_server_url(service->server),
                  *control == '\0' ? "no control" : "control at ", control, *control == '\0' ? "" : "/");
    if (!service->settings->quiet)
        line_writer_add(service->errors, line, strlen(line));
    free(line);
}

/* ── Serving ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/*
 * One heap that grows in large steps and is not given back: the server's thread would otherwise have a heap of its own,
 * which glibc grows a page at a time, with a system call for nearly every request.
 */
static void tune_memory(void)
{
#ifdef __GLIBC__
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_TOP_PAD, 8 * 1024 * 1024);
    mallopt(M_TRIM_THRESHOLD, 512 * 1024 * 1024);
#endif
}

/* Lines for people, one sentence each. */
static void say_lines(struct service *service, char *text)
{
    char *rest = NULL;
    for (char *line = strtok_r(text, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest))
        say(service, line);
}

/* SIGHUP */
static void reload(struct service *service)
{
    char *problem = mem_alloc(MOCK_SERVER_PROBLEM_MAX);
    if (mock_server_reload(service->server, problem, MOCK_SERVER_PROBLEM_MAX) == MOCK_SERVER_OK) {
        say(service, "SIGHUP: the fixtures were read again; what they say is served");
    } else {
        say(service, "SIGHUP: the last good fixtures stay; mend what is wrong:");
        say_lines(service, problem);
    }
    free(problem);
}

/* Until it is asked to stop. */
static int serve_on(struct service *service)
{
    struct text problem = TEXT_INIT(4096);
    signals_serve(service->signals);
    int error = announce(service) ? 0 : EXIT_RUN_TIME;
    if (error == 0)
        greet(service);
    while (error == 0 && signals_next(service->signals) == SIGNALS_RELOAD)
        reload(service);
    if (ready_file_end(&service->ready_file, &problem) < 0) {
        say(service, text_cstr(&problem));
        error = EXIT_RUN_TIME;
    }
    text_release(&problem);
    return mock_server_stop(service->server) < 0 ? EXIT_RUN_TIME : error;
}

/* Standard error is a terminal, and nobody said that it has no colours (no-color.org). */
static bool shows_colours(void)
{
    const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");
    return isatty(STDERR_FILENO) && (none == NULL || *none == '\0') && terminal != NULL &&
           strcmp(terminal, "dumb") != 0;
}

static int start_and_serve(struct service *service)
{
    struct text problem = TEXT_INIT(4096);
    int error = ready_file_begin(&service->ready_file, service->settings->ready_file, &problem) < 0 ? EXIT_RUN_TIME : 0;
    if (error != 0)
        say(service, text_cstr(&problem));
    text_release(&problem);
    struct mock_server_options options = service->settings->server;
    options.tell = say;
    options.tell_context = service;
    if (service->settings->log != NULL) {
        options.log = log_request;
        options.log_context = service;
        options.log_json = strcmp(service->settings->log, "json") == 0;
        options.log_colours = shows_colours();
    }
    if (error == 0)
        error = start(&options, &service->server);
    return error == 0 ? serve_on(service) : error;
}

/* A connection that waits keeps its handle, so as many are taken as the system gives. */
static void raise_handle_limit(void)
{
    struct rlimit handles;
    if (getrlimit(RLIMIT_NOFILE, &handles) == 0 && handles.rlim_cur < handles.rlim_max) {
        handles.rlim_cur = handles.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &handles); /* else it stays as it is */
    }
}

static int serve(const struct settings *settings, struct signals *signals)
{
    struct service service = {.settings = settings, .signals = signals};
    tune_memory();
    raise_handle_limit();
    signals_start(signals);
    service.errors =
        line_writer_on(STDERR_FILENO, "standard error", &(struct line_writer_options){.room = ERRORS_ROOM});
    int error = start_and_serve(&service);
    struct line_counts counts = line_writer_close(service.errors, ERRORS_LIMIT_MS);
    if (counts.dropped > 0 && settings->log != NULL && error == 0)
        error = EXIT_RUN_TIME; /* nobody can be told */
    signals_end(signals);
    return error;
}

/* ── The other commands ────────────────────────────────────────────────────────────────────────────────────────── */

/* A server without a socket: for what only a loaded one knows. */
static int start_unheard(struct settings *settings, struct mock_server **server)
{
    settings->server.unheard = true;
    settings->server.journal_file = NULL; /* nothing is asked of it */
    settings->server.reload_every_ms = 0;
    return start(&settings->server, server);
}

static int check(struct settings *settings)
{
    struct mock_server *server = NULL;
    settings->server.fixtures = settings->check_folder;
    int error = start_unheard(settings, &server);
    if (error == 0)
        printf("%s: good\n", settings->check_folder);
    mock_server_stop(server);
    return error;
}

static void print_knob(const cJSON *knob)
{
    const cJSON *value = NULL;
    int64_t least = 0, most = 0;
    printf("    %-24s %s\n    %-24s ", json_string_or(knob, "name", ""), json_string_or(knob, "meaning", ""), "");
    cJSON_ArrayForEach (value, json_member(knob, "values"))
        printf("%s | ", value->valuestring);
    if (json_integer(json_member(knob, "least"), &least) && json_integer(json_member(knob, "most"), &most))
        printf("%lld…%lld | ", (long long)least, (long long)most);
    printf("default %s; section %s\n", json_string_or(knob, "default", ""), json_string_or(knob, "clause", "9"));
}

/* " (with v2=on; now it is not served)": what a knob must be, for this path to be served. */
static void print_needs(const cJSON *entry)
{
    const char *needs = json_string(entry, "needs");
    if (needs != NULL)
        printf(" (with %s%s)", needs, json_true(entry, "served") ? "" : "; now it is not served");
    puts("");
}

static void print_route(const cJSON *route, const char *base)
{
    const cJSON *alias = NULL;
    printf("    %-7s %s%-46s %s", json_string_or(route, "method", ""), json_string_or(route, "base", base),
           json_string_or(route, "path", ""), json_string_or(route, "operation", ""));
    print_needs(route);
    cJSON_ArrayForEach (alias, json_member(route, "aliases")) {
        printf("      also  %s", json_string_or(alias, "path", ""));
        print_needs(alias);
    }
}

static void print_provider(const cJSON *provider)
{
    const cJSON *routes = json_member(provider, "routes"), *knobs = json_member(provider, "knobs");
    const char *base = json_string_or(provider, "base_url", ""); /* without a socket it is the path alone */
    printf("%s - %s\n  routes\n", provider->string, json_string_or(provider, "title", ""));
    for (const cJSON *route = routes->child; route != NULL; route = route->next)
        print_route(route, base);
    if (knobs->child != NULL)
        puts("  knobs");
    for (const cJSON *knob = knobs->child; knob != NULL; knob = knob->next)
        print_knob(knob);
    puts("");
}

static int routes(struct settings *settings)
{
    struct mock_server *server = NULL;
    char *text = NULL;
    int error = start_unheard(settings, &server);
    if (error != 0)
        return error;
    mock_server_control(server, "GET", "/_mock/providers", NULL, &text);
    cJSON *answer = json_read_text(text);
    const cJSON *providers = json_member(answer, "providers");
    for (const cJSON *provider = providers->child; provider != NULL; provider = provider->next)
        print_provider(provider);
    cJSON_Delete(answer);
    free(text);
    mock_server_stop(server);
    return 0;
}

static int run(struct settings *settings, struct signals *signals)
{
    if (settings->command == COMMAND_SERVE)
        return serve(settings, signals);
    signals_release(signals);
    switch (settings->command) {
    case COMMAND_CHECK:
        return check(settings);
    case COMMAND_ROUTES:
        return routes(settings);
    case COMMAND_SERVE:
        break;
    case COMMAND_EXEC:
        complain("exec stands first, its options behind it: cancelmock exec [OPTION…] -- COMMAND…");
        break;
    }
    return EXIT_USAGE;
}

/* Commands with options of their own: they serve nothing. */
static const struct own_command {
    const char *name;
    int (*run)(int argc, char **argv);
} own_commands[] = {
    {"verify", command_verify},
    {"health", command_health},
    {"ca", command_ca},
    {"env", command_env},
};

/* NULL: none of them is asked for. */
static const struct own_command *own_command_of(int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < COUNT_OF(own_commands); i++)
        if (strcmp(own_commands[i].name, argv[1]) == 0)
            return &own_commands[i];
    return NULL;
}

/* Everything that reads its options from the table of this program. */
static int local(int argc, char **argv, struct signals *signals)
{
    struct settings settings;
    enum options_answer answer = settings_read(&settings, argc, argv);
    if (answer != OPTIONS_GO)
        signals_release(signals);
    int result = answer == OPTIONS_GO ? run(&settings, signals) : answer == OPTIONS_DONE ? 0 : EXIT_USAGE;
    settings_release(&settings);
    return result;
}

int main(int argc, char **argv)
{
    struct signals signals;
    if (argc > 1 && strcmp(argv[1], "exec") == 0) /* its signals are the command's */
        return exec_main(argc, argv);
    signals_begin(&signals);
    outputs_hold();
    const struct own_command *own = own_command_of(argc, argv);
    if (own != NULL)
        signals_release(&signals);
    int result = own != NULL ? own->run(argc - 1, argv + 1) : local(argc, argv, &signals);
    return outputs_end("cancelmock", result, EXIT_RUN_TIME);
}
