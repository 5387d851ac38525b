/* The magic ids of the shipped fixtures that force a fault: each does so at the client, on a cancel, unasked. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "tests/client.h"
#include "tests/requests_of.h"
#include "tests/suites.h"

static const struct magic_case {
    const char *provider, *id;
    int status;        /* 0: no byte comes */
    const char *after; /* the order's state then; NULL: it is gone */
    const char *event; /* how it is cancelled; NULL: by the event that a race is run with */
} cases[] = {
    {"dukkango", "fa170000-0000-4000-8000-000000000500", 500, "CONFIRMED"},
    {"dukkango", "fa170000-0000-4000-8000-000000000502", 502, "CONFIRMED"},
    {"dukkango", "fa170000-0000-4000-8000-000000000598", 0, "CONFIRMED"},
    {"dukkango", "fa170000-0000-4000-8000-000000000599", 0, "CANCELED"},
    {"fungies", "fa170000-0000-4000-8000-000000000500", 500, "PENDING"},
    {"fungies", "fa170000-0000-4000-8000-000000000502", 502, "PENDING"},
    {"fungies", "fa170000-0000-4000-8000-000000000598", 0, "PENDING"},
    {"fungies", "fa170000-0000-4000-8000-000000000599", 0, "CANCELLED"},
    {"fungies", "L0stAnswer99", 0, "CANCELLED"}, /* the same order by its number */
    {"akinon", "1500", 500, "approved"},
    {"akinon", "1502", 502, "approved"},
    {"akinon", "1598", 0, "approved"},
    {"akinon", "1599", 0, "cancellation_waiting"},
    {"iletimerkezi", "500503", 503, "scheduled"},
    {"iletimerkezi", "500502", 502, "scheduled"},
    {"iletimerkezi", "500598", 0, "scheduled"},
    {"iletimerkezi", "500599", 0, "cancelled"},
    {"zaikio", "fa170000-0000-4000-8000-000000000500", 500, "transfer_failed"},
    {"zaikio", "fa170000-0000-4000-8000-000000000502", 502, "transfer_failed"},
    {"zaikio", "fa170000-0000-4000-8000-000000000598", 0, "transfer_failed"},
    {"zaikio", "fa170000-0000-4000-8000-000000000599", 0, "canceled_by_consumer"},
    {"zaikio", "fa170000-0000-4000-8000-000000000597", 0, "cancelation_requested", "request_cancelation"},
    {"zaikio", "fa170000-0000-4000-8000-000000000596", 0, NULL, "delete"},
};

static const struct client_event *cancel_of(const struct magic_case *own)
{
    for (size_t i = 0; i < client_event_count; i++) {
        const struct client_event *known = &client_events[i];
        bool meant = own->event == NULL ? known->second_status != 0 : strcmp(known->event, own->event) == 0;
        if (strcmp(known->provider, own->provider) == 0 && meant)
            return known;
    }
    abort();
}

static void check_after(struct mock_server *server, const struct magic_case *own)
{
    char *path = mem_print("/_mock/orders/%s/%s", own->provider, own->id);
    cJSON *order = steer(server, "GET", path, NULL, own->after == NULL ? 404 : 200);
    if (own->after != NULL)
        CHECK_TEXT(json_string(order, "state"), own->after);
    cJSON_Delete(order);
    free(path);
}

static void forces_its_fault(void *context)
{
    const struct magic_case *own = &cases[(size_t)(uintptr_t)context];
    const struct client_event *cancel = cancel_of(own);
    struct mock_server *server = start_server();
    char *knobs = mem_print("/_mock/knobs/%s", own->provider);
    if (cancel->knobs != NULL)
        cJSON_Delete(steer(server, "PATCH", knobs, cancel->knobs, 200));
    char *target = fill_id(cancel->target, own->id),
         *body = cancel->body == NULL ? NULL : fill_id(cancel->body, own->id);
    cJSON *headers = json_read_text(cancel->headers);
    struct heard heard = request(mock_server_port(server), cancel->method, target, headers, body);
    CHECK_INTEGER(heard.status, own->status);
    if (own->status == 0)
        CHECK_INTEGER(heard.total, 0);
    heard_release(&heard);
    cJSON *entry = steer(server, "GET", "/_mock/requests/1", NULL, 200);
    CHECK_TEXT(json_string(json_member(entry, "fault"), "id"), "magic");
    check_after(server, own);
    cJSON_Delete(entry);
    cJSON_Delete(headers);
    free(target);
    free(body);
    free(knobs);
    mock_server_stop(server);
}

/* A fault that a test set itself comes first, and DELETE faults leaves the magic ids as they are. */
static void a_fault_of_the_test_comes_first(void *context)
{
    struct mock_server *server = start_server();
    uint16_t port = mock_server_port(server);
    (void)context;
    cJSON_Delete(steer(server, "POST", "/_mock/faults", "{\"fault\":\"CANNED_RESPONSE\",\"status\":418}", 201));
    const char *target = "/v0/orders/fa170000-0000-4000-8000-000000000500/cancel";
    struct heard first = request(port, "PATCH", target, NULL, NULL);
    CHECK_INTEGER(first.status, 418);
    cJSON_Delete(steer(server, "DELETE", "/_mock/faults", NULL, 200));
    struct heard second = request(port, "PATCH", target, NULL, NULL);
    CHECK_INTEGER(second.status, 500);
    heard_release(&first);
    heard_release(&second);
    mock_server_stop(server);
}

void suite_magic(void)
{
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char *name = mem_print("%s %s", cases[i].provider, cases[i].id);
        register_test("magic", name, forces_its_fault, (void *)(uintptr_t)i);
        free(name);
    }
    register_test("magic", "a fault of the test comes first", a_fault_of_the_test_comes_first, NULL);
}
