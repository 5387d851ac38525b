#include "transport/stream.h"

#include <errno.h>

#include "transport/connection.h"
#include "transport/cover.h"

#define PIECE_BYTES ((size_t)16 * 1024)

/* ── In ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* One read from the socket into the inlet, or straight into the library's buffer. False: nothing more is there. */
static bool read_piece(struct connection *connection, char *buffer, size_t size, size_t *given)
{
    char piece[PIECE_BYTES];
    struct inlet *inlet = &connection->inlet;
    size_t straight = inlet_straight(inlet);
    straight = straight < size - *given ? straight : size - *given;
    ssize_t came =
        straight > 0 ? cover_recv(connection, buffer + *given, straight) : cover_recv(connection, piece, sizeof piece);
    if (came < 0) {
        connection->failed = errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR;
        return errno == EINTR;
    }
    connection_count(&connection->record.bytes_in, (uint64_t)came);
    if (came == 0) {
        inlet_end(inlet);
    } else if (straight > 0) {
        inlet_went_straight(inlet, (size_t)came);
        *given += (size_t)came;
        return true;
    } else {
        inlet_take(inlet, piece, (size_t)came);
    }
    *given += inlet_give(inlet, buffer + *given, size - *given);
    return true;
}

/*
 * The library takes less than it asked for as a sign that no more is there, and waits for the socket. So all is read
 * until its buffer is full or the socket is empty; only a head that is not whole stays behind, and for that more has to
 * come anyway.
 */
ssize_t stream_recv(int fd, void *buffer, size_t size, int flags)
{
    struct connection *connection = connection_of_socket(fd);
    if (connection == NULL)
        return recv(fd, buffer, size, flags);
    if (stale_is_gone(&connection->stale))
        return 0;
    size_t given = inlet_give(&connection->inlet, buffer, size);
    while (given < size && connection->inlet.state != INLET_OVER && read_piece(connection, buffer, size, &given))
        ;
    int error = errno;
    if (given > 0)
        return (ssize_t)given;
    if (connection->inlet.ended)
        return 0;
    errno = connection->failed ? error : EAGAIN;
    return -1;
}

/* ── Out ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static size_t total(const struct iovec *parts, size_t count)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += parts[i].iov_len;
    return size;
}

/* `parts` is ours to change. What is dropped counts as sent. */
static ssize_t write_parts(struct connection *connection, struct iovec *parts, size_t count, int flags)
{
    size_t dropped = outlet_drop(&connection->outlet, parts, count), size = total(parts, count);
    if (size == 0)
        return (ssize_t)dropped;
    outlet_sending(&connection->outlet, size);
    ssize_t sent = cover_send(connection, parts, count, flags);
    outlet_sent(&connection->outlet, size, sent < 0 ? 0 : (size_t)sent);
    if (sent < 0)
        return dropped > 0 ? (ssize_t)dropped : -1;
    connection_count(&connection->record.bytes_out, (uint64_t)sent);
    return (ssize_t)dropped + sent;
}

ssize_t stream_send(int fd, const void *bytes, size_t size, int flags)
{
    struct connection *connection = connection_of_socket(fd);
    if (connection == NULL)
        return send(fd, bytes, size, flags);
    union {
        const void *read;
        void *base;
    } lent = {.read = bytes};
    struct iovec part = {.iov_base = lent.base, .iov_len = size};
    return write_parts(connection, &part, 1, flags);
}

#define PARTS_MAX 16

ssize_t stream_sendmsg(int fd, const struct msghdr *message, int flags)
{
    struct connection *connection = connection_of_socket(fd);
    struct iovec parts[PARTS_MAX];
    if (connection == NULL || message->msg_iovlen > PARTS_MAX)
        return sendmsg(fd, message, flags);
    for (size_t i = 0; i < message->msg_iovlen; i++)
        parts[i] = message->msg_iov[i];
    return write_parts(connection, parts, message->msg_iovlen, flags);
}

int stream_shutdown(int fd, int how)
{
    struct connection *connection = connection_of_socket(fd);
    if (connection != NULL)
        cover_end(connection);
    return shutdown(fd, how);
}

/* ── The wait ──────────────────────────────────────────────────────────────────────────────────────────────────── */

int stream_epoll_wait(int epoll, struct epoll_event *events, int room, int timeout_ms)
{
    return epoll_wait(epoll, events, room > 1 ? room - 1 : room, timeout_ms);
}
