/*
 * Plans and what a journal says to them. Every verdict is worked out by hand from the requests that are sent: which of
 * them fit, and what the forgotten ones could have been.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "base/text.h"
#include "tests/client.h"
#include "tests/suites.h"

#define ORDER "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"

/* ── A journal to ask ──────────────────────────────────────────────────────────────────────────────────────────── */

static void ask(struct mock_server *server, const char *method, const char *target, const char *headers,
                const char *body, int status)
{
    cJSON *tree = headers == NULL ? NULL : json_read_text(headers);
    struct heard heard = request(mock_server_port(server), method, target, tree, body);
    CHECK_INTEGER(heard.status, status);
    heard_release(&heard);
    cJSON_Delete(tree);
}

#define DUKKANGO "{\"Access-Token\":\"your-access-token\",\"Content-Type\":\"application/json\"}"

static void cancel(struct mock_server *server, int status)
{
    ask(server, "PUT", "/api/integrations/orders/cancel/" ORDER, DUKKANGO, "{\"reason_id\":3}", status);
}

static void list_restaurants(struct mock_server *server)
{
    ask(server, "GET", "/api/integrations/restaurants/get", DUKKANGO, NULL, 200);
}

/*
 * 1 list_restaurants 200, 2 cancel 200 (RECEIVED to CANCELED), 3 cancel 404, 4 list_restaurants 200. With room for
 * fewer the first ones are forgotten.
 */
static struct mock_server *start_with_four(size_t room)
{
    struct mock_server *server = NULL;
    static char problem[MOCK_SERVER_PROBLEM_MAX];
    struct mock_server_options options = {.listen = "127.0.0.1:0",
                                          .freeze_time = "2026-11-01T09:00:00Z",
                                          .journal_size = room,
                                          .journal_file = getenv("TEST_JOURNAL")};
    CHECK_INTEGER(mock_server_start(&options, &server, problem, sizeof problem), MOCK_SERVER_OK);
    list_restaurants(server);
    cancel(server, 200);
    cancel(server, 404);
    list_restaurants(server);
    return server;
}

static cJSON *verify_plan(struct mock_server *server, const char *expectations, int status)
{
    char *plan = mem_print("{\"expect\":[%s]}", expectations);
    cJSON *answer = steer(server, "POST", "/_mock/verify", plan, status);
    free(plan);
    return answer;
}

/* ── Verdicts ──────────────────────────────────────────────────────────────────────────────────────────────────── */

struct verdict_case {
    size_t room; /* of the journal, which gets four requests */
    const char *expectation;
    const char *verdict;
    const char *matched; /* NULL: not asked */
    const char *told;    /* part of its message, NULL: not asked */
};

