/* trust/trust_files.h, trust/quoting.h: the files and variables are what programs read, and add to what was there. */
#include <gnutls/pkcs12.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/tests/check.h"
#include "base/text.h"
#include "tests/fixture_folder.h"
#include "tests/suites.h"
#include "trust/authority.h"
#include "trust/quoting.h"
#include "trust/trust_files.h"

/* An authority in a folder of the test's own, and the folder for the files, which is not there yet. */
struct place {
    char top[32];
    char *files;
    struct authority *authority;
};

static void place_open(struct place *place)
{
    struct text problem = TEXT_INIT(4096);
    *place = (struct place){.top = "/tmp/trust-XXXXXX"};
    CHECK(mkdtemp(place->top) != NULL);
    place->files = mem_print("%s/trust", place->top);
    place->authority = authority_open(place->top, &problem);
    CHECK(place->authority != NULL);
    text_release(&problem);
}

static void place_close(struct place *place)
{
    authority_free(place->authority);
    free(place->files);
    remove_test_folder(place->top);
}

static char *file_in(const struct place *place, const char *name)
{
    char *path = mem_print("%s/%s", place->files, name);
    char *bytes = read_test_file(path);
    free(path);
    return bytes;
}

static void write_files(const struct place *place)
{
    struct text problem = TEXT_INIT(4096);
    CHECK_INTEGER(trust_files_write(place->authority, place->files, &problem), 0);
    CHECK_TEXT(text_cstr(&problem), "");
    text_release(&problem);
}

/* ── The files ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (; (text = strstr(text, part)) != NULL; text++)
        count++;
    return count;
}

/* The system's own file, or "" where it has none; the caller frees it. */
static char *system_bundle(void)
{
    for (size_t i = 0; trust_system_bundles[i] != NULL; i++)
        if (access(trust_system_bundles[i], R_OK) == 0)
            return read_test_file(trust_system_bundles[i]);
    return mem_dup("");
}

static void the_bundle_is_the_systems_and_ours(void *context)
{
    struct place place;
    (void)context;
    place_open(&place);
    write_files(&place);
    char *bundle = file_in(&place, "bundle.pem"), *ca = file_in(&place, "ca.pem"), *system = system_bundle();
    CHECK(strncmp(bundle, system, strlen(system)) == 0);
    CHECK(strlen(bundle) >= strlen(ca) && strcmp(bundle + strlen(bundle) - strlen(ca), ca) == 0);
    CHECK_INTEGER(count_of(bundle, "BEGIN CERTIFICATE"), count_of(system, "BEGIN CERTIFICATE") + 1);
    CHECK_TEXT(ca, authority_pem(place.authority));
    CHECK(strstr(bundle, "PRIVATE") == NULL);
    free(bundle);
    free(ca);
    free(system);
    place_close(&place);
}

static void php_is_told_where_the_bundle_is(void *context)
{
    struct place place;
    (void)context;
    place_open(&place);
    free(place.files);
    place.files = mem_print("%s/it's $here", place.top);
    write_files(&place);
    char *settings = file_in(&place, "php/cancelmock.ini");
    char *expected = mem_print("curl.cainfo = '%s/it'\"'\"'s $here/bundle.pem'\n"
                               "openssl.cafile = '%s/it'\"'\"'s $here/bundle.pem'\n",
                               place.top, place.top);
    CHECK_TEXT(settings, expected);
    free(settings);
    free(expected);
    place_close(&place);
}

/* The store of these bytes, checked with its password; NULL when it is none. */
static gnutls_pkcs12_t open_store(const struct text *bytes)
{
    gnutls_pkcs12_t store = NULL;
    gnutls_datum_t der = {(unsigned char *)bytes->bytes, (unsigned)bytes->length};
    CHECK_INTEGER(gnutls_pkcs12_init(&store), 0);
    CHECK_INTEGER(gnutls_pkcs12_import(store, &der, GNUTLS_X509_FMT_DER, 0), 0);
    CHECK_INTEGER(gnutls_pkcs12_verify_mac(store, "changeit"), 0);
    CHECK(gnutls_pkcs12_verify_mac(store, "changed") != 0);
    return store;
}

