/*
 * The journal as others take it: pages and filters, HAR, events, lines of a log.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "fixtures/fixtures.h"
#include "journal/feed.h"
#include "journal/log_line.h"
#include "model/exchange.h"
#include "model/journal.h"
#include "model/knob_values.h"
#include "model/provider.h"
#include "session/session.h"
#include "tests/client.h"
#include "tests/suites.h"

#define ORDER  "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"
#define CANCEL "/api/integrations/orders/cancel/" ORDER

/* ── Pages and filters ─────────────────────────────────────────────────────────────────────────────────────────── */

static void ask(struct mock_server *server, const char *method, const char *target, const char *headers,
                const char *body)
{
    cJSON *head = json_read_text(headers);
    struct heard heard = request(mock_server_port(server), method, target, head, body);
    heard_release(&heard);
    cJSON_Delete(head);
}

#define TOKEN "{\"Access-Token\":\"your-access-token\",\"Content-Type\":\"application/json\"}"

/* 1: cancelled. 2: cancelled already, 404. 3: an answer that never came. 4: another provider. 5: nobody's. 6:
 * malformed. */
static struct mock_server *server_with_six(void)
{
    struct mock_server *server = start_server();
    ask(server, "PUT", CANCEL, TOKEN, "{\"reason_id\":3}");
    ask(server, "PUT", CANCEL, TOKEN, "{\"reason_id\":3}");
    cJSON_Delete(
        steer(server, "POST", "/_mock/faults", "{\"fault\":\"CONNECTION_RESET_BY_PEER\",\"when\":{\"first\":1}}", 201));
    ask(server, "PUT", CANCEL, TOKEN, "{\"reason_id\":3}");
    ask(server, "GET", "/v0/orders/1", "{}", NULL);
    ask(server, "POST", "/nowhere", "{}", "x");
    const char *malformed = "GET /v0/orders/1 HTTP/1.1\r\nHost: x\r\nBad Name: 1\r\n\r\n";
    struct heard heard = say(mock_server_port(server), malformed, strlen(malformed));
    heard_release(&heard);
    return server;
}

static const struct filter_case {
    const char *query;
    const char *found; /* numbers, each with a blank behind it */
    int next;
} filters[] = {
    {"", "1 2 3 4 5 6 ", 7},
    {"provider=dukkango", "1 2 3 ", 7},
    {"operation=cancel", "1 2 3 ", 7},
    {"operation=cancel&limit=2", "1 2 ", 3},
    {"since=3&limit=2", "3 4 ", 5},
    {"since=5", "5 6 ", 7},
    {"until=2", "1 2 ", 3},
    {"since=2&until=3", "2 3 ", 4},
    {"since=100", "", 7},
    {"order=" ORDER, "1 2 3 ", 7},
    {"order=nobody", "", 7},
    {"status=200", "1 ", 7},
    {"status=400", "6 ", 7},
    {"method=PUT", "1 2 3 ", 7},
    {"method=get", "4 6 ", 7},
    {"fault=CONNECTION_RESET_BY_PEER", "3 ", 7},
    {"fault=f1", "3 ", 7},
    {"fault=f9", "", 7},
    {"unread=true", "6 ", 7},
    {"unread=malformed", "6 ", 7},
    {"unread=incomplete", "", 7},
    {"unread=false&since=4", "4 5 ", 7},
};

static void finds(void *context)
{
    const struct filter_case *own = context;
    struct mock_server *server = server_with_six();
    struct text found = TEXT_INIT(256);
    char *path = mem_print("/_mock/requests?%s", own->query);
    if (*own->query == '\0')
        path[strlen(path) - 1] = '\0';
    cJSON *answer = steer(server, "GET", path, NULL, 200);
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, json_member(answer, "requests"))
        text_print(&found, "%d ", json_int_or(entry, "seq", 0));
    CHECK_TEXT(text_cstr(&found), own->found);
    CHECK_INTEGER(json_int_or(answer, "next", -1), own->next);
    CHECK_INTEGER(json_int_or(answer, "evicted", -1), 0);
    CHECK(json_true(answer, "certain"));
    cJSON_Delete(answer);
    text_release(&found);
    free(path);
    mock_server_stop(server);
}

