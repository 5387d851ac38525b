/* What every fault has: when it fires, until when, for which requests, with which draws, and what is told of it. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "base/text.h"
#include "faults/fault.h"
#include "model/exchange.h"
#include "tests/client.h"
#include "tests/suites.h"

#define ID      "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"
#define CANCEL  "/api/integrations/orders/cancel/" ID

#define NOWHERE "/v0/nothing/here" /* of a provider; without a fault 404 */
#define FIRED   299                /* what the faults of this file answer */

static void arm(struct mock_server *server, const char *session, const char *members)
{
    char *json =
        mem_print("{\"fault\":\"CANNED_RESPONSE\",\"status\":%d%s%s}", FIRED, *members == '\0' ? "" : ",", members);
    char *path = mem_print("/_mock/faults?session=%s", session);
    cJSON_Delete(steer(server, "POST", path, json, 201));
    free(path);
    free(json);
}

static bool fires(struct mock_server *server, const char *target, const char *headers)
{
    cJSON *sent = headers == NULL ? NULL : json_read_text(headers);
    struct heard heard = request(mock_server_port(server), "GET", target, sent, NULL);
    bool fired = heard.status == FIRED;
    heard_release(&heard);
    cJSON_Delete(sent);
    return fired;
}

/* ── When ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A script: ? is a request, + a second, > ten seconds, < the clock twenty seconds before the arming. */
static struct when_case {
    const char *name, *members, *script;
    const char *expected; /* of each request: F fired, . did not */
    const char *ended;    /* NULL: it has not */
    int seen, fired;
} when_cases[] = {
    {"always", "", "???", "FFF", NULL, 3, 3},
    {"the first two", "\"when\":{\"first\":2}", "????", "FF..", NULL, 4, 2},
    {"after two", "\"when\":{\"after\":2}", "????", "..FF", NULL, 4, 2},
    {"every second", "\"when\":{\"every\":2}", "????", ".F.F", NULL, 4, 2},
    {"never by chance", "\"when\":{\"probability\":0}", "????", "....", NULL, 4, 0},
    {"always by chance", "\"when\":{\"probability\":1}", "????", "FFFF", NULL, 4, 4},
    {"twice in all", "\"times\":2", "????", "FF..", "times", 2, 2},
    {"once, on the second", "\"when\":{\"every\":2},\"times\":1", "????", ".F..", "times", 2, 1},
    {"within its time", "\"ttl_s\":10", "?+?", "FF", NULL, 2, 2},
    {"not at the end of its time", "\"ttl_s\":10", "?>?", "F.", "ttl_s", 1, 1},
    {"half a second", "\"ttl_s\":0.5", "?+?", "F.", "ttl_s", 1, 1},
    {"a window", "\"window\":{\"after_s\":10,\"for_s\":5}", "?>?+?+++?+?", ".FFF.", "window", 3, 3},
    {"a window that is open at once", "\"window\":{\"for_s\":5}", "?>?", "F.", "window", 1, 1},
    {"a window that does not close", "\"window\":{\"after_s\":10}", "?>?>>?", ".FF", NULL, 2, 2},
    {"the first in a window", "\"window\":{\"after_s\":10},\"when\":{\"first\":1}", "?>??", ".F.", NULL, 2, 1},
    {"the clock set back before a window", "\"window\":{\"for_s\":5}", "?<?", "F.", NULL, 1, 1},
    {"an end is an end", "\"ttl_s\":10", ">?<?", "..", "ttl_s", 0, 0},
    {"the clock set back within its time", "\"ttl_s\":10", "?<?", "FF", NULL, 2, 2},
};

static void move_clock(struct mock_server *server, char step)
{
    if (step == '<')
        cJSON_Delete(
            steer(server, "PUT", "/_mock/clock", "{\"mode\":\"frozen\",\"now\":\"2026-11-01T08:59:40Z\"}", 200));
    else
        cJSON_Delete(
            steer(server, "POST", "/_mock/clock/advance", step == '+' ? "{\"seconds\":1}" : "{\"seconds\":10}", 200));
}

static void play(struct mock_server *server, const char *script, struct text *seen)
{
    for (; *script != '\0'; script++)
        if (*script == '?')
            text_add(seen, fires(server, NOWHERE, NULL) ? "F" : ".");
        else
            move_clock(server, *script);
}

