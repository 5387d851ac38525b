/* Each check is a case. Gaps are skipped with their reason; warnings pass, with their text in system-out. */
#include "report/run_report.h"

#include <stdlib.h>

#include "mock_server/base/json.h"
#include "mock_server/base/junit.h"
#include "mock_server/base/memory.h"
#include "report/text.h"

static enum junit_outcome outcome_of(enum status status)
{
    if (status == STATUS_PASS)
        return JUNIT_PASSED;
    if (status == STATUS_ERROR)
        return JUNIT_ERROR;
    if (status_is_failure(status))
        return JUNIT_FAILURE;
    return status_is_gap(status) ? JUNIT_SKIPPED : JUNIT_NOTED;
}

static struct junit_case case_of(const struct run *run, const struct slot *slot)
{
    struct junit_case one = {
        .suite = slot->item->suite,
        .classname = slot->item->suite,
        .name = slot->item->address,
        .duration_ms = json_int_or(slot->result, "duration_ms", 0),
        .outcome = outcome_of(slot->status),
    };
    if (one.outcome == JUNIT_PASSED)
        return one;
    char *first = text_of_first_finding(slot);
    one.message = mem_print("%s: %s", status_name(slot->status), first);
    one.details = one.outcome == JUNIT_SKIPPED ? NULL : text_of_failure(run, slot);
    free(first);
    return one;
}

void run_report_junit(const void *what, FILE *to)
{
    const struct run *run = what;
    struct junit_case *cases = mem_zero(run->plan->count, sizeof *cases);
    for (size_t i = 0; i < run->plan->count; i++)
        cases[i] = case_of(run, &run->slots[i]);
    junit_write("cancelcheck", cases, run->plan->count, to);
    junit_release(cases, run->plan->count);
}
