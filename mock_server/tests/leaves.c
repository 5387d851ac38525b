/* trust/leaves.h: each handshake gets the certificate of the name that it asks for, with the flaw that was wanted and
 * no other. Both ends run here, by hand over a pair of sockets; what the client got is judged by GnuTLS and by OpenSSL.
 */
#include "trust/leaves.h"

#include <gnutls/x509.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/tests/check.h"
#include "base/text.h"
#include "tests/fixture_folder.h"
#include "tests/suites.h"
#include "trust/authority.h"

#define DAY_S     ((time_t)24 * 60 * 60)
#define TURNS_MAX 1000

static const char *const names[] = {"API.Example.org",         "*.star.example", "good.star.example",
                                    "www.xn--dkkango-n2a.com", "10.1.2.3",       "mock"};

struct place {
    char top[32];
    struct authority *authority;
    struct leaves *leaves;
    gnutls_certificate_credentials_t client; /* trusts the authority */
};

static void place_open(struct place *place)
{
    struct text problem = TEXT_INIT(4096);
    *place = (struct place){.top = "/tmp/leaves-XXXXXX"};
    CHECK(mkdtemp(place->top) != NULL);
    place->authority = authority_open(place->top, &problem);
    CHECK(place->authority != NULL);
    place->leaves = leaves_new(place->authority, names, COUNT_OF(names), &problem);
    CHECK(place->leaves != NULL);
    CHECK_TEXT(text_cstr(&problem), "");
    char *pem = mem_dup(authority_pem(place->authority));
    gnutls_datum_t ca = {(unsigned char *)pem, (unsigned)strlen(pem)};
    CHECK_INTEGER(gnutls_certificate_allocate_credentials(&place->client), 0);
    CHECK_INTEGER(gnutls_certificate_set_x509_trust_mem(place->client, &ca, GNUTLS_X509_FMT_PEM), 1);
    free(pem);
    text_release(&problem);
}

static void place_close(struct place *place)
{
    gnutls_certificate_free_credentials(place->client);
    leaves_free(place->leaves);
    authority_free(place->authority);
    remove_test_folder(place->top);
}

/* ── One handshake ─────────────────────────────────────────────────────────────────────────────────────────────── */

static gnutls_session_t open_end(unsigned flags, gnutls_certificate_credentials_t credentials, int handle)
{
    gnutls_session_t session = NULL;
    CHECK_INTEGER(gnutls_init(&session, flags | GNUTLS_NONBLOCK), 0);
    CHECK_INTEGER(gnutls_set_default_priority(session), 0);
    CHECK_INTEGER(gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, credentials), 0);
    gnutls_transport_set_int(session, handle);
    return session;
}

/* Each end in turn, until both are done or one fails. */
static bool shake(gnutls_session_t client, gnutls_session_t server)
{
    int a = GNUTLS_E_AGAIN, b = GNUTLS_E_AGAIN;
    for (int i = 0; i < TURNS_MAX && (a != 0 || b != 0); i++) {
        a = a == 0 ? 0 : gnutls_handshake(client);
        b = b == 0 ? 0 : gnutls_handshake(server);
        if ((a < 0 && gnutls_error_is_fatal(a)) || (b < 0 && gnutls_error_is_fatal(b)))
            return false;
    }
    return a == 0 && b == 0;
}

/* What a client gets that asks for `name` (NULL: for none) and means `meant`; the certificate is the caller's. */
static gnutls_x509_crt_t get(const struct place *place, gnutls_certificate_credentials_t credentials, const char *name,
                             const char *meant, unsigned *verdict)
{
    int pair[2];
    unsigned count = 0;
    gnutls_x509_crt_t certificate = NULL;
    CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair) == 0);
    gnutls_session_t client = open_end(GNUTLS_CLIENT, place->client, pair[0]);
    gnutls_session_t server = open_end(GNUTLS_SERVER, credentials, pair[1]);
    if (name != NULL)
        CHECK_INTEGER(gnutls_server_name_set(client, GNUTLS_NAME_DNS, name, strlen(name)), 0);
    CHECK(shake(client, server));
    CHECK_INTEGER(gnutls_certificate_verify_peers3(client, meant, verdict), 0);
    const gnutls_datum_t *chain = gnutls_certificate_get_peers(client, &count);
    CHECK_INTEGER(count, 1);
    CHECK_INTEGER(gnutls_x509_crt_init(&certificate), 0);
    CHECK(chain != NULL && gnutls_x509_crt_import(certificate, chain, GNUTLS_X509_FMT_DER) == 0);
    gnutls_deinit(client);
    gnutls_deinit(server);
    close(pair[0]);
    close(pair[1]);
    return certificate;
}

