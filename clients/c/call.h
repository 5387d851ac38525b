#ifndef CALL_H
#define CALL_H

/*
 * One operation under way, and the steps that all providers take alike: sending a shape, logging in
 * when there is no token, and opening an answer for judgement.
 *
 * Time: every exchange gets a share of what is left until the deadline. A cancel that can be looked up
 * afterwards takes CALL_SHARE_CANCEL of it, so that a silent server leaves time for the look-up; a read
 * before the cancel takes CALL_SHARE_BEFORE.
 */

#include "provider.h"
#include "session.h"
#include "support/clock.h"
#include "support/json.h"
#include "support/secrets.h"

enum { CALL_SHARE_BEFORE = 40, CALL_SHARE_CANCEL = 70, CALL_SHARE_ALL = 100 };

struct cancelorder_client {
    struct http *http;
    struct session_cache sessions;
};

struct call {
    struct cancelorder_client *client;
    const struct client_provider *provider;
    const struct cancelorder_request *request;
    struct cancelorder_result *result;
    struct deadline deadline;
    struct secrets secrets;
    const char *token_name; /* the credential that a log-in replaces; NULL = none did */
    char *token;
    bool renewed; /* a 401 was answered by logging in; it is done once */
};

/* How a provider's log-in works. */
struct login_rules {
    const char *token_name;                                             /* the credential that it yields */
    const char *key_names[2];                                           /* the credentials that it takes */
    int (*login)(struct call *call, char **token, int64_t *expires_ms); /* -1: result says why */
};

/* The credential, or the token of a log-in in its place; NULL if absent. */
const char *call_credential(const struct call *call, const char *name);
const char *request_credential(const struct cancelorder_request *request, const char *name);

/* Sends `shape` with `body` (NULL = none) and fills `answer`, which the caller releases. */
void call_send(struct call *call, const struct wire_shape *shape, const char *body, int share_percent,
               struct http_answer *answer);

/* Sees to it that there is a token: given, remembered or by log-in. 0, or -1 with the result filled. */
int call_log_in(struct call *call, const struct login_rules *rules);

/* After a 401: true if a new token was got by logging in, at most once an operation. */
bool call_renew(struct call *call, const struct login_rules *rules);

/* A digest that stands for the account in stored results. */
void call_account(const struct cancelorder_request *request, const char *const *names, size_t count,
                  char out[SHA256_HEX + 1]);

/*
 * An answer opened for judgement. `body` is NULL if it is no JSON. The outcome is preset from `rules`.
 *
 *     struct judgement j;
 *     if (judgement_open(&j, answer, rules, RULE_COUNT(rules), result)) {
 *         ... refine j.result from j.body ...
 *     }
 *     judgement_close(&j);
 */
struct judgement {
    const struct http_answer *answer;
    struct cancelorder_result *result;
    struct json_document document;
    const struct json_value *body;
};

#define RULE_COUNT(rules) (sizeof(rules) / sizeof *(rules))

/* False if the transport has decided already (time-out, broken connection …). */
bool judgement_open(struct judgement *judgement, const struct http_answer *answer, const struct status_rule *rules,
                    size_t count, struct cancelorder_result *result);
/* Adds what every outcome deserves: a sentence where the provider gave none. */
void judgement_close(struct judgement *judgement);

/* The answer is not what a success looks like: nothing can be concluded from it. */
void judgement_unfit(struct judgement *judgement, const char *why);

/* A look-up told what a lost answer did not: sets the outcome and replaces the texts about the loss. */
void result_settle(struct cancelorder_result *result, enum cancelorder_outcome outcome, const char *note);

/* Another cancel of the same order is under way on this machine: refused here. */
void result_busy(struct cancelorder_result *result);

/* Refusals that several providers share: 0, or -1 with the refusal in `result`. */
int check_header_credential(const struct cancelorder_request *request, struct cancelorder_result *result,
                            const char *name);
int check_body_credential(const struct cancelorder_request *request, struct cancelorder_result *result,
                          const char *name);
/* For providers with a log-in: both keys of the account; and the token, or else the keys it can be had with. `keys` has
 * two names. */
int check_login_keys(const struct cancelorder_request *request, struct cancelorder_result *result,
                     const char *const keys[2]);
int check_token_or_keys(const struct cancelorder_request *request, struct cancelorder_result *result, const char *token,
                        const char *const keys[2]);
bool has_credential(const struct cancelorder_request *request, const char *name);

#endif
