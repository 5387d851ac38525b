#include "transport/tls.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "model/root.h"

#define NAME_MAX_BYTES 256

enum state {
    TLS_HANDSHAKE, /* it has not come to its end */
    TLS_UP,
    TLS_ENDED,  /* the client said that it sends no more, or close_notify was sent */
    TLS_FAILED, /* tls_problem() says why */
};

/* The last bytes that came: as many as a record has that is an alert and nothing else (RFC 8446 section 5.1). */
#define ALERT_RECORD_BYTES 7

struct tls {
    gnutls_session_t session;
    int fd;
    unsigned char last[ALERT_RECORD_BYTES];
    enum state state;
    size_t pending; /* bytes of a tls_send() that are on their way */
    char name[NAME_MAX_BYTES];
    char *problem;
};

/* ── What went wrong ───────────────────────────────────────────────────────────────────────────────────────────── */

static const struct {
    int alert;
    const char *sentence;
} alerts[] = {
    {GNUTLS_A_UNKNOWN_CA, "the client does not know the authority: cancelmock env tells how to make it trusted"},
    {GNUTLS_A_BAD_CERTIFICATE, "the client refuses the certificate: cancelmock env tells how to make it trusted"},
    {GNUTLS_A_CERTIFICATE_UNKNOWN, "the client refuses the certificate: cancelmock env tells how to make it trusted"},
    {GNUTLS_A_CERTIFICATE_EXPIRED, "the client says that the certificate has expired"},
    {GNUTLS_A_UNRECOGNIZED_NAME, "the client looks for another name"},
    {GNUTLS_A_PROTOCOL_VERSION, "the client speaks another version of TLS"},
};

static const char *alert_sentence(int alert)
{
    for (size_t i = 0; i < COUNT_OF(alerts); i++)
        if (alerts[i].alert == alert)
            return alerts[i].sentence;
    return gnutls_alert_get_name((gnutls_alert_description_t)alert);
}

/* Some clients leave without an alert when they do not like what they were shown. */
static const char *error_sentence(int error)
{
    bool left = error == GNUTLS_E_PUSH_ERROR || error == GNUTLS_E_PULL_ERROR || error == GNUTLS_E_PREMATURE_TERMINATION;
    return left ? "the client left in the middle of the handshake; where it does not trust the authority, cancelmock "
                  "env "
                  "tells how to make it trusted"
                : gnutls_strerror(error);
}

/*
 * An alert that the client sent in the clear. OpenSSL does so when it refuses a certificate under TLS 1.3, where GnuTLS
 * expects a record under the keys of the handshake, and says that it cannot be read. -1: there was none.
 */
static int alert_in_the_clear(const struct tls *tls)
{
    static const unsigned char head[] = {21, 3, 3, 0, 2};
    return memcmp(tls->last, head, sizeof head) == 0 ? tls->last[6] : -1;
}

static void fail(struct tls *tls, int error)
{
    bool is_told = error == GNUTLS_E_FATAL_ALERT_RECEIVED || error == GNUTLS_E_WARNING_ALERT_RECEIVED;
    int alert = is_told ? (int)gnutls_alert_get(tls->session) : alert_in_the_clear(tls);
    bool is_alert = is_told || (error == GNUTLS_E_DECRYPTION_FAILED && alert >= 0);
    if (tls->problem == NULL && (tls->state == TLS_HANDSHAKE || is_alert))
        tls->problem = mem_print("TLS: %s", is_alert ? alert_sentence(alert) : error_sentence(error));
    if (!is_alert && tls->state == TLS_HANDSHAKE)
        (void)gnutls_alert_send_appropriate(tls->session, error);
    tls->state = TLS_FAILED;
}

/* Sets errno as the call that it stands for would; -1. */
static ssize_t refuse(struct tls *tls, int error)
{
    if (error == GNUTLS_E_AGAIN || error == GNUTLS_E_INTERRUPTED) {
        errno = EAGAIN;
        return -1;
    }
    fail(tls, error);
    errno = error == GNUTLS_E_PULL_ERROR ? ECONNRESET : EPROTO;
    return -1;
}

