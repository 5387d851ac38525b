/*
 * The status table (7): each status of an order and of its items, by its name and by its code, and what a cancel of it
 * starts. Its rows stand in items.h, since states and shapes are lists of the same names.
 */
#include <string.h>

#include "providers/akinon/items.h"

const char *const akinon_plan_kinds[] = {"cancel", "refund", NULL};

#define STATUS_WORDS(state, code, starts) state, code,
const char *const akinon_status_words[] = {AKINON_STATUSES(STATUS_WORDS) NULL};

#define STATUS_ROW(state, code, starts) {state, code, starts},
static const struct akinon_status statuses[] = {AKINON_STATUSES(STATUS_ROW)};

const struct akinon_status *akinon_status(const char *word)
{
    for (size_t i = 0; i < COUNT_OF(statuses); i++)
        if (strcmp(statuses[i].state, word) == 0 || strcmp(statuses[i].code, word) == 0)
            return &statuses[i];
    return NULL;
}