static void the_store_is_sealed_and_open(void *context)
{
    struct place place;
    struct text bytes = TEXT_INIT(TRUST_EXPORT_MAX), problem = TEXT_INIT(4096);
    char *name = NULL;
    gnutls_pkcs12_bag_t bag = NULL;
    gnutls_datum_t first = {NULL, 0};
    (void)context;
    place_open(&place);
    CHECK_INTEGER(trust_export(place.authority, TRUST_PKCS12, &bytes, &problem), 0);
    gnutls_pkcs12_t store = open_store(&bytes);
    CHECK_INTEGER(gnutls_pkcs12_bag_init(&bag), 0);
    CHECK_INTEGER(gnutls_pkcs12_get_bag(store, 0, bag), 0);
    CHECK_INTEGER(gnutls_pkcs12_bag_get_type(bag, 0), GNUTLS_BAG_CERTIFICATE); /* and is not encrypted */
    CHECK_INTEGER(gnutls_pkcs12_bag_get_friendly_name(bag, 0, &name), 0);
    CHECK_TEXT(name, "cancelmock");
    CHECK_INTEGER(gnutls_pkcs12_bag_get_data(bag, 0, &first), 0);
    gnutls_pkcs12_bag_deinit(bag);
    gnutls_pkcs12_deinit(store);
    text_release(&bytes);
    text_release(&problem);
    place_close(&place);
}

/* Without the attribute (2.16.840.1.113894.746875.1.1, "any use") Java takes none of them as trusted. */
static void every_bag_says_that_it_is_trusted(void *context)
{
    static const char attribute[] = "\x30\x16\x06\x0c\x60\x86\x48\x01\x86\xf9\x66\xad\xca\x7b\x01\x01"
                                    "\x31\x06\x06\x04\x55\x1d\x25\x00";
    struct place place;
    struct text store = TEXT_INIT(TRUST_EXPORT_MAX), bundle = TEXT_INIT(TRUST_EXPORT_MAX), problem = TEXT_INIT(4096);
    size_t count = 0;
    (void)context;
    place_open(&place);
    CHECK_INTEGER(trust_export(place.authority, TRUST_PKCS12, &store, &problem), 0);
    CHECK_INTEGER(trust_export(place.authority, TRUST_BUNDLE, &bundle, &problem), 0);
    const char *end = store.bytes + store.length;
    for (const char *at = store.bytes; (at = memmem(at, (size_t)(end - at), attribute, sizeof attribute - 1)) != NULL;
         at++)
        count++;
    CHECK_INTEGER(count, count_of(text_cstr(&bundle), "BEGIN CERTIFICATE"));
    text_release(&store);
    text_release(&bundle);
    text_release(&problem);
    place_close(&place);
}

static void they_are_written_again_and_again(void *context)
{
    struct place place;
    struct stat about;
    (void)context;
    place_open(&place);
    write_files(&place);
    char *first = file_in(&place, "trust.p12"), *path = mem_print("%s/bundle.pem", place.files);
    CHECK(truncate(path, 10) == 0);
    write_files(&place);
    CHECK(stat(path, &about) == 0 && about.st_size > 10 && (about.st_mode & 0777) == 0644);
    CHECK(stat(place.files, &about) == 0 && (about.st_mode & 0777) == 0700);
    free(first);
    free(path);
    place_close(&place);
}

static void folders_that_no_variable_can_name_are_refused(void *context)
{
    static const char *const folders[] = {"relative", "/tmp/a:b", "/tmp/a\nb"};
    struct place place;
    (void)context;
    place_open(&place);
    for (size_t i = 0; i < COUNT_OF(folders); i++) {
        struct text problem = TEXT_INIT(4096);
        CHECK_INTEGER(trust_files_write(place.authority, folders[i], &problem), -1);
        CHECK_CONTAINS(text_cstr(&problem), "give another folder");
        CHECK(access(folders[i], F_OK) < 0);
        text_release(&problem);
    }
    place_close(&place);
}

/* ── The variables ─────────────────────────────────────────────────────────────────────────────────────────────── */

static void take_note(void *context, const char *name, const char *value)
{
    text_print(context, "%s=%s\n", name, value);
}

static void set_or_not(const char *name, const char *value)
{
    if (value == NULL)
        unsetenv(name);
    else
        setenv(name, value, 1);
}

#define JAVA                                                                                                           \
    "-Djavax.net.ssl.trustStore=/t/trust.p12 -Djavax.net.ssl.trustStoreType=PKCS12 "                                   \
    "-Djavax.net.ssl.trustStorePassword=changeit"
