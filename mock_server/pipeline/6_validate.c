#include "model/provider.h"
#include "pipeline/stages.h"

enum step stage_validate(const struct pipeline *pipeline, struct exchange *x)
{
    (void)pipeline;
    return x->route->validate == NULL ? STEP_NEXT : x->route->validate(x);
}
