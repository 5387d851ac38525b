/*
 * A lost answer, played to its end at every provider: the cancel whose connection ends without an answer, what reading
 * the order back shows, and what a second cancel is told; and its twin, where nothing was done and the repeat works.
 *
 * What is read and what a second cancel is told stand in section 7 and 8 of each provider's facts.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "tests/client.h"
#include "tests/requests_of.h"
#include "tests/suites.h"

struct reading {
    int status;
    const char *has, *lacks; /* parts of the body; NULL: none */
};

static struct lost_case {
    const char *provider;
    const char *lost, *twin; /* magic ids */
    const char *method, *target, *headers, *body;
    struct reading cancelled, open;
    const char *second; /* a part of the body that a second cancel gets */
} cases[] = {
    {"dukkango",
     "fa170000-0000-4000-8000-000000000599",
     "fa170000-0000-4000-8000-000000000598",
     /* the list of active orders is all that there is to read: what was there and is gone is cancelled */
     "GET",
     "/api/integrations/orders/get-current?status_id=2",
     "{\"Access-Token\":\"your-access-token\"}",
     NULL,
     {200, "fa170000-0000-4000-8000-000000000598", "fa170000-0000-4000-8000-000000000599"},
     {200, "fa170000-0000-4000-8000-000000000598", NULL},
     "{\"status\":false,\"error\":\"sipariş bulunamadı\"}"},
    {"fungies",
     "fa170000-0000-4000-8000-000000000599",
     "fa170000-0000-4000-8000-000000000598",
     "GET",
     "/v0/orders/%s",
     "{\"x-fngs-public-key\":\"pub_aM7pr0AR1oAi6SlGqJrmKUgc+OtC6gIm/98nVuni1qY=\"}",
     NULL,
     {200, "\"status\":\"CANCELLED\"", NULL},
     {200, "\"status\":\"PENDING\"", NULL},
     "\"status\":\"CANCELLED\""},
    {"akinon",
     "1599",
     "1598",
     "GET",
     "/api/i1/orders/%s/",
     "{\"Authorization\":\"Token f532e8b1c07d4a6f9e3b2d5c8a1f0e7d6b49332d\"}",
     NULL,
     {200, "\"status\":\"50\",\"cancel_status\":\"waiting\"", NULL},
     {200, "\"status\":\"400\"", "\"cancel_status\":\"waiting\""},
     "\"code\":\"order_cancel_more_then_one\""},
    {"iletimerkezi",
     "500599",
     "500598",
     "POST",
     "/v1/get-report/json",
     "{\"Content-Type\":\"application/json\"}",
     "{\"request\":{\"authentication\":{\"key\":\"API_KEY\",\"hash\":\"API_HASH\"},\"order\":{\"id\":\"%s\"}}}",
     {200, "\"status\":115", NULL},
     {456, "\"code\":456", NULL},
     "\"code\":455,\"message\":\"Sipariş bulunamadı\""},
    {"zaikio",
     "fa170000-0000-4000-8000-000000000599",
     "fa170000-0000-4000-8000-000000000598",
     "GET",
     "/consumers/api/v1/orders/%s",
     "{\"Authorization\":\"Bearer zt-musterdruck-4f1d0c7a9e2b86350d1c\"}",
     NULL,
     {200, "\"state\":\"canceled_by_consumer\"", NULL},
     {200, "\"state\":\"transfer_failed\"", NULL},
     "{\"errors\":{\"state_event\":[\"cannot transition when canceled by consumer\"]}}"},
};

static const struct client_event *cancel_of(const char *provider)
{
    for (size_t i = 0; i < client_event_count; i++)
        if (strcmp(client_events[i].provider, provider) == 0 && client_events[i].second_status != 0)
            return &client_events[i];
    abort();
}

static struct heard ask(struct mock_server *server, const char *method, const char *target, const char *headers,
                        const char *body, const char *id)
{
    char *filled_target = fill_id(target, id), *filled_body = fill_id(body, id);
    cJSON *pairs = json_read_text(headers);
    struct heard heard = request(mock_server_port(server), method, filled_target, pairs, filled_body);
    cJSON_Delete(pairs);
    free(filled_target);
    free(filled_body);
    return heard;
}

static struct heard cancel(struct mock_server *server, const struct client_event *event, const char *id)
{
    return ask(server, event->method, event->target, event->headers, event->body, id);
}

static struct mock_server *server_for(const struct client_event *event)
{
    struct mock_server *server = start_server();
    char *knobs = mem_print("/_mock/knobs/%s", event->provider);
    if (event->knobs != NULL)
        cJSON_Delete(steer(server, "PATCH", knobs, event->knobs, 200));
    free(knobs);
    return server;
}

