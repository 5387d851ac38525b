/* Why a request failed, what the hint says, and which documented request is shown beside it (docs/diagnosis.md). */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "tests/client.h"
#include "tests/suites.h"

#define DUK_BASE  "/api/integrations"
#define DUK_ORDER "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"
#define DUK       DUK_BASE "/orders/cancel/" DUK_ORDER
#define DUK_ROUTE "PUT /api/integrations/orders/cancel/{order_id}"
#define DUK_KEY   "\"Access-Token\":\"your-access-token\""
#define JSON      "\"Content-Type\":\"application/json\""
#define DUK_ALL   "{" DUK_KEY "," JSON "}"
#define ONLY_JSON "{" JSON "}"
#define REASON    "{\"reason_id\":3}"
#define FUN       "/v0/orders/0c2d9a4e-5b1f-4e07-9c55-1f2e3d4c5b6a/cancel"
#define FUN_PUB   "\"x-fngs-public-key\":\"pub_aM7pr0AR1oAi6SlGqJrmKUgc+OtC6gIm/98nVuni1qY=\""
#define FUN_SEC   "\"x-fngs-secret-key\":\"sec_iKXoGI3+bt24qTHE7Su/hqJ3Jp+DqPmmICDURqWGevQ=\""
#define FUN_ALL   "{" FUN_PUB "," FUN_SEC "," JSON "}"
#define AKI       "/api/i1/orders/1883/cancel/"
#define AKI_ROUTE "POST /api/i1/orders/{order_id}/cancel/"
#define AKI_ALL   "{\"Authorization\":\"Token f532e8b1c07d4a6f9e3b2d5c8a1f0e7d6b49332d\"," JSON "}"
#define ILE       "/v1/cancel-order/json"
#define ILE_BODY(order)                                                                                                \
    "{\"request\":{\"authentication\":{\"key\":\"API_KEY\",\"hash\":\"API_HASH\"},\"order\":" order "}}"
#define ZAI       "/consumers/api/v1/orders/ffc75c94-aa79-450a-becc-2e398c079d93"
#define ZAI_TOKEN "zt-musterdruck-4f1d0c7a9e2b86350d1c"
#define ZAI_ALL   "{\"Authorization\":\"Bearer " ZAI_TOKEN "\"," JSON "}"
#define ZAI_BODY  "{\"order\":{\"state_event\":\"cancel_by_consumer\"}}"
#define SAMPLE    "the vendor's own sample"
#define WORKING   "; GET /_mock/providers shows credentials that work"
#define KNOB(set) "; the knob " set " is for servers that take it"

