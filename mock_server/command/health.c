#include "command/health.h"

#include <stdio.h>
#include <string.h>

#include "base/options.h"
#include "base/outputs.h"
#include "command/remote.h"

enum { EXIT_ALIVE, EXIT_NOT, EXIT_USAGE };

struct health_settings {
    double timeout_s;
    bool ready;
    struct remote remote;
};

#define MS_PER_S      1000
#define TIMEOUT_MIN_S 0.01
#define TIMEOUT_MAX_S 600

#define AT(name)      OPTION_AT(struct health_settings, name)

/* ── The table ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool check_timeout(void *into, const char *value, struct text *problem)
{
    const struct health_settings *settings = into;
    if (settings->timeout_s >= TIMEOUT_MIN_S)
        return true;
    text_print(problem, "takes a number of seconds from 0.01 to %d, not \"%s\"", TIMEOUT_MAX_S, value);
    return false;
}

static const struct option rows[] = {
    {"--timeout", 't', "SECONDS", OPTION_DECIMAL, AT(timeout_s), .least = 0, .most = TIMEOUT_MAX_S,
     .check = check_timeout, .is_word_only = true, .help = "for all of it, the look-up of the name included (2)"},
    {"--ready", 0, NULL, OPTION_SWITCH, AT(ready), .is_word_only = true,
     .help =
         "ask whether it is ready, too: whether it serves; GET /_mock/ready tells whether its fixtures and files are "
         "as they should be"},
    {"--token-file", 0, "FILE", OPTION_TEXT, AT(remote.token_file), .is_word_only = true,
     .help = "the token of its control API is the first line of this file"},
};

static const char before[] = "cancelmock health - is a cancelmock alive?\n"
                             "\n"
                             "Usage: cancelmock health URL [OPTION…]\n"
                             "\n"
                             "URL is what the ready line says, \"http\" or \"control\". It needs no shell and no\n"
                             "other program.\n";

static const char after[] = "Example: the health check of an image\n"
                            "  HEALTHCHECK CMD [\"/cancelmock\", \"health\", \"http://127.0.0.1:8080\"]\n"
                            "\n"
                            "Exit: 0 it is, 1 it is not, or cannot be asked (the message says why), 2 usage.\n";

static const struct option_table table = {
    .program = "cancelmock health",
    .before = before,
    .after = after,
    .rows = rows,
    .count = COUNT_OF(rows),
};

/* ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool read_words(struct health_settings *settings, const struct words *words)
{
    struct text problem = TEXT_INIT(1000);
    if (words->count == 0)
        text_add(&problem, "whose? Give an address: cancelmock health http://127.0.0.1:8080");
    else if (words->count > 1)
        text_print(&problem, "\"%.100s\" is one argument too many", words->list[1]);
    else if (remote_check_address(words->list[0], &problem))
        settings->remote.server = words->list[0];
    if (problem.length > 0)
        fprintf(stderr, "cancelmock health: %s\n", text_cstr(&problem));
    text_release(&problem);
    return settings->remote.server != NULL;
}

/* ── Asking ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool says_so(const struct health_settings *settings, const struct remote_answer *answer)
{
    if (answer->status != 200)
        return false;
    if (settings->ready)
        return json_true(answer->json, "ready");
    return strcmp(json_string_or(answer->json, "status", ""), "alive") == 0;
}

static int tell(const struct health_settings *settings, const struct remote_answer *answer)
{
    const char *server = settings->remote.server, *error = json_string(answer->json, "error");
    if (says_so(settings, answer)) {
        printf("%s is %s\n", server, settings->ready ? "ready" : "alive");
        return outputs_flush("cancelmock health", "the answer") ? EXIT_ALIVE : EXIT_NOT;
    }
    if (answer->problem != NULL)
        fprintf(stderr, "cancelmock health: %s\n", answer->problem);
    else if (error != NULL)
        fprintf(stderr, "cancelmock health: %s answers %d: %.500s\n", server, answer->status, error);
    else if (settings->ready && json_member(answer->json, "ready") != NULL)
        fprintf(stderr, "cancelmock health: %s is alive, and not ready: GET /_mock/ready says why\n", server);
    else
        fprintf(stderr, "cancelmock health: %s answers %d, and not as a cancelmock does\n", server, answer->status);
    return answer->is_usage ? EXIT_USAGE : EXIT_NOT;
}

int command_health(int argc, char **argv)
{
    struct health_settings settings = {.timeout_s = 2};
    struct option_values *values = NULL;
    struct words words;
    enum options_answer read = options_read(&table, &settings, argc, argv, &words, &values, stdout, stderr);
    int result = read == OPTIONS_DONE ? EXIT_ALIVE : EXIT_USAGE;
    if (read == OPTIONS_GO && read_words(&settings, &words)) {
        struct remote_answer answer;
        settings.remote.limit_ms = (int)(settings.timeout_s * MS_PER_S);
        remote_ask(&settings.remote, "GET", settings.ready ? "/ready" : "/health", NULL, &answer);
        result = tell(&settings, &answer);
        remote_answer_release(&answer);
    }
    options_release(values);
    return result;
}
