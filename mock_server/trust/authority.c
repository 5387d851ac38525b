/*
 * The key gets its name first and the certificate second, each by link(), which replaces nothing. So programs that
 * start together agree: who comes second reads what the first one wrote.
 */
#include "trust/authority.h"

#include <gnutls/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/instant.h"
#include "base/text.h"
#include "trust/certificate.h"
#include "trust/private_files.h"

#define DAY_S              ((time_t)24 * 60 * 60)
#define LIFE_DAYS          3652 /* ten years */
#define FINGERPRINT_BYTES  32
#define NAME_ROOM          65 /* 64 characters: what X.509 allows in a common name */
#define USER_SHOWN         11
#define HOST_SHOWN         15
#define KEY_ID_SHOWN_BYTES 4

struct authority {
    char *folder, *key_path, *certificate_path;
    struct key_pair pair;
    char *pem, *name, *fingerprint;
};

/* What helps when one of the two files cannot be used. */
#define PUT_BACK "put it back from a copy"
#define BOTH_ANEW                                                                                                      \
    "or remove ca.key and ca.pem: new ones are made then, and clients have to be given the new certificate"

/* ── The key ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* -1: told; 0: there is none; 1: authority->pair.key is it. */
static int read_key(struct authority *authority, struct text *problem)
{
    struct file_bytes file;
    enum file_answer answer = private_file_read(&file, authority->key_path, true, problem);
    if (answer == FILE_READ) {
        gnutls_datum_t pem = {(unsigned char *)file.bytes, (unsigned)file.length};
        gnutls_x509_privkey_t key = NULL;
        int error = gnutls_x509_privkey_init(&key);
        if (error == 0)
            error = gnutls_x509_privkey_import2(key, &pem, GNUTLS_X509_FMT_PEM, NULL, 0);
        if (error == 0) {
            authority->pair.key = key;
        } else {
            gnutls_x509_privkey_deinit(key);
            text_print(problem, "%s: it holds no private key that can be read (%s); " PUT_BACK ", " BOTH_ANEW,
                       authority->key_path, gnutls_strerror(error));
            answer = FILE_REFUSED;
        }
    }
    file_bytes_release(&file);
    return answer == FILE_READ ? 1 : answer == FILE_MISSING ? 0 : -1;
}

static int make_key(struct authority *authority, struct text *problem)
{
    gnutls_datum_t pem = {NULL, 0};
    gnutls_x509_privkey_t key = private_key_make(problem);
    if (key == NULL)
        return -1;
    int error = gnutls_x509_privkey_export2_pkcs8(key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &pem);
    gnutls_x509_privkey_deinit(key);
    if (error < 0) {
        text_print(problem, "%s: the key cannot be written as PEM: %s", authority->key_path, gnutls_strerror(error));
        return -1;
    }
    int done = private_file_make(authority->key_path, (const char *)pem.data, pem.size, 0600, problem);
    gnutls_memset(pem.data, 0, pem.size);
    gnutls_free(pem.data);
    return done;
}

/* A certificate is there and its key is not. */
static int refuse_lone_certificate(const struct authority *authority, struct text *problem)
{
    text_print(problem, "%s: the key is missing beside ca.pem; " PUT_BACK ", " BOTH_ANEW, authority->key_path);
    return -1;
}

static int open_key(struct authority *authority, struct text *problem)
{
    int there = read_key(authority, problem);
    if (there != 0)
        return there < 0 ? -1 : 0;
    bool has_certificate = access(authority->certificate_path, F_OK) == 0;
    /* It may have come into being in between, and the key before it. */
    if (has_certificate && (there = read_key(authority, problem)) != 0)
        return there < 0 ? -1 : 0;
    if (has_certificate)
        return refuse_lone_certificate(authority, problem);
    if (make_key(authority, problem) < 0)
        return -1;
    there = read_key(authority, problem);
    if (there == 0)
        text_print(problem, "%s: it was removed while it was being made; start again", authority->key_path);
    return there > 0 ? 0 : -1;
}

/* ── The certificate ───────────────────────────────────────────────────────────────────────────────────────────── */

static int read_certificate(struct authority *authority, struct text *problem)
{
    struct file_bytes file;
    enum file_answer answer = private_file_read(&file, authority->certificate_path, false, problem);
    if (answer == FILE_READ) {
        gnutls_datum_t pem = {(unsigned char *)file.bytes, (unsigned)file.length};
        gnutls_x509_crt_t certificate = NULL;
        int error = gnutls_x509_crt_init(&certificate);
        if (error == 0)
            error = gnutls_x509_crt_import(certificate, &pem, GNUTLS_X509_FMT_PEM);
        if (error == 0) {
            authority->pair.certificate = certificate;
        } else {
            gnutls_x509_crt_deinit(certificate);
            text_print(problem,
                       "%s: it holds no certificate that can be read (%s); " PUT_BACK
                       ", or remove this file: a new certificate is made for the key then",
                       authority->certificate_path, gnutls_strerror(error));
            answer = FILE_REFUSED;
        }
    }
    file_bytes_release(&file);
    return answer == FILE_READ ? 1 : answer == FILE_MISSING ? 0 : -1;
}

