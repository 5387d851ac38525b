/*
 * Two threads and a short queue. The reader takes lines from the input, hears `abort` itself and queues
 * the rest; the caller's thread takes one command after the other and answers it. The lock guards the
 * queue and the id under way, nothing else; the client is told to stop while the lock is held, so that
 * an abort can only meet the run it names.
 */
#include "command/adapter.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "command/adapter_answer.h"

#define LINE_MAX_BYTES (1 << 20)
#define READ_BYTES     65536
#define QUEUE_ROWS     32

struct command {
    struct json_document document; /* root NULL = the line was not JSON */
    bool aborted;
};

struct adapter {
    int input;
    FILE *out;
    struct cancelorder_client *client;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct command queue[QUEUE_ROWS];
    size_t first;
    size_t count;
    bool ended;
    const struct json_value *running; /* id of the run under way, or NULL */
};

static bool same_id(const struct json_value *a, const struct json_value *b)
{
    return json_scalar(a) != NULL && json_scalar(b) != NULL && a->kind == b->kind &&
           strcmp(json_scalar(a), json_scalar(b)) == 0;
}

/* ── The reader ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void abort_hear(struct adapter *adapter, const struct json_value *id)
{
    pthread_mutex_lock(&adapter->lock);
    if (same_id(adapter->running, id))
        cancelorder_client_abort(adapter->client);
    for (size_t i = 0; i < adapter->count; i++) {
        struct command *row = &adapter->queue[(adapter->first + i) % QUEUE_ROWS];
        if (same_id(json_member(row->document.root, "id"), id))
            row->aborted = true;
    }
    pthread_mutex_unlock(&adapter->lock);
}

static void command_queue(struct adapter *adapter, struct json_document document)
{
    pthread_mutex_lock(&adapter->lock);
    while (adapter->count == QUEUE_ROWS)
        pthread_cond_wait(&adapter->changed, &adapter->lock);
    adapter->queue[(adapter->first + adapter->count) % QUEUE_ROWS] = (struct command){.document = document};
    adapter->count++;
    pthread_cond_broadcast(&adapter->changed);
    pthread_mutex_unlock(&adapter->lock);
}

static bool command_is(const struct json_value *line, const char *name)
{
    const char *command = json_text(json_member(line, "cmd"));
    return command != NULL && strcmp(command, name) == 0;
}

/* False if the line says that it was the last one. */
static bool line_take(struct adapter *adapter, const char *bytes, size_t length)
{
    struct json_document document = {.root = NULL};
    if (strspn(bytes, " \t\r") == length)
        return true;
    if (length <= LINE_MAX_BYTES)
        json_read(bytes, length, &document);
    bool last = command_is(document.root, "bye");
    if (!last && !command_is(document.root, "abort")) {
        command_queue(adapter, document);
        return true;
    }
    if (!last)
        abort_hear(adapter, json_member(document.root, "id"));
    json_document_release(&document);
    return !last;
}

/* Takes the complete lines out of `bytes`; of a line that is too long only the length is kept. */
static bool lines_take(struct adapter *adapter, struct text *line, const char *bytes, size_t length)
{
    while (length > 0) {
        const char *end = memchr(bytes, '\n', length);
        size_t part = end == NULL ? length : (size_t)(end - bytes);
        if (line->length <= LINE_MAX_BYTES)
            text_add_bytes(line, bytes, part);
        if (end == NULL)
            return true;
        if (!line_take(adapter, text_cstr(line), line->length))
            return false;
        text_clear(line);
        bytes += part + 1;
        length -= part + 1;
    }
    return true;
}

static void *reader_run(void *context)
{
    struct adapter *adapter = context;
    char *bytes = mem_zero(READ_BYTES, 1);
    struct text line = TEXT_INIT(TEXT_UNBOUNDED);
    ssize_t length;
    bool go_on = true;
    while (go_on && (length = read(adapter->input, bytes, READ_BYTES)) > 0)
        go_on = lines_take(adapter, &line, bytes, (size_t)length);
    if (go_on && line.length > 0)
        line_take(adapter, text_cstr(&line), line.length);
    text_release(&line);
    free(bytes);
    pthread_mutex_lock(&adapter->lock);
    adapter->ended = true;
    pthread_cond_broadcast(&adapter->changed);
    pthread_mutex_unlock(&adapter->lock);
    return NULL;
}

/* ── The caller's thread ─────────────────────────────────────────────────────────────────────────────────────────── */

/* False at the end. */
static bool command_next(struct adapter *adapter, struct command *out)
{
    pthread_mutex_lock(&adapter->lock);
    while (adapter->count == 0 && !adapter->ended)
        pthread_cond_wait(&adapter->changed, &adapter->lock);
    bool found = adapter->count > 0;
    if (found) {
        *out = adapter->queue[adapter->first];
        adapter->first = (adapter->first + 1) % QUEUE_ROWS;
        adapter->count--;
        adapter->running = json_member(out->document.root, "id");
        pthread_cond_broadcast(&adapter->changed);
    }
    pthread_mutex_unlock(&adapter->lock);
    return found;
}

static void command_done(struct adapter *adapter)
{
    pthread_mutex_lock(&adapter->lock);
    adapter->running = NULL;
    cancelorder_client_rearm(adapter->client);
    pthread_mutex_unlock(&adapter->lock);
}

static int answer_write(struct adapter *adapter, cJSON *answer)
{
    char *line = json_write_away(answer);
    bool written = fprintf(adapter->out, "%s\n", line) > 0 && fflush(adapter->out) == 0;
    free(line);
    return written ? 0 : -1;
}

static int commands_serve(struct adapter *adapter)
{
    struct command command;
    int status = 0;
    while (status == 0 && command_next(adapter, &command)) {
        cJSON *answer = command.aborted ? adapter_answer_aborted(command.document.root)
                                        : adapter_answer(adapter->client, command.document.root);
        command_done(adapter);
        status = answer_write(adapter, answer);
        if (command.document.root != NULL)
            json_document_release(&command.document);
    }
    return status;
}

int adapter_run(int input, FILE *out)
{
    struct adapter adapter = {.input = input, .out = out, .client = cancelorder_client_new()};
    int status = -1;
    pthread_mutex_init(&adapter.lock, NULL);
    pthread_cond_init(&adapter.changed, NULL);
    pthread_t reader;
    if (pthread_create(&reader, NULL, reader_run, &adapter) == 0) {
        status = commands_serve(&adapter);
        if (status != 0)
            pthread_cancel(reader); /* nobody reads the answers any more */
        pthread_join(reader, NULL);
    }
    pthread_cond_destroy(&adapter.changed);
    pthread_mutex_destroy(&adapter.lock);
    cancelorder_client_free(adapter.client);
    return status == 0 ? 0 : 1;
}
