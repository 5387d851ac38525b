/*
 * A PKCS #12 store of certificates that Java takes as trusted, without keytool.
 *
 * Java trusts a certificate without a key only when its bag carries an attribute of Oracle's, trustedKeyUsage, which no
 * library of TLS writes. So the store is written here (RFC 7292). The certificates are not encrypted, so a Java that
 * was told no password reads them too; the seal is HMAC-SHA-1, which is all that a Java of before 2021 knows. It keeps
 * nothing secret. The same certificates give the same bytes.
 *
 *     struct text bags = TEXT_INIT(PKCS12_MAX), file = TEXT_INIT(PKCS12_MAX);
 *     pkcs12_bag_add(&bags, "cancelmock", der_bytes, der_length);
 *     if (pkcs12_write(&bags, "changeit", &file, &problem) == 0) …
 */
#ifndef TRUST_PKCS12_H
#define TRUST_PKCS12_H

#include <stddef.h>

#include "base/memory.h"

struct text;

#define PKCS12_MAX ((size_t)8 * 1024 * 1024)

/* Appends the bag of one certificate (DER) to `bags`. `alias` is ASCII, and no two bags have the same. */
void pkcs12_bag_add(struct text *bags, const char *alias, const char *der, size_t length);

/* Appends the store with these bags to `out`, sealed with the password (ASCII, at most 31
 * characters). 0, or -1 with the cause in `problem`. */
int pkcs12_write(const struct text *bags, const char *password, struct text *out, struct text *problem) WARN_UNUSED;

#endif
