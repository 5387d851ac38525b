/* What came over the wire passes through report/text.h, which makes it harmless. */
#include "server/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mock_server/base/memory.h"
#include "mock_server/base/report_files.h"
#include "report/colour.h"
#include "report/text.h"

/* Standard output may belong to a report. */
static FILE *text_stream(const struct result *result)
{
    return report_files_use_stdout(&result->settings->reports) ? stderr : stdout;
}

static const char *code(const struct result *result, enum colour colour)
{
    return colour_code(colour, text_stream(result), !result->settings->no_color);
}

void server_terminal_progress(const struct result *result, size_t index)
{
    FILE *to = text_stream(result);
    static const struct {
        char sign;
        enum colour colour;
    } signs[] = {{'-', COLOUR_YELLOW}, {'.', COLOUR_GREEN}, {'F', COLOUR_RED}};
    const struct replay_slot *slot = &result->slots[index];
    bool last = index + 1 == result->exchanges->count;
    const char *file = slot->documented->file;
    if (result->settings->quiet)
        return;
    if (index == 0 || strcmp(slot[-1].documented->file, file) != 0)
        fprintf(to, "%-30s ", file);
    fprintf(to, "%s%c%s", code(result, signs[slot->outcome].colour), signs[slot->outcome].sign,
            code(result, COLOUR_PLAIN));
    if (last || strcmp(slot[1].documented->file, file) != 0)
        fputc('\n', to);
    fflush(to);
}

static void print_and_free(char *text, FILE *to)
{
    fputs(text, to);
    free(text);
}

static void print_failure(const struct result *result, const struct replay_slot *slot)
{
    FILE *to = text_stream(result);
    char *address = text_safe(slot->documented->address);
    char *repeat = server_settings_repeat(result->settings, slot->documented->address);
    fprintf(to, "\n%sFAIL %s%s\n", code(result, COLOUR_RED), address, code(result, COLOUR_PLAIN));
    print_and_free(text_of_line("clause", slot->documented->clause), to);
    print_and_free(text_of_findings(slot->findings), to);
    print_and_free(text_of_exchanges(slot->wire, "on the wire"), to);
    print_and_free(text_of_line("repeat", repeat), to);
    free(address);
    free(repeat);
}

/* Each reason once, with its number. */
static void print_not_asked(const struct result *result)
{
    FILE *to = text_stream(result);
    for (size_t i = 0; i < result->exchanges->count; i++) {
        const char *needs = result->slots[i].needs;
        size_t count = 0;
        bool first = needs != NULL;
        for (size_t k = 0; needs != NULL && k < result->exchanges->count; k++) {
            bool same = result->slots[k].needs != NULL && strcmp(result->slots[k].needs, needs) == 0;
            count += same;
            first = first && !(same && k < i);
        }
        char *safe = first ? text_safe(needs) : NULL;
        if (first)
            fprintf(to, "%snot asked%s: %zu, needs %s\n", code(result, COLOUR_YELLOW), code(result, COLOUR_PLAIN),
                    count, safe);
        free(safe);
    }
}

static void print_table(const struct result *result)
{
    FILE *to = text_stream(result);
    const char *last = "";
    fprintf(to, "\n  %-14s %8s %8s %10s\n", "", "passed", "failed", "not asked");
    for (size_t i = 0; i < result->exchanges->count; i++) {
        const char *provider = result->slots[i].documented->provider;
        struct replay_counts counts = result_count(result, provider);
        if (strcmp(provider, last) != 0)
            fprintf(to, "  %-14s %8zu %8zu %10zu\n", provider, counts.of[REPLAY_PASSED], counts.of[REPLAY_FAILED],
                    counts.of[REPLAY_NOT_ASKED]);
        last = provider;
    }
}

void server_terminal_end(const struct result *result)
{
    FILE *to = text_stream(result);
    struct replay_counts counts = result_count(result, NULL);
    for (size_t i = 0; i < result->exchanges->count; i++)
        if (result->slots[i].outcome == REPLAY_FAILED)
            print_failure(result, &result->slots[i]);
    fputc('\n', to);
    print_not_asked(result);
    print_table(result);
    fflush(to);
    if (result->unreached != NULL) {
        char *safe = text_safe(result->unreached);
        fprintf(stderr, "cancelcheck: %s\n", safe);
        free(safe);
    }
    fprintf(to, "\n%zu passed, %zu failed\n", counts.of[REPLAY_PASSED], counts.of[REPLAY_FAILED]);
}
