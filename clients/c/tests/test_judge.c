/*
 * What each provider's answers mean: status and body in, outcome out. Written by hand from the vendors'
 * pages; no network, no client.
 */

#include "check.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "judge_rows.h"
#include "provider.h"
#include "support/mem.h"
#include "support/result.h"

static const char *provider_name(const char *row_name)
{
    static const char *const names[][2] = {{"dukkango_", "dukkango"},
                                           {"fungies_", "fungies"},
                                           {"akinon_", "akinon"},
                                           {"ilm_", "iletimerkezi"},
                                           {"zaikio_", "zaikio"}};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
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

static void judges(const void *data)
{
    const struct judge_row *row = data;
    struct http_answer answer;
    struct cancelorder_result result;

    http_answer_init(&answer);
    answer.failure = HTTP_ANSWERED;
    answer.sent = true;
    answer.status = row->status;
    text_add(&answer.body, row->body);
    judge_into(row, &answer, &result);
    CHECK_TEXT(cancelorder_outcome_word(row->outcome), cancelorder_outcome_word(result.outcome));
    CHECK_TEXT(row->code, result.provider_code);
    if (row->message != NULL)
        CHECK_TEXT(row->message, result.message);
    CHECK_NUMBER(row->effect_unknown, result.effect_unknown);
    CHECK_NUMBER(row->status, result.http_status);
    CHECK_FALSE(result.local);
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

static void transport_failures(const void *data)
{
    (void)data;
    for (size_t p = 0; p < sizeof plain_rows / sizeof *plain_rows; p++)
        for (size_t i = 0; i < sizeof failures / sizeof *failures; i++) {
            struct http_answer answer;
            struct cancelorder_result result;

            http_answer_init(&answer);
            answer.failure = failures[i].failure;
            answer.sent = failures[i].sent;
            answer.status = failures[i].status;
            judge_into(&plain_rows[p], &answer, &result);
            CHECK_TEXT(cancelorder_outcome_word(failures[i].outcome), cancelorder_outcome_word(result.outcome));
            CHECK_NUMBER(failures[i].effect_unknown, result.effect_unknown);
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
    if (!CHECK_TEXT(expected, result_order_text(result, name)))
        CHECK_TEXT("the order's", name);
}

/* Exact over the whole range; null and 0 stay apart; decimals only where they are known. */
static void fungies_reports_exactly(const void *data)
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
    struct cancelorder_result result;

    (void)data;
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

static void fungies_assumes_no_decimals(const void *data)
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
    struct cancelorder_result result;

    (void)data;
    judge_text(&row, &result);
    check_order(&result, "value", "2599");
    check_order(&result, "value_decimal", NULL);
    cancelorder_result_release(&result);
}

static void akinon_reports_exactly(const void *data)
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
    struct cancelorder_result result;

    (void)data;
    judge_text(&row, &result);
    check_order(&result, "id", "1883");
    check_order(&result, "number", "0012345678901234567890");
    check_order(&result, "amount", "286.10");
    CHECK_NUMBER(1, result.item_count);
    if (result.item_count == 1) {
        CHECK_TEXT("70193", result.items[0].id);
        CHECK_TEXT("pending", cancelorder_outcome_word(result.items[0].outcome));
        CHECK_TEXT("50", result.items[0].state);
    }
    cancelorder_result_release(&result);
}

static void akinon_reports_fields(const void *data)
{
    static const struct judge_row row = {
        "akinon_fields",     "1883", NULL, 400,  "{\"cancel_items\":[\"a\",\"b\"],\"order\":\"c\",\"code\":\"k\"}",
        CANCELORDER_INVALID, "k",    NULL, false};
    struct cancelorder_result result;

    (void)data;
    judge_text(&row, &result);
    CHECK_NUMBER(3, result.field_errors.count);
    if (result.field_errors.count == 3) {
        CHECK_TEXT("cancel_items", result.field_errors.rows[1].name);
        CHECK_TEXT("b", result.field_errors.rows[1].text);
        CHECK_TEXT("order", result.field_errors.rows[2].name);
        CHECK_TEXT("c", result.field_errors.rows[2].text);
    }
    cancelorder_result_release(&result);
}

static void ilm_names_three_causes(const void *data)
{
    static const struct judge_row row = {"ilm_causes", "1",  NULL, 401, ILM("401", "m"), CANCELORDER_UNAUTHORIZED,
                                         "401",        NULL, false};
    struct cancelorder_result result;

    (void)data;
    judge_text(&row, &result);
    CHECK_CONTAINS("key and hash", result.note);
    CHECK_CONTAINS("switched off", result.note);
    CHECK_CONTAINS("IP list", result.note);
    cancelorder_result_release(&result);
}

#define LINES                                                                                                          \
    "[{\"id\":\"l-1\",\"amount\":25600,\"amount_in_base_unit\":9007199254740993,\"unit\":\"pallet\",\"sku\":{}},"      \
    "null,{\"id\":\"l-3\",\"amount\":1.50,\"amount_in_base_unit\":true,\"unit\":null}]"

/* Integers of line items keep every digit, and what is no line item keeps its place (ZAI-RES-12). */
static void zaikio_reports_line_items(const void *data)
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
    struct cancelorder_result result;
    char *line;

    (void)data;
    judge_text(&row, &result);
    CHECK_NUMBER(3, result.line_count);
    line = cancelorder_result_json(&result);
    CHECK_CONTAINS("\"state\":\"canceled_by_consumer\",\"order_line_items\":["
                   "{\"id\":\"l-1\",\"amount\":25600,\"amount_in_base_unit\":9007199254740993,\"unit\":\"pallet\"},"
                   "{},{\"id\":\"l-3\",\"amount\":1.50,\"unit\":null}]",
                   line);
    free(line);
    cancelorder_result_release(&result);
}