static void fires_when_it_says(void *context)
{
    const struct when_case *own = context;
    struct mock_server *server = start_server();
    struct text seen = TEXT_INIT(64);
    int64_t count = -1;
    arm(server, "default", own->members);
    play(server, own->script, &seen);
    CHECK_TEXT(text_cstr(&seen), own->expected);
    cJSON *answer = steer(server, "GET", "/_mock/faults", NULL, 200);
    const cJSON *fault = cJSON_GetArrayItem(json_member(answer, "faults"), 0);
    CHECK_TEXT(json_string(fault, "ended"), own->ended);
    CHECK_TEXT(json_string(fault, "armed_at"), "2026-11-01T09:00:00.000000Z");
    CHECK(json_integer(json_member(fault, "seen"), &count));
    CHECK_INTEGER(count, own->seen);
    CHECK(json_integer(json_member(fault, "fired"), &count));
    CHECK_INTEGER(count, own->fired);
    cJSON_Delete(answer);
    text_release(&seen);
    mock_server_stop(server);
}

/* GET tells an end that no request has met. */
static void an_end_needs_no_request(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    arm(server, "default", "\"ttl_s\":10");
    move_clock(server, '>');
    cJSON *answer = steer(server, "GET", "/_mock/faults", NULL, 200);
    CHECK_TEXT(json_string(cJSON_GetArrayItem(json_member(answer, "faults"), 0), "ended"), "ttl_s");
    cJSON_Delete(answer);
    mock_server_stop(server);
}

/* ── Draws ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Worked out from the words of faults/draw.h by another program, once: which of twenty requests are hit. */
static const struct drawn_case {
    const char *session;
    int seed;
    const char *f1, *f2; /* with a probability of 0.3 and of 0.5 */
} drawn_cases[] = {
    {"draws", 7, "....F.......F....FFF", ".FFFFFFF...F.F.FF..."},
    {"other", 7, "....FFF........F....", ".FFF.F.FFF...FF....F"},
    {"draws", 8, "....FF....FF.....F..", "F...FF.F.F..FFFF.FFF"},
};

#define DRAWS 20

/* Two faults, each for requests with a header of its own. */
static struct mock_server *start_drawing(const struct drawn_case *own)
{
    struct mock_server *server = start_server();
    char *session = mem_print("{\"id\":\"%s\",\"seed\":%d}", own->session, own->seed);
    cJSON_Delete(steer(server, "POST", "/_mock/sessions", session, 201));
    cJSON_Delete(steer(server, "POST", "/_mock/sessions", "{\"id\":\"noise\",\"seed\":7}", 201));
    arm(server, own->session,
        "\"when\":{\"probability\":0.3},\"match\":{\"header\":{\"name\":\"X-Which\",\"value\":\"1\"}}");
    arm(server, own->session,
        "\"when\":{\"probability\":0.5},\"match\":{\"header\":{\"name\":\"X-Which\",\"value\":\"2\"}}");
    arm(server, "noise", "\"when\":{\"probability\":0.5}");
    free(session);
    return server;
}

static void draw_one(struct mock_server *server, const char *target, int which, char *out)
{
    *out = fires(server, target, which == 1 ? "{\"X-Which\":\"1\"}" : "{\"X-Which\":\"2\"}") ? 'F' : '.';
}

/* One after the other, or each in turn with requests of another session in between: the same are hit. */
static void check_draws(const struct drawn_case *own, bool in_turn)
{
    struct mock_server *server = start_drawing(own);
    char *target = mem_print("/_s/%s" NOWHERE, own->session), hit[2][DRAWS + 1] = {"", ""};
    for (int i = 0; i < 2 * DRAWS; i++) {
        int which = in_turn ? i % 2 : i / DRAWS;
        draw_one(server, target, which + 1, &hit[which][in_turn ? i / 2 : i % DRAWS]);
        if (in_turn)
            (void)fires(server, "/_s/noise" NOWHERE, NULL);
    }
    CHECK_TEXT(hit[0], own->f1);
    CHECK_TEXT(hit[1], own->f2);
    free(target);
    mock_server_stop(server);
}

static void draws_repeat(void *context)
{
    (void)context;
    for (size_t i = 0; i < COUNT_OF(drawn_cases); i++) {
        check_draws(&drawn_cases[i], false);
        check_draws(&drawn_cases[i], true);
    }
}

/* A reset begins again: ids and draws are those of a new session. */
static void a_reset_draws_again(void *context)
{
    struct mock_server *server = start_drawing(&drawn_cases[0]);
    char hit[DRAWS + 1] = "";
    (void)context;
    cJSON_Delete(steer(server, "POST", "/_mock/reset?session=draws", NULL, 204));
    arm(server, "draws", "\"when\":{\"probability\":0.3}");
    for (int i = 0; i < DRAWS; i++)
        draw_one(server, "/_s/draws" NOWHERE, 1, &hit[i]);
    CHECK_TEXT(hit, drawn_cases[0].f1);
    mock_server_stop(server);
}

