/*
 * The whole run as one JSON document: who was asked, what was decided, and each check with its result. The members of
 * "checks" are those of --list --format json plus those of a result (runner/case.h). Bytes of a client or of the wire
 * that are no UTF-8 are replaced by U+FFFD.
 */
#include "report/run_report.h"

#include <stdlib.h>
#include <string.h>

#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"
#include "report/json_document.h"
#include "report/listing.h"

static cJSON *counts(const struct tally *tally)
{
    cJSON *object = cJSON_CreateObject();
    for (int i = 0; i < STATUS_COUNT; i++)
        json_set(object, status_name((enum status)i), json_new_integer((int64_t)tally->all[i]));
    return object;
}

static cJSON *verdict(const struct run *run, const char *provider)
{
    struct tally tally = run_tally(run, provider);
    cJSON *object = cJSON_CreateObject();
    json_set_string(object, "documented", verdict_name(tally_documented(&tally)));
    json_set_string(object, "robust", verdict_name(tally_robust(&tally)));
    json_set(object, "counts", counts(&tally));
    return object;
}

static cJSON *provider_verdicts(const struct run *run)
{
    cJSON *object = cJSON_CreateObject();
    for (const struct check_table *const *table = run->plan->tables; *table != NULL; table++) {
        const char *provider = (*table)->profile.provider;
        struct tally tally = run_tally(run, provider);
        if (tally_total(&tally) > 0)
            json_set(object, provider, verdict(run, provider));
    }
    return object;
}

static cJSON *selection(const struct run *run)
{
    cJSON *object = cJSON_CreateObject();
    json_set(object, "checks", json_new_integer((int64_t)run->plan->count));
    json_set(object, "known", json_new_integer((int64_t)run->plan->known));
    json_set(object, "partial", cJSON_CreateBool(run->plan->partial));
    json_set_string(object, "level", level_name(run->settings->level));
    return object;
}

static cJSON *check(const struct run *run, const struct slot *slot)
{
    cJSON *object = listing_check(slot->item);
    char *repeat = run_repeat_command(run, slot->item);
    json_set_string(object, "repeat", slot->item->at_end ? NULL : repeat);
    free(repeat);
    const cJSON *member = NULL;
    cJSON_ArrayForEach (member, slot->result)
        json_set(object, member->string, cJSON_Duplicate(member, true));
    return object;
}

static void add_time(const struct run *run, cJSON *object)
{
    char text[32] = "";
    struct tm utc;
    if (gmtime_r(&run->started, &utc) != NULL)
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    json_set_string(object, "started", text);
    json_set(object, "duration_ms", json_new_integer((int64_t)run->duration_ms));
}

void run_report_json(const void *what, FILE *to)
{
    const struct run *run = what;
    cJSON *root = cJSON_CreateObject();
    json_set_string(root, "suite", PROJECT_VERSION);
    add_time(run, root);
    json_set_string(root, "command", run->settings->client);
    json_set(root, "client", cJSON_Duplicate(json_member(run->hello, "client"), true));
    json_set(root, "blind", cJSON_CreateBool(!run->settings->reveal));
    json_set(root, "selection", selection(run));
    json_set(root, "verdict", verdict(run, NULL));
    json_set(root, "providers", provider_verdicts(run));
    json_set_integer(root, "exit_code", run_exit_code(run));
    json_set_string(root, "problem", run->problem);
    cJSON *checks = cJSON_AddArrayToObject(root, "checks");
    for (size_t i = 0; i < run->plan->count; i++)
        cJSON_AddItemToArray(checks, check(run, &run->slots[i]));
    json_document_write(root, to);
    cJSON_Delete(root);
}