static void check_no_byte(struct mock_server *server, const struct client_event *event, const char *id)
{
    struct heard heard = cancel(server, event, id);
    CHECK_INTEGER(heard.error, 0);
    CHECK_INTEGER(heard.total, 0);
    heard_release(&heard);
}

static void check_reading(struct mock_server *server, const struct lost_case *own, const char *id,
                          const struct reading *expected)
{
    struct heard heard = ask(server, own->method, own->target, own->headers, own->body, id);
    CHECK_INTEGER(heard.status, expected->status);
    if (expected->has != NULL)
        CHECK_CONTAINS(heard.body, expected->has);
    CHECK(expected->lacks == NULL || strstr(heard.body, expected->lacks) == NULL);
    heard_release(&heard);
}

static void check_cancel(struct mock_server *server, const struct client_event *event, const char *id, int status,
                         const char *part)
{
    struct heard heard = cancel(server, event, id);
    CHECK_INTEGER(heard.status, status);
    CHECK_CONTAINS(heard.body, part);
    heard_release(&heard);
}

static void is_found_cancelled(void *context)
{
    const struct lost_case *own = context;
    const struct client_event *event = cancel_of(own->provider);
    struct mock_server *server = server_for(event);
    check_no_byte(server, event, own->lost);
    check_reading(server, own, own->lost, &own->cancelled);
    check_cancel(server, event, own->lost, event->second_status, own->second);
    /* from the beginning: it is lost again */
    cJSON_Delete(steer(server, "POST", "/_mock/reset", NULL, 204));
    if (event->knobs == NULL)
        check_no_byte(server, event, own->lost);
    mock_server_stop(server);
}

static void is_found_open(void *context)
{
    const struct lost_case *own = context;
    const struct client_event *event = cancel_of(own->provider);
    struct mock_server *server = server_for(event);
    check_no_byte(server, event, own->twin);
    check_reading(server, own, own->twin, &own->open);
    check_cancel(server, event, own->twin, 200, "");
    check_cancel(server, event, own->twin, event->second_status, own->second);
    mock_server_stop(server);
}

/* A cancel that is refused is answered, and the next one, which is carried out, still loses its answer. */
static void a_refusal_is_answered(void *context)
{
    const struct lost_case *own = context;
    const struct client_event *event = cancel_of(own->provider);
    struct mock_server *server = server_for(event);
    struct heard heard =
        ask(server, event->method, event->target, "{\"Content-Type\":\"application/json\"}", "{}", own->lost);
    CHECK(heard.status >= 400 && heard.status < 500);
    heard_release(&heard);
    check_no_byte(server, event, own->lost);
    check_reading(server, own, own->lost, &own->cancelled);
    mock_server_stop(server);
}

/* What one session met is nothing to another. */
static void each_session_loses_its_own(void *context)
{
    const struct client_event *event = cancel_of("fungies");
    struct mock_server *server = start_server();
    (void)context;
    cJSON_Delete(steer(server, "POST", "/_mock/sessions", "{\"id\":\"other\"}", 201));
    check_no_byte(server, event, "fa170000-0000-4000-8000-000000000599");
    struct heard heard = ask(server, event->method, "/_s/other/v0/orders/%s/cancel", event->headers, event->body,
                             "fa170000-0000-4000-8000-000000000599");
    CHECK_INTEGER(heard.total, 0);
    heard_release(&heard);
    mock_server_stop(server);
}

/* Reading an order whose cancels fail is no cancel. */
static void a_read_meets_no_fault(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    struct heard heard = ask(server, "GET", "/v0/orders/%s",
                             "{\"x-fngs-public-key\":\"pub_aM7pr0AR1oAi6SlGqJrmKUgc+OtC6gIm/98nVuni1qY=\"}", NULL,
                             "fa170000-0000-4000-8000-000000000500");
    CHECK_INTEGER(heard.status, 200);
    CHECK_CONTAINS(heard.body, "\"status\":\"PENDING\"");
    heard_release(&heard);
    mock_server_stop(server);
}

void suite_lost_answers(void)
{
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char *lost = mem_print("%s: cancelled, and found so", cases[i].provider);
        char *twin = mem_print("%s: not cancelled, and the repeat works", cases[i].provider);
        register_test("lost answers", lost, is_found_cancelled, &cases[i]);
        char *refused = mem_print("%s: a refusal is answered", cases[i].provider);
        register_test("lost answers", twin, is_found_open, &cases[i]);
        register_test("lost answers", refused, a_refusal_is_answered, &cases[i]);
        free(lost);
        free(twin);
        free(refused);
    }
    register_test("lost answers", "each session loses its own", each_session_loses_its_own, NULL);
    register_test("lost answers", "a read meets no fault", a_read_meets_no_fault, NULL);
}
