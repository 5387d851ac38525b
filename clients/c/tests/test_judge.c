/*
 * What each provider's answers mean: status and body in, outcome out. Written by hand from the vendors'
 * pages; no network, no client.
 */

#include "tests/check.h"
#include "tests/suites.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core/http.h"
#include "core/result.h"
#include "providers/registry.h"
#include "tests/judge_rows.h"

static const char *provider_name(const char *row_name)
{
    static const char *const names[][2] = {{"dukkango_", "dukkango"},
                                           {"fungies_", "fungies"},
                                           {"akinon_", "akinon"},
                                           {"ilm_", "iletimerkezi"},
                                           {"zaikio_", "zaikio"}};

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (strncmp(row_name, names[i][0], strlen(names[i][0])) == 0)
            return names[i][1];
    return "";
}

static void judge_into(const struct judge_row *row, const struct http_answer *answer, struct cancelorder_result *result)
{
    const struct client_provider *provider = client_provider_find(provider_name(row->name));
    struct cancelorder_request request = {.order_id = row->order_id, .method = row->argument};
    if (row->argument != NULL && strcmp(provider->name, "akinon") == 0) {
        request.method = NULL;
        request.only_items = true;
        request.items = &row->argument;
        request.item_count = 1;
    }
    result_init(result);
    provider->judge_cancel(&request, answer, result);
}

void judge_row_test(const void *context)
{
    const struct judge_row *row = context;
    struct http_answer answer;
    http_answer_init(&answer);
    answer.failure = HTTP_ANSWERED;
    answer.sent = true;
    answer.status = row->status;
    text_add(&answer.body, row->body);
    struct cancelorder_result result;
    judge_into(row, &answer, &result);
    CHECK_TEXT(cancelorder_outcome_word(result.outcome), cancelorder_outcome_word(row->outcome));
    CHECK_TEXT(result.provider_code, row->code);
    if (row->message != NULL)
        CHECK_TEXT(result.message, row->message);
    CHECK_INTEGER(result.effect_unknown, row->effect_unknown);
    CHECK_INTEGER(result.http_status, row->status);
    CHECK(!result.local);
    cancelorder_result_release(&result);
    http_answer_release(&answer);
}

/* The same for every provider: what a transport that failed means. */
static const struct {
    enum http_failure failure;
    bool sent;
    int status;
    enum cancelorder_outcome outcome;
    bool effect_unknown;
} failures[] = {
    {HTTP_NO_CONNECTION, false, 0, CANCELORDER_TRANSPORT_ERROR, false},
    {HTTP_TIMED_OUT, false, 0, CANCELORDER_TIMEOUT, false},
    {HTTP_TIMED_OUT, true, 0, CANCELORDER_TIMEOUT, true},
    {HTTP_TIMED_OUT, true, 200, CANCELORDER_TIMEOUT, true},
    {HTTP_BROKEN, true, 0, CANCELORDER_TRANSPORT_ERROR, true},
    {HTTP_BROKEN, true, 200, CANCELORDER_TRANSPORT_ERROR, true},
    {HTTP_BROKEN, true, 401, CANCELORDER_UNAUTHORIZED, false},
    {HTTP_BROKEN, true, 500, CANCELORDER_SERVER_ERROR, true},
    {HTTP_UNREADABLE, true, 200, CANCELORDER_PROTOCOL_ERROR, true},
    {HTTP_STOPPED, true, 0, CANCELORDER_ABORTED, true},
};

static const struct judge_row plain_rows[] = {
    {.name = "dukkango_", .order_id = UUID_A},
    {.name = "fungies_", .order_id = UUID_A},
    {.name = "akinon_", .order_id = "1"},
    {.name = "zaikio_", .order_id = UUID_A, .argument = "cancel_by_consumer"},
};

static void transport_failures(const void *context)
{
    (void)context;
    for (size_t p = 0; p < COUNT_OF(plain_rows); p++)
        for (size_t i = 0; i < COUNT_OF(failures); i++) {
            struct http_answer answer;
            http_answer_init(&answer);
            answer.failure = failures[i].failure;
            answer.sent = failures[i].sent;
            answer.status = failures[i].status;
            struct cancelorder_result result;
            judge_into(&plain_rows[p], &answer, &result);
            CHECK_TEXT(cancelorder_outcome_word(result.outcome), cancelorder_outcome_word(failures[i].outcome));
            CHECK_INTEGER(result.effect_unknown, failures[i].effect_unknown);
            cancelorder_result_release(&result);
            http_answer_release(&answer);
        }
}

