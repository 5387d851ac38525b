/* trust/authority.h: an authority is made once, kept to its owner, and never replaced in silence. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/tests/check.h"
#include "base/text.h"
#include "tests/fixture_folder.h"
#include "tests/suites.h"
#include "trust/authority.h"
#include "trust/certificate.h"

#define PATH_ROOM 128

/* A folder of the test's own, and the authority's folder in it, which is not there yet. */
struct place {
    char top[32], ca[PATH_ROOM], key[PATH_ROOM], certificate[PATH_ROOM];
};

static void place_open(struct place *place)
{
    *place = (struct place){.top = "/tmp/trust-XXXXXX"};
    CHECK(mkdtemp(place->top) != NULL);
    snprintf(place->ca, sizeof place->ca, "%s/data/ca", place->top);
    snprintf(place->key, sizeof place->key, "%s/data/ca/ca.key", place->top);
    snprintf(place->certificate, sizeof place->certificate, "%s/data/ca/ca.pem", place->top);
}

static void place_close(struct place *place)
{
    remove_test_folder(place->top);
}

/* The fingerprint of the authority there, to be freed; NULL when it does not open. */
static char *fingerprint_in(const char *folder)
{
    struct text problem = TEXT_INIT(4096);
    struct authority *authority = authority_open(folder, &problem);
    char *fingerprint = authority == NULL ? NULL : mem_dup(authority_fingerprint(authority));
    CHECK((authority == NULL) == (problem.length > 0));
    authority_free(authority);
    text_release(&problem);
    return fingerprint;
}

static void make(const struct place *place)
{
    char *fingerprint = fingerprint_in(place->ca);
    CHECK(fingerprint != NULL && strlen(fingerprint) == 64);
    free(fingerprint);
}

/* Opening fails, and each of the words stands in the message. */
static void check_refused(const char *folder, const char *first, const char *second)
{
    struct text problem = TEXT_INIT(4096);
    struct authority *authority = authority_open(folder, &problem);
    CHECK(authority == NULL);
    CHECK_CONTAINS(text_cstr(&problem), first);
    CHECK_CONTAINS(text_cstr(&problem), second);
    CHECK(strstr(text_cstr(&problem), "PRIVATE KEY-") == NULL);
    authority_free(authority);
    text_release(&problem);
}

static unsigned mode_of(const char *path)
{
    struct stat about;
    CHECK(lstat(path, &about) == 0);
    return about.st_mode & 07777;
}

static void put(const char *path, const char *bytes)
{
    FILE *file = fopen(path, "w");
    CHECK(file != NULL && fputs(bytes, file) >= 0 && fclose(file) == 0);
}

static size_t files_in(const char *folder)
{
    size_t count = 0;
    DIR *list = opendir(folder);
    CHECK(list != NULL);
    while (list != NULL && readdir(list) != NULL)
        count++;
    if (list != NULL)
        closedir(list);
    return count - 2;
}

/* ── Making it ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static void two_installations_have_two_authorities(void *context)
{
    struct place a, b;
    (void)context;
    place_open(&a);
    place_open(&b);
    char *first = fingerprint_in(a.ca), *second = fingerprint_in(b.ca), *again = fingerprint_in(a.ca);
    char *first_key = read_test_file(a.key), *second_key = read_test_file(b.key);
    CHECK(first != NULL && second != NULL && strcmp(first, second) != 0);
    CHECK_TEXT(again, first);
    CHECK(strcmp(first_key, second_key) != 0);
    CHECK_CONTAINS(first_key, "-----BEGIN PRIVATE KEY-----");
    free(first);
    free(second);
    free(again);
    free(first_key);
    free(second_key);
    place_close(&a);
    place_close(&b);
}

static void modes_are_the_same_under_any_umask(void *context)
{
    static const mode_t masks[] = {0, 022, 077, 0777};
    (void)context;
    for (size_t i = 0; i < COUNT_OF(masks); i++) {
        struct place place;
        place_open(&place);
        char *data = mem_print("%s/data", place.top);
        CHECK(masks[i] != 0777 || mkdir(data, 0700) == 0); /* folders above are made as the umask wants them */
        mode_t before = umask(masks[i]);
        make(&place);
        umask(before);
        CHECK_INTEGER(mode_of(place.ca), 0700);
        CHECK_INTEGER(mode_of(place.key), 0600);
        CHECK_INTEGER(mode_of(place.certificate), 0644);
        free(data);
        place_close(&place);
    }
}

#define RACERS 8
#define RACES  10

static void race_for(const char *folder, int start, int out)
{
    char go;
    struct text problem = TEXT_INIT(4096);
    while (read(start, &go, 1) < 0 && errno == EINTR) {
    }
    struct authority *authority = authority_open(folder, &problem);
    const char *line = authority == NULL ? text_cstr(&problem) : authority_fingerprint(authority);
    ssize_t wrote = write(out, line, strlen(line));
    _exit(authority != NULL && wrote == 64 ? 0 : 1);
}

