/*
 * Sessions over the wire: how one is named, what is its own, and that two hundred of them do not see one another.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "base/text.h"
#include "tests/client.h"
#include "tests/requests_of.h"
#include "tests/suites.h"

/* ── Making ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct call_case {
    const char *method, *path, *json;
    int status;
    const char *told; /* a part of the answer's error */
} calls[] = {
    {"POST", "/_mock/sessions", "{}", 201},
    {"POST", "/_mock/sessions", NULL, 201},
    {"POST", "/_mock/sessions", "{\"id\":\"ci-4711\",\"ttl_s\":60,\"seed\":7}", 201},
    {"POST", "/_mock/sessions", "{\"clock\":{\"mode\":\"frozen\",\"now\":\"2026-01-01T00:00:00Z\"}}", 201},
    {"POST", "/_mock/sessions", "{\"knobs\":{\"dukkango\":{\"foreign_order\":\"404\"}}}", 201},
    {"POST", "/_mock/sessions", "[]", 400, "a JSON object"},
    {"POST", "/_mock/sessions", "{\"id\":\"default\"}", 409, "already"},
    {"POST", "/_mock/sessions", "{\"id\":\"\"}", 400, "1 to 64"},
    {"POST", "/_mock/sessions", "{\"id\":\"..\"}", 400, "1 to 64"},
    {"POST", "/_mock/sessions", "{\"id\":\"a/b\"}", 400, "1 to 64"},
    {"POST", "/_mock/sessions", "{\"id\":7}", 400, "id"},
    {"POST", "/_mock/sessions", "{\"ttl_s\":0}", 400, "ttl_s"},
    {"POST", "/_mock/sessions", "{\"ttl_s\":99999999}", 400, "ttl_s"},
    {"POST", "/_mock/sessions", "{\"seed\":-1}", 400, "seed"},
    {"POST", "/_mock/sessions", "{\"sed\":1}", 400, "seed"},
    {"POST", "/_mock/sessions", "{\"clock\":{\"mode\":\"stopped\"}}", 400, "real, frozen, running"},
    {"POST", "/_mock/sessions", "{\"clock\":{\"now\":\"today\"}}", 400, "instant"},
    {"POST", "/_mock/sessions", "{\"knobs\":{\"dukkango\":{\"foreign\":\"404\"}}}", 400, "no knob \"foreign\""},
    {"POST", "/_mock/sessions", "{\"knobs\":{\"dukkango\":{\"foreign_order\":\"405\"}}}", 400, "403, 404"},
    {"POST", "/_mock/sessions", "{\"knobs\":{\"dukkango\":\"x\"}}", 400, "PROVIDER"},
    {"POST", "/_mock/sessions", "{\"knobs\":{\"nobody\":{\"x\":\"y\"}}}", 400, "no provider"},
    {"POST", "/_mock/sessions", "{\"knobs\":{\"nobody\":{}}}", 400, "no provider is called \"nobody\""},
    {"POST", "/_mock/sessions", "{\"clock\":{\"mode\":\"running\",\"rate\":0}}", 400, "a running one more"},
    {"GET", "/_mock/sessions", NULL, 200},
    {"DELETE", "/_mock/sessions/default", NULL, 409, "always exists"},
    {"DELETE", "/_mock/sessions/nobody", NULL, 404, "no session"},
    {"GET", "/_mock/orders?session=nobody", NULL, 400, "no session \"nobody\""},
    {"GET", "/_mock/clock", NULL, 200},
    {"PUT", "/_mock/clock", "{\"mode\":\"running\",\"rate\":60}", 200},
    {"PUT", "/_mock/clock", "{\"mode\":\"real\"}", 200},
    {"PUT", "/_mock/clock", "{\"mode\":\"real\",\"rate\":2}", 400, "takes no"},
    {"PUT", "/_mock/clock", "{\"rate\":-1}", 400, "rate"},
    {"PUT", "/_mock/clock", "{\"mode\":\"frozen\",\"rate\":5}", 400, "rate 0"},
    {"PUT", "/_mock/clock", "{\"mode\":\"frozen\",\"rate\":0}", 200},
    {"PUT", "/_mock/clock", "{\"mode\":\"running\",\"rate\":0}", 400, "a running one more"},
    {"PUT", "/_mock/clock", "{\"rate\":1e300}", 400, "rate"},
    {"PUT", "/_mock/clock", "{\"nwo\":\"x\"}", 400, "now"},
    {"PUT", "/_mock/clock", NULL, 400, "frozen"},
    {"POST", "/_mock/clock/advance", "{\"days\":14}", 200},
    {"POST", "/_mock/clock/advance", "{\"days\":0.5,\"minutes\":1}", 200},
    {"POST", "/_mock/clock/advance", "{}", 400, "how far"},
    {"POST", "/_mock/clock/advance", NULL, 400, "how far"},
    {"POST", "/_mock/clock/advance", "{\"days\":-1}", 400, "forward"},
    {"POST", "/_mock/clock/advance", "{\"days\":1e9}", 400, "9999"},
    {"POST", "/_mock/clock/advance", "{\"weeks\":1}", 400, "weeks"},
    {"POST", "/_mock/tokens/dukkango/expire", NULL, 204},
    {"POST", "/_mock/tokens/fungies/expire", NULL, 409, "no log-in"},
};