static void headers_are_handed_on(const void *data)
{
    static const struct judge_row row = {.name = "zaikio_", .order_id = UUID_A, .argument = "delete"};
    struct http_answer answer;
    struct cancelorder_result result;

    (void)data;
    http_answer_init(&answer);
    answer.failure = HTTP_ANSWERED;
    answer.status = 429;
    answer.request_id = mem_copy("r-1");
    answer.retry_after = mem_copy("12");
    judge_into(&row, &answer, &result);
    CHECK_TEXT("r-1", result.request_id);
    CHECK_NUMBER(12000, result.retry_after_ms);
    cancelorder_result_release(&result);
    http_answer_release(&answer);
}

/* No refund is ever claimed. */
static void no_refund_is_claimed(const void *data)
{
    (void)data;
    for (size_t i = 0; judge_rows[i].name != NULL; i++) {
        struct cancelorder_result result;

        judge_text(&judge_rows[i], &result);
        CHECK_TRUE(result.note == NULL || strstr(result.note, "efund") == NULL);
        CHECK_TRUE(result.message == NULL || strstr(result.message, "efund") == NULL);
        cancelorder_result_release(&result);
    }
}

static const struct test_row tests[] = {
    {"transport_failures", transport_failures, NULL},
    {"fungies_reports_exactly", fungies_reports_exactly, NULL},
    {"fungies_assumes_no_decimals", fungies_assumes_no_decimals, NULL},
    {"akinon_reports_exactly", akinon_reports_exactly, NULL},
    {"akinon_reports_fields", akinon_reports_fields, NULL},
    {"ilm_names_three_causes", ilm_names_three_causes, NULL},
    {"zaikio_reports_line_items", zaikio_reports_line_items, NULL},
    {"headers_are_handed_on", headers_are_handed_on, NULL},
    {"no_refund_is_claimed", no_refund_is_claimed, NULL},
};

const struct test_suite judge_suite = {
    .name = "judge",
    .rows = tests,
    .count = sizeof tests / sizeof *tests,
    .run = judges,
    .table = judge_rows,
    .table_count = SIZE_MAX,
    .table_row_size = sizeof *judge_rows,
};
