/*
 * One documented exchange, played at a server: what it needs first, the request, the comparison, the state afterwards.
 *
 * What always holds
 *   - Where there is a control API, each exchange has a session of its own, whose clock stands at 2026-11-01T09:00:00Z
 *     and whose seed is 1; it is gone again afterwards. So exchanges know nothing of each other.
 *   - Where there is none, `then` is not looked at, and nothing is prepared but by earlier requests.
 *   - Every request is kept, with its answer, in the order of the talk.
 *
 *     struct replay replay;
 *     replay_run(&replay, &target, documented->exchange);
 *     if (replay.findings.count) …
 *     replay_release(&replay);
 */
#ifndef SERVER_REPLAY_H
#define SERVER_REPLAY_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "check/findings.h"
#include "http/control_client.h"
#include "mock_server/base/options.h"
#include "mock_server/base/url.h"
#include "server/compare.h"

/* Where the exchanges of one provider are played. */
struct replay_target {
    const char *provider;
    const struct url *url;
    const struct control_client *control;
    enum compare compare;
    int limit_ms;
    const char *ca_file;         /* for https; NULL: the system's authorities */
    const struct words *headers; /* "Name: value", sent with every request; NULL: none */
};

struct replay {
    struct findings findings; /* none: it is as documented */
    cJSON *wire;              /* array of journal entries */
    char *unreached;          /* why nobody could be connected to; NULL: somebody was */
    bool answered;            /* some request got an answer */
};

void replay_run(struct replay *replay, const struct replay_target *target, const cJSON *exchange);
void replay_release(struct replay *replay);

#endif
