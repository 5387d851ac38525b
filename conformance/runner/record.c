/*
 * Writing down a case. Masking comes last and goes over every string of the record, so that no text can forget it.
 * Besides, each case leaves what two of the session's checks need: where the report contradicts the journal, and where
 * the mock's own answers are not what the vendor's envelope says.
 */
#include "runner/record.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "support/doc.h"
#include "support/memory.h"
#include "support/string.h"

#define TEXT_KEPT         4000
#define SECRET_LENGTH_MIN 6

/* -- masking and shortening ------------------------------------------------------------------------------------- */

/* One secret replaced by its name wherever it stands; takes `text` and gives the new one. */
static char *without_secret(char *text, const char *secret, const char *name)
{
    if (!strstr(text, secret))
        return text;
    struct string out = {0};
    const char *at = text;
    for (const char *hit = strstr(at, secret); hit; hit = strstr(at, secret)) {
        string_add_bytes(&out, at, (size_t)(hit - at));
        string_format(&out, "<%s>", name);
        at = hit + strlen(secret);
    }
    string_add(&out, at);
    free(text);
    return string_take(&out);
}

static char *shortened(const char *text)
{
    size_t length = strlen(text);
    if (length <= TEXT_KEPT)
        return must_copy(text);
    size_t kept = TEXT_KEPT;
    while (kept > 0 && ((unsigned char)text[kept] & 0xc0) == 0x80)
        kept--; /* never in the middle of a letter */
    return must_format("%.*s… (%zu bytes in all)", (int)kept, text, length);
}

static char *presentable(const char *text, const void *with)
{
    const struct evidence *evidence = with;
    char *result = must_copy(text);
    const char *const groups[] = {"credentials", "all_credentials"};
    for (int i = 0; i < 2; i++) {
        const cJSON *value = NULL;
        cJSON_ArrayForEach (value, doc_member(evidence->names, groups[i])) {
            const char *secret = cJSON_GetStringValue(value);
            if (secret && strlen(secret) >= SECRET_LENGTH_MIN)
                result = without_secret(result, secret, value->string);
        }
    }
    char *cut = shortened(result);
    free(result);
    return cut;
}

/* -- the record ------------------------------------------------------------------------------------------------- */

cJSON *record_of_findings(enum status status, const struct findings *findings)
{
    cJSON *record = cJSON_CreateObject();
    doc_add_string(record, "status", status_name(status));
    cJSON *list = cJSON_AddArrayToObject(record, "findings");
    for (size_t i = 0; i < findings->count; i++) {
        cJSON *finding = cJSON_CreateObject();
        doc_add_string(finding, "weight", weight_name(findings->list[i].weight));
        doc_add_string(finding, "what", findings->list[i].what);
        doc_add_string(finding, "expected", findings->list[i].expected);
        doc_add_string(finding, "actual", findings->list[i].actual);
        cJSON_AddItemToArray(list, finding);
    }
    return record;
}

static void add_talks(cJSON *record, const struct evidence *evidence)
{
    cJSON *commands = cJSON_AddArrayToObject(record, "commands");
    cJSON *answers = cJSON_AddArrayToObject(record, "answers");
    for (int i = 0; i < evidence->talk_count; i++) {
        const struct adapter_talk *talk = &evidence->talks[i];
        doc_push_string(commands, talk->command);
        doc_push_string(answers, talk->answer_text ? talk->answer_text : "(none)");
    }
}

cJSON *record_of_case(enum status status, const struct findings *findings, const struct evidence *evidence)
{
    cJSON *record = record_of_findings(status, findings);
    if (status != STATUS_PASS) {
        add_talks(record, evidence);
        doc_add(record, "requests", cJSON_Duplicate(evidence->requests, true));
        doc_add(record, "other_requests", cJSON_Duplicate(evidence->other_requests, true));
        doc_add_string(record, "stderr", evidence->errors);
        doc_add_string(record, "noise", evidence->noise);
    }
    doc_map_strings(record, presentable, evidence);
    return record;
}

/* -- the report against the journal ----------------------------------------------------------------------------- */

static bool has_status(const struct evidence *evidence, int status)
{
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests)
        if (doc_int(doc_member(entry, "response"), "status", -1) == status)
            return true;
    return false;
}

/* Whether the journal knows every answer that the client may have seen. */
static bool journal_is_complete(const struct evidence *evidence)
{
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        const char *fault = doc_string(doc_member(entry, "fault"), "fault");
        if (!cJSON_IsObject(doc_member(entry, "response")) || (fault && strcmp(fault, "RAW_RESPONSE") == 0))
            return false;
    }
    return true;
}

static void push(cJSON *list, char *text)
{
    doc_push_string(list, text);
    free(text);
}

static int answers_in(const struct evidence *evidence)
{
    int count = 0;
    for (int i = 0; i < evidence->talk_count; i++)
        count += evidence->talks[i].end == ADAPTER_ANSWERED;
    return count;
}

