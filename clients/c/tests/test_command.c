#include "tests/check.h"
#include "tests/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command/command.h"
#include "command/credentials.h"
#include "command/help.h"
#include "command/people.h"
#include "command/settings.h"
#include "core/result.h"
#include "providers/registry.h"

#define WORDS_MAX 16

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
    {"unknown_command", {"cancelorder", "refund"}, 2, "", "no command is called \"refund\"; see cancelorder --help\n"},
    {"help", {"cancelorder", "--help"}, 0, "Exit codes", ""},
    {"cancel_help", {"cancelorder", "cancel", "--help"}, 0, "--base-url", ""},
    {"version", {"cancelorder", "--version"}, 0, "cancelorder ", ""},
    {"providers", {"cancelorder", "providers"}, 0, "CANCEL_SECRET_KEY", ""},
    {"providers_argument", {"cancelorder", "providers", "x"}, 2, "", "takes no argument"},
    {"unknown_option",
     {"cancelorder", "cancel", "--reasn", "3"},
     2,
     "",
     "no option is called --reasn; did you mean \"--reason\"?\n"},
    {"option_without_value",
     {"cancelorder", "cancel", "--reason"},
     2,
     "",
     "--reason takes N, and nothing follows it\n"},
    {"flag_with_value", {"cancelorder", "cancel", "--json=1"}, 2, "", "--json takes no value"},
    {"bad_timeout", {"cancelorder", "cancel", "--timeout", "0"}, 2, "", "--timeout"},
    {"bad_item", {"cancelorder", "cancel", "--item", "70193"}, 2, "", "ID=REASON"},
    {"two_orders", {"cancelorder", "cancel", "1", "2"}, 2, "", "one ORDER at a time; \"2\" is the second\n"},
    {"no_provider",
     {"cancelorder", "cancel", "1"},
     2,
     "",
     "--provider is missing; it takes one of dukkango, fungies, akinon, iletimerkezi, zaikio\n"},
    {"other_provider",
     {"cancelorder", "cancel", "--provider", "shopify", "1"},
     2,
     "",
     "no provider is called \"shopify\"; see cancelorder providers\n"},
    {"near_provider",
     {"cancelorder", "cancel", "--provider", "dukango", "1"},
     2,
     "",
     "no provider is called \"dukango\"; did you mean \"dukkango\"?\n"},
    {"near_command", {"cancelorder", "cancle"}, 2, "", "no command is called \"cancle\"; did you mean \"cancel\"?\n"},
    {"far_option",
     {"cancelorder", "cancel", "--frobnicate"},
     2,
     "",
     "no option is called --frobnicate; see cancelorder --help\n"},
    {"bad_iban", {"cancelorder", "cancel", "--iban", "70193"}, 2, "", "--iban takes ID=IBAN, once for each item\n"},
    {"no_base_url",
     {"cancelorder", "cancel", "--provider=zaikio", "1"},
     2,
     "",
     "--base-url is missing; that of zaikio is like https://procurement.zaikio.com/consumers/api/v1\n"},
    {"config_missing",
     {"cancelorder", "cancel", "--config=/nonexistent/x.json"},
     2,
     "",
     "/nonexistent/x.json: No such file"},
    {"adapter_argument", {"cancelorder", "adapter", "--json"}, 2, "", "adapter takes no argument and no option"},
    {"method_of_another",
     {"cancelorder", "cancel", "--provider=dukkango", "--base-url=https://h.example", "--method=delete", "1"},
     2,
     "",
     "--method does not apply to dukkango; it is for zaikio\n"},
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

/* The command line "cancelorder WORD…", up to `most` words or the first NULL; what it says is the caller's. */
static int run_words(const char *const *words, size_t most, char **out, char **err)
{
    char *argv[WORDS_MAX + 1] = {mem_dup("cancelorder")};
    int argc = 1;
    size_t out_length;
    size_t err_length;
    FILE *out_file = open_memstream(out, &out_length);
    FILE *err_file = open_memstream(err, &err_length);
    for (; (size_t)argc <= most && words[argc - 1] != NULL; argc++)
        argv[argc] = mem_dup(words[argc - 1]);
    int exit_code = command_run(argc, argv, out_file, err_file);
    fclose(out_file);
    fclose(err_file);
    for (int i = 0; i < argc; i++)
        free(argv[i]);
    return exit_code;
}

