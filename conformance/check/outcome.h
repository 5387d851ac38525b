/*
 * What a client may say of an operation: the outcomes of the adapter protocol, one list for everything that
 * needs their names or their order. An expectation is a set of them, so each is a bit.
 *
 *     unsigned accepted = OUT_CANCELED | OUT_ALREADY_CANCELED;
 *     unsigned said = outcome_from_name("canceled");      // OUT_CANCELED; 0 when the word is not an outcome
 *     if (!(said & accepted)) ...
 */
#ifndef CHECK_OUTCOME_H
#define CHECK_OUTCOME_H

#define OUTCOMES(X)                                                                                                    \
    X(CANCELED, "canceled")                                                                                            \
    X(ALREADY_CANCELED, "already_canceled")                                                                            \
    X(PENDING, "pending")                                                                                              \
    X(PARTIAL, "partial")                                                                                              \
    X(DELETED, "deleted")                                                                                              \
    X(REJECTED, "rejected")                                                                                            \
    X(NOT_FOUND, "not_found")                                                                                          \
    X(NOT_FOUND_OR_REJECTED, "not_found_or_rejected")                                                                  \
    X(UNAUTHORIZED, "unauthorized")                                                                                    \
    X(FORBIDDEN, "forbidden")                                                                                          \
    X(CONFLICT, "conflict")                                                                                            \
    X(INVALID, "invalid")                                                                                              \
    X(RATE_LIMITED, "rate_limited")                                                                                    \
    X(SERVER_ERROR, "server_error")                                                                                    \
    X(TIMEOUT, "timeout")                                                                                              \
    X(TRANSPORT_ERROR, "transport_error")                                                                              \
    X(PROTOCOL_ERROR, "protocol_error")                                                                                \
    X(ABORTED, "aborted")                                                                                              \
    X(UNKNOWN, "unknown")                                                                                              \
    X(OK, "ok") /* a read or a log-in that worked; never the outcome of a cancel */

enum outcome_index {
#define X(name, word) OUTCOME_INDEX_##name,
    OUTCOMES(X)
#undef X
        OUTCOME_COUNT
};

enum outcome {
#define X(name, word) OUT_##name = 1 << OUTCOME_INDEX_##name,
    OUTCOMES(X)
#undef X
};

/* The client claims that the cancellation is a fact. */
#define OUT_SUCCESS (OUT_CANCELED | OUT_ALREADY_CANCELED | OUT_DELETED)

/* The client claims that something was or will be done: what no failure may be reported as. */
#define OUT_CLAIMS (OUT_SUCCESS | OUT_PENDING | OUT_PARTIAL)

/* The client says that it cannot know whether the order was cancelled. */
#define OUT_UNCLEAR (OUT_SERVER_ERROR | OUT_TIMEOUT | OUT_TRANSPORT_ERROR | OUT_PROTOCOL_ERROR | OUT_UNKNOWN)

/* Every outcome that is neither a claim nor an abort; for rules that only say what must not be claimed. */
#define OUT_ANY_FAILURE                                                                                                \
    (OUT_REJECTED | OUT_NOT_FOUND | OUT_NOT_FOUND_OR_REJECTED | OUT_UNAUTHORIZED | OUT_FORBIDDEN | OUT_CONFLICT |      \
     OUT_INVALID | OUT_RATE_LIMITED | OUT_UNCLEAR)

/* Nothing went out: refused by the client, or by a check below it that has no better word. */
#define OUT_REFUSED_UNSENT (OUT_INVALID | OUT_TRANSPORT_ERROR | OUT_UNKNOWN | OUT_PROTOCOL_ERROR)

/* Everything but success: also "accepted, not confirmed". For cases in which success would be a guess. */
#define OUT_NO_SUCCESS (OUT_ANY_FAILURE | OUT_PENDING)

/* 0 when the word is no outcome; words are compared exactly. */
unsigned outcome_from_name(const char *word);

/* The word of one outcome; "?" when `outcome` is not exactly one. */
const char *outcome_name(unsigned outcome);

/* "canceled or pending", for people; to be freed. */
char *outcome_set_text(unsigned set);

#endif
