/* The small rooms of base/: text, ascii, number, instant, uri, ids, base64, names, UTF-8. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/base64.h"
#include "base/ids.h"
#include "base/instant.h"
#include "base/nearest.h"
#include "base/notices.h"
#include "base/number.h"
#include "base/shape.h"
#include "base/tests/check.h"
#include "base/text.h"
#include "base/uri.h"
#include "base/utf8.h"
#include "tests/suites.h"

static void text_stops_at_its_maximum(void *context)
{
    struct text text = TEXT_INIT(5);
    (void)context;
    text_add(&text, "abc");
    text_add(&text, "def");
    text_add(&text, "g");
    CHECK_TEXT(text_cstr(&text), "abcde");
    CHECK(text.overflowed);
    text_release(&text);
    CHECK_TEXT(text_cstr(&text), "");
}

static void text_keeps_what_fits(void *context)
{
    struct text text = TEXT_INIT(4), none = TEXT_INIT(0);
    (void)context;
    text_print(&text, "%d", 123456);
    CHECK_TEXT(text_cstr(&text), "1234");
    CHECK(text.overflowed);
    text_clear(&text);
    CHECK(!text.overflowed && text.length == 0);
    CHECK_TEXT(text_cstr(&text), "");
    text_add(&text, "abcd");
    CHECK(!text.overflowed); /* just full */
    text_add_char(&text, 'e');
    CHECK(text.overflowed);
    char *taken = text_take(&text);
    CHECK_TEXT(taken, "abcd");
    CHECK(!text.overflowed && text.bytes == NULL);
    text_add(&text, "wxyz!");
    CHECK_TEXT(text_cstr(&text), "wxyz"); /* the limit stays */
    text_add(&none, "a");
    CHECK(none.overflowed);
    CHECK_TEXT(text_cstr(&none), "");
    free(taken);
    text_release(&text);
    text_release(&none);
}

static void text_drops_its_beginning(void *context)
{
    struct text text = TEXT_INIT(TEXT_UNBOUNDED);
    (void)context;
    text_drop(&text, 3);
    CHECK_TEXT(text_cstr(&text), "");
    text_add_bytes(&text, "a\0bcd", 5);
    text_drop(&text, 0);
    CHECK_INTEGER(text.length, 5);
    text_drop(&text, 2);
    CHECK_TEXT(text_cstr(&text), "bcd");
    text_add(&text, "e");
    CHECK_TEXT(text_cstr(&text), "bcde");
    text_drop(&text, 4);
    CHECK_TEXT(text_cstr(&text), "");
    text_add(&text, "fg");
    text_drop(&text, 99);
    CHECK_INTEGER(text.length, 0);
    text_clear(&text);
    text_release(&text);
}

static void letters_have_two_cases(void *context)
{
    (void)context;
    CHECK(ascii_equal("Content-TYPE", "cONTENT-type"));
    CHECK(ascii_equal("", ""));
    CHECK(!ascii_equal("a", "ab") && !ascii_equal("ab", "a"));
    CHECK(!ascii_equal("[", "{") && !ascii_equal("@", "`")); /* beside the letters, 32 apart */
    CHECK(!ascii_equal("ş", "Ş") && ascii_equal("ış", "ış"));
    CHECK(ascii_equal_bytes("Bearer x", "bearer y", 7));
    CHECK(!ascii_equal_bytes("Bearer x", "bearer y", 8));
    CHECK(ascii_equal_bytes("ab", "AB", 99));
    CHECK(!ascii_equal_bytes("ab", "ABC", 99));
    CHECK(ascii_equal_bytes("a", "b", 0));
    CHECK_TEXT(ascii_find("multipart/Form-Data; x", "FORM-data"), "Form-Data; x");
    CHECK_TEXT(ascii_find("aab", "AB"), "ab");
    CHECK_TEXT(ascii_find("abc", ""), "abc");
    CHECK_TEXT(ascii_find("", ""), "");
    CHECK_TEXT(ascii_find("abc", "abcd"), NULL);
}

