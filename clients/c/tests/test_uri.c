#include "tests/check.h"
#include "tests/suites.h"

#include <stdlib.h>
#include <string.h>

#include "base/uri.h"

static const struct row {
    const char *name;
    const char *base_url;
    bool usable;
} rows[] = {
    {"https", "https://api.fungies.io/v0", true},
    {"a_label", "https://www.xn--dkkango-n2a.com/api/integrations", true},
    {"upper_scheme", "HTTPS://api.fungies.io", true},
    {"port", "https://host.example:8443/x/", true},
    {"loopback", "http://127.0.0.1:8080/v1", true},
    {"loopback_net", "http://127.9.8.7/v1", true},
    {"loopback_name", "http://localhost:1/v1", true},
    {"loopback_v6", "http://[::1]:8080/v1", true},
    {"plain_elsewhere", "http://api.fungies.io/v0", false},
    {"plain_lookalike", "http://127.0.0.1.example.com/", false},
    {"plain_lookalike_2", "http://localhost.example.com/", false},
    {"plain_not_loopback", "http://128.0.0.1/", false},
    {"plain_other_v6", "http://[::2]/", false},
    {"user", "https://user:word@host.example/", false},
    {"user_hides_host", "http://127.0.0.1@host.example/", false},
    {"raw_name", "https://www.dükkango.com/", false},
    {"query", "https://host.example/?a=1", false},
    {"fragment", "https://host.example/#a", false},
    {"space", "https://host.example/a b", false},
    {"line_break", "https://host.example/a\r\nX: y", false},
    {"no_host", "https:///x", false},
    {"bad_port", "https://host.example:99999/", false},
    {"empty_port", "https://host.example:/", false},
    {"file", "file:///etc/passwd", false},
    {"ftp", "ftp://host.example/", false},
    {"empty", "", false},
    {"missing", NULL, false},
};

static void base(const void *context)
{
    const struct row *row = context;
    CHECK_INTEGER(uri_base_refusal(row->base_url) == NULL, row->usable);
}

static void check_join(const char *base_url, const char *path, const char *order, const char *expected)
{
    char *joined = uri_join(base_url, path, order);
    CHECK_TEXT(joined, expected);
    free(joined);
}

static void join(const void *context)
{
    (void)context;
    check_join("http://h/v0", "/orders/{order}/cancel", "12", "http://h/v0/orders/12/cancel");
    check_join("http://h/v0/", "/orders/{order}/cancel", "12", "http://h/v0/orders/12/cancel");
    check_join("http://h", "/orders/{order}", "#A b/c", "http://h/orders/%23A%20b%2Fc");
    check_join("http://h/v1", "/cancel-order/json", "12", "http://h/v1/cancel-order/json");
}

static void check_encode(const char *text, const char *expected)
{
    char *encoded = uri_encode_segment(text);
    CHECK_TEXT(encoded, expected);
    free(encoded);
}

static void encode(const void *context)
{
    (void)context;
    check_encode("aZ09-._~", "aZ09-._~");
    check_encode("/?#%+ ", "%2F%3F%23%25%2B%20");
    check_encode("é", "%C3%A9");
    check_encode("\xF0\x9F\x98\x80", "%F0%9F%98%80");
    check_encode("%2F", "%252F");
}

static void unsafe_segments(const void *context)
{
    static const char *const unsafe[] = {"",     ".",      "..",  "a/b", "%2e%2E", "a%2Fb",
                                         "a\nb", "%2e%2e", "\\x", "%00", "a%0ab"};
    static const char *const safe[] = {"a", "#12", "...", "a.b", "%41", "100%"};

    (void)context;
    for (size_t i = 0; i < COUNT_OF(unsafe); i++)
        if (!CHECK(uri_segment_is_unsafe(unsafe[i])))
            CHECK_TEXT(unsafe[i], "unsafe");
    for (size_t i = 0; i < COUNT_OF(safe); i++)
        if (!CHECK(!uri_segment_is_unsafe(safe[i])))
            CHECK_TEXT(safe[i], "safe");
}

static void shapes(const void *context)
{
    (void)context;
    CHECK(uri_is_uuid("3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"));
    CHECK(uri_is_uuid("3E9CAF87-5CB7-4C4E-ADCB-FC2EC54CF24E"));
    CHECK(!uri_is_uuid("3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24"));
    CHECK(!uri_is_uuid("3e9caf875cb74c4eadcbfc2ec54cf24e0000"));
    CHECK(!uri_is_uuid("3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24g"));
    CHECK(!uri_is_uuid(NULL));
    CHECK(uri_is_digits("00001"));
    CHECK(uri_is_digits("9007199254740993"));
    CHECK(!uri_is_digits("-1"));
    CHECK(!uri_is_digits("1.0"));
    CHECK(!uri_is_digits(" 1"));
    CHECK(!uri_is_digits(""));
    CHECK(!uri_is_digits(NULL));
}

void register_uri_tests(void)
{
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        register_test("uri", rows[i].name, base, &rows[i]);
    register_test("uri", "join", join, NULL);
    register_test("uri", "encode", encode, NULL);
    register_test("uri", "unsafe_segments", unsafe_segments, NULL);
    register_test("uri", "shapes", shapes, NULL);
}
