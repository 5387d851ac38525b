#include "trust/trust_files.h"

#include <errno.h>
#include <gnutls/gnutls.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "trust/authority.h"
#include "trust/pkcs12.h"
#include "trust/private_files.h"
#include "trust/quoting.h"

const char *const trust_system_bundles[] = {
    "/etc/ssl/certs/ca-certificates.crt",                /* Debian, Ubuntu, Alpine, Arch, Gentoo, NixOS */
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", /* Fedora, RHEL and kin */
    "/etc/pki/tls/certs/ca-bundle.crt",                  /* the same, older */
    "/etc/ssl/ca-bundle.pem",                            /* SUSE */
    "/var/lib/ca-certificates/ca-bundle.pem",            /* SUSE too */
    "/etc/ssl/cert.pem",                                 /* Alpine without the package of certificates */
    NULL,
};

#define SYSTEM_MAX ((size_t)4 * 1024 * 1024)
#define PASSWORD   "changeit" /* what Java tries, and everybody knows: it keeps nothing secret */

static const char pem_begin[] = "-----BEGIN CERTIFICATE-----", pem_end[] = "-----END CERTIFICATE-----";

/* ── The forms ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Appends the system's bundle, when there is one. */
static int add_system(struct text *out, struct text *problem)
{
    FILE *file = NULL;
    size_t got = 0, i = 0;
    char chunk[16384];
    for (; trust_system_bundles[i] != NULL && file == NULL; i++)
        file = fopen(trust_system_bundles[i], "rbe");
    if (file == NULL)
        return 0;
    struct text bytes = TEXT_INIT(SYSTEM_MAX);
    while (!bytes.overflowed && (got = fread(chunk, 1, sizeof chunk, file)) > 0)
        text_add_bytes(&bytes, chunk, got);
    bool is_whole = !ferror(file) && !bytes.overflowed;
    fclose(file);
    if (is_whole)
        text_add_bytes(out, text_cstr(&bytes), bytes.length);
    else
        text_print(problem, "%s: the system's certificates cannot be read, or have more than 4 MiB",
                   trust_system_bundles[i - 1]);
    if (is_whole && bytes.length > 0 && bytes.bytes[bytes.length - 1] != '\n')
        text_add_char(out, '\n');
    text_release(&bytes);
    return is_whole ? 0 : -1;
}

static int add_bundle(const struct authority *authority, struct text *out, struct text *problem)
{
    if (add_system(out, problem) < 0)
        return -1;
    text_add(out, authority_pem(authority));
    return 0;
}

/* The next certificate at or behind `at`, to be freed with gnutls_free(); *rest stands behind it. NULL: there is none,
 * or one that is broken, and then *rest is not NULL. */
static gnutls_datum_t next_certificate(const char *at, const char **rest)
{
    gnutls_datum_t der = {NULL, 0};
    const char *begin = strstr(at, pem_begin), *end = begin == NULL ? NULL : strstr(begin, pem_end);
    *rest = end == NULL ? NULL : end + sizeof pem_end - 1;
    if (end == NULL)
        return der;
    char *block = mem_dup_bytes(begin, (size_t)(*rest - begin));
    gnutls_datum_t pem = {(unsigned char *)block, (unsigned)strlen(block)};
    if (gnutls_pem_base64_decode2("CERTIFICATE", &pem, &der) < 0)
        der = (gnutls_datum_t){NULL, 0};
    free(block);
    return der;
}

/* One bag a certificate; "cancelmock" is ours, and the system's are numbered. */
static void add_bags(struct text *bags, const char *pem, const char *alias)
{
    const char *rest = NULL;
    for (unsigned number = 1; pem != NULL; pem = rest) {
        gnutls_datum_t der = next_certificate(pem, &rest);
        char *name = alias != NULL ? mem_dup(alias) : mem_print("system-%u", number);
        if (der.data != NULL) {
            pkcs12_bag_add(bags, name, (const char *)der.data, der.size);
            number++;
        }
        gnutls_free(der.data);
        free(name);
    }
}

static int add_pkcs12(const struct authority *authority, struct text *out, struct text *problem)
{
    struct text system = TEXT_INIT(SYSTEM_MAX + 1), bags = TEXT_INIT(PKCS12_MAX);
    int done = add_system(&system, problem);
    if (done == 0) {
        add_bags(&bags, authority_pem(authority), "cancelmock");
        add_bags(&bags, text_cstr(&system), NULL);
        done = pkcs12_write(&bags, PASSWORD, out, problem);
    }
    text_release(&system);
    text_release(&bags);
    return done;
}

int trust_export(const struct authority *authority, enum trust_format format, struct text *out, struct text *problem)
{
    switch (format) {
    case TRUST_PEM:
        text_add(out, authority_pem(authority));
        return 0;
    case TRUST_BUNDLE:
        return add_bundle(authority, out, problem);
    case TRUST_PKCS12:
        return add_pkcs12(authority, out, problem);
    }
    return -1;
}

