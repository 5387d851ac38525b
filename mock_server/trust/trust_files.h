/*
 * The files by which programs are made to trust an authority, and the variables that name them.
 *
 * Each stack looks elsewhere: most take one file in the place of the system's certificates, so that file holds the
 * system's and ours; Node takes ours beside its own; PHP wants a folder of settings, and Java a store of its own kind.
 *
 *     FOLDER/ca.pem               the authority alone
 *     FOLDER/bundle.pem           the system's certificates and the authority
 *     FOLDER/trust.p12            the same as a PKCS #12 store that Java reads without a password; its password is
 * changeit FOLDER/php/cancelmock.ini   curl.cainfo and openssl.cafile
 *
 * What always holds
 *   - A reader sees a file whole or not at all, also while it is written again.
 *   - No file holds a private key. The folder is made with mode 0700, the files with 0644.
 *   - A system without certificates of its own is none: the files hold ours alone then.
 *
 *     if (trust_files_write(authority, folder, &problem) == 0)
 *         trust_variables_each(folder, set_variable, NULL);
 */
#ifndef TRUST_TRUST_FILES_H
#define TRUST_TRUST_FILES_H

#include "base/memory.h"

struct authority;
struct text;

/* Where common distributions keep their certificates, NULL at the end; the first that is there is the system's. */
extern const char *const trust_system_bundles[];

enum trust_format {
    TRUST_PEM,    /* the authority alone */
    TRUST_BUNDLE, /* the system's certificates and the authority, PEM */
    TRUST_PKCS12, /* the same for Java */
};

/* Appends the authority in that form to `out`, which has room for 8 MiB (TRUST_EXPORT_MAX). 0, or -1 with `problem`. */
#define TRUST_EXPORT_MAX ((size_t)8 * 1024 * 1024)
int trust_export(const struct authority *authority, enum trust_format format, struct text *out,
                 struct text *problem) WARN_UNUSED;

/* Writes the files; what is there of them is replaced. `folder` is an absolute path without line breaks and colons,
 * since those variables could not name it. 0, or -1 with file, cause and remedy in `problem`. */
int trust_files_write(const struct authority *authority, const char *folder, struct text *problem) WARN_UNUSED;

/* Calls back with each variable and its value: SSL_CERT_FILE, CURL_CA_BUNDLE, REQUESTS_CA_BUNDLE, NODE_EXTRA_CA_CERTS,
 * PHP_INI_SCAN_DIR, JAVA_TOOL_OPTIONS. What the environment says in the last two is kept, and ours stands behind it;
 * where ours is there already nothing is added. */
void trust_variables_each(const char *folder, void (*call)(void *context, const char *name, const char *value),
                          void *context);

#endif
