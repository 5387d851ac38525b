#include "model/provider.h"
#include "pipeline/stages.h"

enum step stage_render(const struct pipeline *pipeline, struct exchange *x)
{
    (void)pipeline;
    x->route->render(x);
    return STEP_REPLY;
}