static void judge_text(const struct judge_row *row, struct cancelorder_result *result)
{
    struct http_answer answer;
    http_answer_init(&answer);
    answer.failure = HTTP_ANSWERED;
    answer.status = row->status;
    text_add(&answer.body, row->body);
    judge_into(row, &answer, result);
    http_answer_release(&answer);
}

static void check_order(const struct cancelorder_result *result, const char *name, const char *expected)
{
    if (!CHECK_TEXT(result_order_text(result, name), expected))
        CHECK_TEXT(name, "the order's");
}

/* Exact over the whole range; null and 0 stay apart; decimals only where they are known. */
static void fungies_reports_exactly(const void *context)
{
    static const struct judge_row row = {"fungies_exact",
                                         UUID_A,
                                         NULL,
                                         200,
                                         FUNGIES("CANCELLED", ",\"value\":-9007199254740991,\"tax\":null,\"fee\":5,"
                                                              "\"currency\":\"XTS\",\"currencyDecimals\":3"),
                                         OK,
                                         NULL,
                                         NULL,
                                         false};
    (void)context;
    struct cancelorder_result result;
    judge_text(&row, &result);
    check_order(&result, "id", UUID_A);
    check_order(&result, "state", "CANCELLED");
    check_order(&result, "createdAt", "1767225600000");
    check_order(&result, "value", "-9007199254740991");
    check_order(&result, "value_decimal", "-9007199254740.991");
    check_order(&result, "fee_decimal", "0.005");
    check_order(&result, "tax", NULL);
    check_order(&result, "tax_decimal", NULL);
    check_order(&result, "totalItems", "0");
    check_order(&result, "currency", "XTS");
    cancelorder_result_release(&result);
}

static void fungies_assumes_no_decimals(const void *context)
{
    static const struct judge_row row = {"fungies_no_decimals",
                                         UUID_A,
                                         NULL,
                                         200,
                                         FUNGIES("CANCELLED", ",\"value\":2599,\"currencyDecimals\":null"),
                                         OK,
                                         NULL,
                                         NULL,
                                         false};
    (void)context;
    struct cancelorder_result result;
    judge_text(&row, &result);
    check_order(&result, "value", "2599");
    check_order(&result, "value_decimal", NULL);
    cancelorder_result_release(&result);
}

static void akinon_reports_exactly(const void *context)
{
    static const struct judge_row row = {
        "akinon_exact",
        "1883",
        "70193",
        200,
        "{\"pk\":1883,\"number\":\"0012345678901234567890\",\"status\":\"450\",\"amount\":\"286."
        "10\",\"orderitem_set\":[{\"pk\":70193,\"status\":\"50\"}]}",
        CANCELORDER_PENDING,
        NULL,
        NULL,
        false};
    (void)context;
    struct cancelorder_result result;
    judge_text(&row, &result);
    check_order(&result, "id", "1883");
    check_order(&result, "number", "0012345678901234567890");
    check_order(&result, "amount", "286.10");
    CHECK_INTEGER(result.item_count, 1);
    if (result.item_count == 1) {
        CHECK_TEXT(result.items[0].id, "70193");
        CHECK_TEXT(cancelorder_outcome_word(result.items[0].outcome), "pending");
        CHECK_TEXT(result.items[0].state, "50");
    }
    cancelorder_result_release(&result);
}

static void akinon_reports_fields(const void *context)
{
    static const struct judge_row row = {
        "akinon_fields",     "1883", NULL, 400,  "{\"cancel_items\":[\"a\",\"b\"],\"order\":\"c\",\"code\":\"k\"}",
        CANCELORDER_INVALID, "k",    NULL, false};
    (void)context;
    struct cancelorder_result result;
    judge_text(&row, &result);
    CHECK_INTEGER(result.field_errors.count, 3);
    if (result.field_errors.count == 3) {
        CHECK_TEXT(result.field_errors.rows[1].name, "cancel_items");
        CHECK_TEXT(result.field_errors.rows[1].text, "b");
        CHECK_TEXT(result.field_errors.rows[2].name, "order");
        CHECK_TEXT(result.field_errors.rows[2].text, "c");
    }
    cancelorder_result_release(&result);
}

