/*
 * Talking to the child. Everything goes through one pump: a poll() over the three pipes, which writes what is to be
 * written, keeps what comes, and looks after the child's life. Above it lie the two ways to wait: for the answer of a
 * command, and for some time to pass.
 *
 * A line is an answer when it is a JSON object with an "id". A line that begins like an object and is none is taken for
 * a broken answer, since waiting for another one would only turn a clear fault into a time-out.
 */
#include "adapter/adapter.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "check/lenient.h"
#include "check/scan.h"
#include "mock_server/base/deadline.h"
#include "mock_server/base/json.h"
#include "mock_server/base/json_path.h"
#include "mock_server/base/memory.h"

#define HELLO_ID  0  /* as the protocol has it */
#define SLICE_MS  25 /* how often the child's life is looked at while its pipes are silent */
#define NOTES_MAX 20
#define CHUNK     16384 /* bytes that are read at once */

/* What is going on while we wait. */
struct wait {
    const char *unsent; /* the rest of the command */
    size_t unsent_length;
    int id; /* of the answer that is waited for; -1: none */
    struct talk *talk;
    bool over;
};

static int scaled(const struct adapter *adapter, int ms)
{
    return (int)(ms * (adapter->scale > 0 ? adapter->scale : 1.0));
}

static void note(struct adapter *adapter, const char *format, const char *detail)
{
    if (adapter->notes == NULL)
        adapter->notes = cJSON_CreateArray();
    if (cJSON_GetArraySize(adapter->notes) >= NOTES_MAX)
        return;
    char *text = mem_print("%s: %.200s", format, detail);
    json_push_string(adapter->notes, text);
    free(text);
}

static void tell_group(const struct adapter *adapter)
{
    if (adapter->group != NULL)
        atomic_store(adapter->group, (int)adapter->process.pid);
}

static void end_child(struct adapter *adapter)
{
    process_kill(&adapter->process);
    tell_group(adapter);
}

static void complain(struct adapter *adapter, char *problem)
{
    free(adapter->problem);
    adapter->problem = problem;
}

/* ── Lines ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void take_noise(struct adapter *adapter, struct line line)
{
    adapter->noise.max = ADAPTER_NOISE_MAX;
    text_add_bytes(&adapter->noise, line.bytes, line.length);
    text_add(&adapter->noise, "\n");
}

static void take_garbled(struct adapter *adapter, struct wait *wait, struct line line)
{
    const char *problem = line.too_long ? "a line of more than 1 MiB" : scan_object_problem(line.bytes, line.length);
    char *start = mem_dup_bytes(line.bytes, line.length < 200 ? line.length : 200);
    char *text = mem_print("%s: %s", problem != NULL ? problem : "half a surrogate pair in a \\u escape", start);
    note(adapter, "a line that is no JSON", text);
    free(start);
    if (wait->id >= 0 && !wait->over) {
        wait->over = true;
        wait->talk->end = TALK_GARBLED;
        wait->talk->answer_text = mem_dup(text);
    }
    free(text);
}

/* An answer that says which command it could not read has the id null. */
static bool answers(const cJSON *answer, const struct wait *wait)
{
    const cJSON *id = json_member(answer, "id");
    if (wait->id < 0 || wait->over)
        return false;
    if (cJSON_IsNull(id))
        return json_member(answer, "errored") != NULL;
    return cJSON_IsNumber(id) && id->valuedouble == wait->id;
}

static void take_object(struct adapter *adapter, struct wait *wait, cJSON *object, struct line line)
{
    char *text = mem_dup_bytes(line.bytes, line.length);
    if (strstr(text, "\\u0000") != NULL)
        note(adapter, "a string with \\u0000, of which only what stands before it is compared", text);
    if (answers(object, wait)) {
        wait->over = true;
        wait->talk->end = TALK_ANSWERED;
        wait->talk->answer = object;
        wait->talk->answer_text = text;
        return;
    }
    note(adapter,
         json_member(object, "id") != NULL ? "an answer that nothing waited for"
                                           : "an object without an id on standard output",
         text);
    free(text);
    cJSON_Delete(object);
}

