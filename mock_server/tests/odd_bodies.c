/*
 * What the journal tells of bodies that come otherwise than the pages have them (providers: iletimerkezi 4, 9.13): what
 * is answered stands in the exchanges.
 */
#include <stdlib.h>

#include "base/tests/check.h"
#include "tests/client.h"
#include "tests/suites.h"

#define PAIR_XML  "<authentication><key>API_KEY</key><hash>API_HASH</hash></authentication>"
#define XML       "<request>" PAIR_XML "<order><id>312891245</id></order></request>"
#define PAIR_JSON "\"authentication\":{\"key\":\"API_KEY\",\"hash\":\"API_HASH\"}"
#define JSON      "{\"request\":{" PAIR_JSON ",\"order\":{\"id\":\"312891245\"}}}"
#define ENCODED                                                                                                        \
    "%3Crequest%3E%3Cauthentication%3E%3Ckey%3EAPI_KEY%3C%2Fkey%3E%3Chash%3EAPI_HASH%3C%2Fhash%3E%3C%2F"               \
    "authentication%3E%3Corder%3E%3Cid%3E312891245%3C%2Fid%3E%3C%2Forder%3E%3C%2Frequest%3E"
#define FORM "application/x-www-form-urlencoded"

static struct odd_case {
    const char *name, *path, *type, *body;
    const char *note; /* NULL: none */
} odd[] = {
    {"JSON", "/v1/cancel-order/json", "application/json", JSON, NULL},
    {"JSON with a charset", "/v1/cancel-order/json", "application/json; charset=utf-8", JSON, NULL},
    {"XML", "/v1/cancel-order", "text/xml", XML, NULL},
    {"application/xml", "/v1/cancel-order", "application/xml;charset=utf-8", XML, NULL},
    {"text/json", "/v1/cancel-order/json", "text/json", JSON,
     "iletimerkezi 9.13: JSON under text/json (require_json_content_type)"},
    {"XML under a form", "/v1/cancel-order", FORM, XML,
     "iletimerkezi 9.13: XML under " FORM " (require_json_content_type)"},
    {"XML in a field", "/v1/cancel-order", FORM, "data=" ENCODED,
     "iletimerkezi 9.13: XML in the form field data, under " FORM " (require_json_content_type)"},
    {"XML in a field that says it is XML", "/v1/cancel-order", "text/xml", "data=" ENCODED,
     "iletimerkezi 9.13: XML in the form field data, under text/xml (require_json_content_type)"},
    {"no type", "/v1/cancel-order/json", NULL, JSON,
     "iletimerkezi 9.13: JSON under no Content-Type (require_json_content_type)"},
};

static void odd_bodies_are_noted(void *context)
{
    const struct odd_case *own = context;
    struct mock_server *server = start_server();
    cJSON *head = cJSON_CreateObject();
    if (own->type != NULL)
        json_set_string(head, "Content-Type", own->type);
    struct heard heard = request(mock_server_port(server), "POST", own->path, head, own->body);
    CHECK_INTEGER(heard.status, 200);
    heard_release(&heard);
    cJSON *answer = steer(server, "GET", "/_mock/requests", NULL, 200);
    const cJSON *entries = json_member(answer, "requests");
    const cJSON *notes = json_member(cJSON_GetArrayItem(entries, cJSON_GetArraySize(entries) - 1), "notes");
    CHECK_INTEGER(cJSON_GetArraySize(notes), own->note == NULL ? 0 : 1);
    if (own->note != NULL)
        CHECK_TEXT(cJSON_GetStringValue(cJSON_GetArrayItem(notes, 0)), own->note);
    cJSON_Delete(answer);
    cJSON_Delete(head);
    mock_server_stop(server);
}

/* 9.29: whatever it is answered, a HEAD to the path of the one GET sends nothing. */
static void a_head_makes_no_order(void *context)
{
    static const char get[] = "/v1/send-sms/get/?key=API_KEY&hash=API_HASH&sender=APITEST&text=x&receipents=5551234567";
    static const char orders[] = "/_mock/orders?provider=iletimerkezi&limit=10000";
    struct mock_server *server = start_server();
    int counts[2];
    (void)context;
    for (int i = 0; i < 2; i++) {
        cJSON *answer = steer(server, "GET", orders, NULL, 200);
        counts[i] = cJSON_GetArraySize(json_member(answer, "orders"));
        cJSON_Delete(answer);
        struct heard heard = request(mock_server_port(server), "HEAD", get, NULL, NULL);
        heard_release(&heard);
    }
    CHECK(counts[0] > 0);
    CHECK_INTEGER(counts[1], counts[0]);
    struct heard heard = request(mock_server_port(server), "GET", get, NULL, NULL);
    CHECK_INTEGER(heard.status, 200); /* no 451: nothing of it was taken for a first time */
    heard_release(&heard);
    mock_server_stop(server);
}

void suite_odd_bodies(void)
{
    for (size_t i = 0; i < COUNT_OF(odd); i++)
        register_test("odd_bodies", odd[i].name, odd_bodies_are_noted, &odd[i]);
    register_test("odd_bodies", "a HEAD makes no order", a_head_makes_no_order, NULL);
}