/* An order has more than one name; the journal finds it by each. */
static void finds_by_every_name(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON *made = steer(server, "POST", "/_mock/orders/fungies", "{}", 201);
    const char *id = json_string_or(made, "id", "");
    const cJSON *aliases = json_member(made, "aliases"), *alias = NULL;
    CHECK(cJSON_GetArraySize(aliases) > 0);
    char *target = mem_print("/v0/orders/%s", id);
    ask(server, "GET", target, "{\"x-fngs-public-key\":\"pub_aM7pr0AR1oAi6SlGqJrmKUgc+OtC6gIm/98nVuni1qY=\"}", NULL);
    cJSON_ArrayForEach (alias, aliases) {
        char *escaped =
            mem_print("/_mock/requests?provider=fungies&order=%s%s", *alias->valuestring == '#' ? "%23" : "",
                      alias->valuestring + (*alias->valuestring == '#'));
        cJSON *answer = steer(server, "GET", escaped, NULL, 200);
        CHECK_INTEGER(cJSON_GetArraySize(json_member(answer, "requests")), 1);
        cJSON_Delete(answer);
        free(escaped);
    }
    free(target);
    cJSON_Delete(made);
    mock_server_stop(server);
}

/* Without a limit an answer has 1000 entries, and `next` leads through all of them. */
static void pages_are_bounded(void *context)
{
    struct mock_server *server = start_server();
    int next = 1, seen = 0, pages = 0;
    (void)context;
    struct text many = TEXT_INIT(TEXT_UNBOUNDED);
    for (int i = 0; i < 1200; i++)
        text_print(&many, "GET /nowhere HTTP/1.1\r\nHost: x\r\n%s\r\n", i == 1199 ? "Connection: close\r\n" : "");
    struct heard heard = say(mock_server_port(server), text_cstr(&many), many.length);
    heard_release(&heard);
    text_release(&many);
    while (next != 1201 && pages++ < 5) {
        char *path = mem_print("/_mock/requests?since=%d", next);
        cJSON *answer = steer(server, "GET", path, NULL, 200);
        seen += cJSON_GetArraySize(json_member(answer, "requests"));
        CHECK(cJSON_GetArraySize(json_member(answer, "requests")) <= 1000);
        next = json_int_or(answer, "next", 1201);
        cJSON_Delete(answer);
        free(path);
    }
    CHECK_INTEGER(seen, 1200);
    CHECK_INTEGER(pages, 2);
    mock_server_stop(server);
}

/* Large entries: an answer ends before it is large, with one entry at least. */
static void pages_are_bounded_in_bytes(void *context)
{
    struct mock_server *server = start_server();
    const size_t size = (size_t)1000 * 1000;
    char *body = mem_alloc(size + 1);
    (void)context;
    memset(body, ' ', size);
    body[size] = '\0';
    for (int i = 0; i < 20; i++)
        ask(server, "PUT", CANCEL, TOKEN, body);
    cJSON *answer = steer(server, "GET", "/_mock/requests", NULL, 200);
    int count = cJSON_GetArraySize(json_member(answer, "requests"));
    CHECK(count >= 1 && count <= 9);
    CHECK_INTEGER(json_int_or(answer, "next", 0), count + 1);
    cJSON_Delete(answer);
    free(body);
    mock_server_stop(server);
}

/* ── HAR ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The members that HAR 1.2 demands, with their kinds: o, a, s, n. */
static void check_members(const cJSON *object, const char *const *members)
{
    for (; *members != NULL; members++) {
        const cJSON *member = json_member(object, *members + 1);
        bool is = **members == 'o'   ? cJSON_IsObject(member)
                  : **members == 'a' ? cJSON_IsArray(member)
                  : **members == 's' ? cJSON_IsString(member)
                                     : cJSON_IsNumber(member);
        CHECK_TEXT(is ? "" : *members, "");
    }
}

static const char *const har_log[] = {"sversion", "ocreator", "aentries", NULL};
static const char *const har_entry[] = {"sstartedDateTime", "ntime",    "orequest", "oresponse",
                                        "ocache",           "otimings", NULL};
