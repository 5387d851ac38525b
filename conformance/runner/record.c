/*
 * Writing down a case. Masking comes last and goes over every string of the record, so that no text can forget it.
 * Besides, each case leaves what three of the session's checks need: where the report contradicts the journal, where
 * the mock's own answers are not what the vendor's envelope says, and what came and was no request.
 */
#include "runner/record.h"

#include <stdlib.h>
#include <string.h>

#include "check/result.h"
#include "mock_server/base/ascii.h"
#include "mock_server/base/json.h"
#include "mock_server/base/json_path.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/text.h"

#define TEXT_KEPT         4000
#define SECRET_LENGTH_MIN 6

/* ── Masking and shortening ──────────────────────────────────────────────────────────────────────────────────────── */

/* One secret replaced by its name wherever it stands; takes `text` and gives the new one. */
static char *without_secret(char *text, const char *secret, const char *name)
{
    if (strstr(text, secret) == NULL)
        return text;
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    const char *at = text;
    for (const char *hit = strstr(at, secret); hit != NULL; hit = strstr(at, secret)) {
        text_add_bytes(&out, at, (size_t)(hit - at));
        text_print(&out, "<%s>", name);
        at = hit + strlen(secret);
    }
    text_add(&out, at);
    free(text);
    return text_take(&out);
}

static char *shortened(const char *text)
{
    size_t length = strlen(text);
    if (length <= TEXT_KEPT)
        return mem_dup(text);
    size_t kept = TEXT_KEPT;
    while (kept > 0 && ((unsigned char)text[kept] & 0xc0) == 0x80)
        kept--; /* never in the middle of a letter */
    return mem_print("%.*s… (%zu bytes in all)", (int)kept, text, length);
}

static char *presentable(const char *text, const void *with)
{
    const struct evidence *evidence = with;
    char *result = mem_dup(text);
    const char *const groups[] = {"credentials", "all_credentials"};
    for (int i = 0; i < 2; i++) {
        const cJSON *value = NULL;
        cJSON_ArrayForEach (value, json_member(evidence->names, groups[i])) {
            const char *secret = cJSON_GetStringValue(value);
            if (secret != NULL && strlen(secret) >= SECRET_LENGTH_MIN)
                result = without_secret(result, secret, value->string);
        }
    }
    char *cut = shortened(result);
    free(result);
    return cut;
}

/* ── The record ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_talks(cJSON *record, const struct evidence *evidence)
{
    cJSON *commands = cJSON_AddArrayToObject(record, "commands");
    cJSON *answers = cJSON_AddArrayToObject(record, "answers");
    for (int i = 0; i < evidence->talk_count; i++) {
        const struct talk *talk = &evidence->talks[i];
        json_push_string(commands, talk->command);
        json_push_string(answers, talk->answer_text != NULL ? talk->answer_text : "(none)");
    }
}

cJSON *record_of_case(enum status status, const struct findings *findings, const struct evidence *evidence)
{
    cJSON *record = result_of_findings(status, findings);
    if (status != STATUS_PASS) {
        add_talks(record, evidence);
        json_set(record, "requests", cJSON_Duplicate(evidence->requests, true));
        json_set(record, "other_requests", cJSON_Duplicate(evidence->other_requests, true));
        json_set_string(record, "stderr", evidence->errors);
        json_set_string(record, "noise", evidence->noise);
    }
    json_map_strings(record, presentable, evidence);
    return record;
}

/* ── The report against the journal ──────────────────────────────────────────────────────────────────────────────── */

static bool has_status(const struct evidence *evidence, int status)
{
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests)
        if (json_int_or(json_member(entry, "response"), "status", -1) == status)
            return true;
    return false;
}

/* Whether the journal knows every answer that the client may have seen. */
static bool journal_is_complete(const struct evidence *evidence)
{
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        const char *fault = json_string(json_member(entry, "fault"), "fault");
        if (!cJSON_IsObject(json_member(entry, "response")) || (fault != NULL && strcmp(fault, "RAW_RESPONSE") == 0))
            return false;
    }
    return true;
}

static void push(cJSON *list, char *text)
{
    json_push_string(list, text);
    free(text);
}

static int answers_in(const struct evidence *evidence)
{
    int count = 0;
    for (int i = 0; i < evidence->talk_count; i++)
        count += evidence->talks[i].end == TALK_ANSWERED;
    return count;
}

/* Only single, answered runs against the mock's own address can be compared. */
static bool is_comparable(const struct evidence *evidence)
{
    return evidence->talk_count == 1 && answers_in(evidence) == 1 && evidence_report(evidence) != NULL &&
           evidence->check->given.base_url == NULL;
}

/* Whether the report says anything that the journal knows too. */
static bool is_compared(const struct evidence *evidence)
{
    const cJSON *report = is_comparable(evidence) ? evidence_report(evidence) : NULL;
    return json_member(report, "attempts") != NULL || json_member(report, "http_status") != NULL ||
           json_member(report, "local") != NULL;
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
    int attempts = json_int_or(report, "attempts", cancels);
    if (attempts != cancels && evidence->other_requests == NULL)
        push(list, mem_print("reports %d attempts, %d were made", attempts, cancels));
    if (cJSON_IsTrue(json_member(report, "local")) && cancels > 0)
        push(list, mem_print("reports a local refusal, but made the call %d times", cancels));
    int status = json_int_or(report, "http_status", -1);
    if (status >= 0 && journal_is_complete(evidence) && evidence->other_requests == NULL &&
        !has_status(evidence, status))
        push(list, mem_print("reports HTTP status %d, which no answer had", status));
    return list;
}

