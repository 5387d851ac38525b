/* Lemonade: what the documents leave open. */
#include <assert.h>

#include "providers/lemonade/lemonade.h"

const struct knob lemonade_knobs[] = {
    [KNOB_SECOND_CANCEL] = {"second_cancel", KNOB_WORDS(SECOND_CANCEL), .clause = "4",
                            .meaning = "what cancelling a cancelled order answers"},
};

static_assert(COUNT_OF(lemonade_knobs) == KNOB_COUNT, "a row for each number");