static const char *const har_request[] = {"smethod",      "surl",         "shttpVersion", "acookies", "aheaders",
                                          "aqueryString", "nheadersSize", "nbodySize",    NULL};
static const char *const har_response[] = {"nstatus",  "sstatusText",  "shttpVersion", "acookies",  "aheaders",
                                           "ocontent", "sredirectURL", "nheadersSize", "nbodySize", NULL};
static const char *const har_content[] = {"nsize", "smimeType", NULL};
static const char *const har_timings[] = {"nsend", "nwait", "nreceive", NULL};

static void check_har_entry(const cJSON *entry)
{
    check_members(entry, har_entry);
    check_members(json_member(entry, "request"), har_request);
    check_members(json_member(entry, "response"), har_response);
    check_members(json_member(json_member(entry, "response"), "content"), har_content);
    check_members(json_member(entry, "timings"), har_timings);
}

static void is_a_har(void *context)
{
    struct mock_server *server = server_with_six();
    (void)context;
    ask(server, "POST", "/v1/cancel-order?a=%31&b", "{\"Cookie\":\"one=1234567\"}", "\xff\xfe");
    cJSON *har = steer(server, "GET", "/_mock/requests.har", NULL, 200);
    const cJSON *log = json_member(har, "log"), *entry = NULL, *entries = json_member(log, "entries");
    check_members(log, har_log);
    CHECK_TEXT(json_string(log, "version"), "1.2");
    CHECK_INTEGER(cJSON_GetArraySize(entries), 7);
    cJSON_ArrayForEach (entry, entries)
        check_har_entry(entry);
    const cJSON *first = cJSON_GetArrayItem(entries, 0), *reset = cJSON_GetArrayItem(entries, 2);
    char *url = mem_print("http://127.0.0.1:%u" CANCEL, mock_server_port(server));
    CHECK_TEXT(json_string(json_member(first, "request"), "url"), url);
    CHECK_TEXT(json_string(json_member(json_member(first, "request"), "postData"), "text"), "{\"reason_id\":3}");
    CHECK_INTEGER(json_int_or(json_member(first, "response"), "status", -1), 200);
    CHECK_INTEGER(json_int_or(json_member(reset, "response"), "status", -1), 0);
    CHECK_TEXT(json_string(json_member(reset, "response"), "_error"), "RST");
    CHECK_TEXT(json_string(json_member(reset, "_fault"), "fault"), "CONNECTION_RESET_BY_PEER");
    const cJSON *binary = json_member(cJSON_GetArrayItem(entries, 6), "request");
    CHECK_TEXT(json_string(json_member(binary, "postData"), "text"), "//4=");
    CHECK_TEXT(json_string(json_member(binary, "postData"), "_encoding"), "base64");
    const cJSON *pair = cJSON_GetArrayItem(json_member(binary, "queryString"), 0);
    CHECK_TEXT(json_string(pair, "name"), "a");
    CHECK_TEXT(json_string(pair, "value"), "1");
    CHECK_TEXT(json_string(cJSON_GetArrayItem(json_member(binary, "cookies"), 0), "name"), "one");
    free(url);
    cJSON_Delete(har);
    mock_server_stop(server);
}

static void a_har_is_filtered(void *context)
{
    struct mock_server *server = server_with_six();
    (void)context;
    cJSON *har = steer(server, "GET", "/_mock/requests.har?operation=cancel&limit=2", NULL, 200);
    CHECK_INTEGER(cJSON_GetArraySize(json_member(json_member(har, "log"), "entries")), 2);
    CHECK_INTEGER(json_int_or(json_member(har, "log"), "_next", 0), 3);
    cJSON_Delete(har);
    cJSON_Delete(steer(server, "GET", "/_mock/requests.har?operation=cancle", NULL, 400));
    cJSON_Delete(steer(server, "GET", "/_mock/requests?fault=CONNECTION_RESET_BY_PEAR", NULL, 400));
    mock_server_stop(server);
}

