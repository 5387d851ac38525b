#include "transport/cover.h"

#include <errno.h>
#include <sys/uio.h>

#include "transport/connection.h"

#define HANDSHAKE_RECORD 0x16 /* RFC 8446 section 5.1 */

/* ── What it is ────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct unread plain_on_tls = {
    .status = 400,
    .why = {"RFC 9112 section 9.7: this port speaks HTTP over TLS", NULL, "a TLS handshake", "plain HTTP"}};

static void begin_tls(struct connection *connection)
{
    const struct certificates *certificates = connection->certificates;
    if (connection->manner == TLS_CLOSES) {
        connection->cover = COVER_GONE;
        return;
    }
    if (certificates != NULL)
        connection->tls = tls_new(connection->fd, certificates->find(certificates->context, connection->manner),
                                  connection->manner == TLS_OLD);
    connection->cover = connection->tls == NULL ? COVER_NONE : COVER_TLS;
}

/* Looks at the first byte and leaves it where it is. -1: it is not there, and errno says what recv() would. */
static int decide(struct connection *connection)
{
    unsigned char first = 0;
    ssize_t came = recv(connection->fd, &first, 1, MSG_PEEK);
    if (came < 0)
        return -1;
    bool must = connection->cover == COVER_DUE;
    connection->cover = COVER_NONE;
    if (came == 1 && first == HANDSHAKE_RECORD)
        begin_tls(connection);
    else if (came == 1 && must)
        inlet_refuse(&connection->inlet, &plain_on_tls);
    return 0;
}

/* ── Bytes ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What the log shows of TLS changes twice at most: when the handshake has ended, and when something failed. */
static void note(struct connection *connection)
{
    const struct tls *tls = connection->tls;
    if (connection->record.tls == NULL || (connection->record.problem[0] == '\0' && tls_problem(tls) != NULL))
        connection_log_note_tls(connection->log, &connection->record, tls_version(tls), tls_server_name(tls),
                                tls_problem(tls));
}

ssize_t cover_recv(struct connection *connection, void *bytes, size_t size)
{
    if ((connection->cover == COVER_DUE || connection->cover == COVER_EITHER) && decide(connection) < 0)
        return -1;
    if (connection->cover == COVER_GONE)
        return 0;
    if (connection->tls == NULL)
        return recv(connection->fd, bytes, size, 0);
    ssize_t came = tls_recv(connection->tls, bytes, size);
    int error = errno;
    note(connection);
    errno = error;
    return came;
}

static ssize_t send_parts(struct tls *tls, const struct iovec *parts, size_t count)
{
    ssize_t all = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t at = 0; at < parts[i].iov_len;) {
            ssize_t sent = tls_send(tls, (const char *)parts[i].iov_base + at, parts[i].iov_len - at);
            if (sent < 0)
                return all > 0 ? all : -1;
            at += (size_t)sent;
            all += sent;
        }
    return all;
}

ssize_t cover_send(struct connection *connection, const struct iovec *parts, size_t count, int flags)
{
    union {
        const struct iovec *read;
        struct iovec *lent;
    } list = {.read = parts};
    if (connection->tls != NULL)
        return send_parts(connection->tls, parts, count);
    return sendmsg(connection->fd, &(struct msghdr){.msg_iov = list.lent, .msg_iovlen = count}, flags);
}

void cover_end(struct connection *connection)
{
    if (connection->tls != NULL && !connection->cut)
        tls_end(connection->tls);
}