/* The fingerprints that so many processes say, one behind the other. */
static void race(const struct place *place, struct text *said)
{
    int start[2], out[2], status = 0;
    char chunk[1024];
    pid_t racers[RACERS];
    CHECK(pipe(start) == 0 && pipe(out) == 0);
    for (size_t i = 0; i < RACERS; i++) {
        racers[i] = fork();
        if (racers[i] == 0) {
            close(start[1]);
            race_for(place->ca, start[0], out[1]);
        }
    }
    close(start[1]); /* the end of it lets all of them go */
    close(out[1]);
    for (ssize_t got; (got = read(out[0], chunk, sizeof chunk)) > 0;)
        text_add_bytes(said, chunk, (size_t)got);
    for (size_t i = 0; i < RACERS; i++)
        CHECK(waitpid(racers[i], &status, 0) == racers[i] && WIFEXITED(status) && WEXITSTATUS(status) == 0);
    close(start[0]);
    close(out[0]);
}

static void eight_processes_end_with_one_authority(void *context)
{
    (void)context;
    for (int i = 0; i < RACES; i++) {
        struct place place;
        struct text said = TEXT_INIT(65536);
        place_open(&place);
        race(&place, &said);
        CHECK_INTEGER(said.length, 64 * RACERS);
        for (size_t at = 64; at + 64 <= said.length; at += 64)
            CHECK(memcmp(said.bytes, said.bytes + at, 64) == 0);
        CHECK_INTEGER(files_in(place.ca), 2);
        text_release(&said);
        place_close(&place);
    }
}

static void its_name_fits_and_is_plain(void *context)
{
    struct place place;
    struct text problem = TEXT_INIT(4096);
    const char *user = getenv("USER");
    char *before = user == NULL ? NULL : mem_dup(user);
    (void)context;
    place_open(&place);
    setenv("USER", "a name, \"of\" ünusual length\n and more", 1);
    struct authority *authority = authority_open(place.ca, &problem);
    CHECK(authority != NULL);
    CHECK_CONTAINS(authority == NULL ? "" : authority_name(authority), "cancelmock authority of a-name---of at ");
    authority_free(authority);
    if (before != NULL)
        setenv("USER", before, 1);
    else
        unsetenv("USER");
    free(before);
    text_release(&problem);
    place_close(&place);
}

/* ── What is refused ───────────────────────────────────────────────────────────────────────────────────────────── */

static void a_key_that_others_may_read_is_refused(void *context)
{
    static const mode_t modes[] = {0640, 0604, 0620, 0602, 0601, 0666};
    struct place place;
    (void)context;
    place_open(&place);
    make(&place);
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        CHECK(chmod(place.key, modes[i]) == 0);
        check_refused(place.ca, place.key, "run: chmod 600 '");
    }
    CHECK(chmod(place.key, 0400) == 0);
    make(&place);
    place_close(&place);
}

/* One of the two files holds this; it is told with what helps, and stays. */
static void check_broken(const struct place *place, const char *path, const char *bytes, const char *remedy)
{
    char *good = read_test_file(path);
    put(path, bytes);
    check_refused(place->ca, path, remedy);
    char *after = read_test_file(path);
    CHECK_TEXT(after, bytes);
    put(path, good);
    free(good);
    free(after);
}

static void a_broken_file_is_told_and_stays(void *context)
{
    struct place place, other;
    (void)context;
    place_open(&place);
    place_open(&other);
    make(&place);
    make(&other);
    char *key = read_test_file(place.key), *certificate = read_test_file(place.certificate);
    char *strange = read_test_file(other.certificate);
    key[strlen(key) / 2] = '\0';
    certificate[strlen(certificate) / 2] = '\0';
    check_broken(&place, place.key, "", "remove ca.key and ca.pem");
    check_broken(&place, place.key, "no key", "remove ca.key and ca.pem");
    check_broken(&place, place.key, key, "remove ca.key and ca.pem");
    check_broken(&place, place.certificate, "", "remove this file");
    check_broken(&place, place.certificate, certificate, "remove this file");
    check_broken(&place, place.certificate, strange, "do not belong together");
    make(&place);
    CHECK(unlink(place.key) == 0);
    check_refused(place.ca, place.key, "put it back from a copy");
    CHECK_INTEGER(files_in(place.ca), 1);
    free(key);
    free(certificate);
    free(strange);
    place_close(&place);
    place_close(&other);
}

static void a_lost_certificate_is_made_again_for_the_key(void *context)
{
    struct place place;
    (void)context;
    place_open(&place);
    make(&place);
    char *before = read_test_file(place.key);
    CHECK(unlink(place.certificate) == 0);
    make(&place);
    char *after = read_test_file(place.key);
    CHECK_TEXT(after, before);
    free(before);
    free(after);
    place_close(&place);
}

