/* Orders with "repeat": found by every name, one each, the same whenever they are met. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "base/text.h"
#include "tests/client.h"
#include "tests/fixture_folder.h"
#include "tests/suites.h"

#define TOKEN "{\"Access-Token\": \"your-access-token\", \"Content-Type\": \"application/json\"}"

/* A server whose orders.json is this; the folder is gone again, since it has been read. */
static struct mock_server *server_of(const char *provider, const char *orders)
{
    char folder[FOLDER_MAX];
    make_fixture_folder(folder, provider);
    replace_in_fixture(folder, provider, "orders.json", NULL, orders);
    struct mock_server *server = server_with_fixtures(folder, provider);
    remove_fixture_folder(folder);
    return server;
}

static cJSON *order_named(struct mock_server *server, const char *provider, const char *name, int status)
{
    char *path = mem_print("/_mock/orders/%s/%s", provider, name);
    cJSON *order = steer(server, "GET", path, NULL, status);
    free(path);
    return order;
}

static void check_order(struct mock_server *server, const char *provider, const char *name, const char *id)
{
    cJSON *order = order_named(server, provider, name, 200);
    CHECK_TEXT(json_string(order, "id"), id);
    cJSON_Delete(order);
}

static void numbers_every_string(void *context)
{
    (void)context;
    struct mock_server *server =
        server_of("dukkango",
                  "{\"orders\": [{\"id\": \"x{{n}}\", \"aliases\": [\"y-{{n:4}}\"], \"state\": \"CONFIRMED\", "
                  "\"account\": \"sahil\", \"repeat\": 12, \"document\": {\"restaurant_name\": \"No {{n}} of {{n}}\", "
                  "\"customer\": {\"name\": \"C{{n}}\"}}}]}");
    cJSON *order = order_named(server, "dukkango", "y-0007", 200);
    const cJSON *document = json_member(order, "document");
    CHECK_TEXT(json_string(order, "id"), "x7");
    CHECK_TEXT(json_string(order, "state"), "CONFIRMED");
    CHECK_TEXT(json_string(order, "account"), "sahil");
    CHECK_TEXT(json_string(document, "payment_key"), "x7");
    CHECK_TEXT(json_string(document, "restaurant_name"), "No 7 of 7");
    CHECK_TEXT(json_string(json_member(document, "customer"), "name"), "C7");
    cJSON_Delete(order);
    check_order(server, "dukkango", "x12", "x12");
    static const char *const nobody[] = {"x0", "x13", "x07", "x", "y-7", "y-0000", "y-00007", "z1", "x1x"};
    for (size_t i = 0; i < COUNT_OF(nobody); i++)
        cJSON_Delete(order_named(server, "dukkango", nobody[i], 404));
    mock_server_stop(server);
}

static void numbers_one(void *context)
{
    (void)context;
    struct mock_server *server =
        server_of("dukkango", "{\"orders\": [{\"id\": \"x{{n}}\", \"repeat\": 1}, {\"id\": \"{{n}}\"}]}");
    check_order(server, "dukkango", "x1", "x1");
    check_order(server, "dukkango", "%7B%7Bn%7D%7D", "{{n}}"); /* without "repeat" it is text */
    mock_server_stop(server);
}

static void makes_integers(void *context)
{
    (void)context;
    struct mock_server *server = server_of("akinon", "{\"orders\": [{\"id\": \"5{{n}}\", \"repeat\": 10000000}]}");
    cJSON *order = order_named(server, "akinon", "510000000", 200);
    char *pk = json_write(json_member(json_member(order, "document"), "pk"));
    CHECK_TEXT(pk, "510000000");
    free(pk);
    cJSON_Delete(order);
    cJSON_Delete(order_named(server, "akinon", "510000001", 404));
    mock_server_stop(server);
}

/* Fungies takes the '#' off a number and an id's upper case away: those names are found at once, too. */
static void knows_names_that_the_provider_derives(void *context)
{
    (void)context;
    struct mock_server *server =
        server_of("fungies", "{\"orders\": [{\"id\": \"0C2D9A4E-5B1F-4E07-9C55-{{n:12}}\", \"repeat\": 300, "
                             "\"document\": {\"number\": \"#N{{n}}\"}}]}");
    check_order(server, "fungies", "N123", "0C2D9A4E-5B1F-4E07-9C55-000000000123");
    check_order(server, "fungies", "%23N124", "0C2D9A4E-5B1F-4E07-9C55-000000000124");
    check_order(server, "fungies", "0c2d9a4e-5b1f-4e07-9c55-000000000125", "0C2D9A4E-5B1F-4E07-9C55-000000000125");
    mock_server_stop(server);
}

