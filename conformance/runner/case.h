/*
 * One case from beginning to end, in a worker: prepare the world, ask the client, wait a quiet moment, collect the
 * evidence, judge. The result is a JSON object, as it goes to the parent and into reports:
 *
 *     {"status":"FAIL","findings":[{"weight":"broken","what":…,"expected":…,"actual":…}],"duration_ms":31,
 *      "commands":[…],"answers":[…],"requests":[journal entries],"other_requests":[…]|null,
 *      "stderr":"…","noise":"…","notes":[…],"untruths":[…],"mock_faults":[…]}
 *
 * Everything but status, findings, duration, notes, untruths and mock_faults is left out of a PASS. Secrets are
 * replaced by their names, "<access_token>", before anything leaves this function.
 */
#ifndef CONFORMANCE_RUNNER_CASE_H
#define CONFORMANCE_RUNNER_CASE_H

#include <cjson/cJSON.h>

#include "adapter/adapter.h"
#include "judge/findings.h"
#include "options.h"
#include "plan.h"
#include "runner/world.h"

struct bench {
    struct adapter adapter;
    struct world world;
    const struct options *options;
};

/* The adapter must live. Never NULL. */
cJSON *case_run(struct bench *bench, const struct item *item);

/* A result without a run: SKIP, NOTRUN, ERROR with one sentence. */
cJSON *case_without_run(enum status status, const char *why);

#endif
