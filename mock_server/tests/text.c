/* The small rooms of base/: text, number, instant, uri, ids, base64, names. */
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/ids.h"
#include "base/instant.h"
#include "base/nearest.h"
#include "base/number.h"
#include "base/shape.h"
#include "base/tests/check.h"
#include "base/text.h"
#include "base/uri.h"
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
}

void suite_text(void)
{
    register_test("base", "text stops at its maximum", text_stops_at_its_maximum, NULL);
    register_test("base", "numbers have ranges", numbers_have_ranges, NULL);
    register_test("base", "instants are read and written", instants_are_read_and_written, NULL);
    register_test("base", "URIs are decoded once", uris_are_decoded_once, NULL);
    register_test("base", "ids repeat from a seed", ids_repeat, NULL);
    register_test("base", "Base64 goes both ways", base64_goes_both_ways, NULL);
    register_test("base", "names have neighbours", names_have_neighbours, NULL);
}