/* Drawn ids and counted numbers do not depend on which orders were met before; and a reset draws them again. */
static void does_not_depend_on_who_is_met_first(void *context)
{
    (void)context;
    static const char orders[] = "{\"orders\": [{\"id\": \"0c2d9a4e-5b1f-4e07-9c55-{{n:12}}\", \"repeat\": 5}]}";
    static const char third[] = "0c2d9a4e-5b1f-4e07-9c55-000000000003",
                      fourth[] = "0c2d9a4e-5b1f-4e07-9c55-000000000004";
    struct mock_server *server = server_of("fungies", orders);
    cJSON *alone = order_named(server, "fungies", third, 200);
    cJSON_Delete(steer(server, "POST", "/_mock/reset", NULL, 204));
    cJSON *neighbour = order_named(server, "fungies", fourth, 200), *again = order_named(server, "fungies", third, 200);
    CHECK(json_equal(alone, again));
    const char *number = json_string(json_member(again, "document"), "number");
    CHECK(number != NULL && strcmp(number, json_string(json_member(neighbour, "document"), "number")) != 0);
    check_order(server, "fungies", number, third); /* a drawn name is known once the order has been met */
    cJSON_Delete(alone);
    cJSON_Delete(neighbour);
    cJSON_Delete(again);
    mock_server_stop(server);
}

/* What is made by hand does not share a counted number with an order that nobody has met yet. */
static void keeps_its_numbers(void *context)
{
    (void)context;
    struct mock_server *server = server_of("dukkango", "{\"orders\": [{\"id\": \"x{{n}}\", \"repeat\": 4}]}");
    cJSON *made = steer(server, "POST", "/_mock/orders/dukkango", "{}", 201);
    int64_t seen[5] = {0};
    json_integer(json_member(json_member(made, "document"), "id"), &seen[0]);
    for (int n = 1; n <= 4; n++) {
        char name[16];
        snprintf(name, sizeof name, "x%d", n);
        cJSON *order = order_named(server, "dukkango", name, 200);
        json_integer(json_member(json_member(order, "document"), "id"), &seen[n]);
        for (int earlier = 0; earlier < n; earlier++)
            CHECK(seen[earlier] != seen[n]);
        cJSON_Delete(order);
    }
    cJSON_Delete(made);
    mock_server_stop(server);
}

/* Their stamps are of the moment when the session began. */
static void does_not_age_by_waiting(void *context)
{
    (void)context;
    struct mock_server *server = server_of("fungies", "{\"orders\": [{\"id\": \"A{{n}}\", \"repeat\": 2}]}");
    cJSON_Delete(steer(server, "POST", "/_mock/clock/advance", "{\"days\": 14}", 200));
    cJSON *order = order_named(server, "fungies", "A2", 200);
    int64_t created = 0;
    json_integer(json_member(json_member(order, "document"), "createdAt"), &created);
    CHECK_INTEGER(created, INT64_C(1793523600000)); /* 2026-11-01T09:00:00Z */
    cJSON_Delete(order);
    mock_server_stop(server);
}

static void is_listed_in_the_order_of_the_file(void *context)
{
    (void)context;
    struct mock_server *server =
        server_of("dukkango", "{\"orders\": [{\"id\": \"a\"}, {\"id\": \"x{{n}}\", \"repeat\": 3}, {\"id\": \"b\"}]}");
    static const char *const expected[] = {"a", "x1", "x2", "x3", "b", "c"};
    check_order(server, "dukkango", "x2", "x2");
    cJSON_Delete(steer(server, "POST", "/_mock/orders/dukkango", "{\"id\": \"c\"}", 201));
    cJSON *answer = steer(server, "GET", "/_mock/orders?provider=dukkango", NULL, 200);
    const cJSON *orders = json_member(answer, "orders");
    CHECK_INTEGER(cJSON_GetArraySize(orders), COUNT_OF(expected));
    for (size_t i = 0; i < COUNT_OF(expected); i++)
        CHECK_TEXT(json_string(cJSON_GetArrayItem(orders, (int)i), "id"), expected[i]);
    cJSON_Delete(answer);
    mock_server_stop(server);
}

/* The ids of one part of the list, in a row; what its "next" says in *next, -1 for the end. */
static char *part(struct mock_server *server, int64_t since, int64_t *next)
{
    char *path = mem_print("/_mock/orders?limit=2&since=%lld", (long long)since), *ids = mem_dup("");
    cJSON *answer = steer(server, "GET", path, NULL, 200);
    const cJSON *order = NULL;
    cJSON_ArrayForEach (order, json_member(answer, "orders")) {
        char *more = mem_print("%s%s ", ids, json_string_or(order, "id", ""));
        free(ids);
        ids = more;
    }
    if (!json_integer(json_member(answer, "next"), next))
        *next = cJSON_IsNull(json_member(answer, "next")) ? -1 : -2;
    cJSON_Delete(answer);
    free(path);
    return ids;
}

