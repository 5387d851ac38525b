/*
 * How a port speaks TLS: as it should, or with one thing wrong that a client must refuse before its request leaves.
 *
 * A test opens such a port for its client (POST /_mock/listeners); whoever sends a request there has not looked at what
 * it was shown.
 */
#ifndef MODEL_TLS_MANNER_H
#define MODEL_TLS_MANNER_H

enum tls_manner {
    TLS_NONE, /* plain HTTP */
    TLS_GOOD,
    TLS_SELF_SIGNED,       /* the certificate stands for itself */
    TLS_EXPIRED,           /* its time is over */
    TLS_NOT_YET_VALID,     /* its time has not come */
    TLS_OTHER_NAME,        /* it is another host's */
    TLS_UNKNOWN_AUTHORITY, /* nobody knows who signed it */
    TLS_CLOSES,            /* the connection ends in the middle of the handshake */
    TLS_OLD,               /* nothing newer than TLS 1.1 (RFC 8996: not to be used) */
};

/* "good", "self_signed", … ended by NULL; the name of TLS_GOOD stands first. */
extern const char *const tls_manner_names[];

/* TLS_NONE: there is none of that name. */
enum tls_manner tls_manner_named(const char *name);
/* NULL of TLS_NONE. */
const char *tls_manner_name(enum tls_manner manner);

#endif