/* ── Names ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The alternative names, "DNS:a, DNS:b". */
static void add_names(gnutls_x509_crt_t certificate, struct text *out)
{
    char name[300];
    for (unsigned i = 0;; i++) {
        size_t length = sizeof name;
        int type = gnutls_x509_crt_get_subject_alt_name(certificate, i, name, &length, NULL);
        if (type < 0)
            return;
        if (type == GNUTLS_SAN_DNSNAME)
            text_print(out, "%sDNS:%.*s", i > 0 ? ", " : "", (int)length, name);
        else
            text_print(out, "%sIP of %zu bytes", i > 0 ? ", " : "", length);
    }
}

#define LOCAL "DNS:localhost, IP of 4 bytes, IP of 16 bytes, IP of 4 bytes"

static void each_name_has_its_certificate(void *context)
{
    static const struct {
        const char *asked, *meant, *expected;
    } rows[] = {
        {"api.example.org", "api.example.org", "DNS:api.example.org"},
        {"API.EXAMPLE.ORG", "api.example.org", "DNS:api.example.org"},
        {"other.star.example", "other.star.example", "DNS:*.star.example"},
        {"good.star.example", "good.star.example", "DNS:good.star.example"},
        {"www.xn--dkkango-n2a.com", "www.xn--dkkango-n2a.com", "DNS:www.xn--dkkango-n2a.com"},
        {"mock", "mock", "DNS:mock"},
        {"localhost", "localhost", LOCAL},
        {NULL, "127.0.0.1", LOCAL},
        {NULL, "::1", LOCAL},
        {NULL, "10.1.2.3", LOCAL},
        {"a.b.star.example", NULL, LOCAL},
        {"star.example", NULL, LOCAL},
        {"elsewhere.example", NULL, LOCAL},
    };
    struct place place;
    (void)context;
    place_open(&place);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        unsigned verdict = 0;
        struct text found = TEXT_INIT(1000);
        gnutls_x509_crt_t certificate =
            get(&place, leaves_credentials(place.leaves), rows[i].asked, rows[i].meant, &verdict);
        add_names(certificate, &found);
        CHECK_TEXT(text_cstr(&found), rows[i].expected);
        CHECK_INTEGER(verdict, 0);
        gnutls_x509_crt_deinit(certificate);
        text_release(&found);
    }
    place_close(&place);
}

static void it_knows_its_names(void *context)
{
    static const struct {
        const char *name;
        bool known;
    } rows[] = {
        {"localhost", true},
        {"LOCALHOST", true},
        {"127.0.0.1", true},
        {"::1", true},
        {"10.1.2.3", true},
        {"10.1.2.4", false},
        {"api.example.org", true},
        {"api.example.org.", true},
        {"Api.Example.Org", true},
        {"api.example.com", false},
        {"x.star.example", true},
        {"x.y.star.example", false},
        {"star.example", false},
        {".star.example", false},
        {"", false},
    };
    struct place place;
    (void)context;
    place_open(&place);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (leaves_know(place.leaves, rows[i].name) != rows[i].known)
            CHECK_TEXT(rows[i].name, rows[i].known ? "known" : "unknown");
    place_close(&place);
}

#define LABEL_60 "a23456789012345678901234567890123456789012345678901234567890"

static void names_that_are_none_are_refused(void *context)
{
    static const struct {
        const char *name, *problem; /* NULL: it is one */
    } rows[] = {
        {"https://api.example.org", "\"https://api.example.org\" is no host name; give one such as api.example.org"},
        {"api.example.org:443", "without scheme, port or path"},
        {"", "has no characters"},
        {".", "is no host name"},
        {"a..b", "is no host name"},
        {"-a.example", "is no host name"},
        {"a b", "is no host name"},
        {"a*.example.org", "is no host name"},
        {"my_service", "underscore"},
        {"*.org", "a star for too much"},
        {"*", "is no host name"},
        {"d\xc3\xbckkango.example", "xn--"},
        {LABEL_60 "1234.example", "is no host name"},
        {LABEL_60 "." LABEL_60 "." LABEL_60 "." LABEL_60 ".example.org", "more than 253"},
        {LABEL_60 "." LABEL_60 "." LABEL_60 ".example.org", NULL},
        {"mock", NULL},
        {"2001:db8::1", NULL},
        {"api.example.org.", NULL},
    };
    struct place place;
    (void)context;
    place_open(&place);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct text problem = TEXT_INIT(1000);
        struct leaves *leaves = leaves_new(place.authority, &rows[i].name, 1, &problem);
        CHECK((leaves != NULL) == (rows[i].problem == NULL));
        CHECK_CONTAINS(text_cstr(&problem), rows[i].problem == NULL ? "" : rows[i].problem);
        leaves_free(leaves);
        text_release(&problem);
    }
    place_close(&place);
}

