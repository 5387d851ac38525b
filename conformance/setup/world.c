/*
 * Starting the mock and talking to its control API: what does not depend on the row. Setting up a row is in setup.c.
 */
#include "setup/world.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check/fill.h"
#include "http/control_client.h"
#include "mock_server/base/ascii.h"
#include "mock_server/base/json.h"
#include "mock_server/base/json_path.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/text.h"
#include "setup/folder.h"
#include "setup/settle.h"

#define SECRET_LENGTH_MIN 6

int world_call(struct mock_server *server, const char *method, const char *path, const cJSON *body, cJSON **out)
{
    struct control_client control = {.server = server};
    return control_client_call(&control, method, path, body, out);
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* mock_server_options.tell */
static void tell_people(void *context, const char *sentence)
{
    (void)context;
    fprintf(stderr, "cancelcheck: %s\n", sentence);
}

static int start_server(const struct world *world, bool has_tls, struct mock_server **server, char **problem)
{
    char text[MOCK_SERVER_PROBLEM_MAX] = "";
    struct mock_server_options options = {.listen = "127.0.0.1:0",
                                          .tls_listen = has_tls ? "127.0.0.1:0" : NULL,
                                          .ca_dir = world->ca_dir,
                                          .seed = 1,
                                          .no_control = true,
                                          .show_secrets = true,
                                          .journal_file = world->journal_file,
                                          .expects_refusals = true,
                                          .tell = tell_people};
    if (mock_server_start(&options, server, text, sizeof text) == MOCK_SERVER_OK)
        return 0;
    *problem = mem_print("the mock server does not start: %s", text);
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

static int make_folders(struct world *world, const char *folder, char **problem)
{
    world->folder = folder_make(folder, "worker");
    if (world->folder == NULL)
        *problem = mem_dup("no temporary folder can be made");
    else
        world->ca_dir = mem_print("%s/ca", world->folder);
    return world->folder == NULL ? -1 : 0;
}

int world_start(struct world *world, const char *folder, const char *journal_file, char **problem)
{
    *world = (struct world){.closed_socket = -1, .settling = -1, .journal_file = journal_file};
    if (make_folders(world, folder, problem) < 0 || start_server(world, true, &world->server, problem) < 0) {
        (void)world_stop(world);
        return -1;
    }
    cJSON *answer = NULL;
    int status = world_call(world->server, "GET", "/_mock/providers", NULL, &answer);
    world->providers = cJSON_DetachItemFromObjectCaseSensitive(answer, "providers");
    cJSON_Delete(answer);
    if (status != 200 || !cJSON_IsObject(world->providers))
        *problem = mem_print("the mock server does not name its providers (status %d)", status);
    else if (reserve_closed_port(world) < 0)
        *problem = mem_dup("no port can be had on 127.0.0.1");
    else
        return 0;
    (void)world_stop(world);
    return -1;
}

int world_stop(struct world *world)
{
    int result = 0;
    world_clear(world);
    if (world->settling >= 0)
        close(world->settling);
    if (mock_server_stop(world->server) < 0)
        result = -1;
    if (mock_server_stop(world->other) < 0)
        result = -1;
    cJSON_Delete(world->providers);
    cJSON_Delete(world->id_forms);
    earlier_release(&world->earlier);
    cJSON_Delete(world->late);
    if (world->closed_socket >= 0)
        close(world->closed_socket);
    folder_remove(world->folder);
    free(world->folder);
    free(world->ca_dir);
    *world = (struct world){.closed_socket = -1, .settling = -1};
    return result;
}

void world_settle(struct world *world)
{
    settle(&world->settling, mock_server_port(world->server));
}

int world_start_other(struct world *world)
{
    return world->other != NULL ? 0 : start_server(world, false, &world->other, &world->problem);
}

/* ── Steering ────────────────────────────────────────────────────────────────────────────────────────────────────── */

int world_fail(struct world *world, char *problem)
{
    free(world->problem);
    world->problem = problem;
    return -1;
}

const char *world_provider(const struct world *world)
{
    return world->table->profile.provider;
}

/* Fills the placeholders and parses; NULL with the problem set. */
cJSON *world_filled(struct world *world, const char *text)
{
    char *missing = NULL;
    char *json = fill_json(text, world->names, &missing);
    if (json == NULL) {
        world_fail(world, mem_print("no such placeholder: {%s}", missing));
        free(missing);
        return NULL;
    }
    cJSON *node = json_read_bytes(json, strlen(json));
    if (node == NULL)
        world_fail(world, mem_print("this is no JSON: %.200s", json));
    free(json);
    return node;
}

/* A control call that must answer 2xx. */
int world_steer(struct world *world, const char *method, const char *path, const cJSON *body, cJSON **out)
{
    cJSON *answer = NULL;
    int status = world_call(world->server, method, path, body, &answer);
    bool good = status >= 200 && status < 300;
    if (!good) {
        char *json = body == NULL ? mem_dup("") : json_write(body);
        char *text = json_shown(answer);
        world_fail(world, mem_print("the mock answers %d to %s %s %s: %s", status, method, path, json, text));
        free(text);
        free(json);
    }
    if (good && out != NULL)
        *out = answer;
    else
        cJSON_Delete(answer);
    return good ? 0 : -1;
}

/* ── The journal ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static cJSON *requests_since(struct mock_server *server, int since)
{
    char *path = mem_print("/_mock/requests?since=%d&limit=10000", since);
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
    world_call(server, "GET", "/_mock/requests?since=9007199254740991", NULL, &answer);
    int next = json_int_or(answer, "next", 0);
    cJSON_Delete(answer);
    return next;
}

static void add_late(struct world *world, const cJSON *entry)
{
    const cJSON *request = json_member(entry, "request");
    const char *method = json_string(request, "method");
    const char *target = json_string(request, "target");
    char *text = mem_print("%s %.300s", method != NULL ? method : "?", target != NULL ? target : "?");
    if (world->late == NULL)
        world->late = cJSON_CreateArray();
    json_push_string(world->late, text);
    free(text);
}

/* About an order of an earlier case, and not of this one. */
static bool is_about_an_earlier_order(const struct world *world, const cJSON *entry)
{
    const cJSON *request = json_member(entry, "request");
    return earlier_mentioned(&world->earlier, json_string(request, "target"), json_string(request, "body"),
                             json_string(world->names, "order_id"));
}

cJSON *world_requests(struct world *world)
{
    cJSON *requests = requests_since(world->server, world->since);
    for (cJSON *entry = requests != NULL ? requests->child : NULL; entry != NULL;) {
        cJSON *next = entry->next;
        if (is_about_an_earlier_order(world, entry)) {
            add_late(world, entry);
            cJSON_Delete(cJSON_DetachItemViaPointer(requests, entry));
        }
        entry = next;
    }
    return requests;
}

cJSON *world_other_requests(struct world *world)
{
    return world->other != NULL && world->wants_other ? requests_since(world->other, world->other_since) : NULL;
}

cJSON *world_late_requests(struct world *world)
{
    cJSON *requests = requests_since(world->server, world->since);
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, requests)
        add_late(world, entry);
    cJSON_Delete(requests);
    cJSON *late = world->late != NULL ? world->late : cJSON_CreateArray();
    world->late = NULL;
    return late;
}

/* ── The case ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The text as it stands in a URL; and in JSON of those that write a slash as "\/". */
static char *spelled_otherwise(const char *text, bool in_url)
{
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    for (; *text != '\0'; text++)
        if (in_url && !ascii_is_alnum(*text) && strchr("-._~", *text) == NULL)
            text_print(&out, "%%%02X", (unsigned char)*text);
        else
            text_print(&out, "%s%c", *text == '/' ? "\\" : "", *text);
    return text_take(&out);
}

/* A key may hold '/', '+' and '=', which do not leave as they are everywhere. */
static void add_spellings(cJSON *secrets, const char *secret)
{
    json_push_string(secrets, secret);
    for (int in_url = 0; in_url < 2; in_url++) {
        char *text = spelled_otherwise(secret, in_url == 1);
        if (strcmp(text, secret) != 0)
            json_push_string(secrets, text);
        free(text);
    }
}

cJSON *world_secrets(const struct world *world)
{
    cJSON *secrets = cJSON_CreateArray();
    const char *const groups[] = {"credentials", "all_credentials"};
    for (int i = 0; i < 2; i++) {
        const cJSON *value = NULL;
        cJSON_ArrayForEach (value, json_member(world->names, groups[i])) {
            const char *text = cJSON_GetStringValue(value);
            if (text != NULL && strlen(text) >= SECRET_LENGTH_MIN)
                add_spellings(secrets, text);
        }
    }
    return secrets;
}

void world_clear(struct world *world)
{
    earlier_end(&world->earlier, json_string(world->order, "id"));
    if (world->server != NULL && world->check != NULL)
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
