/*
 * Replays every documented exchange of fixtures/<provider>/exchanges: one test each, on a session fresh from its
 * fixtures. The expectations were written by hand from the vendors' documents; fixtures/README.md has the format.
 *
 * Two things in an exchange are not literal. {{NAME}} stands for what an earlier request captured from its answer, in
 * every later text. {{/ERE/}} stands for any value that the expression fits as a whole, in expected header values and
 * in strings of an expected `json`, and for a whole `body`; where it fits, the expectation takes over the actual value,
 * and what is compared after that is literal again.
 */
#include <ctype.h>
#include <dirent.h>
#include <regex.h>
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

/* ── Names and expressions ─────────────────────────────────────────────────────────────────────────────────────── */

#define FILLED_MAX ((size_t)4 * 1024 * 1024)

/* The length of the name in "{{NAME}}" at `text`; 0 where no such thing begins. */
static size_t name_at(const char *text)
{
    size_t length = 0;
    if (strncmp(text, "{{", 2) != 0 || isdigit((unsigned char)text[2]))
        return 0;
    while (isalnum((unsigned char)text[2 + length]) || text[2 + length] == '_')
        length++;
    return strncmp(text + 2 + length, "}}", 2) == 0 ? length : 0;
}

/* `text` with its names filled in, for the caller to free(); NULL stays NULL. A name that nobody captured fails. */
static char *fill(const char *text, const cJSON *names)
{
    struct text out = TEXT_INIT(FILLED_MAX);
    for (const char *at = text; at != NULL && *at != '\0';) {
        size_t length = name_at(at);
        if (length == 0) {
            text_add_char(&out, *at++);
            continue;
        }
        char *name = mem_dup_bytes(at + 2, length);
        CHECK_TEXT(json_member(names, name) == NULL ? name : "captured", "captured");
        text_add(&out, json_string_or(names, name, ""));
        free(name);
        at += length + 4;
    }
    return text == NULL ? NULL : text_take(&out);
}

/* Fills the names into every string of a tree. */
static void fill_tree(cJSON *tree, const cJSON *names)
{
    if (cJSON_IsString(tree) && strstr(tree->valuestring, "{{") != NULL) {
        char *filled = fill(tree->valuestring, names);
        cJSON_SetValuestring(tree, filled);
        free(filled);
    }
    for (cJSON *child = tree == NULL ? NULL : tree->child; child != NULL; child = child->next)
        fill_tree(child, names);
}

static cJSON *filled_copy(const cJSON *tree, const cJSON *names)
{
    cJSON *copy = cJSON_Duplicate(tree, true);
    fill_tree(copy, names);
    return copy;
}

/* Whether `expected` is "{{/ERE/}}" and the expression fits the whole of `actual`. */
static bool expression_fits(const char *expected, const char *actual)
{
    size_t length = expected == NULL ? 0 : strlen(expected);
    if (actual == NULL || length < 6 || strncmp(expected, "{{/", 3) != 0 || strcmp(expected + length - 3, "/}}") != 0)
        return false;
    regex_t expression;
    char *source = mem_print("^(%.*s)$", (int)(length - 6), expected + 3);
    int wrong = regcomp(&expression, source, REG_EXTENDED | REG_NOSUB);
    CHECK_TEXT(wrong == 0 ? "an expression" : source, "an expression");
    bool fits = wrong == 0 && regexec(&expression, actual, 0, NULL, 0) == 0;
    if (wrong == 0)
        regfree(&expression);
    free(source);
    return fits;
}

static const char *text_of(const cJSON *value)
{
    return cJSON_IsString(value) ? value->valuestring : json_number_text(value);
}

/* Puts the actual value in the place of each expression that fits it. */
static void settle(cJSON *expected, const cJSON *actual)
{
    for (cJSON *item = expected->child, *next; item != NULL; item = next) {
        next = item->next;
        const cJSON *is = actual == NULL ? NULL : actual->child;
        if (cJSON_IsObject(expected))
            is = json_member(actual, item->string);
        else
            for (const cJSON *before = expected->child; before != item && is != NULL; before = before->next)
                is = is->next;
        if (cJSON_IsString(item) && expression_fits(item->valuestring, text_of(is))) {
            cJSON_ReplaceItemViaPointer(expected, item, cJSON_Duplicate(is, true));
        } else if (is != NULL) {
            settle(item, is);
        }
    }
}

