/*
 * Starting the mock and talking to its control API: what does not depend on the row. Setting up a row is in given.c.
 */
#include "runner/world.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "runner/given.h"
#include "support/doc.h"
#include "support/folder.h"
#include "support/memory.h"

#define SECRET_LENGTH_MIN 6

int world_call(struct mock_server *server, const char *method, const char *path, const char *json, cJSON **out)
{
    char *answer = NULL;
    int status = mock_server_control(server, method, path, json, &answer);
    if (out)
        *out = answer ? doc_parse(answer, strlen(answer)) : NULL;
    free(answer);
    return status;
}

/* -- life ------------------------------------------------------------------------------------------------------- */

static int start_server(const struct world *world, struct mock_server **server, char **problem)
{
    char text[MOCK_SERVER_PROBLEM_MAX] = "";
    struct mock_server_options options = {
        .listen = "127.0.0.1:0", .seed = 1, .show_secrets = true, .journal_file = world->journal_file};
    if (mock_server_start(&options, server, text, sizeof text) == MOCK_SERVER_OK)
        return 0;
    *problem = must_format("the mock server does not start: %s", text);
    return -1;
}

/* A port that nobody else gets and where nobody listens. */
static int reserve_closed_port(struct world *world)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    world->closed_socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (world->closed_socket < 0 || bind(world->closed_socket, (struct sockaddr *)&address, sizeof address) < 0 ||
        getsockname(world->closed_socket, (struct sockaddr *)&address, &size) < 0)
        return -1;
    world->closed_port = ntohs(address.sin_port);
    return 0;
}

int world_start(struct world *world, const char *folder, const char *journal_file, char **problem)
{
    *world = (struct world){.closed_socket = -1, .journal_file = journal_file};
    if (start_server(world, &world->server, problem) < 0)
        return -1;
    cJSON *answer = NULL;
    int status = world_call(world->server, "GET", "/_mock/providers", NULL, &answer);
    world->providers = cJSON_DetachItemFromObjectCaseSensitive(answer, "providers");
    cJSON_Delete(answer);
    if (status != 200 || !cJSON_IsObject(world->providers))
        *problem = must_format("the mock server does not name its providers (status %d)", status);
    else if (reserve_closed_port(world) < 0)
        *problem = must_copy("no port can be had on 127.0.0.1");
    else if (!(world->folder = folder_make(folder, "worker")))
        *problem = must_copy("no temporary folder can be made");
    else
        return 0;
    world_stop(world);
    return -1;
}

void world_stop(struct world *world)
{
    world_clear(world);
    mock_server_stop(world->server);
    mock_server_stop(world->other);
    cJSON_Delete(world->providers);
    cJSON_Delete(world->id_forms);
    past_release(&world->past);
    cJSON_Delete(world->late);
    if (world->closed_socket >= 0)
        close(world->closed_socket);
    folder_remove(world->folder);
    free(world->folder);
    *world = (struct world){.closed_socket = -1};
}

int world_start_other(struct world *world)
{
    return world->other ? 0 : start_server(world, &world->other, &world->problem);
}

/* -- the journal ------------------------------------------------------------------------------------------------ */

static cJSON *requests_since(struct mock_server *server, int since)
{
    char *path = must_format("/_mock/requests?since=%d&limit=10000", since);
    cJSON *answer = NULL;
    int status = world_call(server, "GET", path, NULL, &answer);
    free(path);
    cJSON *requests = cJSON_DetachItemFromObjectCaseSensitive(answer, "requests");
    cJSON_Delete(answer);
    if (status == 200 && cJSON_IsArray(requests))
        return requests;
    cJSON_Delete(requests);
    return NULL;
}

int world_next_request(struct mock_server *server)
{
    cJSON *answer = NULL;
    world_call(server, "GET", "/_mock/requests?limit=1", NULL, &answer);
    int next = doc_int(answer, "next", 0);
    cJSON_Delete(answer);
    return next;
}

static void add_late(struct world *world, const cJSON *entry)
{
    const cJSON *request = doc_member(entry, "request");
    const char *method = doc_string(request, "method");
    const char *target = doc_string(request, "target");
    char *text = must_format("%s %.300s", method ? method : "?", target ? target : "?");
    if (!world->late)
        world->late = cJSON_CreateArray();
    doc_push_string(world->late, text);
    free(text);
}

/* About an order of an earlier case, and not of this one. */
static bool is_about_the_past(const struct world *world, const cJSON *entry)
{
    const cJSON *request = doc_member(entry, "request");
    return past_mentioned(&world->past, doc_string(request, "target"), doc_string(request, "body"),
                          doc_string(world->names, "order_id"));
}

cJSON *world_requests(struct world *world)
{
    cJSON *requests = requests_since(world->server, world->since);
    for (cJSON *entry = requests ? requests->child : NULL; entry;) {
        cJSON *next = entry->next;
        if (is_about_the_past(world, entry)) {
            add_late(world, entry);
            cJSON_Delete(cJSON_DetachItemViaPointer(requests, entry));
        }
        entry = next;
    }
    return requests;
}

cJSON *world_other_requests(struct world *world)
{
    return world->other && given_wants_other(world->check) ? requests_since(world->other, world->other_since) : NULL;
}

cJSON *world_stragglers(struct world *world)
{
    cJSON *requests = requests_since(world->server, world->since);
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, requests)
        add_late(world, entry);
    cJSON_Delete(requests);
    cJSON *late = world->late ? world->late : cJSON_CreateArray();
    world->late = NULL;
    return late;
}

/* -- the case --------------------------------------------------------------------------------------------------- */

char *world_order_path(const struct world *world)
{
    const char *id = doc_string(world->order, "id");
    return must_format("/_mock/orders/%s/%s", world->table->profile.provider, id ? id : "");
}

char *world_order_state(struct world *world)
{
    if (!world->order)
        return NULL;
    char *path = world_order_path(world);
    cJSON *order = NULL;
    int status = world_call(world->server, "GET", path, NULL, &order);
    free(path);
    const char *state = doc_string(order, "state");
    char *text = must_copy(status == 404 ? STATE_GONE : state ? state : "(unreadable)");
    cJSON_Delete(order);
    return text;
}

cJSON *world_secrets(const struct world *world)
{
    cJSON *secrets = cJSON_CreateArray();
    const char *const groups[] = {"credentials", "all_credentials"};
    for (int i = 0; i < 2; i++) {
        const cJSON *value = NULL;
        cJSON_ArrayForEach (value, doc_member(world->names, groups[i])) {
            const char *text = cJSON_GetStringValue(value);
            if (text && strlen(text) >= SECRET_LENGTH_MIN)
                doc_push_string(secrets, text);
        }
    }
    return secrets;
}

void world_clear(struct world *world)
{
    past_over(&world->past, doc_string(world->order, "id"));
    if (world->server && world->check)
        world->since = world_next_request(world->server);
    cJSON_Delete(world->names);
    cJSON_Delete(world->order);
    cJSON_Delete(world->command);
    folder_remove(world->state_dir);
    free(world->base_url);
    free(world->state_dir);
    free(world->problem);
    world->names = world->order = world->command = NULL;
    world->base_url = world->state_dir = world->problem = NULL;
    world->check = NULL;
    world->table = NULL;
}