static struct verdict_case verdicts[] = {
    /* Counts. */
    {9, "{\"match\":{\"operation\":\"cancel\"},\"exactly\":2}", "passed", "[2,3]"},
    {9, "{\"match\":{\"operation\":\"cancel\"},\"exactly\":1}", "failed", "[2,3]",
     "exactly 1 request with operation cancel"},
    {9, "{\"match\":{\"operation\":\"cancel\"},\"exactly\":3}", "failed", "[2,3]", "2 requests (2, 3)"},
    {9, "{\"match\":{\"operation\":\"accept\"},\"exactly\":0}", "passed", "[]"},
    {9, "{\"match\":{},\"exactly\":4}", "passed", "[1,2,3,4]"},
    {9, "{\"match\":{\"operation\":\"cancel\"},\"at_least\":2}", "passed", "[2,3]"},
    {9, "{\"match\":{\"operation\":\"cancel\"},\"at_least\":3}", "failed", "[2,3]"},
    {9, "{\"match\":{\"operation\":\"cancel\"},\"at_most\":2}", "passed", "[2,3]"},
    {9, "{\"match\":{\"operation\":\"cancel\"},\"at_most\":1}", "failed", "[2,3]", "at most 1 request"},
    {9, "{\"match\":{\"operation\":\"cancel\"},\"at_least\":2,\"at_most\":3}", "passed", "[2,3]"},
    {9, "{\"match\":{\"operation\":\"cancel\"},\"at_least\":3,\"at_most\":4}", "failed", "[2,3]", "3 to 4 requests"},
    {9, "{\"match\":{\"operation\":\"accept\"},\"never\":true}", "passed", "[]"},
    {9, "{\"match\":{\"operation\":\"cancel\",\"status\":404},\"never\":true}", "failed", "[3]", "no request with"},
    /* Each member of a match. */
    {9, "{\"match\":{\"provider\":\"dukkango\"},\"exactly\":4}", "passed", "[1,2,3,4]"},
    {9, "{\"match\":{\"provider\":\"fungies\"},\"never\":true}", "passed", "[]"},
    {9, "{\"match\":{\"order\":\"" ORDER "\"},\"exactly\":2}", "passed", "[2,3]"},
    {9, "{\"match\":{\"status\":200},\"exactly\":3}", "passed", "[1,2,4]"},
    {9, "{\"match\":{\"status\":\"4xx\"},\"exactly\":1}", "passed", "[3]"},
    {9, "{\"match\":{\"status\":\"5xx\"},\"never\":true}", "passed", "[]"},
    {9, "{\"match\":{\"method\":\"GET\"},\"exactly\":2}", "passed", "[1,4]"},
    {9, "{\"match\":{\"path\":\"/api/integrations/restaurants/get\"},\"exactly\":2}", "passed", "[1,4]"},
    {9, "{\"match\":{\"state_before\":\"RECEIVED\"},\"exactly\":1}", "passed", "[2]"},
    {9, "{\"match\":{\"state_after\":\"CANCELED\"},\"exactly\":2}", "passed", "[2,3]"},
    {9, "{\"match\":{\"state_before\":\"CANCELED\",\"state_after\":\"CANCELED\"},\"exactly\":1}", "passed", "[3]"},
    {9, "{\"match\":{\"fault\":\"EMPTY_RESPONSE\"},\"never\":true}", "passed", "[]"},
    /* In order, others between them. */
    {9,
     "{\"in_order\":[{\"operation\":\"list_restaurants\"},{\"operation\":\"cancel\"},{\"operation\":\"list_"
     "restaurants\"}]}",
     "passed", "[1,2,4]"},
    {9, "{\"in_order\":[{\"status\":200},{\"status\":404}]}", "passed", "[1,3]"},
    {9, "{\"in_order\":[{\"status\":404},{\"operation\":\"cancel\"}]}", "failed", "[3]",
     "step 2 (operation cancel) did not come behind request 3; request 3 is like it, and came too early"},
    {9, "{\"in_order\":[{\"status\":404},{\"operation\":\"cancel\",\"status\":200}]}", "failed", "[3]",
     "request 2 is like it, and came too early"},
    {9, "{\"in_order\":[{\"operation\":\"accept\"}]}", "failed", "[]", "step 1 (operation accept) did not come"},
    /* One request is one step. */
    {9, "{\"in_order\":[{\"status\":404},{\"status\":404}]}", "failed", "[3]"},
    {9, "{\"nothing_unmatched\":true}", "passed", "[]"},
    {9, "{\"every_fault_fired\":true}", "passed", "[]", "none is armed"},

