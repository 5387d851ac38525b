#include "trust/certificate.h"

#include <arpa/inet.h>
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <string.h>

#include "base/text.h"

#define SERIAL_BYTES  16
#define KEY_ID_MAX    64
#define NAME_MAX_X509 64 /* ub-common-name */
#define ADDRESS_MAX   16

static int fail(struct text *problem, const char *what, int error)
{
    text_print(problem, "%s cannot be made: %s", what, gnutls_strerror(error));
    return -1;
}

gnutls_x509_privkey_t private_key_make(struct text *problem)
{
    gnutls_x509_privkey_t key = NULL;
    int error = gnutls_x509_privkey_init(&key);
    if (error == 0)
        error = gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
    if (error == 0)
        return key;
    (void)fail(problem, "a private key", error);
    if (key != NULL)
        gnutls_x509_privkey_deinit(key);
    return NULL;
}

/* ── What a certificate says ───────────────────────────────────────────────────────────────────────────────────── */

/* Positive, and always of the same length. */
static int set_serial(gnutls_x509_crt_t certificate)
{
    unsigned char serial[SERIAL_BYTES];
    int error = gnutls_rnd(GNUTLS_RND_RANDOM, serial, sizeof serial);
    serial[0] = (unsigned char)((serial[0] & 0x7f) | 0x40);
    return error < 0 ? error : gnutls_x509_crt_set_serial(certificate, serial, sizeof serial);
}

static int set_name(gnutls_x509_crt_t certificate, const char *name)
{
    size_t length = strlen(name);
    if (length > NAME_MAX_X509)
        return 0;
    return gnutls_x509_crt_set_dn_by_oid(certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name, (unsigned)length);
}

static int add_host(gnutls_x509_crt_t certificate, const char *host)
{
    unsigned char address[ADDRESS_MAX];
    unsigned length = inet_pton(AF_INET, host, address) == 1 ? 4 : inet_pton(AF_INET6, host, address) == 1 ? 16 : 0;
    if (length > 0)
        return gnutls_x509_crt_set_subject_alt_name(certificate, GNUTLS_SAN_IPADDRESS, address, length,
                                                    GNUTLS_FSAN_APPEND);
    return gnutls_x509_crt_set_subject_alt_name(certificate, GNUTLS_SAN_DNSNAME, host, (unsigned)strlen(host),
                                                GNUTLS_FSAN_APPEND);
}

static int set_uses(gnutls_x509_crt_t certificate, bool is_authority)
{
    unsigned usage = is_authority ? GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN : GNUTLS_KEY_DIGITAL_SIGNATURE;
    int error = gnutls_x509_crt_set_basic_constraints(certificate, is_authority, is_authority ? 0 : -1);
    if (error == 0)
        error = gnutls_x509_crt_set_key_usage(certificate, usage);
    if (error == 0 && !is_authority)
        error = gnutls_x509_crt_set_key_purpose_oid(certificate, GNUTLS_KP_TLS_WWW_SERVER, 0);
    return error;
}

static int set_times(gnutls_x509_crt_t certificate, const struct certificate_plan *plan)
{
    int error = gnutls_x509_crt_set_activation_time(certificate, plan->from);
    return error < 0 ? error : gnutls_x509_crt_set_expiration_time(certificate, plan->until);
}

/* Its own key's id, and that of the key which signs it. */
static int set_key_ids(gnutls_x509_crt_t certificate, gnutls_x509_crt_t issuer)
{
    unsigned char id[KEY_ID_MAX];
    size_t length = sizeof id;
    int error = gnutls_x509_crt_get_key_id(certificate, GNUTLS_KEYID_USE_SHA1, id, &length);
    if (error == 0)
        error = gnutls_x509_crt_set_subject_key_id(certificate, id, length);
    length = sizeof id;
    if (error == 0 && issuer != certificate && gnutls_x509_crt_get_subject_key_id(issuer, id, &length, NULL) == 0)
        error = gnutls_x509_crt_set_authority_key_id(certificate, id, length);
    return error;
}

static int describe(gnutls_x509_crt_t certificate, const struct certificate_plan *plan)
{
    int error = gnutls_x509_crt_set_version(certificate, 3);
    if (error == 0)
        error = set_serial(certificate);
    if (error == 0)
        error = set_name(certificate, plan->name);
    for (size_t i = 0; error == 0 && i < plan->host_count; i++)
        error = add_host(certificate, plan->hosts[i]);
    if (error == 0)
        error = set_times(certificate, plan);
    return error == 0 ? set_uses(certificate, plan->is_authority) : error;
}

/* ── Signing ───────────────────────────────────────────────────────────────────────────────────────────────────── */

int certificate_make(struct key_pair *pair, const struct certificate_plan *plan, const struct key_pair *issuer,
                     struct text *problem)
{
    gnutls_x509_crt_t made = NULL;
    int error = gnutls_x509_crt_init(&made);
    gnutls_x509_crt_t above = issuer == pair ? made : issuer->certificate;
    if (error == 0)
        error = gnutls_x509_crt_set_key(made, pair->key);
    if (error == 0)
        error = describe(made, plan);
    if (error == 0)
        error = set_key_ids(made, above);
    if (error == 0)
        error = gnutls_x509_crt_sign2(made, above, issuer->key, GNUTLS_DIG_SHA256, 0);
    if (error == 0) {
        pair->certificate = made;
        return 0;
    }
    if (made != NULL)
        gnutls_x509_crt_deinit(made);
    return fail(problem, "a certificate", error);
}

int key_pair_make(struct key_pair *out, const struct certificate_plan *plan, const struct key_pair *issuer,
                  struct text *problem)
{
    *out = (struct key_pair){NULL, private_key_make(problem)};
    if (out->key == NULL)
        return -1;
    if (certificate_make(out, plan, issuer == NULL ? out : issuer, problem) == 0)
        return 0;
    key_pair_release(out);
    return -1;
}

void key_pair_release(struct key_pair *pair)
{
    if (pair->certificate != NULL)
        gnutls_x509_crt_deinit(pair->certificate);
    if (pair->key != NULL)
        gnutls_x509_privkey_deinit(pair->key);
    *pair = (struct key_pair){NULL, NULL};
}
