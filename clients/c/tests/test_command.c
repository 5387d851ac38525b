#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command/command.h"
#include "command/credentials.h"
#include "command/options.h"
#include "command/people.h"
#include "support/result.h"

enum { WORDS_MAX = 16 };

/* A command line, what it exits with, and a part of what it says on either stream. */
static const struct row {
    const char *name;
    const char *words[WORDS_MAX];
    int exit_code;
    const char *out;
    const char *err;
    const char *variable; /* set to "tok-12345"; the other variables of credentials are not set */
} rows[] = {
    {"nothing", {"cancelorder"}, 2, "", "a command is missing"},
    {"unknown_command", {"cancelorder", "refund"}, 2, "", "no such command"},
    {"help", {"cancelorder", "--help"}, 0, "Exit codes", ""},
    {"cancel_help", {"cancelorder", "cancel", "--help"}, 0, "--base-url", ""},
    {"version", {"cancelorder", "--version"}, 0, "cancelorder ", ""},
    {"providers", {"cancelorder", "providers"}, 0, "CANCEL_SECRET_KEY", ""},
    {"providers_argument", {"cancelorder", "providers", "x"}, 2, "", "takes no argument"},
    {"unknown_option", {"cancelorder", "cancel", "--reasn", "3"}, 2, "", "--reasn; did you mean --reason?"},
    {"option_without_value", {"cancelorder", "cancel", "--reason"}, 2, "", "--reason wants N"},
    {"flag_with_value", {"cancelorder", "cancel", "--json=1"}, 2, "", "--json takes no value"},
    {"bad_timeout", {"cancelorder", "cancel", "--timeout", "0"}, 2, "", "--timeout"},
    {"bad_item", {"cancelorder", "cancel", "--item", "70193"}, 2, "", "ID=REASON"},
    {"two_orders", {"cancelorder", "cancel", "1", "2"}, 2, "", "'2' is the second"},
    {"no_provider", {"cancelorder", "cancel", "1"}, 2, "", "--provider is missing"},
    {"other_provider", {"cancelorder", "cancel", "--provider", "shopify", "1"}, 2, "", "called 'shopify'; see"},
    {"near_provider",
     {"cancelorder", "cancel", "--provider", "dukango", "1"},
     2,
     "",
     "'dukango'; did you mean dukkango?"},
    {"near_command", {"cancelorder", "cancle"}, 2, "", "did you mean cancel?"},
    {"far_option", {"cancelorder", "cancel", "--frobnicate"}, 2, "", "--frobnicate; see cancelorder --help"},
    {"bad_iban", {"cancelorder", "cancel", "--iban", "70193"}, 2, "", "--iban: write ID=IBAN"},
    {"no_base_url", {"cancelorder", "cancel", "--provider=zaikio", "1"}, 2, "", "--base-url is missing"},
    {"no_order",
     {"cancelorder", "cancel", "--provider=zaikio", "--base-url=https://h.example"},
     2,
     "",
     "ORDER is missing"},
    {"no_read",
     {"cancelorder", "get", "--provider=dukkango", "--base-url=https://h.example", "1"},
     2,
     "",
     "no call that reads"},
    {"local_refusal",
     {"cancelorder", "cancel", "--provider=dukkango", "--base-url=https://h.example", "1"},
     1,
     "invalid: ",
     "",
     "CANCEL_ACCESS_TOKEN"},
    {"local_refusal_json",
     {"cancelorder", "cancel", "--provider=dukkango", "--base-url=https://h.example", "--json", "--", "-1"},
     1,
     "{\"outcome\":\"invalid\",\"local\":true",
     "",
     "CANCEL_ACCESS_TOKEN"},
    {"missing_credentials_file",
     {"cancelorder", "cancel", "--provider=dukkango", "--base-url=https://h.example", "--credentials=/nonexistent/file",
      "1"},
     2,
     "",
     "/nonexistent/file"},
    {"no_credentials",
     {"cancelorder", "cancel", "--provider=dukkango", "--base-url=https://h.example", "1"},
     2,
     "",
     "missing or empty: access_token, app_secret_key, rest_secret_key; set CANCEL_ACCESS_TOKEN, or "
     "CANCEL_APP_SECRET_KEY and CANCEL_REST_SECRET_KEY, or use --credentials FILE with access_token, or "
     "app_secret_key and rest_secret_key\n"},
    {"half_the_credentials",
     {"cancelorder", "cancel", "--provider=fungies", "--base-url=https://h.example", "1"},
     2,
     "",
     "fungies: missing or empty: secret_key; set CANCEL_PUBLIC_KEY and CANCEL_SECRET_KEY, or",
     "CANCEL_PUBLIC_KEY"},
    {"half_of_the_second_set",
     {"cancelorder", "cancel", "--provider=akinon", "--base-url=https://h.example", "1"},
     2,
     "",
     "akinon: missing or empty: token, password; set",
     "CANCEL_USERNAME"},
    {"read_needs_less", /* and is refused for the plain http, not for the credentials */
     {"cancelorder", "get", "--provider=fungies", "--base-url=http://h.example", "1"},
     1,
     "invalid: ",
     "",
     "CANCEL_PUBLIC_KEY"},
};