static void there_are_at_most_a_thousand(void *context)
{
    const char *list[LEAVES_NAMES_MAX + 1];
    struct text problem = TEXT_INIT(1000);
    struct place place;
    (void)context;
    place_open(&place);
    for (size_t i = 0; i < COUNT_OF(list); i++)
        list[i] = "same.example";
    struct leaves *most = leaves_new(place.authority, list, LEAVES_NAMES_MAX, &problem);
    CHECK(most != NULL);
    leaves_free(most);
    CHECK(leaves_new(place.authority, list, LEAVES_NAMES_MAX + 1, &problem) == NULL);
    CHECK_CONTAINS(text_cstr(&problem), "1001 host names");
    text_release(&problem);
    place_close(&place);
}

/* A name of 193 characters fits into no common name, and into the alternative names all the same. */
static void a_long_name_has_one_too(void *context)
{
    static const char *const name = LABEL_60 "." LABEL_60 "." LABEL_60 ".example.org";
    struct text problem = TEXT_INIT(1000);
    unsigned verdict = 0;
    struct place place;
    (void)context;
    place_open(&place);
    struct leaves *leaves = leaves_new(place.authority, &name, 1, &problem);
    gnutls_x509_crt_deinit(get(&place, leaves_credentials(leaves), name, name, &verdict));
    CHECK_INTEGER(verdict, 0);
    leaves_free(leaves);
    text_release(&problem);
    place_close(&place);
}

/* ── What a certificate says ───────────────────────────────────────────────────────────────────────────────────── */

static void a_leaf_is_a_servers_for_ninety_days(void *context)
{
    struct place place;
    unsigned verdict = 0, usage = 0, critical = 0;
    char purpose[64];
    size_t length = sizeof purpose;
    (void)context;
    place_open(&place);
    gnutls_x509_crt_t leaf =
        get(&place, leaves_credentials(place.leaves), "api.example.org", "api.example.org", &verdict);
    time_t now = time(NULL), from = gnutls_x509_crt_get_activation_time(leaf);
    time_t until = gnutls_x509_crt_get_expiration_time(leaf);
    CHECK(from <= now - DAY_S && from > now - 2 * DAY_S);
    CHECK_INTEGER(until - from, 91 * DAY_S);
    CHECK_INTEGER(gnutls_x509_crt_get_ca_status(leaf, NULL), 0);
    CHECK_INTEGER(gnutls_x509_crt_get_key_usage(leaf, &usage, &critical), 0);
    CHECK_INTEGER(usage, GNUTLS_KEY_DIGITAL_SIGNATURE);
    CHECK_INTEGER(gnutls_x509_crt_get_key_purpose_oid(leaf, 0, purpose, &length, NULL), 0);
    CHECK_TEXT(purpose, GNUTLS_KP_TLS_WWW_SERVER);
    CHECK_INTEGER(gnutls_x509_crt_get_version(leaf), 3);
    CHECK_INTEGER(gnutls_x509_crt_get_signature_algorithm(leaf), GNUTLS_SIGN_ECDSA_SHA256);
    gnutls_x509_crt_deinit(leaf);
    place_close(&place);
}

#define SERIALS      100
#define SERIAL_BYTES 16

static void a_hundred_leaves_have_a_hundred_serials(void *context)
{
    unsigned char serials[SERIALS][SERIAL_BYTES];
    char *list[SERIALS];
    struct place place;
    struct text problem = TEXT_INIT(1000);
    (void)context;
    place_open(&place);
    for (int i = 0; i < SERIALS; i++)
        list[i] = mem_print("host-%d.example", i);
    struct leaves *leaves = leaves_new(place.authority, (const char *const *)list, SERIALS, &problem);
    for (int i = 0; i < SERIALS; i++) {
        unsigned verdict = 0;
        size_t length = SERIAL_BYTES;
        gnutls_x509_crt_t leaf = get(&place, leaves_credentials(leaves), list[i], list[i], &verdict);
        CHECK_INTEGER(gnutls_x509_crt_get_serial(leaf, serials[i], &length), 0);
        CHECK_INTEGER(length, SERIAL_BYTES);
        CHECK(serials[i][0] < 0x80);
        for (int j = 0; j < i; j++)
            CHECK(memcmp(serials[i], serials[j], SERIAL_BYTES) != 0);
        gnutls_x509_crt_deinit(leaf);
    }
    for (int i = 0; i < SERIALS; i++)
        free(list[i]);
    leaves_free(leaves);
    text_release(&problem);
    place_close(&place);
}

