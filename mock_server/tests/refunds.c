/*
 * What an Akinon order gives back when it is cancelled in parts: amounts worked out by hand, never by the code.
 *
 * Items 199.90, 49.95 and 50.10 are 299.95; shipping 24.90, discount 30.00: the customer paid 294.85.
 *
 *     part 1: 199.90 and the shipping cost. Share of the discount 30.00 × 199.90 / 299.95 = 19.9933… = 19.99.
 *             199.90 − 19.99 + 24.90 = 204.81
 *     part 2: 49.95 + 50.10 = 100.05, and what is left of the discount: 30.00 − 19.99 = 10.01.
 *             100.05 − 10.01 = 90.04; the shipping cost is gone.
 *     both:   204.81 + 90.04 = 294.85
 */
#include <stdlib.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "providers/akinon/plan.h"
#include "tests/client.h"
#include "tests/suites.h"

#define PARTS                                                                                                          \
    "{\"id\":\"700100\",\"state\":\"approved\",\"document\":{\"amount\":\"294.85\",\"shipping_amount\":\"24.90\","     \
    "\"discount_amount\":\"30.00\",\"orderitem_set\":[{\"pk\":7001001,\"price\":\"199.90\"},"                          \
    "{\"pk\":7001002,\"price\":\"49.95\"},{\"pk\":7001003,\"price\":\"50.10\"}]}}"

static void cancel(struct mock_server *server, const char *rest)
{
    cJSON *headers = cJSON_CreateObject();
    json_set_string(headers, "Authorization", "Token api_token");
    json_set_string(headers, "Content-Type", "application/json");
    char *body = mem_print("{\"order\":700100,\"forced_refund_amount\":null,\"is_cargo_refund\":true,%s}", rest);
    struct heard heard = request(mock_server_port(server), "POST", "/api/i1/orders/700100/cancel/", headers, body);
    CHECK_INTEGER(heard.status, 200);
    heard_release(&heard);
    free(body);
    cJSON_Delete(headers);
}

static void happens(struct mock_server *server, const char *event)
{
    char *body = mem_print("{\"event\":\"%s\"}", event);
    cJSON_Delete(steer(server, "POST", "/_mock/orders/akinon/700100/events", body, 200));
    free(body);
}

/* The order's own amount, and that of its latest plan. */
static void check_amounts(struct mock_server *server, const char *given_back, const char *planned)
{
    cJSON *order = steer(server, "GET", "/_mock/orders/akinon/700100", NULL, 200);
    CHECK_TEXT(json_string(json_member(order, "document"), "refund_amount"), given_back);
    CHECK_TEXT(json_string(json_member(json_member(order, "facts"), "plan"), "refund_amount"), planned);
    cJSON_Delete(order);
}

static void adds_up_in_two_parts(void *context)
{
    (void)context;
    struct mock_server *server = start_server();
    cJSON_Delete(steer(server, "POST", "/_mock/orders/akinon", PARTS, 201));
    cancel(server, "\"is_all\":false,\"cancel_items\":[7001001],\"reasons\":{\"7001001\":12}");
    check_amounts(server, "0.00", "204.81");
    happens(server, "approve_items");
    check_amounts(server, "204.81", "204.81");
    cancel(server, "\"is_all\":true,\"cancel_items\":[],\"reasons\":{\"7001002\":12,\"7001003\":12}");
    check_amounts(server, "204.81", "90.04");
    happens(server, "approve");
    check_amounts(server, "294.85", "90.04");
    mock_server_stop(server);
}

static void reads_and_writes_amounts(void *context)
{
    (void)context;
    static const struct {
        const char *text;
        int64_t amount;
        const char *written;
    } rows[] = {
        {"286.10", 28610, "286.10"},
        {"0.005", 1, "0.01"},
        {"0.0049", 0, "0.00"},
        {"7", 700, "7.00"},
        {"-13.90", -1390, "-13.90"},
        {"-0.05", -5, "-0.05"},
        {"0.1", 10, "0.10"},
        {"", 0, "0.00"},
        {"1e3", 0, "0.00"},
        {"1.", 0, "0.00"},
        {"--1", 0, "0.00"},
        {"12a", 0, "0.00"},
        {"99999999999999", 0, "0.00"},
        {"9999999999999.99", INT64_C(999999999999999), "9999999999999.99"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char text[AKINON_AMOUNT_TEXT_MAX];
        CHECK_INTEGER(akinon_amount_read(rows[i].text), rows[i].amount);
        akinon_amount_write(rows[i].amount, text);
        CHECK_TEXT(text, rows[i].written);
    }
}

void suite_refunds(void)
{
    register_test("refunds", "adds up in two parts", adds_up_in_two_parts, NULL);
    register_test("refunds", "reads and writes amounts", reads_and_writes_amounts, NULL);
}
