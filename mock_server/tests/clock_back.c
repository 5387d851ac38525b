/* A clock that passes an event and is set back: what happened does not depend on whether somebody looked in between. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "tests/client.h"
#include "tests/fixture_folder.h"
#include "tests/suites.h"

#define START "{\"mode\":\"frozen\",\"now\":\"2026-11-01T09:00:00Z\"}"

static void set_clock(struct mock_server *server, const char *json)
{
    cJSON_Delete(steer(server, "PUT", "/_mock/clock", json, 200));
}

static void check_state(struct mock_server *server, const char *path, const char *state)
{
    cJSON *order = steer(server, "GET", path, NULL, 200);
    CHECK_TEXT(json_string(order, "state"), state);
    cJSON_Delete(order);
}

static struct back_case {
    const char *knobs; /* of PATCH /_mock/knobs/… */
    const char *knobs_path, *make_path;
    const char *make; /* an order to make; NULL: one of the fixtures */
    const char *order_path;
    const char *before, *after; /* states */
    const char *past, *back;    /* of PUT /_mock/clock */
} cases[] = {
    /* 7: an order that was handed to the carrier cannot be recalled */
    {NULL, NULL, NULL, NULL, "/_mock/orders/iletimerkezi/312891253", "scheduled", "completed",
     "{\"mode\":\"frozen\",\"now\":\"2026-11-09T09:00:00Z\"}", START},
    {NULL, NULL, NULL, NULL, "/_mock/orders/iletimerkezi/500599", "scheduled", "completed",
     "{\"mode\":\"frozen\",\"now\":\"2100-01-09T09:00:00Z\"}", "{\"mode\":\"real\"}"},
    {NULL, NULL, NULL, NULL, "/_mock/orders/iletimerkezi/500599", "scheduled", "completed",
     "{\"mode\":\"running\",\"rate\":1,\"now\":\"2100-01-09T09:00:00Z\"}", START},
    {"{\"accept_pace\":\"after:90s\"}", "/_mock/knobs/dukkango", "/_mock/orders/dukkango",
     "{\"id\":\"aaaaaaaa-0000-4000-8000-000000000009\",\"state\":\"RECEIVED\"}",
     "/_mock/orders/dukkango/aaaaaaaa-0000-4000-8000-000000000009", "RECEIVED", "CONFIRMED",
     "{\"mode\":\"frozen\",\"now\":\"2026-11-01T09:01:31Z\"}", START},
    /* what was not due is not */
    {"{\"accept_pace\":\"after:90s\"}", "/_mock/knobs/dukkango", "/_mock/orders/dukkango",
     "{\"id\":\"aaaaaaaa-0000-4000-8000-000000000009\",\"state\":\"RECEIVED\"}",
     "/_mock/orders/dukkango/aaaaaaaa-0000-4000-8000-000000000009", "RECEIVED", "RECEIVED",
     "{\"mode\":\"frozen\",\"now\":\"2026-11-01T09:01:29Z\"}", START},
};

static void is_the_same_whoever_looked(void *context)
{
    const struct back_case *own = context;
    for (int looks = 0; looks < 2; looks++) {
        struct mock_server *server = start_server();
        if (own->knobs != NULL)
            cJSON_Delete(steer(server, "PATCH", own->knobs_path, own->knobs, 200));
        if (own->make != NULL)
            cJSON_Delete(steer(server, "POST", own->make_path, own->make, 201));
        if (looks == 1)
            check_state(server, own->order_path, own->before);
        set_clock(server, own->past);
        if (looks == 1)
            check_state(server, own->order_path, own->after);
        set_clock(server, own->back);
        check_state(server, own->order_path, own->after);
        mock_server_stop(server);
    }
}

static struct mock_server *server_of_many(void)
{
    char folder[FOLDER_MAX];
    make_fixture_folder(folder, "iletimerkezi");
    replace_in_fixture(folder, "iletimerkezi", "orders.json", NULL,
                       "{\"orders\": [{\"id\": \"7{{n:6}}\", \"repeat\": 1000, \"account\": \"marti\", \"state\": "
                       "\"scheduled\", \"document\": {\"sendDateTime\": \"02/11/2026 10:00\"}}]}");
    struct mock_server *server = server_with_fixtures(folder, "iletimerkezi");
    remove_fixture_folder(folder);
    return server;
}

/* An order of a lazy seed is made late; the clock has passed it all the same, and only once. */
static void reaches_orders_that_nobody_asked_for(void *context)
{
    struct mock_server *server = server_of_many();
    (void)context;
    set_clock(server, START);
    check_state(server, "/_mock/orders/iletimerkezi/7000001", "scheduled");
    set_clock(server, "{\"mode\":\"frozen\",\"now\":\"2026-11-09T09:00:00Z\"}");
    set_clock(server, START);
    check_state(server, "/_mock/orders/iletimerkezi/7000001", "completed");
    check_state(server, "/_mock/orders/iletimerkezi/7000002", "completed");
    cJSON_Delete(steer(server, "PATCH", "/_mock/orders/iletimerkezi/7000002", "{\"state\":\"scheduled\"}", 200));
    check_state(server, "/_mock/orders/iletimerkezi/7000002", "scheduled"); /* that time is over */
    cJSON_Delete(steer(server, "POST", "/_mock/reset", NULL, 204));
    set_clock(server, START);
    check_state(server, "/_mock/orders/iletimerkezi/7000003", "scheduled"); /* nothing has been yet */
    mock_server_stop(server);
}

/* A token that has expired is not valid again. */
static void keeps_tokens_expired(void *context)
{
    struct mock_server *server = start_server();
    uint16_t port = mock_server_port(server);
    (void)context;
    cJSON *headers = json_read_text("{\"Content-Type\":\"application/json\"}");
    struct heard login = request(port, "POST", "/api/integrations/auth/login", headers,
                                 "{\"app_secret_key\":\"app-7c1d5b0e94f24a6db3e85c10f7a29d6b\",\"rest_secret_key\":"
                                 "\"rest-2f9a6e44d17b4c0a8e52b6903fd1c78a\"}");
    cJSON *answer = json_read_bytes(login.body, login.body_length);
    const char *token = json_string(json_member(answer, "data"), "access_token");
    CHECK_INTEGER(login.status, 200);
    CHECK(token != NULL);
    json_set_string(headers, "Access-Token", token);
    set_clock(server, "{\"mode\":\"frozen\",\"now\":\"2027-11-09T09:00:00Z\"}");
    set_clock(server, START);
    struct heard late = request(port, "GET", "/api/integrations/orders/variables", headers, NULL);
    CHECK_INTEGER(late.status, 401);
    cJSON_Delete(answer);
    cJSON_Delete(headers);
    heard_release(&login);
    heard_release(&late);
    mock_server_stop(server);
}

void suite_clock_back(void)
{
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char *name = mem_print("is the same whoever looked %zu", i);
        register_test("clock set back", name, is_the_same_whoever_looked, &cases[i]);
        free(name);
    }
    register_test("clock set back", "reaches orders that nobody asked for", reaches_orders_that_nobody_asked_for, NULL);
    register_test("clock set back", "keeps tokens expired", keeps_tokens_expired, NULL);
}
