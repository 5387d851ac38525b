/* Faults that an order of orders.json or a stub brings along: nobody arms them. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "base/text.h"
#include "tests/client.h"
#include "tests/fixture_folder.h"
#include "tests/suites.h"

#define ONE "0c2d9a4e-5b1f-4e07-9c55-1f2e3d4c5b6a"

static const char orders[] =
    "{\"orders\": [\n"
    " {\"id\": \"" ONE "\", \"fault\": {\"fault\": \"ERROR_STATUS\", \"status\": 503, \"when\": {\"first\": 1}}},\n"
    " {\"id\": \"5a1fb0c2-0000-4000-8000-{{n:12}}\", \"repeat\": 50, \"fault\": {\"fault\": \"ERROR_STATUS\", "
    "\"status\": 502, \"times\": 2}},\n"
    " {\"id\": \"6b2fb0c2-0000-4000-8000-000000000001\", \"fault\": {\"fault\": \"ERROR_STATUS\", \"status\": 504, "
    "\"match\": {\"operation\": \"get_order\"}}}]}\n";

static const char stubs[] =
    "{\"stub\": true, \"exchanges\": [\n"
    " {\"name\": \"lost\", \"request\": {\"method\": \"GET\", \"target\": \"/v0/lost\"}, \"response\": {\"status\": "
    "218},"
    " \"fault\": {\"fault\": \"EMPTY_RESPONSE\", \"when\": {\"every\": 2}}},\n"
    " {\"name\": \"bent\", \"request\": {\"method\": \"GET\", \"target\": \"/v0/bent\"},"
    " \"response\": {\"status\": 219, \"json\": {\"a\": 1}},"
    " \"fault\": {\"fault\": \"SCHEMA_DRIFT\", \"phase\": \"after_commit\", \"patch\": [{\"op\": \"number_as_string\","
    " \"path\": \"/a\"}], \"match\": {\"header\": {\"name\": \"X-Bend\"}}}}]}\n";

/* Each in a session of its own: statuses of the requests, 0 where nothing came. */
static const struct fixture_case {
    const char *name, *method, *target, *headers, *statuses, *label;
} cases[] = {
    {"an order, on its first cancel", "PATCH", "/v0/orders/" ONE "/cancel", NULL, "503 401 401 ", "order"},
    {"an order, not when it is read", "GET", "/v0/orders/" ONE, NULL, "401 401 401 ", NULL},
    {"one of many orders, together twice", "PATCH", "/v0/orders/5a1fb0c2-0000-4000-8000-000000000050/cancel", NULL,
     "502 502 401 ", "order"},
    {"an order beyond them", "PATCH", "/v0/orders/5a1fb0c2-0000-4000-8000-000000000051/cancel", NULL, "401 401 401 ",
     NULL},
    {"an order, when it is read", "GET", "/v0/orders/6b2fb0c2-0000-4000-8000-000000000001", NULL, "504 504 504 ",
     "order"},
    {"a stub, every second time", "GET", "/v0/lost", NULL, "218 0 218 ", NULL},
    {"a stub, for no such header", "GET", "/v0/bent", NULL, "219 219 219 ", NULL},
    {"a stub, for a header", "GET", "/v0/bent", "{\"X-Bend\":\"1\"}", "219 219 219 ", "stub"},
};

static struct mock_server *start(void)
{
    char folder[FOLDER_MAX];
    make_fixture_folder(folder, "fungies");
    replace_in_fixture(folder, "fungies", "orders.json", NULL, orders);
    replace_in_fixture(folder, "fungies", "exchanges/stubs.json", NULL, stubs);
    struct mock_server *server = server_with_fixtures(folder, "fungies");
    remove_fixture_folder(folder);
    return server;
}

static void ask_thrice(struct mock_server *server, const struct fixture_case *own, struct text *statuses)
{
    cJSON *headers = own->headers == NULL ? NULL : json_read_text(own->headers);
    for (int i = 0; i < 3; i++) {
        struct heard heard = request(mock_server_port(server), own->method, own->target, headers, NULL);
        text_print(statuses, "%d ", heard.status);
        if (own->headers != NULL)
            CHECK_TEXT(heard.body, "{\"a\":\"1\"}");
        heard_release(&heard);
    }
    cJSON_Delete(headers);
}

static void brings_it_along(void *context)
{
    const struct fixture_case *own = context;
    struct mock_server *server = start();
    struct text statuses = TEXT_INIT(64);
    ask_thrice(server, own, &statuses);
    CHECK_TEXT(text_cstr(&statuses), own->statuses);
    cJSON *entry = steer(server, "GET", "/_mock/requests/1", NULL, 200);
    CHECK_TEXT(json_string(json_member(entry, "fault"), "id"), own->label);
    cJSON_Delete(entry);
    cJSON_Delete(steer(server, "POST", "/_mock/reset", NULL, 204)); /* and a reset begins again */
    text_clear(&statuses);
    ask_thrice(server, own, &statuses);
    CHECK_TEXT(text_cstr(&statuses), own->statuses);
    text_release(&statuses);
    mock_server_stop(server);
}

void suite_fixture_faults(void)
{
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        register_test("faults of fixtures", cases[i].name, brings_it_along, (void *)(uintptr_t)&cases[i]);
}
