#include "model/provider.h"
#include "pipeline/stages.h"

enum step stage_authenticate(const struct pipeline *pipeline, struct exchange *x)
{
    (void)pipeline;
    return x->provider->authenticate(x);
}
