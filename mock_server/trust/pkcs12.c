/*
 * The store, from outside to inside (RFC 7292, 4):
 *
 *     PFX { 3, data { SEQUENCE OF data { SEQUENCE OF bag } }, seal }
 *     bag { certBag, [0] { x509Certificate, [0] { the certificate } }, { friendlyName { alias }, trustedKeyUsage { any
 * } } }
 */
#include "trust/pkcs12.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

#include "base/text.h"

/* Tags of DER. */
enum { OCTETS = 0x04, UTF16 = 0x1e, SEQUENCE = 0x30, SET = 0x31, EXPLICIT_0 = 0xa0 };

/* Object identifiers and numbers that never change, as DER has them. */
static const char version_3[] = "\x02\x01\x03";
static const char data[] = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01";             /* 1.2.840.113549.1.7.1 */
static const char cert_bag[] = "\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x0a\x01\x03"; /* 1.2.840.113549.1.12.10.1.3 */
static const char x509_certificate[] = "\x06\x0a\x2a\x86\x48\x86\xf7\x0d\x01\x09\x16\x01"; /* …113549.1.9.22.1 */
static const char friendly_name[] = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x14";        /* …113549.1.9.20 */
static const char trusted_key_usage[] =
    "\x06\x0c\x60\x86\x48\x01\x86\xf9\x66\xad\xca\x7b\x01\x01"; /* 2.16.840.1.113894.746875.1.1 */
static const char any_key_usage[] = "\x06\x04\x55\x1d\x25\x00"; /* 2.5.29.37.0 */
static const char sha1[] = "\x30\x09\x06\x05\x2b\x0e\x03\x02\x1a\x05\x00";

/* Without the NUL at their end; those with a NUL inside are written with their size. */
#define ADD(out, constant) text_add_bytes(out, constant, sizeof(constant) - 1)

#define LENGTH_BYTES_MAX   4

/* Appends tag, length and content. */
static void add_value(struct text *out, int tag, const char *bytes, size_t length)
{
    char digits[LENGTH_BYTES_MAX];
    size_t count = 0;
    text_add_char(out, (char)tag);
    if (length < 0x80) {
        text_add_char(out, (char)length);
    } else {
        for (size_t rest = length; rest > 0 && count < LENGTH_BYTES_MAX; rest >>= 8)
            digits[count++] = (char)(rest & 0xff);
        text_add_char(out, (char)(0x80 | count));
        while (count > 0)
            text_add_char(out, digits[--count]);
    }
    text_add_bytes(out, bytes, length);
}

/* Puts all that `content` holds into a value of this tag. */
static void wrap(struct text *content, int tag)
{
    struct text whole = TEXT_INIT(PKCS12_MAX);
    add_value(&whole, tag, text_cstr(content), content->length);
    text_release(content);
    *content = whole;
}

/* Appends `part` to `out` and empties it. */
static void move(struct text *out, struct text *part)
{
    text_add_bytes(out, text_cstr(part), part->length);
    text_clear(part);
}

static void add_attributes(struct text *out, const char *alias)
{
    struct text name = TEXT_INIT(PKCS12_MAX), part = TEXT_INIT(PKCS12_MAX), all = TEXT_INIT(PKCS12_MAX);
    for (const char *at = alias; *at != '\0'; at++) {
        text_add_char(&name, '\0');
        text_add_char(&name, *at);
    }
    wrap(&name, UTF16);
    wrap(&name, SET);
    ADD(&part, friendly_name);
    move(&part, &name);
    wrap(&part, SEQUENCE);
    move(&all, &part);
    ADD(&name, any_key_usage);
    wrap(&name, SET);
    ADD(&part, trusted_key_usage);
    move(&part, &name);
    wrap(&part, SEQUENCE);
    move(&all, &part);
    add_value(out, SET, text_cstr(&all), all.length);
    text_release(&name);
    text_release(&part);
    text_release(&all);
}

