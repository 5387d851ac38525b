/*
 * What is refused here, with nothing sent. The base URL names a loopback port that is never connected
 * to: `attempts` 0 and `sent` no are part of each check, and a row that got as far as a connection
 * would end as transport_error.
 */

#include "tests/check.h"
#include "tests/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cancelorder.h"

#define UUID_A "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"
#define BASE   "http://127.0.0.1:1/base"

struct row {
    const char *name;
    const char *provider;
    struct cancelorder_pair credentials[2];
    const char *order_id;
    const char *reason_id;
    const char *method;
    const char *base_url;
    const char *part; /* of the message */
};

static const struct row rows[] = {
    {"dukkango_no_reason",
     "dukkango",
     {{"access_token", "tok-12345"}, {"x", ""}},
     UUID_A,
     NULL,
     NULL,
     BASE,
     "reason_id is missing"},
    {"dukkango_reason_0", "dukkango", {{"access_token", "tok-12345"}, {"x", ""}}, UUID_A, "0", NULL, BASE, "1 to 8"},
    {"dukkango_reason_9", "dukkango", {{"access_token", "tok-12345"}, {"x", ""}}, UUID_A, "9", NULL, BASE, "1 to 8"},
    {"dukkango_reason_minus",
     "dukkango",
     {{"access_token", "tok-12345"}, {"x", ""}},
     UUID_A,
     "-1",
     NULL,
     BASE,
     "1 to 8"},
    {"dukkango_reason_decimal",
     "dukkango",
     {{"access_token", "tok-12345"}, {"x", ""}},
     UUID_A,
     "3.0",
     NULL,
     BASE,
     "1 to 8"},
    {"dukkango_reason_exponent",
     "dukkango",
     {{"access_token", "tok-12345"}, {"x", ""}},
     UUID_A,
     "3e0",
     NULL,
     BASE,
     "1 to 8"},
    {"dukkango_reason_empty", "dukkango", {{"access_token", "tok-12345"}, {"x", ""}}, UUID_A, "", NULL, BASE, "1 to 8"},
    {"dukkango_integer_id", "dukkango", {{"access_token", "tok-12345"}, {"x", ""}}, "1031", "3", NULL, BASE, "UUID"},
    {"dukkango_path_id", "dukkango", {{"access_token", "tok-12345"}, {"x", ""}}, "../" UUID_A, "3", NULL, BASE, "UUID"},
    {"dukkango_no_id", "dukkango", {{"access_token", "tok-12345"}, {"x", ""}}, NULL, "3", NULL, BASE, "UUID"},
    {"dukkango_no_token", "dukkango", {{"x", ""}, {"y", ""}}, UUID_A, "3", NULL, BASE, "access_token"},
    {"dukkango_blank_token", "dukkango", {{"access_token", "  "}, {"y", ""}}, UUID_A, "3", NULL, BASE, "access_token"},
    {"dukkango_token_line_break",
     "dukkango",
     {{"access_token", "a\r\nX-Y: z"}, {"y", ""}},
     UUID_A,
     "3",
     NULL,
     BASE,
     "control character"},
    {"dukkango_token_space", "dukkango", {{"access_token", "a b"}, {"y", ""}}, UUID_A, "3", NULL, BASE, "no header"},
    {"dukkango_one_login_key",
     "dukkango",
     {{"app_secret_key", "a"}, {"y", ""}},
     UUID_A,
     "3",
     NULL,
     BASE,
     "rest_secret_key"},
    {"fungies_no_secret", "fungies", {{"public_key", "pub_a"}, {"y", ""}}, UUID_A, NULL, NULL, BASE, "secret_key"},
    {"fungies_no_public", "fungies", {{"secret_key", "sec_a"}, {"y", ""}}, UUID_A, NULL, NULL, BASE, "public_key"},
    {"fungies_swapped",
     "fungies",
     {{"public_key", "sec_b"}, {"secret_key", "pub_a"}},
     UUID_A,
     NULL,
     NULL,
     BASE,
     "secret key"},
    {"fungies_public_twice",
     "fungies",
     {{"public_key", "pub_b"}, {"secret_key", "pub_a"}},
     UUID_A,
     NULL,
     NULL,
     BASE,
     "swapped"},
    {"fungies_empty_id",
     "fungies",
     {{"public_key", "pub_a"}, {"secret_key", "sec_b"}},
     "",
     NULL,
     NULL,
     BASE,
     "order_id"},
    {"fungies_dots", "fungies", {{"public_key", "pub_a"}, {"secret_key", "sec_b"}}, "..", NULL, NULL, BASE, "order_id"},
    {"fungies_encoded_dots",
     "fungies",
     {{"public_key", "pub_a"}, {"secret_key", "sec_b"}},
     "%2e%2e",
     NULL,
     NULL,
     BASE,
     "order_id"},
    {"fungies_slash",
     "fungies",
     {{"public_key", "pub_a"}, {"secret_key", "sec_b"}},
     "a/b",
     NULL,
     NULL,
     BASE,
     "order_id"},
    {"fungies_encoded_slash",
     "fungies",
     {{"public_key", "pub_a"}, {"secret_key", "sec_b"}},
     "a%2Fb",
     NULL,
     NULL,
     BASE,
     "order_id"},
    {"akinon_number_with_zero", "akinon", {{"token", "eyJ.a.b"}, {"x", ""}}, "01883", "12", NULL, BASE, "primary key"},
    {"akinon_sign", "akinon", {{"token", "eyJ.a.b"}, {"x", ""}}, "+1883", "12", NULL, BASE, "primary key"},
    {"akinon_word", "akinon", {{"token", "eyJ.a.b"}, {"x", ""}}, "abc", "12", NULL, BASE, "primary key"},
    {"akinon_no_reason", "akinon", {{"token", "eyJ.a.b"}, {"x", ""}}, "1883", NULL, NULL, BASE, "reasons is missing"},
    {"akinon_reason_word", "akinon", {{"token", "eyJ.a.b"}, {"x", ""}}, "1883", "late", NULL, BASE, "reason_id"},
    {"akinon_no_token", "akinon", {{"x", ""}, {"y", ""}}, "1883", "12", NULL, BASE, "token"},
    {"akinon_no_password", "akinon", {{"username", "u"}, {"y", ""}}, "1883", "12", NULL, BASE, "password"},
    {"ilm_empty_id", "iletimerkezi", {{"key", "00aa"}, {"hash", "bb11"}}, "", NULL, NULL, BASE, "order_id"},
    {"ilm_word_id", "iletimerkezi", {{"key", "00aa"}, {"hash", "bb11"}}, "12a", NULL, NULL, BASE, "order_id"},
    {"ilm_decimal_id", "iletimerkezi", {{"key", "00aa"}, {"hash", "bb11"}}, "12.0", NULL, NULL, BASE, "order_id"},
    {"ilm_no_hash", "iletimerkezi", {{"key", "00aa"}, {"y", ""}}, "1", NULL, NULL, BASE, "hash"},
    {"ilm_blank_key", "iletimerkezi", {{"key", " \t"}, {"hash", "b"}}, "1", NULL, NULL, BASE, ""},
    {"zaikio_no_uuid", "zaikio", {{"token", "eyJ.a.b"}, {"x", ""}}, "CO/ABC123", NULL, NULL, BASE, "UUID"},
    {"zaikio_method", "zaikio", {{"token", "eyJ.a.b"}, {"x", ""}}, UUID_A, NULL, "cancel", BASE, "method"},
    {"zaikio_method_two_l",
     "zaikio",
     {{"token", "eyJ.a.b"}, {"x", ""}},
     UUID_A,
     NULL,
     "request_cancellation",
     BASE,
     "method"},
    {"zaikio_token_with_scheme", "zaikio", {{"token", "Bearer x"}, {"y", ""}}, UUID_A, NULL, NULL, BASE, "no header"},
    {"plain_http",
     "dukkango",
     {{"access_token", "tok-12345"}, {"x", ""}},
     UUID_A,
     "3",
     NULL,
     "http://www.example.com/x",
     "plain http"},
    {"raw_host",
     "dukkango",
     {{"access_token", "tok-12345"}, {"x", ""}},
     UUID_A,
     "3",
     NULL,
     "https://www.dükkango.com/x",
     "A-label"},
    {"user_information",
     "dukkango",
     {{"access_token", "tok-12345"}, {"x", ""}},
     UUID_A,
     "3",
     NULL,
     "https://u:p4ssw0rd@h.example/x",
     "user information"},
    {"no_provider", "shopify", {{"access_token", "tok-12345"}, {"x", ""}}, UUID_A, "3", NULL, BASE, "provider"},
};

