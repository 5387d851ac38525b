#include "check.h"

/*
 * What the command line does around a request, tried on a program of its own: a child runs the command
 * and this process plays the provider.
 */

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

#define UUID_A   "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"
#define CANCELED "HTTP/1.1 200 OK\r\nContent-Length: 29\r\n\r\n{\"status\":true,\"data\":\"OK\"}  "

enum { TEXT_BYTES = 4096, PATIENCE_S = 30 };

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
    CHECK_NUMBER(0, bind(listener, (struct sockaddr *)&address, sizeof address));
    CHECK_NUMBER(0, listen(listener, 4));
    CHECK_NUMBER(0, getsockname(listener, (struct sockaddr *)&address, &length));
    snprintf(base_url, size, "--base-url=http://127.0.0.1:%d/base", ntohs(address.sin_port));
    return listener;
}

static void pipe_fill(int out)
{
    static const char filler[512];

    CHECK_NUMBER(0, fcntl(out, F_SETFL, O_NONBLOCK));
    while (write(out, filler, sizeof filler) > 0 || write(out, filler, 1) > 0)
        continue;
    CHECK_NUMBER(0, fcntl(out, F_SETFL, 0));
}

/* The child never returns into the tests. */
static void child_run(int count, char **words, const char *out_path, const int out[2], const int err[2])
{
    int target = out_path == NULL ? dup(out[1]) : open(out_path, O_WRONLY);
    FILE *out_file = fdopen(target, "w");
    FILE *err_file = fdopen(dup(err[1]), "w");
    int exit_code;

    alarm(PATIENCE_S);
    setenv("CANCEL_ACCESS_TOKEN", "tok-12345", 1);
    setenv("CANCEL_KEY", "key-12345", 1);
    setenv("CANCEL_HASH", "hash-12345", 1);
    unsetenv("HOME");
    unsetenv("XDG_STATE_HOME");
    exit_code = command_run(count, words, out_file, err_file);
    fflush(err_file);
    _exit(exit_code);
}

static void child_start(struct child *child, const char *const *words, char *base_url, const char *out_path)
{
    char *copy[16] = {NULL};
    int out[2];
    int err[2];
    int count = 0;

    for (; words[count] != NULL; count++)
        copy[count] = strdup(words[count]);
    copy[count++] = strdup(base_url);
    CHECK_NUMBER(0, pipe2(out, O_CLOEXEC));
    CHECK_NUMBER(0, pipe2(err, O_CLOEXEC));
    if (child->clogged)
        pipe_fill(out[1]);
    fflush(stdout);
    child->pid = fork();
    if (child->pid == 0)
        child_run(count, copy, out_path, out, err);
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
    CHECK_NUMBER(child->pid, waitpid(child->pid, &status, 0));
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
    CHECK_CONTAINS(last_bytes, bytes);
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

static void interrupted(const void *data)
{
    const struct row *row = data;
    struct child child = {.clogged = false};
    char base_url[64];
    char out[TEXT_BYTES];
    char err[TEXT_BYTES];
    int listener = listen_here(base_url, sizeof base_url);
    int connection;

    child_start(&child, row->words, base_url, NULL);
    connection = request_take(listener, row->last_bytes);
    kill(child.pid, row->signal);
    CHECK_NUMBER(row->exit_code, child_end(&child, out, err));
    for (size_t i = 0; i < 3; i++)
        CHECK_CONTAINS(row->out[i], out);
    close(connection);
    close(listener);
}

static void answered(const char *const *words, const char *out_path, int exit_code, const char *out_part,
                     const char *err_part)
{
    struct child child = {.clogged = false};
    char base_url[64];
    char out[TEXT_BYTES];
    char err[TEXT_BYTES];
    int listener = listen_here(base_url, sizeof base_url);
    int connection;

    child_start(&child, words, base_url, out_path);
    connection = request_take(listener, "{\"reason_id\":3}");
    CHECK_NUMBER((long long)strlen(CANCELED), write(connection, CANCELED, strlen(CANCELED)));
    CHECK_NUMBER(exit_code, child_end(&child, out, err));
    CHECK_CONTAINS(out_part, out);
    if (err_part != NULL)
        CHECK_CONTAINS(err_part, err);
    else
        CHECK_TEXT("", err);
    close(connection);
    close(listener);
}

static void canceled(const void *data)
{
    (void)data;
    answered(dukkango, NULL, 0, "canceled: ", NULL);
}

static void full_disk(const void *data)
{
    (void)data;
    answered(dukkango, "/dev/full", 1, "", "could not be written (No space left on device); the outcome is canceled: ");
    answered(dukkango_json, "/dev/full", 1, "", "the outcome is canceled: ");
}

/* Said before anything is sent: the request is never answered, and the warning is there all the same. */
static void memory_is_missed(const void *data)
{
    struct child child = {.clogged = false};
    char base_url[64];
    char out[TEXT_BYTES];
    char err[TEXT_BYTES];
    int listener = listen_here(base_url, sizeof base_url);
    int connection;

    (void)data;
    child_start(&child, iletimerkezi, base_url, NULL);
    connection = request_take(listener, "get-report");
    kill(child.pid, SIGTERM);
    CHECK_NUMBER(1, child_end(&child, out, err));
    CHECK_CONTAINS("no HOME and no --state-dir: this cancel will not be remembered", err);
    close(connection);
    close(listener);
}

/* The first signal aborts; the result that nobody takes does not hold the program against the second one. */
static void second_signal_ends(const void *data)
{
    struct child child = {.clogged = true};
    char base_url[64];
    int listener = listen_here(base_url, sizeof base_url);
    int connection;
    int status = 0;

    (void)data;
    child_start(&child, dukkango, base_url, NULL);
    connection = request_take(listener, "{\"reason_id\":3}");
    kill(child.pid, SIGINT);
    kill(child.pid, SIGTERM);
    CHECK_NUMBER(child.pid, waitpid(child.pid, &status, 0));
    CHECK_TRUE(WIFSIGNALED(status));
    CHECK_NUMBER(SIGTERM, WTERMSIG(status));
    close(child.out);
    close(child.err);
    close(connection);
    close(listener);
}

static const struct test_row tests[] = {
    {"canceled", canceled, NULL},
    {"full_disk", full_disk, NULL},
    {"memory_is_missed", memory_is_missed, NULL},
    {"second_signal_ends", second_signal_ends, NULL},
};

const struct test_suite perform_suite = {
    .name = "perform",
    .rows = tests,
    .count = sizeof tests / sizeof *tests,
    .run = interrupted,
    .table = rows,
    .table_count = sizeof rows / sizeof *rows,
    .table_row_size = sizeof *rows,
};