/* Only single, answered runs against the mock's own address can be compared. */
static bool is_comparable(const struct evidence *evidence)
{
    return evidence->talk_count == 1 && answers_in(evidence) == 1 && evidence_report(evidence) &&
           !evidence->check->given.base_url;
}

/* Whether the report says anything that the journal knows too. */
static bool is_compared(const struct evidence *evidence)
{
    const cJSON *report = is_comparable(evidence) ? evidence_report(evidence) : NULL;
    return doc_member(report, "attempts") || doc_member(report, "http_status") || doc_member(report, "local");
}

static cJSON *untruths_of(const struct evidence *evidence)
{
    cJSON *list = cJSON_CreateArray();
    const cJSON *report = evidence_report(evidence);
    if (!is_comparable(evidence))
        return list;
    int cancels = 0;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests)
        cancels += evidence_is_cancel(evidence, entry);
    int attempts = doc_int(report, "attempts", cancels);
    if (attempts != cancels && !evidence->other_requests)
        push(list, must_format("reports %d attempts, %d were made", attempts, cancels));
    if (cJSON_IsTrue(doc_member(report, "local")) && cancels > 0)
        push(list, must_format("reports a local refusal, but made the call %d times", cancels));
    int status = doc_int(report, "http_status", -1);
    if (status >= 0 && journal_is_complete(evidence) && !evidence->other_requests && !has_status(evidence, status))
        push(list, must_format("reports HTTP status %d, which no answer had", status));
    return list;
}

/* -- the mock's own answers ------------------------------------------------------------------------------------- */

static const char *response_header(const cJSON *response, const char *name)
{
    const cJSON *pair = NULL;
    cJSON_ArrayForEach (pair, doc_member(response, "headers")) {
        const char *here = cJSON_GetStringValue(cJSON_GetArrayItem(pair, 0));
        if (here && strcasecmp(here, name) == 0)
            return cJSON_GetStringValue(cJSON_GetArrayItem(pair, 1));
    }
    return "";
}

/* Whether the mock answered by itself, with a body, to a call of the vendor. */
static bool is_the_mocks_own(const cJSON *entry)
{
    const char *body = doc_string(doc_member(entry, "response"), "body");
    return doc_string(entry, "operation") && !cJSON_IsObject(doc_member(entry, "fault")) && body && *body;
}

/* NULL when the answer is JSON with the vendor's envelope, or is not meant to be. */
static const char *answer_problem(const struct profile *profile, const cJSON *entry)
{
    const cJSON *response = doc_member(entry, "response");
    const char *body = doc_string(response, "body");
    const char *type = response_header(response, "Content-Type");
    if (!is_the_mocks_own(entry))
        return NULL;
    if (!type || strncasecmp(type, "application/json", 16) != 0)
        return "is not called application/json";
    cJSON *root = doc_parse(body, strlen(body));
    const char *problem = !root ? "is no JSON" : NULL;
    if (root && profile->envelope && !doc_member(root, profile->envelope))
        problem = "lacks the vendor's envelope";
    cJSON_Delete(root);
    return problem;
}

static int mock_answers_in(const struct evidence *evidence)
{
    int count = 0;
    const cJSON *entry = NULL;
    if (!evidence->check->given.knobs)
        cJSON_ArrayForEach (entry, evidence->requests)
            count += is_the_mocks_own(entry);
    return count;
}

static cJSON *mock_faults_of(const struct evidence *evidence)
{
    cJSON *list = cJSON_CreateArray();
    const cJSON *entry = NULL;
    if (!evidence->check->given.knobs)
        cJSON_ArrayForEach (entry, evidence->requests) {
            const char *problem = answer_problem(evidence->profile, entry);
            if (problem)
                push(list,
                     must_format("the mock's answer to %s %s %s", entry_method(entry), entry_target(entry), problem));
        }
    return list;
}

/* Oddities of the adapter that break nothing. */
static cJSON *notes_of(const struct evidence *evidence, const cJSON *notes)
{
    cJSON *list = notes ? cJSON_Duplicate(notes, true) : cJSON_CreateArray();
    size_t first_line = strcspn(evidence->noise, "\n");
    if (first_line)
        push(list, must_format("lines on standard output that are no answers: %.*s",
                               (int)(first_line < 100 ? first_line : 100), evidence->noise));
    return list;
}

void record_add_witnesses(cJSON *record, const struct evidence *evidence, const cJSON *notes)
{
    doc_add(record, "answered", cJSON_CreateNumber(answers_in(evidence)));
    doc_add(record, "notes", notes_of(evidence, notes));
    doc_add(record, "compared", cJSON_CreateBool(is_compared(evidence)));
    doc_add(record, "untruths", untruths_of(evidence));
    doc_add(record, "mock_answers", cJSON_CreateNumber(mock_answers_in(evidence)));
    doc_add(record, "mock_faults", mock_faults_of(evidence));
    doc_map_strings(record, presentable, evidence);
}
