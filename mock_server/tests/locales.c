/*
 * base/ under every locale that there is: those that the machine has, and the two of build/locales
 * (scripts/make-locales), which must be there, as they are the ones that can do harm: in Turkish "I" is not the capital
 * of "i", and both write a comma in 1,5. A locale is used by the test's thread alone.
 */
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/instant.h"
#include "base/json.h"
#include "base/number.h"
#include "base/options.h"
#include "base/tests/check.h"
#include "base/text.h"
#include "tests/suites.h"

#define OWN_FOLDER  "build/locales"
#define LOCALES_MAX 1024

static const char *const own_names[] = {"tr_TR.UTF-8", "de_DE.UTF-8"};

/* newlocale() keeps a copy of LOCPATH for good, which is no leak of ours. Both are there with the leak checker alone.
 */
extern void __lsan_disable(void) __attribute__((weak));
extern void __lsan_enable(void) __attribute__((weak));

static locale_t locale_from(const char *folder, const char *name)
{
    bool is_watched = __lsan_disable != NULL && __lsan_enable != NULL;
    if (is_watched)
        __lsan_disable();
    if (folder != NULL)
        setenv("LOCPATH", folder, 1);
    locale_t locale = newlocale(LC_ALL_MASK, name, (locale_t)0);
    unsetenv("LOCPATH");
    if (is_watched)
        __lsan_enable();
    return locale;
}

/* ── What holds under each ─────────────────────────────────────────────────────────────────────────────────────── */

static void check_letters(void)
{
    for (int c = 0; c < 256; c++) {
        bool upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
        CHECK_INTEGER(ascii_lower((char)c), (char)(upper ? c + 32 : c));
        CHECK_INTEGER(ascii_upper((char)c), (char)(lower ? c - 32 : c));
        CHECK(ascii_is_alpha((char)c) == (upper || lower));
        CHECK(ascii_is_alnum((char)c) == (upper || lower || digit));
        CHECK(ascii_is_space((char)c) == (c == ' ' || (c != '\0' && strchr("\t\n\r", c) != NULL)));
    }
    CHECK(ascii_equal("CONTENT-TYPE: IDENTITY", "content-type: identity"));
    CHECK_TEXT(ascii_find("X-TITLE: 1", "title"), "TITLE: 1");
}

static void check_numbers(void)
{
    char out[NUMBER_TEXT_MAX];
    double value = 0;
    CHECK(number_read_decimal("1.5", &value) && value == 1.5);
    CHECK(!number_read_decimal("1,5", &value));
    CHECK_TEXT(number_write_decimal(1234567.25, out), "1234567.25");
    CHECK_TEXT(number_write_decimal(0.1, out), "0.1");
    CHECK_TEXT(number_write_fixed(-1234567, 3, out), "-1234.567");
}

static void check_json(void)
{
    cJSON *tree = json_read_text("{\"ı\":[1.50,0.1,1e-7,12345678901234567890.5]}");
    cJSON *list = json_member_mut(tree, "ı");
    CHECK(cJSON_GetArrayItem(list, 1)->valuedouble == 0.1);
    cJSON_AddItemToArray(list, cJSON_CreateNumber(2.25));
    cJSON_AddItemToArray(list, json_new_number_text("3.75"));
    CHECK(cJSON_GetArrayItem(list, 5)->valuedouble == 3.75);
    char *text = json_write(tree);
    CHECK_TEXT(text, "{\"ı\":[1.50,0.1,1e-7,12345678901234567890.5,2.25,3.75]}");
    free(text);
    cJSON_Delete(tree);
}

static void check_instants(void)
{
    char out[INSTANT_TEXT_MAX];
    int64_t us = 0;
    CHECK(instant_read("2026-03-01T09:00:00.5Z", &us));
    instant_write_http(us, out);
    CHECK_TEXT(out, "Sun, 01 Mar 2026 09:00:00 GMT");
    instant_write_utc(us, 3, out);
    CHECK_TEXT(out, "2026-03-01T09:00:00.500Z");
    instant_write_local(us, 180, out);
    CHECK_TEXT(out, "2026-03-01 12:00:00");
}

struct scaled {
    double scale;
};

static void check_options(void)
{
    static const struct option rows[] = {
        {"--title-scale", 0, "X", OPTION_DECIMAL, OPTION_AT(struct scaled, scale), .help = "a number"}};
    const struct option_table table = {.program = "tool", .environment = "TOOL_", .rows = rows, .count = 1};
    char *argv[] = {mem_dup("tool"), mem_dup("--title-scale"), mem_dup("1.5")};
    struct scaled scaled = {0};
    struct option_values *values = NULL;
    struct words words;
    setenv("TOOL_TITLE_SCALE", "2,5", 1);
    char *said = NULL;
    size_t size = 0;
    FILE *err = open_memstream(&said, &size);
    CHECK_INTEGER(options_read(&table, &scaled, 3, argv, &words, &values, stdout, err), OPTIONS_WRONG);
    fclose(err);
    unsetenv("TOOL_TITLE_SCALE");
    CHECK(scaled.scale == 1.5);
    CHECK_TEXT(said, "tool: TOOL_TITLE_SCALE takes a number such as 2 or 0.8, not \"2,5\"\n");
    options_release(values);
    free(said);
    for (size_t i = 0; i < COUNT_OF(argv); i++)
        free(argv[i]);
}

static void check_all(locale_t locale)
{
    locale_t before = uselocale(locale);
    check_letters();
    check_numbers();
    check_json();
    check_instants();
    check_options();
    CHECK(uselocale((locale_t)0) == locale); /* what base/ changes, it changes back */
    uselocale(before);
}

/* ── The locales ───────────────────────────────────────────────────────────────────────────────────────────────── */

static void holds_under_an_own_locale(void *context)
{
    locale_t locale = locale_from(OWN_FOLDER, context);
    if (locale == (locale_t)0) {
        CHECK_TEXT("missing; scripts/make-locales makes it", context);
        return;
    }
    CHECK_TEXT(nl_langinfo_l(RADIXCHAR, locale), ","); /* it is not English in disguise */
    check_all(locale);
    freelocale(locale);
}

/* The names that `locale -a` lists. */
static size_t installed(char *names[LOCALES_MAX])
{
    char line[128];
    size_t count = 0;
    FILE *list = popen("locale -a 2>/dev/null", "r");
    while (list != NULL && count < LOCALES_MAX && fgets(line, sizeof line, list) != NULL)
        names[count++] = mem_dup_bytes(line, strcspn(line, "\n"));
    if (list != NULL)
        pclose(list);
    return count;
}

static void holds_under_the_installed(void *context)
{
    static char *names[LOCALES_MAX];
    size_t count = installed(names);
    (void)context;
    CHECK(count > 0);
    for (size_t i = 0; i < count; i++) {
        locale_t locale = locale_from(NULL, names[i]);
        if (locale != (locale_t)0) {
            check_all(locale);
            freelocale(locale);
        }
        free(names[i]);
    }
}

void suite_locales(void)
{
    for (size_t i = 0; i < COUNT_OF(own_names); i++) {
        static char names[COUNT_OF(own_names)][16];
        snprintf(names[i], sizeof names[i], "%s", own_names[i]);
        char *name = mem_print("base/ holds under %s", own_names[i]);
        register_test("locales", name, holds_under_an_own_locale, names[i]);
        free(name);
    }
    register_test("locales", "base/ holds under the installed ones", holds_under_the_installed, NULL);
}