static struct diagnosis_case {
    const char *name;
    const char *method, *target, *headers, *body;
    const char *where, *field; /* of the first problem */
    const char *hint;
    const char *nearest; /* the name of the documented request; NULL: none */
} cases[] = {
    /* method and path */
    {"slash too much", "PUT", DUK "/", DUK_ALL, REASON, "path", "path",
     "leave out the slash at the end of the path: " DUK_ROUTE KNOB("slash=ignored of dukkango"), SAMPLE},
    {"slash missing", "POST", "/api/i1/orders/1883/cancel", AKI_ALL, "{}", "path", "path",
     "end the path with a slash: " AKI_ROUTE KNOB("missing_slash=serve of akinon"), "what the official client sends"},
    {"slash doubled", "PUT", DUK_BASE "/orders//cancel/" DUK_ORDER, DUK_ALL, REASON, "path", "path",
     "write one slash where the path has two: " DUK_ROUTE KNOB("slash=ignored of dukkango"), SAMPLE},
    {"wrong method", "POST", DUK, DUK_ALL, REASON, "method", "method", "send the method PUT", SAMPLE},
    {"one of several methods", "POST", "/v0/orders/" DUK_ORDER, FUN_ALL, NULL, "method", "method",
     "send one of the methods GET, HEAD", "a read needs the public key alone"},
    {"method in small letters", "put", DUK, DUK_ALL, REASON, "method", "method",
     "write the method in capital letters: PUT", SAMPLE},
    {"base mistyped", "PUT", "/api/integration/orders/cancel/" DUK_ORDER, DUK_ALL, REASON, "path", "path",
     "the base path of dukkango is /api/integrations: " DUK_ROUTE, SAMPLE},
    {"base of another version", "POST", "/api/v3/orders/1883/cancel/", AKI_ALL, "{}", "path", "path",
     "the base path of akinon is /api/i1: " AKI_ROUTE, "what the official client sends"},
    {"base missing", "PUT", "/orders/cancel/" DUK_ORDER, DUK_ALL, REASON, "path", "path",
     "begin the path with the base path of dukkango, /api/integrations: " DUK_ROUTE, SAMPLE},
    {"word mistyped", "PUT", DUK_BASE "/orders/cancle/" DUK_ORDER, DUK_ALL, REASON, "path", "path",
     "write \"cancel\" in the path: " DUK_ROUTE, SAMPLE},
    {"upper case", "PUT", DUK_BASE "/orders/Cancel/" DUK_ORDER, DUK_ALL, REASON, "path", "path",
     "write \"cancel\" in the path: its letters count as they are: " DUK_ROUTE, SAMPLE},
    {"path encoded twice", "PUT", DUK_BASE "/orders/c%2561ncel/" DUK_ORDER, DUK_ALL, REASON, "path", "path",
     "percent-encode the path once: \"cancel\" came encoded twice: " DUK_ROUTE, SAMPLE},
    {"order in the query", "PUT", DUK_BASE "/orders/cancel?order_id=" DUK_ORDER, DUK_ALL, REASON, "path", "path",
     "the path itself names what is meant, not the query: " DUK_ROUTE, SAMPLE},
    {"order in the body", "PUT", DUK_BASE "/orders/cancel", DUK_ALL, "{\"order_id\":\"" DUK_ORDER "\",\"reason_id\":3}",
     "path", "path", "the path itself names what is meant, not the body: " DUK_ROUTE, SAMPLE},
    {"method of no route", "PUT", ZAI, ZAI_ALL, ZAI_BODY, "path", "path",
     "did you mean PATCH /consumers/api/v1/orders/{order_id}?", "the same below the canonical base"},
    {"placeholder", "PUT", DUK_BASE "/orders/cancel/undefined", DUK_ALL, REASON, "path", "order_id",
     "fill in {order_id}: the client left a placeholder, or an empty variable, in the path", SAMPLE},
    {"no route near", "GET", DUK_BASE "/nothing/here", DUK_ALL, NULL, "path", "path",
     "no route of dukkango is near; `cancelmock routes` and GET /_mock/providers list them", NULL},
    {"no provider near", "GET", "/favicon.ico", NULL, NULL, "path", "path",
     "no provider is near; GET /_mock/providers lists their base paths and routes", NULL},
    {"control API", "GET", "/mock/requests", NULL, NULL, "path", "path", "the control API lives below /_mock/", NULL},
    {"route behind a knob", "GET", "/api/v2/orders", ZAI_ALL, NULL, "path", "path",
     "this path is served where the knob of zaikio is set: v2=on", "lists: orders by several filters"},
    /* who asks */
    {"header missing", "PUT", DUK, ONLY_JSON, REASON, "header", "Access-Token",
     "send the header Access-Token: <access_token>" WORKING, SAMPLE},
    {"header of another", "PUT", DUK, "{\"x-fngs-public-key\":\"mine-0000\"," JSON "}", REASON, "header",
     "Access-Token", "x-fngs-public-key is a header of fungies; dukkango reads Access-Token: <access_token>", SAMPLE},
    {"token in another header", "PUT", DUK, "{\"Authorization\":\"Bearer your-access-token\"," JSON "}", REASON,
     "header", "Access-Token",
     "the credential stands in the header Authorization; send it as Access-Token: <access_token>", SAMPLE},
    {"token in the query", "PUT", DUK "?access_token=your-access-token", ONLY_JSON, REASON, "header", "Access-Token",
     "the credential stands in the query access_token; send it as Access-Token: <access_token>", SAMPLE},
    {"token of another", "PUT", DUK, "{\"Access-Token\":\"" ZAI_TOKEN "\"," JSON "}", REASON, "credential",
     "Access-Token",
     "the credential in the header Access-Token is one of zaikio, and this request is for dukkango, which wants its "
     "own "
     "Access-Token",
     SAMPLE},
    {"token unknown", "PUT", DUK, "{\"Access-Token\":\"no-such-token\"," JSON "}", REASON, "credential", "Access-Token",
     "no account of dukkango has this value in Access-Token" WORKING, SAMPLE},
    {"token expired", "PUT", DUK,
     "{\"Access-Token\":\"0e5d2c1b7a6948f3a2b1c0d9e8f70615243342516077889900aabbccddeeff01\"," JSON "}", REASON,
     "credential", "Access-Token",
     "the credential has expired: log in again with POST /api/integrations/auth/login, or take another" WORKING,
     SAMPLE},
    {"scheme missing", "PATCH", ZAI, "{\"Authorization\":\"" ZAI_TOKEN "\"," JSON "}", ZAI_BODY, "credential",
     "Authorization", "send the token as Authorization: Bearer <token>, with that word and one blank before it",
     "the same below the canonical base"},
    {"scheme of another", "POST", AKI,
     "{\"Authorization\":\"Bearer f532e8b1c07d4a6f9e3b2d5c8a1f0e7d6b49332d\"," JSON "}", "{}", "credential",
     "Authorization", "send the token as Authorization: Token <token>, with that word and one blank before it",
     "what the official client sends"},
    {"scope missing", "PATCH", ZAI, "{\"Authorization\":\"Bearer zt-musterdruck-read-8b3e6d1f0a5c\"," JSON "}",
     ZAI_BODY, "credential", "Authorization",
     "take a credential with procurement_consumer.orders.w, procurement_consumer.orders.rw" WORKING,
     "the same below the canonical base"},
    {"half missing", "PATCH", FUN, "{" FUN_PUB "," JSON "}", "{}", "header", "x-fngs-secret-key",
     "send the header x-fngs-secret-key: <secret_key>" WORKING, "the vendor's own sample, as curl sends it"},
    {"halves mixed up", "PATCH", FUN,
     "{\"x-fngs-public-key\":\"sec_iKXoGI3+bt24qTHE7Su/hqJ3Jp+DqPmmICDURqWGevQ=\"," JSON "}", "{}", "credential",
     "x-fngs-public-key",
     "take the public_key for x-fngs-public-key: its value is the secret_key of an account of fungies",
     "the vendor's own sample, as curl sends it"},
    {"credential may not write", "PATCH", FUN,
     "{\"x-fngs-public-key\":\"pub_yyYdUXUCWkk/pBkQCYS1XSW6YLCS+dMALvYDV7Y33tg=\","
     "\"x-fngs-secret-key\":\"sec_10f64F8LC+At/Pqxq/cR5mLhkI9y96DfWsxTSRAZofg=\"," JSON "}",
     "{}", "credential", "x-fngs-secret-key",
     "the fixtures say of this credential that it is read_only: take another" WORKING,
     "the vendor's own sample, as curl sends it"},
    {"credential in the body", "POST", ILE, ONLY_JSON, "{\"request\":{\"order\":{\"id\":\"312891245\"}}}", "body",
     "key", "send key in the body" WORKING, SAMPLE},
    /* what is sent */
    {"type missing", "PUT", DUK, "{" DUK_KEY "}", REASON, "header", "Content-Type",
     "send the header Content-Type: application/json" KNOB("bad_content_type=accept of dukkango"), SAMPLE},
    {"type of another", "PUT", DUK, "{" DUK_KEY ",\"Content-Type\":\"text/plain\"}", REASON, "header", "Content-Type",
     "send another Content-Type: application/json" KNOB("bad_content_type=accept of dukkango"), SAMPLE},
    {"form for JSON", "POST", "/api/i1/auth/login/", "{\"Content-Type\":\"application/x-www-form-urlencoded\"}",
     "username=a&password=b", "header", "Content-Type",
     "send JSON, as Content-Type: application/json: the body is a form", "login"},
    {"XML for JSON", "POST", ILE, "{\"Content-Type\":\"text/xml\"}", "<request><a>1</a></request>", "body", "body",
     "send JSON, as Content-Type: application/json: the body is XML", SAMPLE},
    {"JSON for XML", "POST", "/v1/cancel-order", ONLY_JSON, ILE_BODY("{\"id\":\"312891245\"}"), "body", "body",
     "send XML, as Content-Type: text/xml: the body is JSON", "raw XML under the type of JSON"},
    {"JSON twice", "PUT", DUK, DUK_ALL, "\"{\\\"reason_id\\\":3}\"", "body", "body",
     "write the JSON once: the body is a JSON string that holds JSON", SAMPLE},
    {"object in a list", "PUT", DUK, DUK_ALL, "[" REASON "]", "body", "body",
     "send the object alone: the body is an array", SAMPLE},
    {"no body", "PUT", DUK, DUK_ALL, "", "body", "body", "send a body: JSON, as Content-Type: application/json",
     SAMPLE},
    {"single quotes", "PUT", DUK, DUK_ALL, "{'reason_id':3}", "body", "body",
     "write JSON with double quotes: the body has single ones", SAMPLE},
    {"comma behind", "PUT", DUK, DUK_ALL, "{\"reason_id\":3,}", "body", "body",
     "mend the JSON of the body: a comma stands before a bracket that closes", SAMPLE},
    {"broken off", "PUT", DUK, DUK_ALL, "{\"reason_id\":", "body", "body",
     "mend the JSON of the body: `actual` says what is wrong with it", SAMPLE},
    {"broken XML", "POST", "/v1/cancel-order", "{\"Content-Type\":\"text/xml\"}", "<request><order>", "body", "body",
     "mend the XML of the body", "raw XML without a type"},
    {"number as string", "PUT", DUK, DUK_ALL, "{\"reason_id\":\"3\"}", "body", "reason_id",
     "write reason_id as a number, without quotes" KNOB("coerce_numeric_string=on of dukkango"), SAMPLE},
    {"string as number", "POST", DUK_BASE "/auth/login", ONLY_JSON,
     "{\"app_secret_key\":12345678,\"rest_secret_key\":\"b\"}", "credential", "app_secret_key",
     "no account of dukkango has this value in app_secret_key" WORKING, "a token for twenty-four hours"},
    {"truth as string", "POST", AKI, AKI_ALL,
     "{\"order\":1883,\"is_all\":\"yes\",\"cancel_items\":[],\"reasons\":{\"70193\":12,\"70194\":12}}", "body",
     "is_all", "send is_all as true or false; it is a string", "the word of the page as the key"},
    {"null", "PUT", DUK, DUK_ALL, "{\"reason_id\":null}", "body", "reason_id",
     "give reason_id a value: null is none; expected is an integer from 1 to 8", SAMPLE},
    {"out of range", "PUT", DUK, DUK_ALL, "{\"reason_id\":9}", "body", "reason_id",
     "give reason_id another value: an integer from 1 to 8", SAMPLE},
    {"missing", "PUT", DUK, DUK_ALL, "{}", "body", "reason_id", "send reason_id in the body: an integer from 1 to 8",
     SAMPLE},
    {"name misspelt", "PUT", DUK, DUK_ALL, "{\"reasonId\":3}", "body", "reason_id",
     "write \"reason_id\" instead of \"reasonId\"", SAMPLE},
    {"another name in its place", "POST", ILE, ONLY_JSON, ILE_BODY("{\"number\":\"312891245\"}"), "body", "order.id",
     "write \"id\" as the name of the member that stands in its place", SAMPLE},
    {"member in the query", "PUT", DUK "?reason_id=3", DUK_ALL, "{}", "query", "reason_id",
     "send reason_id in the body: it stands in the query", SAMPLE},
    {"member too deep", "PUT", DUK, DUK_ALL, "{\"order\":{\"reason_id\":3}}", "body", "reason_id",
     "move reason_id to the top: it stands at order.reason_id", SAMPLE},
    {"member too high", "PATCH", ZAI, ZAI_ALL, "{\"state_event\":\"cancel_by_consumer\"}", "body", "order",
     "put the members into the object order: state_event stands outside of it",
     "a PATCH that changes nothing answers the order as it is"},
    {"wrong word", "PATCH", ZAI, ZAI_ALL, "{\"order\":{\"state_event\":\"cancel\"}}", "body", "state_event",
     "give state_event another value: place, cancel_by_consumer or request_cancelation",
     "the same below the canonical base"},
    {"query parameter", "GET", "/v0/orders/list?take=abc", "{" FUN_PUB "}", NULL, "query", "take",
     "give take another value: Expected number", "number"},
    /* the order */
    {"state", "PUT", DUK_BASE "/orders/cancel/7d0d6c1e-2f4b-4a3c-8f0e-1b2c3d4e5f05", DUK_ALL, REASON, "state",
     "order_id",
     "the order is COMPLETE, and cancel takes one that is RECEIVED, CONFIRMED, IN_DELIVERY, COMPLETE_NEEDS_PAYMENT; "
     "POST "
     "/_mock/orders/dukkango makes a fresh one" KNOB("cancel_when_terminal=200_ok of dukkango"),
     SAMPLE},
    {"state that an event leads out of", "PUT", DUK_BASE "/orders/ontheway/" DUK_ORDER, DUK_ALL, NULL, "state",
     "order_id",
     "the order is RECEIVED, and this takes CONFIRMED; POST /_mock/orders/dukkango {\"state\":\"CONFIRMED\"} makes one "
     "that is",
     "handed over"},
    {"state of no fresh order", "DELETE", ZAI, ZAI_ALL, NULL, "state", "state",
     "the order is placed, and this takes draft; POST /_mock/orders/zaikio {\"state\":\"draft\"} makes one that is",
     "a draft"},
    {"order of another account", "PUT", DUK_BASE "/orders/cancel/b5c1c9f4-8a55-4d0e-9d5e-3f1f6c1d0403", DUK_ALL, REASON,
     "credential", "order_id",
     "the order belongs to the account \"sahil\", and the credential to \"cinaralti\": take the credential of the one, "
     "or an order of the other",
     SAMPLE},
    {"magic id", "PUT", DUK_BASE "/orders/cancel/00000000-0000-4000-8000-000000000404", DUK_ALL, REASON, "path",
     "order_id", "it is a magic id, and stands for: no such order", SAMPLE},
    {"id in upper case", "PUT", DUK_BASE "/orders/cancel/3E9CAF87-5CB7-4C4E-ADCB-FC2EC54CF24E", DUK_ALL, REASON, "path",
     "order_id", "write the id as it was given: " DUK_ORDER, SAMPLE},
    {"id mistyped", "PUT", DUK_BASE "/orders/cancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24f", DUK_ALL, REASON, "path",
     "order_id", "did you mean the order " DUK_ORDER "?", SAMPLE},
    {"id encoded twice", "PATCH", "/v0/orders/%252300420/cancel", FUN_ALL, "{}", "path", "orderIdOrNumber",
     "percent-encode the id once: decoded once more it is #00420", "the vendor's own sample, as curl sends it"},
    {"order of another provider", "PUT", DUK_BASE "/orders/cancel/ffc75c94-aa79-450a-becc-2e398c079d93", DUK_ALL,
     REASON, "path", "order_id",
     "the order is one of zaikio, whose base path is /consumers/api/v1, and this request went to dukkango", SAMPLE},
    {"unknown order", "PUT", DUK_BASE "/orders/cancel/12345678-1234-4123-8123-123456789012", DUK_ALL, REASON, "path",
     "order_id",
     "no session has this order: POST /_mock/orders/dukkango makes one, GET /_mock/orders?provider=dukkango lists them",
     SAMPLE},
    {"order that lacks something", "POST", "/api/i1/orders/1884/cancel/", AKI_ALL,
     "{\"order\":1884,\"is_all\":true,\"cancel_items\":[],\"reasons\":{\"70201\":12,\"70202\":12},\"forced_refund_"
     "amount\":null}",
     "state", NULL, "take another order: this needs a transaction", "the word of the page as the key"},
    {"session unknown", "PUT", "/_s/nobody/x", NULL, NULL, "session", "session",
     "POST /_mock/sessions makes one, and GET /_mock/sessions lists them", NULL},
};

