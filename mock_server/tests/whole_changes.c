/*
 * Changes of a session are whole: two request loops on one session, and a third thread that changes it all the while.
 * No request sees one of two knobs that are set together, a part of a reset, or half of other fixtures.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "base/text.h"
#include "control/control.h"
#include "fixtures/fixtures.h"
#include "model/exchange.h"
#include "model/framing.h"
#include "model/knob_values.h"
#include "model/provider.h"
#include "pipeline/pipeline.h"
#include "registry.h"
#include "session/reload.h"
#include "session/sessions.h"
#include "tests/fixture_folder.h"
#include "tests/suites.h"

#define LOOPS    2
#define REQUESTS 4000                      /* of each loop */
#define CHANGES  400                       /* at least */
#define START_US INT64_C(1793523600000000) /* 2026-11-01T09:00:00Z */

static const struct provider *provider_named(const char *name)
{
    const struct provider *const *provider = all_providers;
    while (strcmp((*provider)->name, name) != 0)
        provider++;
    return *provider;
}

/* ── A server without its transport ────────────────────────────────────────────────────────────────────────────── */

struct world {
    const struct provider *providers[2];
    struct knob_values *knobs;
    struct sessions *sessions;
    struct reload *reload;
    struct http *http; /* NULL */
    struct pipeline pipeline;
    struct control control;
};

static void open_world(struct world *world, const char *provider, const char *folder)
{
    struct text problems = TEXT_INIT(4096);
    *world = (struct world){.providers = {provider_named(provider)}};
    world->knobs = knob_values_new(world->providers);
    const struct session_options options = {.clock = {.now_us = START_US}, .journal_size = 16, .knobs = world->knobs};
    const struct fixtures *fixtures = fixtures_load(folder, world->providers, &problems);
    world->sessions = sessions_new(&options, fixtures, &problems);
    fixtures_drop(fixtures);
    CHECK_TEXT(text_cstr(&problems), "");
    world->reload = reload_new(
        &(struct reload_options){.folder = folder, .providers = world->providers, .sessions = world->sessions});
    world->pipeline = (struct pipeline){.providers = world->providers, .sessions = world->sessions};
    world->control = (struct control){
        .providers = world->providers, .sessions = world->sessions, .reload = world->reload, .http = &world->http};
    text_release(&problems);
}

static void close_world(struct world *world)
{
    reload_free(world->reload);
    sessions_free(world->sessions);
    knob_values_free(world->knobs);
}

/* The answer's JSON, for the caller to delete. */
static cJSON *look_at(struct world *world, const char *path)
{
    const struct control_request request = {.method = "GET", .path = path, .root = ""};
    struct control_answer answer = control_call(&world->control, &request);
    cJSON *json = json_read_text(answer.text);
    free(answer.text);
    return json;
}

static int steer_world(struct world *world, const char *method, const char *path, const char *json)
{
    const struct control_request request = {
        .method = method, .path = path, .root = "", .json = json, .length = json == NULL ? 0 : strlen(json)};
    struct control_answer answer = control_call(&world->control, &request);
    free(answer.text);
    free(answer.allow);
    return answer.status;
}

/* For the caller to drop. */
static struct exchange *ask(struct world *world, const char *method, const char *path, const char *token)
{
    struct exchange *x = exchange_new();
    x->request.method = method;
    x->request.target = x->request.path = path;
    x->request.version = "HTTP/1.1";
    x->request.headers = arena_alloc(x->arena, 2 * sizeof(struct header));
    x->request.headers[0] = (struct header){"Access-Token", token};
    x->request.headers[1] = (struct header){"Content-Type", "application/json"};
    x->request.header_count = 2;
    x->request.body = "{\"reason_id\": 3}";
    x->request.body_length = strlen(x->request.body);
    pipeline_run(&world->pipeline, x);
    return x;
}

/* ── Loops and changes at the same time ────────────────────────────────────────────────────────────────────────── */

struct race {
    struct world world;
    bool (*is_whole)(struct world *world);   /* one request: whether it saw no half */
    void (*change)(struct world *, int nth); /* one change, or the steps between two */
    int loops_left;                          /* read and written atomically, as the next is */
    int halves;
};

static void *request_loop(void *context)
{
    struct race *race = context;
    for (int i = 0; i < REQUESTS; i++)
        if (!race->is_whole(&race->world))
            __atomic_add_fetch(&race->halves, 1, __ATOMIC_RELAXED);
    __atomic_sub_fetch(&race->loops_left, 1, __ATOMIC_RELEASE);
    return NULL;
}

/* The loops go on while there is a change, and changes go on while there is a loop. */
static void run(struct race *race)
{
    pthread_t loops[LOOPS];
    race->loops_left = LOOPS;
    for (int i = 0; i < LOOPS; i++)
        pthread_create(&loops[i], NULL, request_loop, race);
    for (int nth = 0; nth < CHANGES || __atomic_load_n(&race->loops_left, __ATOMIC_ACQUIRE) > 0; nth++)
        race->change(&race->world, nth);
    for (int i = 0; i < LOOPS; i++)
        pthread_join(loops[i], NULL);
    CHECK_INTEGER(race->halves, 0);
}

/* ── Two knobs ─────────────────────────────────────────────────────────────────────────────────────────────────── */

#define CURRENT "/api/integrations/orders/get-current"

/* 405 with a body or 404 without one: never the status of the one setting with the body of the other. */
static bool request_sees_both(struct world *world)
{
    struct exchange *x = ask(world, "PATCH", CURRENT, "your-access-token");
    bool whole =
        (x->reply.status == 405 && x->reply.body_length > 0) || (x->reply.status == 404 && x->reply.body_length == 0);
    exchange_drop(x);
    return whole;
}

