/*
 * Replays every documented exchange of fixtures/<provider>/exchanges: one test each, on a session fresh from its
 * fixtures. The expectations were written by hand from the vendors' documents; fixtures/README.md has the format.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/mem.h"
#include "support/text.h"
#include "tests/check.h"
#include "tests/client.h"

struct replay {
    char *provider;
    cJSON *exchange; /* detached from its file */
};

/* All replays share one server, started by the first: each resets it. It stops with the program's last replay. */
static struct {
    struct mock_server *server;
    struct replay *list;
    size_t count, done;
} shelf;

static struct heard send_request(const cJSON *spec)
{
    return request(mock_server_port(shelf.server), json_string_or(spec, "method", ""),
                   json_string_or(spec, "target", ""), json_member(spec, "headers"), json_string(spec, "body"));
}

static void steer_with(const char *method, const char *path, const cJSON *body, int status)
{
    char *json = json_write(body);
    cJSON_Delete(steer(shelf.server, method, path, json, status));
    free(json);
}

static void turn_knobs(const char *provider, const cJSON *knobs)
{
    char *path = mem_print("/_mock/knobs/%s", provider);
    steer_with("PATCH", path, knobs, 200);
    free(path);
}

static void make_orders(const char *provider, const cJSON *orders)
{
    char *path = mem_print("/_mock/orders/%s", provider);
    for (const cJSON *order = orders->child; order != NULL; order = order->next)
        steer_with("POST", path, order, 201);
    free(path);
}

static void raise_events(const char *provider, const cJSON *events)
{
    for (const cJSON *event = events->child; event != NULL; event = event->next) {
        char *path = mem_print("/_mock/orders/%s/%s/events", provider, json_string_or(event, "order", ""));
        cJSON *body = cJSON_CreateObject();
        json_set_string(body, "event", json_string(event, "event"));
        steer_with("POST", path, body, 200);
        cJSON_Delete(body);
        free(path);
    }
}

static void send_earlier(const char *provider, const cJSON *requests)
{
    (void)provider;
    for (const cJSON *earlier = requests->child; earlier != NULL; earlier = earlier->next) {
        struct heard heard = send_request(earlier);
        heard_release(&heard);
    }
}

static const struct {
    const char *name;
    void (*prepare)(const char *provider, const cJSON *what);
} preparations[] = {
    {"knobs", turn_knobs}, {"orders", make_orders}, {"events", raise_events}, {"requests", send_earlier}};

/* The members of `given`, in the order in which they are written. */
static void prepare(const char *provider, const cJSON *given)
{
    for (const cJSON *member = given == NULL ? NULL : given->child; member != NULL; member = member->next) {
        bool known = false;
        for (size_t i = 0; i < COUNT_OF(preparations); i++)
            if (strcmp(preparations[i].name, member->string) == 0) {
                preparations[i].prepare(provider, member);
                known = true;
            }
        CHECK_TEXT(known ? "known" : member->string, "known");
    }
}

static void compare_json(const char *actual, const cJSON *expected)
{
    cJSON *tree = json_read_text(actual);
    char *is = tree == NULL ? mem_dup(actual) : json_write(tree), *should = json_write(expected);
    CHECK_TEXT(is, should);
    free(is);
    free(should);
    cJSON_Delete(tree);
}

static void compare(const struct heard *heard, const cJSON *expected)
{
    int64_t status = 0;
    json_integer(json_member(expected, "status"), &status);
    CHECK_INTEGER(heard->status, status);
    const cJSON *headers = json_member(expected, "headers");
    for (const cJSON *header = headers == NULL ? NULL : headers->child; header != NULL; header = header->next) {
        char value[256];
        CHECK_TEXT(heard_header(heard, header->string, value), cJSON_IsNull(header) ? NULL : header->valuestring);
    }
    if (json_string(expected, "body") != NULL)
        CHECK_TEXT(heard->body, json_string(expected, "body"));
    if (json_member(expected, "json") != NULL)
        compare_json(heard->body, json_member(expected, "json"));
}