static void take_line(struct adapter *adapter, struct wait *wait, struct line line)
{
    if (line.length >= 3 && memcmp(line.bytes, "\xef\xbb\xbf", 3) == 0) {
        note(adapter, "a byte order mark at the start of a line", "");
        line.bytes += 3;
        line.length -= 3;
    }
    while (line.length && memchr(" \t", line.bytes[0], 2) != NULL) {
        line.bytes++;
        line.length--;
    }
    if (line.length == 0)
        return;
    if (line.bytes[0] != '{') {
        take_noise(adapter, line);
        return;
    }
    bool readable = !line.too_long && memchr(line.bytes, '\0', line.length) == NULL;
    cJSON *object = readable ? lenient_read(line.bytes, line.length) : NULL;
    if (object != NULL)
        take_object(adapter, wait, object, line);
    else if (line.length > 1 && strchr("\" }", line.bytes[1]) != NULL)
        take_garbled(adapter, wait, line);
    else
        take_noise(adapter, line);
}

/* ── The pump ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void send_some(struct adapter *adapter, struct wait *wait)
{
    ssize_t sent = write(adapter->process.in, wait->unsent, wait->unsent_length);
    if (sent > 0) {
        wait->unsent += sent;
        wait->unsent_length -= (size_t)sent;
    } else if (sent < 0 && errno != EAGAIN && errno != EINTR) {
        wait->unsent_length = 0; /* nobody reads; the child's end will be seen */
    }
}

/* True while the stream is open. */
static bool receive_some(int handle, char *bytes, size_t size, size_t *length)
{
    ssize_t got = read(handle, bytes, size);
    *length = got > 0 ? (size_t)got : 0;
    return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
}

static void receive_output(struct adapter *adapter, struct wait *wait)
{
    char bytes[CHUNK];
    size_t length = 0;
    adapter->out_open = receive_some(adapter->process.out, bytes, sizeof bytes, &length);
    lines_add(&adapter->lines, bytes, length);
    struct line line;
    while (lines_next(&adapter->lines, &line))
        take_line(adapter, wait, line);
    if (!adapter->out_open && lines_rest(&adapter->lines, &line))
        take_line(adapter, wait, line);
}

static void receive_errors(struct adapter *adapter)
{
    char bytes[CHUNK];
    size_t length = 0;
    adapter->err_open = receive_some(adapter->process.err, bytes, sizeof bytes, &length);
    adapter->errors.max = ADAPTER_STDERR_MAX;
    text_add_bytes(&adapter->errors, bytes, length);
}

/* Moves bytes for at most so long; returns when something happened. */
static void pump(struct adapter *adapter, struct wait *wait, int timeout_ms)
{
    struct pollfd polled[3] = {
        {.fd = adapter->out_open ? adapter->process.out : -1, .events = POLLIN},
        {.fd = adapter->err_open ? adapter->process.err : -1, .events = POLLIN},
        {.fd = wait->unsent_length ? adapter->process.in : -1, .events = POLLOUT},
    };
    if (poll(polled, 3, timeout_ms < SLICE_MS ? timeout_ms : SLICE_MS) <= 0)
        return;
    if (polled[0].revents)
        receive_output(adapter, wait);
    if (polled[1].revents)
        receive_errors(adapter);
    if (polled[2].revents)
        send_some(adapter, wait);
}

/* What the child wrote before it ended is still in the pipes; a grandchild may keep them open, so not more than that.
 */
static void drain(struct adapter *adapter, struct wait *wait)
{
    for (int i = 0; i < 64 && (adapter->out_open || adapter->err_open); i++) {
        struct pollfd polled[2] = {
            {.fd = adapter->out_open ? adapter->process.out : -1, .events = POLLIN},
            {.fd = adapter->err_open ? adapter->process.err : -1, .events = POLLIN},
        };
        if (poll(polled, 2, 0) <= 0)
            return;
        if (polled[0].revents)
            receive_output(adapter, wait);
        if (polled[1].revents)
            receive_errors(adapter);
    }
}

static bool child_is_gone(struct adapter *adapter, struct wait *wait)
{
    if (!process_has_ended(&adapter->process) && adapter->out_open)
        return false;
    drain(adapter, wait);
    return true;
}