static void hex_numbers_have_ranges(void *context)
{
    int64_t value = 7;
    (void)context;
    CHECK(number_read_hex("fF", 255, &value));
    CHECK_INTEGER(value, 255);
    static const char *const wrong[] = {"", "g", "0x1", "-1", "+1", " 1", "100", "ffffffffffffffff1"};
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        CHECK(!number_read_hex(wrong[i], 255, &value));
    CHECK_INTEGER(value, 255);
    CHECK(number_read_hex("7fffffffffffffff", INT64_MAX, &value));
    CHECK_INTEGER(value, INT64_MAX);
    CHECK(!number_read_hex("8000000000000000", INT64_MAX, &value));
    CHECK(number_read("-9223372036854775808", INT64_MIN, INT64_MAX, &value));
    CHECK(value == INT64_MIN);
    CHECK(!number_read("-9223372036854775809", INT64_MIN, INT64_MAX, &value));
    CHECK(number_is_digits("007") && !number_is_digits("") && !number_is_digits("1 ") && !number_is_digits("-1"));
}

static void decimals_go_both_ways(void *context)
{
    static const double values[] = {0,          0.1,  0.5, 1.0 / 3, 1e21, 1e300, 5e-324, 1.7976931348623157e308,
                                    123456.789, -2.25};
    static const char *const texts[] = {"0",          "0.1",    "0.5",    "0.3333333333333333",
                                        "1e+21",      "1e+300", "5e-324", "1.7976931348623157e+308",
                                        "123456.789", "-2.25"};
    char out[NUMBER_TEXT_MAX];
    double value = 7;
    (void)context;
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        CHECK(number_read_decimal(number_write_decimal(values[i], out), &value));
        CHECK(value == values[i]);
        CHECK(i == 6 || strcmp(out, texts[i]) == 0);
    }
    static const char *const wrong[] = {"",   "-",  "1.",    ".5",  "+1",  "01",    "1,5",    " 1",
                                        "1 ", "1e", "0x1p3", "inf", "nan", "1e400", "-1e400", "1.5.2"};
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        CHECK(!number_read_decimal(wrong[i], &value));
    CHECK(value == values[COUNT_OF(values) - 1]);
    CHECK(number_value("1e400") == HUGE_VAL && number_value("-1e400") == -HUGE_VAL);
    CHECK_TEXT(number_write_fixed(1234, 3, out), "1.234");
    CHECK_TEXT(number_write_fixed(-5, 2, out), "-0.05");
    CHECK_TEXT(number_write_fixed(7, 0, out), "7");
    CHECK_TEXT(number_write_fixed(INT64_MIN, 9, out), "-9223372036.854775808");
}

static void numbers_have_ranges(void *context)
{
    int64_t value = 7;
    (void)context;
    CHECK(number_read("-12", -20, 20, &value));
    CHECK_INTEGER(value, -12);
    static const char *const wrong[] = {"", "-", "+1", " 1", "1 ", "0x1", "1e1", "21", "99999999999999999999"};
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        CHECK(!number_read(wrong[i], -20, 20, &value));
    CHECK_INTEGER(value, -12);
}

static void instants_are_read_and_written(void *context)
{
    char out[INSTANT_TEXT_MAX];
    int64_t us = 0, other = 0;
    (void)context;
    CHECK(instant_read("2026-11-01T09:00:00Z", &us));
    CHECK_INTEGER(us, INT64_C(1793523600000000));
    CHECK(instant_read("2026-11-01T12:00:00.250+03:00", &other));
    CHECK_INTEGER(other - us, 250000);
    instant_write_utc(other, 6, out);
    CHECK_TEXT(out, "2026-11-01T09:00:00.250000Z");
    instant_write_utc(other, 3, out);
    CHECK_TEXT(out, "2026-11-01T09:00:00.250Z");
    instant_write_local(us, 180, out);
    CHECK_TEXT(out, "2026-11-01 12:00:00");
    instant_write_http(us, out);
    CHECK_TEXT(out, "Sun, 01 Nov 2026 09:00:00 GMT");
    static const char *const wrong[] = {"2026-11-01",           "2026-02-30T00:00:00Z", "2026-11-01T24:00:00Z",
                                        "2026-11-01T09:00:00",  "2026-11-01 09:00:00Z", "2026-11-01T09:00:00Zx",
                                        "2026-13-01T09:00:00Z", "2026-11-01T09:00:00.Z"};
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        CHECK(!instant_read(wrong[i], &us));
}

