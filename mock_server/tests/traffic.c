/* What real traffic has and the vendors' pages do not tell: HTTP and JSON as their RFCs have them, at every provider.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "tests/client.h"
#include "tests/suites.h"

/* ── Members that stand twice ──────────────────────────────────────────────────────────────────────────────────── */

static struct twice_case {
    const char *method, *target, *body;
    const char *notes[3]; /* what the journal notes of it, in any order */
} twices[] = {
    {"PUT",
     "/api/integrations/orders/cancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e",
     "{\"reason_id\":99,\"reason_id\":3}",
     {"RFC 8259 4: the member \"reason_id\" stands there twice; the last counts"}},
    {"PUT", "/api/integrations/orders/cancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e", "{\"reason_id\":3}", {NULL}},
    {"PATCH",
     "/v0/orders/0c2d9a4e-5b1f-4e07-9c55-1f2e3d4c5b6a/cancel",
     "{\"a\":{\"b\\n\":1,\"b\\n\":2},\"c\":1,\"c\":2}",
     {"RFC 8259 4: the member \"c\" stands there twice; the last counts",
      "RFC 8259 4: the member \"b\\n\" stands there twice; the last counts"}},
};

static bool has_note(const cJSON *notes, const char *text)
{
    const cJSON *note = NULL;
    cJSON_ArrayForEach (note, notes)
        if (cJSON_IsString(note) && strcmp(note->valuestring, text) == 0)
            return true;
    return false;
}

static void notes_what_stands_twice(void *context)
{
    const struct twice_case *own = context;
    struct mock_server *server = start_server();
    cJSON *headers = json_read_text("{\"Content-Type\":\"application/json\",\"Access-Token\":\"your-access-token\","
                                    "\"x-fngs-public-key\":\"pub_aM7pr0AR1oAi6SlGqJrmKUgc+OtC6gIm/98nVuni1qY=\","
                                    "\"x-fngs-secret-key\":\"sec_iKXoGI3+bt24qTHE7Su/hqJ3Jp+DqPmmICDURqWGevQ=\"}");
    struct heard heard = request(mock_server_port(server), own->method, own->target, headers, own->body);
    CHECK_INTEGER(heard.status, 200);
    heard_release(&heard);
    cJSON *entry = steer(server, "GET", "/_mock/requests/1", NULL, 200);
    const cJSON *notes = json_member(entry, "notes");
    int expected = 0;
    for (; own->notes[expected] != NULL; expected++)
        CHECK(has_note(notes, own->notes[expected]));
    CHECK_INTEGER(cJSON_GetArraySize(notes), expected);
    cJSON_Delete(entry);
    cJSON_Delete(headers);
    mock_server_stop(server);
}

/* Our own files and calls stay strict. */
static void a_control_call_refuses_twice(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON *answer = steer(server, "PUT", "/_mock/clock", "{\"mode\":\"real\",\n \"mode\":\"frozen\"}", 400);
    CHECK_TEXT(json_string(answer, "error"),
               "the body is not JSON: line 2, column 9: member \"mode\" stands twice in one object");
    cJSON_Delete(answer);
    mock_server_stop(server);
}

void suite_traffic(void)
{
    for (size_t i = 0; i < COUNT_OF(twices); i++) {
        char *name = mem_print("notes members that stand twice %zu", i);
        register_test("traffic", name, notes_what_stands_twice, &twices[i]);
        free(name);
    }
    register_test("traffic", "a control call refuses members that stand twice", a_control_call_refuses_twice, NULL);
}
