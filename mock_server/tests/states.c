/*
 * Walks every state × every event of fixtures/<provider>/states.json, which was written by hand from the documents: an
 * order is made in the state, the event is raised, and the answer and the state afterwards must be what is written
 * there.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "base/text.h"
#include "registry.h"
#include "tests/client.h"
#include "tests/requests_of.h"
#include "tests/suites.h"

#define ONE_MORE(name) +1
enum { PROVIDER_COUNT = PROVIDERS(ONE_MORE) };

struct step_case {
    size_t provider;   /* of `all_providers` */
    const char *state; /* borrowed from the file below */
    const cJSON *event;
};

/* The files are kept until the program ends: the tests point into them. */
static struct {
    cJSON *files[PROVIDER_COUNT];
    size_t file_count;
    struct step_case *list;
    size_t count;
    size_t walked[PROVIDER_COUNT]; /* pairs, by provider */
    struct mock_server *server;
} walk;

static const char *name_of(size_t provider)
{
    return all_providers[provider]->name;
}

static bool is_from(const cJSON *event, const char *state)
{
    const cJSON *from = json_member(event, "from");
    for (const cJSON *name = from->child; name != NULL; name = name->next)
        if (strcmp(name->valuestring, state) == 0)
            return true;
    return false;
}

static void set_knobs(const struct client_event *event)
{
    char *path = mem_print("/_mock/knobs/%s", event->provider);
    if (event->knobs != NULL)
        cJSON_Delete(steer(walk.server, "PATCH", path, event->knobs, 200));
    free(path);
}

static int raise_by_client(const char *provider, const char *event, const char *id)
{
    for (size_t i = 0; i < client_event_count; i++) {
        const struct client_event *known = &client_events[i];
        if (strcmp(known->provider, provider) != 0 || strcmp(known->event, event) != 0)
            continue;
        set_knobs(known);
        char *target = fill_id(known->target, id), *body = known->body == NULL ? NULL : fill_id(known->body, id);
        cJSON *headers = json_read_text(known->headers);
        struct heard heard = request(mock_server_port(walk.server), known->method, target, headers, body);
        int status = heard.status;
        heard_release(&heard);
        cJSON_Delete(headers);
        free(target);
        free(body);
        return status;
    }
    return -1; /* no request is known for this event: a defect of requests_of.c */
}

static int raise_by_control(const char *provider, const char *event, const char *id)
{
    char *path = mem_print("/_mock/orders/%s/%s/events", provider, id), *json = mem_print("{\"event\":\"%s\"}", event);
    int status = mock_server_control(walk.server, "POST", path, json, NULL);
    free(path);
    free(json);
    return status;
}

static int expected_status(const cJSON *event, bool legal, bool by_client)
{
    int64_t status = legal ? 200 : 409; /* of the control API */
    if (by_client)
        json_integer(json_member(json_member(event, legal ? "answer" : "otherwise"), "status"), &status);
    return (int)status;
}

static void check_state(const struct step_case *own, const char *id, bool legal)
{
    const char *to = json_string_or(own->event, "to", own->state); /* no "to": the state stays */
    char *path = mem_print("/_mock/orders/%s/%s", name_of(own->provider), id), *answer = NULL;
    int status = mock_server_control(walk.server, "GET", path, NULL, &answer);
    cJSON *order = answer == NULL ? NULL : json_read_text(answer);
    if (legal && cJSON_IsNull(json_member(own->event, "to")))
        CHECK_INTEGER(status, 404); /* "to": null: the order is gone */
    else
        CHECK_TEXT(json_string(order, "state"), legal ? to : own->state);
    cJSON_Delete(order);
    free(answer);
    free(path);
}

/* An order in the state, with what the event needs beside it. */
static char *order_for(const struct step_case *own)
{
    cJSON *spec = cJSON_CreateObject();
    json_set_string(spec, "state", own->state);
    json_overlay(spec, json_member(own->event, "order"));
    char *json = json_write(spec);
    cJSON_Delete(spec);
    return json;
}

static void step(void *context)
{
    const struct step_case *own = &walk.list[(size_t)(uintptr_t)context];
    if (walk.server == NULL)
        walk.server = start_server();
    char *path = mem_print("/_mock/orders/%s", name_of(own->provider)), *json = order_for(own);
    cJSON *order = steer(walk.server, "POST", path, json, 201);
    const char *id = json_string_or(order, "id", ""), *event = json_string_or(own->event, "name", "");
    bool by_client = strcmp(json_string_or(own->event, "by", ""), "client") == 0,
         legal = is_from(own->event, own->state);
    int status = by_client ? raise_by_client(name_of(own->provider), event, id)
                           : raise_by_control(name_of(own->provider), event, id);
    CHECK_INTEGER(status, expected_status(own->event, legal, by_client));
    check_state(own, id, legal);
    walk.walked[own->provider]++;
    cJSON_Delete(order);
    free(path);
    free(json);
}

/* How far the walk came, by provider: a walk that silently became shorter is seen here. */
static void tell(void)
{
    struct text line = TEXT_INIT(1024);
    size_t all = 0;
    for (size_t i = 0; i < walk.file_count; all += walk.walked[i++])
        if (walk.walked[i] > 0)
            text_print(&line, "%s%s %zu", line.length > 0 ? ", " : "", name_of(i), walk.walked[i]);
    if (all > 0)
        printf("states: walked %zu pairs (%s)\n", all, text_cstr(&line));
    text_release(&line);
}

static void release(void)
{
    tell();
    mock_server_stop(walk.server);
    for (size_t i = 0; i < walk.file_count; i++)
        cJSON_Delete(walk.files[i]);
    free(walk.list);
}

static void add_steps(size_t provider, const cJSON *file)
{
    const cJSON *states = json_member(file, "states"), *events = json_member(file, "events");
    for (const cJSON *state = states->child; state != NULL; state = state->next)
        for (const cJSON *event = events->child; event != NULL; event = event->next) {
            const char *from = json_string_or(state, "name", "");
            char *name = mem_print("%s: %s in %s", name_of(provider), json_string_or(event, "name", ""), from);
            walk.list = mem_resize(walk.list, (walk.count + 1) * sizeof *walk.list);
            walk.list[walk.count] = (struct step_case){provider, from, event};
            register_test("states", name, step, (void *)(uintptr_t)walk.count++);
            free(name);
        }
}

void suite_states(void)
{
    for (size_t i = 0; i < PROVIDER_COUNT; i++) {
        struct json_problem problem;
        char path[128], buffer[65536];
        snprintf(path, sizeof path, "fixtures/%s/states.json", name_of(i));
        FILE *file = fopen(path, "rb");
        size_t length = file == NULL ? 0 : fread(buffer, 1, sizeof buffer, file);
        if (file != NULL)
            fclose(file);
        cJSON *tree = json_read(buffer, length, JSON_UNIQUE, NULL, &problem);
        if (tree == NULL) {
            fprintf(stderr, "%s:%u:%u: %s\n", path, problem.line, problem.column, problem.text);
            abort();
        }
        walk.files[walk.file_count++] = tree;
        add_steps(i, tree);
    }
    atexit(release);
}
