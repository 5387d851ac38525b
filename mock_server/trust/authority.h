/*
 * The certificate authority of an installation: one private key and one certificate, made on first use, that sign the
 * certificates of the mock's TLS listener. Whoever trusts it trusts every host name that this mock answers for, and so
 * the key leaves its folder never.
 *
 * What always holds
 *   - The folder is made with mode 0700, `ca.key` (PKCS #8, PEM) with 0600 and `ca.pem` with 0644, whatever the umask.
 * A key that others may read, a symbolic link in the place of a file, and a folder that others may write to are
 *     refused.
 *   - Each file comes into being whole. Programs that start at the same time end with the same authority.
 *   - A file that is there is never changed. One that is broken is told, with what helps. Without `ca.pem` a new
 *     certificate is made for the key that is there; without `ca.key` beside a certificate nothing is made.
 *   - ECDSA on P-256, ten years, may sign leaves and no other authority. An authority of the user's own, put into these
 *     two files as PEM, is taken too when it is one, has not run out and the key is its own.
 *   - After it was opened nothing of it changes: any thread may use it.
 *
 * Opening it costs a few file reads, and some milliseconds on first use. Nothing here prints, and no message holds a
 * part of the key.
 *
 *     struct text problem = TEXT_INIT(4096);
 *     struct authority *authority = authority_open(folder, &problem);
 *     if (authority == NULL)
 *         return complain(text_cstr(&problem));
 *     puts(authority_pem(authority));
 *     authority_free(authority);
 */
#ifndef TRUST_AUTHORITY_H
#define TRUST_AUTHORITY_H

#include <stdint.h>

#include "base/memory.h"

struct text;
struct authority;
struct key_pair;

/* Opens the authority that lives in `folder`, and makes folder, key and certificate when there are none. NULL:
 * `problem` is one sentence with file, cause and remedy, without a line feed. */
struct authority *authority_open(const char *folder, struct text *problem) WARN_UNUSED;
void authority_free(struct authority *authority); /* NULL is fine */

/* All borrowed until authority_free(). */
const char *authority_folder(const struct authority *authority);      /* as it was given */
const char *authority_pem(const struct authority *authority);         /* the certificate, PEM, with a line feed */
const char *authority_name(const struct authority *authority);        /* its common name: "cancelmock authority …" */
const char *authority_fingerprint(const struct authority *authority); /* SHA-256 of the certificate, lower hex */
int64_t authority_ends_us(const struct authority *authority);         /* when it runs out: base/instant.h */
/* What signs leaves; for trust/ alone. */
const struct key_pair *authority_pair(const struct authority *authority);

/* Where it lives when nobody says: $XDG_DATA_HOME/cancelmock/ca, else $HOME/.local/share/cancelmock/ca; for the caller
 * to free(). NULL and `problem` where neither is set. $CANCELMOCK_CA_DIR is the option's twin and read by the table of
 * options, not here. */
char *authority_default_folder(struct text *problem) WARN_UNUSED;

#endif