/* A usage mistake is one line that begins with the program's name. */
static bool is_one_line(const char *text)
{
    const char *end = strchr(text, '\n');
    return strncmp(text, "cancelorder: ", strlen("cancelorder: ")) == 0 && end != NULL && end[1] == '\0';
}

static void commands(const void *context)
{
    const struct row *row = context;
    char *out;
    char *err;
    credentials_clear();
    if (row->variable != NULL)
        setenv(row->variable, "tok-12345", 1);
    CHECK_INTEGER(run_words(row->words + 1, WORDS_MAX - 1, &out, &err), row->exit_code);
    CHECK_CONTAINS(out, row->out);
    CHECK_CONTAINS(err, row->err);
    if (row->exit_code == EXIT_USAGE) {
        CHECK_TEXT(out, "");
        CHECK(is_one_line(err));
    }
    free(out);
    free(err);
}

/* What --timeout makes of a text; -1 = refused. */
static int64_t seconds_of(const char *text)
{
    char *argv[] = {mem_dup("cancelorder"), mem_dup("--timeout"), mem_dup(text)};
    FILE *null = fopen("/dev/null", "w");
    struct settings settings = SETTINGS_INIT;
    struct option_values *values;
    struct words words;
    struct help help;
    help_init(&help);
    bool read = options_read(&help.table, &settings, 3, argv, &words, &values, null, null) == OPTIONS_GO;
    options_release(values);
    help_release(&help);
    fclose(null);
    for (size_t i = 0; i < COUNT_OF(argv); i++)
        free(argv[i]);
    return read ? settings_timeout_ms(&settings) : -1;
}

static void seconds(const void *context)
{
    (void)context;
    CHECK_INTEGER(seconds_of("2"), 2000);
    CHECK_INTEGER(seconds_of("0.8"), 800);
    CHECK_INTEGER(seconds_of("1.25"), 1250);
    CHECK_INTEGER(seconds_of("1.001"), 1001);
    CHECK_INTEGER(seconds_of("1.0019"), 1001);
    CHECK_INTEGER(seconds_of("86400"), 86400000);
    CHECK_INTEGER(seconds_of("0.001"), 1);
    CHECK_INTEGER(seconds_of("0"), -1);
    CHECK_INTEGER(seconds_of("0.0001"), -1);
    CHECK_INTEGER(seconds_of("-1"), -1);
    CHECK_INTEGER(seconds_of("1."), -1);
    CHECK_INTEGER(seconds_of("1s"), -1);
    CHECK_INTEGER(seconds_of(""), -1);
    CHECK_INTEGER(seconds_of("86401"), -1);
    CHECK_INTEGER(seconds_of("99999999999999999999"), -1);
}

static void exit_codes(const void *context)
{
    (void)context;
    CHECK_INTEGER(cancelorder_outcome_exit_code(CANCELORDER_CANCELED), 0);
    CHECK_INTEGER(cancelorder_outcome_exit_code(CANCELORDER_ALREADY_CANCELED), 0);
    CHECK_INTEGER(cancelorder_outcome_exit_code(CANCELORDER_DELETED), 0);
    CHECK_INTEGER(cancelorder_outcome_exit_code(CANCELORDER_PENDING), 3);
    CHECK_INTEGER(cancelorder_outcome_exit_code(CANCELORDER_PARTIAL), 3);
    CHECK_INTEGER(cancelorder_outcome_exit_code(CANCELORDER_REJECTED), 1);
    CHECK_INTEGER(cancelorder_outcome_exit_code(CANCELORDER_NOT_FOUND_OR_REJECTED), 1);
    CHECK_INTEGER(cancelorder_outcome_exit_code(CANCELORDER_TIMEOUT), 1);
    CHECK_INTEGER(cancelorder_outcome_exit_code(CANCELORDER_UNKNOWN), 1);
}

static void variable_names(const void *context)
{
    (void)context;
    char name[CREDENTIALS_NAME_MAX];
    credentials_variable("access_token", name);
    CHECK_TEXT(name, "CANCEL_ACCESS_TOKEN");
}