static void credentials_clear(void)
{
    const struct client_provider *provider;

    for (size_t i = 0; (provider = client_provider_at(i)) != NULL; i++)
        for (const struct client_word *row = provider->credentials; row->name != NULL; row++) {
            char name[CREDENTIALS_NAME_MAX];

            credentials_variable(row->name, name);
            unsetenv(name);
        }
}

static void commands(const void *data)
{
    const struct row *row = data;
    char *words[WORDS_MAX + 1] = {NULL};
    char *out = NULL;
    char *err = NULL;
    size_t out_length;
    size_t err_length;
    FILE *out_file = open_memstream(&out, &out_length);
    FILE *err_file = open_memstream(&err, &err_length);
    int count = 0;

    credentials_clear();
    if (row->variable != NULL)
        setenv(row->variable, "tok-12345", 1);
    while (count < WORDS_MAX && row->words[count] != NULL) {
        words[count] = strdup(row->words[count]);
        count++;
    }
    CHECK_NUMBER(row->exit_code, command_run(count, words, out_file, err_file));
    fclose(out_file);
    fclose(err_file);
    CHECK_CONTAINS(row->out, out);
    CHECK_CONTAINS(row->err, err);
    if (row->exit_code == EXIT_USAGE)
        CHECK_TEXT("", out);
    for (int i = 0; i < count; i++)
        free(words[i]);
    free(out);
    free(err);
}

static void seconds(const void *data)
{
    (void)data;
    CHECK_NUMBER(2000, options_seconds("2"));
    CHECK_NUMBER(800, options_seconds("0.8"));
    CHECK_NUMBER(1250, options_seconds("1.25"));
    CHECK_NUMBER(1, options_seconds("0.001"));
    CHECK_NUMBER(-1, options_seconds("0"));
    CHECK_NUMBER(-1, options_seconds("0.0001"));
    CHECK_NUMBER(-1, options_seconds("-1"));
    CHECK_NUMBER(-1, options_seconds("1."));
    CHECK_NUMBER(-1, options_seconds("1s"));
    CHECK_NUMBER(-1, options_seconds(""));
    CHECK_NUMBER(-1, options_seconds("86401"));
    CHECK_NUMBER(-1, options_seconds("99999999999999999999"));
}

static void exit_codes(const void *data)
{
    (void)data;
    CHECK_NUMBER(0, cancelorder_outcome_exit_code(CANCELORDER_CANCELED));
    CHECK_NUMBER(0, cancelorder_outcome_exit_code(CANCELORDER_ALREADY_CANCELED));
    CHECK_NUMBER(0, cancelorder_outcome_exit_code(CANCELORDER_DELETED));
    CHECK_NUMBER(3, cancelorder_outcome_exit_code(CANCELORDER_PENDING));
    CHECK_NUMBER(3, cancelorder_outcome_exit_code(CANCELORDER_PARTIAL));
    CHECK_NUMBER(1, cancelorder_outcome_exit_code(CANCELORDER_REJECTED));
    CHECK_NUMBER(1, cancelorder_outcome_exit_code(CANCELORDER_NOT_FOUND_OR_REJECTED));
    CHECK_NUMBER(1, cancelorder_outcome_exit_code(CANCELORDER_TIMEOUT));
    CHECK_NUMBER(1, cancelorder_outcome_exit_code(CANCELORDER_UNKNOWN));
}

static void variable_names(const void *data)
{
    char name[CREDENTIALS_NAME_MAX];

    (void)data;
    credentials_variable("access_token", name);
    CHECK_TEXT("CANCEL_ACCESS_TOKEN", name);
}

static void credentials_file_is_private(const void *data)
{
    char path[] = "/tmp/cancelorder-test-XXXXXX";
    const struct client_provider *provider = client_provider_find("fungies");
    struct credentials credentials = {.count = 0};
    static const char text[] = "{\"public_key\":\"pub_a\",\"secret_key\":\"sec_b\"}";
    int file = mkstemp(path);
    char *err = NULL;
    size_t length;
    FILE *err_file = open_memstream(&err, &length);

    (void)data;
    CHECK_NUMBER((long long)sizeof text - 1, write(file, text, sizeof text - 1));
    CHECK_NUMBER(0, credentials_from_file(&credentials, provider, path, err_file));
    CHECK_NUMBER(2, credentials.count);
    CHECK_TEXT("pub_a", credentials.rows[0].value);
    CHECK_TEXT("sec_b", credentials.rows[1].value);
    credentials_release(&credentials);
    CHECK_NUMBER(0, fchmod(file, 0640));
    CHECK_NUMBER(-1, credentials_from_file(&credentials, provider, path, err_file));
    fflush(err_file);
    CHECK_CONTAINS("chmod 600", err);
    CHECK_TRUE(strstr(err, "sec_b") == NULL);
    fclose(err_file);
    free(err);
    close(file);
    unlink(path);
}