static void answers(void *context)
{
    const struct call_case *own = &calls[(size_t)(uintptr_t)context];
    struct mock_server *server = start_server();
    cJSON *answer = steer(server, own->method, own->path, own->json, own->status);
    if (own->told != NULL)
        CHECK_TEXT(strstr(json_string_or(answer, "error", ""), own->told) == NULL ? json_string(answer, "error")
                                                                                  : own->told,
                   own->told);
    cJSON_Delete(answer);
    mock_server_stop(server);
}

static cJSON *make_session(struct mock_server *server, const char *json)
{
    return steer(server, "POST", "/_mock/sessions", json, 201);
}

/* ── Naming ────────────────────────────────────────────────────────────────────────────────────────────────────── */

#define ORDER  "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e" /* the order of Dükkango's page, in every session's fixtures */
#define TARGET "/api/integrations/orders/cancel/" ORDER
#define BODY   "{\"reason_id\":3}"

static int cancel(struct mock_server *server, const char *target, const char *token, const char *session)
{
    cJSON *headers = cJSON_CreateObject();
    json_set_string(headers, "Access-Token", token);
    json_set_string(headers, "Content-Type", "application/json");
    if (session != NULL)
        json_set_string(headers, "X-Mock-Session", session);
    struct heard heard = request(mock_server_port(server), "PUT", target, headers, BODY);
    int status = heard.status;
    heard_release(&heard);
    cJSON_Delete(headers);
    return status;
}

static void check_state(struct mock_server *server, const char *session, const char *state)
{
    char *path = mem_print("/_mock/orders/dukkango/" ORDER "?session=%s", session);
    cJSON *order = steer(server, "GET", path, NULL, 200);
    CHECK_TEXT(json_string(order, "state"), state);
    cJSON_Delete(order);
    free(path);
}

/* The token of a log-in with these keys; caller frees. */
static char *log_in(struct mock_server *server, const char *target, const char *app_key, const char *rest_key)
{
    cJSON *headers = cJSON_CreateObject();
    json_set_string(headers, "Content-Type", "application/json");
    json_set_string(headers, "Access-Token", "your-access-token"); /* an old one, at which a log-in does not look */
    char *keys = mem_print("{\"app_secret_key\":\"%s\",\"rest_secret_key\":\"%s\"}", app_key, rest_key);
    struct heard heard = request(mock_server_port(server), "POST", target, headers, keys);
    CHECK_INTEGER(heard.status, 200);
    cJSON *answer = json_read_text(heard.body);
    char *token = mem_dup(json_string_or(json_member(answer, "data"), "access_token", ""));
    cJSON_Delete(answer);
    heard_release(&heard);
    free(keys);
    cJSON_Delete(headers);
    return token;
}

