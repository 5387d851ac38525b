/*
 * Fixtures that change while they are served: by a control call, by mock_server_reload(), and when somebody looks after
 * the folder. What is wrong leaves the last good set in service and is told; what is mended is served.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "base/text.h"
#include "tests/client.h"
#include "tests/fixture_folder.h"
#include "tests/suites.h"

#define FIRST  "7d0d6c1e-2f4b-4a3c-8f0e-1b2c3d4e5f02"
#define SECOND "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"

/* ── A folder and its server ───────────────────────────────────────────────────────────────────────────────────── */

struct place {
    char folder[FOLDER_MAX];
    struct mock_server *server;
    pthread_mutex_t lock;
    struct text told; /* one line a sentence; under the lock */
    int changes;      /* that were told: each in a sentence that begins with the folder */
};

static void write_orders(const struct place *place, const char *id, const char *state)
{
    char *text =
        mem_print("{\"orders\": [\n {\"id\": \"%s\", \"account\": \"cinaralti\", \"state\": \"%s\"}]}\n", id, state);
    replace_in_fixture(place->folder, "dukkango", "orders.json", NULL, text);
    free(text);
}

/* "…/dukkango/orders.json:1:2: …" is a mistake, and "…: read again …" what became of a change. */
static void hear(void *context, const char *sentence)
{
    struct place *place = context;
    size_t length = strlen(place->folder);
    pthread_mutex_lock(&place->lock);
    text_print(&place->told, "%s\n", sentence);
    place->changes += strncmp(sentence, place->folder, length) == 0 && sentence[length] == ':';
    pthread_mutex_unlock(&place->lock);
}

static void open_place(struct place *place, unsigned every_ms)
{
    static const char *const only[] = {"dukkango"};
    char problem[4096] = "";
    *place = (struct place){.told = TEXT_INIT(65536)};
    pthread_mutex_init(&place->lock, NULL);
    make_fixture_folder(place->folder, "dukkango");
    write_orders(place, FIRST, "RECEIVED");
    const struct mock_server_options options = {.listen = "127.0.0.1:0",
                                                .fixtures = place->folder,
                                                .providers = only,
                                                .provider_count = 1,
                                                .freeze_time = "2026-11-01T09:00:00Z",
                                                .journal_file = getenv("TEST_JOURNAL"),
                                                .reload_every_ms = every_ms,
                                                .tell = hear,
                                                .tell_context = place};
    CHECK_INTEGER(mock_server_start(&options, &place->server, problem, sizeof problem), MOCK_SERVER_OK);
    CHECK_TEXT(problem, "");
}

static void close_place(struct place *place)
{
    mock_server_stop(place->server);
    remove_fixture_folder(place->folder);
    pthread_mutex_destroy(&place->lock);
    text_release(&place->told);
}

/* Ends with the order in that state; "" where there is no such order. */
static void check_order(const struct place *place, const char *session, const char *id, const char *state)
{
    char *path = mem_print("/_mock/orders/dukkango/%s?session=%s", id, session), *text = NULL;
    mock_server_control(place->server, "GET", path, NULL, &text);
    cJSON *order = json_read_text(text);
    CHECK_TEXT(json_string_or(order, "state", ""), state);
    cJSON_Delete(order);
    free(text);
    free(path);
}

/* ── What ready says ───────────────────────────────────────────────────────────────────────────────────────────── */

static cJSON *fixtures_said(struct mock_server *server)
{
    cJSON *ready = steer(server, "GET", "/_mock/ready", NULL, 200);
    CHECK(json_true(ready, "ready"));
    cJSON *fixtures = cJSON_DetachItemFromObject(ready, "fixtures");
    cJSON_Delete(ready);
    return fixtures;
}

static void check_current(struct mock_server *server, int generation)
{
    cJSON *fixtures = fixtures_said(server);
    CHECK_TEXT(json_string_or(fixtures, "state", ""), "current");
    CHECK_INTEGER(json_int_or(fixtures, "generation", 0), generation);
    CHECK(cJSON_IsNull(json_member(fixtures, "since")));
    CHECK_INTEGER(cJSON_GetArraySize(json_member(fixtures, "problems")), 0);
    cJSON_Delete(fixtures);
}