void pkcs12_bag_add(struct text *bags, const char *alias, const char *der, size_t length)
{
    struct text bag = TEXT_INIT(PKCS12_MAX), value = TEXT_INIT(PKCS12_MAX), certificate = TEXT_INIT(PKCS12_MAX);
    add_value(&certificate, OCTETS, der, length);
    wrap(&certificate, EXPLICIT_0);
    ADD(&value, x509_certificate);
    move(&value, &certificate);
    wrap(&value, SEQUENCE);
    wrap(&value, EXPLICIT_0);
    ADD(&bag, cert_bag);
    move(&bag, &value);
    add_attributes(&bag, alias);
    add_value(bags, SEQUENCE, text_cstr(&bag), bag.length);
    text_release(&bag);
    text_release(&value);
    text_release(&certificate);
}

/* Makes what `content` holds the octets of a "data". */
static void wrap_data(struct text *content)
{
    struct text whole = TEXT_INIT(PKCS12_MAX);
    wrap(content, OCTETS);
    wrap(content, EXPLICIT_0);
    ADD(&whole, data);
    move(&whole, content);
    wrap(&whole, SEQUENCE);
    text_release(content);
    *content = whole;
}

/* ── The seal ──────────────────────────────────────────────────────────────────────────────────────────────────── */

#define SALT           "cncelmck" /* the password is no secret, so the salt need not be drawn: the same store, the same bytes */
#define SHA1_BYTES     20
#define SHA1_BLOCK     64
#define KEY_FOR_A_SEAL 3
#define PASSWORD_MAX   31

/* Fills a block with `bytes`, again and again. */
static void repeat(unsigned char block[SHA1_BLOCK], const char *bytes, size_t length)
{
    for (size_t i = 0; i < SHA1_BLOCK; i++)
        block[i] = (unsigned char)bytes[i % length];
}

/* RFC 7292, B.2, for one iteration and a password that fits into one block with its NUL, in UTF-16. */
static int make_key(const char *password, unsigned char key[SHA1_BYTES])
{
    unsigned char blocks[3][SHA1_BLOCK];
    char wide[2 * (PASSWORD_MAX + 1)] = {0};
    size_t length = strnlen(password, PASSWORD_MAX);
    for (size_t i = 0; i < length; i++)
        wide[2 * i + 1] = password[i];
    memset(blocks[0], KEY_FOR_A_SEAL, SHA1_BLOCK);
    repeat(blocks[1], SALT, sizeof SALT - 1);
    repeat(blocks[2], wide, 2 * (length + 1));
    return gnutls_hash_fast(GNUTLS_DIG_SHA1, blocks, sizeof blocks, key);
}

/* Appends the seal on `content`. */
static int add_seal(struct text *out, const struct text *content, const char *password)
{
    unsigned char key[SHA1_BYTES], digest[SHA1_BYTES];
    struct text seal = TEXT_INIT(PKCS12_MAX);
    int error = make_key(password, key);
    if (error == 0)
        error = gnutls_hmac_fast(GNUTLS_MAC_SHA1, key, sizeof key, text_cstr(content), content->length, digest);
    ADD(&seal, sha1);
    add_value(&seal, OCTETS, (const char *)digest, sizeof digest);
    wrap(&seal, SEQUENCE);
    add_value(&seal, OCTETS, SALT, sizeof SALT - 1);
    wrap(&seal, SEQUENCE);
    move(out, &seal);
    text_release(&seal);
    return error;
}

int pkcs12_write(const struct text *bags, const char *password, struct text *out, struct text *problem)
{
    struct text content = TEXT_INIT(PKCS12_MAX), store = TEXT_INIT(PKCS12_MAX), seal = TEXT_INIT(PKCS12_MAX);
    text_add_bytes(&content, text_cstr(bags), bags->length);
    wrap(&content, SEQUENCE);
    wrap_data(&content);
    wrap(&content, SEQUENCE);
    int error = add_seal(&seal, &content, password);
    wrap_data(&content);
    ADD(&store, version_3);
    move(&store, &content);
    move(&store, &seal);
    wrap(&store, SEQUENCE);
    bool too_large = store.overflowed || bags->overflowed;
    if (too_large)
        text_add(problem, "a PKCS #12 store of the system's certificates would have more than 8 MiB");
    else if (error < 0)
        text_print(problem, "a PKCS #12 store cannot be sealed: %s", gnutls_strerror(error));
    else
        text_add_bytes(out, text_cstr(&store), store.length);
    text_release(&content);
    text_release(&store);
    text_release(&seal);
    return too_large || error < 0 ? -1 : 0;
}