/* All sessions begin with the same seed, and yet a token that a log-in issued is of one session alone. */
static void a_token_of_a_log_in_names_its_session(void *context)
{
    static const char login[] = "/api/integrations/auth/login";
    struct mock_server *server = start_server();
    (void)context;
    cJSON *own = make_session(server, "{\"id\":\"own\"}");
    const cJSON *keys = json_member(json_member(own, "credentials"), "dukkango");
    char *one = log_in(server, login, json_string(keys, "app_secret_key"), json_string(keys, "rest_secret_key"));
    cJSON_Delete(make_session(server, "{\"id\":\"other\"}"));
    char *other = log_in(server, "/_s/other/api/integrations/auth/login", "app-7c1d5b0e94f24a6db3e85c10f7a29d6b",
                         "rest-2f9a6e44d17b4c0a8e52b6903fd1c78a");
    char *plain =
        log_in(server, login, "app-7c1d5b0e94f24a6db3e85c10f7a29d6b", "rest-2f9a6e44d17b4c0a8e52b6903fd1c78a");
    CHECK_INTEGER(cancel(server, TARGET, plain, NULL), 200);
    check_state(server, "own", "RECEIVED");
    check_state(server, "other", "RECEIVED");
    CHECK_INTEGER(cancel(server, TARGET, one, NULL), 200);
    CHECK_INTEGER(cancel(server, TARGET, other, NULL), 200);
    check_state(server, "other", "CANCELED");
    free(one);
    free(other);
    free(plain);
    cJSON_Delete(own);
    mock_server_stop(server);
}

/* Whose a request is, is asked before its path, its form and its body are known to make sense. */
static const struct vague {
    const char *method, *target, *body;
} vague[] = {
    {"POST", "/v1/send-sms/", ""},
    {"POST", "/v1/get-report/", "<request>"},
    {"POST", "/v1/cancel-order/json/", "{"},
    {"POST", "/v1/cancel-order/json", "data=%3Crequest%3E"},
    {"GET", "/v1/send-sms/get/", NULL},
    {"HEAD", "/v1/send-sms/get/", NULL},
    {"POST", "/v1", "x"},
    {"PUT", "/api/integrations/orders/cancel//", "{}"},
    {"POST", "/api/integrations/auth/login", "[1"},
    {"PATCH", "/v0/orders//cancel", "{"},
    {"OPTIONS", "/api/i1/orders/1/cancel/", NULL},
    {"POST", "/api/i1/auth/login", "\xff"},
    {"PATCH", "/consumers/api/v1/orders/", "{"},
    {"DELETE", "/orders/", NULL},
    {"POST", "/oauth/access_token/", "grant_type=%"},
};

static void vague_requests_are_of_the_default_session(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON_Delete(make_session(server, "{\"id\":\"own\"}"));
    for (size_t i = 0; i < COUNT_OF(vague); i++) {
        struct heard heard = request(mock_server_port(server), vague[i].method, vague[i].target, NULL, vague[i].body);
        CHECK(heard.status >= 200);
        heard_release(&heard);
    }
    cJSON *journal = steer(server, "GET", "/_mock/requests", NULL, 200);
    CHECK_INTEGER(cJSON_GetArraySize(json_member(journal, "requests")), COUNT_OF(vague));
    cJSON_Delete(journal);
    mock_server_stop(server);
}

static void three_ways_to_name_a_session(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON_Delete(make_session(server, "{\"id\":\"path\"}"));
    cJSON_Delete(make_session(server, "{\"id\":\"header\"}"));
    cJSON *own = make_session(server, "{\"id\":\"own\"}");
    const char *token = json_string(json_member(json_member(own, "credentials"), "dukkango"), "access_token");
    CHECK_INTEGER(cancel(server, "/_s/path" TARGET, "your-access-token", NULL), 200);
    CHECK_INTEGER(cancel(server, TARGET, "your-access-token", "header"), 200);
    CHECK_INTEGER(cancel(server, TARGET, token, NULL), 200);
    check_state(server, "default", "RECEIVED");
    CHECK_INTEGER(cancel(server, TARGET, "your-access-token", NULL), 200);
    CHECK_INTEGER(cancel(server, "/_s/path" TARGET, "your-access-token", NULL), 404);     /* a second cancel */
    CHECK_INTEGER(cancel(server, "/_s/path" TARGET, "your-access-token", "header"), 404); /* the path wins */
    CHECK_INTEGER(cancel(server, "/_s/header" TARGET, token, NULL), 401); /* another session's credential */
    CHECK_INTEGER(cancel(server, "/_s/nobody" TARGET, "your-access-token", NULL), 404);
    CHECK_INTEGER(cancel(server, TARGET, "your-access-token", "nobody"), 404);
    check_state(server, "own", "CANCELED");
    cJSON_Delete(own);
    mock_server_stop(server);
}