/* What a JSON pointer (RFC 6901, without its escapes) leads to; NULL where it leads nowhere. */
static const cJSON *pointed(const cJSON *tree, const char *pointer)
{
    while (tree != NULL && *pointer == '/') {
        size_t length = strcspn(++pointer, "/");
        char *token = mem_dup_bytes(pointer, length);
        tree = cJSON_IsArray(tree) && isdigit((unsigned char)*token)
                   ? cJSON_GetArrayItem(tree, (int)strtol(token, NULL, 10))
                   : json_member(tree, token);
        free(token);
        pointer += length;
    }
    return tree;
}

/* ── What an exchange asks for beforehand ──────────────────────────────────────────────────────────────────────── */

/* One exchange on its way: the names that it has captured so far. */
struct run {
    const char *provider;
    cJSON *names; /* {"NAME":"text"} */
};

static struct heard send_request(const struct run *run, const cJSON *written)
{
    cJSON *spec = filled_copy(written, run->names);
    struct heard heard =
        request(mock_server_port(shelf.server), json_string_or(spec, "method", ""), json_string_or(spec, "target", ""),
                json_member(spec, "headers"), json_string(spec, "body"));
    cJSON_Delete(spec);
    return heard;
}

static void steer_with(const char *method, const char *path, const cJSON *body, int status)
{
    char *json = body == NULL ? NULL : json_write(body);
    cJSON_Delete(steer(shelf.server, method, path, json, status));
    free(json);
}

static void turn_knobs(struct run *run, const cJSON *knobs)
{
    char *path = mem_print("/_mock/knobs/%s", run->provider);
    steer_with("PATCH", path, knobs, 200);
    free(path);
}

static void make_orders(struct run *run, const cJSON *orders)
{
    char *path = mem_print("/_mock/orders/%s", run->provider);
    for (const cJSON *order = orders->child; order != NULL; order = order->next)
        steer_with("POST", path, order, 201);
    free(path);
}

static void raise_events(struct run *run, const cJSON *events)
{
    for (const cJSON *event = events->child; event != NULL; event = event->next) {
        char *order = fill(json_string_or(event, "order", ""), run->names);
        char *path = mem_print("/_mock/orders/%s/%s/events", run->provider, order);
        cJSON *body = cJSON_CreateObject();
        json_set_string(body, "event", json_string(event, "event"));
        steer_with("POST", path, body, 200);
        cJSON_Delete(body);
        free(path);
        free(order);
    }
}

static void capture(struct run *run, const char *body, const cJSON *pointers)
{
    cJSON *tree = pointers == NULL ? NULL : json_read_text(body);
    for (const cJSON *pointer = pointers == NULL ? NULL : pointers->child; pointer != NULL; pointer = pointer->next) {
        const char *value = text_of(pointed(tree, pointer->valuestring));
        CHECK_TEXT(value == NULL ? pointer->valuestring : "found", "found");
        if (value != NULL)
            json_set_string(run->names, pointer->string, value);
    }
    cJSON_Delete(tree);
}

static void send_earlier(struct run *run, const cJSON *requests)
{
    for (const cJSON *earlier = requests->child; earlier != NULL; earlier = earlier->next) {
        struct heard heard = send_request(run, earlier);
        capture(run, heard.body, json_member(earlier, "capture"));
        heard_release(&heard);
    }
}

static void move_clock(struct run *run, const cJSON *clock)
{
    (void)run;
    const cJSON *advance = json_member(clock, "advance"), *set = json_member(clock, "set");
    CHECK(advance != NULL || set != NULL);
    if (set != NULL)
        steer_with("PUT", "/_mock/clock", set, 200);
    if (advance != NULL)
        steer_with("POST", "/_mock/clock/advance", advance, 200);
}