static void check_afterwards(const char *provider, const cJSON *then)
{
    char path[320];
    if (then == NULL)
        return;
    snprintf(path, sizeof path, "/_mock/orders/%s/%s", provider, json_string_or(then, "order", ""));
    bool gone = cJSON_IsNull(json_member(then, "state"));
    cJSON *order = steer(shelf.server, "GET", path, NULL, gone ? 404 : 200);
    if (!gone)
        CHECK_TEXT(json_string(order, "state"), json_string(then, "state"));
    cJSON_Delete(order);
}

static void release_shelf(void)
{
    mock_server_stop(shelf.server);
    for (size_t i = 0; i < shelf.count; i++) {
        free(shelf.list[i].provider);
        cJSON_Delete(shelf.list[i].exchange);
    }
    free(shelf.list);
}

static void replay(void *context)
{
    const struct replay *own = &shelf.list[(size_t)(uintptr_t)context];
    if (shelf.server == NULL)
        shelf.server = start_server();
    cJSON_Delete(steer(shelf.server, "POST", "/_mock/reset", NULL, 204));
    prepare(own->provider, json_member(own->exchange, "given"));
    struct heard heard = send_request(json_member(own->exchange, "request"));
    compare(&heard, json_member(own->exchange, "response"));
    check_afterwards(own->provider, json_member(own->exchange, "then"));
    heard_release(&heard);
}

/* ── Finding them ──────────────────────────────────────────────────────────────────────────────────────────────── */

static char *read_file(const char *path, size_t *length)
{
    struct text text = TEXT_INIT((size_t)16 * 1024 * 1024);
    char chunk[8192];
    FILE *file = fopen(path, "rb");
    size_t got;
    while (file != NULL && (got = fread(chunk, 1, sizeof chunk, file)) > 0)
        text_add_bytes(&text, chunk, got);
    if (file != NULL)
        fclose(file);
    *length = text.length;
    return text_take(&text);
}

static void add(const char *provider, const char *file, cJSON *exchange)
{
    char *name = mem_print("%s/%s: %s", provider, file, json_string_or(exchange, "name", "?"));
    shelf.list = mem_resize(shelf.list, (shelf.count + 1) * sizeof *shelf.list);
    shelf.list[shelf.count] = (struct replay){mem_dup(provider), exchange};
    register_test("replay", name, replay, (void *)(uintptr_t)shelf.count++);
    free(name);
}

static void add_file(const char *provider, const char *folder, const char *file)
{
    size_t length = 0;
    struct json_problem problem;
    char *path = mem_print("%s/%s", folder, file), *text = read_file(path, &length);
    cJSON *tree = json_read(text, length, JSON_UNIQUE, NULL, &problem);
    if (tree == NULL) {
        fprintf(stderr, "%s:%u:%u: %s\n", path, problem.line, problem.column, problem.text);
        abort();
    }
    cJSON *list = json_member_mut(tree, "exchanges");
    while (cJSON_GetArraySize(list) > 0)
        add(provider, file, cJSON_DetachItemFromArray(list, 0));
    cJSON_Delete(tree);
    free(path);
    free(text);
}

void suite_replay(void)
{
    static const char *const providers[] = {"dukkango", "fungies", "akinon", "iletimerkezi", "zaikio"};
    for (size_t i = 0; i < COUNT_OF(providers); i++) {
        char folder[128];
        snprintf(folder, sizeof folder, "fixtures/%s/exchanges", providers[i]);
        struct dirent **entries = NULL;
        int count = scandir(folder, &entries, NULL, alphasort);
        for (int e = 0; e < count; e++) {
            if (strstr(entries[e]->d_name, ".json") != NULL)
                add_file(providers[i], folder, entries[e]->d_name);
            free(entries[e]);
        }
        free(entries);
    }
    atexit(release_shelf);
}