/* What a session hands out is nobody else's, keeps its form, and finds the session at every provider. */
static void own_credentials(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON *one = make_session(server, "{\"id\":\"one\"}"), *two = make_session(server, "{\"id\":\"two\"}");
    cJSON *known = steer(server, "GET", "/_mock/providers", NULL, 200);
    const cJSON *provider = NULL;
    cJSON_ArrayForEach (provider, json_member(known, "providers")) {
        const cJSON *first = json_member(provider, "credentials"), *value = NULL;
        const cJSON *of_one = json_member(json_member(one, "credentials"), provider->string);
        const cJSON *of_two = json_member(json_member(two, "credentials"), provider->string);
        CHECK_INTEGER(cJSON_GetArraySize(of_one), cJSON_GetArraySize(first));
        cJSON_ArrayForEach (value, first) {
            const char *mine = json_string_or(of_one, value->string, ""),
                       *his = json_string_or(of_two, value->string, "");
            CHECK(strcmp(mine, his) != 0 && strcmp(mine, value->valuestring) != 0);
            CHECK(strlen(mine) == strlen(value->valuestring) || strstr(mine, "one") != NULL);
            for (const char *mark = value->valuestring; *mark != '\0'; mark++) /* of base64: they stay */
                CHECK(strchr("+/=", *mark) == NULL || mine[mark - value->valuestring] == *mark);
        }
    }
    cJSON *mine = steer(server, "GET", "/_mock/providers?session=one", NULL, 200);
    CHECK(cJSON_Compare(json_member(json_member(json_member(mine, "providers"), "zaikio"), "credentials"),
                        json_member(json_member(one, "credentials"), "zaikio"), true));
    cJSON_Delete(mine);
    cJSON_Delete(known);
    cJSON_Delete(one);
    cJSON_Delete(two);
    mock_server_stop(server);
}

/* ── Ending ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void reset_of_one_leaves_the_others(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON_Delete(make_session(server, "{\"id\":\"a\"}"));
    cJSON_Delete(make_session(server, "{\"id\":\"b\"}"));
    CHECK_INTEGER(cancel(server, "/_s/a" TARGET, "your-access-token", NULL), 200);
    CHECK_INTEGER(cancel(server, "/_s/b" TARGET, "your-access-token", NULL), 200);
    cJSON_Delete(steer(server, "POST", "/_mock/clock/advance?session=a", "{\"days\":1}", 200));
    cJSON_Delete(steer(server, "POST", "/_mock/reset?session=a", NULL, 204));
    check_state(server, "a", "RECEIVED");
    check_state(server, "b", "CANCELED");
    cJSON *clock = steer(server, "GET", "/_mock/clock?session=a", NULL, 200);
    CHECK_TEXT(json_string(clock, "now"), "2026-11-01T09:00:00.000000Z");
    cJSON *journal = steer(server, "GET", "/_mock/requests?session=b", NULL, 200);
    CHECK_INTEGER(cJSON_GetArraySize(json_member(journal, "requests")), 1);
    cJSON_Delete(clock);
    cJSON_Delete(journal);
    mock_server_stop(server);
}

static void a_removed_session_is_gone(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON *own = make_session(server, "{\"id\":\"a\"}");
    const char *token = json_string(json_member(json_member(own, "credentials"), "dukkango"), "access_token");
    cJSON_Delete(steer(server, "DELETE", "/_mock/sessions/a", NULL, 200));
    CHECK_INTEGER(cancel(server, "/_s/a" TARGET, "your-access-token", NULL), 404);
    CHECK_INTEGER(cancel(server, TARGET, token, NULL), 401); /* of `default`, which does not know it */
    cJSON_Delete(make_session(server, "{\"id\":\"a\"}"));
    CHECK_INTEGER(cancel(server, "/_s/a" TARGET, token, NULL), 200); /* drawn from the name: the same again */
    cJSON_Delete(own);
    mock_server_stop(server);
}

struct silent_call {
    pthread_t thread;
    uint16_t port;
    const char *target;
    size_t total;
    bool ended; /* atomically */
};

