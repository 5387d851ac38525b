/* The verbs of zaikio_facts.h: each walks once over the journal of the case, oldest entry first. */
#include "cases/zaikio_facts.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "judge/evidence.h"
#include "support/doc.h"
#include "support/memory.h"

static bool is_read(const cJSON *entry)
{
    return strcmp(entry_operation(entry), "get_order") == 0;
}

/* -- reading and calling --------------------------------------------------------------------------------------- */

void fact_reads_before_calling(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        if (is_read(entry))
            return;
        if (evidence_is_cancel(evidence, entry))
            break;
    }
    findings_broken(findings, "the first request", "GET of the order, before any call",
                    entry ? entry_method(entry) : "none");
}

/* Whether the order was read after the last call; false also where no call was made. */
static bool was_read_last(const struct evidence *evidence)
{
    bool called = false;
    bool read = false;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        bool call = evidence_is_cancel(evidence, entry);
        called = called || call;
        read = !call && (read || is_read(entry));
    }
    return called && read;
}

void fact_reads_after_calling(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    if (!was_read_last(evidence))
        findings_broken(findings, "after the last call", "GET of the order", "none");
}

void fact_claims_only_after_reading(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    const char *word = doc_string(evidence_report(evidence), "outcome");
    if (word && outcome_from_name(word) & OUT_CLAIMS && !was_read_last(evidence))
        findings_broken(findings, "the outcome, for the order was not read after the call", "no claim", word);
}

void fact_repeats_only_after_reading(const struct evidence *evidence, const struct fact *fact,
                                     struct findings *findings)
{
    (void)fact;
    bool unread = false;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        bool call = evidence_is_cancel(evidence, entry);
        if (call && unread)
            findings_broken(findings, "a repeated call", "GET of the order before it", entry_method(entry));
        unread = call || (unread && !is_read(entry));
    }
}

/* -- what was seen before a DELETE ------------------------------------------------------------------------------ */

/* The state that the answer of this entry showed, to be freed; NULL when it showed none. */
static char *shown_state(const cJSON *entry)
{
    const char *body = doc_string(doc_member(entry, "response"), "body");
    cJSON *order = body ? doc_parse(body, strlen(body)) : NULL;
    const char *state = doc_string(order, "state");
    char *copy = state ? must_copy(state) : NULL;
    cJSON_Delete(order);
    return copy;
}

void fact_deletes_only_drafts(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    char *seen = NULL;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        if (seen && strcmp(seen, "draft") != 0 && strcmp(entry_method(entry), "DELETE") == 0)
            findings_broken(findings, "the state that was seen before a DELETE", "draft", seen);
        char *shown = shown_state(entry);
        if (shown) {
            free(seen);
            seen = shown;
        }
    }
    free(seen);
}

void fact_bodies_lack(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        if (!strstr(entry_body(entry), fact->value))
            continue;
        char *expected = must_format("nothing of \"%s\"", fact->value);
        findings_broken(findings, "the body of a request", expected, entry_body(entry));
        free(expected);
    }
}

/* -- the report ------------------------------------------------------------------------------------------------- */

void fact_report_tells(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    const char *answer = evidence->talk_count ? evidence->talks[evidence->talk_count - 1].answer_text : NULL;
    char *text = evidence_fill(evidence, fact->value, findings);
    const cJSON *member = fact->what ? doc_member(evidence_report(evidence), fact->what + 1) : NULL;
    bool gap = fact->what && (!member || cJSON_IsNull(member));
    if (text && (!answer || !strstr(answer, text)))
        findings_add(findings, gap ? WEIGHT_GAP : WEIGHT_BROKEN, "the report, names of members included", text, answer);
    free(text);
}

void fact_report_between_if_given(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    const cJSON *member = doc_member(evidence_report(evidence), fact->what + 1);
    if (member && !cJSON_IsNull(member))
        fact_report_between(evidence, fact, findings);
}
