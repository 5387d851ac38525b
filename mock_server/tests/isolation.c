/*
 * What is one session's own, or one account's, stays so: when clients log in, when sessions of one name are made at the
 * same time, when one is reset by several, when strangers read an order, and when a clock is set back.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "tests/client.h"
#include "tests/suites.h"

/* ── Tokens ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *credential(const cJSON *credentials, const char *provider, const char *name)
{
    return json_string_or(json_member(credentials, provider), name, "");
}

/* The key that a log-in at Akinon issues; it says no more of the session than the user name does. */
static char *log_in(struct mock_server *server, const char *user, const char *password)
{
    cJSON *headers = json_read_text("{\"Content-Type\":\"application/json\"}"), *body = cJSON_CreateObject();
    json_set_string(body, "username", user);
    json_set_string(body, "password", password);
    char *text = json_write(body);
    struct heard heard = request(mock_server_port(server), "POST", "/api/i1/auth/login/", headers, text);
    cJSON *answer = json_read_text(heard.body);
    char *key = mem_dup(json_string_or(answer, "key", ""));
    CHECK_INTEGER(heard.status, 200);
    cJSON_Delete(answer);
    cJSON_Delete(headers);
    cJSON_Delete(body);
    heard_release(&heard);
    free(text);
    return key;
}

static int read_order(struct mock_server *server, const char *id, const char *key)
{
    cJSON *headers = cJSON_CreateObject();
    char *token = mem_print("Token %s", key), *target = mem_print("/api/i1/orders/%s/", id);
    json_set_string(headers, "Authorization", token);
    struct heard heard = request(mock_server_port(server), "GET", target, headers, NULL);
    int status = heard.status;
    heard_release(&heard);
    cJSON_Delete(headers);
    free(token);
    free(target);
    return status;
}

/* The sessions have one seed. A client that knows no session is told apart by the token alone. */
static void a_token_is_of_one_session(void *context)
{
    struct mock_server *server = start_server();
    char *keys[3] = {log_in(server, "integration@modabutik.example", "Ürün-Akışı-42"), NULL, NULL};
    (void)context;
    for (int i = 1; i < 3; i++) {
        cJSON *session = steer(server, "POST", "/_mock/sessions", i == 1 ? "{\"id\":\"a\"}" : "{\"id\":\"b\"}", 201);
        const cJSON *own = json_member(session, "credentials");
        keys[i] = log_in(server, credential(own, "akinon", "username"), credential(own, "akinon", "password"));
        cJSON_Delete(session);
    }
    cJSON *order = steer(server, "POST", "/_mock/orders/akinon?session=a", "{\"id\":\"987654\"}", 201);
    CHECK_INTEGER(read_order(server, "987654", keys[0]), 404);
    CHECK_INTEGER(read_order(server, "987654", keys[1]), 200);
    CHECK_INTEGER(read_order(server, "987654", keys[2]), 404);
    cJSON_Delete(steer(server, "DELETE", "/_mock/sessions/a", NULL, 200));
    CHECK_INTEGER(read_order(server, "987654", keys[1]), 401);
    cJSON_Delete(order);
    for (int i = 0; i < 3; i++)
        free(keys[i]);
    mock_server_stop(server);
}

/* ── At the same time ──────────────────────────────────────────────────────────────────────────────────────────── */

#define WORKERS 6
#define ROUNDS  20

struct worker {
    pthread_t thread;
    pthread_barrier_t *start;
    struct mock_server *server;
    const char *path, *json;
    int status;
};

static void *call(void *context)
{
    struct worker *own = context;
    pthread_barrier_wait(own->start);
    own->status = mock_server_control(own->server, "POST", own->path, own->json, NULL);
    return NULL;
}