    /* Room for two: 1 and 2 are forgotten. That one was a list_restaurants and one a cancel is remembered, no more. */
    {2, "{\"match\":{\"operation\":\"cancel\"},\"at_least\":1}", "passed", "[3]"},
    {2, "{\"match\":{\"operation\":\"cancel\"},\"at_least\":3}", "unknown", "[3]", "has forgotten 2"},
    {2, "{\"match\":{\"operation\":\"cancel\"},\"at_least\":4}", "failed", "[3]"},
    {2, "{\"match\":{\"operation\":\"cancel\"},\"at_most\":0}", "failed", "[3]"},
    {2, "{\"match\":{\"operation\":\"cancel\"},\"at_most\":2}", "unknown", "[3]"},
    {2, "{\"match\":{\"operation\":\"cancel\"},\"at_most\":3}", "passed", "[3]"},
    {2, "{\"match\":{\"operation\":\"cancel\"},\"exactly\":1}", "unknown", "[3]", "--journal-size"},
    {2, "{\"match\":{\"operation\":\"cancel\"},\"exactly\":3}", "unknown", "[3]"},
    {2, "{\"match\":{\"operation\":\"cancel\"},\"exactly\":4}", "failed", "[3]"},
    {2, "{\"match\":{\"operation\":\"cancel\"},\"exactly\":0}", "failed", "[3]"},
    {2, "{\"match\":{},\"exactly\":4}", "unknown", "[3,4]"},
    {2, "{\"match\":{\"operation\":\"accept\"},\"never\":true}", "passed", "[]"},
    {2, "{\"match\":{\"provider\":\"fungies\"},\"never\":true}", "passed", "[]"},
    {2, "{\"match\":{\"operation\":\"cancel\",\"status\":503},\"never\":true}", "unknown", "[]"},
    {2, "{\"match\":{\"status\":503},\"never\":true}", "unknown", "[]"},
    {2, "{\"match\":{\"operation\":\"accept\"},\"at_least\":1}", "failed", "[]"},
    {2, "{\"match\":{\"operation\":\"cancel\"},\"never\":true}", "failed", "[3]"},
    {2, "{\"nothing_unmatched\":true}", "unknown", "[]"},
    {2, "{\"every_fault_fired\":true}", "passed", "[]"},
    {2, "{\"in_order\":[{\"status\":404},{\"operation\":\"list_restaurants\"}]}", "passed", "[3,4]"},
    {2, "{\"in_order\":[{\"operation\":\"list_restaurants\"},{\"status\":404}]}", "unknown", "[4]", "has forgotten 2"},
    {2, "{\"in_order\":[{\"operation\":\"accept\"},{\"operation\":\"accept\"}]}", "failed", "[]"},
    {2, "{\"in_order\":[{\"status\":503},{\"status\":503}]}", "unknown", "[]"},
    /* The two that were forgotten cannot have been three. */
    {2, "{\"in_order\":[{\"status\":503},{\"status\":503},{\"status\":503}]}", "failed", "[]"},
    {2, "{\"in_order\":[{\"status\":503},{\"status\":503},{\"status\":404}]}", "unknown", "[]"},
    {2, "{\"in_order\":[{\"status\":503},{\"operation\":\"accept\"},{\"status\":404}]}", "failed", "[]"},
    /* They came before all that is left. */
    {2,
     "{\"in_order\":[{\"operation\":\"list_restaurants\"},{\"operation\":\"accept\"},{\"operation\":\"cancel\"},"
     "{\"operation\":\"cancel\"}]}",
     "failed", "[4]"},
};

static void verdict_is(void *context)
{
    const struct verdict_case *own = context;
    struct mock_server *server = start_with_four(own->room);
    cJSON *answer = verify_plan(server, own->expectation, 200);
    const cJSON *check = cJSON_GetArrayItem(json_member(answer, "checks"), 0);
    CHECK_TEXT(json_string(answer, "verdict"), own->verdict);
    CHECK_TEXT(json_string(check, "verdict"), own->verdict);
    char *matched = json_write(json_member(check, "matched"));
    CHECK_TEXT(matched, own->matched);
    free(matched);
    CHECK_INTEGER(json_int_or(answer, "evicted", -1), 4 - (own->room < 4 ? (int)own->room : 4));
    if (own->told != NULL)
        CHECK_CONTAINS(json_string(check, "message"), own->told);
    cJSON *sent = json_read_text(own->expectation);
    CHECK(json_equal(json_member(check, "expect"), sent));
    cJSON_Delete(sent);
    cJSON_Delete(answer);
    mock_server_stop(server);
}

/* Failed outweighs unknown, and unknown passed. */
static void one_check_decides_the_plan(void *context)
{
    struct mock_server *server = start_with_four(2);
    (void)context;
#define SURE    "{\"match\":{\"operation\":\"cancel\"},\"at_least\":1}"
#define UNSURE  "{\"match\":{\"operation\":\"cancel\",\"status\":503},\"never\":true}"
#define MISSING "{\"match\":{\"operation\":\"cancel\"},\"at_least\":4}"
    static const struct {
        const char *plan, *verdict;
    } plans[] = {
        {SURE "," SURE, "passed"},
        {SURE "," UNSURE "," SURE, "unknown"},
        {SURE "," MISSING "," UNSURE, "failed"},
        {UNSURE "," MISSING, "failed"},
    };
    for (size_t i = 0; i < COUNT_OF(plans); i++) {
        cJSON *answer = verify_plan(server, plans[i].plan, 200);
        CHECK_TEXT(json_string(answer, "verdict"), plans[i].verdict);
        cJSON_Delete(answer);
    }
    mock_server_stop(server);
}

