#include "faults/kinds.h"

#include <string.h>

static const struct fault_kind *const families[] = {
    answer_faults,  status_faults, redirect_faults, drift_faults, json_faults,  content_faults,  connection_faults,
    framing_faults, byte_faults,   delay_faults,    pace_faults,  close_faults, listener_faults,
};

const char *const fault_phase_names[] = {"before_commit", "after_commit", NULL};

const char *fault_phase_name(enum fault_phase phase)
{
    return fault_phase_names[phase == FAULT_BEFORE_COMMIT ? 0 : 1];
}

const struct fault_kind *fault_kind_at(size_t index)
{
    for (size_t i = 0; i < COUNT_OF(families); i++)
        for (const struct fault_kind *kind = families[i]; kind->name != NULL; kind++)
            if (index-- == 0)
                return kind;
    return NULL;
}

const struct fault_kind *fault_kind_named(const char *name)
{
    const struct fault_kind *kind = NULL;
    for (size_t i = 0; (kind = fault_kind_at(i)) != NULL; i++)
        if (strcmp(kind->name, name) == 0)
            return kind;
    return NULL;
}

const struct shape *fault_kind_parameter(const struct fault_kind *kind, const char *name)
{
    for (const struct shape *row = kind->parameters; row != NULL && row->name != NULL; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}
