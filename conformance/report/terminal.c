/*
 * One line a suite: its name, a sign for each check (. passed, F failed, w warning, i note, - gap, T timed out, C
 * crashed, E error), and the time in which it went by.
 */
#include "report/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cases/registry.h"
#include "report/report.h"
#include "report/text.h"
#include "support/doc.h"
#include "support/string.h"

enum colour { PLAIN, GREEN, RED, YELLOW, BOLD };

static const char *code(const struct run *run, enum colour colour)
{
    static const char *const codes[] = {"\033[0m", "\033[32m", "\033[31m", "\033[33m", "\033[1m"};
    bool wanted = !run->options->no_color && isatty(STDOUT_FILENO) && !getenv("NO_COLOR");
    return wanted ? codes[colour] : "";
}

static enum colour colour_of(enum status status)
{
    if (status == STATUS_PASS || status == STATUS_INFO)
        return GREEN;
    return status_is_failure(status) ? RED : YELLOW;
}

/* -- progress --------------------------------------------------------------------------------------------------- */

static void suite_began(const struct run *run, const char *suite)
{
    if (!run->options->quiet)
        printf("%-24s ", suite);
    fflush(stdout);
}

static void check_done(const struct run *run, const struct slot *slot)
{
    static const char signs[STATUS_COUNT] = {'.', 'F', 'w', 'i', '-', '-', 'T', 'C', '-', 'E'};
    if (run->options->quiet)
        return;
    printf("%s%c%s", code(run, colour_of(slot->status)), signs[slot->status], code(run, PLAIN));
    fflush(stdout);
}

static void suite_ended(const struct run *run, const char *suite)
{
    (void)suite;
    if (!run->options->quiet)
        putchar('\n');
}

const struct progress terminal_progress = {suite_began, check_done, suite_ended};

void terminal_begin(const struct run *run)
{
    if (run->options->quiet)
        return;
    char *providers = report_providers(run);
    printf("cancelcheck %s: %zu of %zu checks, %s\n\n", PROJECT_VERSION, run->plan->count, run->plan->known, providers);
    fflush(stdout);
    free(providers);
}

/* -- the end ---------------------------------------------------------------------------------------------------- */

static void print_failure(const struct run *run, const struct slot *slot)
{
    char *text = text_of_failure(run, slot);
    printf("\n%s%s %s%s\n%s", code(run, colour_of(slot->status)), status_name(slot->status), slot->item->address,
           code(run, PLAIN), text);
    free(text);
}

/* Warnings and gaps in one line each; skipped ones of providers that are not offered come in hundreds, so only counted.
 */
static void print_rest(const struct run *run)
{
    for (size_t i = 0; i < run->plan->count; i++) {
        const struct slot *slot = &run->slots[i];
        if (status_is_failure(slot->status) || slot->status == STATUS_PASS || slot->status == STATUS_SKIP ||
            slot->status == STATUS_NOTRUN)
            continue;
        char *text = text_of_first_finding(slot);
        printf("\n%s%s %s%s\n  %s\n  %s\n", code(run, YELLOW), status_name(slot->status), slot->item->address,
               code(run, PLAIN), slot->item->check->requirement, text);
        free(text);
    }
}

/* Each reason of skipped checks once, with their number. */
static void print_skipped(const struct run *run)
{
    for (size_t i = 0; i < run->plan->count; i++) {
        if (run->slots[i].status != STATUS_SKIP)
            continue;
        char *reason = text_of_first_finding(&run->slots[i]);
        size_t count = 0;
        bool first = true;
        for (size_t k = 0; k < run->plan->count; k++) {
            char *other = text_of_first_finding(&run->slots[k]);
            bool same = run->slots[k].status == STATUS_SKIP && strcmp(reason, other) == 0;
            count += same;
            first = first && !(same && k < i);
            free(other);
        }
        if (first)
            printf("%sSKIP%s %zu checks: %s\n", code(run, YELLOW), code(run, PLAIN), count, reason);
        free(reason);
    }
}

/* What the adapter did that breaks nothing, once for all cases. */
static void print_notes(const struct run *run)
{
    size_t cases = 0;
    char *first = NULL;
    for (size_t i = 0; i < run->plan->count; i++) {
        const cJSON *notes = doc_member(run->slots[i].result, "notes");
        const char *note = notes && notes->child ? cJSON_GetStringValue(notes->child) : NULL;
        if (!note)
            continue;
        if (cases++ == 0)
            first = text_safe(note);
    }
    if (cases)
        printf("%sNOTE%s the adapter wrote what is no answer, in %zu checks; first: %s\n", code(run, YELLOW),
               code(run, PLAIN), cases, first);
    free(first);
}

static void print_provider(const struct run *run, const char *provider)
{
    struct tally tally = run_tally(run, provider);
    if (tally_total(&tally) == 0)
        return;
    char *counts = text_of_counts(&tally);
    printf("  %-14s %-22s %-22s %s\n", provider, verdict_name(tally_documented(&tally)),
           verdict_name(tally_robust(&tally)), counts);
    free(counts);
}

static void print_verdict(const struct run *run, const char *label, enum verdict verdict)
{
    enum colour colour = verdict == VERDICT_CONFORMANT ? GREEN : verdict == VERDICT_NOT_CONFORMANT ? RED : YELLOW;
    printf("%-11s %s%s%s\n", label, code(run, colour), verdict_name(verdict), code(run, PLAIN));
}

/* "shopkit 3.2 (java)" of the hello; nothing when there was none. */
static void print_client(const struct run *run)
{
    const cJSON *client = doc_member(run->hello, "client");
    const char *name = doc_string(client, "name");
    const char *version = doc_string(client, "version");
    const char *language = doc_string(client, "language");
    if (name)
        printf("%-11s %.60s %.30s (%.30s)\n", "client:", name, version ? version : "", language ? language : "?");
}

static void print_table(const struct run *run)
{
    printf("\n  %-14s %-22s %-22s\n", "", "documented", "robust");
    for (size_t i = 0; i < check_table_count(); i++)
        print_provider(run, check_table_at(i)->profile.provider);
    print_provider(run, "session");
}

static void print_end(const struct run *run)
{
    struct tally tally = run_tally(run, NULL);
    char *counts = text_of_counts(&tally);
    char *providers = report_providers(run);
    putchar('\n');
    print_client(run);
    printf("%-11s %s%s\n", "selection:", providers,
           run->plan->partial ? "; partial: the verdict is of the chosen checks only" : "");
    if (run->options->reveal)
        printf("%-11s the adapter was told the names of the checks\n", "not blind:");
    print_verdict(run, "documented:", tally_documented(&tally));
    print_verdict(run, "robust:", tally_robust(&tally));
    printf("%s in %.1f s\n", counts, (double)run->duration_ms / 1000.0);
    free(counts);
    free(providers);
}

static void print_problems(const struct run *run)
{
    fflush(stdout);
    if (run->problem)
        fprintf(stderr, "cancelcheck: %s\n", run->problem);
    if (run->disagreement)
        fputs("cancelcheck: CUnit counted otherwise than the results say; trust neither\n", stderr);
}

void terminal_end(const struct run *run)
{
    for (size_t i = 0; i < run->plan->count; i++)
        if (status_is_failure(run->slots[i].status))
            print_failure(run, &run->slots[i]);
    if (!run->options->quiet) {
        print_rest(run);
        putchar('\n');
        print_skipped(run);
        print_notes(run);
    }
    print_table(run);
    print_end(run);
    print_problems(run);
}
