/*
 * Makes one certificate with its key, as a plan says. Everything that is signed here is ECDSA on P-256 with SHA-256,
 * has a random serial of 128 bits and the key ids by which a chain is found.
 *
 *     struct key_pair pair;
 *     struct certificate_plan plan = {.name = "localhost", .hosts = hosts, .host_count = 3, .from = a, .until = b};
 *     if (key_pair_make(&pair, &plan, &issuer, &problem) == 0)
 *         …
 *     key_pair_release(&pair);
 */
#ifndef TRUST_CERTIFICATE_H
#define TRUST_CERTIFICATE_H

#include <gnutls/x509.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "base/memory.h"

struct text;

struct key_pair {
    gnutls_x509_crt_t certificate; /* NULL in an empty pair */
    gnutls_x509_privkey_t key;
};

struct certificate_plan {
    const char *name;         /* the common name; left out when it has more than the 64 characters that X.509 allows */
    const char *const *hosts; /* alternative names: host names and addresses in digits */
    size_t host_count;
    bool is_authority; /* it signs leaves, and no other authority; else it is a server's */
    time_t from, until;
};

/* A new private key; NULL with the cause in `problem`. */
gnutls_x509_privkey_t private_key_make(struct text *problem) WARN_UNUSED;

/* A certificate for pair->key, which is there; `issuer` may be `pair` itself: it is signed by its own key then. 0, or
 * -1 with the cause in `problem`, and the pair as it was. */
int certificate_make(struct key_pair *pair, const struct certificate_plan *plan, const struct key_pair *issuer,
                     struct text *problem) WARN_UNUSED;

/* Both, of a plan; `issuer` NULL: signed by its own key. `out` is empty after a failure. */
int key_pair_make(struct key_pair *out, const struct certificate_plan *plan, const struct key_pair *issuer,
                  struct text *problem) WARN_UNUSED;

void key_pair_release(struct key_pair *pair); /* an empty one is fine */

#endif