static void links_pipes_and_open_folders_are_refused(void *context)
{
    struct place place, other;
    (void)context;
    place_open(&place);
    place_open(&other);
    make(&place);
    make(&other);
    CHECK(unlink(place.key) == 0 && symlink(other.key, place.key) == 0);
    check_refused(place.ca, place.key, "symbolic link");
    CHECK(unlink(place.key) == 0 && mkfifo(place.key, 0600) == 0);
    check_refused(place.ca, place.key, "no plain file");
    CHECK(unlink(place.key) == 0 && unlink(place.certificate) == 0);
    CHECK(symlink("nowhere", place.key) == 0);
    check_refused(place.ca, place.key, "symbolic link");
    CHECK(unlink(place.key) == 0);
    CHECK(symlink(other.certificate, place.certificate) == 0);
    check_refused(place.ca, "ca.key", "missing beside ca.pem");
    CHECK(unlink(place.certificate) == 0 && chmod(place.ca, 0770) == 0);
    check_refused(place.ca, place.ca, "run: chmod go-w '");
    CHECK_INTEGER(files_in(place.ca), 0);
    check_refused(other.key, other.key, "Not a directory");
    check_refused("", "no name", "give one");
    place_close(&place);
    place_close(&other);
}

/* An authority of the user's own, written into the two files. */
static void put_own(const struct place *place, bool is_authority, int from_days, int until_days)
{
    struct key_pair pair;
    struct text problem = TEXT_INIT(1000);
    gnutls_datum_t key = {NULL, 0}, certificate = {NULL, 0};
    time_t now = time(NULL), day = (time_t)24 * 60 * 60;
    const struct certificate_plan plan = {.name = "own authority",
                                          .is_authority = is_authority,
                                          .from = now + from_days * day,
                                          .until = now + until_days * day};
    CHECK(key_pair_make(&pair, &plan, NULL, &problem) == 0);
    CHECK(gnutls_x509_privkey_export2(pair.key, GNUTLS_X509_FMT_PEM, &key) == 0);
    CHECK(gnutls_x509_crt_export2(pair.certificate, GNUTLS_X509_FMT_PEM, &certificate) == 0);
    put(place->key, (const char *)key.data);
    put(place->certificate, (const char *)certificate.data);
    gnutls_free(key.data);
    gnutls_free(certificate.data);
    key_pair_release(&pair);
    text_release(&problem);
}

static void an_authority_of_the_users_own_must_be_one(void *context)
{
    struct place place;
    (void)context;
    place_open(&place);
    make(&place);
    put_own(&place, true, -1, 30);
    make(&place);
    put_own(&place, false, -1, 30);
    check_refused(place.ca, place.certificate, "CA:TRUE");
    put_own(&place, true, -30, -1);
    check_refused(place.ca, place.certificate, "has run out; remove ca.pem");
    put_own(&place, true, 1, 30);
    check_refused(place.ca, place.certificate, "not valid yet");
    place_close(&place);
}

static void where_it_lives(void *context)
{
    static const struct {
        const char *data, *home, *expected;
    } rows[] = {
        {"/data", "/h", "/data/cancelmock/ca"},
        {"", "/h", "/h/.local/share/cancelmock/ca"},
        {"relative", "/h", "/h/.local/share/cancelmock/ca"},
        {NULL, "/h", "/h/.local/share/cancelmock/ca"},
        {NULL, "", NULL},
    };
    char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    char *data_before = data == NULL ? NULL : mem_dup(data), *home_before = home == NULL ? NULL : mem_dup(home);
    (void)context;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct text problem = TEXT_INIT(1000);
        if (rows[i].data == NULL)
            unsetenv("XDG_DATA_HOME");
        else
            setenv("XDG_DATA_HOME", rows[i].data, 1);
        setenv("HOME", rows[i].home, 1);
        char *folder = authority_default_folder(&problem);
        if (rows[i].expected != NULL)
            CHECK_TEXT(folder, rows[i].expected);
        else
            CHECK(folder == NULL && strstr(text_cstr(&problem), "give --ca-dir DIR") != NULL);
        free(folder);
        text_release(&problem);
    }
    if (data_before != NULL)
        setenv("XDG_DATA_HOME", data_before, 1);
    if (home_before != NULL)
        setenv("HOME", home_before, 1);
    free(data_before);
    free(home_before);
}

void suite_trust(void)
{
    register_test("trust", "trust/two installations have two authorities", two_installations_have_two_authorities,
                  NULL);
    register_test("trust", "trust/modes are the same under any umask", modes_are_the_same_under_any_umask, NULL);
    register_test("trust", "trust/eight processes end with one authority", eight_processes_end_with_one_authority,
                  NULL);
    register_test("trust", "trust/its name fits and is plain", its_name_fits_and_is_plain, NULL);
    register_test("trust", "trust/a key that others may read is refused", a_key_that_others_may_read_is_refused, NULL);
    register_test("trust", "trust/a broken file is told and stays", a_broken_file_is_told_and_stays, NULL);
    register_test("trust", "trust/a lost certificate is made again for the key",
                  a_lost_certificate_is_made_again_for_the_key, NULL);
    register_test("trust", "trust/links, pipes and open folders are refused", links_pipes_and_open_folders_are_refused,
                  NULL);
    register_test("trust", "trust/an authority of the user's own must be one",
                  an_authority_of_the_users_own_must_be_one, NULL);
    register_test("trust", "trust/where it lives", where_it_lives, NULL);
}