/* What was forgotten by a wish was not evicted: counting begins anew. */
static void a_cleared_journal_is_sure(void *context)
{
    struct mock_server *server = start_with_four(2);
    (void)context;
    cJSON_Delete(steer(server, "DELETE", "/_mock/requests", NULL, 204));
    cJSON *answer = verify_plan(server, "{\"match\":{},\"never\":true},{\"nothing_unmatched\":true}", 200);
    CHECK_TEXT(json_string(answer, "verdict"), "passed");
    CHECK_INTEGER(json_int_or(answer, "evicted", -1), 0);
    cJSON_Delete(answer);
    mock_server_stop(server);
}

static void nearly_fitting_requests_are_told(void *context)
{
    struct mock_server *server = start_with_four(9);
    (void)context;
    cJSON *answer = verify_plan(
        server, "{\"match\":{\"operation\":\"cancel\",\"method\":\"PUT\",\"status\":503},\"at_least\":1}", 200);
    const cJSON *check = cJSON_GetArrayItem(json_member(answer, "checks"), 0);
    char *closest = json_write(json_member(check, "closest"));
    CHECK_TEXT(closest, "[3,2]"); /* of equally near ones the latest first */
    CHECK_CONTAINS(json_string(check, "message"), "closest is request 3: its status is 404, not 503");
    free(closest);
    cJSON_Delete(answer);
    mock_server_stop(server);
}

/* ── What is not served, faults, sessions ──────────────────────────────────────────────────────────────────────── */

static void what_is_not_served_is_unmatched(void *context)
{
    struct mock_server *server = start_server();
    static const char odd[] = "GET /v0/orders/list HTTP/1.1\r\nBad Header: x\r\n\r\n";
    (void)context;
    ask(server, "GET", "/nowhere", NULL, NULL, 404);
    ask(server, "GET", "/api/integrations/orders/cancel/" ORDER, DUKKANGO, NULL, 405);
    list_restaurants(server);
    ask(server, "PUT", "/api/integrations/orders/cancel/" ORDER, NULL, "{\"reason_id\":3}", 401); /* served, refused */
    struct heard heard = say(mock_server_port(server), odd, strlen(odd));
    CHECK_INTEGER(heard.status, 400);
    heard_release(&heard);
    cJSON *answer = verify_plan(server, "{\"nothing_unmatched\":true}", 200);
    const cJSON *check = cJSON_GetArrayItem(json_member(answer, "checks"), 0);
    char *matched = json_write(json_member(check, "matched"));
    CHECK_TEXT(json_string(answer, "verdict"), "failed");
    CHECK_TEXT(matched, "[1,2,5]");
    CHECK_CONTAINS(json_string(check, "message"), "request 1 is GET /nowhere");
    free(matched);
    cJSON_Delete(answer);
    mock_server_stop(server);
}

static void an_armed_fault_must_fire(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON_Delete(steer(server, "POST", "/_mock/faults",
                       "{\"fault\":\"EMPTY_RESPONSE\",\"phase\":\"after_commit\",\"match\":{\"operation\":\"cancel\"},"
                       "\"when\":{\"first\":1}}",
                       201));
    cJSON_Delete(steer(server, "POST", "/_mock/faults",
                       "{\"fault\":\"CONNECTION_RESET_BY_PEER\",\"match\":{\"operation\":\"accept\"}}", 201));
    cancel(server, 0);
    cJSON *answer = verify_plan(server,
                                "{\"every_fault_fired\":true},"
                                "{\"match\":{\"fault\":\"EMPTY_RESPONSE\",\"phase\":\"after_commit\","
                                "\"state_after\":\"CANCELED\"},\"exactly\":1},"
                                "{\"match\":{\"operation\":\"cancel\",\"status\":\"2xx\"},\"never\":true}",
                                200);
    const cJSON *checks = json_member(answer, "checks");
    CHECK_TEXT(json_string(cJSON_GetArrayItem(checks, 0), "verdict"), "failed");
    CHECK_CONTAINS(json_string(cJSON_GetArrayItem(checks, 0), "message"),
                   "1 of 2 fired; f2 (CONNECTION_RESET_BY_PEER) has not fired");
    CHECK_TEXT(json_string(cJSON_GetArrayItem(checks, 1), "verdict"), "passed");
    CHECK_TEXT(json_string(cJSON_GetArrayItem(checks, 2), "verdict"), "passed"); /* its answer never left */
    cJSON_Delete(answer);
    cJSON_Delete(steer(server, "DELETE", "/_mock/faults/f2", NULL, 200));
    answer = verify_plan(server, "{\"every_fault_fired\":true}", 200);
    CHECK_TEXT(json_string(answer, "verdict"), "passed");
    cJSON_Delete(answer);
    mock_server_stop(server);
}

