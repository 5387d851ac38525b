/*
 * What a session's journal says to a plan: the answer of POST /_mock/verify.
 *
 *     {"verdict": "failed", "evicted": 0, "checks": [
 *       {"expect": {…}, "verdict": "failed", "expected": "exactly 1 request", "actual": "2 requests",
 *        "matched": [3, 5], "closest": [], "message": "…"}]}
 *
 * A verdict is passed, failed or unknown. A journal that has forgotten requests (`evicted`) knows no less than what it
 * still has: what those settle is settled, and only what the forgotten ones could change is unknown. The plan failed
 * when one of its checks did; it passed when all did; else it is unknown.
 *
 * A request is in the journal before the first byte of its answer leaves, so a verdict is right as soon as a client has
 * its answer.
 */
#ifndef VERIFY_VERIFY_H
#define VERIFY_VERIFY_H

#include "base/json.h"
#include "base/shape.h"
#include "verify/plan.h"

struct provider;
struct session;

/* At most so many numbers stand in `matched` and in `closest`. */
#define VERIFY_MATCHED_MAX 20
#define VERIFY_CLOSEST_MAX 3

/*
 * The answer, to be deleted. NULL, and why in `report`, when a check would pass only because it names an order that
 * neither the session nor any request in its journal knows: that is a mistake of the plan, too.
 */
cJSON *verify(const struct plan *plan, struct session *session, const struct provider *const *providers,
              const struct shape_report *report) WARN_UNUSED;

#endif