static void credentials_file_is_private(const void *context)
{
    char path[] = "/tmp/cancelorder-test-XXXXXX";
    const struct client_provider *provider = client_provider_find("fungies");
    struct credentials credentials = {.count = 0};
    static const char text[] = "{\"public_key\":\"pub_a\",\"secret_key\":\"sec_b\"}";
    int file = mkstemp(path);
    char *err = NULL;
    size_t length;
    FILE *err_file = open_memstream(&err, &length);
    (void)context;
    CHECK_INTEGER(write(file, text, sizeof text - 1), (long long)sizeof text - 1);
    CHECK_INTEGER(credentials_from_file(&credentials, provider, path, err_file), 0);
    CHECK_INTEGER(credentials.count, 2);
    CHECK_TEXT(credentials.rows[0].value, "pub_a");
    CHECK_TEXT(credentials.rows[1].value, "sec_b");
    credentials_release(&credentials);
    CHECK_INTEGER(fchmod(file, 0640), 0);
    CHECK_INTEGER(credentials_from_file(&credentials, provider, path, err_file), -1);
    fflush(err_file);
    CHECK_CONTAINS(err, "chmod 600");
    CHECK(strstr(err, "sec_b") == NULL);
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
    char *argv[] = {NULL, NULL, option};
    char *err = NULL;
    size_t length;
    FILE *file = open_memstream(&err, &length);
    CHECK_INTEGER(settings_check(2, argv + 1, provider, false, file), taken ? 0 : -1);
    CHECK_INTEGER(settings_check(2, argv + 1, provider, true, file), -1);
    fclose(file);
    CHECK_CONTAINS(err, "is for cancel, not for get");
    if (!taken) {
        CHECK_CONTAINS(err, " does not apply to ");
        CHECK_CONTAINS(err, provider->name);
    }
    free(err);
}

static void options_have_owners(const void *context)
{
    (void)context;
    const struct client_provider *provider;
    for (size_t i = 0; i < COUNT_OF(owned); i++)
        for (size_t j = 0; (provider = client_provider_at(j)) != NULL; j++) {
            char *option = strdup(owned[i].option);
            check_option(option, provider, strstr(owned[i].takers, provider->name) != NULL);
            free(option);
        }
}

/* Help wherever it is asked for, alike, and no line of it wider than a terminal. */
static void help_everywhere(const void *context)
{
    static const char *const lines[][4] = {
        {"--help"},          {"-h"},
        {"cancel", "-h"},    {"get", "--help"},
        {"providers", "-h"}, {"adapter", "--help"},
        {"refund", "-h"},    {"cancel", "--wrong", "-h"},
    };
    char *first = NULL;
    (void)context;
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        char *out;
        char *err;
        CHECK_INTEGER(run_words(lines[i], COUNT_OF(lines[i]), &out, &err), 0);
        CHECK_TEXT(err, "");
        CHECK(widest_line(out) <= 80);
        CHECK_CONTAINS(out, "usage: cancelorder cancel ");
        CHECK_CONTAINS(out, "CANCELORDER_PROVIDER");
        if (first != NULL)
            CHECK_TEXT(out, first);
        else
            first = mem_dup(out);
        free(out);
        free(err);
    }
    free(first);
}

static void version_everywhere(const void *context)
{
    static const char *const lines[][4] = {
        {"--version"}, {"-V"}, {"cancel", "-V"}, {"get", "--version"}, {"providers", "-V"}, {"adapter", "--version"}};
    char *expected = mem_print("cancelorder %s\n", cancelorder_version());
    (void)context;
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        char *out;
        char *err;
        CHECK_INTEGER(run_words(lines[i], COUNT_OF(lines[i]), &out, &err), 0);
        CHECK_TEXT(out, expected);
        CHECK_TEXT(err, "");
        free(out);
        free(err);
    }
    free(expected);
}

/* What is meant for another provider may stand in the environment; on the command line it is a mistake. */
static void other_providers_environment(const void *context)
{
    static const char *const words[] = {"cancel", "--provider=fungies", "--base-url=http://h.example", "1"};
    char *out;
    char *err;
    (void)context;
    credentials_clear();
    setenv("CANCEL_PUBLIC_KEY", "pub_12345", 1);
    setenv("CANCEL_SECRET_KEY", "sec_12345", 1);
    setenv("CANCELORDER_REASON", "3", 1);
    setenv("CANCELORDER_METHOD", "delete", 1); /* belongs to one order: never taken from here */
    CHECK_INTEGER(run_words(words, COUNT_OF(words), &out, &err), 1);
    CHECK_CONTAINS(out, "invalid: ");
    CHECK_TEXT(err, "");
    unsetenv("CANCELORDER_REASON");
    unsetenv("CANCELORDER_METHOD");
    credentials_clear();
    free(out);
    free(err);
}