static void end_tokens(struct run *run, const cJSON *how)
{
    char *path = mem_print("/_mock/tokens/%s/expire", run->provider);
    CHECK_TEXT(cJSON_IsString(how) ? how->valuestring : NULL, "expire");
    steer_with("POST", path, NULL, 204);
    free(path);
}

static const struct {
    const char *name;
    void (*prepare)(struct run *run, const cJSON *what);
} preparations[] = {
    {"knobs", turn_knobs},      {"orders", make_orders}, {"events", raise_events},
    {"requests", send_earlier}, {"clock", move_clock},   {"tokens", end_tokens},
};

/* The members of `given`, in the order in which they are written. */
static void prepare(struct run *run, const cJSON *given)
{
    for (const cJSON *member = given == NULL ? NULL : given->child; member != NULL; member = member->next) {
        bool known = false;
        for (size_t i = 0; i < COUNT_OF(preparations); i++)
            if (strcmp(preparations[i].name, member->string) == 0) {
                preparations[i].prepare(run, member);
                known = true;
            }
        CHECK_TEXT(known ? "known" : member->string, "known");
    }
}

/* ── What must have come of it ─────────────────────────────────────────────────────────────────────────────────── */

static void compare_json(const char *actual, cJSON *expected)
{
    cJSON *tree = json_read_text(actual);
    settle(expected, tree);
    char *is = tree == NULL ? mem_dup(actual) : json_write(tree), *should = json_write(expected);
    CHECK_TEXT(is, should);
    free(is);
    free(should);
    cJSON_Delete(tree);
}

static void compare_header(const struct heard *heard, const cJSON *expected)
{
    char buffer[256];
    const char *is = heard_header(heard, expected->string, buffer), *should = expected->valuestring;
    CHECK_TEXT(is, cJSON_IsNull(expected) ? NULL : expression_fits(should, is) ? is : should);
}

/* What stands after the code on the status line. */
static void compare_phrase(const struct heard *heard, const char *expected)
{
    const char *code = strchr(heard->head, ' '), *words = code == NULL ? NULL : strchr(code + 1, ' ');
    char *is = words == NULL ? NULL : mem_dup_bytes(words + 1, strcspn(words + 1, "\r"));
    CHECK_TEXT(is, expected);
    free(is);
}

static void compare(const struct run *run, const struct heard *heard, const cJSON *written)
{
    int64_t status = 0;
    cJSON *expected = filled_copy(written, run->names);
    json_integer(json_member(expected, "status"), &status);
    CHECK_INTEGER(heard->status, status);
    const cJSON *headers = json_member(expected, "headers");
    for (const cJSON *header = headers == NULL ? NULL : headers->child; header != NULL; header = header->next)
        compare_header(heard, header);
    const char *body = json_string(expected, "body"), *phrase = json_string(expected, "phrase");
    if (body != NULL)
        CHECK_TEXT(heard->body, expression_fits(body, heard->body) ? heard->body : body);
    if (phrase != NULL)
        compare_phrase(heard, phrase);
    if (json_member(expected, "json") != NULL)
        compare_json(heard->body, json_member_mut(expected, "json"));
    cJSON_Delete(expected);
}

static void check_afterwards(const struct run *run, const cJSON *then)
{
    char path[320];
    if (then == NULL)
        return;
    char *id = fill(json_string_or(then, "order", ""), run->names);
    snprintf(path, sizeof path, "/_mock/orders/%s/%s", run->provider, id);
    bool gone = cJSON_IsNull(json_member(then, "state"));
    cJSON *order = steer(shelf.server, "GET", path, NULL, gone ? 404 : 200);
    if (!gone)
        CHECK_TEXT(json_string(order, "state"), json_string(then, "state"));
    cJSON_Delete(order);
    free(id);
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
    struct run run = {own->provider, cJSON_CreateObject()};
    prepare(&run, json_member(own->exchange, "given"));
    struct heard heard = send_request(&run, json_member(own->exchange, "request"));
    compare(&run, &heard, json_member(own->exchange, "response"));
    check_afterwards(&run, json_member(own->exchange, "then"));
    heard_release(&heard);
    cJSON_Delete(run.names);
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