static void refuses(const void *context)
{
    const struct row *row = context;
    struct cancelorder_request request = {
        .provider = row->provider,
        .operation = "cancel",
        .base_url = row->base_url,
        .credentials = {row->credentials, 2},
        .order_id = row->order_id,
        .reason_id = row->reason_id,
        .method = row->method,
        .deadline_ms = 1000,
    };
    struct cancelorder_client *client = cancelorder_client_new();

    struct cancelorder_result result;
    cancelorder_client_run(client, &request, &result);
    CHECK_TEXT(cancelorder_outcome_word(result.outcome), "invalid");
    CHECK(result.local);
    CHECK_INTEGER(result.attempts, 0);
    CHECK_INTEGER(result.sent, CANCELORDER_SENT_NO);
    CHECK_INTEGER(result.http_status, 0);
    CHECK_CONTAINS(result.message, row->part);
    char *line = cancelorder_result_json(&result);
    CHECK(strstr(line, "tok-12345") == NULL && strstr(line, "p4ssw0rd") == NULL);
    cancelorder_result_release(&result);
    cancelorder_client_free(client);
    free(line);
}

static void run_akinon(const struct cancelorder_request *wish, const char *part)
{
    static const struct cancelorder_pair token = {"token", "akintoken"};
    struct cancelorder_request request = *wish;
    struct cancelorder_client *client = cancelorder_client_new();
    request.provider = "akinon";
    request.operation = "cancel";
    request.base_url = BASE;
    request.credentials = (struct cancelorder_pairs){&token, 1};
    request.order_id = "1883";
    struct cancelorder_result result;
    cancelorder_client_run(client, &request, &result);
    CHECK_TEXT(cancelorder_outcome_word(result.outcome), "invalid");
    CHECK(result.local);
    CHECK_INTEGER(result.attempts, 0);
    CHECK_CONTAINS(result.message, part);
    cancelorder_result_release(&result);
    cancelorder_client_free(client);
}