/* ── The mock's own answers ──────────────────────────────────────────────────────────────────────────────────────── */

static const char *response_header(const cJSON *response, const char *name)
{
    const cJSON *pair = NULL;
    cJSON_ArrayForEach (pair, json_member(response, "headers")) {
        const char *here = cJSON_GetStringValue(cJSON_GetArrayItem(pair, 0));
        if (here != NULL && ascii_equal(here, name))
            return cJSON_GetStringValue(cJSON_GetArrayItem(pair, 1));
    }
    return "";
}

/* Whether the mock answered by itself, with a body, to a call of the vendor. */
static bool is_the_mocks_own(const cJSON *entry)
{
    const char *body = json_string(json_member(entry, "response"), "body");
    return json_string(entry, "operation") != NULL && !cJSON_IsObject(json_member(entry, "fault")) && body != NULL &&
           *body;
}

/* NULL when the answer is JSON with the vendor's envelope, or is not meant to be. */
static const char *answer_problem(const struct profile *profile, const cJSON *entry)
{
    const cJSON *response = json_member(entry, "response");
    const char *body = json_string(response, "body");
    const char *type = response_header(response, "Content-Type");
    if (!is_the_mocks_own(entry))
        return NULL;
    if (type == NULL || !ascii_equal_bytes(type, "application/json", 16))
        return "is not called application/json";
    cJSON *root = json_read_bytes(body, strlen(body));
    const char *problem = root == NULL ? "is no JSON" : NULL;
    if (root != NULL && profile->envelope != NULL && json_member(root, profile->envelope) == NULL)
        problem = "lacks the vendor's envelope";
    cJSON_Delete(root);
    return problem;
}

static int mock_answers_in(const struct evidence *evidence)
{
    int count = 0;
    const cJSON *entry = NULL;
    if (evidence->check->given.knobs == NULL)
        cJSON_ArrayForEach (entry, evidence->requests)
            count += is_the_mocks_own(entry);
    return count;
}

static cJSON *mock_faults_of(const struct evidence *evidence)
{
    cJSON *list = cJSON_CreateArray();
    const cJSON *entry = NULL;
    if (evidence->check->given.knobs == NULL)
        cJSON_ArrayForEach (entry, evidence->requests) {
            const char *problem = answer_problem(evidence->profile, entry);
            if (problem != NULL)
                push(list,
                     mem_print("the mock's answer to %s %s %s", entry_method(entry), entry_target(entry), problem));
        }
    return list;
}

/* Oddities of the adapter that break nothing. */
static cJSON *notes_of(const struct evidence *evidence, const cJSON *notes)
{
    cJSON *list = notes != NULL ? cJSON_Duplicate(notes, true) : cJSON_CreateArray();
    size_t first_line = strcspn(evidence->noise, "\n");
    if (first_line)
        push(list, mem_print("lines on standard output that are no answers: %.*s",
                             (int)(first_line < 100 ? first_line : 100), evidence->noise));
    return list;
}

/* ── What is no request ──────────────────────────────────────────────────────────────────────────────────────────── */

/* Bytes that the mock could not read, and why: a client that sends them and a request beside them is not right. A whole
 * request whose turn did not come is: who sends several at once meets a fault before the second. */
static cJSON *unread_of(const cJSON *requests)
{
    cJSON *list = cJSON_CreateArray();
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, requests) {
        const cJSON *unread = json_member(entry, "unread"), *reason = json_member(entry, "reason");
        const char *kind = json_string(unread, "kind"), *bytes = json_string(unread, "bytes");
        const char *rule = json_string(reason, "rule"), *actual = json_string(reason, "actual");
        if (kind == NULL || strcmp(kind, "unserved") == 0)
            continue;
        push(list, mem_print("%s: %s%s%s; %s", kind, rule == NULL ? "" : rule, actual == NULL ? "" : ": ",
                             actual == NULL ? "" : actual, bytes == NULL ? "no text" : bytes));
    }
    return list;
}

void record_add_witnesses(cJSON *record, const struct evidence *evidence, const cJSON *notes)
{
    json_set_integer(record, "answered", answers_in(evidence));
    json_set(record, "notes", notes_of(evidence, notes));
    json_set(record, "compared", cJSON_CreateBool(is_compared(evidence)));
    json_set(record, "untruths", untruths_of(evidence));
    json_set(record, "unread", unread_of(evidence->requests));
    json_set_integer(record, "seen", cJSON_GetArraySize(evidence->requests));
    json_set_integer(record, "mock_answers", mock_answers_in(evidence));
    json_set(record, "mock_faults", mock_faults_of(evidence));
    json_map_strings(record, presentable, evidence);
}
