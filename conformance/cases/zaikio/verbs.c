/* Walks once over the journal of the case, oldest entry first. */
#include "cases/zaikio/verbs.h"

#include <stdlib.h>
#include <string.h>

#include "judge/evidence.h"
#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"

/* The state that the answer of this entry showed, to be freed; NULL when it showed none. */
static char *shown_state(const cJSON *entry)
{
    const char *body = json_string(json_member(entry, "response"), "body");
    cJSON *order = body != NULL ? json_read_bytes(body, strlen(body)) : NULL;
    const char *state = json_string(order, "state");
    char *copy = state != NULL ? mem_dup(state) : NULL;
    cJSON_Delete(order);
    return copy;
}

void zaikio_deletes_only_drafts(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    char *seen = NULL;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        if (seen != NULL && strcmp(seen, "draft") != 0 && strcmp(entry_method(entry), "DELETE") == 0)
            findings_broken(findings, "the state that was seen before a DELETE", "draft", seen);
        char *shown = shown_state(entry);
        if (shown != NULL) {
            free(seen);
            seen = shown;
        }
    }
    free(seen);
}