/* ── Events ────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct world {
    const struct fixtures *fixtures;
    struct knob_values *knobs;
    struct session *session;
    int wakings;
};

static void world_open(struct world *world, size_t journal_size)
{
    static const struct provider *const none[] = {NULL};
    struct text problems = TEXT_INIT(4096);
    *world = (struct world){.fixtures = fixtures_load(NULL, none, &problems)};
    world->knobs = knob_values_new(none);
    const struct session_options options = {
        .name = "feed", .knobs = world->knobs, .journal_size = journal_size, .clock = {.now_us = 1793523600000000}};
    world->session = session_new(&options, world->fixtures, &problems);
    CHECK_TEXT(text_cstr(&problems), "");
    text_release(&problems);
}

static void world_close(struct world *world)
{
    session_drop(world->session);
    knob_values_free(world->knobs);
    fixtures_drop(world->fixtures);
}

static void record(struct world *world, const char *target)
{
    struct exchange *x = exchange_new();
    x->session = world->session;
    x->request.method = "GET";
    x->request.target = arena_dup(x->arena, target);
    x->request.version = "HTTP/1.1";
    x->reply.status = 404;
    journal_record(session_journal(world->session), x);
    exchange_drop(x);
}

static void woken(void *context)
{
    ((struct world *)context)->wakings++;
}

/* The names and ids of the events that come now, in a row: "request 1, evicted 4, ". */
static bool read_events(struct journal_feed *feed, struct text *seen)
{
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    bool goes_on = feed_read(feed, &out);
    text_clear(seen);
    for (const char *at = text_cstr(&out); (at = strstr(at, "id: ")) != NULL;) {
        at += strlen("id: ");
        const char *event = strstr(at, "event: ") + strlen("event: ");
        text_print(seen, "%.*s %.*s, ", (int)strcspn(event, "\n"), event, (int)strcspn(at, "\n"), at);
        CHECK_CONTAINS(event, "\ndata: {");
        CHECK_CONTAINS(event, "}\n\n");
    }
    text_release(&out);
    return goes_on;
}

static void a_feed_tells_what_is_new(void *context)
{
    struct world world;
    struct text seen = TEXT_INIT(TEXT_UNBOUNDED);
    (void)context;
    world_open(&world, 100);
    record(&world, "/a");
    record(&world, "/b");
    struct journal_feed *feed = feed_open(world.session, FEED_FROM_NOW);
    feed_on_entry(feed, woken, &world);
    CHECK(read_events(feed, &seen));
    CHECK_TEXT(text_cstr(&seen), "");
    record(&world, "/c");
    CHECK_INTEGER(world.wakings, 1);
    CHECK(read_events(feed, &seen));
    CHECK_TEXT(text_cstr(&seen), "request 3, ");
    CHECK(read_events(feed, &seen));
    CHECK_TEXT(text_cstr(&seen), "");
    journal_clear(session_journal(world.session));
    record(&world, "/d");
    CHECK_INTEGER(world.wakings, 3);
    CHECK(read_events(feed, &seen));
    CHECK_TEXT(text_cstr(&seen), "cleared 0, request 1, ");
    session_end(world.session);
    CHECK_INTEGER(world.wakings, 4);
    CHECK(!read_events(feed, &seen));
    feed_close(feed);
    record(&world, "/e");
    CHECK_INTEGER(world.wakings, 4);
    text_release(&seen);
    world_close(&world);
}

static const struct resumed {
    const char *last_id; /* the header */
    const char *seen;
} resumes[] = {
    {NULL, ""},
    {"0", "evicted 2, request 3, request 4, request 5, "},
    {"1", "evicted 2, request 3, request 4, request 5, "},
    {"2", "request 3, request 4, request 5, "},
    {"4", "request 5, "},
    {"5", ""},
    {"9", "cleared 0, evicted 2, request 3, request 4, request 5, "}, /* of before a clearing */
    {"x", NULL},
    {"", NULL},
    {"-1", NULL},
};

