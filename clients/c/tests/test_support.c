#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "session.h"
#include "support/mem.h"
#include "support/money.h"
#include "support/result.h"
#include "support/retry_after.h"
#include "support/secrets.h"
#include "support/sha256.h"

static void check_money(const char *minor, int decimals, const char *expected)
{
    char *printed = money_print(minor, decimals);

    CHECK_TEXT(expected, printed);
    free(printed);
}

static void money(const void *data)
{
    (void)data;
    check_money("2599", 2, "25.99");
    check_money("5", 2, "0.05");
    check_money("-5", 2, "-0.05");
    check_money("0", 2, "0.00");
    check_money("700", 0, "700");
    check_money("-9007199254740991", 3, "-9007199254740.991");
    check_money("100", 3, "0.100");
    check_money("25.99", 2, NULL);
    check_money("1", -1, NULL);
    check_money("1", 21, NULL);
    check_money(NULL, 2, NULL);
}

/* 784111777 is Sun, 06 Nov 1994 08:49:37 GMT, the sample date of RFC 9110. */
static const int64_t now_ms = 784111777000;

static void retry_after(const void *data)
{
    (void)data;
    CHECK_NUMBER(30000, retry_after_ms("30", NULL, NULL, now_ms));
    CHECK_NUMBER(0, retry_after_ms("0", NULL, NULL, now_ms));
    CHECK_NUMBER(86400000, retry_after_ms("86400", NULL, NULL, now_ms));
    CHECK_NUMBER(10000, retry_after_ms("Sun, 06 Nov 1994 08:49:47 GMT", NULL, NULL, now_ms));
    CHECK_NUMBER(10000, retry_after_ms("Sunday, 06-Nov-94 08:49:47 GMT", NULL, NULL, now_ms));
    CHECK_NUMBER(10000, retry_after_ms("Sun Nov  6 08:49:47 1994", NULL, NULL, now_ms));
    CHECK_NUMBER(0, retry_after_ms("Sun, 06 Nov 1994 08:49:00 GMT", NULL, NULL, now_ms));
    CHECK_NUMBER(5000, retry_after_ms("Sun, 06 Nov 1994 08:49:47 GMT", NULL, "Sun, 06 Nov 1994 08:49:42 GMT", now_ms));
}

static void retry_after_unreadable(const void *data)
{
    static const char *const texts[] = {"-5", "abc", "1e9", "", "5 s", "99999999999999999999", "1000000000000"};

    (void)data;
    CHECK_NUMBER(-1, retry_after_ms(NULL, NULL, NULL, now_ms));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!CHECK_NUMBER(-1, retry_after_ms(texts[i], NULL, NULL, now_ms)))
            CHECK_TEXT("ignored", texts[i]);
}

static void rate_limit_reset(const void *data)
{
    (void)data;
    CHECK_NUMBER(20000, retry_after_ms(NULL, "1700000020", NULL, 1700000000000));
    CHECK_NUMBER(0, retry_after_ms(NULL, "1700000000", NULL, 1700000050000));
    CHECK_NUMBER(45000, retry_after_ms(NULL, "45", NULL, 1700000000000));
    CHECK_NUMBER(7000, retry_after_ms("7", "1700000020", NULL, 1700000000000));
}

static void check_hash(const char *text, const char *expected)
{
    char hex[SHA256_HEX + 1];

    sha256_hex(text, strlen(text), hex);
    CHECK_TEXT(expected, hex);
}

/* The examples of FIPS 180-4. */
static void sha256(const void *data)
{
    (void)data;
    check_hash("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check_hash("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    check_hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
               "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void check_mask(const char *text, const char *expected)
{
    struct secrets secrets;
    char *copy = mem_copy(text);

    secrets_init(&secrets);
    secrets_add(&secrets, "tok-12345");
    secrets_add(&secrets, "abc");
    secrets_add(&secrets, NULL);
    secrets_mask(&secrets, &copy);
    CHECK_TEXT(expected, copy);
    free(copy);
    secrets_release(&secrets);
}

static void masking(const void *data)
{
    (void)data;
    check_mask("bad token tok-12345.", "bad token [masked].");
    check_mask("tok-12345tok-12345", "[masked][masked]");
    check_mask("tok-1234", "tok-1234");
    check_mask("abc is too short to be hidden", "abc is too short to be hidden");
    check_mask(NULL, NULL);
}

static void sessions(const void *data)
{
    struct session_cache cache = {.count = 0};
    char digest[SHA256_HEX + 1];

    (void)data;
    session_put(&cache, "one", "T1", 0);
    session_put(&cache, "two", "T2", 200000);
    CHECK_TEXT("T1", session_find(&cache, "one", 1000));
    CHECK_TEXT("T2", session_find(&cache, "two", 100000));
    CHECK_TEXT(NULL, session_find(&cache, "two", 150000));
    CHECK_TEXT(NULL, session_find(&cache, "three", 0));
    session_put(&cache, "one", "T3", 0);
    CHECK_TEXT("T3", session_find(&cache, "one", 1000));
    for (int i = 0; i < 100; i++) {
        digest[0] = (char)('0' + i % 10);
        digest[1] = (char)('0' + i / 10);
        digest[2] = '\0';
        session_put(&cache, digest, "T", 0);
    }
    CHECK_NUMBER(SESSIONS_MAX, cache.count);
    CHECK_TEXT(NULL, session_find(&cache, "one", 1000));
    CHECK_TEXT("T", session_find(&cache, "99", 1000));
    session_cache_release(&cache);
}

static void result_prints(const void *data)
{
    struct cancelorder_result result;
    char *line;

    (void)data;
    result_init(&result);
    result.outcome = CANCELORDER_PARTIAL;
    result.http_status = 200;
    result.attempts = 1;
    result.sent = CANCELORDER_SENT_YES;
    result_set(&result.message, "İşlem \"başarılı\"");
    result_order_add(&result, "value", CANCELORDER_NUMBER, "9007199254740991");
    result_order_add(&result, "tax", CANCELORDER_NULL, NULL);
    result_field_error_add(&result, "a", "x");
    result_field_error_add(&result, "a", "y");
    result_item_add(&result, "70193", CANCELORDER_CANCELED, "100");
    line = cancelorder_result_json(&result);
    CHECK_TEXT("{\"outcome\":\"partial\",\"http_status\":200,\"message\":\"İşlem "
               "\\\"başarılı\\\"\",\"field_errors\":{\"a\":[\"x\",\"y\"]},\"attempts\":1,"
               "\"sent\":\"yes\",\"order\":{\"value\":9007199254740991,\"tax\":null},"
               "\"items\":[{\"id\":\"70193\",\"outcome\":\"canceled\",\"state\":\"100\"}]}",
               line);
    free(line);
    cancelorder_result_release(&result);
}

static const struct test_row tests[] = {
    {"money", money, NULL},
    {"retry_after", retry_after, NULL},
    {"retry_after_unreadable", retry_after_unreadable, NULL},
    {"rate_limit_reset", rate_limit_reset, NULL},
    {"sha256", sha256, NULL},
    {"masking", masking, NULL},
    {"sessions", sessions, NULL},
    {"result_prints", result_prints, NULL},
};

const struct test_suite support_suite = {.name = "support", .rows = tests, .count = sizeof tests / sizeof *tests};