static void *wait_in_silence(void *context)
{
    struct silent_call *own = context;
    struct heard heard = request(own->port, "GET", own->target, NULL, NULL);
    own->total = heard.total;
    heard_release(&heard);
    __atomic_store_n(&own->ended, true, __ATOMIC_RELEASE);
    return NULL;
}

/* A reset lets go of its own session's silent connections, and of no other's. */
static void silence_belongs_to_a_session(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON_Delete(make_session(server, "{\"id\":\"a\"}"));
    cJSON_Delete(make_session(server, "{\"id\":\"b\"}"));
    cJSON_Delete(steer(server, "POST", "/_mock/faults?session=a", "{\"fault\":\"NO_RESPONSE\"}", 201));
    cJSON_Delete(steer(server, "POST", "/_mock/faults?session=b", "{\"fault\":\"NO_RESPONSE\"}", 201));
    struct silent_call a = {.port = mock_server_port(server), .target = "/_s/a/v0/orders/x"};
    struct silent_call b = {.port = mock_server_port(server), .target = "/_s/b/v0/orders/x"};
    pthread_create(&a.thread, NULL, wait_in_silence, &a);
    pthread_create(&b.thread, NULL, wait_in_silence, &b);
    for (int seen = 0; seen < 2;) { /* until both are silent */
        cJSON *one = steer(server, "GET", "/_mock/requests?session=a", NULL, 200);
        cJSON *two = steer(server, "GET", "/_mock/requests?session=b", NULL, 200);
        seen = cJSON_GetArraySize(json_member(one, "requests")) + cJSON_GetArraySize(json_member(two, "requests"));
        cJSON_Delete(one);
        cJSON_Delete(two);
    }
    while (!__atomic_load_n(&a.ended, __ATOMIC_ACQUIRE))
        cJSON_Delete(steer(server, "POST", "/_mock/reset?session=a", NULL, 204));
    CHECK(!__atomic_load_n(&b.ended, __ATOMIC_ACQUIRE));
    pthread_join(a.thread, NULL);
    while (!__atomic_load_n(&b.ended, __ATOMIC_ACQUIRE))
        cJSON_Delete(steer(server, "DELETE", "/_mock/faults?session=b", NULL, 200));
    pthread_join(b.thread, NULL);
    CHECK_INTEGER(a.total + b.total, 0);
    mock_server_stop(server);
}

/* Listing is no use of a session, so one that nobody uses disappears from the list. */
static void an_idle_session_ends(void *context)
{
    struct mock_server *server = start_server();
    int left = 2;
    (void)context;
    cJSON_Delete(make_session(server, "{\"id\":\"a\",\"ttl_s\":1}"));
    CHECK_INTEGER(cancel(server, "/_s/a" TARGET, "your-access-token", NULL), 200);
    while (left == 2) {
        cJSON *all = steer(server, "GET", "/_mock/sessions", NULL, 200);
        left = cJSON_GetArraySize(json_member(all, "sessions"));
        cJSON_Delete(all);
    }
    CHECK_INTEGER(left, 1);
    CHECK_INTEGER(cancel(server, "/_s/a" TARGET, "your-access-token", NULL), 404);
    mock_server_stop(server);
}

static void there_is_a_limit(void *context)
{
    static const char *const only[] = {"dukkango"};
    struct mock_server_options options = {.unheard = true, .providers = only, .provider_count = 1};
    struct mock_server *server = NULL;
    static char problem[MOCK_SERVER_PROBLEM_MAX];
    (void)context;
    CHECK_INTEGER(mock_server_start(&options, &server, problem, sizeof problem), MOCK_SERVER_OK);
    for (int i = 1; i < 1000; i++)
        cJSON_Delete(make_session(server, "{}"));
    cJSON_Delete(steer(server, "POST", "/_mock/sessions", "{}", 429));
    cJSON_Delete(steer(server, "POST", "/_mock/sessions", "{}", 429));
    mock_server_stop(server);
}

/* ── Two hundred at once ───────────────────────────────────────────────────────────────────────────────────────── */

#define SESSIONS 200
#define WORKERS  16

struct crossing {
    struct mock_server *server;
    char *transcripts[SESSIONS];
    int next; /* atomically */
};

