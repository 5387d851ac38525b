/*
 * Facts that only Fungies' rows ask for. Those about the report read members as they were written, so that 2^53 - 1 and
 * 1.0 stay what they are; those about several requests walk the journal once, oldest first.
 */
#include "cases/fungies_facts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "judge/evidence.h"
#include "support/doc.h"
#include "support/memory.h"
#include "support/scan.h"

/* -- the two keys --------------------------------------------------------------------------------------------- */

static const struct {
    const char *header;
    const char *credential;
} keys[] = {
    {"x-fngs-public-key", "public_key"},
    {"x-fngs-secret-key", "secret_key"},
};

static void judge_header(const struct evidence *evidence, const char *name, const char *value,
                         struct findings *findings)
{
    const cJSON *credentials = doc_member(evidence->names, "credentials");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *key = doc_string(credentials, keys[i].credential);
        if (!key || !*key || !strstr(value, key) || strcasecmp(name, keys[i].header) == 0)
            continue;
        char *expected = must_format("the %s in %s alone", keys[i].credential, keys[i].header);
        findings_broken(findings, "where the keys stand", expected, name);
        free(expected);
    }
}

void fungies_keys_in_place(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    const cJSON *entry = NULL;
    const cJSON *pair = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        cJSON_ArrayForEach (pair, doc_member(doc_member(entry, "request"), "headers")) {
            const char *name = cJSON_GetStringValue(cJSON_GetArrayItem(pair, 0));
            const char *value = cJSON_GetStringValue(cJSON_GetArrayItem(pair, 1));
            if (name && value)
                judge_header(evidence, name, value, findings);
        }
    }
}

static bool is_read(const cJSON *entry)
{
    const char *operation = entry_operation(entry);
    return strcmp(operation, "get_order") == 0 || strcmp(operation, "list_orders") == 0;
}

void fungies_reads_without_secret(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    bool read = false;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        if (!is_read(entry))
            continue;
        read = true;
        if (entry_header_count(entry, "x-fngs-secret-key"))
            findings_broken(findings, "the secret key in a read of the order", "absent", "sent");
    }
    if (!read)
        findings_add(findings, WEIGHT_GAP, "a read of the order", "a request to look at", "no such request");
}

/* -- members of the report ------------------------------------------------------------------------------------ */

/* The member as it was written, to be freed; NULL when the report has none. */
static char *raw_member(const struct evidence *evidence, const char *pointer)
{
    const char *text = evidence->talk_count ? evidence->talks[evidence->talk_count - 1].answer_text : NULL;
    struct token token = {0};
    if (!evidence_report(evidence) || !text || !scan_token(text, strlen(text), pointer, &token))
        return NULL;
    return must_copy_bytes(token.bytes, token.length);
}

/* Whether the raw member is one of those between the bars; quotes around it do not count. */
static bool is_one_of(const char *raw, const char *alternatives)
{
    size_t length = strlen(raw);
    if (length >= 2 && *raw == '"') {
        raw++;
        length -= 2;
    }
    for (const char *at = alternatives;; at++) {
        size_t span = strcspn(at, "|");
        if (span == length && memcmp(at, raw, length) == 0)
            return true;
        at += span;
        if (!*at)
            return false;
    }
}

static void note_member(const struct fact *fact, const char *expected, const char *raw, struct findings *findings)
{
    char *what = must_format("%s in the report", fact->what);
    findings_add(findings, raw ? WEIGHT_BROKEN : WEIGHT_GAP, what, expected, raw);
    free(what);
}

void fungies_if_given_one_of(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    char *raw = raw_member(evidence, fact->what);
    if (!raw || !is_one_of(raw, fact->value))
        note_member(fact, fact->value, raw, findings);
    free(raw);
}

void fungies_if_given_null(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    char *raw = raw_member(evidence, fact->what);
    if (!raw || strcmp(raw, "null") != 0)
        note_member(fact, "null", raw, findings);
    free(raw);
}

/* -- refunds -------------------------------------------------------------------------------------------------- */