static void each_session_has_verdicts_of_its_own(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON_Delete(steer(server, "POST", "/_mock/sessions", "{\"id\":\"other\"}", 201));
    cancel(server, 200);
    static const char plan[] = "{\"expect\":[{\"match\":{\"operation\":\"cancel\"},\"exactly\":1}]}";
    cJSON *own = steer(server, "POST", "/_mock/verify", plan, 200);
    cJSON *other = steer(server, "POST", "/_mock/verify?session=other", plan, 200);
    CHECK_TEXT(json_string(own, "verdict"), "passed");
    CHECK_TEXT(json_string(other, "verdict"), "failed");
    cJSON_Delete(own);
    cJSON_Delete(other);
    mock_server_stop(server);
}

/* An order has several names, and a request may use any of them. */
static void an_order_is_known_by_any_of_its_names(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON *made = steer(server, "POST", "/_mock/orders/fungies", "{\"document\":{\"number\":\"123456789012\"}}", 201);
    char *target = mem_print("/v0/orders/%s", json_string(made, "id"));
    ask(server, "GET", target, "{\"x-fngs-public-key\":\"<api-key>\"}", NULL, 200);
    cJSON *answer = verify_plan(server, "{\"match\":{\"order\":\"123456789012\"},\"exactly\":1}", 200);
    CHECK_TEXT(json_string(answer, "verdict"), "passed");
    free(target);
    cJSON_Delete(answer);
    cJSON_Delete(made);
    mock_server_stop(server);
}

/* Whether a client has left it alone can be asked of an order that is there, and of one that it made up. */
static void an_order_that_nobody_knows_never_passes(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON *failure =
        verify_plan(server, "{\"nothing_unmatched\":true},{\"match\":{\"order\":\"zzz\"},\"never\":true}", 400);
    CHECK_TEXT(json_string(failure, "path"), "/expect/1/match/order");
    CHECK_CONTAINS(json_string(failure, "error"), "knows an order \"zzz\"");
    cJSON_Delete(failure);
    cJSON *answer = verify_plan(server, "{\"match\":{\"order\":\"" ORDER "\"},\"never\":true}", 200);
    CHECK_TEXT(json_string(answer, "verdict"), "passed");
    cJSON_Delete(answer);
    answer = verify_plan(server, "{\"match\":{\"order\":\"zzz\"},\"at_least\":1}", 200);
    CHECK_TEXT(json_string(answer, "verdict"), "failed");
    cJSON_Delete(answer);
    ask(server, "PUT", "/api/integrations/orders/cancel/zzz", DUKKANGO, "{\"reason_id\":3}", 403);
    answer = verify_plan(server, "{\"match\":{\"order\":\"zzz\",\"status\":200},\"never\":true}", 200);
    CHECK_TEXT(json_string(answer, "verdict"), "passed");
    cJSON_Delete(answer);
    mock_server_stop(server);
}

/* ── Mistakes ──────────────────────────────────────────────────────────────────────────────────────────────────── */

#define COUNTED(match) "{\"expect\":[{\"match\":" match ",\"never\":true}]}"