/* 100 to 400, from the third number of each ordinal: worked out in the same way. */
static void parameters_are_drawn_alike(void *context)
{
    static const int64_t expected[] = {150, 383, 191, 251, 329, 303};
    const struct draw_source source = {.seed = 7, .session = "draws"};
    struct text problems = TEXT_INIT(256);
    cJSON *spec =
        json_read_text("{\"fault\":\"DELAY_UNIFORM\",\"phase\":\"after_commit\",\"lower_ms\":100,\"upper_ms\":400}");
    struct fault *fault = fault_read(spec, NULL, &problems);
    struct fault_state state = {0};
    (void)context;
    for (size_t i = 0; i < COUNT_OF(expected) && fault != NULL; i++) {
        struct exchange *x = exchange_new();
        struct firing firing;
        CHECK(fault_meets(fault, &state, &(struct fault_moment){.source = &source, .id = "f3", .draw_id = "f3"},
                          &firing));
        fault_apply(fault, x, &firing);
        CHECK_INTEGER(x->reply.wire.delay_us, expected[i] * 1000);
        CHECK_TEXT(x->fired->drawn->name, "ms");
        CHECK_INTEGER(x->fired->drawn->value, expected[i]);
        exchange_drop(x);
    }
    CHECK(fault != NULL);
    fault_drop(fault);
    cJSON_Delete(spec);
    text_release(&problems);
}

/* ── Which requests ────────────────────────────────────────────────────────────────────────────────────────────── */

static struct match_case {
    const char *match, *headers;
    bool fires;
} match_cases[] = {
    {"{\"method\":\"GET\"}", NULL, true},
    {"{\"method\":\"PATCH\"}", NULL, false},
    {"{\"provider\":\"fungies\",\"method\":\"GET\"}", NULL, true},
    {"{\"header\":{\"name\":\"X-Try\"}}", NULL, false},
    {"{\"header\":{\"name\":\"X-Try\"}}", "{\"x-try\":\"2\"}", true},
    {"{\"header\":{\"name\":\"X-Try\",\"value\":\"2\"}}", "{\"X-Try\":\"2\"}", true},
    {"{\"header\":{\"name\":\"X-Try\",\"value\":\"2\"}}", "{\"X-Try\":\"22\"}", false},
    {"{\"header\":{\"name\":\"X-Try\",\"value\":\"2\"}}", "{\"X-Try\":\"1\",\"x-try\":\"2\"}", true},
};

static void fires_for_whom_it_says(void *context)
{
    const struct match_case *own = context;
    struct mock_server *server = start_server();
    char *members = mem_print("\"match\":%s", own->match);
    arm(server, "default", members);
    CHECK_INTEGER(fires(server, NOWHERE, own->headers), own->fires);
    free(members);
    mock_server_stop(server);
}

/* ── Several at once ───────────────────────────────────────────────────────────────────────────────────────────── */

#define LATE ",\"phase\":\"after_commit\"}"

