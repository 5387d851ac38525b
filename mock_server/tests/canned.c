/* An error that a test asks for by its status alone is worded as that provider words it (6 of its facts). */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "tests/client.h"
#include "tests/suites.h"

#define DUKKANGO     "PUT", "/api/integrations/orders/cancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"
#define FUNGIES      "PATCH", "/v0/orders/0c2d9a4e-5b1f-4e07-9c55-1f2e3d4c5b6a/cancel"
#define AKINON       "POST", "/api/i1/orders/1883/cancel/"
#define ILETIMERKEZI "POST", "/v1/cancel-order/json"
#define ILETI_XML    "POST", "/v1/cancel-order"
#define ZAIKIO       "PATCH", "/consumers/api/v1/orders/ffc75c94-aa79-450a-becc-2e398c079d93"
#define XML_HEAD     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

static struct canned_case {
    const char *method, *target;
    const char *fault; /* its parameters beside the kind */
    int status;
    const char *content_type; /* NULL: none */
    const char *body;
} cases[] = {
    {DUKKANGO, "\"status\":500", 500, "application/json", "{\"status\":false,\"error\":\"sunucu hatası\"}"},
    {DUKKANGO, "\"status\":401", 401, "application/json", "{\"status\":false,\"error\":\"yetkisiz erişim\"}"},
    {DUKKANGO, "\"status\":429", 429, "application/json",
     "{\"status\":false,\"error\":\"çok fazla istek\",\"message\":\"Çok fazla istek. Lütfen 30 saniye bekleyin.\"}"},
    {FUNGIES, "\"status\":500", 500, "application/json",
     "{\"status\":\"error\",\"error\":{\"message\":\"Internal Server Error\"}}"},
    {FUNGIES, "\"status\":404", 404, "application/json",
     "{\"status\":\"error\",\"error\":{\"message\":\"Order not found\"}}"},
    {AKINON, "\"status\":500", 500, "text/html; charset=utf-8", "<h1>Server Error (500)</h1>"},
    {AKINON, "\"status\":404", 404, "application/json", "{\"detail\":\"Not found.\"}"},
    {AKINON, "\"status\":406", 406, "application/json",
     "{\"non_field_errors\":[\"Order can't be cancelled in this status.\"],\"code\":\"order_cancel_status\"}"},
    {ILETIMERKEZI, "\"status\":503", 503, "application/json",
     "{\"response\":{\"status\":{\"code\":503,\"message\":\"Sunucu geçici olarak servis dışı\"}}}"},
    {ILETIMERKEZI, "\"status\":455", 455, "application/json",
     "{\"response\":{\"status\":{\"code\":455,\"message\":\"Sipariş bulunamadı\"}}}"},
    {ILETI_XML, "\"status\":503", 503, "text/xml; charset=utf-8",
     XML_HEAD "<response>\n  <status>\n    <code>503</code>\n    <message>Sunucu geçici olarak servis "
              "dışı</message>\n  </status>\n</response>\n"},
    {ZAIKIO, "\"status\":404", 404, "application/json; charset=utf-8", "{\"errors\":[\"not_found\"]}"},
    {ZAIKIO, "\"status\":401", 401, "application/json; charset=utf-8", "{\"errors\":[\"no_jwt_passed\"]}"},
    {ZAIKIO, "\"status\":429", 429, NULL, ""},
    /* what is said stays as it is said */
    {AKINON, "\"status\":500,\"body\":\"\"", 500, NULL, ""},
    {AKINON, "\"status\":500,\"body\":\"oops\",\"headers\":[[\"Content-Type\",\"text/plain\"]]", 500, "text/plain",
     "oops"},
    {FUNGIES, "\"status\":503,\"headers\":[[\"Content-Type\",\"application/problem+json\"]]", 503,
     "application/problem+json", "{\"status\":\"error\",\"error\":{\"message\":\"Service Unavailable\"}}"},
    {FUNGIES, "\"status\":302", 302, NULL, ""},
};

static void is_worded_by_the_provider(void *context)
{
    const struct canned_case *own = context;
    struct mock_server *server = start_server();
    char *fault = mem_print("{\"fault\":\"CANNED_RESPONSE\",%s}", own->fault), type[256];
    cJSON_Delete(steer(server, "POST", "/_mock/faults", fault, 201));
    struct heard heard = request(mock_server_port(server), own->method, own->target, NULL, "");
    CHECK_INTEGER(heard.status, own->status);
    CHECK_TEXT(heard_header(&heard, "Content-Type", type), own->content_type);
    CHECK_TEXT(heard.body, own->body);
    cJSON *entry = steer(server, "GET", "/_mock/requests/1", NULL, 200);
    CHECK(cJSON_IsNull(json_member(entry, "reason")));
    cJSON_Delete(entry);
    heard_release(&heard);
    free(fault);
    mock_server_stop(server);
}

/* Headers of the provider's own answer, and one of them said otherwise. */
static void takes_headers(void *context)
{
    struct mock_server *server = start_server();
    char reset[256], rule[256];
    (void)context;
    cJSON_Delete(steer(server, "POST", "/_mock/faults",
                       "{\"fault\":\"CANNED_RESPONSE\",\"status\":429,\"headers\":[[\"RateLimit-Rule\",\"1reqs/1s\"]]}",
                       201));
    struct heard heard = request(mock_server_port(server), ZAIKIO, NULL, "");
    CHECK_TEXT(heard_header(&heard, "RateLimit-Reset", reset), "1793523660"); /* 2026-11-01T09:01:00Z */
    CHECK_TEXT(heard_header(&heard, "RateLimit-Rule", rule), "1reqs/1s");
    CHECK(strstr(heard.head, "300reqs") == NULL);
    heard_release(&heard);
    mock_server_stop(server);
}

void suite_canned(void)
{
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char *name = mem_print("is worded by the provider %zu", i);
        register_test("canned", name, is_worded_by_the_provider, &cases[i]);
        free(name);
    }
    register_test("canned", "takes headers", takes_headers, NULL);
}
