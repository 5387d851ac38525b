/*
 * The server's side of TLS on one connection, between the socket and those who read and write it.
 *
 * libmicrohttpd knows nothing of it: stream_recv() and stream_send() come here for a connection that has one, so that
 * faults, counts and journal are the same as without TLS. The handshake goes on inside tls_recv(), until the first byte
 * of a request can be given. TLS 1.2 and 1.3, ALPN "http/1.1" where the client names it: what vendors' edges speak.
 *
 *     struct tls *tls = tls_new(fd, credentials, false);     // the certificate that fits the client's SNI
 *     ssize_t came = tls_recv(tls, bytes, sizeof bytes);     // as recv(): -1 and EAGAIN, EPROTO when TLS failed
 *     …
 *     tls_end(tls);                                          // close_notify: what came was all
 *     tls_free(tls);
 *
 * A socket that is closed without tls_end() ends in the middle, as far as a careful client can tell; faults that cut an
 * answer leave it out. Everything on the thread that serves the connection. The socket stays the caller's.
 */
#ifndef TRANSPORT_TLS_H
#define TRANSPORT_TLS_H

#include <stdbool.h>
#include <sys/types.h>

#include <gnutls/gnutls.h>

#include "base/memory.h"

struct tls;

/* The credentials stay the caller's, and must live as long. `old`: TLS 1.0 and 1.1 alone. NULL: it cannot be had. */
struct tls *tls_new(int fd, gnutls_certificate_credentials_t credentials, bool old) WARN_UNUSED;
void tls_free(struct tls *tls);

ssize_t tls_recv(struct tls *tls, void *bytes, size_t size);
/* As send(). After EAGAIN the same bytes must come again: they are on their way already. */
ssize_t tls_send(struct tls *tls, const void *bytes, size_t size);
/* Tells the client that nothing more comes. Sends what the socket takes at once, and does not wait. */
void tls_end(struct tls *tls);

/* The name that the client wants to reach (RFC 6066 section 3); NULL: it named none, or it is not known yet. Borrowed.
 */
const char *tls_server_name(const struct tls *tls);
/* "TLS1.3"; NULL before the handshake has ended. */
const char *tls_version(const struct tls *tls);
/* What went wrong, as a sentence; NULL: nothing. Borrowed. */
const char *tls_problem(const struct tls *tls);

#endif
