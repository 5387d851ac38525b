/*
 * The two command lines as people meet them: help, version, the configuration file, the environment, the old word. Each
 * test runs the command line in a child, since options that are read go to standard output and end with a status.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command_line.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/tests/check.h"
#include "mock_server/base/text.h"
#include "server/command_line.h"
#include "tests/suites.h"

#define WIDTH 80

enum program { OF_CHECKS, OF_SERVER };

/* What a child that reads these words prints, standard error included; to be freed. Its answer goes to *answer. */
static char *read_in_child(enum program program, const char *variable, const char *const words[], int *answer)
{
    static const char *const providers[] = {"dukkango", "akinon", NULL};
    int ends[2];
    CHECK(pipe(ends) == 0);
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        char *argv[16] = {mem_dup("cancelcheck")};
        int argc = 1;
        for (; words[argc - 1] != NULL; argc++)
            argv[argc] = mem_dup(words[argc - 1]);
        if (variable != NULL)
            putenv(mem_dup(variable));
        dup2(ends[1], STDOUT_FILENO);
        dup2(ends[1], STDERR_FILENO);
        struct settings settings;
        struct server_settings server;
        int read = program == OF_CHECKS ? (int)command_line_read(&settings, argc, argv)
                                        : (int)server_command_line_read(&server, "cancelcheck", providers, argc, argv);
        if (program == OF_CHECKS && read == OPTIONS_GO)
            printf("level %d, jobs %d, runs %zu, %s\n", (int)settings.level, (int)settings.jobs, settings.run.count,
                   settings.client != NULL ? settings.client : "no client");
        if (program == OF_SERVER && read == OPTIONS_GO)
            printf("%s, %d ms\n", compare_name(server.compare), server.limit_ms);
        fflush(NULL);
        _exit(read);
    }
    close(ends[1]);
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    char bytes[4096];
    for (ssize_t got; (got = read(ends[0], bytes, sizeof bytes)) > 0;)
        text_add_bytes(&out, bytes, (size_t)got);
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    *answer = WEXITSTATUS(status);
    return text_take(&out);
}

static void check_says(enum program program, const char *variable, const char *const words[],
                       enum options_answer expected, const char *part)
{
    int answer = -1;
    char *text = read_in_child(program, variable, words, &answer);
    CHECK_INTEGER(answer, expected);
    CHECK_CONTAINS(text, part);
    free(text);
}

#define WORDS(...) ((const char *[]){__VA_ARGS__, NULL})

/* Columns of the longest line; continuation bytes of UTF-8 take none. */
static size_t widest(const char *text)
{
    size_t most = 0, here = 0;
    for (; *text != '\0'; text++) {
        here = *text == '\n' ? 0 : here + ((*text & 0xc0) != 0x80);
        most = here > most ? here : most;
    }
    return most;
}

static void check_help(enum program program, const char *word, const char *title, const char *variable)
{
    int answer = -1;
    char *text = read_in_child(program, NULL, WORDS(word), &answer);
    CHECK_INTEGER(answer, OPTIONS_DONE);
    CHECK(strncmp(text, title, strlen(title)) == 0);
    CHECK(widest(text) <= WIDTH);
    CHECK_CONTAINS(text, variable);
    CHECK_CONTAINS(text, "--config FILE");
    CHECK_CONTAINS(text, "Exit status");
    free(text);
}

static void test_command_line__help_fits_a_terminal(void *context)
{
    (void)context;
    check_help(OF_CHECKS, "-h", "cancelcheck - ", "CANCELCHECK_JOURNAL_FILE");
    check_help(OF_CHECKS, "--help", "cancelcheck - ", "CANCELCHECK_JOURNAL_FILE");
    check_help(OF_SERVER, "-h", "cancelcheck server - ", "CANCELCHECK_SERVER_CA_FILE");
    check_help(OF_SERVER, "--help", "cancelcheck server - ", "CANCELCHECK_SERVER_CA_FILE");
}

