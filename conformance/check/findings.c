/* The list of findings. */
#include "check/findings.h"

#include <stdlib.h>

#include "mock_server/base/memory.h"

void findings_add(struct findings *findings, enum weight weight, const char *what, const char *expected,
                  const char *actual)
{
    findings->list = mem_resize(findings->list, (findings->count + 1) * sizeof *findings->list);
    findings->list[findings->count++] = (struct finding){
        .weight = weight,
        .what = mem_dup(what),
        .expected = mem_dup(expected),
        .actual = mem_dup(actual != NULL ? actual : "(nothing)"),
    };
}

void findings_broken(struct findings *findings, const char *what, const char *expected, const char *actual)
{
    findings_add(findings, WEIGHT_BROKEN, what, expected, actual);
}

enum status findings_status(const struct findings *findings, enum level level)
{
    static const enum status broken[] = {STATUS_FAIL, STATUS_WARN, STATUS_INFO};
    size_t counts[4] = {0};
    for (size_t i = 0; i < findings->count; i++)
        counts[findings->list[i].weight]++;
    if (counts[WEIGHT_FAULTY])
        return STATUS_ERROR;
    if (counts[WEIGHT_BROKEN])
        return broken[level];
    if (counts[WEIGHT_GAP])
        return STATUS_UNOBSERVABLE;
    return counts[WEIGHT_TOLERATED] ? STATUS_WARN : STATUS_PASS;
}

const char *weight_name(enum weight weight)
{
    static const char *const words[] = {"broken", "tolerated", "gap", "fault"};
    return words[weight];
}

void findings_release(struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        free(findings->list[i].what);
        free(findings->list[i].expected);
        free(findings->list[i].actual);
    }
    free(findings->list);
    *findings = (struct findings){0};
}
