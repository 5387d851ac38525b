/*
 * Sixteen cancels of one order at the same time, a hundred times over, on each provider: by the journal exactly one
 * changes the order, and the others get what section 7 of the provider's facts says of a second cancel.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "base/text.h"
#include "tests/client.h"
#include "tests/requests_of.h"
#include "tests/suites.h"

#define RACERS 16
#define RACES  100

struct racer {
    pthread_t thread;
    pthread_barrier_t *start;
    uint16_t port;
    const struct client_event *event;
    const char *target;
    const char *body;
    int status;
};

static void *race(void *context)
{
    struct racer *racer = context;
    cJSON *headers = json_read_text(racer->event->headers);
    pthread_barrier_wait(racer->start);
    struct heard heard = request(racer->port, racer->event->method, racer->target, headers, racer->body);
    racer->status = heard.status;
    heard_release(&heard);
    cJSON_Delete(headers);
    return NULL;
}

static void run_racers(struct racer racers[RACERS], const struct racer *common)
{
    pthread_barrier_t start;
    pthread_barrier_init(&start, NULL, RACERS);
    for (int i = 0; i < RACERS; i++) {
        racers[i] = *common;
        racers[i].start = &start;
        pthread_create(&racers[i].thread, NULL, race, &racers[i]);
    }
    for (int i = 0; i < RACERS; i++)
        pthread_join(racers[i].thread, NULL);
    pthread_barrier_destroy(&start);
}

/* How many journal entries of the order changed its state. */
static int changes(struct mock_server *server, const char *provider, const char *id, int *entries)
{
    char *path = mem_print("/_mock/requests?provider=%s&order=%s&operation=cancel", provider, id);
    cJSON *answer = steer(server, "GET", path, NULL, 200);
    const cJSON *list = json_member(answer, "requests");
    int changed = 0;
    *entries = cJSON_GetArraySize(list);
    for (const cJSON *entry = list->child; entry != NULL; entry = entry->next) {
        const cJSON *order = json_member(entry, "order");
        const char *before = json_string(order, "before"), *after = json_string(order, "after");
        changed += before != NULL && (after == NULL || strcmp(before, after) != 0);
    }
    cJSON_Delete(answer);
    free(path);
    return changed;
}

static void race_once(struct mock_server *server, const struct client_event *event)
{
    char *path = mem_print("/_mock/orders/%s", event->provider);
    cJSON *order = steer(server, "POST", path, "{}", 201);
    const char *id = json_string_or(order, "id", "");
    char *target = fill_id(event->target, id), *body = fill_id(event->body, id);
    struct racer racers[RACERS];
    run_racers(racers,
               &(struct racer){.port = mock_server_port(server), .event = event, .target = target, .body = body});

    int won = 0, second = 0, entries = 0;
    for (int i = 0; i < RACERS; i++) {
        won += racers[i].status == 200;
        second += racers[i].status == event->second_status;
    }
    CHECK_INTEGER(changes(server, event->provider, id, &entries), 1);
    CHECK_INTEGER(entries, RACERS);
    CHECK_INTEGER(second, event->second_status == 200 ? RACERS : RACERS - 1);
    CHECK_INTEGER(won, event->second_status == 200 ? RACERS : 1);
    cJSON_Delete(order);
    free(target);
    free(body);
    free(path);
}

static void one_wins(void *context)
{
    const struct client_event *event = context;
    struct mock_server *server = start_server();
    char *knobs = mem_print("/_mock/knobs/%s", event->provider);
    if (event->knobs != NULL)
        cJSON_Delete(steer(server, "PATCH", knobs, event->knobs, 200));
    free(knobs);
    for (int i = 0; i < RACES; i++)
        race_once(server, event);
    mock_server_stop(server);
}

static void *pass_time(void *context)
{
    CHECK_INTEGER(mock_server_control(context, "POST", "/_mock/clock/advance", "{\"days\":400}", NULL), 200);
    return NULL;
}

/* While clients cancel, the order comes due: one of them cancelled it and it stays so, or it left for the carrier. */
static void one_wins_against_time(void *context)
{
    const struct client_event *event = context;
    struct mock_server *server = start_server();
    for (int i = 0; i < RACES; i++) {
        cJSON *order = steer(server, "POST", "/_mock/orders/iletimerkezi", "{}", 201);
        const char *id = json_string_or(order, "id", "");
        char *target = fill_id(event->target, id), *body = fill_id(event->body, id);
        char *path = mem_print("/_mock/orders/iletimerkezi/%s", id);
        struct racer racers[RACERS];
        pthread_t time;
        int entries = 0;
        pthread_create(&time, NULL, pass_time, server);
        run_racers(racers,
                   &(struct racer){.port = mock_server_port(server), .event = event, .target = target, .body = body});
        pthread_join(time, NULL);
        cJSON *after = steer(server, "GET", path, NULL, 200);
        const char *state = json_string_or(after, "state", "");
        bool cancelled = strcmp(state, "cancelled") == 0;
        CHECK_INTEGER(changes(server, "iletimerkezi", id, &entries), cancelled ? 1 : 0);
        CHECK(cancelled || strcmp(state, "sending") == 0 || strcmp(state, "completed") == 0);
        CHECK_INTEGER(entries, RACERS);
        cJSON_Delete(after);
        cJSON_Delete(order);
        free(path);
        free(target);
        free(body);
        cJSON_Delete(steer(server, "POST", "/_mock/reset", NULL, 204));
    }
    mock_server_stop(server);
}

static void *reset_often(void *context)
{
    for (int i = 0; i < 200; i++)
        mock_server_control(context, "POST", "/_mock/reset", NULL, NULL);
    return NULL;
}

/* Nobody sees a store that is half filled. */
static void reset_is_atomic(void *context)
{
    struct mock_server *server = start_server();
    pthread_t thread;
    (void)context;
    pthread_create(&thread, NULL, reset_often, server);
    for (int i = 0; i < 500; i++)
        cJSON_Delete(steer(server, "GET", "/_mock/orders/dukkango/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e", NULL, 200));
    pthread_join(thread, NULL);
    mock_server_stop(server);
}

void suite_parallel(void)
{
    register_test("parallel", "reset is atomic", reset_is_atomic, NULL);
    for (size_t i = 0; i < client_event_count; i++) {
        union {
            const struct client_event *read;
            void *context;
        } event = {.read = &client_events[i]};
        if (event.read->second_status != 0)
            register_test("parallel", event.read->provider, one_wins, event.context);
        if (strcmp(event.read->provider, "iletimerkezi") == 0 && event.read->second_status != 0)
            register_test("parallel", "one wins against time", one_wins_against_time, event.context);
    }
}