static void test_command_line__says_its_version(void *context)
{
    (void)context;
    check_says(OF_CHECKS, NULL, WORDS("-V"), OPTIONS_DONE, "cancelcheck " PROJECT_VERSION "\n");
    check_says(OF_CHECKS, NULL, WORDS("--client", "x", "--version"), OPTIONS_DONE, "cancelcheck " PROJECT_VERSION "\n");
    check_says(OF_SERVER, NULL, WORDS("-V"), OPTIONS_DONE, "cancelcheck " PROJECT_VERSION "\n");
    check_says(OF_SERVER, NULL, WORDS("--version"), OPTIONS_DONE, "cancelcheck " PROJECT_VERSION "\n");
}

static void test_command_line__reads_the_environment(void *context)
{
    (void)context;
    check_says(OF_CHECKS, "CANCELCHECK_CLIENT=an adapter", WORDS("-j3"), OPTIONS_GO,
               "level 2, jobs 3, runs 0, an adapter");
    check_says(OF_CHECKS, "CANCELCHECK_RUN=a b", WORDS("--client", "x"), OPTIONS_GO, "runs 2, x");
    check_says(OF_CHECKS, "CANCELCHECK_RUN=a b", WORDS("--client", "x", "--run", "c"), OPTIONS_GO, "runs 1, x");
    check_says(OF_CHECKS, "CANCELCHECK_JOBS=0", WORDS("--client", "x"), OPTIONS_WRONG, "CANCELCHECK_JOBS takes");
    check_says(OF_SERVER, "CANCELCHECK_SERVER_COMPARE=shape", WORDS("--timeout=0.25"), OPTIONS_GO, "shape, 250 ms");
    check_says(OF_SERVER, "CANCELCHECK_SERVER_COMPARE=x", WORDS("--quiet"), OPTIONS_WRONG,
               "CANCELCHECK_SERVER_COMPARE takes exact, json or shape");
}

static void test_command_line__reads_a_file(void *context)
{
    (void)context;
    char name[] = "/tmp/cancelcheck-test-XXXXXX";
    FILE *file = fdopen(mkstemp(name), "w");
    fputs("{\"client\": \"an adapter\", \"level\": \"must\", \"jobs\": 5, \"run\": [\"a\", \"b\", \"c\"]}", file);
    fclose(file);
    check_says(OF_CHECKS, NULL, WORDS("--config", name), OPTIONS_GO, "level 0, jobs 5, runs 3, an adapter");
    check_says(OF_CHECKS, NULL, WORDS("--config", name, "-j", "1", "--level", "may"), OPTIONS_GO, "level 2, jobs 1");
    check_says(OF_SERVER, NULL, WORDS("--config", name), OPTIONS_WRONG, name);
    unlink(name);
}

static void test_command_line__names_what_is_wrong(void *context)
{
    (void)context;
    check_says(OF_CHECKS, NULL, WORDS("--clent", "x"), OPTIONS_WRONG, "--client");
    check_says(OF_CHECKS, NULL, WORDS("--client", "a 'b"), OPTIONS_WRONG, "a quote that is not closed");
    check_says(OF_CHECKS, NULL, WORDS("--client", "x", "--provider", "dukango"), OPTIONS_WRONG,
               "did you mean \"dukkango\"?");
    check_says(OF_CHECKS, NULL, WORDS("--client", "x", "--time-scale", "0.05"), OPTIONS_WRONG, "0.1 to 100");
    check_says(OF_CHECKS, NULL, WORDS("--strict"), OPTIONS_WRONG, "nothing to do");
    check_says(OF_CHECKS, NULL, WORDS("--client", "x", "y"), OPTIONS_WRONG, "\"y\" is no option");
    check_says(OF_SERVER, NULL, WORDS("y"), OPTIONS_WRONG, "\"y\" is no option");
}

void suite_command_line(void)
{
    register_test("command line", "command_line/help_fits_a_terminal", test_command_line__help_fits_a_terminal, NULL);
    register_test("command line", "command_line/says_its_version", test_command_line__says_its_version, NULL);
    register_test("command line", "command_line/reads_the_environment", test_command_line__reads_the_environment, NULL);
    register_test("command line", "command_line/reads_a_file", test_command_line__reads_a_file, NULL);
    register_test("command line", "command_line/names_what_is_wrong", test_command_line__names_what_is_wrong, NULL);
}