/* The first of all knobs, and one of the last. */
static bool call_sees_both(struct world *world)
{
    cJSON *knobs = look_at(world, "/_mock/knobs/dukkango");
    bool first = strcmp(json_string_or(knobs, "cancel_when_terminal", ""), "409") == 0,
         last = strcmp(json_string_or(knobs, "complete_pace", ""), "immediate") == 0;
    cJSON_Delete(knobs);
    return first == last;
}

static bool sees_both_knobs(struct world *world)
{
    return request_sees_both(world) && call_sees_both(world);
}

static void set_knobs(struct world *world, int nth)
{
    static const char *const settings[] = {
        "{\"cancel_when_terminal\":\"409\",\"wrong_method_status\":\"404\",\"wrong_method_body\":\"empty\","
        "\"complete_pace\":\"immediate\"}",
        "{\"cancel_when_terminal\":\"404\",\"wrong_method_status\":\"405\",\"wrong_method_body\":\"error\","
        "\"complete_pace\":\"never\"}"};
    CHECK_INTEGER(steer_world(world, "PATCH", "/_mock/knobs/dukkango", settings[nth % 2]), 200);
}

static void knobs_together(void *context)
{
    struct race race = {.is_whole = sees_both_knobs, .change = set_knobs};
    (void)context;
    open_world(&race.world, "dukkango", NULL);
    run(&race);
    close_world(&race.world);
}

/* ── A reset ───────────────────────────────────────────────────────────────────────────────────────────────────── */

#define ORDER  "7d0d6c1e-2f4b-4a3c-8f0e-1b2c3d4e5f05" /* it is COMPLETE: every cancel of it is refused */
#define CANCEL "/api/integrations/orders/cancel/" ORDER

/* The order is moved only while the clock is ahead, and a reset puts both back: a moved order at the first moment is
 * half of one. */
static bool sees_whole_reset(struct world *world)
{
    struct exchange *x = ask(world, "PUT", CANCEL, "your-access-token");
    bool moved = x->state_before != NULL && strcmp(x->state_before, "CANCELED") == 0;
    bool whole = x->reply.status == 404 && !(moved && x->at_us == START_US);
    exchange_drop(x);
    return whole;
}

static void advance_move_and_reset(struct world *world, int nth)
{
    (void)nth;
    CHECK_INTEGER(steer_world(world, "POST", "/_mock/clock/advance", "{\"days\":1}"), 200);
    CHECK_INTEGER(steer_world(world, "PATCH", "/_mock/orders/dukkango/" ORDER, "{\"state\":\"CANCELED\"}"), 200);
    CHECK_INTEGER(steer_world(world, "POST", "/_mock/reset", NULL), 204);
}

static void reset_whole(void *context)
{
    struct race race = {.is_whole = sees_whole_reset, .change = advance_move_and_reset};
    (void)context;
    open_world(&race.world, "dukkango", NULL);
    run(&race);
    close_world(&race.world);
}

/* ── Other fixtures ────────────────────────────────────────────────────────────────────────────────────────────── */

/* In both sets the order is the one of the token's account, but that account is another: somebody else's order would be
 * 403. */
static bool sees_one_set(struct world *world)
{
    struct exchange *x = ask(world, "PUT", CANCEL, "your-access-token");
    bool whole = x->reply.status == 404;
    exchange_drop(x);
    return whole;
}

#define TOKEN ", \"about\": \"the token that the vendor's samples show\""

static void write_set(const char *folder, const char *account)
{
    char *orders =
        mem_print("{\"orders\": [{\"id\": \"" ORDER "\", \"account\": \"%s\", \"state\": \"COMPLETE\"}]}", account);
    char *credential = mem_print("{\"account\": \"%s\"" TOKEN, account);
    replace_in_fixture(folder, "dukkango", "orders.json", NULL, orders);
    replace_in_fixture(folder, "dukkango", "provider.json", "{\"account\": \"cinaralti\"" TOKEN, credential);
    free(credential);
    free(orders);
}

static const struct fixtures *sets[2]; /* for the time of the test */

static void move(struct world *world, int nth)
{
    struct text problems = TEXT_INIT(4096);
    struct session *session = sessions_default(world->sessions);
    CHECK(session_move(session, sets[nth % 2], &problems));
    session_drop(session);
    text_release(&problems);
}

static void fixtures_whole(void *context)
{
    struct race race = {.is_whole = sees_one_set, .change = move};
    char folders[2][FOLDER_MAX];
    struct text problems = TEXT_INIT(4096);
    const struct provider *const providers[] = {provider_named("dukkango"), NULL};
    (void)context;
    for (int i = 0; i < 2; i++) {
        make_fixture_folder(folders[i], "dukkango");
        write_set(folders[i], i == 0 ? "cinaralti" : "sahil");
        sets[i] = fixtures_load(folders[i], providers, &problems);
        CHECK_TEXT(text_cstr(&problems), "");
    }
    open_world(&race.world, "dukkango", folders[0]);
    run(&race);
    close_world(&race.world);
    for (int i = 0; i < 2; i++) {
        fixtures_drop(sets[i]);
        remove_fixture_folder(folders[i]);
    }
    text_release(&problems);
}

void suite_whole_changes(void)
{
    register_test("parallel", "two knobs are seen together", knobs_together, NULL);
    register_test("parallel", "a reset is seen whole", reset_whole, NULL);
    register_test("parallel", "one set of fixtures is seen", fixtures_whole, NULL);
}