static struct company {
    const char *name;
    const char *faults[6];
    const char *fired; /* those that the journal names, in order */
    int status;        /* 0: nothing comes */
} companies[] = {
    {"of two that answer the first one does",
     {"{\"fault\":\"ERROR_STATUS\",\"status\":500}", "{\"fault\":\"EMPTY_RESPONSE\"}"},
     "ERROR_STATUS",
     500},
    {"a limit comes before an error",
     {"{\"fault\":\"ERROR_STATUS\",\"status\":500}", "{\"fault\":\"RATE_LIMIT\",\"limit\":0,\"window_s\":9}"},
     "RATE_LIMIT",
     429},
    {"a limit that is not reached leaves it to the error",
     {"{\"fault\":\"ERROR_STATUS\",\"status\":500}", "{\"fault\":\"RATE_LIMIT\",\"limit\":1,\"window_s\":9}"},
     "ERROR_STATUS",
     500},
    {"before the commit comes before after it",
     {"{\"fault\":\"EMPTY_RESPONSE\"" LATE, "{\"fault\":\"ERROR_STATUS\",\"status\":500}"},
     "ERROR_STATUS",
     500},
    {"what leaves no byte leaves nothing to bend",
     {"{\"fault\":\"TRUNCATED_BODY\",\"bytes\":3" LATE, "{\"fault\":\"EMPTY_RESPONSE\"" LATE},
     "EMPTY_RESPONSE",
     0},
    {"of one class the first one fires",
     {"{\"fault\":\"WRONG_CONTENT_TYPE\"" LATE, "{\"fault\":\"MALFORMED_JSON\",\"mode\":\"cut\"" LATE},
     "WRONG_CONTENT_TYPE",
     200},
    {"of each class one, in the order of the classes",
     {"{\"fault\":\"SLOW_CLOSE\",\"ms\":1" LATE, "{\"fault\":\"SLICER\",\"bytes\":50" LATE,
      "{\"fault\":\"DELAY_FIXED\",\"ms\":1" LATE, "{\"fault\":\"EXTRA_BYTES\",\"bytes\":\"x\"" LATE,
      "{\"fault\":\"MALFORMED_JSON\",\"mode\":\"append\"" LATE},
     "MALFORMED_JSON EXTRA_BYTES DELAY_FIXED SLICER SLOW_CLOSE",
     200},
    {"an error is bent, too",
     {"{\"fault\":\"ERROR_STATUS\",\"status\":502}", "{\"fault\":\"DELAY_FIXED\",\"ms\":1" LATE},
     "ERROR_STATUS DELAY_FIXED",
     502},
    {"an error that comes late is no error twice",
     {"{\"fault\":\"DEGRADATION\",\"ramp_s\":1,\"probability\":1,\"status\":500}",
      "{\"fault\":\"ERROR_STATUS\",\"status\":501}"},
     "ERROR_STATUS",
     501}, /* at its beginning the ramp is flat */
};

static void check_journal(struct mock_server *server, const struct company *own)
{
    cJSON *entry = steer(server, "GET", "/_mock/requests/1", NULL, 200);
    const cJSON *fired = NULL, *all = json_member(entry, "faults");
    struct text names = TEXT_INIT(256);
    cJSON_ArrayForEach (fired, all) {
        text_print(&names, "%s%s", names.length > 0 ? " " : "", json_string_or(fired, "fault", "?"));
        CHECK(cJSON_IsObject(json_member(fired, "drawn")));
    }
    CHECK_TEXT(text_cstr(&names), own->fired);
    CHECK_TEXT(json_string(json_member(entry, "fault"), "id"), json_string(cJSON_GetArrayItem(all, 0), "id"));
    text_release(&names);
    cJSON_Delete(entry);
}

static void fire_together(void *context)
{
    const struct company *own = context;
    struct mock_server *server = start_server();
    cJSON *head = json_read_text("{\"Access-Token\":\"your-access-token\",\"Content-Type\":\"application/json\"}");
    for (size_t i = 0; own->faults[i] != NULL; i++)
        cJSON_Delete(steer(server, "POST", "/_mock/faults", own->faults[i], 201));
    struct heard heard = request(mock_server_port(server), "PUT", CANCEL, head, "{\"reason_id\":3}");
    CHECK_INTEGER(heard.status, own->status);
    check_journal(server, own);
    heard_release(&heard);
    cJSON_Delete(head);
    mock_server_stop(server);
}

/* ── What is told of them ──────────────────────────────────────────────────────────────────────────────────────── */

static void check_told(cJSON *answer, const char *expected)
{
    char *text = json_write(answer);
    CHECK_TEXT(text, expected);
    free(text);
    cJSON_Delete(answer);
}

/* Whoever ends faults hears how often each was seen and fired: one that never fired has tested nothing. */
static void an_end_tells_how_often(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    arm(server, "default", "\"when\":{\"first\":1}");
    arm(server, "default", "\"match\":{\"operation\":\"cancel\"}");
    CHECK(fires(server, NOWHERE, NULL));
    CHECK(!fires(server, NOWHERE, NULL));
    check_told(steer(server, "DELETE", "/_mock/faults/f1", NULL, 200),
               "{\"faults\":[{\"id\":\"f1\",\"fault\":\"CANNED_RESPONSE\",\"seen\":2,\"fired\":1}]}");
    cJSON_Delete(steer(server, "DELETE", "/_mock/faults/f1", NULL, 404));
    check_told(steer(server, "DELETE", "/_mock/faults", NULL, 200),
               "{\"faults\":[{\"id\":\"f2\",\"fault\":\"CANNED_RESPONSE\",\"seen\":0,\"fired\":0}]}");
    check_told(steer(server, "DELETE", "/_mock/faults", NULL, 200), "{\"faults\":[]}");
    cJSON_Delete(steer(server, "POST", "/_mock/sessions", "{\"id\":\"brief\"}", 201));
    arm(server, "brief", "");
    CHECK(fires(server, "/_s/brief" NOWHERE, NULL));
    check_told(steer(server, "DELETE", "/_mock/sessions/brief", NULL, 200),
               "{\"faults\":[{\"id\":\"f1\",\"fault\":\"CANNED_RESPONSE\",\"seen\":1,\"fired\":1}]}");
    mock_server_stop(server);
}