static struct heard ask(struct mock_server *server, const char *method, const char *target, const char *headers,
                        const char *body)
{
    cJSON *tree = headers == NULL ? NULL : json_read_text(headers);
    CHECK(headers == NULL || tree != NULL);
    struct heard heard = request(mock_server_port(server), method, target, tree, body);
    cJSON_Delete(tree);
    return heard;
}

/* The last entry of the session's journal. */
static cJSON *last_entry(struct mock_server *server, const char *session)
{
    char *path = mem_print("/_mock/requests?session=%s", session);
    cJSON *list = steer(server, "GET", path, NULL, 200);
    cJSON *entries = json_member_mut(list, "requests");
    cJSON *entry = cJSON_DetachItemFromArray(entries, cJSON_GetArraySize(entries) - 1);
    cJSON_Delete(list);
    free(path);
    return entry;
}

static const cJSON *first_problem(const cJSON *entry)
{
    return cJSON_GetArrayItem(json_member(json_member(entry, "diagnosis"), "problems"), 0);
}

static const char *hint_of(const cJSON *entry)
{
    return json_string(json_member(entry, "diagnosis"), "hint");
}

static void is_told(void *context)
{
    const struct diagnosis_case *own = context;
    struct mock_server *server = start_server();
    struct heard heard = ask(server, own->method, own->target, own->headers, own->body);
    cJSON *entry = last_entry(server, "default");
    const cJSON *nearest = json_member(json_member(entry, "diagnosis"), "nearest");
    CHECK(heard.status >= 300);
    CHECK_TEXT(json_string(first_problem(entry), "where"), own->where);
    CHECK_TEXT(json_string(first_problem(entry), "field"), own->field);
    CHECK_TEXT(hint_of(entry), own->hint);
    CHECK_TEXT(json_string(nearest, "name"), own->nearest);
    cJSON_Delete(entry);
    heard_release(&heard);
    mock_server_stop(server);
}

