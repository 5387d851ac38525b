/*
 * Akinon's body, token by token, and what is refused once the order is known.
 */

#include "tests/check.h"
#include "tests/suites.h"

#include <stdlib.h>
#include <string.h>

#include "core/result.h"
#include "providers/akinon/akinon.h"

static const struct cancelorder_pair two_reasons[] = {{"70193", "12"}, {"70194", "13"}};
static const char *const first_item[] = {"70193"};

static void check_body(const struct cancelorder_request *request, const char *order_json, const char *expected)
{
    struct json_document document = {.root = NULL};
    if (order_json != NULL)
        CHECK_INTEGER(json_read(order_json, strlen(order_json), &document), 0);
    char *body = akinon_cancel_body(request, document.root);
    CHECK_TEXT(body, expected);
    free(body);
    if (document.root != NULL)
        json_document_release(&document);
}

static void whole_order(const void *context)
{
    struct cancelorder_request request = {.order_id = "9007199254740993", .reasons = {two_reasons, 2}};
    (void)context;
    check_body(&request, NULL,
               "{\"order\":9007199254740993,\"is_all\":true,\"cancel_items\":[],"
               "\"forced_refund_amount\":null,\"reasons\":{\"70193\":12,\"70194\":13}}");
}

static void some_items(const void *context)
{
    struct cancelorder_request request = {.order_id = "1883",
                                          .only_items = true,
                                          .items = first_item,
                                          .item_count = 1,
                                          .reasons = {two_reasons, 2},
                                          .return_details = CANCELORDER_NO,
                                          .is_cargo_refund = CANCELORDER_YES};
    (void)context;
    check_body(&request, NULL,
               "{\"order\":1883,\"is_all\":false,\"cancel_items\":[70193],"
               "\"forced_refund_amount\":null,\"reasons\":{\"70193\":12},"
               "\"is_cargo_refund\":true,\"return_details\":false}");
}

static void fund_transfer(const void *context)
{
    static const struct cancelorder_pair iban = {"70193", "TR330006100519786457841326"};
    static const struct cancelorder_pair holder = {"70193", "Şükrü \"Çağlar\""};
    struct cancelorder_request request = {.order_id = "1883",
                                          .only_items = true,
                                          .items = first_item,
                                          .item_count = 1,
                                          .reasons = {two_reasons, 1},
                                          .ibans = {&iban, 1},
                                          .holder_names = {&holder, 1},
                                          .refund_invoice_number = "0001"};
    (void)context;
    check_body(&request, NULL,
               "{\"order\":1883,\"is_all\":false,\"cancel_items\":[70193],"
               "\"forced_refund_amount\":null,\"reasons\":{\"70193\":12},"
               "\"refund_invoice_number\":\"0001\","
               "\"ibans\":{\"70193\":\"TR330006100519786457841326\"},"
               "\"holder_names\":{\"70193\":\"Şükrü \\\"Çağlar\\\"\"}}");
}

static void one_reason_for_all(const void *context)
{
    struct cancelorder_request request = {.order_id = "1883", .reason_id = "7"};
    (void)context;
    check_body(&request, "{\"orderitem_set\":[{\"pk\":1},{\"pk\":\"2\"}]}",
               "{\"order\":1883,\"is_all\":true,\"cancel_items\":[],"
               "\"forced_refund_amount\":null,\"reasons\":{\"1\":7,\"2\":7}}");
}

static void check_order(const struct cancelorder_request *request, const char *order_json, int expected,
                        const char *part)
{
    struct json_document document = {.root = NULL};
    struct cancelorder_result result;
    result_init(&result);
    CHECK_INTEGER(json_read(order_json, strlen(order_json), &document), 0);
    CHECK_INTEGER(akinon_check_order(request, document.root, &result), expected);
    if (expected != 0)
        CHECK_CONTAINS(result.message, part);
    cancelorder_result_release(&result);
    json_document_release(&document);
}

static void known_order(const void *context)
{
    static const char mixed[] = "{\"orderitem_set\":[{\"pk\":70193,\"status\":\"500\"},"
                                "{\"pk\":70194,\"status\":\"preparing\"}]}";
    static const char third[] = "{\"orderitem_set\":[{\"pk\":70193},{\"pk\":70194},{\"pk\":7}]}";
    struct cancelorder_request all = {.order_id = "1883", .reasons = {two_reasons, 2}};
    struct cancelorder_request one = {
        .order_id = "1883", .only_items = true, .items = first_item, .item_count = 1, .reasons = {two_reasons, 1}};
    (void)context;
    check_order(&all, mixed, -1, "mixes");
    check_order(&one, mixed, 0, NULL);
    check_order(&all, third, -1, "item 7");
    check_order(&one, third, 0, NULL);
    check_order(&all, "{}", 0, NULL);
}

static enum akinon_stage stage_of(const char *json)
{
    struct json_document document = {.root = NULL};
    CHECK_INTEGER(json_read(json, strlen(json), &document), 0);
    enum akinon_stage stage = akinon_stage_of(document.root);
    json_document_release(&document);
    return stage;
}

static void stages(const void *context)
{
    (void)context;
    CHECK_INTEGER(stage_of("50"), AKINON_WAITING);
    CHECK_INTEGER(stage_of("\"50\""), AKINON_WAITING);
    CHECK_INTEGER(stage_of("\"cancellation_waiting\""), AKINON_WAITING);
    CHECK_INTEGER(stage_of("\"canceled\""), AKINON_CANCELED);
    CHECK_INTEGER(stage_of("\"450\""), AKINON_BEFORE);
    CHECK_INTEGER(stage_of("500"), AKINON_AFTER);
    CHECK_INTEGER(stage_of("\"544\""), AKINON_OTHER);
    CHECK_INTEGER(stage_of("\"Canceled\""), AKINON_UNREADABLE);
    CHECK_INTEGER(stage_of("100.0"), AKINON_UNREADABLE);
    CHECK_INTEGER(stage_of("null"), AKINON_UNREADABLE);
}

void register_body_tests(void)
{
    register_test("body", "whole_order", whole_order, NULL);
    register_test("body", "some_items", some_items, NULL);
    register_test("body", "fund_transfer", fund_transfer, NULL);
    register_test("body", "one_reason_for_all", one_reason_for_all, NULL);
    register_test("body", "known_order", known_order, NULL);
    register_test("body", "stages", stages, NULL);
}