static void a_name_keeps_its_certificate(void *context)
{
    struct place place;
    unsigned verdict = 0;
    (void)context;
    place_open(&place);
    gnutls_x509_crt_t first = get(&place, leaves_credentials(place.leaves), "localhost", "localhost", &verdict);
    gnutls_x509_crt_t second = get(&place, leaves_credentials(place.leaves), NULL, "127.0.0.1", &verdict);
    CHECK(gnutls_x509_crt_equals(first, second));
    gnutls_x509_crt_deinit(first);
    gnutls_x509_crt_deinit(second);
    place_close(&place);
}

static time_t in_59_days(void)
{
    return time(NULL) + 59 * DAY_S;
}

static time_t in_61_days(void)
{
    return time(NULL) + 61 * DAY_S;
}

static void a_server_that_runs_long_makes_new_ones(void *context)
{
    struct place place;
    unsigned verdict = 0;
    (void)context;
    place_open(&place);
    gnutls_certificate_credentials_t credentials = leaves_credentials(place.leaves);
    gnutls_x509_crt_t first = get(&place, credentials, "mock", "mock", &verdict);
    leaves_use_clock(place.leaves, in_59_days);
    gnutls_x509_crt_t same = get(&place, credentials, "mock", "mock", &verdict);
    leaves_use_clock(place.leaves, in_61_days);
    gnutls_x509_crt_t next = get(&place, credentials, "mock", "mock", &verdict);
    CHECK(gnutls_x509_crt_equals(first, same));
    CHECK(!gnutls_x509_crt_equals(first, next));
    CHECK(gnutls_x509_crt_get_expiration_time(next) - gnutls_x509_crt_get_expiration_time(first) >= 61 * DAY_S);
    gnutls_x509_crt_deinit(first);
    gnutls_x509_crt_deinit(same);
    gnutls_x509_crt_deinit(next);
    place_close(&place);
}

/* ── Flaws ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void put_pem(const char *path, gnutls_x509_crt_t certificate)
{
    gnutls_datum_t pem = {NULL, 0};
    FILE *file = fopen(path, "w");
    CHECK_INTEGER(gnutls_x509_crt_export2(certificate, GNUTLS_X509_FMT_PEM, &pem), 0);
    CHECK(file != NULL && fwrite(pem.data, 1, pem.size, file) == pem.size && fclose(file) == 0);
    gnutls_free(pem.data);
}

/* What `openssl verify` says of it. */
static void ask_openssl(const struct place *place, gnutls_x509_crt_t certificate, struct text *said)
{
    char chunk[1000];
    char *leaf = mem_print("%s/leaf.pem", place->top);
    char *command =
        mem_print("openssl verify -CAfile %s/ca.pem -verify_hostname api.example.org -purpose sslserver %s 2>&1",
                  place->top, leaf);
    put_pem(leaf, certificate);
    FILE *tool = popen(command, "r");
    CHECK(tool != NULL);
    for (size_t got; tool != NULL && (got = fread(chunk, 1, sizeof chunk, tool)) > 0;)
        text_add_bytes(said, chunk, got);
    if (tool != NULL)
        pclose(tool);
    free(leaf);
    free(command);
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (; (text = strstr(text, part)) != NULL; text++)
        count++;
    return count;
}