/* How many of the calls, made at once, answered that status. */
static int call_at_once(struct mock_server *server, const char *path, const char *json, int status)
{
    struct worker workers[WORKERS];
    pthread_barrier_t start;
    int count = 0;
    pthread_barrier_init(&start, NULL, WORKERS);
    for (int i = 0; i < WORKERS; i++) {
        workers[i] = (struct worker){.start = &start, .server = server, .path = path, .json = json};
        pthread_create(&workers[i].thread, NULL, call, &workers[i]);
    }
    for (int i = 0; i < WORKERS; i++) {
        pthread_join(workers[i].thread, NULL);
        count += workers[i].status == status;
    }
    pthread_barrier_destroy(&start);
    return count;
}

/* One of them makes it, and its credentials find it. */
static void one_makes_the_session(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    for (int round = 0; round < ROUNDS; round++) {
        CHECK_INTEGER(call_at_once(server, "/_mock/sessions", "{\"id\":\"a\"}", 201), 1);
        cJSON *known = steer(server, "GET", "/_mock/providers?session=a", NULL, 200);
        const cJSON *own = json_member(json_member(json_member(known, "providers"), "akinon"), "credentials");
        cJSON_Delete(steer(server, "POST", "/_mock/orders/akinon?session=a", "{\"id\":\"987654\"}", 201));
        CHECK_INTEGER(read_order(server, "987654", json_string_or(own, "token", "")), 200);
        cJSON_Delete(steer(server, "DELETE", "/_mock/sessions/a", NULL, 200));
        cJSON_Delete(known);
    }
    mock_server_stop(server);
}

static char *orders_of(struct mock_server *server)
{
    char *text = NULL;
    CHECK_INTEGER(mock_server_control(server, "GET", "/_mock/orders", NULL, &text), 200);
    return text;
}

/* However many reset it, the orders are those of the fixtures, with the same ids and numbers. */
static void resets_leave_the_same_orders(void *context)
{
    struct mock_server *server = start_server();
    char *before = orders_of(server);
    (void)context;
    for (int round = 0; round < ROUNDS; round++) {
        CHECK_INTEGER(call_at_once(server, "/_mock/reset", NULL, 204), WORKERS);
        char *after = orders_of(server);
        CHECK_TEXT(after, before);
        free(after);
    }
    free(before);
    mock_server_stop(server);
}

/* ── Time ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

#define OWNER                                                                                                          \
    "{\"x-fngs-public-key\":\"pub_aM7pr0AR1oAi6SlGqJrmKUgc+OtC6gIm/"                                                   \
    "98nVuni1qY=\",\"x-fngs-secret-key\":\"sec_iKXoGI3+bt24qTHE7Su/hqJ3Jp+DqPmmICDURqWGevQ=\"}"
#define STRANGER                                                                                                       \
    "{\"x-fngs-public-key\":\"pub_5gTA6MswDJE4MrO/EW81BlyNNYYrcM84s+WI+HLS4Mk=\",\"x-fngs-secret-key\":\"sec_X2OYLnz/" \
    "NO+RStaBQ7FB1zT/BYz5KlD44OPNifUrs4Q=\"}"

static int read_fungies(struct mock_server *server, const char *id, const char *keys)
{
    cJSON *headers = json_read_text(keys);
    char *target = mem_print("/v0/orders/%s", id);
    struct heard heard = request(mock_server_port(server), "GET", target, headers, NULL);
    int status = heard.status;
    heard_release(&heard);
    cJSON_Delete(headers);
    free(target);
    return status;
}

static void check_state(struct mock_server *server, const char *id, const char *state)
{
    char *path = mem_print("/_mock/orders/fungies/%s", id);
    cJSON *order = steer(server, "GET", path, NULL, 200);
    CHECK_TEXT(json_string(order, "state"), state);
    cJSON_Delete(order);
    free(path);
}

/* A delay of two reads: those of the account that owns the order. */
static void a_stranger_reads_nothing(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON_Delete(steer(server, "PATCH", "/_mock/knobs/fungies", "{\"payment_pace\":\"polls:2\"}", 200));
    cJSON *order = steer(server, "POST", "/_mock/orders/fungies", "{\"state\":\"PENDING\"}", 201);
    const char *id = json_string_or(order, "id", "");
    for (int i = 0; i < 4; i++)
        CHECK(read_fungies(server, id, STRANGER) != 200);
    check_state(server, id, "PENDING");
    CHECK_INTEGER(read_fungies(server, id, OWNER), 200);
    check_state(server, id, "PENDING");
    CHECK_INTEGER(read_fungies(server, id, OWNER), 200);
    check_state(server, id, "PAID");
    cJSON_Delete(order);
    mock_server_stop(server);
}

