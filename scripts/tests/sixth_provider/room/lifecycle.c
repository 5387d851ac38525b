/* Lemonade: mixed ──pour──▶ poured, and until then it can be cancelled. */
#include "providers/lemonade/lemonade.h"

const char *const lemonade_states[] = {"mixed", "poured", "cancelled", NULL};

static const char *const from_mixed[] = {"mixed", NULL};

const struct event lemonade_events[] = {
    {"pour", "stand", from_mixed, "poured", .meaning = "the glasses are filled"},
    {.name = NULL},
};
