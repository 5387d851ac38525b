/*
 * The library in a host that has called setlocale(): everything reads and writes as under "C".
 *
 * Each locale that is installed is tried. Those that hurt, a Turkish one (its small I has no dot) and a German one (its
 * numbers have a comma), are made in a folder of the test where localedef and its sources are there.
 */
#include "tests/check.h"
#include "tests/suites.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/json.h"
#include "base/number.h"
#include "base/uri.h"
#include "command/settings.h"
#include "core/result.h"
#include "core/retry_after.h"
#include "providers/dukkango/dukkango.h"
#include "tests/judge_rows.h"

#define LOCALES_MAX 600
#define NAME_BYTES  64

static const char *const made[] = {"tr_TR", "de_DE"};

static void check_letters(void)
{
    CHECK(ascii_equal("Transfer-Encoding", "TRANSFER-ENCODING"));
    CHECK(ascii_equal("X-Request-Id", "x-request-iD"));
    CHECK(uri_base_refusal("HTTPS://H.EXAMPLE/v1") == NULL);
    CHECK(uri_base_refusal("http://LOCALHOST:1/") == NULL);
    CHECK(uri_is_uuid("3E9CAF87-5CB7-4C4E-ADCB-FC2EC54CF24E"));
    CHECK(uri_base_refusal("https://h\xFD.example/") != NULL);
}

static void check_numbers(void)
{
    double decimal = 0;
    int64_t integer = 0;
    CHECK(number_read_decimal("1234.5", &decimal) && decimal * 2 == 2469);
    CHECK(!number_read_decimal("1234,5", &decimal));
    CHECK(number_read("-9007199254740993", INT64_MIN, INT64_MAX, &integer) && integer == -9007199254740993);
    CHECK_INTEGER(retry_after_ms("Sun, 06 Nov 1994 08:49:47 GMT", NULL, NULL, 784111777000), 10000);
    CHECK_INTEGER(retry_after_ms("Sunday, 06-Nov-94 08:49:47 GMT", NULL, NULL, 784111777000), 10000);
}

/* Numbers beyond 32 bits and every kind of text, as they are printed. */
static void check_json(void)
{
    struct cancelorder_result result;
    result_init(&result);
    result.retry_after_ms = 31622400000;
    result.http_status = 429;
    result_set(&result.message, "\xC4\xB0I\xC4\xB1i\x01");
    result_order_add(&result, "value", CANCELORDER_NUMBER, "-1234.50");
    char *line = cancelorder_result_json(&result);
    CHECK_TEXT(line, "{\"outcome\":\"unknown\",\"http_status\":429,\"message\":\"\xC4\xB0I\xC4\xB1i\\u0001\","
                     "\"retry_after_ms\":31622400000,\"attempts\":0,\"sent\":\"no\",\"order\":{\"value\":-1234.50}}");
    free(line);
    cancelorder_result_release(&result);
}

static void check_command_line(void)
{
    static const struct option_table table = {.program = "cancelorder", .rows = settings_rows};
    struct option_table whole = table;
    char *argv[] = {(char[]){"cancelorder"}, (char[]){"--timeout=0.8"}};
    struct settings settings = SETTINGS_INIT;
    struct option_values *values;
    struct words words;
    whole.count = settings_count;
    CHECK_INTEGER(options_read(&whole, &settings, 2, argv, &words, &values, stdout, stdout), OPTIONS_GO);
    CHECK_INTEGER(settings_timeout_ms(&settings), 800);
    options_release(values);
}

/* The one date that is read by the C library: 2026-01-02 03:04:05 at UTC+3. */
static void check_log_in(void)
{
    struct http_answer answer;
    struct cancelorder_result result;
    char *token = NULL;
    int64_t expires_ms = 0;
    http_answer_init(&answer);
    result_init(&result);
    answer.failure = HTTP_ANSWERED;
    answer.status = 200;
    text_add(&answer.body, "{\"status\":true,\"data\":{\"access_token\":\"t\","
                           "\"expiration_date\":\"2026-01-02 03:04:05\"}}");
    dukkango_judge_login(&answer, &result, &token, &expires_ms);
    CHECK_TEXT(token, "t");
    CHECK_INTEGER(expires_ms, 1767312245000);
    free(token);
    cancelorder_result_release(&result);
    http_answer_release(&answer);
}

static void check_all(void)
{
    check_letters();
    check_numbers();
    check_json();
    check_command_line();
    check_log_in();
    for (size_t i = 0; judge_rows[i].name != NULL; i++)
        judge_row_test(&judge_rows[i]);
}

/* Under every name that `locale -a` prints. */
static void installed_locales(const void *context)
{
    FILE *list = popen("locale -a 2>/dev/null", "r");
    char name[NAME_BYTES];
    int tried = 0;
    (void)context;
    CHECK(list != NULL && setlocale(LC_ALL, "C") != NULL);
    check_all();
    while (list != NULL && tried < LOCALES_MAX && fgets(name, sizeof name, list) != NULL) {
        name[strcspn(name, "\n")] = '\0';
        if (setlocale(LC_ALL, name) == NULL)
            continue;
        check_all();
        tried++;
    }
    if (list != NULL)
        pclose(list);
    CHECK(tried > 0 || setlocale(LC_ALL, "C.UTF-8") == NULL);
    setlocale(LC_ALL, "C");
}

static bool is_made(const char *folder, const char *name)
{
    char *command = mem_print("localedef -i %s -f UTF-8 %s/%s.UTF-8 >%s/log 2>&1", name, folder, name, folder);
    bool done = system(command) != -1;
    char *path = mem_print("%s/%s.UTF-8/LC_CTYPE", folder, name);
    done = done && access(path, R_OK) == 0;
    free(command);
    free(path);
    return done;
}

static void remove_folder(const char *folder)
{
    char *command = mem_print("rm -rf %s", folder);
    CHECK_INTEGER(system(command), 0);
    free(command);
}

static void made_locales(const void *context)
{
    char folder[] = "/tmp/cancelorder-test-XXXXXX";
    (void)context;
    CHECK(mkdtemp(folder) != NULL);
    setenv("LOCPATH", folder, 1);
    for (size_t i = 0; i < COUNT_OF(made); i++) {
        char name[NAME_BYTES];
        snprintf(name, sizeof name, "%s.UTF-8", made[i]);
        if (!is_made(folder, made[i])) {
            printf("locale/made_locales: %s cannot be made here and is left out\n", name);
            continue;
        }
        CHECK(setlocale(LC_ALL, name) != NULL);
        CHECK_TEXT(localeconv()->decimal_point, ","); /* it hurts indeed */
        check_all();
    }
    setlocale(LC_ALL, "C");
    unsetenv("LOCPATH");
    remove_folder(folder);
}

void register_locale_tests(void)
{
    register_test("locale", "installed_locales", installed_locales, NULL);
    register_test("locale", "made_locales", made_locales, NULL);
}
