/*
 * One line a suite: its name, a sign for each check (. passed, F failed, w warning, i note, - gap, T timed out, C
 * crashed, E error), and the time in which it went by.
 */
#include "report/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/number.h"
#include "mock_server/base/report_files.h"
#include "mock_server/base/text.h"
#include "report/colour.h"
#include "report/text.h"

/* Standard output may belong to a report. */
static FILE *text_stream(const struct run *run)
{
    return report_files_use_stdout(&run->settings->reports) ? stderr : stdout;
}

static const char *code(const struct run *run, enum colour colour)
{
    return colour_code(colour, text_stream(run), !run->settings->no_color);
}

static bool has_provider(const struct run *run, const char *provider)
{
    for (size_t i = 0; i < run->plan->count; i++)
        if (strcmp(run->plan->items[i].table->profile.provider, provider) == 0)
            return true;
    return false;
}

/* The providers of the plan with commas between; to be freed. */
static char *providers_of(const struct run *run)
{
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    for (const struct check_table *const *table = run->plan->tables; *table != NULL; table++) {
        const char *provider = (*table)->profile.provider;
        if (has_provider(run, provider))
            text_print(&out, "%s%s", out.length ? ", " : "", provider);
    }
    return text_take(&out);
}

static enum colour colour_of(enum status status)
{
    if (status == STATUS_PASS || status == STATUS_INFO)
        return COLOUR_GREEN;
    return status_is_failure(status) ? COLOUR_RED : COLOUR_YELLOW;
}

/* ── Progress ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Without an adapter that answered nothing went by: no progress is shown, only the reason. */
static bool shows_progress(const struct run *run)
{
    return !run->settings->quiet && run->hello != NULL;
}

static bool is_first_of_suite(const struct run *run, const struct slot *slot)
{
    const struct slot *first = run->slots;
    while (strcmp(first->item->suite, slot->item->suite) != 0)
        first++;
    return first == slot;
}

/* The name waits for the first result, for only then is it known whether there is an adapter. */
static void suite_began(const struct run *run, const char *suite)
{
    (void)run;
    (void)suite;
}

static void check_done(const struct run *run, const struct slot *slot)
{
    static const char signs[STATUS_COUNT] = {'.', 'F', 'w', 'i', '-', '-', 'T', 'C', '-', 'E'};
    if (!shows_progress(run))
        return;
    if (is_first_of_suite(run, slot))
        fprintf(text_stream(run), "%-24s ", slot->item->suite);
    fprintf(text_stream(run), "%s%c%s", code(run, colour_of(slot->status)), signs[slot->status],
            code(run, COLOUR_PLAIN));
    fflush(text_stream(run));
}

static void suite_ended(const struct run *run, const char *suite)
{
    (void)suite;
    if (shows_progress(run))
        fputc('\n', text_stream(run));
}

const struct progress terminal_progress = {suite_began, check_done, suite_ended};

void terminal_begin(const struct run *run)
{
    if (run->settings->quiet)
        return;
    char *providers = providers_of(run);
    fprintf(text_stream(run), "cancelcheck %s: %zu of %zu checks, %s\n\n", PROJECT_VERSION, run->plan->count,
            run->plan->known, providers);
    fflush(text_stream(run));
    free(providers);
}

/* ── The end ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void print_failure(const struct run *run, const struct slot *slot)
{
    char *text = text_of_failure(run, slot);
    fprintf(text_stream(run), "\n%s%s %s%s\n%s", code(run, colour_of(slot->status)), status_name(slot->status),
            slot->item->address, code(run, COLOUR_PLAIN), text);
    free(text);
}

/* With --strict, what makes the run a failure without being one: shown like one, unless its whole provider is left out.
 */
static bool is_strict_failure(const struct run *run, const struct slot *slot)
{
    const char *provider = slot->item->table->profile.provider;
    bool offered = json_member(json_member(run->hello, "providers"), provider) != NULL || slot->item->at_end;
    bool open =
        slot->status == STATUS_WARN || (status_is_gap(slot->status) && slot->status != STATUS_NOTRUN && offered);
    return run->settings->strict && open;
}

static bool is_shown_in_full(const struct run *run, const struct slot *slot)
{
    return status_is_failure(slot->status) || is_strict_failure(run, slot);
}

/* Warnings and gaps in one line each; skipped ones of providers that are not offered come in hundreds, so only counted.
 */
static void print_rest(const struct run *run)
{
    for (size_t i = 0; i < run->plan->count; i++) {
        const struct slot *slot = &run->slots[i];
        if (is_shown_in_full(run, slot) || slot->status == STATUS_PASS || slot->status == STATUS_SKIP ||
            slot->status == STATUS_NOTRUN)
            continue;
        char *text = text_of_first_finding(slot);
        fprintf(text_stream(run), "\n%s%s %s%s\n  %s\n  %s\n", code(run, COLOUR_YELLOW), status_name(slot->status),
                slot->item->address, code(run, COLOUR_PLAIN), slot->item->check->requirement, text);
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
            fprintf(text_stream(run), "%sSKIP%s %zu checks: %s\n", code(run, COLOUR_YELLOW), code(run, COLOUR_PLAIN),
                    count, reason);
        free(reason);
    }
}

