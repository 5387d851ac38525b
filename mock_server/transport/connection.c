#include "transport/connection.h"

#include <stdlib.h>

/* ── The log ───────────────────────────────────────────────────────────────────────────────────────────────────── */

void connection_log_init(struct connection_log *log)
{
    *log = (struct connection_log){0};
    pthread_mutex_init(&log->lock, NULL);
}

void connection_log_release(struct connection_log *log)
{
    pthread_mutex_destroy(&log->lock);
}

static void keep_record(struct connection_log *log, const struct connection_record *record)
{
    struct connection_record *kept = &log->kept[record->number % CONNECTIONS_KEPT];
    if (kept->number <= record->number)
        *kept = *record;
}

static void log_record(struct connection_log *log, const struct connection_record *record)
{
    pthread_mutex_lock(&log->lock);
    keep_record(log, record);
    if (record->end != CONNECTION_OPEN) {
        log->ended++;
        log->bytes_in += record->bytes_in;
        log->bytes_out += record->bytes_out;
    }
    pthread_mutex_unlock(&log->lock);
}

static void log_opened(struct connection_log *log, struct connection_record *record)
{
    pthread_mutex_lock(&log->lock);
    record->number = ++log->opened;
    keep_record(log, record);
    pthread_mutex_unlock(&log->lock);
}

/* ── A connection ──────────────────────────────────────────────────────────────────────────────────────────────── */

/* Which sockets the library can mean, on the thread that it calls from. */
static _Thread_local struct connection_table *here;

struct connection *connection_of_socket(int fd)
{
    return here != NULL && fd >= 0 && (size_t)fd < here->room ? here->by_fd[fd] : NULL;
}

static void make_room(struct connection_table *table, size_t fd)
{
    size_t room = table->room;
    if (fd < room)
        return;
    table->room = fd < 64 ? 128 : 2 * fd;
    table->by_fd = mem_resize(table->by_fd, table->room * sizeof(struct connection *));
    for (size_t i = room; i < table->room; i++)
        table->by_fd[i] = NULL;
}

struct connection *connection_open(struct connection_table *table, int fd, size_t body_limit)
{
    struct connection *connection = mem_zero(1, sizeof *connection);
    connection->fd = fd;
    connection->inlet = INLET_INIT(body_limit);
    log_opened(table->log, &connection->record);
    here = table;
    make_room(table, (size_t)fd);
    table->by_fd[fd] = connection;
    return connection;
}

void connection_note(struct connection_table *table, struct connection *connection)
{
    connection->record.requests++;
    log_record(table->log, &connection->record);
}

void connection_close(struct connection_table *table, struct connection *connection, enum connection_end end)
{
    connection->record.end = end;
    log_record(table->log, &connection->record);
    table->by_fd[connection->fd] = NULL;
    outlet_end(&connection->outlet);
    inlet_release(&connection->inlet);
    free(connection);
}

void connection_table_release(struct connection_table *table)
{
    if (here == table)
        here = NULL;
    free(table->by_fd);
}