/* ── What only sessions tell ───────────────────────────────────────────────────────────────────────────────────── */

static void check_hint(struct mock_server *server, const char *target, const char *headers, const char *session,
                       const char *hint)
{
    struct heard heard = ask(server, "PUT", target, headers, REASON);
    cJSON *entry = last_entry(server, session);
    CHECK_TEXT(hint_of(entry), hint);
    cJSON_Delete(entry);
    heard_release(&heard);
}

static void names_the_session_of_an_order(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON_Delete(steer(server, "POST", "/_mock/sessions", "{\"id\":\"ci-1\"}", 201));
    cJSON *order = steer(server, "POST", "/_mock/orders/dukkango?session=ci-1", "{}", 201);
    char *target = mem_print(DUK_BASE "/orders/cancel/%s", json_string(order, "id"));
    check_hint(
        server, target, DUK_ALL, "default",
        "the order is one of the session \"ci-1\", and this request went to \"default\": put /_s/ci-1 before the "
        "path, send X-Mock-Session: ci-1, or show that session's credentials");
    free(target);
    cJSON_Delete(order);
    mock_server_stop(server);
}

static void names_the_session_of_a_credential(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON *session = steer(server, "POST", "/_mock/sessions", "{\"id\":\"ci-1\"}", 201);
    cJSON_Delete(steer(server, "POST", "/_mock/sessions", "{\"id\":\"ci-2\"}", 201));
    const cJSON *credential = json_member(json_member(session, "credentials"), "dukkango");
    char *headers = mem_print("{\"Access-Token\":\"%s\"," JSON "}", json_string(credential, "access_token"));
    check_hint(server, "/_s/ci-2" DUK, headers, "ci-2",
               "the credential is of the session \"ci-1\", and this request is in \"ci-2\": send it without naming a "
               "session, or name \"ci-1\"");
    free(headers);
    cJSON_Delete(session);
    mock_server_stop(server);
}

