/*
 * Verbs about what a client knew when it acted: whether it read the order before, between and after its cancel calls.
 * What a read is the profile says (`read_operations`). Each walks once over the journal of the case, oldest entry
 * first.
 */
#include "judge/verbs.h"

#include <stdlib.h>
#include <string.h>

#include "check/outcome.h"
#include "judge/evidence.h"
#include "mock_server/base/ascii.h"
#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/number.h"

#define DAY_MS INT64_C(86400000)

/* ── Reading and calling ─────────────────────────────────────────────────────────────────────────────────────────── */

void verb_read_before_cancel(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        if (evidence_is_read(evidence, entry))
            return;
        if (evidence_is_cancel(evidence, entry))
            break;
    }
    findings_broken(findings, "before the first cancel call", "a read of the order",
                    entry != NULL ? entry_method(entry) : "none");
}

void verb_read_between_cancels(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    bool blind = false;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        bool call = evidence_is_cancel(evidence, entry);
        if (call && blind)
            findings_broken(findings, "between two cancel calls", "a read of the order", "none");
        blind = call || (blind && !evidence_is_read(evidence, entry));
    }
}

/* Whether the order was read after the last cancel call; false also where none was made. */
static bool was_read_last(const struct evidence *evidence, bool *called)
{
    bool read = false;
    const cJSON *entry = NULL;
    *called = false;
    cJSON_ArrayForEach (entry, evidence->requests) {
        bool call = evidence_is_cancel(evidence, entry);
        *called = *called || call;
        read = !call && (read || evidence_is_read(evidence, entry));
    }
    return *called && read;
}

void verb_read_after_cancel(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    bool called = false;
    if (!was_read_last(evidence, &called))
        findings_broken(findings, "after the last cancel call", "a read of the order",
                        called ? "none" : "no cancel call");
}

void verb_read_after_first_cancel(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    bool called = false;
    bool read = false;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        read = read || (called && evidence_is_read(evidence, entry));
        called = called || evidence_is_cancel(evidence, entry);
    }
    if (!read)
        findings_broken(findings, "after the first cancel call", "a read of the order",
                        called ? "none" : "no cancel call");
}

static bool is_refused(const cJSON *entry)
{
    int status = json_int_or(json_member(entry, "response"), "status", 0);
    return status >= 400 && status < 500 && status != 429;
}

void verb_read_after_refused_repeat(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    int cancels = 0;
    bool wanted = false;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        if (evidence_is_read(evidence, entry))
            wanted = false;
        else if (evidence_is_cancel(evidence, entry))
            wanted = cancels++ > 0 && is_refused(entry);
    }
    if (wanted)
        findings_broken(findings, "after a repeat that was refused", "a read of the order", "none");
}

void verb_reads_lack_header(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    char *what = mem_print("the header %s in a read of the order", verb->what);
    bool read = false;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        if (!evidence_is_read(evidence, entry))
            continue;
        read = true;
        if (entry_header_count(entry, verb->what))
            findings_broken(findings, what, "absent", "sent");
    }
    if (!read)
        findings_add(findings, WEIGHT_GAP, "a read of the order", "a request to look at", "no such request");
    free(what);
}

/* ── Claims ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static unsigned said(const struct evidence *evidence)
{
    const char *word = json_string(evidence_report(evidence), "outcome");
    return word != NULL ? outcome_from_name(word) : 0;
}

void verb_claim_after_reading(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    (void)verb;
    bool called = false;
    if (said(evidence) & OUT_CLAIMS && !was_read_last(evidence, &called))
        findings_broken(findings, "the outcome, for the order was not read after the last cancel call", "no claim",
                        outcome_name(said(evidence)));
}

void verb_claim_needs_state(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    bool there = evidence->state != NULL && strcmp(evidence->state, verb->value) == 0;
    if (said(evidence) & OUT_SUCCESS && !there)
        findings_broken(findings, "the state at the provider of the order that is reported cancelled", verb->value,
                        evidence->state);
}

/* ── Time ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Two digits of a time; -1 when they are none. */
static int two_digits(const char *at)
{
    bool good = ascii_is_digit(at[0]) && ascii_is_digit(at[1]);
    return good ? (at[0] - '0') * 10 + (at[1] - '0') : -1;
}

/* Milliseconds of the day in "2026-01-02T03:04:05.678901Z"; -1 when it is not such a text. */
static int64_t milliseconds_of(const cJSON *entry)
{
    const char *at = json_string(entry, "at");
    if (at == NULL || strlen(at) < 20)
        return -1;
    int hours = two_digits(at + 11), minutes = two_digits(at + 14), seconds = two_digits(at + 17);
    if (hours < 0 || minutes < 0 || seconds < 0)
        return -1;
    int64_t ms = ((hours * 60 + minutes) * 60 + seconds) * INT64_C(1000);
    int64_t unit = 100;
    for (const char *digit = at + 20; at[19] == '.' && ascii_is_digit(*digit) && unit > 0; digit++, unit /= 10)
        ms += (*digit - '0') * unit;
    return ms;
}

void verb_cancels_apart(const struct evidence *evidence, const struct verb *verb, struct findings *findings)
{
    int64_t least = 0;
    number_read(verb->value, 0, DAY_MS, &least);
    int64_t last = -1;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, evidence->requests) {
        int64_t now = evidence_is_cancel(evidence, entry) ? milliseconds_of(entry) : -1;
        if (now < 0)
            continue;
        int64_t apart = last < 0 ? least : (now - last + DAY_MS) % DAY_MS;
        if (apart < least) {
            char *actual = mem_print("%lld", (long long)apart);
            findings_broken(findings, "milliseconds between two cancel calls, at least", verb->value, actual);
            free(actual);
        }
        last = now;
    }
}