static struct mistake_case {
    const char *plan, *place, *told;
} mistakes[] = {
    {NULL, "", "send the plan as a JSON object"},
    {"[]", "", "send the plan as a JSON object"},
    {"{", NULL, "line 1, column 2"},
    {"{}", "", "member \"expect\" is missing"},
    {"{\"expects\":[]}", "/expects", "did you mean \"expect\"?"},
    {"{\"expect\":[]}", "/expect", "could not fail"},
    {"{\"expect\":{}}", "/expect", "must be an array"},
    {"{\"expect\":[7]}", "/expect/0", "holds objects"},
    {"{\"expect\":[{}]}", "/expect/0", "it expects nothing"},
    {"{\"expect\":[{\"match\":{}}]}", "/expect/0", "it expects nothing"},
    {"{\"expect\":[{\"exactly\":1}]}", "/expect/0", "\"match\" is missing"},
    {"{\"expect\":[{\"match\":{},\"exatly\":1}]}", "/expect/0/exatly", "did you mean \"exactly\"?"},
    {"{\"expect\":[{\"match\":{},\"exactly\":-1}]}", "/expect/0/exactly", "between 0"},
    {"{\"expect\":[{\"match\":{},\"exactly\":\"1\"}]}", "/expect/0/exactly", "must be an integer"},
    {"{\"expect\":[{\"match\":{},\"exactly\":1.5}]}", "/expect/0/exactly", "must be an integer"},
    {"{\"expect\":[{\"match\":{},\"at_least\":0}]}", "/expect/0/at_least", "between 1"},
    {"{\"expect\":[{\"match\":{},\"at_least\":3,\"at_most\":2}]}", "/expect/0/at_least", "nothing can be both"},
    {"{\"expect\":[{\"match\":{},\"exactly\":1,\"at_most\":2}]}", "/expect/0", "several things"},
    {"{\"expect\":[{\"match\":{},\"never\":false}]}", "/expect/0/never", "is true, or it is left out"},
    {"{\"expect\":[{\"nothing_unmatched\":false}]}", "/expect/0/nothing_unmatched", "is true, or it is left out"},
    {"{\"expect\":[{\"nothing_unmatched\":true,\"every_fault_fired\":true}]}", "/expect/0", "several things"},
    {"{\"expect\":[{\"nothing_unmatched\":true,\"match\":{}}]}", "/expect/0/match", "goes with exactly"},
    {"{\"expect\":[{\"in_order\":[]}]}", "/expect/0/in_order", "1 to 1000"},
    {"{\"expect\":[{\"in_order\":[{\"operation\":\"cancel\"},{\"operation\":\"cancle\"}]}]}",
     "/expect/0/in_order/1/operation", "did you mean \"cancel\"?"},
    {"{\"expect\":[{\"in_order\":[{\"match\":{}}]}]}", "/expect/0/in_order/0/match", "unknown member"},
    {"{\"expect\":[{\"nothing_unmatched\":true},{\"nothing_unmatched\":true,\"nothing_unmatched\":true}]}", NULL,
     "nothing_unmatched"},
    {COUNTED("{\"operatoin\":\"cancel\"}"), "/expect/0/match/operatoin", "did you mean \"operation\"?"},
    {COUNTED("{\"provider\":\"dukango\"}"), "/expect/0/match/provider", "did you mean \"dukkango\"?"},
    {COUNTED("{\"provider\":\"acme\"}"), "/expect/0/match/provider", "there are dukkango, fungies"},
    {COUNTED("{\"provider\":\"\"}"), "/expect/0/match/provider", "is empty"},
    {COUNTED("{\"operation\":\"cancel_order\"}"), "/expect/0/match/operation", "no operation is called"},
    {COUNTED("{\"provider\":\"dukkango\",\"operation\":\"get_order\"}"), "/expect/0/match/operation",
     "no operation of dukkango is called \"get_order\""},
    {COUNTED("{\"status\":99}"), "/expect/0/match/status", "100 to 599"},
    {COUNTED("{\"status\":600}"), "/expect/0/match/status", "100 to 599"},
    {COUNTED("{\"status\":\"404\"}"), "/expect/0/match/status", "100 to 599"},
    {COUNTED("{\"status\":\"6xx\"}"), "/expect/0/match/status", "100 to 599"},
    {COUNTED("{\"status\":null}"), "/expect/0/match/status", "100 to 599"},
    {COUNTED("{\"method\":\"put\"}"), "/expect/0/match/method", "cannot be \"put\""},
    {COUNTED("{\"method\":\"PSOT\"}"), "/expect/0/match/method", "did you mean \"POST\"?"},
    {COUNTED("{\"provider\":\"dukkango\",\"operation\":\"cancel\",\"method\":\"POST\"}"), "/expect/0/match/method",
     "there is PUT"},
    {COUNTED("{\"path\":\"orders\"}"), "/expect/0/match/path", "begins with a slash"},
    {COUNTED("{\"path\":\"/v0/orders?x=1\"}"), "/expect/0/match/path", "no query"},
    {COUNTED("{\"path\":\"/_mock/orders\"}"), "/expect/0/match/path", "no calls of the control API"},
    {COUNTED("{\"path\":\"/_s/x/v0/orders\"}"), "/expect/0/match/path", "leave out /_s/NAME"},
    {COUNTED("{\"state_after\":\"CANCELLD\"}"), "/expect/0/match/state_after", "did you mean \"CANCELED\"?"},
    {COUNTED("{\"provider\":\"dukkango\",\"state_after\":\"CANCELLED\"}"), "/expect/0/match/state_after",
     "did you mean \"CANCELED\"?"},
    {COUNTED("{\"state_before\":\"received\"}"), "/expect/0/match/state_before", "no state is called \"received\""},
    {COUNTED("{\"fault\":\"EMPTY_RESPONS\"}"), "/expect/0/match/fault", "did you mean \"EMPTY_RESPONSE\"?"},
    {COUNTED("{\"phase\":\"after\"}"), "/expect/0/match/phase", "before_commit, after_commit"},
    {COUNTED("{\"order\":7}"), "/expect/0/match/order", "must be a string"},
};

