/* Walks once over the journal of the case, oldest entry first. */
#include "cases/zaikio/verbs.h"

#include <stdlib.h>
#include <string.h>

#include "judge/evidence.h"
#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"

/* The JSON that the answer of this entry is, to be deleted; NULL when it is none. */
static cJSON *answer_of(const cJSON *entry)
{
    const char *body = json_string(json_member(entry, "response"), "body");
    return body != NULL ? json_read_bytes(body, strlen(body)) : NULL;
}

/* The state that the answer of this entry showed, to be freed; NULL when it showed none. */
static char *shown_state(const cJSON *entry)
{
    cJSON *order = answer_of(entry);
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

/* What the client was never shown, it cannot have read otherwise: other rows judge that. */
static void judge_echo(const cJSON *sent, const cJSON *shown, struct findings *findings)
{
    const cJSON *member = NULL;
    cJSON_ArrayForEach (member, sent) {
        const cJSON *own = json_member(shown, member->string);
        if (strcmp(member->string, "state_event") == 0 || own == NULL || cJSON_Compare(own, member, true))
            continue;
        char *expected = json_write(own), *actual = json_write(member);
        findings_broken(findings, member->string, expected, actual);
        free(expected);
        free(actual);
    }
}

void zaikio_echoes_are_true(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    cJSON *shown = NULL;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        const char *body = entry_body(entry);
        cJSON *sent = body != NULL ? json_read_bytes(body, strlen(body)) : NULL, *answer = answer_of(entry);
        judge_echo(json_member(sent, "order"), shown, findings);
        if (json_string(answer, "state") != NULL) {
            cJSON_Delete(shown);
            shown = answer;
        } else {
            cJSON_Delete(answer);
        }
        cJSON_Delete(sent);
    }
    cJSON_Delete(shown);
}