static void names_the_nearest_session(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON_Delete(steer(server, "POST", "/_mock/sessions", "{\"id\":\"ci-4711\"}", 201));
    check_hint(server, "/_s/ci-4712" DUK, DUK_ALL, "default",
               "did you mean the session \"ci-4711\"? POST /_mock/sessions makes one, and GET /_mock/sessions lists "
               "them");
    mock_server_stop(server);
}

static void knows_what_was_removed(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON_Delete(steer(server, "DELETE", "/_mock/orders/dukkango/" DUK_ORDER, NULL, 204));
    check_hint(server, DUK, DUK_ALL, "default",
               "the order was removed from this session; POST /_mock/reset brings it back");
    mock_server_stop(server);
}

static void knows_ended_tokens(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON_Delete(steer(server, "POST", "/_mock/tokens/dukkango/expire", NULL, 204));
    check_hint(server, DUK, DUK_ALL, "default",
               "the credential has expired: log in again with POST /api/integrations/auth/login, or take "
               "another" WORKING);
    mock_server_stop(server);
}

static void says_how_long_to_wait(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    struct heard first = ask(server, "GET", DUK_BASE "/orders/get-current", DUK_ALL, NULL);
    struct heard second = ask(server, "GET", DUK_BASE "/orders/get-current", DUK_ALL, NULL);
    cJSON *entry = last_entry(server, "default");
    CHECK_INTEGER(first.status, 200);
    CHECK_INTEGER(second.status, 429);
    CHECK_TEXT(hint_of(entry), "wait, or move the session's clock: POST /_mock/clock/advance {\"seconds\":30}");
    cJSON_Delete(entry);
    heard_release(&first);
    heard_release(&second);
    mock_server_stop(server);
}