static void check_stale(struct mock_server *server, int generation, const char *problem)
{
    cJSON *fixtures = fixtures_said(server);
    CHECK_TEXT(json_string_or(fixtures, "state", ""), "stale");
    CHECK_INTEGER(json_int_or(fixtures, "generation", 0), generation);
    CHECK_CONTAINS(json_string_or(fixtures, "since", ""), "T");
    const cJSON *first = cJSON_GetArrayItem(json_member(fixtures, "problems"), 0);
    CHECK_CONTAINS(cJSON_IsString(first) ? first->valuestring : "", problem);
    cJSON_Delete(fixtures);
}

static void reload_well(struct mock_server *server, bool changes)
{
    cJSON *answer = steer(server, "POST", "/_mock/reload", NULL, 200);
    CHECK(json_true(answer, "changed") == changes);
    CHECK_TEXT(json_string_or(json_member(answer, "fixtures"), "state", ""), "current");
    cJSON_Delete(answer);
}

static void reload_badly(struct mock_server *server, const char *problem)
{
    cJSON *answer = steer(server, "POST", "/_mock/reload", NULL, 422);
    CHECK_CONTAINS(json_string_or(answer, "error", ""), "the last good fixtures stay");
    CHECK_CONTAINS(json_string_or(answer, "error", ""), problem);
    cJSON_Delete(answer);
}

/* ── When asked ────────────────────────────────────────────────────────────────────────────────────────────────── */

static void new_orders(void *context)
{
    struct place place;
    (void)context;
    open_place(&place, 0);
    check_current(place.server, 1);
    reload_well(place.server, false);
    check_current(place.server, 1);
    write_orders(&place, SECOND, "CONFIRMED");
    check_order(&place, "default", FIRST, "RECEIVED"); /* nobody asked yet */
    reload_well(place.server, true);
    check_current(place.server, 2);
    check_order(&place, "default", FIRST, "");
    check_order(&place, "default", SECOND, "CONFIRMED");
    close_place(&place);
}

/* Each leaves the first set in service; the place is where the mistake stands. */
static const struct mistake {
    const char *name, *file, *find, *replace, *problem;
} mistakes[] = {
    {"half of a file", "orders.json", NULL, "{\"orders\": [{\"id\": \"7d0d", "orders.json:1:20: "},
    {"an empty file", "orders.json", NULL, "", "the file is empty"},
    {"a missing file", "states.json", NULL, NULL, "states.json: No such file"},
    {"an unknown member", "orders.json", "\"state\"", "\"stat\"", "orders.json:2:81: unknown member \"stat\""},
    {"an unknown state", "orders.json", "RECEIVED", "RECIEVED", "orders.json:2:"},
    {"a member twice", "provider.json", "\"hosts\"", "\"hosts\": [], \"hosts\"", "provider.json:"},
    {"an order that cannot be made", "orders.json", "\"RECEIVED\"",
     "\"RECEIVED\", \"aliases\": [\"" SECOND "\"]}, {\"id\": \"" SECOND "\"", "an earlier order has"},
    {"two orders of one name", "orders.json", "[",
     "[{\"id\": \"" FIRST "\", \"account\": \"cinaralti\", \"state\": \"RECEIVED\"},", "orders.json:2:9: duplicate id"},
};

static void mistake_and_mend(void *context)
{
    const struct mistake *mistake = context;
    struct place place;
    open_place(&place, 0);
    char *path = mem_print("%s/dukkango/%s", place.folder, mistake->file), *good = read_test_file(path);
    replace_in_fixture(place.folder, "dukkango", mistake->file, mistake->find, mistake->replace);
    reload_badly(place.server, mistake->problem);
    check_stale(place.server, 1, mistake->problem);
    reload_badly(place.server, mistake->problem); /* asking again changes nothing */
    check_order(&place, "default", FIRST, "RECEIVED");
    replace_in_fixture(place.folder, "dukkango", mistake->file, NULL, good);
    reload_well(place.server, false); /* it says what is served */
    check_current(place.server, 1);
    free(good);
    free(path);
    close_place(&place);
}