/* At most `most` characters that are plain in every tool that shows a name. */
static void copy_plain(char *out, const char *word, const char *ends, size_t most)
{
    size_t length = strcspn(word, ends);
    length = length < most ? length : most;
    for (size_t i = 0; i < length; i++)
        out[i] = ascii_is_alnum(word[i]) || word[i] == '.' || word[i] == '_' ? word[i] : '-';
    out[length] = '\0';
}

static const char *word_of_environment(const char *name)
{
    const char *word = getenv(name);
    return word != NULL && *word != '\0' ? word : NULL;
}

/* "cancelmock authority of USER at HOST, 8 digits of the key's id": so that two of them can be told apart in a list. */
static void write_name(gnutls_x509_privkey_t key, char name[NAME_ROOM])
{
    char user[USER_SHOWN + 1], host[HOST_SHOWN + 1], full_host[256] = "";
    const char *login = word_of_environment("USER");
    unsigned char id[64] = {0};
    size_t length = sizeof id;
    (void)gnutls_x509_privkey_get_key_id(key, GNUTLS_KEYID_USE_SHA256, id, &length);
    (void)gethostname(full_host, sizeof full_host - 1);
    copy_plain(user, login != NULL ? login : geteuid() == 0 ? "root" : "somebody", "", USER_SHOWN);
    copy_plain(host, *full_host != '\0' ? full_host : "localhost", ".", HOST_SHOWN);
    int wrote = snprintf(name, NAME_ROOM, "cancelmock authority of %s at %s, ", user, host);
    for (size_t i = 0; i < KEY_ID_SHOWN_BYTES; i++)
        snprintf(name + wrote + 2 * i, NAME_ROOM - (size_t)wrote - 2 * i, "%02x", id[i]);
}

static int make_certificate(struct authority *authority, struct text *problem)
{
    char name[NAME_ROOM];
    time_t now = time(NULL);
    gnutls_datum_t pem = {NULL, 0};
    struct key_pair pair = {NULL, authority->pair.key};
    write_name(pair.key, name);
    struct certificate_plan plan = {
        .name = name, .is_authority = true, .from = now - DAY_S, .until = now + LIFE_DAYS * DAY_S};
    if (certificate_make(&pair, &plan, &pair, problem) < 0)
        return -1;
    int error = gnutls_x509_crt_export2(pair.certificate, GNUTLS_X509_FMT_PEM, &pem);
    gnutls_x509_crt_deinit(pair.certificate);
    if (error < 0) {
        text_print(problem, "%s: it cannot be written as PEM: %s", authority->certificate_path, gnutls_strerror(error));
        return -1;
    }
    int done = private_file_make(authority->certificate_path, (const char *)pem.data, pem.size, 0644, problem);
    gnutls_free(pem.data);
    return done;
}

static int open_certificate(struct authority *authority, struct text *problem)
{
    int there = read_certificate(authority, problem);
    if (there == 0 && make_certificate(authority, problem) == 0) {
        there = read_certificate(authority, problem);
        if (there == 0)
            text_print(problem, "%s: it was removed while it was being made; start again", authority->certificate_path);
    }
    return there > 0 ? 0 : -1;
}

/* ── Whether the two are what they should be ───────────────────────────────────────────────────────────────────── */

static bool is_key_of(const struct key_pair *pair)
{
    unsigned char of_key[64], of_certificate[64];
    size_t a = sizeof of_key, b = sizeof of_certificate;
    return gnutls_x509_privkey_get_key_id(pair->key, GNUTLS_KEYID_USE_SHA256, of_key, &a) == 0 &&
           gnutls_x509_crt_get_key_id(pair->certificate, GNUTLS_KEYID_USE_SHA256, of_certificate, &b) == 0 && a == b &&
           memcmp(of_key, of_certificate, a) == 0;
}

/* NULL when all is well. */
static const char *fault_of(const struct key_pair *pair)
{
    time_t now = time(NULL);
    if (!is_key_of(pair))
        return "this certificate and ca.key do not belong together; " PUT_BACK
               ", or remove ca.pem: a new certificate is made for the key then";
    if (gnutls_x509_crt_get_ca_status(pair->certificate, NULL) <= 0)
        return "this certificate is not one of an authority (CA:TRUE); put one there that is, " BOTH_ANEW;
    if (gnutls_x509_crt_get_expiration_time(pair->certificate) <= now)
        return "this certificate has run out; remove ca.pem: a new one is made for the key, and clients have to be "
               "given that";
    if (gnutls_x509_crt_get_activation_time(pair->certificate) > now)
        return "this certificate is not valid yet; set the clock of this machine, or wait";
    return NULL;
}

