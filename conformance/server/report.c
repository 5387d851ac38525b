#include "server/report.h"

#include <stdlib.h>
#include <string.h>

#include "mock_server/base/json.h"
#include "mock_server/base/junit.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/report_files.h"
#include "mock_server/base/text.h"
#include "report/json_document.h"
#include "report/text.h"

static const char *const outcomes[] = {"not asked", "passed", "failed"};

/* ── JSON ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static cJSON *counts_of(const struct result *result, const char *provider)
{
    struct replay_counts counts = result_count(result, provider);
    cJSON *object = cJSON_CreateObject();
    for (int i = REPLAY_FAILED; i >= REPLAY_NOT_ASKED; i--)
        json_set_integer(object, outcomes[i], (int64_t)counts.of[i]);
    return object;
}

static cJSON *slot_to_json(const struct result *result, const struct replay_slot *slot)
{
    cJSON *object = cJSON_CreateObject();
    char *repeat = server_settings_repeat(result->settings, slot->documented->address);
    json_set_string(object, "exchange", slot->documented->address);
    json_set_string(object, "provider", slot->documented->provider);
    json_set_string(object, "clause", slot->documented->clause);
    json_set_string(object, "outcome", outcomes[slot->outcome]);
    json_set_string(object, "needs", slot->needs);
    json_set(object, "findings", cJSON_Duplicate(slot->findings, true));
    json_set(object, "wire", cJSON_Duplicate(slot->wire, true));
    json_set_string(object, "repeat", repeat);
    free(repeat);
    return object;
}

static void write_json(const void *what, FILE *to)
{
    const struct result *result = what;
    cJSON *root = cJSON_CreateObject();
    json_set_string(root, "suite", PROJECT_VERSION);
    json_set_string(root, "compare", compare_name(result->settings->compare));
    json_set(root, "counts", counts_of(result, NULL));
    cJSON *providers = cJSON_AddObjectToObject(root, "providers");
    json_set_integer(root, "exit_code", result_exit_code(result));
    json_set_string(root, "problem", result->unreached);
    cJSON *exchanges = cJSON_AddArrayToObject(root, "exchanges");
    for (size_t i = 0; i < result->exchanges->count; i++) {
        const char *provider = result->slots[i].documented->provider;
        if (json_member(providers, provider) == NULL)
            json_set(providers, provider, counts_of(result, provider));
        cJSON_AddItemToArray(exchanges, slot_to_json(result, &result->slots[i]));
    }
    json_document_write(root, to);
    cJSON_Delete(root);
}

/* ── JUnit ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Findings, the talk, and the command that repeats it; to be freed. */
static char *details_of(const struct result *result, const struct replay_slot *slot)
{
    char *findings = text_of_findings(slot->findings);
    char *wire = text_of_exchanges(slot->wire, "on the wire");
    char *repeat = server_settings_repeat(result->settings, slot->documented->address);
    char *details = mem_print("%s%s%s", findings, wire, repeat);
    free(findings);
    free(wire);
    free(repeat);
    return details;
}

static struct junit_case case_of(const struct result *result, const struct replay_slot *slot)
{
    const struct documented *documented = slot->documented;
    struct junit_case one = {
        .suite = "cancelcheck server",
        .classname = documented->file,
        .name = documented->address + strlen(documented->file) + 1,
        .duration_ms = -1,
    };
    if (slot->outcome == REPLAY_NOT_ASKED) {
        one.outcome = JUNIT_SKIPPED;
        one.message = mem_print("not asked: needs %s", slot->needs != NULL ? slot->needs : "nothing");
    } else if (slot->outcome == REPLAY_FAILED) {
        one.outcome = JUNIT_FAILURE;
        one.message = mem_dup(json_string_or(slot->findings->child, "what", ""));
        one.details = details_of(result, slot);
    }
    return one;
}

static void write_junit(const void *what, FILE *to)
{
    const struct result *result = what;
    size_t count = result->exchanges->count;
    struct junit_case *cases = mem_zero(count, sizeof *cases);
    for (size_t i = 0; i < count; i++)
        cases[i] = case_of(result, &result->slots[i]);
    junit_write("cancelcheck", cases, count, to);
    junit_release(cases, count);
}

/* ── Files ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

int server_report_write(const struct result *result)
{
    static report_writer *const writers[REPORT_KIND_COUNT] = {[REPORT_JSON] = write_json, [REPORT_JUNIT] = write_junit};
    return report_files_write("cancelcheck", &result->settings->reports, writers, result);
}
