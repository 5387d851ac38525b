#include "tests/requests_of.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"

#define DUKKANGO "{\"Access-Token\":\"your-access-token\",\"Content-Type\":\"application/json\"}"
#define FUNGIES                                                                                                        \
    "{\"x-fngs-public-key\":\"<api-key>\",\"x-fngs-secret-key\":\"<api-key>\",\"Content-Type\":\"application/json\"}"
#define AKINON          "{\"Authorization\":\"Token api_token\",\"Content-Type\":\"application/json\"}"
#define ILETIMERKEZI    "{\"Content-Type\":\"application/json\"}"
#define ZAIKIO          "{\"Authorization\":\"Bearer " ZAIKIO_TOKEN "\",\"Content-Type\":\"application/json\"}"
#define ZAIKIO_TOKEN    "zt-musterdruck-4f1d0c7a9e2b86350d1c"

#define ZAIKIO_PATH     "/consumers/api/v1/orders/%s"
#define STATE_EVENT(it) "{\"order\":{\"state_event\":\"" it "\"}}"

const struct client_event client_events[] = {
    {"dukkango", "cancel", "PUT", "/api/integrations/orders/cancel/%s", DUKKANGO, "{\"reason_id\":3}",
     .second_status = 404},
    {"dukkango", "client_accepts", "PUT", "/api/integrations/orders/accept/%s", DUKKANGO, "{\"preparing_time\":30}"},
    {"dukkango", "client_hands_over", "PUT", "/api/integrations/orders/ontheway/%s", DUKKANGO, NULL},
    {"dukkango", "client_completes", "PUT", "/api/integrations/orders/complete/%s", DUKKANGO, NULL},
    {"dukkango", "client_acknowledges", "PUT", "/api/integrations/orders/success/%s", DUKKANGO, NULL},
    {"fungies", "cancel", "PATCH", "/v0/orders/%s/cancel", FUNGIES, "{}", .second_status = 200},
    {"fungies", "update_to_cancelled", "PATCH", "/v0/orders/%s/update", FUNGIES, "{\"status\":\"CANCELLED\"}"},
    {"fungies", "update_to_paid", "PATCH", "/v0/orders/%s/update", FUNGIES, "{\"status\":\"PAID\"}"},
    {"akinon", "cancel", "POST", "/api/i1/orders/%s/cancel/", AKINON,
     "{\"order\":%s,\"is_all\":true,\"cancel_items\":[],\"reasons\":{},\"forced_refund_amount\":null}",
     .knobs = "{\"reasons_when_all\":\"optional\"}", .second_status = 406},
    {"akinon", "mark_as_sent", "PATCH", "/api/v1/orders/%s/", AKINON, "{\"is_send\":true}"},
    {"iletimerkezi", "cancel", "POST", "/v1/cancel-order/json", ILETIMERKEZI,
     "{\"request\":{\"authentication\":{\"key\":\"API_KEY\",\"hash\":\"API_HASH\"},\"order\":{\"id\":\"%s\"}}}",
     .second_status = 455},
    {"zaikio", "cancel_by_consumer", "PATCH", ZAIKIO_PATH, ZAIKIO, STATE_EVENT("cancel_by_consumer"),
     .second_status = 422},
    {"zaikio", "request_cancelation", "PATCH", ZAIKIO_PATH, ZAIKIO, STATE_EVENT("request_cancelation")},
    {"zaikio", "place", "PATCH", ZAIKIO_PATH, ZAIKIO, STATE_EVENT("place")},
    {"zaikio", "delete", "DELETE", ZAIKIO_PATH, ZAIKIO, NULL},
};

const size_t client_event_count = COUNT_OF(client_events);

char *fill_id(const char *pattern, const char *id)
{
    struct text text = TEXT_INIT(4096);
    const char *at = pattern == NULL ? NULL : strstr(pattern, "%s");
    if (at == NULL)
        return mem_dup(pattern);
    text_add_bytes(&text, pattern, (size_t)(at - pattern));
    text_add(&text, id);
    text_add(&text, at + 2);
    return text_take(&text);
}