/* The event that brings the order into a state that will do. */
static void names_the_event_that_helps(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON *order = steer(server, "POST", "/_mock/orders/fungies", "{\"state\":\"FAILED\"}", 201);
    cJSON_Delete(order);
    cJSON *sent = steer(server, "POST", "/_mock/orders/zaikio", "{\"state\":\"cancelation_requested\"}", 201);
    char *target = mem_print("/consumers/api/v1/orders/%s", json_string(sent, "id"));
    struct heard heard = ask(server, "PATCH", target, ZAI_ALL, "{\"order\":{\"state_event\":\"request_cancelation\"}}");
    cJSON *entry = last_entry(server, "default");
    char *hint = mem_print("the order is cancelation_requested, and request_cancelation takes one that is transferred, "
                           "confirmed; the event \"confirm\" (supplier) would bring it there: POST "
                           "/_mock/orders/zaikio/%s/events",
                           json_string(sent, "id"));
    CHECK_TEXT(hint_of(entry), hint);
    free(hint);
    free(target);
    cJSON_Delete(entry);
    cJSON_Delete(sent);
    heard_release(&heard);
    mock_server_stop(server);
}

/* ── Shape, and where there is none ────────────────────────────────────────────────────────────────────────────── */

/* A whole one, member by member. */
static void shows_the_nearest_request(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    struct heard heard = ask(server, "PUT", DUK "/", ONLY_JSON, "{\"reason_id\":\"3\",\"note\":1}");
    cJSON *entry = last_entry(server, "default");
    char *written = json_write(json_member(entry, "diagnosis"));
    CHECK_TEXT(
        written,
        "{\"problems\":[{\"where\":\"path\",\"field\":\"path\",\"expected\":\"" DUK_ROUTE "\","
        "\"actual\":\"/orders/cancel/" DUK_ORDER "/\"}],"
        "\"hint\":\"leave out the slash at the end of the path: " DUK_ROUTE KNOB(
            "slash=ignored of dukkango") "\","
                                         "\"nearest\":{\"provider\":\"dukkango\",\"name\":\"" SAMPLE
                                         "\",\"file\":\"cancel.json\","
                                         "\"clause\":\"page Examples; page Success Response "
                                         "(200)\",\"request\":{\"method\":\"PUT\","
                                         "\"path\":\"" DUK "\",\"headers\":{\"Access-Token\":\"your-access-token\","
                                         "\"Content-Type\":\"application/json\"},\"body\":\"{\\\"reason_id\\\": 3}\"}},"
                                         "\"differences\":["
                                         "{\"where\":\"path\",\"field\":\"path\",\"expected\":\"none\",\"actual\":\"a "
                                         "slash at its end\"},"
                                         "{\"where\":\"header\",\"field\":\"Access-Token\",\"expected\":\"your-access-"
                                         "token\",\"actual\":\"absent\"},"
                                         "{\"where\":\"body\",\"field\":\"note\",\"expected\":\"absent\",\"actual\":"
                                         "\"1\"},"
                                         "{\"where\":\"body\",\"field\":\"reason_id\",\"expected\":\"3\",\"actual\":"
                                         "\"\\\"3\\\"\"}]}");
    cJSON *alone = steer(server, "GET", "/_mock/requests/1", NULL, 200);
    CHECK(json_equal(json_member(alone, "diagnosis"), json_member(entry, "diagnosis")));
    cJSON_Delete(alone);
    free(written);
    cJSON_Delete(entry);
    heard_release(&heard);
    mock_server_stop(server);
}