#define PATHS                                                                                                          \
    "SSL_CERT_FILE=/t/bundle.pem\nCURL_CA_BUNDLE=/t/bundle.pem\nREQUESTS_CA_BUNDLE=/t/bundle.pem\n"                    \
    "NODE_EXTRA_CA_CERTS=/t/ca.pem\n"

static void what_the_user_has_set_is_kept(void *context)
{
    static const struct {
        const char *php, *java, *expected;
    } rows[] = {
        {NULL, NULL, PATHS "PHP_INI_SCAN_DIR=:/t/php\nJAVA_TOOL_OPTIONS=" JAVA "\n"},
        {"", "", PATHS "PHP_INI_SCAN_DIR=/t/php\nJAVA_TOOL_OPTIONS=" JAVA "\n"},
        {"/own", "-Xmx1g", PATHS "PHP_INI_SCAN_DIR=/own:/t/php\nJAVA_TOOL_OPTIONS=-Xmx1g " JAVA "\n"},
        {"/own:/t/php", "-Xmx1g " JAVA, PATHS "PHP_INI_SCAN_DIR=/own:/t/php\nJAVA_TOOL_OPTIONS=-Xmx1g " JAVA "\n"},
        {"/not/t/php", JAVA, PATHS "PHP_INI_SCAN_DIR=/not/t/php:/t/php\nJAVA_TOOL_OPTIONS=" JAVA "\n"},
    };
    (void)context;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct text said = TEXT_INIT(65536);
        set_or_not("PHP_INI_SCAN_DIR", rows[i].php);
        set_or_not("JAVA_TOOL_OPTIONS", rows[i].java);
        trust_variables_each("/t", take_note, &said);
        CHECK_TEXT(text_cstr(&said), rows[i].expected);
        text_release(&said);
    }
    unsetenv("PHP_INI_SCAN_DIR");
    unsetenv("JAVA_TOOL_OPTIONS");
}

static void values_are_quoted_for_who_reads_them(void *context)
{
    static const struct {
        enum quoting quoting;
        const char *value, *expected; /* NULL: this form cannot hold it */
    } rows[] = {
        {QUOTE_SEGMENTS, "/a-b_c.d", "/a-b_c.d"},
        {QUOTE_SEGMENTS, "/a b", "'/a b'"},
        {QUOTE_SEGMENTS, "", "''"},
        {QUOTE_SEGMENTS, "/a'b\"c\\", "'/a'\"'\"'b\"c\\'"},
        {QUOTE_SH, "/a", "'/a'"},
        {QUOTE_SH, "$(x) `y` it's\n", "'$(x) `y` it'\"'\"'s\n'"},
        {QUOTE_FISH, "it's a \\ $x", "'it\\'s a \\\\ $x'"},
        {QUOTE_POWERSHELL, "it's $x", "'it''s $x'"},
        {QUOTE_DOTENV, "-Da=/b c=d", "-Da=/b c=d"},
        {QUOTE_DOTENV, "it's", NULL},
        {QUOTE_DOTENV, "a\nb", NULL},
        {QUOTE_DOTENV, " a", NULL},
        {QUOTE_DOTENV, "a #b", NULL},
        {QUOTE_DOTENV, "$a", NULL},
    };
    (void)context;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct text out = TEXT_INIT(1000);
        CHECK(quoting_add(&out, rows[i].quoting, rows[i].value) == (rows[i].expected != NULL));
        CHECK_TEXT(text_cstr(&out), rows[i].expected == NULL ? "" : rows[i].expected);
        text_release(&out);
    }
}

void suite_trust_files(void)
{
    register_test("trust_files", "trust/files: the bundle is the system's and ours", the_bundle_is_the_systems_and_ours,
                  NULL);
    register_test("trust_files", "trust/files: PHP is told where the bundle is", php_is_told_where_the_bundle_is, NULL);
    register_test("trust_files", "trust/files: the store is sealed and open", the_store_is_sealed_and_open, NULL);
    register_test("trust_files", "trust/files: every bag says that it is trusted", every_bag_says_that_it_is_trusted,
                  NULL);
    register_test("trust_files", "trust/files: they are written again and again", they_are_written_again_and_again,
                  NULL);
    register_test("trust_files", "trust/files: folders that no variable can name are refused",
                  folders_that_no_variable_can_name_are_refused, NULL);
    register_test("trust_files", "trust/files: what the user has set is kept", what_the_user_has_set_is_kept, NULL);
    register_test("trust_files", "trust/files: values are quoted for who reads them",
                  values_are_quoted_for_who_reads_them, NULL);
}