static void note_death(struct adapter *adapter)
{
    process_wait(&adapter->process, 50); /* its exit status, if it is about to have one */
    bool by_itself = adapter->process.ended;
    end_child(adapter);
    char *ending = process_ending(&adapter->process);
    complain(adapter,
             by_itself ? mem_print("the adapter %s", ending) : mem_dup("the adapter closed its standard output"));
    free(ending);
}

/* ── Asking ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static char *command_line(cJSON *command, int id)
{
    json_set_integer(command, "id", id);
    return json_shown(command);
}

/*
 * Whether all that was sent still lies in the pipe, which was empty before: the child read whole lines and had answered
 * them all. A reader that is gone leaves what was written to it.
 */
static bool lies_unread(const struct adapter *adapter, size_t sent)
{
    int unread = 0;
    return sent == 0 || (ioctl(adapter->process.in, FIONREAD, &unread) == 0 && (size_t)unread >= sent);
}

static void ask(struct adapter *adapter, cJSON *command, int id, int timeout_ms, struct talk *talk)
{
    talk->command = command_line(command, id);
    talk->end = TALK_TIMED_OUT;
    char *line = mem_print("%s\n", talk->command);
    struct wait wait = {.unsent = line, .unsent_length = strlen(line), .id = id, .talk = talk};
    int64_t start = deadline_now();
    int64_t deadline = start + timeout_ms;
    bool gone = false;
    while (!wait.over && !gone && deadline_left(deadline) > 0) {
        pump(adapter, &wait, deadline_left(deadline));
        gone = !wait.over && child_is_gone(adapter, &wait);
    }
    if (!wait.over && !gone)
        drain(adapter, &wait); /* it may have come while we were stopped ourselves */
    talk->elapsed_ms = (int)(deadline_now() - start);
    if (!wait.over && gone) {
        talk->end = TALK_DIED;
        talk->unread = lies_unread(adapter, (size_t)(wait.unsent - line));
        note_death(adapter);
    } else if (talk->end == TALK_GARBLED) {
        end_child(adapter); /* nobody knows what it would say next */
    } else if (!wait.over) {
        end_child(adapter);
        complain(adapter, mem_print("no answer within %d ms", timeout_ms));
    }
    adapter->answered += talk->end == TALK_ANSWERED;
    free(line);
}

void adapter_ask(struct adapter *adapter, cJSON *command, int timeout_ms, struct talk *talk)
{
    ask(adapter, command, ++adapter->last_id, timeout_ms, talk);
}

void adapter_listen(struct adapter *adapter, int duration_ms)
{
    struct wait wait = {.id = -1};
    int64_t deadline = deadline_now() + duration_ms;
    while (deadline_left(deadline) > 0) {
        bool silent = !adapter->out_open && !adapter->err_open;
        if (adapter_lives(adapter) && !silent)
            pump(adapter, &wait, deadline_left(deadline));
        else
            poll(NULL, 0, deadline_left(deadline));
    }
}

void adapter_forget(struct adapter *adapter)
{
    text_clear(&adapter->errors);
    text_clear(&adapter->noise);
    cJSON_Delete(adapter->notes);
    adapter->notes = NULL;
}

/* ── Life and death ──────────────────────────────────────────────────────────────────────────────────────────────── */

bool adapter_lives(const struct adapter *adapter)
{
    return adapter->process.pid != 0;
}

static cJSON *hello_command(const struct adapter *adapter)
{
    cJSON *command = cJSON_CreateObject();
    json_set_string(command, "cmd", "hello");
    json_set_integer(command, "protocol", ADAPTER_PROTOCOL);
    json_set_string(command, "suite", PROJECT_VERSION);
    cJSON *providers = cJSON_AddArrayToObject(command, "providers");
    for (const char *const *provider = adapter->providers; provider != NULL && *provider != NULL; provider++)
        json_push_string(providers, *provider);
    return command;
}