static void a_feed_goes_on(void *context)
{
    const struct resumed *own = context;
    struct world world;
    struct text seen = TEXT_INIT(TEXT_UNBOUNDED);
    int64_t last_id = 0;
    CHECK(feed_last_id(own->last_id, &last_id) == (own->seen != NULL));
    if (own->seen == NULL)
        return;
    world_open(&world, 3);
    for (int i = 0; i < 5; i++)
        record(&world, "/a");
    struct journal_feed *feed = feed_open(world.session, last_id);
    CHECK(read_events(feed, &seen));
    CHECK_TEXT(text_cstr(&seen), own->seen);
    feed_close(feed);
    text_release(&seen);
    world_close(&world);
}

/* A reader of events passes over what begins with a colon. */
static void a_heartbeat_is_a_comment(void *context)
{
    struct text out = TEXT_INIT(64);
    (void)context;
    feed_heartbeat(&out);
    CHECK_INTEGER(text_cstr(&out)[0], ':');
    CHECK_TEXT(strchr(text_cstr(&out), '\n'), "\n\n");
    text_release(&out);
}

/* A reader that does not come is told what it missed, and costs nothing. */
static void a_slow_reader_misses(void *context)
{
    struct world world;
    struct text seen = TEXT_INIT(TEXT_UNBOUNDED);
    (void)context;
    world_open(&world, 3);
    struct journal_feed *feed = feed_open(world.session, 0);
    record(&world, "/a");
    CHECK(read_events(feed, &seen));
    CHECK_TEXT(text_cstr(&seen), "request 1, ");
    for (int i = 0; i < 10; i++)
        record(&world, "/b");
    CHECK(read_events(feed, &seen));
    CHECK_TEXT(text_cstr(&seen), "evicted 8, request 9, request 10, request 11, ");
    feed_close(feed);
    text_release(&seen);
    world_close(&world);
}

/* Much that is new comes in pieces, and none of it is lost, also when the session has ended. */
static void a_feed_comes_in_pieces(void *context)
{
    struct world world;
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    size_t pieces = 0, events = 0;
    (void)context;
    world_open(&world, 1000);
    char *long_target = mem_alloc(100001);
    memset(long_target, '/', 100000);
    long_target[100000] = '\0';
    for (int i = 0; i < 30; i++)
        record(&world, long_target);
    free(long_target);
    struct journal_feed *feed = feed_open(world.session, 0);
    session_end(world.session);
    for (bool goes_on = true; goes_on && pieces < 100; pieces++) {
        text_clear(&out);
        goes_on = feed_read(feed, &out);
        CHECK(out.length < FEED_PIECE_MAX + 200000);
        for (const char *at = text_cstr(&out); (at = strstr(at, "event: request")) != NULL; at++)
            events++;
    }
    CHECK_INTEGER(events, 30);
    CHECK(pieces >= 3 && pieces < 100);
    feed_close(feed);
    text_release(&out);
    world_close(&world);
}

/* ── Lines of a log ────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct log_case {
    const char *name, *entry;
    const char *text; /* without colours */
} log_cases[] = {
    {"a cancel",
     "{\"at\":\"2026-11-01T09:00:00.123456Z\",\"session\":\"default\",\"provider\":\"p\",\"operation\":\"cancel\","
     "\"order\":"
     "{\"id\":\"7\",\"before\":\"NEW\",\"after\":\"CANCELED\"},\"request\":{\"method\":\"PUT\",\"target\":\"/"
     "x\"},\"response\":"
     "{\"status\":200},\"duration_us\":41}",
     "09:00:00.123 200 PUT /x default p cancel 7 NEW -> CANCELED 41us\n"},
    {"a refusal",
     "{\"at\":\"2026-11-01T09:00:00.000000Z\",\"session\":\"s\",\"request\":{\"method\":\"GET\",\"target\":\"/"
     "x\"},\"response\":"
     "{\"status\":404},\"reason\":{\"rule\":\"4: an id\",\"field\":\"id\",\"expected\":\"a number\",\"actual\":\"x\"}}",
     "09:00:00.000 404 GET /x s | 4: an id; id; expected a number; actual x\n"},
    {"an answer that never came",
     "{\"at\":\"2026-11-01T09:00:00.000000Z\",\"session\":\"s\",\"request\":{\"method\":\"GET\",\"target\":\"/"
     "x\"},\"response\":null,"
     "\"happened\":\"RST\",\"fault\":{\"id\":\"f1\",\"fault\":\"CONNECTION_RESET_BY_PEER\",\"phase\":\"after_commit\"}"
     "}",
     "09:00:00.000 RST GET /x s | fault CONNECTION_RESET_BY_PEER f1 after_commit\n"},
    {"control characters",
     "{\"at\":\"2026-11-01T09:00:00.000000Z\",\"session\":\"s\",\"request\":{\"method\":\"GET\",\"target\":\"/"
     "\\u001b[2J\\n\\u009b"
     "\\u007f\xc3\xbc\"},\"response\":{\"status\":400},\"unread\":{\"kind\":\"malformed\"}}",
     "09:00:00.000 400 malformed GET /\\u001b[2J\\u000a\\u009b\\u007f\xc3\xbc s\n"},
    {"an order that is gone",
     "{\"at\":\"2026-11-01T09:00:00.000000Z\",\"session\":\"s\",\"order\":{\"id\":\"7\",\"before\":\"draft\",\"after\":"
     "null},"
     "\"request\":{\"method\":\"DELETE\",\"target\":\"/x\"},\"response\":{\"status\":204}}",
     "09:00:00.000 204 DELETE /x s 7 draft -> gone\n"},
};