/* It never passes, and never fails either: it is refused. */
static void mistake_is_told(void *context)
{
    const struct mistake_case *own = context;
    struct mock_server *server = start_server();
    cJSON *failure = steer(server, "POST", "/_mock/verify", own->plan, 400);
    CHECK_TEXT(json_string(failure, "path"), own->place);
    CHECK_CONTAINS(json_string(failure, "error"), own->told);
    CHECK(json_member(failure, "verdict") == NULL);
    cJSON_Delete(failure);
    mock_server_stop(server);
}

static void all_mistakes_are_told_at_once(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON *failure =
        verify_plan(server, "{\"match\":{\"operation\":\"cancle\"},\"exactly\":1},{\"nothing_unmatched\":false}", 400);
    CHECK_TEXT(json_string(failure, "path"), "/expect/0/match/operation");
    CHECK_CONTAINS(json_string(failure, "error"), "did you mean \"cancel\"?; /expect/1/nothing_unmatched: ");
    cJSON_Delete(failure);
    mock_server_stop(server);
}

/* However many there are. */
static void a_body_full_of_mistakes_is_told_shortly(void *context)
{
    struct mock_server *server = start_server();
    struct text plan = TEXT_INIT(TEXT_UNBOUNDED);
    (void)context;
    text_add(&plan, "{\"expect\":[{\"nothing_unmatched\":true");
    for (int i = 0; i < 20000; i++)
        text_print(&plan, ",\"m%d\":1", i);
    text_add(&plan, "}]}");
    cJSON *failure = steer(server, "POST", "/_mock/verify", text_cstr(&plan), 400);
    CHECK_TEXT(json_string(failure, "path"), "/expect/0/m0");
    CHECK(strlen(json_string_or(failure, "error", "")) < 2048);
    cJSON_Delete(failure);
    text_release(&plan);
    mock_server_stop(server);
}

void suite_verify(void)
{
    for (size_t i = 0; i < COUNT_OF(verdicts); i++) {
        char *name = mem_print("room %zu %s", verdicts[i].room, verdicts[i].expectation);
        register_test("verify verdicts", name, verdict_is, &verdicts[i]);
        free(name);
    }
    for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
        char *name = mem_print("%zu %s", i, mistakes[i].plan == NULL ? "nothing" : mistakes[i].plan);
        register_test("verify mistakes", name, mistake_is_told, &mistakes[i]);
        free(name);
    }
    register_test("verify", "one check decides the plan", one_check_decides_the_plan, NULL);
    register_test("verify", "a cleared journal is sure", a_cleared_journal_is_sure, NULL);
    register_test("verify", "nearly fitting requests are told", nearly_fitting_requests_are_told, NULL);
    register_test("verify", "what is not served is unmatched", what_is_not_served_is_unmatched, NULL);
    register_test("verify", "an armed fault must fire", an_armed_fault_must_fire, NULL);
    register_test("verify", "each session has verdicts of its own", each_session_has_verdicts_of_its_own, NULL);
    register_test("verify", "an order is known by any of its names", an_order_is_known_by_any_of_its_names, NULL);
    register_test("verify", "an order that nobody knows never passes", an_order_that_nobody_knows_never_passes, NULL);
    register_test("verify", "all mistakes are told at once", all_mistakes_are_told_at_once, NULL);
    register_test("verify", "a body full of mistakes is told shortly", a_body_full_of_mistakes_is_told_shortly, NULL);
}
