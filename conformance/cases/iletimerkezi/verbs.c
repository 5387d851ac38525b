/* Get-report and cancel in turn, oldest entry of the journal first. */
#include "cases/iletimerkezi/verbs.h"

#include <stdlib.h>
#include <string.h>

#include "judge/evidence.h"
#include "mock_server/base/json.h"
#include "mock_server/base/json_path.h"
#include "mock_server/base/memory.h"

/* A whole number, or the same in digits as older pages have it; 0 for anything else. */
static int number_at(cJSON *document, const char *pointer)
{
    const cJSON *node = json_at(document, pointer);
    if (cJSON_IsNumber(node))
        return node->valueint;
    const char *text = cJSON_IsString(node) ? node->valuestring : "";
    int number = 0;
    for (size_t i = 0; i < 6 && text[i] >= '0' && text[i] <= '9'; i++)
        number = number * 10 + (text[i] - '0');
    return number;
}

/* What a get-report said: its order's status, or the code of its refusal; 0 when it said nothing. */
static int report_verdict(const cJSON *entry)
{
    const char *body = json_string(json_member(entry, "response"), "body");
    cJSON *document = body != NULL ? json_read_bytes(body, strlen(body)) : NULL;
    if (document == NULL)
        return 0;
    int code = number_at(document, "/response/status/code");
    int verdict = code == 200 ? number_at(document, "/response/order/status") : code;
    cJSON_Delete(document);
    return verdict;
}

void iletimerkezi_asked_before_repeat(const struct evidence *evidence, const struct verb *verb,
                                      struct findings *findings)
{
    (void)verb;
    bool sent = false;
    bool allowed = false;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        if (evidence_is_read(evidence, entry)) {
            allowed = report_verdict(entry) == 456;
        } else if (evidence_is_cancel(evidence, entry)) {
            if (sent && !allowed)
                findings_broken(findings, "a repeated cancel", "only after a get-report that says 456",
                                "no such report in between");
            sent = true;
            allowed = false;
        }
    }
}

void iletimerkezi_no_cancel_once_closed(const struct evidence *evidence, const struct verb *verb,
                                        struct findings *findings)
{
    (void)verb;
    int verdict = 0;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        if (evidence_is_read(evidence, entry)) {
            verdict = report_verdict(entry);
        } else if (evidence_is_cancel(evidence, entry) && (verdict == 113 || verdict == 114)) {
            char *actual = mem_print("a cancel after %d", verdict);
            findings_broken(findings, "requests after a get-report of 113 or 114", "no cancel", actual);
            free(actual);
        }
    }
}