static void uris_are_decoded_once(void *context)
{
    struct arena *arena = arena_new();
    (void)context;
    CHECK_TEXT(uri_decode(arena, "%23A%2Fb%2523", 13), "#A/b%23");
    CHECK_TEXT(uri_decode(arena, "%c5%9F", 6), "ş");
    static const char *const wrong[] = {"%", "%4", "%zz", "a%00b"};
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        CHECK(uri_decode(arena, wrong[i], strlen(wrong[i])) == NULL);
    CHECK_TEXT(uri_query_value(arena, "a=1&b%20c=x%26y&d", "b c"), "x&y");
    CHECK_TEXT(uri_query_value(arena, "a=1&d", "d"), "");
    CHECK_TEXT(uri_query_value(arena, "a=%zz&d", "a"), "%zz");
    CHECK_TEXT(uri_query_value(arena, "a=x%00", "a"), "x%00");
    CHECK_TEXT(uri_query_value(arena, "aa=1", "a"), NULL);
    CHECK_TEXT(uri_query_value(arena, NULL, "a"), NULL);
    arena_free(arena);
}

static void ids_repeat(void *context)
{
    struct id_stream one = id_stream_from(1), again = id_stream_from(1), other = id_stream_from(2);
    char a[UUID_TEXT_MAX], b[UUID_TEXT_MAX], c[UUID_TEXT_MAX];
    (void)context;
    id_uuid(&one, a);
    id_uuid(&again, b);
    id_uuid(&other, c);
    CHECK_TEXT(a, b);
    CHECK(strcmp(a, c) != 0);
    CHECK(uuid_is_valid(a) && a[14] == '4' && strchr("89ab", a[19]) != NULL);
    CHECK(!uuid_is_valid("3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24"));
    CHECK(!uuid_is_valid("3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24ef"));
    CHECK(!uuid_is_valid("3e9caf87x5cb7-4c4e-adcb-fc2ec54cf24e"));
    CHECK(!uuid_is_valid(""));
}

static void base64_goes_both_ways(void *context)
{
    struct arena *arena = arena_new();
    size_t length = 0;
    (void)context;
    char *text = base64_write("\xff\x00\x01", 3);
    CHECK_TEXT(text, "/wAB");
    free(text);
    text = base64_write("f", 1);
    CHECK_TEXT(text, "Zg==");
    free(text);
    CHECK(memcmp(base64_read(arena, "/wAB", &length), "\xff\x00\x01", 3) == 0 && length == 3);
    CHECK_TEXT(base64_read(arena, "Zg==", &length), "f");
    CHECK_INTEGER(length, 1);
    CHECK(base64_read(arena, "Zg=", &length) == NULL);
    CHECK(base64_read(arena, "Z!==", &length) == NULL);
    arena_free(arena);
}

static void names_have_neighbours(void *context)
{
    static const char *const names[] = {"state", "document", "account", NULL};
    (void)context;
    CHECK_TEXT(nearest_name("stat", names), "state");
    CHECK_TEXT(nearest_name("documnet", names), "document");
    CHECK_TEXT(nearest_name("zebra", names), NULL);
    CHECK_TEXT(nearest_name("", names), NULL);
    char hint[HINT_MAX];
    CHECK_TEXT(nearest_hint("acount", names, hint), "; did you mean \"account\"?");
    CHECK_TEXT(nearest_hint("zebra", names, hint), "");
    struct nearest nearest;
    nearest_begin(&nearest, "ab");
    nearest_try(&nearest, "axx");
    CHECK_TEXT(nearest.name, NULL);
    nearest_try(&nearest, "ax");
    nearest_try(&nearest, "xb"); /* as near: the first stays */
    CHECK_TEXT(nearest.name, "ax");
    nearest_try(&nearest, "ab");
    CHECK_TEXT(nearest.name, "ab");
}

