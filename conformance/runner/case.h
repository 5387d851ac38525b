/*
 * One case from beginning to end, in a worker: prepare the world, ask the client, wait a quiet moment, collect the
 * evidence, judge. The result is a JSON object, as it goes to the parent and into reports:
 *
 *     {"status":"FAIL","findings":[{"weight":"broken","what":…,"expected":…,"actual":…}],"duration_ms":31,
 *      "commands":[…],"answers":[…],"requests":[journal entries],"other_requests":[…]|null,
 *      "stderr":"…","noise":"…","answered":1,"notes":[…],"compared":true,"untruths":[…],"mock_answers":2,
 *      "mock_faults":[…]}
 *
 * "commands" to "noise" are left out of a PASS. "answered" is how many of the case's commands had an answer that could
 * be read. Secrets are replaced by their names, "<access_token>", before anything leaves this function.
 */
#ifndef RUNNER_CASE_H
#define RUNNER_CASE_H

#include <cjson/cJSON.h>

#include "adapter/adapter.h"
#include "check/findings.h"
#include "check/plan.h"
#include "check/settings.h"
#include "setup/world.h"

struct bench {
    struct adapter adapter;
    struct world world;
    const struct settings *settings;
};

/* The adapter must live. Never NULL. */
cJSON *case_run(struct bench *bench, const struct item *item);

/*
 * How long the case may take at most, in milliseconds: all its runs and starts of the adapter, one more of each, and a
 * generous rest for the machine. A worker that takes longer is stuck.
 */
int case_time_limit(const struct check *check, double scale);

#endif