static void each_flaw_is_the_only_one(void *context)
{
    static const struct {
        enum leaf_flaw flaw;
        unsigned verdict;
        const char *openssl;
        size_t errors;
    } rows[] = {
        {LEAF_GOOD, 0, "leaf.pem: OK", 0},
        {LEAF_SELF_SIGNED, GNUTLS_CERT_INVALID | GNUTLS_CERT_SIGNER_NOT_FOUND, "error 18 at 0 depth lookup", 1},
        {LEAF_EXPIRED, GNUTLS_CERT_INVALID | GNUTLS_CERT_EXPIRED, "error 10 at 0 depth lookup", 1},
        {LEAF_NOT_YET, GNUTLS_CERT_INVALID | GNUTLS_CERT_NOT_ACTIVATED, "error 9 at 0 depth lookup", 1},
        {LEAF_OTHER_NAME, GNUTLS_CERT_INVALID | GNUTLS_CERT_UNEXPECTED_OWNER, "error 62 at 0 depth lookup", 1},
        {LEAF_UNKNOWN_AUTHORITY, GNUTLS_CERT_INVALID | GNUTLS_CERT_SIGNER_NOT_FOUND, "error 20 at 0 depth lookup", 1},
    };
    struct place place;
    (void)context;
    place_open(&place);
    CHECK_INTEGER(COUNT_OF(rows), LEAF_FLAWS);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        unsigned verdict = 0;
        struct text said = TEXT_INIT(10000);
        gnutls_x509_crt_t leaf =
            get(&place, leaves_flawed(place.leaves, rows[i].flaw), "api.example.org", "api.example.org", &verdict);
        ask_openssl(&place, leaf, &said);
        CHECK_INTEGER(verdict, rows[i].verdict);
        CHECK_CONTAINS(text_cstr(&said), rows[i].openssl);
        CHECK_INTEGER(count_of(text_cstr(&said), "depth lookup"), rows[i].errors);
        gnutls_x509_crt_deinit(leaf);
        text_release(&said);
    }
    CHECK(leaves_flawed(place.leaves, LEAF_GOOD) == leaves_credentials(place.leaves));
    place_close(&place);
}

/* ── Threads ───────────────────────────────────────────────────────────────────────────────────────────────────── */

#define THREADS 8

struct asker {
    pthread_t thread;
    const struct place *place;
    gnutls_x509_crt_t got[LEAF_FLAWS];
};

static void *ask(void *context)
{
    struct asker *asker = context;
    for (int flaw = 0; flaw < LEAF_FLAWS; flaw++) {
        unsigned verdict = 0;
        gnutls_certificate_credentials_t credentials = leaves_flawed(asker->place->leaves, (enum leaf_flaw)flaw);
        asker->got[flaw] = get(asker->place, credentials, "api.example.org", NULL, &verdict);
    }
    return NULL;
}

static void threads_get_the_same(void *context)
{
    struct place place;
    struct asker askers[THREADS];
    (void)context;
    place_open(&place);
    for (size_t i = 0; i < THREADS; i++) {
        askers[i].place = &place;
        CHECK(pthread_create(&askers[i].thread, NULL, ask, &askers[i]) == 0);
    }
    for (size_t i = 0; i < THREADS; i++)
        pthread_join(askers[i].thread, NULL);
    for (size_t i = 0; i < THREADS; i++)
        for (size_t flaw = 0; flaw < LEAF_FLAWS; flaw++)
            CHECK(gnutls_x509_crt_equals(askers[i].got[flaw], askers[0].got[flaw]));
    for (size_t i = 0; i < THREADS; i++)
        for (size_t flaw = 0; flaw < LEAF_FLAWS; flaw++)
            gnutls_x509_crt_deinit(askers[i].got[flaw]);
    place_close(&place);
}

void suite_leaves(void)
{
    register_test("leaves", "trust/leaves: each name has its certificate", each_name_has_its_certificate, NULL);
    register_test("leaves", "trust/leaves: it knows its names", it_knows_its_names, NULL);
    register_test("leaves", "trust/leaves: names that are none are refused", names_that_are_none_are_refused, NULL);
    register_test("leaves", "trust/leaves: there are at most a thousand", there_are_at_most_a_thousand, NULL);
    register_test("leaves", "trust/leaves: a long name has one too", a_long_name_has_one_too, NULL);
    register_test("leaves", "trust/leaves: a leaf is a server's for ninety days", a_leaf_is_a_servers_for_ninety_days,
                  NULL);
    register_test("leaves", "trust/leaves: a hundred leaves have a hundred serials",
                  a_hundred_leaves_have_a_hundred_serials, NULL);
    register_test("leaves", "trust/leaves: a name keeps its certificate", a_name_keeps_its_certificate, NULL);
    register_test("leaves", "trust/leaves: a server that runs long makes new ones",
                  a_server_that_runs_long_makes_new_ones, NULL);
    register_test("leaves", "trust/leaves: each flaw is the only one", each_flaw_is_the_only_one, NULL);
    register_test("leaves", "trust/leaves: threads get the same", threads_get_the_same, NULL);
}