/* Words that turn "refund" into its denial. */
static bool denies(const char *text)
{
    static const char *const words[] = {"no ", "not ", "n't ", "never ", "without ", "separate", "of its own", "none"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasestr(text, words[i]))
            return true;
    return false;
}

/* A member named so that is true or more than 0, or a text that says so. */
static bool claims_refund(const cJSON *node)
{
    bool named = node->string && strcasestr(node->string, "refund");
    if (named && (cJSON_IsTrue(node) || (cJSON_IsNumber(node) && node->valuedouble > 0)))
        return true;
    const char *text = cJSON_GetStringValue(node);
    return text && *text && (named || strcasestr(text, "refund")) && !denies(text);
}

static const cJSON *find_claim(const cJSON *node)
{
    if (!node || claims_refund(node))
        return node;
    const cJSON *found = NULL;
    for (const cJSON *child = node->child; child && !found; child = child->next)
        found = find_claim(child);
    return found;
}

void fungies_no_refund_claimed(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    const cJSON *claim = find_claim(evidence_report(evidence));
    if (!claim)
        return;
    char *text = doc_print(claim);
    findings_broken(findings, "what the report says of refunds", "nothing, or that there is none", text);
    free(text);
}

/* -- several requests ----------------------------------------------------------------------------------------- */

/* Whether the client was shown the order as CANCELLED. */
static bool shows_cancelled(const cJSON *entry)
{
    const cJSON *response = doc_member(entry, "response");
    const char *body = doc_string(response, "body");
    return doc_int(response, "status", 0) == 200 && body && strstr(body, "\"status\":\"CANCELLED\"");
}

void fungies_claim_is_backed(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    const char *word = doc_string(evidence_report(evidence), "outcome");
    if (!word || !(outcome_from_name(word) & OUT_SUCCESS))
        return;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests)
        if (shows_cancelled(entry))
            return;
    findings_broken(findings, "what success is based on", "an answer with the order CANCELLED in it", "no such answer");
}

void fungies_read_between_cancels(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    (void)fact;
    bool read = true;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        if (is_read(entry)) {
            read = true;
        } else if (evidence_is_cancel(evidence, entry)) {
            if (!read)
                findings_broken(findings, "a repeat of the cancel call", "the order read before it", "a blind repeat");
            read = false;
        }
    }
}

static bool is_refused(const cJSON *entry)
{
    int status = doc_int(doc_member(entry, "response"), "status", 0);
    return status >= 400 && status < 500 && status != 429;
}

void fungies_read_after_refused_repeat(const struct evidence *evidence, const struct fact *fact,
                                       struct findings *findings)
{
    (void)fact;
    int cancels = 0;
    bool wanted = false;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        if (is_read(entry))
            wanted = false;
        else if (evidence_is_cancel(evidence, entry))
            wanted = cancels++ > 0 && is_refused(entry);
    }
    if (wanted)
        findings_broken(findings, "after a repeat that was refused", "the order is read", "it is not read");
}

/* Milliseconds of the day in "2026-01-02T03:04:05.678901Z"; -1 when it is not such a text. */
static long milliseconds_of(const cJSON *entry)
{
    const char *at = doc_string(entry, "at");
    long hours = 0;
    long minutes = 0;
    double seconds = 0;
    if (!at || strlen(at) < 20 || sscanf(at + 11, "%2ld:%2ld:%lfZ", &hours, &minutes, &seconds) != 3)
        return -1;
    return (hours * 60 + minutes) * 60000 + (long)(seconds * 1000);
}

void fungies_cancels_apart(const struct evidence *evidence, const struct fact *fact, struct findings *findings)
{
    const long day = 24L * 60 * 60 * 1000;
    long least = strtol(fact->value, NULL, 10);
    long last = -1;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        long now = evidence_is_cancel(evidence, entry) ? milliseconds_of(entry) : -1;
        if (now < 0)
            continue;
        long apart = last < 0 ? least : (now - last + day) % day;
        if (apart < least) {
            char *actual = must_format("%ld", apart);
            findings_broken(findings, "milliseconds between two cancel calls, at least", fact->value, actual);
            free(actual);
        }
        last = now;
    }
}
