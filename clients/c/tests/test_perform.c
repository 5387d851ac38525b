/*
 * What the command line does around a request, tried on a program of its own: a child runs the command
 * and this process plays the provider.
 */
#include "tests/check.h"
#include "tests/suites.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command/command.h"

#define UUID_A     "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"
#define CANCELED   "HTTP/1.1 200 OK\r\nContent-Length: 29\r\n\r\n{\"status\":true,\"data\":\"OK\"}  "

#define TEXT_BYTES 4096
#define PATIENCE_S 30

struct child {
    bool clogged; /* to be set before: its output takes no byte */
    pid_t pid;
    int out;
    int err;
};

static int listen_here(char *base_url, size_t size)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK_INTEGER(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    CHECK_INTEGER(listen(listener, 4), 0);
    CHECK_INTEGER(getsockname(listener, (struct sockaddr *)&address, &length), 0);
    snprintf(base_url, size, "--base-url=http://127.0.0.1:%d/base", ntohs(address.sin_port));
    return listener;
}

static void pipe_fill(int out)
{
    static const char filler[512];
    CHECK_INTEGER(fcntl(out, F_SETFL, O_NONBLOCK), 0);
    while (write(out, filler, sizeof filler) > 0 || write(out, filler, 1) > 0)
        continue;
    CHECK_INTEGER(fcntl(out, F_SETFL, 0), 0);
}

/* The child never returns into the tests. */
static void child_run(int count, char **words, const char *out_path, const int out[2], const int err[2])
{
    int target = out_path == NULL ? dup(out[1]) : open(out_path, O_WRONLY);
    FILE *out_file = fdopen(target, "w");
    FILE *err_file = fdopen(dup(err[1]), "w");
    alarm(PATIENCE_S);
    setenv("CANCEL_ACCESS_TOKEN", "tok-12345", 1);
    setenv("CANCEL_KEY", "key-12345", 1);
    setenv("CANCEL_HASH", "hash-12345", 1);
    unsetenv("HOME");
    unsetenv("XDG_STATE_HOME");
    int exit_code = command_run(count, words, out_file, err_file);
    fflush(err_file);
    _exit(exit_code);
}

static void child_start(struct child *child, const char *const *words, char *base_url, const char *out_path)
{
    char *copy[16] = {NULL};
    int count = 0;
    for (; words[count] != NULL; count++)
        copy[count] = strdup(words[count]);
    copy[count++] = strdup(base_url);
    int out[2];
    CHECK_INTEGER(pipe2(out, O_CLOEXEC), 0);
    int err[2];
    CHECK_INTEGER(pipe2(err, O_CLOEXEC), 0);
    if (child->clogged)
        pipe_fill(out[1]);
    fflush(stdout);
    child->pid = fork();
    if (child->pid == 0) {
        signal(SIGINT, SIG_DFL); /* a job in the background of a shell is born deaf to it */
        child_run(count, copy, out_path, out, err);
    }
    close(out[1]);
    close(err[1]);
    child->out = out[0];
    child->err = err[0];
    for (int i = 0; i < count; i++)
        free(copy[i]);
}

static void read_all(int file, char text[TEXT_BYTES])
{
    size_t length = 0;
    ssize_t part;
    while (length < TEXT_BYTES - 1 && (part = read(file, text + length, TEXT_BYTES - 1 - length)) > 0)
        length += (size_t)part;
    text[length] = '\0';
    close(file);
}

