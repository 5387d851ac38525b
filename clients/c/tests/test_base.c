/*
 * Texts, letters, numbers and near names.
 */
#include "tests/check.h"
#include "tests/suites.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/nearest.h"
#include "base/number.h"
#include "base/text.h"

static void texts(const void *context)
{
    struct text text = TEXT_INIT(10);
    (void)context;
    CHECK_TEXT(text_cstr(&text), "");
    text_add(&text, "abc");
    text_add_char(&text, 'd');
    text_print(&text, "%d", 42);
    CHECK_TEXT(text_cstr(&text), "abcd42");
    CHECK_INTEGER(text.length, 6);
    text_drop(&text, 2);
    CHECK_TEXT(text_cstr(&text), "cd42");
    text_drop(&text, 100);
    CHECK_TEXT(text_cstr(&text), "");
    text_add(&text, "x");
    text_clear(&text);
    CHECK_INTEGER(text.length, 0);
    char *taken = text_take(&text);
    CHECK_TEXT(taken, "");
    free(taken);
    text_release(&text);
}

/* What does not fit is left out whole, and so is everything after it. */
static void texts_overflow(const void *context)
{
    struct text text = TEXT_INIT(4);
    (void)context;
    text_add(&text, "abc");
    CHECK(!text.overflowed);
    text_add(&text, "de");
    CHECK(text.overflowed);
    text_add(&text, "f");
    CHECK_TEXT(text_cstr(&text), "abc");
    text_clear(&text);
    CHECK(!text.overflowed);
    text_add_bytes(&text, "a\0b", 3);
    CHECK_INTEGER(text.length, 3);
    text_release(&text);
}

static void letters(const void *context)
{
    (void)context;
    CHECK(ascii_equal("Transfer-Encoding", "tRANSFER-eNCODING"));
    CHECK(!ascii_equal("Date", "Dates"));
    CHECK(!ascii_equal("Dates", "Date"));
    CHECK(!ascii_equal("\xC4\xB1", "i"));
    CHECK(!ascii_equal("\xC3\x84", "\xC3\xA4"));
    CHECK(!ascii_equal("[", "{"));
    CHECK(ascii_equal("", ""));
    CHECK(ascii_equal_bytes("HTTPS://a", "https://b", 8));
    CHECK(!ascii_equal_bytes("http", "https://", 8));
    CHECK(ascii_is_space('\t') && ascii_is_space(' ') && !ascii_is_space('\0') && !ascii_is_space('\xA0'));
    CHECK(ascii_is_alnum('z') && ascii_is_alnum('0') && !ascii_is_alnum('_') && !ascii_is_alnum('\xE9'));
    CHECK_INTEGER(ascii_hex('f'), 15);
    CHECK_INTEGER(ascii_hex('A'), 10);
    CHECK_INTEGER(ascii_hex('g'), -1);
}

static const struct {
    const char *text;
    bool readable;
    int64_t value;
} integers[] = {
    {"0", true, 0},
    {"-5", true, -5},
    {"007", true, 7},
    {"100", true, 100},
    {"101", false, 0},
    {"-101", false, 0},
    {"9223372036854775808", false, 0},
    {"99999999999999999999999", false, 0},
    {"+1", false, 0},
    {" 1", false, 0},
    {"1 ", false, 0},
    {"1.0", false, 0},
    {"-", false, 0},
    {"", false, 0},
};

static void numbers(const void *context)
{
    (void)context;
    for (size_t i = 0; i < COUNT_OF(integers); i++) {
        int64_t value = 0;
        if (!CHECK_INTEGER(number_read(integers[i].text, -100, 100, &value), integers[i].readable) ||
            !CHECK_INTEGER(value, integers[i].value))
            CHECK_TEXT(integers[i].text, "the number above");
    }
    int64_t value;
    CHECK(number_read("-9223372036854775808", INT64_MIN, INT64_MAX, &value) && value == INT64_MIN);
    CHECK(number_read("9223372036854775807", INT64_MIN, INT64_MAX, &value) && value == INT64_MAX);
    CHECK(number_is_digits("0123") && !number_is_digits("") && !number_is_digits("-1"));
}

static void decimals(const void *context)
{
    static const char *const wrong[] = {"",    ".5",    "1.",  "01",  "1,5", "+1", "1e",
                                        "0x1", "1e400", "nan", "inf", " 1",  "1f"};
    double value = 0;
    (void)context;
    CHECK(number_read_decimal("0.8", &value) && value == 0.8);
    CHECK(number_read_decimal("-12.50", &value) && value == -12.5);
    CHECK(number_read_decimal("0", &value) && value == 0);
    CHECK(number_read_decimal("1e-3", &value) && value == 0.001);
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        if (!CHECK(!number_read_decimal(wrong[i], &value)))
            CHECK_TEXT(wrong[i], "refused");
}

static void near_names(const void *context)
{
    static const char *const names[] = {"cancel", "get", "providers", NULL};
    char hint[HINT_MAX];
    (void)context;
    CHECK_TEXT(nearest_name("cancle", names), "cancel");
    CHECK_TEXT(nearest_name("provider", names), "providers");
    CHECK_TEXT(nearest_name("refund", names), NULL);
    CHECK_TEXT(nearest_hint("gte", names, hint), "; did you mean \"get\"?");
    CHECK_TEXT(nearest_hint("refund", names, hint), "");
}

void register_base_tests(void)
{
    register_test("base", "texts", texts, NULL);
    register_test("base", "texts_overflow", texts_overflow, NULL);
    register_test("base", "letters", letters, NULL);
    register_test("base", "numbers", numbers, NULL);
    register_test("base", "decimals", decimals, NULL);
    register_test("base", "near_names", near_names, NULL);
}