/* What the adapter did that breaks nothing, once for all cases. */
static void print_notes(const struct run *run)
{
    size_t cases = 0;
    char *first = NULL;
    for (size_t i = 0; i < run->plan->count; i++) {
        const cJSON *notes = json_member(run->slots[i].result, "notes");
        const char *note = notes != NULL && notes->child != NULL ? cJSON_GetStringValue(notes->child) : NULL;
        if (note == NULL)
            continue;
        if (cases++ == 0)
            first = text_safe(note);
    }
    if (cases)
        fprintf(text_stream(run), "%sNOTE%s oddities in what the adapter wrote, in %zu checks; first: %s\n",
                code(run, COLOUR_YELLOW), code(run, COLOUR_PLAIN), cases, first);
    free(first);
}

static void print_provider(const struct run *run, const char *provider)
{
    struct tally tally = run_tally(run, provider);
    if (tally_total(&tally) == 0)
        return;
    char *counts = text_of_counts(&tally);
    fprintf(text_stream(run), "  %-14s %-22s %-22s %s\n", provider, verdict_name(tally_documented(&tally)),
            verdict_name(tally_robust(&tally)), counts);
    free(counts);
}

static void print_verdict(const struct run *run, const char *label, enum verdict verdict)
{
    enum colour colour = verdict == VERDICT_CONFORMANT       ? COLOUR_GREEN
                         : verdict == VERDICT_NOT_CONFORMANT ? COLOUR_RED
                                                             : COLOUR_YELLOW;
    fprintf(text_stream(run), "%-11s %s%s%s\n", label, code(run, colour), verdict_name(verdict),
            code(run, COLOUR_PLAIN));
}

/* What --strict makes of it: warnings and gaps that would pass without it. */
static void print_strict(const struct run *run, const struct tally *tally)
{
    struct tally open = {0};
    for (int i = 0; i < STATUS_COUNT; i++)
        if (i != STATUS_PASS && i != STATUS_INFO)
            open.all[i] = tally->all[i];
    if (!run->settings->strict)
        return;
    char *counts = text_of_counts(&open);
    fprintf(text_stream(run), "%-11s %s%s%s%s%s\n", "strict:", code(run, *counts ? COLOUR_RED : COLOUR_GREEN),
            *counts ? "not conformant" : "conformant", code(run, COLOUR_PLAIN), *counts ? ": " : "", counts);
    free(counts);
}

/* "shopkit 3.2 (java)" of the hello; nothing when there was none. */
static void print_client(const struct run *run)
{
    const cJSON *client = json_member(run->hello, "client");
    const char *name = json_string(client, "name");
    const char *version = json_string(client, "version");
    const char *language = json_string(client, "language");
    if (name == NULL)
        return;
    char *plain =
        mem_print("%.60s %.30s (%.30s)", name, version != NULL ? version : "", language != NULL ? language : "?");
    char *safe = text_safe(plain);
    fprintf(text_stream(run), "%-11s %s\n", "client:", safe);
    free(safe);
    free(plain);
}

static void print_table(const struct run *run)
{
    fprintf(text_stream(run), "\n  %-14s %-22s %-22s\n", "", "documented", "robust");
    for (const struct check_table *const *table = run->plan->tables; *table != NULL; table++)
        print_provider(run, (*table)->profile.provider);
    print_provider(run, "session");
}

static void print_end(const struct run *run)
{
    char seconds[NUMBER_TEXT_MAX];
    struct tally tally = run_tally(run, NULL);
    char *counts = text_of_counts(&tally);
    char *providers = providers_of(run);
    fputc('\n', text_stream(run));
    print_client(run);
    fprintf(text_stream(run), "%-11s %s%s\n", "selection:", providers,
            run->plan->partial ? "; partial: the verdict is of the chosen checks only" : "");
    if (run->settings->reveal)
        fprintf(text_stream(run), "%-11s the adapter was told the names of the checks\n", "not blind:");
    print_verdict(run, "documented:", tally_documented(&tally));
    print_verdict(run, "robust:", tally_robust(&tally));
    print_strict(run, &tally);
    fprintf(text_stream(run), "%s in %s s\n", counts, number_write_fixed((run->duration_ms + 50) / 100, 1, seconds));
    free(counts);
    free(providers);
}

static void print_problems(const struct run *run)
{
    fflush(text_stream(run));
    char *problem = run->problem != NULL ? text_safe(run->problem) : NULL;
    if (problem != NULL)
        fprintf(stderr, "cancelcheck: %s\n", problem);
    free(problem);
    if (run->disagreement)
        fputs("cancelcheck: CUnit counted otherwise than the results say; trust neither\n", stderr);
}

void terminal_end(const struct run *run)
{
    if (run->hello == NULL) {
        print_problems(run);
        print_end(run);
        return;
    }
    for (size_t i = 0; i < run->plan->count; i++)
        if (is_shown_in_full(run, &run->slots[i]))
            print_failure(run, &run->slots[i]);
    if (!run->settings->quiet) {
        print_rest(run);
        fputc('\n', text_stream(run));
        print_skipped(run);
        print_notes(run);
    }
    print_table(run);
    print_end(run);
    print_problems(run);
}
