/*
 * What exchanges cannot show of Akinon: amounts at each step, notes in the journal, that a reset forgets.
 *
 * What an order gives back when it is cancelled in parts: amounts worked out by hand, never by the code.
 *
 * Items 199.90, 49.95 and 50.10 are 299.95; shipping 24.90, discount 30.00: the customer paid 294.85.
 *
 *     part 1: 199.90 and the shipping cost. Share of the discount 30.00 × 199.90 / 299.95 = 19.9933… = 19.99.
 *             199.90 − 19.99 + 24.90 = 204.81
 *     part 2: 49.95 + 50.10 = 100.05, and what is left of the discount: 30.00 − 19.99 = 10.01.
 *             100.05 − 10.01 = 90.04; the shipping cost is gone.
 *     both:   204.81 + 90.04 = 294.85
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "providers/akinon/plan.h"
#include "session/records.h"
#include "tests/client.h"
#include "tests/suites.h"

#define PARTS                                                                                                          \
    "{\"id\":\"700100\",\"state\":\"approved\",\"document\":{\"amount\":\"294.85\",\"shipping_amount\":\"24.90\","     \
    "\"discount_amount\":\"30.00\",\"orderitem_set\":[{\"pk\":7001001,\"price\":\"199.90\"},"                          \
    "{\"pk\":7001002,\"price\":\"49.95\"},{\"pk\":7001003,\"price\":\"50.10\"}]}}"

/* One call by the fixtures' first account, which must answer `status`; its JSON, for the caller to delete. */
static cJSON *call(struct mock_server *server, const char *method, const char *target, const char *body, int status)
{
    cJSON *headers = cJSON_CreateObject();
    json_set_string(headers, "Authorization", "Token api_token");
    json_set_string(headers, "Content-Type", "application/json");
    struct heard heard = request(mock_server_port(server), method, target, headers, body);
    CHECK_INTEGER(heard.status, status);
    cJSON *answer = json_read_text(heard.body == NULL ? "" : heard.body);
    heard_release(&heard);
    cJSON_Delete(headers);
    return answer;
}

static void cancel(struct mock_server *server, const char *rest)
{
    char *body = mem_print("{\"order\":700100,\"forced_refund_amount\":null,\"is_cargo_refund\":true,%s}", rest);
    cJSON_Delete(call(server, "POST", "/api/i1/orders/700100/cancel/", body, 200));
    free(body);
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

/* ── Notes ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The first note of the latest request. */
static void check_note(struct mock_server *server, const char *note)
{
    cJSON *journal = steer(server, "GET", "/_mock/requests", NULL, 200);
    const cJSON *entries = json_member(journal, "requests");
    const cJSON *latest = entries == NULL ? NULL : cJSON_GetArrayItem(entries, cJSON_GetArraySize(entries) - 1);
    const cJSON *first = cJSON_GetArrayItem(json_member(latest, "notes"), 0);
    CHECK_TEXT(cJSON_IsString(first) ? first->valuestring : "none", note);
    cJSON_Delete(journal);
}

#define WHOLE(reason)                                                                                                  \
    "{\"order\":1883,\"is_all\":true,\"cancel_items\":[],\"reasons\":{\"70193\":" reason ",\"70194\":" reason "},"     \
    "\"forced_refund_amount\":null}"

static void notes_a_reason_of_the_other_kind(void *context)
{
    (void)context;
    struct mock_server *server = start_server();
    cJSON_Delete(call(server, "POST", "/api/i1/orders/1883/cancel/", WHOLE("20"), 200));
    check_note(server, "akinon 9.24: the plan is a cancel, and a reason is for refund (reason_type)");
    mock_server_stop(server);
}

static void notes_a_strategy_that_is_not_public(void *context)
{
    (void)context;
    struct mock_server *server = start_server();
    cJSON_Delete(call(server, "POST", "/api/v1/dynamic_settings",
                      "{\"key\":\"CANCELLATION_STRATEGY\",\"value\":\"StrategyTwo\"}", 201));
    cJSON_Delete(call(server, "POST", "/api/i1/orders/1883/cancel/", WHOLE("12"), 200));
    check_note(server, "akinon 8.4: StrategyTwo behaves like StrategyOne here (strategy_partial)");
    mock_server_stop(server);
}

/* ── Records ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void forgets_with_a_reset(void *context)
{
    (void)context;
    struct mock_server *server = start_server();
    cJSON_Delete(call(server, "DELETE", "/api/v1/channel/1/cancellation_reasons/12/", NULL, 204));
    cJSON_Delete(call(server, "POST", "/api/i1/orders/1883/cancel/", WHOLE("12"), 400));
    cJSON_Delete(steer(server, "POST", "/_mock/reset", NULL, 204));
    cJSON_Delete(call(server, "POST", "/api/i1/orders/1883/cancel/", WHOLE("12"), 200));
    mock_server_stop(server);
}

static void keeps_the_latest_records(void *context)
{
    (void)context;
    struct records *records = records_new();
    cJSON *value = cJSON_CreateString("x");
    for (int i = 0; i <= RECORDS_MAX; i++) {
        char name[32];
        snprintf(name, sizeof name, "batch %d", i);
        records_put(records, name, value);
    }
    records_put(records, "batch 1", value); /* it was there: nothing is forgotten for it */
    cJSON *oldest = records_get(records, "batch 0"), *next = records_get(records, "batch 1");
    cJSON *all = records_all(records, "batch "), *none = records_all(records, "setting ");
    CHECK(oldest == NULL && next != NULL);
    CHECK_INTEGER(cJSON_GetArraySize(all), RECORDS_MAX);
    CHECK_TEXT(all->child->string, "1");
    CHECK(none->child == NULL);
    records_clear(records);
    CHECK(records_get(records, "batch 1") == NULL);
    cJSON_Delete(next);
    cJSON_Delete(all);
    cJSON_Delete(none);
    cJSON_Delete(value);
    records_free(records);
}

void suite_akinon(void)
{
    register_test("akinon", "a refund adds up in two parts", adds_up_in_two_parts, NULL);
    register_test("akinon", "reads and writes amounts", reads_and_writes_amounts, NULL);
    register_test("akinon", "notes a reason of the other kind", notes_a_reason_of_the_other_kind, NULL);
    register_test("akinon", "notes a strategy that is not public", notes_a_strategy_that_is_not_public, NULL);
    register_test("akinon", "forgets with a reset", forgets_with_a_reset, NULL);
    register_test("akinon", "keeps the latest records", keeps_the_latest_records, NULL);
}