/* Each option of one provider's, and which providers take it. */
static const struct {
    const char *option;
    const char *takers;
} owned[] = {
    {"--reason=3", "dukkango akinon"}, {"--item=1=12", "akinon"},        {"--no-details", "akinon"},
    {"--cargo-refund", "akinon"},      {"--refund-invoice=7", "akinon"}, {"--iban=1=TR00", "akinon"},
    {"--holder=1=A B", "akinon"},      {"--method=delete", "zaikio"},
};

static void check_option(char *option, const struct client_provider *provider, bool taken)
{
    struct options *options = calloc(1, sizeof *options);
    char *err = NULL;
    size_t length;
    FILE *file = open_memstream(&err, &length);

    CHECK_NUMBER(0, options_read(options, 1, &option, file));
    CHECK_NUMBER(taken ? 0 : -1, options_check(options, provider, false, file));
    CHECK_NUMBER(-1, options_check(options, provider, true, file));
    fclose(file);
    CHECK_CONTAINS("is for cancel, not for get", err);
    if (!taken) {
        CHECK_CONTAINS(" does not apply to ", err);
        CHECK_CONTAINS(provider->name, err);
    }
    options_release(options);
    free(options);
    free(err);
}

static void options_have_owners(const void *data)
{
    const struct client_provider *provider;

    (void)data;
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        for (size_t j = 0; (provider = client_provider_at(j)) != NULL; j++) {
            char *option = strdup(owned[i].option);

            check_option(option, provider, strstr(owned[i].takers, provider->name) != NULL);
            free(option);
        }
}

/* What a file of credentials for dukkango is told. */
static void check_file(const char *text, const char *complaint)
{
    char path[] = "/tmp/cancelorder-test-XXXXXX";
    struct credentials credentials = {.count = 0};
    int file = mkstemp(path);
    char *err = NULL;
    size_t length;
    FILE *err_file = open_memstream(&err, &length);

    CHECK_NUMBER((long long)strlen(text), write(file, text, strlen(text)));
    CHECK_NUMBER(-1, credentials_from_file(&credentials, client_provider_find("dukkango"), path, err_file));
    fclose(err_file);
    CHECK_CONTAINS(complaint, err);
    CHECK_TRUE(strstr(err, "s3cr3t") == NULL);
    free(err);
    close(file);
    unlink(path);
}

static void credentials_file_is_strict(const void *data)
{
    (void)data;
    check_file("{\"acces_token\":\"s3cr3t\"}", "acces_token is no credential of dukkango; did you mean access_token?");
    check_file("{\"shop\":\"s3cr3t\"}", "shop is no credential of dukkango; see cancelorder providers");
    check_file("{\"s3cr3t\":\"access_token\"}", "a member is no credential of dukkango");
    check_file("{\"access_token\":5}", "access_token is not a text");
    check_file("[\"s3cr3t\"]", "not one JSON object");
}

/* Nobody ever writes into it: an open() that waits would wait for good. */
static void credentials_fifo_is_refused(const void *data)
{
    char folder[] = "/tmp/cancelorder-test-XXXXXX";
    char path[64];
    struct credentials credentials = {.count = 0};
    char *err = NULL;
    size_t length;
    FILE *err_file = open_memstream(&err, &length);

    (void)data;
    CHECK_TRUE(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/fifo", folder);
    CHECK_NUMBER(0, mkfifo(path, 0600));
    alarm(10);
    CHECK_NUMBER(-1, credentials_from_file(&credentials, client_provider_find("dukkango"), path, err_file));
    alarm(0);
    fclose(err_file);
    CHECK_CONTAINS("not a regular file", err);
    free(err);
    unlink(path);
    rmdir(folder);
}

/* A provider's text must not drive the terminal. */
static void terminal_is_safe(const void *data)
{
    struct cancelorder_result result;
    char *out = NULL;
    size_t length;
    FILE *file = open_memstream(&out, &length);

    (void)data;
    result_init(&result);
    result.outcome = CANCELORDER_REJECTED;
    result_set(&result.message, "\x1b[2Jı\xC2\x9B"
                                "31m\nx");
    people_print(&result, file);
    fclose(file);
    CHECK_TRUE(strchr(out, 0x1b) == NULL);
    CHECK_TRUE(strstr(out, "\xC2\x9B") == NULL);
    CHECK_CONTAINS("[2J\xC4\xB1", out);
    CHECK_CONTAINS(" x\n", out);
    free(out);
    cancelorder_result_release(&result);
}

static const struct test_row tests[] = {
    {"seconds", seconds, NULL},
    {"exit_codes", exit_codes, NULL},
    {"variable_names", variable_names, NULL},
    {"credentials_file_is_private", credentials_file_is_private, NULL},
    {"credentials_file_is_strict", credentials_file_is_strict, NULL},
    {"credentials_fifo_is_refused", credentials_fifo_is_refused, NULL},
    {"options_have_owners", options_have_owners, NULL},
    {"terminal_is_safe", terminal_is_safe, NULL},
};

const struct test_suite command_suite = {
    .name = "command",
    .rows = tests,
    .count = sizeof tests / sizeof *tests,
    .run = commands,
    .table = rows,
    .table_count = sizeof rows / sizeof *rows,
    .table_row_size = sizeof *rows,
};