static void at_once_means_at_once_when_the_clock_was_set_back(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON_Delete(steer(server, "PATCH", "/_mock/knobs/fungies", "{\"payment_pace\":\"never\"}", 200));
    cJSON *order = steer(server, "POST", "/_mock/orders/fungies", "{\"state\":\"PENDING\"}", 201);
    cJSON_Delete(steer(server, "PUT", "/_mock/clock", "{\"now\":\"2026-10-01T09:00:00Z\"}", 200));
    cJSON_Delete(steer(server, "PATCH", "/_mock/knobs/fungies", "{\"payment_pace\":\"immediate\"}", 200));
    check_state(server, json_string_or(order, "id", ""), "PAID");
    cJSON_Delete(order);
    mock_server_stop(server);
}

/* "2026-11-01T09:00:00…" is later than "1970…" as a text, too. */
static void a_session_begins_now(void *context)
{
    static const char *const clocks[] = {"{\"id\":\"a\",\"clock\":{\"mode\":\"frozen\"}}",
                                         "{\"id\":\"a\",\"clock\":{\"mode\":\"running\"}}",
                                         "{\"id\":\"a\",\"clock\":{\"rate\":60}}", "{\"id\":\"a\"}"};
    struct mock_server_options options = {.unheard = true};
    struct mock_server *server = NULL;
    static char problem[MOCK_SERVER_PROBLEM_MAX];
    (void)context;
    CHECK_INTEGER(mock_server_start(&options, &server, problem, sizeof problem), MOCK_SERVER_OK);
    cJSON *real = steer(server, "GET", "/_mock/clock", NULL, 200);
    for (size_t i = 0; i < COUNT_OF(clocks); i++) {
        cJSON_Delete(steer(server, "POST", "/_mock/sessions", clocks[i], 201));
        cJSON *clock = steer(server, "GET", "/_mock/clock?session=a", NULL, 200);
        CHECK(strcmp(json_string_or(clock, "now", ""), json_string_or(real, "now", "x")) >= 0);
        cJSON_Delete(clock);
        cJSON_Delete(steer(server, "DELETE", "/_mock/sessions/a", NULL, 200));
    }
    cJSON_Delete(real);
    mock_server_stop(server);
}

/* The journal of a frozen session has nothing in it that another run of the same script would not have. */
static void nothing_takes_time_when_it_stands(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    for (int i = 0; i < 20; i++)
        read_fungies(server, "nobody", OWNER);
    cJSON *journal = steer(server, "GET", "/_mock/requests", NULL, 200);
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, json_member(journal, "requests")) {
        int64_t duration = -1;
        CHECK(json_integer(json_member(entry, "duration_us"), &duration));
        CHECK_INTEGER(duration, 0);
    }
    CHECK_INTEGER(cJSON_GetArraySize(json_member(journal, "requests")), 20);
    cJSON_Delete(journal);
    mock_server_stop(server);
}

void suite_isolation(void)
{
    register_test("isolation", "a token is of one session", a_token_is_of_one_session, NULL);
    register_test("isolation", "of many that make a session one does", one_makes_the_session, NULL);
    register_test("isolation", "resets at once leave the same orders", resets_leave_the_same_orders, NULL);
    register_test("isolation", "a stranger's reading is no poll", a_stranger_reads_nothing, NULL);
    register_test("isolation", "immediate, after the clock was set back",
                  at_once_means_at_once_when_the_clock_was_set_back, NULL);
    register_test("isolation", "a session's clock begins now", a_session_begins_now, NULL);
    register_test("isolation", "nothing takes time when the clock stands", nothing_takes_time_when_it_stands, NULL);
}