static void note(struct text *transcript, const char *what, const char *answer)
{
    text_print(transcript, "%s %s\n", what, answer == NULL ? "" : answer);
}

/* Orders are made, cancelled and cancelled again at one provider; every byte goes into the transcript. */
static void live_at(struct mock_server *server, const struct client_event *event, const char *session, struct text *out)
{
    char *path = mem_print("/_mock/orders/%s?session=%s", event->provider, session), *made = NULL;
    CHECK_INTEGER(mock_server_control(server, "POST", path, "{}", &made), 201);
    cJSON *order = json_read_text(made), *headers = json_read_text(event->headers);
    const char *id = json_string_or(order, "id", "");
    char *inner = fill_id(event->target, id), *body = fill_id(event->body, id);
    char *target = mem_print("/_s/%s%s", session, inner);
    note(out, event->provider, made);
    for (int i = 0; i < 2; i++) {
        struct heard heard = request(mock_server_port(server), event->method, target, headers, body);
        CHECK_INTEGER(heard.status, i == 0 ? 200 : event->second_status);
        note(out, i == 0 ? "cancel" : "again", heard.body);
        heard_release(&heard);
    }
    cJSON_Delete(order);
    cJSON_Delete(headers);
    free(inner);
    free(body);
    free(target);
    free(path);
    free(made);
}