/* ── Life ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static ssize_t pull(gnutls_transport_ptr_t context, void *bytes, size_t size)
{
    struct tls *tls = context;
    ssize_t came = recv(tls->fd, bytes, size, 0);
    size_t count = came < 0 ? 0 : (size_t)came;
    size_t fresh = count < sizeof tls->last ? count : sizeof tls->last;
    memmove(tls->last, tls->last + fresh, sizeof tls->last - fresh);
    if (fresh > 0)
        memcpy(tls->last + sizeof tls->last - fresh, (const char *)bytes + count - fresh, fresh);
    return came;
}

static ssize_t push(gnutls_transport_ptr_t context, const void *bytes, size_t size)
{
    const struct tls *tls = context;
    return send(tls->fd, bytes, size, MSG_NOSIGNAL);
}

#define NEW_VERSIONS "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"
#define OLD_VERSIONS "NORMAL:-VERS-ALL:+VERS-TLS1.1:+VERS-TLS1.0"

static int set_up(struct tls *tls, int fd, gnutls_certificate_credentials_t credentials, bool old)
{
    unsigned char name[] = "http/1.1";
    const gnutls_datum_t protocol = {name, sizeof name - 1};
    int error = gnutls_init(&tls->session, GNUTLS_SERVER | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL);
    if (error == 0)
        error = gnutls_priority_set_direct(tls->session, old ? OLD_VERSIONS : NEW_VERSIONS, NULL);
    if (error == 0)
        error = gnutls_credentials_set(tls->session, GNUTLS_CRD_CERTIFICATE, credentials);
    if (error == 0)
        error = gnutls_alpn_set_protocols(tls->session, &protocol, 1, 0);
    if (error != 0)
        return error;
    gnutls_certificate_server_set_request(tls->session, GNUTLS_CERT_IGNORE);
    tls->fd = fd;
    gnutls_transport_set_ptr(tls->session, tls);
    gnutls_transport_set_pull_function(tls->session, pull);
    gnutls_transport_set_push_function(tls->session, push);
    return 0;
}

struct tls *tls_new(int fd, gnutls_certificate_credentials_t credentials, bool old)
{
    struct tls *tls = mem_zero(1, sizeof *tls);
    if (set_up(tls, fd, credentials, old) == 0)
        return tls;
    tls_free(tls);
    return NULL;
}

void tls_free(struct tls *tls)
{
    if (tls == NULL)
        return;
    if (tls->session != NULL)
        gnutls_deinit(tls->session);
    free(tls->problem);
    free(tls);
}

/* ── The handshake ─────────────────────────────────────────────────────────────────────────────────────────────── */

static void note_name(struct tls *tls)
{
    size_t size = sizeof tls->name;
    unsigned type = 0;
    if (gnutls_server_name_get(tls->session, tls->name, &size, &type, 0) != 0 || type != GNUTLS_NAME_DNS ||
        !root_is_host_name(tls->name))
        tls->name[0] = '\0';
}

/* 0: it has ended. A warning is no end. */
static int shake_hands(struct tls *tls)
{
    int error = 0;
    do
        error = gnutls_handshake(tls->session);
    while (error == GNUTLS_E_WARNING_ALERT_RECEIVED || error == GNUTLS_E_INTERRUPTED);
    note_name(tls);
    if (error == 0)
        tls->state = TLS_UP;
    return error;
}

/* ── Bytes ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static ssize_t take(struct tls *tls, void *bytes, size_t size)
{
    ssize_t came = 0;
    do
        came = gnutls_record_recv(tls->session, bytes, size);
    while (came == GNUTLS_E_INTERRUPTED || came == GNUTLS_E_WARNING_ALERT_RECEIVED || came == GNUTLS_E_REHANDSHAKE);
    if (came == GNUTLS_E_PREMATURE_TERMINATION) /* many clients close without a word; a request that broke off shows */
        came = 0;
    if (came == 0)
        tls->state = TLS_ENDED;
    return came < 0 ? refuse(tls, (int)came) : came;
}

ssize_t tls_recv(struct tls *tls, void *bytes, size_t size)
{
    if (tls->state == TLS_ENDED)
        return 0;
    if (tls->state == TLS_FAILED) {
        errno = EPROTO;
        return -1;
    }
    int error = tls->state == TLS_HANDSHAKE ? shake_hands(tls) : 0;
    return error != 0 ? refuse(tls, error) : take(tls, bytes, size);
}

ssize_t tls_send(struct tls *tls, const void *bytes, size_t size)
{
    if (tls->state == TLS_HANDSHAKE || tls->state == TLS_FAILED) {
        errno = EPROTO;
        return -1;
    }
    size_t most = gnutls_record_get_max_size(tls->session);
    size_t now = size < most ? size : most;
    ssize_t sent =
        tls->pending > 0 ? gnutls_record_send(tls->session, NULL, 0) : gnutls_record_send(tls->session, bytes, now);
    if (sent == GNUTLS_E_AGAIN || sent == GNUTLS_E_INTERRUPTED) {
        tls->pending = tls->pending > 0 ? tls->pending : now;
        errno = EAGAIN;
        return -1;
    }
    tls->pending = 0;
    if (sent >= 0)
        return sent;
    fail(tls, (int)sent);
    errno = EPIPE;
    return -1;
}

void tls_end(struct tls *tls)
{
    if (tls->state != TLS_UP && tls->state != TLS_ENDED)
        return;
    (void)gnutls_bye(tls->session, GNUTLS_SHUT_WR);
    tls->state = TLS_ENDED;
}

/* ── What is known of it ───────────────────────────────────────────────────────────────────────────────────────── */

const char *tls_server_name(const struct tls *tls)
{
    return tls->name[0] == '\0' ? NULL : tls->name;
}

const char *tls_version(const struct tls *tls)
{
    return tls->state == TLS_UP || tls->state == TLS_ENDED
               ? gnutls_protocol_get_name(gnutls_protocol_get_version(tls->session))
               : NULL;
}

const char *tls_problem(const struct tls *tls)
{
    return tls->problem;
}
