#include "tests/check.h"
#include "tests/suites.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sha256.h"
#include "core/money.h"
#include "core/result.h"
#include "core/retry_after.h"
#include "core/secrets.h"
#include "core/tokens.h"

static void check_money(const char *minor, int decimals, const char *expected)
{
    char *printed = money_print(minor, decimals);
    CHECK_TEXT(printed, expected);
    free(printed);
}

static void money(const void *context)
{
    (void)context;
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

static void retry_after(const void *context)
{
    (void)context;
    CHECK_INTEGER(retry_after_ms("30", NULL, NULL, now_ms), 30000);
    CHECK_INTEGER(retry_after_ms("0", NULL, NULL, now_ms), 0);
    CHECK_INTEGER(retry_after_ms("86400", NULL, NULL, now_ms), 86400000);
    CHECK_INTEGER(retry_after_ms("Sun, 06 Nov 1994 08:49:47 GMT", NULL, NULL, now_ms), 10000);
    CHECK_INTEGER(retry_after_ms("Sunday, 06-Nov-94 08:49:47 GMT", NULL, NULL, now_ms), 10000);
    CHECK_INTEGER(retry_after_ms("Sun Nov  6 08:49:47 1994", NULL, NULL, now_ms), 10000);
    CHECK_INTEGER(retry_after_ms("Sun, 06 Nov 1994 08:49:00 GMT", NULL, NULL, now_ms), 0);
    CHECK_INTEGER(retry_after_ms("Sun, 06 Nov 1994 08:49:47 GMT", NULL, "Sun, 06 Nov 1994 08:49:42 GMT", now_ms), 5000);
}

static void retry_after_unreadable(const void *context)
{
    static const char *const texts[] = {"-5", "abc", "1e9", "", "5 s", "99999999999999999999", "1000000000000"};

    (void)context;
    CHECK_INTEGER(retry_after_ms(NULL, NULL, NULL, now_ms), -1);
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        if (!CHECK_INTEGER(retry_after_ms(texts[i], NULL, NULL, now_ms), -1))
            CHECK_TEXT(texts[i], "ignored");
}

static void rate_limit_reset(const void *context)
{
    (void)context;
    CHECK_INTEGER(retry_after_ms(NULL, "1700000020", NULL, 1700000000000), 20000);
    CHECK_INTEGER(retry_after_ms(NULL, "1700000000", NULL, 1700000050000), 0);
    CHECK_INTEGER(retry_after_ms(NULL, "45", NULL, 1700000000000), 45000);
    CHECK_INTEGER(retry_after_ms("7", "1700000020", NULL, 1700000000000), 7000);
}

static void check_hash(const char *text, const char *expected)
{
    char hex[SHA256_HEX + 1];
    sha256_hex(text, strlen(text), hex);
    CHECK_TEXT(hex, expected);
}

/* The examples of FIPS 180-4. */
static void sha256(const void *context)
{
    (void)context;
    check_hash("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check_hash("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    check_hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
               "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void check_mask(const char *text, const char *expected)
{
    struct secrets secrets;
    char *copy = mem_dup(text);
    secrets_init(&secrets);
    secrets_add(&secrets, "tok-12345");
    secrets_add(&secrets, "abc");
    secrets_add(&secrets, NULL);
    secrets_mask(&secrets, &copy);
    CHECK_TEXT(copy, expected);
    free(copy);
    secrets_release(&secrets);
}

static void masking(const void *context)
{
    (void)context;
    check_mask("bad token tok-12345.", "bad token [masked].");
    check_mask("tok-12345tok-12345", "[masked][masked]");
    check_mask("tok-1234", "tok-1234");
    check_mask("abc is too short to be hidden", "abc is too short to be hidden");
    check_mask(NULL, NULL);
}

static void sessions(const void *context)
{
    struct tokens cache = {.count = 0};
    (void)context;
    tokens_put(&cache, "one", "T1", 0);
    tokens_put(&cache, "two", "T2", 200000);
    CHECK_TEXT(tokens_find(&cache, "one", 1000), "T1");
    CHECK_TEXT(tokens_find(&cache, "two", 100000), "T2");
    CHECK_TEXT(tokens_find(&cache, "two", 150000), NULL);
    CHECK_TEXT(tokens_find(&cache, "three", 0), NULL);
    tokens_put(&cache, "one", "T3", 0);
    CHECK_TEXT(tokens_find(&cache, "one", 1000), "T3");
    char digest[SHA256_HEX + 1];
    for (int i = 0; i < 100; i++) {
        digest[0] = (char)('0' + i % 10);
        digest[1] = (char)('0' + i / 10);
        digest[2] = '\0';
        tokens_put(&cache, digest, "T", 0);
    }
    CHECK_INTEGER(cache.count, TOKENS_MAX);
    CHECK_TEXT(tokens_find(&cache, "one", 1000), NULL);
    CHECK_TEXT(tokens_find(&cache, "99", 1000), "T");
    tokens_release(&cache);
}

static void result_prints(const void *context)
{
    (void)context;
    struct cancelorder_result result;
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
    char *line = cancelorder_result_json(&result);
    CHECK_TEXT(line, "{\"outcome\":\"partial\",\"http_status\":200,\"message\":\"İşlem "
                     "\\\"başarılı\\\"\",\"field_errors\":{\"a\":[\"x\",\"y\"]},\"attempts\":1,"
                     "\"sent\":\"yes\",\"order\":{\"value\":9007199254740991,\"tax\":null},"
                     "\"items\":[{\"id\":\"70193\",\"outcome\":\"canceled\",\"state\":\"100\"}]}");
    free(line);
    cancelorder_result_release(&result);
}

void register_core_tests(void)
{
    register_test("core", "money", money, NULL);
    register_test("core", "retry_after", retry_after, NULL);
    register_test("core", "retry_after_unreadable", retry_after_unreadable, NULL);
    register_test("core", "rate_limit_reset", rate_limit_reset, NULL);
    register_test("core", "sha256", sha256, NULL);
    register_test("core", "masking", masking, NULL);
    register_test("core", "sessions", sessions, NULL);
    register_test("core", "result_prints", result_prints, NULL);
}