/* Answers that tell several fields at once. */
static void tells_each_field(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    struct heard heard = ask(server, "POST", AKI, AKI_ALL,
                             "{\"order\":\"1883\",\"is_all\":7,\"cancel_items\":[],"
                             "\"forced_refund_amount\":null}");
    cJSON *entry = last_entry(server, "default");
    const cJSON *problems = json_member(json_member(entry, "diagnosis"), "problems");
    CHECK_INTEGER(cJSON_GetArraySize(problems), 3);
    CHECK_TEXT(json_string(cJSON_GetArrayItem(problems, 0), "field"), "order");
    CHECK_TEXT(json_string(cJSON_GetArrayItem(problems, 1), "field"), "is_all");
    CHECK_TEXT(json_string(cJSON_GetArrayItem(problems, 1), "actual"), "7");
    CHECK_TEXT(json_string(cJSON_GetArrayItem(problems, 2), "field"), "reasons");
    CHECK_TEXT(json_string(cJSON_GetArrayItem(problems, 2), "where"), "body");
    cJSON_Delete(entry);
    heard_release(&heard);
    mock_server_stop(server);
}

static void has_none_where_nothing_failed(void *context)
{
    static const char *const faults[] = {NULL, "{\"fault\":\"CANNED_RESPONSE\",\"status\":500}"};
    (void)context;
    for (size_t i = 0; i < COUNT_OF(faults); i++) {
        struct mock_server *server = start_server();
        if (faults[i] != NULL)
            cJSON_Delete(steer(server, "POST", "/_mock/faults", faults[i], 201));
        struct heard heard = ask(server, "PUT", DUK, DUK_ALL, REASON);
        CHECK_INTEGER(heard.status, faults[i] == NULL ? 200 : 500);
        cJSON *entry = last_entry(server, "default");
        CHECK(cJSON_IsNull(json_member(entry, "diagnosis")));
        cJSON_Delete(entry);
        heard_release(&heard);
        mock_server_stop(server);
    }
}

/* A vendor may refuse under 200 (iletimerkezi 9.1). */
static void knows_refusals_under_200(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON_Delete(steer(server, "PATCH", "/_mock/knobs/iletimerkezi", "{\"http_status_mode\":\"always_200\"}", 200));
    struct heard heard = ask(server, "POST", ILE, ONLY_JSON, ILE_BODY("{\"id\":\"404404404\"}"));
    cJSON *entry = last_entry(server, "default");
    CHECK_INTEGER(heard.status, 200);
    CHECK_TEXT(hint_of(entry), "it is a magic id, and stands for: no such order");
    cJSON_Delete(entry);
    heard_release(&heard);
    mock_server_stop(server);
}

/* ── What is no request ────────────────────────────────────────────────────────────────────────────────────────── */

static struct unread_case {
    const char *bytes;
    size_t length;
    const char *where, *hint;
} unread_cases[] = {
#define BYTES(text) text, sizeof text - 1
    {BYTES("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"), "connection",
     "use http:// instead of https://: this port speaks plain HTTP"},
    {BYTES("GET /v0/orders/a b HTTP/1.1\r\nHost: a\r\n\r\n"), "connection",
     "percent-encode the blank in the target as %20"},
    {BYTES("GET /v0/orders/list HTTP/1.1\r\n\r\n"), "header", "send the header Host"},
    {BYTES("PUT /v0/orders/list HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n"), "header",
     "send Content-Length once, as the number of the body's bytes"},
    {BYTES("PUT /v0/orders/list HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"), "body",
     "send each chunk as its size in hexadecimal digits, CRLF, its bytes, CRLF, and a last one of size 0"},
};

static void tells_what_is_no_request(void *context)
{
    const struct unread_case *own = context;
    struct mock_server *server = start_server();
    struct heard heard = say(mock_server_port(server), own->bytes, own->length);
    cJSON *entry = last_entry(server, "default");
    CHECK_TEXT(json_string(first_problem(entry), "where"), own->where);
    CHECK_TEXT(hint_of(entry), own->hint);
    CHECK(cJSON_IsNull(json_member(json_member(entry, "diagnosis"), "nearest")));
    cJSON_Delete(entry);
    heard_release(&heard);
    mock_server_stop(server);
}