/* The exit code, or minus the signal that ended it. */
static int child_end(struct child *child, char out[TEXT_BYTES], char err[TEXT_BYTES])
{
    int status = 0;
    read_all(child->out, out);
    read_all(child->err, err);
    CHECK_INTEGER(waitpid(child->pid, &status, 0), child->pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/* The connection, once all of the request is there: the client must not be able to say that it is not. */
static int request_take(int listener, const char *last_bytes)
{
    char bytes[TEXT_BYTES] = "";
    int connection = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    size_t length = 0;
    ssize_t part;
    while (strstr(bytes, last_bytes) == NULL && (part = read(connection, bytes + length, TEXT_BYTES - 1 - length)) > 0)
        bytes[length += (size_t)part] = '\0';
    CHECK_CONTAINS(bytes, last_bytes);
    return connection;
}

static const char *const dukkango[] = {"cancelorder", "cancel", "--provider=dukkango", "--reason=3", UUID_A, NULL};
static const char *const dukkango_json[] = {"cancelorder", "cancel", "--provider=dukkango", "--reason=3", UUID_A,
                                            "--json",      NULL};
static const char *const iletimerkezi[] = {"cancelorder", "cancel", "--provider=iletimerkezi", "312891245", NULL};

static const struct row {
    const char *name;
    const char *const *words;
    const char *last_bytes; /* of the request that a signal meets */
    int signal;
    int exit_code;
    const char *out[3];
} rows[] = {
    {"interrupted",
     dukkango,
     "{\"reason_id\":3}",
     SIGINT,
     1,
     {"aborted: ", "The cancel may have happened; read the order before repeating.", "maybe, 1 request"}},
    {"terminated_json",
     dukkango_json,
     "{\"reason_id\":3}",
     SIGTERM,
     1,
     {"{\"outcome\":\"aborted\"", "The cancel may have happened", "\"attempts\":1,\"sent\":\"maybe\""}},
    {"before_the_cancel",
     iletimerkezi,
     "get-report",
     SIGINT,
     1,
     {"aborted: ", "The cancel was not sent.", "no, 0 requests"}},
};

static void interrupted(const void *context)
{
    const struct row *row = context;
    struct child child = {.clogged = false};
    char base_url[64];
    int listener = listen_here(base_url, sizeof base_url);
    child_start(&child, row->words, base_url, NULL);
    int connection = request_take(listener, row->last_bytes);
    kill(child.pid, row->signal);
    char err[TEXT_BYTES];
    char out[TEXT_BYTES];
    CHECK_INTEGER(child_end(&child, out, err), row->exit_code);
    for (size_t i = 0; i < 3; i++)
        CHECK_CONTAINS(out, row->out[i]);
    close(connection);
    close(listener);
}

static void answered(const char *const *words, const char *out_path, int exit_code, const char *out_part,
                     const char *err_part)
{
    struct child child = {.clogged = false};
    char base_url[64];
    int listener = listen_here(base_url, sizeof base_url);
    child_start(&child, words, base_url, out_path);
    int connection = request_take(listener, "{\"reason_id\":3}");
    CHECK_INTEGER(write(connection, CANCELED, strlen(CANCELED)), (long long)strlen(CANCELED));
    char err[TEXT_BYTES];
    char out[TEXT_BYTES];
    CHECK_INTEGER(child_end(&child, out, err), exit_code);
    CHECK_CONTAINS(out, out_part);
    if (err_part != NULL)
        CHECK_CONTAINS(err, err_part);
    else
        CHECK_TEXT(err, "");
    close(connection);
    close(listener);
}

static void canceled(const void *context)
{
    (void)context;
    answered(dukkango, NULL, 0, "canceled: ", NULL);
}

static void full_disk(const void *context)
{
    (void)context;
    answered(dukkango, "/dev/full", 1, "", "could not be written (No space left on device); the outcome is canceled: ");
    answered(dukkango_json, "/dev/full", 1, "", "the outcome is canceled: ");
}

/* Said before anything is sent: the request is never answered, and the warning is there all the same. */
static void memory_is_missed(const void *context)
{
    struct child child = {.clogged = false};
    char base_url[64];
    int listener = listen_here(base_url, sizeof base_url);
    (void)context;
    child_start(&child, iletimerkezi, base_url, NULL);
    int connection = request_take(listener, "get-report");
    kill(child.pid, SIGTERM);
    char err[TEXT_BYTES];
    char out[TEXT_BYTES];
    CHECK_INTEGER(child_end(&child, out, err), 1);
    CHECK_CONTAINS(err, "no HOME and no --state-dir: this cancel will not be remembered");
    close(connection);
    close(listener);
}

/* The first signal aborts; the result that nobody takes does not hold the program against the second one. */
static void second_signal_ends(const void *context)
{
    struct child child = {.clogged = true};
    char base_url[64];
    int listener = listen_here(base_url, sizeof base_url);
    int status = 0;
    (void)context;
    child_start(&child, dukkango, base_url, NULL);
    int connection = request_take(listener, "{\"reason_id\":3}");
    kill(child.pid, SIGINT);
    kill(child.pid, SIGTERM);
    CHECK_INTEGER(waitpid(child.pid, &status, 0), child.pid);
    CHECK(WIFSIGNALED(status));
    CHECK_INTEGER(WTERMSIG(status), SIGTERM);
    close(child.out);
    close(child.err);
    close(connection);
    close(listener);
}

void register_perform_tests(void)
{
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        register_test("perform", rows[i].name, interrupted, &rows[i]);
    register_test("perform", "canceled", canceled, NULL);
    register_test("perform", "full_disk", full_disk, NULL);
    register_test("perform", "memory_is_missed", memory_is_missed, NULL);
    register_test("perform", "second_signal_ends", second_signal_ends, NULL);
}