static void mended_otherwise(void *context)
{
    struct place place;
    (void)context;
    open_place(&place, 0);
    replace_in_fixture(place.folder, "dukkango", "orders.json", NULL, "{");
    reload_badly(place.server, "orders.json:1:2: ");
    write_orders(&place, SECOND, "CONFIRMED");
    reload_well(place.server, true);
    check_current(place.server, 2);
    check_order(&place, "default", SECOND, "CONFIRMED");
    close_place(&place);
}

/* Every mistake of every file, as `cancelmock check` tells them. */
static void all_mistakes(void *context)
{
    struct place place;
    (void)context;
    open_place(&place, 0);
    replace_in_fixture(place.folder, "dukkango", "orders.json", NULL, "{");
    replace_in_fixture(place.folder, "dukkango", "provider.json", "\"hosts\"", "\"host\"");
    reload_badly(place.server, "orders.json:1:2: ");
    cJSON *fixtures = fixtures_said(place.server);
    bool told = false;
    for (const cJSON *line = json_member(fixtures, "problems")->child; line != NULL; line = line->next)
        told = told || strstr(line->valuestring, "unknown member \"host\"") != NULL;
    CHECK(told);
    cJSON_Delete(fixtures);
    close_place(&place);
}

static void by_the_library(void *context)
{
    char problem[4096] = "before";
    struct place place;
    (void)context;
    open_place(&place, 0);
    CHECK_INTEGER(mock_server_reload(place.server, problem, sizeof problem), MOCK_SERVER_OK);
    CHECK_TEXT(problem, "");
    replace_in_fixture(place.folder, "dukkango", "orders.json", NULL, "{");
    CHECK_INTEGER(mock_server_reload(place.server, problem, sizeof problem), MOCK_SERVER_BAD_OPTIONS);
    CHECK_CONTAINS(problem, "orders.json:1:2: ");
    check_stale(place.server, 1, "orders.json:1:2: ");
    write_orders(&place, SECOND, "CONFIRMED");
    CHECK_INTEGER(mock_server_reload(place.server, problem, sizeof problem), MOCK_SERVER_OK);
    CHECK_TEXT(problem, "");
    check_current(place.server, 2);
    CHECK_INTEGER(place.changes, 0); /* whoever asks is answered */
    close_place(&place);
}

static void embedded(void *context)
{
    char problem[4096] = "";
    struct mock_server *server = start_server();
    (void)context;
    cJSON *answer = steer(server, "POST", "/_mock/reload", NULL, 409);
    CHECK_CONTAINS(json_string_or(answer, "error", ""), "--fixtures DIR");
    cJSON_Delete(answer);
    CHECK_INTEGER(mock_server_reload(server, problem, sizeof problem), MOCK_SERVER_BAD_OPTIONS);
    CHECK_CONTAINS(problem, "--fixtures DIR");
    cJSON *fixtures = fixtures_said(server);
    CHECK(cJSON_IsNull(json_member(fixtures, "folder")));
    CHECK_TEXT(json_string_or(fixtures, "state", ""), "current");
    cJSON_Delete(fixtures);
    mock_server_stop(server);
}

/* ── What stays of a session, and what begins again ────────────────────────────────────────────────────────────── */

