/*
 * What can be known of a failure at its moment alone: whose the order and the credentials are. The answer stands, and
 * no fault has bent it yet. A request that succeeded passes by.
 */
#include "diagnosis/diagnosis.h"
#include "pipeline/stages.h"

enum step stage_diagnose(const struct pipeline *pipeline, struct exchange *x)
{
    diagnosis_note(pipeline->sessions, x);
    return STEP_NEXT;
}