static int check_pair(const struct authority *authority, struct text *problem)
{
    const char *fault = fault_of(&authority->pair);
    if (fault == NULL)
        return 0;
    text_print(problem, "%s: %s", authority->certificate_path, fault);
    return -1;
}

/* ── What others are told of it ────────────────────────────────────────────────────────────────────────────────── */

static char *hex_of(const unsigned char *bytes, size_t length)
{
    char *hex = mem_zero(2 * length + 1, 1);
    for (size_t i = 0; i < length; i++)
        snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
    return hex;
}

/* The common name, or all of the subject where it has none; to be freed. */
static char *name_of(gnutls_x509_crt_t certificate)
{
    char common[256];
    size_t length = sizeof common;
    gnutls_datum_t whole = {NULL, 0};
    if (gnutls_x509_crt_get_dn_by_oid(certificate, GNUTLS_OID_X520_COMMON_NAME, 0, 0, common, &length) == 0)
        return mem_dup_bytes(common, length);
    (void)gnutls_x509_crt_get_dn3(certificate, &whole, 0);
    char *name = whole.data == NULL ? mem_dup("(no name)") : mem_dup_bytes((const char *)whole.data, whole.size);
    gnutls_free(whole.data);
    return name;
}

static int describe(struct authority *authority, struct text *problem)
{
    unsigned char digest[FINGERPRINT_BYTES];
    size_t length = sizeof digest;
    gnutls_datum_t pem = {NULL, 0};
    gnutls_x509_crt_t certificate = authority->pair.certificate;
    int error = gnutls_x509_crt_get_fingerprint(certificate, GNUTLS_DIG_SHA256, digest, &length);
    if (error == 0)
        error = gnutls_x509_crt_export2(certificate, GNUTLS_X509_FMT_PEM, &pem);
    if (error >= 0) {
        authority->fingerprint = hex_of(digest, length);
        authority->pem = mem_dup_bytes((const char *)pem.data, pem.size);
        authority->name = name_of(certificate);
    } else {
        text_print(problem, "%s: it cannot be used: %s", authority->certificate_path, gnutls_strerror(error));
    }
    gnutls_free(pem.data);
    return error >= 0 ? 0 : -1;
}

struct authority *authority_open(const char *folder, struct text *problem)
{
    if (private_folder_make(folder, problem) < 0)
        return NULL;
    struct authority *authority = mem_zero(1, sizeof *authority);
    authority->folder = mem_dup(folder);
    authority->key_path = mem_print("%s/ca.key", folder);
    authority->certificate_path = mem_print("%s/ca.pem", folder);
    if (open_key(authority, problem) == 0 && open_certificate(authority, problem) == 0 &&
        check_pair(authority, problem) == 0 && describe(authority, problem) == 0)
        return authority;
    authority_free(authority);
    return NULL;
}

void authority_free(struct authority *authority)
{
    if (authority == NULL)
        return;
    key_pair_release(&authority->pair);
    free(authority->folder);
    free(authority->key_path);
    free(authority->certificate_path);
    free(authority->pem);
    free(authority->name);
    free(authority->fingerprint);
    free(authority);
}

const char *authority_folder(const struct authority *authority)
{
    return authority->folder;
}

const char *authority_pem(const struct authority *authority)
{
    return authority->pem;
}

const char *authority_name(const struct authority *authority)
{
    return authority->name;
}

const char *authority_fingerprint(const struct authority *authority)
{
    return authority->fingerprint;
}

int64_t authority_ends_us(const struct authority *authority)
{
    return (int64_t)gnutls_x509_crt_get_expiration_time(authority->pair.certificate) * INSTANT_SECOND_US;
}

const struct key_pair *authority_pair(const struct authority *authority)
{
    return &authority->pair;
}

char *authority_default_folder(struct text *problem)
{
    const char *data = word_of_environment("XDG_DATA_HOME"), *home = word_of_environment("HOME");
    if (data != NULL && *data == '/') /* its specification has relative paths ignored */
        return mem_print("%s/cancelmock/ca", data);
    if (home != NULL)
        return mem_print("%s/.local/share/cancelmock/ca", home);
    text_add(problem, "neither --ca-dir nor XDG_DATA_HOME nor HOME says where the certificate authority lives; give "
                      "--ca-dir DIR");
    return NULL;
}