/* A schedule and a transfer come due, in this session alone. */
static void wait_a_fortnight(struct mock_server *server, const char *session, struct text *out)
{
    static const struct {
        const char *method, *path, *json;
    } calls_then[] = {
        {"POST", "/_mock/orders/iletimerkezi?session=%s", "{}"},
        {"POST", "/_mock/orders/zaikio?session=%s", "{}"},
        {"POST", "/_mock/clock/advance?session=%s", "{\"days\":14}"},
        {"GET", "/_mock/orders?provider=iletimerkezi&session=%s", NULL},
        {"GET", "/_mock/orders?provider=zaikio&session=%s", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(calls_then); i++) {
        char *path = fill_id(calls_then[i].path, session), *answer = NULL;
        int status = mock_server_control(server, calls_then[i].method, path, calls_then[i].json, &answer);
        CHECK(status == 200 || status == 201);
        note(out, "then", answer);
        free(answer);
        free(path);
    }
}

static char *live(struct mock_server *server, const char *session)
{
    struct text out = TEXT_INIT((size_t)1024 * 1024);
    for (size_t i = 0; i < client_event_count; i++) {
        const struct client_event *event = &client_events[i];
        if (event->second_status == 0)
            continue;
        char *knobs = mem_print("/_mock/knobs/%s?session=%s", event->provider, session);
        if (event->knobs != NULL)
            CHECK_INTEGER(mock_server_control(server, "PATCH", knobs, event->knobs, NULL), 200);
        free(knobs);
        live_at(server, event, session, &out);
    }
    wait_a_fortnight(server, session, &out);
    char *path = mem_print("/_mock/requests?session=%s", session), *journal = NULL;
    mock_server_control(server, "GET", path, NULL, &journal);
    cJSON *entries = json_read_text(journal);
    char *count = mem_print("%d", cJSON_GetArraySize(json_member(entries, "requests")));
    note(&out, "journal", count);
    free(count);
    cJSON_Delete(entries);
    free(journal);
    free(path);
    return text_take(&out);
}

static void *work(void *context)
{
    struct crossing *crossing = context;
    for (;;) {
        int i = __atomic_fetch_add(&crossing->next, 1, __ATOMIC_RELAXED);
        if (i >= SESSIONS)
            return NULL;
        char name[24];
        snprintf(name, sizeof name, "many-%d", i);
        crossing->transcripts[i] = live(crossing->server, name);
    }
}

/* All sessions have one seed and one clock: their transcripts are the same to the byte, or somebody saw another's. */
static void many_sessions_have_no_cross_talk(void *context)
{
    struct crossing crossing = {.server = start_server()};
    pthread_t workers[WORKERS];
    (void)context;
    for (int i = 0; i < SESSIONS; i++) {
        char json[48];
        snprintf(json, sizeof json, "{\"id\":\"many-%d\"}", i);
        cJSON_Delete(make_session(crossing.server, json));
    }
    cJSON *untouched = steer(crossing.server, "GET", "/_mock/orders", NULL, 200);
    for (int i = 0; i < WORKERS; i++)
        pthread_create(&workers[i], NULL, work, &crossing);
    for (int i = 0; i < WORKERS; i++)
        pthread_join(workers[i], NULL);
    for (int i = 1; i < SESSIONS; i++)
        CHECK_TEXT(crossing.transcripts[i], crossing.transcripts[0]);
    CHECK(strstr(crossing.transcripts[0], "journal 10\n") != NULL);
    cJSON *after = steer(crossing.server, "GET", "/_mock/orders", NULL, 200);
    char *was = json_write(untouched), *is = json_write(after);
    CHECK_TEXT(is, was); /* `default` saw nothing of it */

    cJSON_Delete(steer(crossing.server, "POST", "/_mock/reset?session=many-7", NULL, 204));
    char *again = live(crossing.server, "many-7");
    CHECK_TEXT(again, crossing.transcripts[0]); /* a reset session lives the same life again */
    cJSON *other = steer(crossing.server, "GET", "/_mock/requests?session=many-8", NULL, 200);
    CHECK_INTEGER(cJSON_GetArraySize(json_member(other, "requests")), 10);
    for (int i = 0; i < SESSIONS; i++)
        free(crossing.transcripts[i]);
    free(again);
    free(was);
    free(is);
    cJSON_Delete(other);
    cJSON_Delete(after);
    cJSON_Delete(untouched);
    mock_server_stop(crossing.server);
}

/* Sessions come and go while others are used: for the sanitizers. */
static void *come_and_go(void *context)
{
    struct mock_server *server = context;
    for (int i = 0; i < 50; i++) {
        char *answer = NULL;
        mock_server_control(server, "POST", "/_mock/sessions", "{\"ttl_s\":60}", &answer);
        cJSON *session = json_read_text(answer);
        const char *id = json_string_or(session, "id", "");
        char *target = mem_print("/_s/%s" TARGET, id), *path = mem_print("/_mock/sessions/%s", id);
        CHECK_INTEGER(cancel(server, target, "your-access-token", NULL), 200);
        CHECK_INTEGER(mock_server_control(server, "DELETE", path, NULL, NULL), 200);
        cJSON_Delete(session);
        free(target);
        free(path);
        free(answer);
    }
    return NULL;
}

static void sessions_come_and_go(void *context)
{
    struct mock_server *server = start_server();
    pthread_t workers[4];
    (void)context;
    for (size_t i = 0; i < COUNT_OF(workers); i++)
        pthread_create(&workers[i], NULL, come_and_go, server);
    for (size_t i = 0; i < COUNT_OF(workers); i++)
        pthread_join(workers[i], NULL);
    cJSON *left = steer(server, "GET", "/_mock/sessions", NULL, 200);
    CHECK_INTEGER(cJSON_GetArraySize(json_member(left, "sessions")), 1);
    cJSON_Delete(left);
    mock_server_stop(server);
}

void suite_sessions(void)
{
    for (size_t i = 0; i < COUNT_OF(calls); i++) {
        char *name = mem_print("%zu %s %s", i, calls[i].method, calls[i].path);
        register_test("sessions", name, answers, (void *)(uintptr_t)i);
        free(name);
    }
    register_test("sessions", "three ways to name a session", three_ways_to_name_a_session, NULL);
    register_test("sessions", "vague requests are of the default one", vague_requests_are_of_the_default_session, NULL);
    register_test("sessions", "a token of a log-in names its session", a_token_of_a_log_in_names_its_session, NULL);
    register_test("sessions", "own credentials", own_credentials, NULL);
    register_test("sessions", "reset of one leaves the others", reset_of_one_leaves_the_others, NULL);
    register_test("sessions", "a removed session is gone", a_removed_session_is_gone, NULL);
    register_test("sessions", "silence belongs to a session", silence_belongs_to_a_session, NULL);
    register_test("sessions", "an idle session ends", an_idle_session_ends, NULL);
    register_test("sessions", "there is a limit", there_is_a_limit, NULL);
    register_test("sessions", "200 at a time have no cross-talk", many_sessions_have_no_cross_talk, NULL);
    register_test("sessions", "sessions come and go", sessions_come_and_go, NULL);
}