/* ── Secrets ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* One secret in each place of a request that fails; the diagnosis shows none of them. */
static struct secret_case {
    const char *method, *target, *headers, *body;
} secret_cases[] = {
    {"PUT", DUK, "{\"Access-Token\":\"s3cr3t-of-mine\"," JSON "}", REASON},
    {"PUT", DUK, "{\"Authorization\":\"Bearer s3cr3t-of-mine\"," JSON "}", REASON},
    {"PUT", DUK, "{\"Cookie\":\"id=s3cr3t-of-mine\"," JSON "}", REASON},
    {"PUT", DUK "?access_token=s3cr3t-of-mine", ONLY_JSON, REASON},
    {"POST", DUK_BASE "/auth/login", ONLY_JSON, "{\"app_secret_key\":\"s3cr3t-of-mine\",\"rest_secret_key\":\"b\"}"},
    {"POST", DUK_BASE "/auth/login", ONLY_JSON, "{\"app_secret_key\":[\"s3cr3t-of-mine\"],\"rest_secret_key\":\"b\"}"},
    {"PUT", DUK, DUK_ALL, "{\"access_token\":\"s3cr3t-of-mine\"}"},
    {"PUT", "/api/integration/orders/cancel/x", "{\"Access-Token\":\"s3cr3t-of-mine\"}", REASON},
    {"PATCH", ZAI, "{\"Authorization\":\"s3cr3t-of-mine\"," JSON "}", ZAI_BODY},
    {"POST", AKI, "{\"Authorization\":\"Token s3cr3t-of-mine\"," JSON "}", "{}"},
    {"POST", "/api/i1/auth/login/", ONLY_JSON, "{\"username\":\"u\",\"password\":\"s3cr3t-of-mine\"}"},
    {"POST", ILE, ONLY_JSON,
     "{\"request\":{\"authentication\":{\"key\":\"k\",\"hash\":\"s3cr3t-of-mine\"},\"order\":{\"id\":\"1\"}}}"},
    {"PATCH", FUN, "{" FUN_PUB ",\"x-fngs-secret-key\":\"s3cr3t-of-mine\"," JSON "}", "{}"},
};

static void shows_no_secret(void *context)
{
    const struct secret_case *own = context;
    struct mock_server *server = start_server();
    struct heard heard = ask(server, own->method, own->target, own->headers, own->body);
    cJSON *entry = last_entry(server, "default");
    char *written = json_write(json_member(entry, "diagnosis"));
    CHECK(cJSON_IsObject(json_member(entry, "diagnosis")));
    CHECK(strstr(written, "s3cr3t") == NULL);
    free(written);
    cJSON_Delete(entry);
    heard_release(&heard);
    mock_server_stop(server);
}

/* ── The header ────────────────────────────────────────────────────────────────────────────────────────────────── */

static void explains_with_the_hint(void *context)
{
    static char problem[MOCK_SERVER_PROBLEM_MAX];
    struct mock_server_options options = {.listen = "127.0.0.1:0", .seed = 1, .explain = true};
    struct mock_server *server = NULL;
    (void)context;
    CHECK_INTEGER(mock_server_start(&options, &server, problem, sizeof problem), MOCK_SERVER_OK);
    struct heard heard = ask(server, "PUT", DUK, DUK_ALL, "{\"reasonId\":\"\xc3\xbc\"}");
    CHECK_CONTAINS(heard.head,
                   "\r\nX-Mock-Reason: 4: reason_id is required; field=reason_id; expected=an integer from 1 "
                   "to 8; actual=absent; hint=write \"reason_id\" instead of \"reasonId\"\r\n");
    heard_release(&heard);
    mock_server_stop(server);
}

static void add_tables(void)
{
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        register_test("diagnosis", cases[i].name, is_told, &cases[i]);
    for (size_t i = 0; i < COUNT_OF(unread_cases); i++) {
        char *name = mem_print("tells what is no request %zu", i);
        register_test("diagnosis", name, tells_what_is_no_request, &unread_cases[i]);
        free(name);
    }
    for (size_t i = 0; i < COUNT_OF(secret_cases); i++) {
        char *name = mem_print("shows no secret %zu", i);
        register_test("diagnosis", name, shows_no_secret, &secret_cases[i]);
        free(name);
    }
}

void suite_diagnosis(void)
{
    add_tables();
    register_test("diagnosis", "names the session of an order", names_the_session_of_an_order, NULL);
    register_test("diagnosis", "names the session of a credential", names_the_session_of_a_credential, NULL);
    register_test("diagnosis", "names the nearest session", names_the_nearest_session, NULL);
    register_test("diagnosis", "knows what was removed", knows_what_was_removed, NULL);
    register_test("diagnosis", "knows ended tokens", knows_ended_tokens, NULL);
    register_test("diagnosis", "says how long to wait", says_how_long_to_wait, NULL);
    register_test("diagnosis", "names the event that helps", names_the_event_that_helps, NULL);
    register_test("diagnosis", "shows the nearest request", shows_the_nearest_request, NULL);
    register_test("diagnosis", "tells each field", tells_each_field, NULL);
    register_test("diagnosis", "has none where nothing failed", has_none_where_nothing_failed, NULL);
    register_test("diagnosis", "knows refusals under 200", knows_refusals_under_200, NULL);
    register_test("diagnosis", "explains with the hint", explains_with_the_hint, NULL);
}
