/*
 * The documented request that a failed one comes nearest to, as JSON, and what would have to change.
 *
 * Credentials are told by their header and scheme alone. What is below a member that is missing or too much is not told
 * as well. At most DIFFERENCES_MAX.
 */
#ifndef DIAGNOSIS_DIFFERENCES_H
#define DIAGNOSIS_DIFFERENCES_H

#include "diagnosis/diagnosis.h"

struct look;

#define DIFFERENCES_MAX 24

/* {"provider","name","file","clause","request":{"method","path","headers","body"}}; null where there is none. */
cJSON *differences_nearest(const struct look *look) WARN_UNUSED;
/* [{"where","field","expected","actual"}…] */
cJSON *differences_list(const struct look *look, diagnosis_show *show) WARN_UNUSED;

#endif