/* ── The files ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static int write_file(const char *folder, const char *name, const struct text *bytes, struct text *problem)
{
    char *path = mem_print("%s/%s", folder, name);
    int done = private_file_replace(path, text_cstr(bytes), bytes->length, 0644, problem);
    free(path);
    return done;
}

static int write_form(const struct authority *authority, const char *folder, const char *name, enum trust_format format,
                      struct text *problem)
{
    struct text bytes = TEXT_INIT(TRUST_EXPORT_MAX);
    int done = trust_export(authority, format, &bytes, problem);
    if (done == 0)
        done = write_file(folder, name, &bytes, problem);
    text_release(&bytes);
    return done;
}

static int write_php(const char *folder, struct text *problem)
{
    struct text ini = TEXT_INIT(65536);
    char *bundle = mem_print("%s/bundle.pem", folder), *settings = mem_print("%s/php", folder);
    text_add(&ini, "curl.cainfo = ");
    quoting_add(&ini, QUOTE_SEGMENTS, bundle);
    text_add(&ini, "\nopenssl.cafile = ");
    quoting_add(&ini, QUOTE_SEGMENTS, bundle);
    text_add(&ini, "\n");
    int done = private_folder_make(settings, problem);
    if (done == 0)
        done = write_file(settings, "cancelmock.ini", &ini, problem);
    free(settings);
    free(bundle);
    text_release(&ini);
    return done;
}

static int check_folder(const char *folder, struct text *problem)
{
    if (*folder == '/' && strpbrk(folder, ":\r\n") == NULL)
        return 0;
    text_print(
        problem,
        "%s: the files that programs trust cannot live there, since some of the variables that name them take no "
        "relative path, colon or line break; give another folder",
        folder);
    return -1;
}

int trust_files_write(const struct authority *authority, const char *folder, struct text *problem)
{
    if (check_folder(folder, problem) < 0 || private_folder_make(folder, problem) < 0 ||
        write_form(authority, folder, "ca.pem", TRUST_PEM, problem) < 0 ||
        write_form(authority, folder, "bundle.pem", TRUST_BUNDLE, problem) < 0 ||
        write_form(authority, folder, "trust.p12", TRUST_PKCS12, problem) < 0)
        return -1;
    return write_php(folder, problem);
}

/* ── The variables ─────────────────────────────────────────────────────────────────────────────────────────────── */

static void each_path(const char *folder, void (*call)(void *context, const char *name, const char *value),
                      void *context)
{
    static const struct {
        const char *variable, *file;
    } rows[] = {
        {"SSL_CERT_FILE", "bundle.pem"},
        {"CURL_CA_BUNDLE", "bundle.pem"},
        {"REQUESTS_CA_BUNDLE", "bundle.pem"},
        {"NODE_EXTRA_CA_CERTS", "ca.pem"}, /* Node adds it to its own */
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char *path = mem_print("%s/%s", folder, rows[i].file);
        call(context, rows[i].variable, path);
        free(path);
    }
}

/* Whether `list`, words between `separator`, ends with this word. */
static bool ends_with(const char *list, const char *word, char separator)
{
    size_t length = strlen(list), word_length = strlen(word);
    if (length < word_length || strcmp(list + length - word_length, word) != 0)
        return false;
    return length == word_length || list[length - word_length - 1] == separator;
}

/* `before` is what is not ours; NULL: nothing. The caller frees it. */
static char *added_to(const char *before, const char *word, char separator)
{
    if (before == NULL)
        return mem_dup(word);
    if (ends_with(before, word, separator))
        return mem_dup(before);
    return mem_print("%s%c%s", before, separator, word);
}

/* An empty word in PHP's list is the folder that it was built with, and a variable that is set replaces that. */
static char *php_value(const char *folder)
{
    const char *own = getenv("PHP_INI_SCAN_DIR");
    char *settings = mem_print("%s/php", folder);
    char *value = own != NULL && *own == '\0' ? mem_dup(settings) : added_to(own == NULL ? "" : own, settings, ':');
    free(settings);
    return value;
}

/* Of two options of one name the last counts; so type and password stand there too, for a user's own would not fit. */
static char *java_value(const char *folder)
{
    const char *own = getenv("JAVA_TOOL_OPTIONS");
    struct text option = TEXT_INIT(65536);
    char *store = mem_print("%s/trust.p12", folder);
    text_add(&option, "-Djavax.net.ssl.trustStore=");
    quoting_add(&option, QUOTE_SEGMENTS, store);
    text_add(&option, " -Djavax.net.ssl.trustStoreType=PKCS12 -Djavax.net.ssl.trustStorePassword=" PASSWORD);
    char *value = added_to(own != NULL && *own != '\0' ? own : NULL, text_cstr(&option), ' ');
    free(store);
    text_release(&option);
    return value;
}

void trust_variables_each(const char *folder, void (*call)(void *context, const char *name, const char *value),
                          void *context)
{
    char *php = php_value(folder), *java = java_value(folder);
    each_path(folder, call, context);
    call(context, "PHP_INI_SCAN_DIR", php);
    call(context, "JAVA_TOOL_OPTIONS", java);
    free(php);
    free(java);
}
