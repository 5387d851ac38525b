/* cancelmock: settings → server → wait for a signal → stop. */
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json.h"
#include "command/health.h"
#include "command/verify.h"
#include "mock_server.h"
#include "options.h"

enum { EXIT_RUN_TIME = 1, EXIT_USAGE = 2 };

static int complain(const char *problem)
{
    size_t length = strlen(problem);
    fprintf(stderr, "cancelmock: %s%s", problem, length > 0 && problem[length - 1] == '\n' ? "" : "\n");
    return -1;
}

static int start(const struct settings *settings, struct mock_server **server)
{
    char *problem = mem_alloc(MOCK_SERVER_PROBLEM_MAX);
    int error = mock_server_start(&settings->server, server, problem, MOCK_SERVER_PROBLEM_MAX);
    if (error != MOCK_SERVER_OK)
        complain(problem);
    free(problem);
    return error == MOCK_SERVER_OK ? 0 : error == MOCK_SERVER_FAILED ? EXIT_RUN_TIME : EXIT_USAGE;
}

/* ── The ready line ────────────────────────────────────────────────────────────────────────────────────────────── */

static char *ready_line(const struct mock_server *server)
{
    char control[160];
    snprintf(control, sizeof control, "%s/_mock", mock_server_url(server));
    cJSON *line = cJSON_CreateObject();
    json_set_bool(line, "ready", true);
    json_set_string(line, "http", mock_server_url(server));
    json_set_null(line, "https");
    json_set_string(line, "control", control);
    json_set_integer(line, "pid", getpid());
    char *text = json_write(line);
    cJSON_Delete(line);
    return text;
}

/* A reader sees no file or the whole line, never half of it: it is written beside and renamed. */
static int write_ready_file(const char *path, const char *line)
{
    char *beside = mem_print("%s.%ld", path, (long)getpid());
    FILE *file = fopen(beside, "w");
    bool good = file != NULL && fprintf(file, "%s\n", line) > 0;
    good = file != NULL && fclose(file) == 0 && good && rename(beside, path) == 0;
    if (!good)
        fprintf(stderr, "cancelmock: cannot write the ready file %s\n", path);
    free(beside);
    return good ? 0 : -1;
}

static int announce(const struct settings *settings, const struct mock_server *server)
{
    char *line = ready_line(server);
    int result = settings->ready_file == NULL ? 0 : write_ready_file(settings->ready_file, line);
    if (result == 0) {
        puts(line);
        fflush(stdout);
        if (!settings->quiet)
            fprintf(stderr, "cancelmock %s: %s, control at %s/_mock/; stop with Ctrl-C\n", PROJECT_VERSION,
                    mock_server_url(server), mock_server_url(server));
    }
    free(line);
    return result;
}

/* ── Commands ──────────────────────────────────────────────────────────────────────────────────────────────────── */

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

static int serve(const struct settings *settings)
{
    sigset_t signals;
    tune_memory();
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL); /* before the server's thread, which inherits it */
    signal(SIGPIPE, SIG_IGN);

    struct mock_server *server = NULL;
    int error = start(settings, &server);
    if (error != 0)
        return error;
    if (announce(settings, server) == 0) {
        int caught = 0;
        sigwait(&signals, &caught);
    } else {
        error = EXIT_RUN_TIME;
    }
    if (mock_server_stop(server) < 0) {
        fprintf(stderr, "cancelmock: %s: the journal could not be written whole\n", settings->server.journal_file);
        error = EXIT_RUN_TIME;
    }
    return error;
}

/* A server without a socket: for what only a loaded one knows. */
static int start_unheard(struct settings *settings, struct mock_server **server)
{
    settings->server.unheard = true;
    settings->server.journal_file = NULL; /* nothing is asked of it */
    return start(settings, server);
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

static int run(struct settings *settings)
{
    switch (settings->command) {
    case COMMAND_SERVE:
        return serve(settings);
    case COMMAND_CHECK:
        return check(settings);
    case COMMAND_ROUTES:
        return routes(settings);
    }
    return EXIT_USAGE;
}

/* Commands that ask a server which runs; each has options of its own. */
static const struct remote_command {
    const char *name;
    int (*run)(int argc, char **argv);
} remote_commands[] = {
    {"verify", command_verify},
    {"health", command_health},
};

int main(int argc, char **argv)
{
    struct settings settings;
    for (size_t i = 0; argc > 1 && i < COUNT_OF(remote_commands); i++)
        if (strcmp(remote_commands[i].name, argv[1]) == 0)
            return remote_commands[i].run(argc - 1, argv + 1);
    enum options_answer answer = settings_read(&settings, argc, argv);
    int result = answer == OPTIONS_GO ? run(&settings) : answer == OPTIONS_DONE ? 0 : EXIT_USAGE;
    settings_release(&settings);
    return result;
}
