/* Everything goes to standard output; what came over the wire passes through report/text.h, which makes it harmless. */
#include "provider/tell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report/text.h"
#include "support/memory.h"

enum colour { PLAIN, GREEN, RED, YELLOW };

static const char *code(const struct command *command, enum colour colour)
{
    static const char *const codes[] = {"\033[0m", "\033[32m", "\033[31m", "\033[33m"};
    bool wanted = !command->no_color && isatty(STDOUT_FILENO) && !getenv("NO_COLOR");
    return wanted ? codes[colour] : "";
}

void tell_progress(const struct command *command, const struct result *result, size_t index)
{
    static const struct {
        char sign;
        enum colour colour;
    } signs[] = {{'-', YELLOW}, {'.', GREEN}, {'F', RED}};
    const struct replay_slot *slot = &result->slots[index];
    bool last = index + 1 == result->catalogue->count;
    const char *file = slot->documented->file;
    if (command->quiet)
        return;
    if (index == 0 || strcmp(slot[-1].documented->file, file) != 0)
        printf("%-30s ", file);
    printf("%s%c%s", code(command, signs[slot->outcome].colour), signs[slot->outcome].sign, code(command, PLAIN));
    if (last || strcmp(slot[1].documented->file, file) != 0)
        putchar('\n');
    fflush(stdout);
}

static void print_and_free(char *text)
{
    fputs(text, stdout);
    free(text);
}

static void print_failure(const struct command *command, const struct replay_slot *slot)
{
    char *address = text_safe(slot->documented->address);
    char *repeat = command_repeat(command, slot->documented->address);
    printf("\n%sFAIL %s%s\n", code(command, RED), address, code(command, PLAIN));
    print_and_free(text_of_line("clause", slot->documented->clause));
    print_and_free(text_of_findings(slot->findings));
    print_and_free(text_of_exchanges(slot->wire, "on the wire"));
    print_and_free(text_of_line("repeat", repeat));
    free(address);
    free(repeat);
}

/* Each reason once, with its number. */
static void print_not_asked(const struct command *command, const struct result *result)
{
    for (size_t i = 0; i < result->catalogue->count; i++) {
        const char *needs = result->slots[i].needs;
        size_t count = 0;
        bool first = needs;
        for (size_t k = 0; needs && k < result->catalogue->count; k++) {
            bool same = result->slots[k].needs && strcmp(result->slots[k].needs, needs) == 0;
            count += same;
            first = first && !(same && k < i);
        }
        char *safe = first ? text_safe(needs) : NULL;
        if (first)
            printf("%snot asked%s: %zu, needs %s\n", code(command, YELLOW), code(command, PLAIN), count, safe);
        free(safe);
    }
}

static void print_table(const struct result *result)
{
    const char *last = "";
    printf("\n  %-14s %8s %8s %10s\n", "", "passed", "failed", "not asked");
    for (size_t i = 0; i < result->catalogue->count; i++) {
        const char *provider = result->slots[i].documented->provider;
        struct replay_counts counts = result_count(result, provider);
        if (strcmp(provider, last) != 0)
            printf("  %-14s %8zu %8zu %10zu\n", provider, counts.of[REPLAY_PASSED], counts.of[REPLAY_FAILED],
                   counts.of[REPLAY_NOT_ASKED]);
        last = provider;
    }
}

void tell_end(const struct command *command, const struct result *result)
{
    struct replay_counts counts = result_count(result, NULL);
    for (size_t i = 0; i < result->catalogue->count; i++)
        if (result->slots[i].outcome == REPLAY_FAILED)
            print_failure(command, &result->slots[i]);
    putchar('\n');
    print_not_asked(command, result);
    print_table(result);
    fflush(stdout);
    if (result->unreached) {
        char *safe = text_safe(result->unreached);
        fprintf(stderr, "cancelcheck: %s\n", safe);
        free(safe);
    }
    printf("\n%zu passed, %zu failed\n", counts.of[REPLAY_PASSED], counts.of[REPLAY_FAILED]);
}
