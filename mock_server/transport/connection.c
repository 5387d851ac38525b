#include "transport/connection.h"

#include <stdlib.h>
#include <string.h>

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

struct connection *connection_open(struct connection_table *table, int fd, struct port *port,
                                   const struct certificates *certificates, size_t body_limit)
{
    struct connection *connection = mem_zero(1, sizeof *connection);
    connection->fd = fd;
    connection->port = port;
    connection->record.fd = fd;
    connection->record.port = port;
    connection->inlet = INLET_INIT(body_limit);
    connection->log = table->log;
    connection->certificates = certificates;
    connection->manner = port != NULL && port->socket.tls != TLS_NONE ? port->socket.tls : TLS_GOOD;
    connection->cover = port != NULL && port->socket.tls != TLS_NONE ? COVER_DUE : COVER_NONE;
    connection_log_open(table->log, &connection->record);
    here = table;
    make_room(table, (size_t)fd);
    table->by_fd[fd] = connection;
    return connection;
}

void connection_remember(struct connection *connection, const char *session)
{
    if (session == NULL || (connection->session != NULL && strcmp(connection->session, session) == 0))
        return;
    free(connection->session);
    connection->session = mem_dup(session);
}

bool connection_enter_tunnel(struct connection *connection, const char *host)
{
    if (connection->tls != NULL || !inlet_is_empty(&connection->inlet))
        return false;
    connection_log_note_tunnel(connection->log, &connection->record, host);
    connection->cover = COVER_EITHER;
    return true;
}

void connection_close(struct connection_table *table, struct connection *connection, enum connection_end end)
{
    connection_log_end(table->log, &connection->record, end);
    table->by_fd[connection->fd] = NULL;
    outlet_end(&connection->outlet);
    inlet_release(&connection->inlet);
    tls_free(connection->tls);
    listeners_ended(connection->port);
    free(connection->session);
    if (table->loop == NULL)
        free(connection);
    else
        loop_retire(table->loop, free, connection);
}

void connection_table_release(struct connection_table *table)
{
    if (here == table)
        here = NULL;
    free(table->by_fd);
}
