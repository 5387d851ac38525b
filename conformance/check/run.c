/* Slots, counts, and the command that repeats a check. */
#include "check/run.h"

#include <stdlib.h>
#include <string.h>

#include "check/shell.h"
#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/number.h"
#include "mock_server/base/text.h"

void run_init(struct run *run, const struct settings *settings, const struct plan *plan)
{
    *run = (struct run){
        .settings = settings,
        .plan = plan,
        .slots = mem_zero(plan->count, sizeof *run->slots),
        .late = cJSON_CreateArray(),
        .started = time(NULL),
    };
    for (size_t i = 0; i < plan->count; i++)
        run->slots[i] = (struct slot){.item = &plan->items[i], .status = STATUS_NOTRUN};
}

void run_release(struct run *run)
{
    for (size_t i = 0; run->slots != NULL && i < run->plan->count; i++)
        cJSON_Delete(run->slots[i].result);
    free(run->slots);
    cJSON_Delete(run->hello);
    cJSON_Delete(run->late);
    free(run->problem);
    *run = (struct run){0};
}

void run_settle(struct run *run, size_t index, cJSON *result)
{
    if (index >= run->plan->count || run->slots[index].result != NULL) {
        cJSON_Delete(result);
        return;
    }
    const char *word = json_string(result, "status");
    enum status status = word != NULL ? status_from_name(word) : STATUS_COUNT;
    run->slots[index].status = status == STATUS_COUNT ? STATUS_ERROR : status;
    run->slots[index].result = result;
}

void run_complain(struct run *run, const char *problem)
{
    if (run->problem == NULL)
        run->problem = mem_dup(problem);
}

void run_cut_short(struct run *run, const char *why)
{
    free(run->problem);
    run->problem = mem_dup(why);
    run->cut_short = true;
}

struct tally run_tally(const struct run *run, const char *provider)
{
    struct tally tally = {0};
    for (size_t i = 0; i < run->plan->count; i++) {
        const struct slot *slot = &run->slots[i];
        if (provider != NULL && strcmp(slot->item->table->profile.provider, provider) != 0)
            continue;
        tally_add(&tally, (struct ruling){.level = slot->item->check->level,
                                          .basis = slot->item->check->basis,
                                          .status = slot->status});
    }
    return tally;
}

/* The session's checks run whatever happens, so that they do not count as "something ran". */
static bool anything_ran(const struct run *run)
{
    for (size_t i = 0; i < run->plan->count; i++) {
        enum status status = run->slots[i].status;
        if (!run->slots[i].item->at_end && status != STATUS_NOTRUN && status != STATUS_SKIP)
            return true;
    }
    return false;
}

bool run_has_answers(const struct run *run)
{
    for (size_t i = 0; i < run->plan->count; i++)
        if (json_int_or(run->slots[i].result, "answered", 0) > 0)
            return true;
    return false;
}

int run_exit_code(const struct run *run)
{
    struct tally tally = run_tally(run, NULL);
    if (run->disagreement || run->worker_ended_badly || run->output_lost || !anything_ran(run) ||
        (run->problem != NULL && !run_has_answers(run)) || (run->cut_short && tally.all[STATUS_NOTRUN]))
        return 3;
    return tally_exit_code(&tally, run->settings->strict);
}

char *run_repeat_command(const struct run *run, const struct item *item)
{
    char scale[NUMBER_TEXT_MAX];
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    text_add(&out, run->settings->program);
    text_add(&out, " --client ");
    shell_add_word(&out, run->settings->client);
    text_add(&out, " --run ");
    shell_add_word(&out, item->address);
    if (run->settings->time_scale != 1.0)
        text_print(&out, " --time-scale %s", number_write_decimal(run->settings->time_scale, scale));
    return text_take(&out);
}