static void akinon_selections(const void *context)
{
    static const char *const twice[] = {"70193", "70193"};
    static const char *const word[] = {"x"};
    static const char *const one[] = {"70193"};
    static const struct cancelorder_pair reason = {"70193", "12"};
    static const struct cancelorder_pair other = {"70194", "12"};
    static const struct cancelorder_pair iban = {"70193", "TR330006100519786457841326"};
    struct cancelorder_request request = {.only_items = true, .reasons = {&reason, 1}};

    (void)context;
    run_akinon(&request, "items is empty");
    request.items = twice;
    request.item_count = 2;
    run_akinon(&request, "twice");
    request.items = word;
    request.item_count = 1;
    run_akinon(&request, "item id");
    request.items = one;
    request.reasons.rows = &other;
    run_akinon(&request, "has no reason");
    request.reasons.rows = &reason;
    request.ibans = (struct cancelorder_pairs){&iban, 1};
    run_akinon(&request, "holder_names");
}

static void unknown_operation(const void *context)
{
    struct cancelorder_request request = {.provider = "dukkango", .operation = "refund", .base_url = BASE};
    struct cancelorder_client *client = cancelorder_client_new();
    (void)context;
    struct cancelorder_result result;
    CHECK_INTEGER(cancelorder_client_run(client, &request, &result), CANCELORDER_INVALID);
    CHECK(result.local);
    cancelorder_result_release(&result);
    cancelorder_client_free(client);
}

/* A port that is taken, so nobody else listens on it, and does not listen itself. */
static int deaf_port(char *base_url, size_t size)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;
    int taken = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK_INTEGER(bind(taken, (struct sockaddr *)&address, sizeof address), 0);
    CHECK_INTEGER(getsockname(taken, (struct sockaddr *)&address, &length), 0);
    snprintf(base_url, size, "http://127.0.0.1:%d/base", ntohs(address.sin_port));
    return taken;
}

static void abort_stays_until_rearmed(const void *context)
{
    static const struct cancelorder_pair token = {"access_token", "tok-12345"};
    char base_url[64];
    int taken = deaf_port(base_url, sizeof base_url);
    struct cancelorder_request request = {.provider = "dukkango",
                                          .operation = "cancel",
                                          .base_url = base_url,
                                          .credentials = {&token, 1},
                                          .order_id = UUID_A,
                                          .reason_id = "3",
                                          .deadline_ms = 1000};
    struct cancelorder_client *client = cancelorder_client_new();
    (void)context;
    cancelorder_client_abort(client);
    struct cancelorder_result result;
    CHECK_INTEGER(cancelorder_client_run(client, &request, &result), CANCELORDER_ABORTED);
    CHECK_INTEGER(result.attempts, 0);
    cancelorder_result_release(&result);
    cancelorder_client_rearm(client);
    CHECK_INTEGER(cancelorder_client_run(client, &request, &result), CANCELORDER_TRANSPORT_ERROR);
    CHECK_INTEGER(result.attempts, 0);
    CHECK_INTEGER(result.sent, CANCELORDER_SENT_NO);
    cancelorder_result_release(&result);
    cancelorder_client_free(client);
    close(taken);
}

void register_refusal_tests(void)
{
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        register_test("refusal", rows[i].name, refuses, &rows[i]);
    register_test("refusal", "akinon_selections", akinon_selections, NULL);
    register_test("refusal", "unknown_operation", unknown_operation, NULL);
    register_test("refusal", "abort_stays_until_rearmed", abort_stays_until_rearmed, NULL);
}