/* A limit counts what it serves; its window follows the session's clock. */
static void a_limit_counts_in_windows(void *context)
{
    struct mock_server *server = start_server();
    static const char script[] = "??? > ??";
    struct text statuses = TEXT_INIT(64);
    char value[256];
    (void)context;
    cJSON_Delete(steer(server, "POST", "/_mock/faults",
                       "{\"fault\":\"RATE_LIMIT\",\"limit\":2,\"window_s\":10.5,\"name\":\"q\"}", 201));
    cJSON_Delete(steer(server, "POST", "/_mock/faults",
                       "{\"fault\":\"RATE_LIMIT\",\"limit\":9,\"window_s\":11,\"name\":\"q\"}", 400));
    for (const char *step = script; *step != '\0'; step++) {
        if (*step == ' ')
            continue;
        if (*step != '?') {
            move_clock(server, *step);
            continue;
        }
        struct heard heard = request(mock_server_port(server), "GET", NOWHERE, NULL, NULL);
        const char *later = heard_header(&heard, "Retry-After", value);
        text_print(&statuses, "%d%s%s ", heard.status, later == NULL ? "" : ":", later == NULL ? "" : later);
        heard_release(&heard);
    }
    CHECK_TEXT(text_cstr(&statuses), "404 404 429:11 429:1 429:1 "); /* ten seconds later half a second is left */
    text_release(&statuses);
    mock_server_stop(server);
}

/* What looked at the head alone has left the session: a reset, which wants it alone, is answered. */
static void a_slow_read_holds_nobody(void *context)
{
    struct mock_server *server = start_server();
    cJSON *head = json_read_text("{\"Access-Token\":\"your-access-token\",\"Content-Type\":\"application/json\"}");
    (void)context;
    cJSON_Delete(steer(server, "POST", "/_mock/faults", "{\"fault\":\"SLOW_READ\",\"bytes_per_s\":1000}", 201));
    struct heard heard = request(mock_server_port(server), "PUT", CANCEL, head, "{\"reason_id\":3}");
    CHECK_INTEGER(heard.status, 200);
    check_told(steer(server, "DELETE", "/_mock/faults", NULL, 200),
               "{\"faults\":[{\"id\":\"f1\",\"fault\":\"SLOW_READ\",\"seen\":1,\"fired\":1}]}");
    cJSON *entry = steer(server, "GET", "/_mock/requests/1", NULL, 200);
    CHECK_TEXT(json_string(json_member(entry, "fault"), "fault"), "SLOW_READ");
    cJSON_Delete(entry);
    cJSON_Delete(steer(server, "POST", "/_mock/reset", NULL, 204));
    heard_release(&heard);
    cJSON_Delete(head);
    mock_server_stop(server);
}

void suite_fault_core(void)
{
    for (size_t i = 0; i < COUNT_OF(when_cases); i++)
        register_test("faults", when_cases[i].name, fires_when_it_says, &when_cases[i]);
    for (size_t i = 0; i < COUNT_OF(match_cases); i++) {
        char *name = mem_print("match %s with %s", match_cases[i].match,
                               match_cases[i].headers == NULL ? "no headers" : match_cases[i].headers);
        register_test("faults", name, fires_for_whom_it_says, &match_cases[i]);
        free(name);
    }
    for (size_t i = 0; i < COUNT_OF(companies); i++)
        register_test("faults", companies[i].name, fire_together, &companies[i]);
    register_test("faults", "GET tells an end that no request has met", an_end_needs_no_request, NULL);
    register_test("faults", "draws repeat, whatever comes in between", draws_repeat, NULL);
    register_test("faults", "a reset draws again", a_reset_draws_again, NULL);
    register_test("faults", "parameters are drawn alike", parameters_are_drawn_alike, NULL);
    register_test("faults", "an end tells how often", an_end_tells_how_often, NULL);
    register_test("faults", "a slow read holds nobody", a_slow_read_holds_nobody, NULL);
    register_test("faults", "a limit counts in windows", a_limit_counts_in_windows, NULL);
}