/* Whatever is longer than any name is near to none, and costs nothing. */
static void long_words_are_near_to_nothing(void *context)
{
    char word[300];
    static const char *const names[] = {"a", NULL};
    (void)context;
    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    CHECK_TEXT(nearest_name(word, names), NULL);
    const char *const own[] = {word, NULL};
    CHECK_TEXT(nearest_name("a", own), NULL);
    word[40] = '\0';
    CHECK(nearest_name(word, own) == word);
}

static void utf8_is_read_and_written(void *context)
{
    static const unsigned codes[] = {0x1, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff};
    static const size_t lengths[] = {1, 1, 2, 2, 3, 3, 3, 3, 4, 4};
    static const char *const wrong[] = {"\x80",
                                        "\xc0\x80",
                                        "\xc1\xbf",
                                        "\xe0\x9f\xbf",
                                        "\xed\xa0\x80",
                                        "\xf0\x8f\xbf\xbf",
                                        "\xf4\x90\x80\x80",
                                        "\xf8\x88\x80\x80",
                                        "\xe2\x82",
                                        "\xff"};
    char out[UTF8_CHARACTER_MAX];
    (void)context;
    for (size_t i = 0; i < COUNT_OF(codes); i++) {
        CHECK_INTEGER(utf8_write(codes[i], out), lengths[i]);
        CHECK_INTEGER(utf8_character(out, lengths[i]), lengths[i]);
        CHECK(lengths[i] == 1 || utf8_character(out, lengths[i] - 1) == 0);
    }
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        CHECK(!utf8_is_valid(wrong[i], strlen(wrong[i])));
    CHECK(utf8_is_valid("aş…\xf0\x9f\x98\x80", 10));
}

static void write_down(void *context, const char *sentence)
{
    text_print(context, "%s\n", sentence);
}

static void notices_are_told_once_and_counted(void *context)
{
    struct text told = TEXT_INIT(4096);
    struct notice notice;
    (void)context;
    struct notices *notices = notices_new(write_down, &told);
    CHECK(!notices_at(notices, 0, &notice));
    notices_add(notices, "no handle is free");
    notices_add(notices, "no thread is free");
    notices_add(notices, "no handle is free");
    CHECK_TEXT(text_cstr(&told), "no handle is free\nno thread is free\n");
    CHECK(notices_at(notices, 0, &notice) && notice.times == 2);
    CHECK_TEXT(notice.sentence, "no handle is free");
    CHECK(notices_at(notices, 1, &notice) && notice.times == 1);
    CHECK_TEXT(notice.sentence, "no thread is free");
    CHECK(!notices_at(notices, 2, &notice));
    notices_free(notices);
    text_release(&told);
}

void suite_text(void)
{
    register_test("base", "notices are told once and counted", notices_are_told_once_and_counted, NULL);
    register_test("base", "text stops at its maximum", text_stops_at_its_maximum, NULL);
    register_test("base", "text keeps what fits", text_keeps_what_fits, NULL);
    register_test("base", "text drops its beginning", text_drops_its_beginning, NULL);
    register_test("base", "letters have two cases", letters_have_two_cases, NULL);
    register_test("base", "hex numbers have ranges", hex_numbers_have_ranges, NULL);
    register_test("base", "decimals go both ways", decimals_go_both_ways, NULL);
    register_test("base", "long words are near to nothing", long_words_are_near_to_nothing, NULL);
    register_test("base", "UTF-8 is read and written", utf8_is_read_and_written, NULL);
    register_test("base", "numbers have ranges", numbers_have_ranges, NULL);
    register_test("base", "instants are read and written", instants_are_read_and_written, NULL);
    register_test("base", "URIs are decoded once", uris_are_decoded_once, NULL);
    register_test("base", "ids repeat from a seed", ids_repeat, NULL);
    register_test("base", "Base64 goes both ways", base64_goes_both_ways, NULL);
    register_test("base", "names have neighbours", names_have_neighbours, NULL);
}
