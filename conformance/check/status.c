/* Statuses counted, verdicts drawn. */
#include "check/status.h"

#include <string.h>

static const char *const names[STATUS_COUNT] = {
#define X(name) #name,
    STATUSES(X)
#undef X
};

const char *status_name(enum status status)
{
    return names[status];
}

enum status status_from_name(const char *name)
{
    size_t i = 0;
    while (i < STATUS_COUNT && strcmp(names[i], name) != 0)
        i++;
    return (enum status)i;
}

const char *verdict_name(enum verdict verdict)
{
    static const char *const words[] = {"no verdict", "conformant", "conformant with gaps", "not conformant"};
    return words[verdict];
}

bool status_is_failure(enum status status)
{
    return status == STATUS_FAIL || status == STATUS_TIMEOUT || status == STATUS_CRASH || status == STATUS_ERROR;
}

bool status_is_gap(enum status status)
{
    return status == STATUS_SKIP || status == STATUS_UNOBSERVABLE || status == STATUS_NOTRUN || status == STATUS_ERROR;
}

void tally_add(struct tally *tally, struct ruling ruling)
{
    tally->all[ruling.status]++;
    if (ruling.level != LEVEL_MUST)
        return;
    tally->must[ruling.status]++;
    if (ruling.basis == BASIS_DOCUMENTED)
        tally->documented_must[ruling.status]++;
}

size_t tally_total(const struct tally *tally)
{
    size_t total = 0;
    for (size_t i = 0; i < STATUS_COUNT; i++)
        total += tally->all[i];
    return total;
}

static size_t gaps(const size_t counts[STATUS_COUNT])
{
    size_t sum = 0;
    for (size_t i = 0; i < STATUS_COUNT; i++)
        if (status_is_gap((enum status)i))
            sum += counts[i];
    return sum;
}

static size_t broken(const size_t counts[STATUS_COUNT])
{
    return counts[STATUS_FAIL] + counts[STATUS_TIMEOUT] + counts[STATUS_CRASH];
}

/* A MUST that ended in WARN holds: an outcome was tolerated. */
static size_t held(const size_t counts[STATUS_COUNT])
{
    return counts[STATUS_PASS] + counts[STATUS_WARN] + counts[STATUS_INFO];
}

static enum verdict draw(const size_t counts[STATUS_COUNT])
{
    if (broken(counts))
        return VERDICT_NOT_CONFORMANT;
    if (held(counts) == 0)
        return VERDICT_NONE;
    return gaps(counts) ? VERDICT_WITH_GAPS : VERDICT_CONFORMANT;
}

enum verdict tally_documented(const struct tally *tally)
{
    return draw(tally->documented_must);
}

enum verdict tally_robust(const struct tally *tally)
{
    if (tally->all[STATUS_TIMEOUT] || tally->all[STATUS_CRASH])
        return VERDICT_NOT_CONFORMANT;
    return draw(tally->must);
}

int tally_exit_code(const struct tally *tally, bool strict)
{
    const size_t *all = tally->all;
    if (broken(all))
        return 1;
    if (all[STATUS_ERROR] || all[STATUS_NOTRUN] || held(all) == 0)
        return 3;
    return strict && (all[STATUS_WARN] || gaps(all)) ? 1 : 0;
}