static void is_one_line(void *context)
{
    const struct log_case *own = context;
    cJSON *entry = json_read_text(own->entry);
    CHECK(entry != NULL);
    struct text text = TEXT_INIT(TEXT_UNBOUNDED), json = TEXT_INIT(TEXT_UNBOUNDED), colours = TEXT_INIT(TEXT_UNBOUNDED);
    log_line_add(entry, LOG_TEXT, false, &text);
    log_line_add(entry, LOG_TEXT, true, &colours);
    log_line_add(entry, LOG_JSON, true, &json);
    CHECK_TEXT(text_cstr(&text), own->text);
    CHECK_CONTAINS(text_cstr(&colours), "\x1b[");
    CHECK(strpbrk(text_cstr(&json), "\x1b\x7f") == NULL && strstr(text_cstr(&json), "\xc2\x9b") == NULL);
    CHECK(strchr(text_cstr(&json), '\n') == text_cstr(&json) + json.length - 1);
    cJSON *read = json_read_text(text_cstr(&json));
    CHECK(read != NULL);
    CHECK_TEXT(json_string(read, "target"), json_string(json_member(entry, "request"), "target"));
    CHECK_TEXT(json_string(read, "at"), json_string(entry, "at"));
    cJSON_Delete(read);
    cJSON_Delete(entry);
    text_release(&text);
    text_release(&json);
    text_release(&colours);
}

void suite_follow(void)
{
    for (size_t i = 0; i < COUNT_OF(filters); i++)
        register_test("journal filters", *filters[i].query == '\0' ? "none" : filters[i].query, finds,
                      (void *)(uintptr_t)&filters[i]);
    register_test("journal filters", "an order by every name", finds_by_every_name, NULL);
    register_test("journal pages", "are bounded by number", pages_are_bounded, NULL);
    register_test("journal pages", "are bounded in bytes", pages_are_bounded_in_bytes, NULL);
    register_test("journal har", "is HAR 1.2", is_a_har, NULL);
    register_test("journal har", "is filtered", a_har_is_filtered, NULL);
    register_test("journal feed", "tells what is new", a_feed_tells_what_is_new, NULL);
    for (size_t i = 0; i < COUNT_OF(resumes); i++) {
        char *name = mem_print("goes on after %s", resumes[i].last_id == NULL ? "nothing" : resumes[i].last_id);
        register_test("journal feed", name, a_feed_goes_on, (void *)(uintptr_t)&resumes[i]);
        free(name);
    }
    register_test("journal feed", "a slow reader is told what it missed", a_slow_reader_misses, NULL);
    register_test("journal feed", "a heartbeat is a comment", a_heartbeat_is_a_comment, NULL);
    register_test("journal feed", "comes in pieces", a_feed_comes_in_pieces, NULL);
    for (size_t i = 0; i < COUNT_OF(log_cases); i++)
        register_test("journal log", log_cases[i].name, is_one_line, (void *)(uintptr_t)&log_cases[i]);
}