/* Of `default`: what tests have set stays, and what grew out of the fixtures goes. */
static void of_default(void *context)
{
    struct place place;
    (void)context;
    open_place(&place, 0);
    struct mock_server *server = place.server;
    cJSON *made = steer(server, "POST", "/_mock/orders/dukkango", "{}", 201);
    cJSON_Delete(steer(server, "PATCH", "/_mock/knobs/dukkango", "{\"foreign_order\":\"404\"}", 200));
    cJSON_Delete(steer(server, "POST", "/_mock/faults", "{\"fault\":\"CANNED_RESPONSE\",\"status\":503}", 201));
    cJSON_Delete(steer(server, "POST", "/_mock/clock/advance", "{\"days\":1}", 200));
    struct heard heard = request(mock_server_port(server), "GET", "/api/integrations/restaurants/get", NULL, NULL);
    CHECK_INTEGER(heard.status, 503);
    heard_release(&heard);
    write_orders(&place, SECOND, "CONFIRMED");
    reload_well(server, true);

    check_order(&place, "default", json_string_or(made, "id", ""), "");
    cJSON *knobs = steer(server, "GET", "/_mock/knobs/dukkango", NULL, 200);
    CHECK_TEXT(json_string_or(knobs, "foreign_order", ""), "404");
    cJSON *faults = steer(server, "GET", "/_mock/faults", NULL, 200);
    CHECK_INTEGER(cJSON_GetArraySize(json_member(faults, "faults")), 1);
    cJSON *clock = steer(server, "GET", "/_mock/clock", NULL, 200);
    CHECK_TEXT(json_string_or(clock, "now", ""), "2026-11-02T09:00:00.000000Z");
    cJSON *journal = steer(server, "GET", "/_mock/requests", NULL, 200);
    CHECK_INTEGER(cJSON_GetArraySize(json_member(journal, "requests")), 1);
    cJSON_Delete(journal);
    cJSON_Delete(clock);
    cJSON_Delete(faults);
    cJSON_Delete(knobs);
    cJSON_Delete(made);
    close_place(&place);
}

/* One that was made keeps its world until it is reset, or moved by name; and its credentials then, too. */
static void of_others(void *context)
{
    struct place place;
    (void)context;
    open_place(&place, 0);
    cJSON *made = steer(place.server, "POST", "/_mock/sessions", "{\"id\":\"one\"}", 201);
    cJSON_Delete(steer(place.server, "POST", "/_mock/sessions", "{\"id\":\"two\"}", 201));
    write_orders(&place, SECOND, "CONFIRMED");
    reload_well(place.server, true);
    cJSON_Delete(steer(place.server, "POST", "/_mock/sessions", "{\"id\":\"three\"}", 201));
    check_order(&place, "one", FIRST, "RECEIVED");
    check_order(&place, "two", FIRST, "RECEIVED");
    check_order(&place, "three", SECOND, "CONFIRMED");
    cJSON_Delete(steer(place.server, "POST", "/_mock/reset?session=one", NULL, 204));
    check_order(&place, "one", SECOND, "CONFIRMED");
    check_order(&place, "two", FIRST, "RECEIVED");
    cJSON_Delete(steer(place.server, "POST", "/_mock/reload?session=two", NULL, 200));
    check_order(&place, "two", SECOND, "CONFIRMED");

    const cJSON *own = json_member(json_member(made, "credentials"), "dukkango");
    cJSON *headers = cJSON_CreateObject();
    json_set_string(headers, "Access-Token", json_string_or(own, "access_token", ""));
    struct heard heard =
        request(mock_server_port(place.server), "PUT", "/api/integrations/orders/ontheway/" SECOND, headers, NULL);
    CHECK_INTEGER(heard.status, 200);
    heard_release(&heard);
    check_order(&place, "one", SECOND, "IN_DELIVERY");
    check_order(&place, "two", SECOND, "CONFIRMED");
    cJSON_Delete(headers);
    cJSON_Delete(made);
    close_place(&place);
}

/* The journal outlives the fixtures that its requests met. */
static void journal_outlives(void *context)
{
    struct place place;
    cJSON *headers = json_read_text("{\"Access-Token\":\"your-access-token\"}");
    (void)context;
    open_place(&place, 0);
    struct heard heard =
        request(mock_server_port(place.server), "GET", "/api/integrations/restaurants/get", headers, NULL);
    CHECK_INTEGER(heard.status, 200);
    heard_release(&heard);
    replace_in_fixture(place.folder, "dukkango", "provider.json", "your-access-token", "another-token");
    reload_well(place.server, true);
    cJSON *journal = steer(place.server, "GET", "/_mock/requests", NULL, 200);
    CHECK_INTEGER(cJSON_GetArraySize(json_member(journal, "requests")), 1);
    cJSON_Delete(journal);
    heard = request(mock_server_port(place.server), "GET", "/api/integrations/restaurants/get", headers, NULL);
    CHECK_INTEGER(heard.status, 401);
    heard_release(&heard);
    cJSON_Delete(headers);
    close_place(&place);
}

