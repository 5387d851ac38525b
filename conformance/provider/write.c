/* Each kind is one row of a table: a name and a function. */
#include "provider/write.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"
#include "report/text.h"
#include "support/doc.h"
#include "support/memory.h"

static const char *const outcomes[] = {"not asked", "passed", "failed"};

/* -- json ------------------------------------------------------------------------------------------------------- */

static cJSON *counts_of(const struct result *result, const char *provider)
{
    struct replay_counts counts = result_count(result, provider);
    cJSON *object = cJSON_CreateObject();
    for (int i = REPLAY_FAILED; i >= REPLAY_NOT_ASKED; i--)
        doc_add(object, outcomes[i], cJSON_CreateNumber((double)counts.of[i]));
    return object;
}

static cJSON *slot_to_json(const struct command *command, const struct replay_slot *slot)
{
    cJSON *object = cJSON_CreateObject();
    char *repeat = command_repeat(command, slot->documented->address);
    doc_add_string(object, "exchange", slot->documented->address);
    doc_add_string(object, "provider", slot->documented->provider);
    doc_add_string(object, "clause", slot->documented->clause);
    doc_add_string(object, "outcome", outcomes[slot->outcome]);
    doc_add_string(object, "needs", slot->needs);
    doc_add(object, "findings", cJSON_Duplicate(slot->findings, true));
    doc_add(object, "wire", cJSON_Duplicate(slot->wire, true));
    doc_add_string(object, "repeat", repeat);
    free(repeat);
    return object;
}

static void write_json(const struct command *command, const struct result *result, FILE *to)
{
    cJSON *root = cJSON_CreateObject();
    doc_add_string(root, "suite", PROJECT_VERSION);
    doc_add_string(root, "compare", compare_name(command->compare));
    doc_add(root, "counts", counts_of(result, NULL));
    cJSON *providers = cJSON_AddObjectToObject(root, "providers");
    doc_add(root, "exit_code", cJSON_CreateNumber(result_exit_code(result)));
    doc_add_string(root, "problem", result->unreached);
    cJSON *exchanges = cJSON_AddArrayToObject(root, "exchanges");
    for (size_t i = 0; i < result->catalogue->count; i++) {
        const char *provider = result->slots[i].documented->provider;
        if (!doc_member(providers, provider))
            doc_add(providers, provider, counts_of(result, provider));
        cJSON_AddItemToArray(exchanges, slot_to_json(command, &result->slots[i]));
    }
    report_json_document(root, to);
    cJSON_Delete(root);
}

/* -- junit ------------------------------------------------------------------------------------------------------ */

static void write_attribute(const char *name, const char *value, FILE *to)
{
    fprintf(to, " %s=\"", name);
    report_xml_text(value, to);
    fputc('"', to);
}

static void write_case(const struct command *command, const struct replay_slot *slot, FILE *to)
{
    const struct documented *one = slot->documented;
    const cJSON *first = slot->findings ? slot->findings->child : NULL;
    fputs("  <testcase", to);
    write_attribute("classname", one->file, to);
    write_attribute("name", one->address + strlen(one->file) + 1, to);
    fputs(">", to);
    if (slot->outcome == REPLAY_NOT_ASKED) {
        char *reason = must_format("not asked: needs %s", slot->needs ? slot->needs : "nothing");
        fputs("<skipped", to);
        write_attribute("message", reason, to);
        fputs("/>", to);
        free(reason);
    } else if (slot->outcome == REPLAY_FAILED) {
        char *text = text_of_findings(slot->findings), *wire = text_of_exchanges(slot->wire, "on the wire");
        char *repeat = command_repeat(command, one->address);
        const char *what = doc_string(first, "what");
        fputs("<failure", to);
        write_attribute("message", what ? what : "", to);
        fputs(">", to);
        report_xml_text(text, to);
        report_xml_text(wire, to);
        report_xml_text(repeat, to);
        fputs("</failure>", to);
        free(text);
        free(wire);
        free(repeat);
    }
    fputs("</testcase>\n", to);
}

static void write_junit(const struct command *command, const struct result *result, FILE *to)
{
    struct replay_counts counts = result_count(result, NULL);
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n", to);
    fprintf(to,
            " <testsuite name=\"cancelcheck provider\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"%zu\">\n",
            result->catalogue->count, counts.of[REPLAY_FAILED], counts.of[REPLAY_NOT_ASKED]);
    for (size_t i = 0; i < result->catalogue->count; i++)
        write_case(command, &result->slots[i], to);
    fputs(" </testsuite>\n</testsuites>\n", to);
}

/* -- files ------------------------------------------------------------------------------------------------------ */

static const struct kind {
    const char *name;
    void (*write)(const struct command *command, const struct result *result, FILE *to);
} kinds[] = {{"json", write_json}, {"junit", write_junit}};

/* The kind of "KIND=FILE"; NULL when there is none. */
static const struct kind *kind_of(const char *text)
{
    size_t length = strcspn(text, "=");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strlen(kinds[i].name) == length && strncmp(kinds[i].name, text, length) == 0)
            return &kinds[i];
    return NULL;
}

static const char *file_of(const char *text)
{
    return text + strcspn(text, "=") + 1;
}

bool write_knows(const char *kind_and_file)
{
    return strchr(kind_and_file, '=') && *file_of(kind_and_file) && kind_of(kind_and_file);
}

static FILE *open_file(const char *name, const char *mode)
{
    FILE *file = fopen(name, mode);
    if (!file)
        fprintf(stderr, "cancelcheck: cannot write %s: %s\n", name, strerror(errno));
    return file;
}

int write_check(const struct command *command)
{
    for (size_t i = 0; i < command->reports.count; i++) {
        FILE *file = open_file(file_of(command->reports.list[i]), "a");
        if (!file)
            return -1;
        fclose(file);
    }
    return 0;
}

int write_all(const struct command *command, const struct result *result)
{
    int done = 0;
    for (size_t i = 0; i < command->reports.count; i++) {
        const char *text = command->reports.list[i];
        FILE *file = open_file(file_of(text), "w");
        if (file)
            kind_of(text)->write(command, result, file);
        bool failed = file && ferror(file);
        if (!file || fclose(file) != 0 || failed) {
            flags_complain("the report is not whole: ", file_of(text), "", NULL);
            done = -1;
        }
    }
    return done;
}
