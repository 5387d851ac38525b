/*
 * Requests that may be large and must not cost more than their size: a text that was measured anew for every character
 * held a thread for seconds, and the parts of a draft, each with its references, could have had all memory.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "base/text.h"
#include "tests/client.h"
#include "tests/suites.h"

static struct heard post(struct mock_server *server, const char *target, const char *headers, const char *body)
{
    cJSON *head = json_read_text(headers);
    struct heard heard = request(mock_server_port(server), "POST", target, head, body);
    cJSON_Delete(head);
    return heard;
}

static void expect(struct heard heard, int status, const char *words)
{
    CHECK_INTEGER(heard.status, status);
    CHECK(heard.body != NULL && strstr(heard.body, words) != NULL);
    heard_release(&heard);
}

/* ── iletiMerkezi: send-sms (providers: iletimerkezi 8.1, limits) ──────────────────────────────────────────────── */

static struct heard send_sms(struct mock_server *server, const char *text, const char *numbers)
{
    static const char form[] =
        "{\"request\":{\"authentication\":{\"key\":\"API_KEY\",\"hash\":\"API_HASH\"},\"order\":"
        "{\"sender\":\"APITEST\",\"message\":{\"text\":\"%s\",\"receipents\":{\"number\":[%s]}}}}}";
    char *body = mem_print(form, text, numbers);
    struct heard heard = post(server, "/v1/send-sms/json", "{\"Content-Type\":\"application/json\"}", body);
    free(body);
    return heard;
}

static void a_text_as_long_as_a_body(void *context)
{
    struct mock_server *server = start_server();
    size_t length = 1000 * 1000;
    char *text = mem_alloc(length + 1);
    (void)context;
    memset(text, 'a', length);
    text[length] = '\0';
    expect(send_sms(server, text, "\"5301234567\""), 453, "Sipariş boyutu aşıldı");
    free(text);
    mock_server_stop(server);
}

static char *some_numbers(int count)
{
    struct text text = TEXT_INIT(1024 * 1024);
    for (int i = 0; i < count; i++)
        text_print(&text, "%s5%09d", i == 0 ? "" : ",", i);
    return text_take(&text);
}

/* 50,000 are allowed, and more than the customer can pay for; one more is too many whatever he has. */
static void as_many_recipients_as_allowed(void *context)
{
    struct mock_server *server = start_server();
    char *most = some_numbers(50000), *more = some_numbers(50001);
    (void)context;
    expect(send_sms(server, "a", most), 402, "Bakiye yetersiz");
    expect(send_sms(server, "a", more), 453, "Sipariş boyutu aşıldı");
    free(most);
    free(more);
    mock_server_stop(server);
}

/* ── Zaikio: how many line items a draft takes is a limit of ours ──────────────────────────────────────────────── */

static const char orders[] = "/consumers/api/v1/orders";
static const char printer[] =
    "{\"Content-Type\":\"application/json\",\"Authorization\":\"Bearer zt-musterdruck-4f1d0c7a9e2b86350d1c\"}";
static const char too_many[] = "{\"errors\":{\"order_line_items\":[\"is too long (maximum is 1000 entries)\"]}}";

#define ITEM "{\"sku_id\":\"8c0d4f26-71ea-4b93-a5c8-2e6f9d1b7a05\",\"amount\":1}" /* at 0.01828 */

static struct heard create(struct mock_server *server, int count)
{
    struct text text = TEXT_INIT(1024 * 1024);
    text_add(&text, "{\"order\":{\"contract_id\":\"0c6f3a52-5b1e-4d1c-9a37-61d2c8e4f701\",");
    text_add(&text, "\"order_line_items_attributes\":[");
    for (int i = 0; i < count; i++)
        text_print(&text, "%s" ITEM, i == 0 ? "" : ",");
    text_add(&text, "]}}");
    struct heard heard = post(server, orders, printer, text_cstr(&text));
    text_release(&text);
    return heard;
}

static void as_many_line_items_as_fit(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    expect(create(server, 1001), 422, too_many);
    struct heard made = create(server, 1000);
    CHECK_INTEGER(made.status, 201);
    cJSON *order = json_read_text(made.body);
    CHECK_TEXT(json_string(order, "net_total"), "18.28"); /* the sum of its lines (8.2) */
    char *target = mem_print("%s/%s/order_line_items", orders, json_string_or(order, "id", ""));
    expect(post(server, target, printer, "{\"order_line_item\":" ITEM "}"), 422, too_many);
    free(target);
    cJSON_Delete(order);
    heard_release(&made);
    mock_server_stop(server);
}

void suite_large(void)
{
    register_test("large", "iletimerkezi: a text as long as a body", a_text_as_long_as_a_body, NULL);
    register_test("large", "iletimerkezi: 50,000 recipients, and one more", as_many_recipients_as_allowed, NULL);
    register_test("large", "zaikio: 1000 line items, and one more", as_many_line_items_as_fit, NULL);
}