/* No variable of a credential is one of an option. */
static void variables_do_not_collide(const void *context)
{
    const struct client_provider *provider;
    (void)context;
    for (size_t i = 0; (provider = client_provider_at(i)) != NULL; i++)
        for (const struct client_word *row = provider->credentials; row->name != NULL; row++) {
            char name[CREDENTIALS_NAME_MAX];
            credentials_variable(row->name, name);
            CHECK(strncmp(name, "CANCEL_", 7) == 0 && strncmp(name, "CANCELORDER_", 12) != 0);
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
    CHECK_INTEGER(write(file, text, strlen(text)), (long long)strlen(text));
    CHECK_INTEGER(credentials_from_file(&credentials, client_provider_find("dukkango"), path, err_file), -1);
    fclose(err_file);
    CHECK_CONTAINS(err, complaint);
    CHECK(strstr(err, "s3cr3t") == NULL);
    free(err);
    close(file);
    unlink(path);
}

static void credentials_file_is_strict(const void *context)
{
    (void)context;
    check_file("{\"acces_token\":\"s3cr3t\"}",
               "acces_token is no credential of dukkango; did you mean \"access_token\"?");
    check_file("{\"shop\":\"s3cr3t\"}", "shop is no credential of dukkango; see cancelorder providers");
    check_file("{\"s3cr3t\":\"access_token\"}", "a member is no credential of dukkango");
    check_file("{\"access_token\":5}", "access_token is not a text");
    check_file("[\"s3cr3t\"]", "not one JSON object");
}

/* Nobody ever writes into it: an open() that waits would wait for good. */
static void credentials_fifo_is_refused(const void *context)
{
    char folder[] = "/tmp/cancelorder-test-XXXXXX";
    struct credentials credentials = {.count = 0};
    char *err = NULL;
    size_t length;
    FILE *err_file = open_memstream(&err, &length);
    (void)context;
    CHECK(mkdtemp(folder) != NULL);
    char path[64];
    snprintf(path, sizeof path, "%s/fifo", folder);
    CHECK_INTEGER(mkfifo(path, 0600), 0);
    alarm(10);
    CHECK_INTEGER(credentials_from_file(&credentials, client_provider_find("dukkango"), path, err_file), -1);
    alarm(0);
    fclose(err_file);
    CHECK_CONTAINS(err, "not a regular file");
    free(err);
    unlink(path);
    rmdir(folder);
}

/* A provider's text must not drive the terminal. */
static void terminal_is_safe(const void *context)
{
    char *out = NULL;
    size_t length;
    FILE *file = open_memstream(&out, &length);
    (void)context;
    struct cancelorder_result result;
    result_init(&result);
    result.outcome = CANCELORDER_REJECTED;
    result_set(&result.message, "\x1b[2Jı\xC2\x9B"
                                "31m\nx");
    people_print(&result, file);
    fclose(file);
    CHECK(strchr(out, 0x1b) == NULL);
    CHECK(strstr(out, "\xC2\x9B") == NULL);
    CHECK_CONTAINS(out, "[2J\xC4\xB1");
    CHECK_CONTAINS(out, " x\n");
    free(out);
    cancelorder_result_release(&result);
}

void register_command_tests(void)
{
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        register_test("command", rows[i].name, commands, &rows[i]);
    register_test("command", "seconds", seconds, NULL);
    register_test("command", "exit_codes", exit_codes, NULL);
    register_test("command", "variable_names", variable_names, NULL);
    register_test("command", "credentials_file_is_private", credentials_file_is_private, NULL);
    register_test("command", "credentials_file_is_strict", credentials_file_is_strict, NULL);
    register_test("command", "credentials_fifo_is_refused", credentials_fifo_is_refused, NULL);
    register_test("command", "options_have_owners", options_have_owners, NULL);
    register_test("command", "terminal_is_safe", terminal_is_safe, NULL);
    register_test("command", "help_everywhere", help_everywhere, NULL);
    register_test("command", "version_everywhere", version_everywhere, NULL);
    register_test("command", "other_providers_environment", other_providers_environment, NULL);
    register_test("command", "variables_do_not_collide", variables_do_not_collide, NULL);
}