static void ilm_names_three_causes(const void *context)
{
    static const struct judge_row row = {"ilm_causes", "1",  NULL, 401, ILM("401", "m"), CANCELORDER_UNAUTHORIZED,
                                         "401",        NULL, false};
    (void)context;
    struct cancelorder_result result;
    judge_text(&row, &result);
    CHECK_CONTAINS(result.note, "key and hash");
    CHECK_CONTAINS(result.note, "switched off");
    CHECK_CONTAINS(result.note, "IP list");
    cancelorder_result_release(&result);
}

#define LINES                                                                                                          \
    "[{\"id\":\"l-1\",\"amount\":25600,\"amount_in_base_unit\":9007199254740993,\"unit\":\"pallet\",\"sku\":{}},"      \
    "null,{\"id\":\"l-3\",\"amount\":1.50,\"amount_in_base_unit\":true,\"unit\":null}]"

/* Integers of line items keep every digit, and what is no line item keeps its place (ZAI-RES-12). */
static void zaikio_reports_line_items(const void *context)
{
    static const struct judge_row row = {"zaikio_lines",
                                         UUID_A,
                                         "cancel_by_consumer",
                                         200,
                                         "{\"id\":\"" UUID_A
                                         "\",\"state\":\"canceled_by_consumer\",\"order_line_items\":" LINES "}",
                                         CANCELORDER_CANCELED,
                                         NULL,
                                         NULL,
                                         false};
    (void)context;
    struct cancelorder_result result;
    judge_text(&row, &result);
    CHECK_INTEGER(result.line_count, 3);
    char *line = cancelorder_result_json(&result);
    CHECK_CONTAINS(line,
                   "\"state\":\"canceled_by_consumer\",\"order_line_items\":["
                   "{\"id\":\"l-1\",\"amount\":25600,\"amount_in_base_unit\":9007199254740993,\"unit\":\"pallet\"},"
                   "{},{\"id\":\"l-3\",\"amount\":1.50,\"unit\":null}]");
    free(line);
    cancelorder_result_release(&result);
}

static void headers_are_handed_on(const void *context)
{
    static const struct judge_row row = {.name = "zaikio_", .order_id = UUID_A, .argument = "delete"};
    (void)context;
    struct http_answer answer;
    http_answer_init(&answer);
    answer.failure = HTTP_ANSWERED;
    answer.status = 429;
    answer.request_id = mem_dup("r-1");
    answer.retry_after = mem_dup("12");
    struct cancelorder_result result;
    judge_into(&row, &answer, &result);
    CHECK_TEXT(result.request_id, "r-1");
    CHECK_INTEGER(result.retry_after_ms, 12000);
    cancelorder_result_release(&result);
    http_answer_release(&answer);
}

/* No refund is ever claimed. */
static void no_refund_is_claimed(const void *context)
{
    (void)context;
    for (size_t i = 0; judge_rows[i].name != NULL; i++) {
        struct cancelorder_result result;
        judge_text(&judge_rows[i], &result);
        CHECK(result.note == NULL || strstr(result.note, "efund") == NULL);
        CHECK(result.message == NULL || strstr(result.message, "efund") == NULL);
        cancelorder_result_release(&result);
    }
}

void register_judge_tests(void)
{
    for (size_t i = 0; judge_rows[i].name != NULL; i++)
        register_test("judge", judge_rows[i].name, judge_row_test, &judge_rows[i]);
    register_test("judge", "transport_failures", transport_failures, NULL);
    register_test("judge", "fungies_reports_exactly", fungies_reports_exactly, NULL);
    register_test("judge", "fungies_assumes_no_decimals", fungies_assumes_no_decimals, NULL);
    register_test("judge", "akinon_reports_exactly", akinon_reports_exactly, NULL);
    register_test("judge", "akinon_reports_fields", akinon_reports_fields, NULL);
    register_test("judge", "ilm_names_three_causes", ilm_names_three_causes, NULL);
    register_test("judge", "zaikio_reports_line_items", zaikio_reports_line_items, NULL);
    register_test("judge", "headers_are_handed_on", headers_are_handed_on, NULL);
    register_test("judge", "no_refund_is_claimed", no_refund_is_claimed, NULL);
}
