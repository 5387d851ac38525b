/*
 * What came of all exchanges: one slot each, and the counts and the exit code that are made from the slots alone.
 */
#ifndef SERVER_RESULT_H
#define SERVER_RESULT_H

#include <stddef.h>

#include <cjson/cJSON.h>

#include "server/exchanges.h"

enum outcome_of_replay {
    REPLAY_NOT_ASKED,
    REPLAY_PASSED,
    REPLAY_FAILED,
};

struct replay_slot {
    const struct documented *documented;
    enum outcome_of_replay outcome;
    cJSON *findings; /* of one that failed: as report/text.h wants them */
    cJSON *wire;
    char *needs; /* of one that was not asked: what is missing */
};

struct result {
    const struct server_settings *settings;
    const struct exchanges *exchanges;
    struct supply *supply;     /* fresh orders of the vendor's */
    struct replay_slot *slots; /* as many as there are exchanges, in its order */
    char *unreached;           /* why a server could not be reached; NULL: all could */
    bool journal_lost;         /* lines of the journal file are missing */
};

struct replay_counts {
    size_t of[3]; /* by outcome */
};

void result_init(struct result *result, const struct server_settings *settings, const struct exchanges *exchanges);
void result_release(struct result *result);

/* All, or those of one provider. */
struct replay_counts result_count(const struct result *result, const char *provider);

/* 1 when some answer differs; else 3 when nothing passed, a server could not be reached or the journal
 * is not whole; else 0. */
int result_exit_code(const struct result *result);

#endif