/* NULL when the hello is good; otherwise what is wrong with it, to be freed. */
static char *hello_problem(const struct adapter *adapter, const struct talk *talk)
{
    if (talk->end == TALK_GARBLED)
        return mem_print("the adapter's answer to hello is no JSON: %s", talk->answer_text);
    if (talk->end != TALK_ANSWERED)
        return mem_print("%s after hello", adapter->problem);
    if (json_member(talk->answer, "errored") != NULL)
        return mem_print("the adapter refused hello: %s", talk->answer_text);
    if (json_int_or(talk->answer, "protocol", 0) != ADAPTER_PROTOCOL)
        return mem_print("the adapter does not speak protocol %d: %.300s", ADAPTER_PROTOCOL, talk->answer_text);
    if (!cJSON_IsObject(json_member(talk->answer, "providers")))
        return mem_print("the adapter's hello has no \"providers\": %.300s", talk->answer_text);
    return NULL;
}

static int say_hello(struct adapter *adapter)
{
    cJSON *command = hello_command(adapter);
    struct talk talk = {0};
    ask(adapter, command, HELLO_ID, scaled(adapter, ADAPTER_HELLO_MS), &talk);
    char *problem = hello_problem(adapter, &talk);
    if (problem == NULL) {
        cJSON_Delete(adapter->hello);
        adapter->hello = talk.answer;
        adapter->answered = 0;
        talk.answer = NULL;
    } else {
        end_child(adapter);
        complain(adapter, problem);
    }
    talk_release(&talk);
    cJSON_Delete(command);
    return problem != NULL ? -1 : 0;
}

int adapter_open(struct adapter *adapter)
{
    if (adapter_lives(adapter) && !process_has_ended(&adapter->process))
        return 0;
    end_child(adapter);
    lines_release(&adapter->lines);
    adapter->lines = LINES_INIT(ADAPTER_LINE_MAX);
    complain(adapter, NULL);
    if (process_start(&adapter->process, adapter->argv) < 0) {
        complain(adapter, mem_print("cannot start '%s': %s", adapter->argv[0], strerror(errno)));
        return -1;
    }
    tell_group(adapter);
    adapter->out_open = adapter->err_open = true;
    return say_hello(adapter);
}

/* Nobody waits for it to arrive: the end of its standard input says the same. */
static void say_bye(struct adapter *adapter)
{
    cJSON *command = cJSON_CreateObject();
    json_set_string(command, "cmd", "bye");
    char *text = command_line(command, ++adapter->last_id);
    char *line = mem_print("%s\n", text);
    struct wait wait = {.unsent = line, .unsent_length = strlen(line), .id = -1};
    send_some(adapter, &wait);
    free(line);
    free(text);
    cJSON_Delete(command);
}

void adapter_close(struct adapter *adapter)
{
    if (!adapter_lives(adapter))
        return;
    struct wait wait = {.id = -1};
    say_bye(adapter);
    close(adapter->process.in);
    adapter->process.in = -1;
    int64_t deadline = deadline_now() + scaled(adapter, ADAPTER_BYE_MS);
    while (!process_has_ended(&adapter->process) && deadline_left(deadline) > 0) {
        if (adapter->out_open || adapter->err_open)
            pump(adapter, &wait, deadline_left(deadline) < 2 ? deadline_left(deadline) : 2);
        else
            process_wait(&adapter->process, deadline_left(deadline));
    }
    end_child(adapter);
}

void adapter_release(struct adapter *adapter)
{
    end_child(adapter);
    lines_release(&adapter->lines);
    cJSON_Delete(adapter->hello);
    cJSON_Delete(adapter->notes);
    text_release(&adapter->errors);
    text_release(&adapter->noise);
    free(adapter->problem);
    *adapter = (struct adapter){0};
}

static bool lists(const cJSON *array, const char *word)
{
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, array)
        if (cJSON_IsString(entry) && strcmp(entry->valuestring, word) == 0)
            return true;
    return false;
}

bool adapter_offers(const struct adapter *adapter, const char *provider, const char *what)
{
    const cJSON *offer = json_member(json_member(adapter->hello, "providers"), provider);
    if (!cJSON_IsObject(offer) || what == NULL)
        return cJSON_IsObject(offer);
    return lists(json_member(offer, "operations"), what) || lists(json_member(offer, "features"), what);
}
