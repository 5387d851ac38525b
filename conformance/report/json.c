/*
 * The whole run as one JSON document: who was asked, what was decided, and each check with its result. The members of
 * "checks" are those of --list --format json plus those of a result (runner/case.h). Bytes of a client or of the wire
 * that are no UTF-8 are replaced by U+FFFD.
 */
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

#include "cases/registry.h"
#include "listing.h"
#include "support/doc.h"
#include "support/memory.h"
#include "support/scan.h"

static cJSON *counts(const struct tally *tally)
{
    cJSON *object = cJSON_CreateObject();
    for (int i = 0; i < STATUS_COUNT; i++)
        doc_add(object, status_name((enum status)i), cJSON_CreateNumber((double)tally->all[i]));
    return object;
}

static cJSON *verdict(const struct run *run, const char *provider)
{
    struct tally tally = run_tally(run, provider);
    cJSON *object = cJSON_CreateObject();
    doc_add_string(object, "documented", verdict_name(tally_documented(&tally)));
    doc_add_string(object, "robust", verdict_name(tally_robust(&tally)));
    doc_add(object, "counts", counts(&tally));
    return object;
}

static cJSON *provider_verdicts(const struct run *run)
{
    cJSON *object = cJSON_CreateObject();
    for (size_t i = 0; i < check_table_count(); i++) {
        const char *provider = check_table_at(i)->profile.provider;
        struct tally tally = run_tally(run, provider);
        if (tally_total(&tally) > 0)
            doc_add(object, provider, verdict(run, provider));
    }
    return object;
}

static cJSON *selection(const struct run *run)
{
    cJSON *object = cJSON_CreateObject();
    doc_add(object, "checks", cJSON_CreateNumber((double)run->plan->count));
    doc_add(object, "known", cJSON_CreateNumber((double)run->plan->known));
    doc_add(object, "partial", cJSON_CreateBool(run->plan->partial));
    doc_add_string(object, "level", level_name(run->options->level));
    return object;
}

static cJSON *check(const struct run *run, const struct slot *slot)
{
    cJSON *object = listing_check(slot->item);
    char *repeat = run_repeat_command(run, slot->item);
    doc_add_string(object, "repeat", slot->item->at_end ? NULL : repeat);
    free(repeat);
    const cJSON *member = NULL;
    cJSON_ArrayForEach (member, slot->result)
        doc_add(object, member->string, cJSON_Duplicate(member, true));
    return object;
}

static void add_time(const struct run *run, cJSON *object)
{
    char text[32] = "";
    struct tm utc;
    if (gmtime_r(&run->started, &utc))
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    doc_add_string(object, "started", text);
    doc_add(object, "duration_ms", cJSON_CreateNumber((double)run->duration_ms));
}

/* cJSON prints strings byte by byte; what a client wrote need not be UTF-8, which JSON must be (RFC 8259 section 8.1).
 */
static void write_utf8(const char *text, FILE *to)
{
    size_t left = strlen(text);
    while (left) {
        size_t length = scan_letter(text, left);
        if (length)
            fwrite(text, 1, length, to);
        else
            fputs("\xef\xbf\xbd", to);
        length = length ? length : 1;
        text += length;
        left -= length;
    }
}

void report_json_document(const cJSON *root, FILE *to)
{
    char *text = cJSON_Print(root);
    write_utf8(text ? text : "{}", to);
    fputc('\n', to);
    cJSON_free(text);
}

void report_json(const struct run *run, FILE *to)
{
    cJSON *root = cJSON_CreateObject();
    doc_add_string(root, "suite", PROJECT_VERSION);
    add_time(run, root);
    doc_add_string(root, "command", run->options->client);
    doc_add(root, "client", cJSON_Duplicate(doc_member(run->hello, "client"), true));
    doc_add(root, "blind", cJSON_CreateBool(!run->options->reveal));
    doc_add(root, "selection", selection(run));
    doc_add(root, "verdict", verdict(run, NULL));
    doc_add(root, "providers", provider_verdicts(run));
    doc_add(root, "exit_code", cJSON_CreateNumber(run_exit_code(run)));
    doc_add_string(root, "problem", run->problem);
    cJSON *checks = cJSON_AddArrayToObject(root, "checks");
    for (size_t i = 0; i < run->plan->count; i++)
        cJSON_AddItemToArray(checks, check(run, &run->slots[i]));
    report_json_document(root, to);
    cJSON_Delete(root);
}