/* Of a million only those are made that are shown; a part of which all are gone is empty, and the list goes on. */
static void is_listed_in_parts(void *context)
{
    static const char *const parts[] = {"a x1 ", "x2 x3 ", "x4 c1 ", "c2 c3 ", "b "};
    struct mock_server *server =
        server_of("dukkango", "{\"orders\": [{\"id\": \"a\"}, {\"id\": \"x{{n}}\", \"repeat\": 4},"
                              " {\"id\": \"c{{n}}\", \"repeat\": 1000000}, {\"id\": \"b\"}]}");
    (void)context;
    int64_t at = 0;
    for (size_t i = 0; i < 4; i++) {
        char *ids = part(server, at, &at);
        CHECK_TEXT(ids, parts[i]);
        free(ids);
    }
    CHECK_INTEGER(at, 8);
    char *last = part(server, 1000005, &at);
    CHECK_TEXT(last, parts[4]);
    CHECK_INTEGER(at, -1);
    cJSON_Delete(steer(server, "DELETE", "/_mock/orders/dukkango/c2", NULL, 204));
    cJSON_Delete(steer(server, "DELETE", "/_mock/orders/dukkango/c3", NULL, 204));
    char *gone = part(server, 6, &at);
    CHECK_TEXT(gone, "");
    CHECK_INTEGER(at, 8);
    free(last);
    free(gone);
    mock_server_stop(server);
}

static int cancel(struct mock_server *server, const char *id)
{
    char *target = mem_print("/api/integrations/orders/cancel/%s", id);
    cJSON *headers = json_read_text(TOKEN);
    struct heard heard = request(mock_server_port(server), "PUT", target, headers, "{\"reason_id\":3}");
    int status = heard.status;
    heard_release(&heard);
    cJSON_Delete(headers);
    free(target);
    return status;
}

static void lives_like_any_other(void *context)
{
    (void)context;
    struct mock_server *server = server_of(
        "dukkango",
        "{\"orders\": [{\"id\": \"00000000-0000-4000-8000-{{n:12}}\", \"account\": \"cinaralti\", \"repeat\": "
        "1000000}]}");
    static const char last[] = "00000000-0000-4000-8000-000001000000", first[] = "00000000-0000-4000-8000-000000000001";
    CHECK_INTEGER(cancel(server, last), 200);
    CHECK_INTEGER(cancel(server, last), 404);
    cJSON *order = order_named(server, "dukkango", last, 200);
    CHECK_TEXT(json_string(order, "state"), "CANCELED");
    cJSON_Delete(order);

    char *path = mem_print("/_mock/orders/dukkango/%s", first), *json = mem_print("{\"id\": \"%s\"}", first);
    cJSON_Delete(steer(server, "POST", "/_mock/orders/dukkango", json, 409)); /* its name is taken, met or not */
    cJSON_Delete(steer(server, "DELETE", path, NULL, 204));
    cJSON_Delete(steer(server, "GET", path, NULL, 404)); /* and it does not come back */
    CHECK_INTEGER(cancel(server, first), 404);
    cJSON_Delete(steer(server, "POST", "/_mock/orders/dukkango", json, 201));
    cJSON_Delete(steer(server, "POST", "/_mock/reset", NULL, 204));
    CHECK_INTEGER(cancel(server, last), 200);
    free(path);
    free(json);
    mock_server_stop(server);
}

static void is_no_business_of_the_control_api(void *context)
{
    (void)context;
    struct mock_server *server = start_server();
    cJSON *failure = steer(server, "POST", "/_mock/orders/dukkango", "{\"id\": \"x{{n}}\", \"repeat\": 2}", 400);
    CHECK_TEXT(json_string(failure, "error"), "unknown member \"repeat\"");
    cJSON_Delete(failure);
    mock_server_stop(server);
}

void suite_repeat(void)
{
    register_test("repeat", "the number stands in every string", numbers_every_string, NULL);
    register_test("repeat", "one is numbered too", numbers_one, NULL);
    register_test("repeat", "ids that are integers", makes_integers, NULL);
    register_test("repeat", "names that the provider derives", knows_names_that_the_provider_derives, NULL);
    register_test("repeat", "it does not matter who is met first", does_not_depend_on_who_is_met_first, NULL);
    register_test("repeat", "counted numbers are theirs alone", keeps_its_numbers, NULL);
    register_test("repeat", "stamps are of the beginning", does_not_age_by_waiting, NULL);
    register_test("repeat", "lists are in the order of the file", is_listed_in_the_order_of_the_file, NULL);
    register_test("repeat", "lists are shown in parts", is_listed_in_parts, NULL);
    register_test("repeat", "cancelled, removed and reset like any other", lives_like_any_other, NULL);
    register_test("repeat", "the control API makes one at a time", is_no_business_of_the_control_api, NULL);
}
