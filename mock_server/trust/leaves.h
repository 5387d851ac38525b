/*
 * The certificates of a TLS server, one a host name, signed by an authority and made when first asked for.
 *
 * What always holds
 *   - A client that asks for a name of the list (SNI) gets a certificate for that name alone; with "*.example.org" in
 *     the list, one for the star. A client that names none, or another one, gets that of localhost: it names localhost,
 *     127.0.0.1, ::1 and the addresses of the list, since a client that dials an address names nothing.
 *   - A leaf is valid from a day ago to 90 days from now, has a serial of its own, a key of its own that no file ever
 *     holds, and is sent alone: the authority is a root. A server that runs longer makes new ones in time.
 *   - Any thread may use it, while it lives. It borrows the authority. It is freed after the last session that was
 *     given its credentials.
 *
 *     struct leaves *leaves = leaves_new(authority, (const char *const[]){"api.example.org"}, 1, &problem);
 *     gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, leaves_credentials(leaves));
 *     …
 *     leaves_free(leaves);
 */
#ifndef TRUST_LEAVES_H
#define TRUST_LEAVES_H

#include <gnutls/gnutls.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "base/memory.h"

struct authority;
struct leaves;
struct text;

#define LEAVES_NAMES_MAX 1000

/* `names` are those beside localhost, 127.0.0.1 and ::1, in any case (trust/host_names.h); they are copied. NULL: a
 * name cannot be one, or there are more than LEAVES_NAMES_MAX, and `problem` says which. */
struct leaves *leaves_new(const struct authority *authority, const char *const *names, size_t count,
                          struct text *problem) WARN_UNUSED;
void leaves_free(struct leaves *leaves); /* NULL is fine */

/* For gnutls_credentials_set() of a server's session; borrowed, never NULL. */
gnutls_certificate_credentials_t leaves_credentials(struct leaves *leaves);
/* Whether there is a certificate for this name or address. */
bool leaves_know(const struct leaves *leaves, const char *name);

/* Another clock than the system's, for tests; before the first handshake, or between two. */
void leaves_use_clock(struct leaves *leaves, time_t (*now)(void));

/* What is wrong with a certificate, for tests of clients. Nothing else is wrong with it. */
enum leaf_flaw {
    LEAF_GOOD,
    LEAF_SELF_SIGNED,       /* by its own key */
    LEAF_EXPIRED,           /* yesterday */
    LEAF_NOT_YET,           /* valid from tomorrow on */
    LEAF_OTHER_NAME,        /* it names other-name.invalid, whatever was asked for */
    LEAF_UNKNOWN_AUTHORITY, /* signed by one that is made for this and trusted by nobody */
};
#define LEAF_FLAWS 6

/* The same as leaves_credentials(), of certificates with that flaw. */
gnutls_certificate_credentials_t leaves_flawed(struct leaves *leaves, enum leaf_flaw flaw);

#endif
