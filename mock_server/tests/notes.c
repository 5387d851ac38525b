/* What the journal notes of a request that was taken as it is, though a stricter server might refuse it. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "tests/client.h"
#include "tests/suites.h"

#define PAGE_ORDER "/api/integrations/orders/cancel/3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e"

static struct note_case {
    const char *provider, *knobs; /* set before; NULL: none */
    const char *method, *target, *body;
    const char *note; /* the only one; NULL: nothing is odd */
} cases[] = {
    {"dukkango", NULL, "PUT", PAGE_ORDER, "{\"reason_id\":3}", NULL},
    {"dukkango", NULL, "PUT", PAGE_ORDER, "{\"reason_id\":3.0}",
     "dukkango 4: reason_id is 3.0, which counts as an integer"},
    {"dukkango", "{\"coerce_numeric_string\":\"on\"}", "PUT", PAGE_ORDER, "{\"reason_id\":\"3\"}",
     "dukkango 4: reason_id is \"3\", which counts as an integer"},
    {"fungies", NULL, "PATCH", "/v0/orders/A7k2Qm9ZtR4x/cancel", "{}", NULL},
    {"fungies", NULL, "PATCH", "/v0/orders/%7BorderIdOrNumber%7D/cancel", "{}",
     "fungies 9 A22: the path holds the placeholder of the page's samples"},
    {"fungies", NULL, "PATCH", "/v0/orders/orderIdOrNumber/cancel", "{}",
     "fungies 9 A22: the path holds the placeholder of the page's samples"},
};

static void notes_what_was_odd(void *context)
{
    const struct note_case *own = context;
    struct mock_server *server = start_server();
    if (own->knobs != NULL) {
        char *path = mem_print("/_mock/knobs/%s", own->provider);
        cJSON_Delete(steer(server, "PATCH", path, own->knobs, 200));
        free(path);
    }
    cJSON *headers = json_read_text("{\"Content-Type\":\"application/json\",\"Access-Token\":\"your-access-token\","
                                    "\"x-fngs-public-key\":\"<api-key>\",\"x-fngs-secret-key\":\"<api-key>\"}");
    struct heard heard = request(mock_server_port(server), own->method, own->target, headers, own->body);
    CHECK_INTEGER(heard.status, 200);
    heard_release(&heard);
    cJSON *entry = steer(server, "GET", "/_mock/requests/1", NULL, 200);
    const cJSON *notes = json_member(entry, "notes");
    CHECK_INTEGER(cJSON_GetArraySize(notes), own->note == NULL ? 0 : 1);
    CHECK_TEXT(cJSON_GetStringValue(cJSON_GetArrayItem(notes, 0)), own->note);
    cJSON_Delete(entry);
    cJSON_Delete(headers);
    mock_server_stop(server);
}

void suite_notes(void)
{
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char *name = mem_print("%s %zu", cases[i].provider, i);
        register_test("notes", name, notes_what_was_odd, &cases[i]);
        free(name);
    }
}