/* ── When somebody looks after the folder ──────────────────────────────────────────────────────────────────────── */

#define EVERY_MS 10
#define PATIENCE 6000 /* times EVERY_MS: far more than it takes */

/* Until that many changes were told. */
static void await_changes(struct place *place, int count)
{
    const struct timespec moment = {.tv_nsec = EVERY_MS * 1000000L};
    int changes = 0;
    for (int i = 0; i < PATIENCE && changes < count; i++) {
        nanosleep(&moment, NULL);
        pthread_mutex_lock(&place->lock);
        changes = place->changes;
        pthread_mutex_unlock(&place->lock);
    }
    CHECK_INTEGER(changes, count);
}

static void check_told(struct place *place, const char *part)
{
    pthread_mutex_lock(&place->lock);
    CHECK_CONTAINS(text_cstr(&place->told), part);
    text_clear(&place->told);
    pthread_mutex_unlock(&place->lock);
}

/* Each change once, and only changes: what is written again as it was, an editor's own files, and a README are none. */
static void by_itself(void *context)
{
    struct place place;
    (void)context;
    open_place(&place, EVERY_MS);
    write_orders(&place, FIRST, "RECEIVED");
    char *beside = mem_print("%s/dukkango/orders.json~", place.folder);
    replace_in_fixture(place.folder, "dukkango", "orders.json~", NULL, "{");
    write_orders(&place, SECOND, "CONFIRMED");
    await_changes(&place, 1);
    check_told(&place, "it is served from now on");
    check_current(place.server, 2);
    check_order(&place, "default", SECOND, "CONFIRMED");
    replace_in_fixture(place.folder, "dukkango", "orders.json", NULL, "{");
    await_changes(&place, 2);
    check_told(&place, "dukkango/orders.json:1:2: ");
    check_stale(place.server, 2, "orders.json:1:2: ");
    check_order(&place, "default", SECOND, "CONFIRMED");
    write_orders(&place, SECOND, "CONFIRMED");
    await_changes(&place, 3);
    check_told(&place, "good again");
    check_current(place.server, 2);
    unlink(beside);
    free(beside);
    close_place(&place);
}

/* A change that was asked for is told to whoever looks at the terminal, too. */
static void asked_and_told(void *context)
{
    struct place place;
    (void)context;
    open_place(&place, EVERY_MS);
    replace_in_fixture(place.folder, "dukkango", "orders.json", NULL, "{");
    reload_badly(place.server, "orders.json:1:2: ");
    await_changes(&place, 1);
    check_told(&place, "the last good fixtures stay");
    close_place(&place);
}

/* Nobody writes to the pipe: whoever opened it would wait for ever. */
static void a_pipe(void *context)
{
    struct place place;
    (void)context;
    open_place(&place, EVERY_MS);
    char *path = mem_print("%s/dukkango/openapi.json", place.folder);
    CHECK_INTEGER(unlink(path), 0);
    CHECK_INTEGER(mkfifo(path, 0600), 0);
    await_changes(&place, 1);
    check_told(&place, "openapi.json: a pipe or a device");
    check_stale(place.server, 1, "openapi.json: a pipe or a device");
    free(path);
    close_place(&place);
}

void suite_reload(void)
{
    register_test("reload", "new orders", new_orders, NULL);
    for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
        union {
            const struct mistake *read;
            void *context;
        } mistake = {.read = &mistakes[i]};
        register_test("reload", mistakes[i].name, mistake_and_mend, mistake.context);
    }
    register_test("reload", "mended otherwise", mended_otherwise, NULL);
    register_test("reload", "all mistakes", all_mistakes, NULL);
    register_test("reload", "by the library", by_the_library, NULL);
    register_test("reload", "embedded", embedded, NULL);
    register_test("reload", "of default", of_default, NULL);
    register_test("reload", "of others", of_others, NULL);
    register_test("reload", "the journal outlives", journal_outlives, NULL);
    register_test("reload", "by itself", by_itself, NULL);
    register_test("reload", "asked and told", asked_and_told, NULL);
    register_test("reload", "a pipe", a_pipe, NULL);
}
