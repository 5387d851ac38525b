/*
 * Cancels an order at one of several providers and says, truthfully, what came of it.
 *
 * Which providers there are, what credentials and arguments each takes and what they mean: `cancelorder providers`.
 *
 * What always holds
 *   - A cancel is never repeated blindly. Where an answer is lost, the order is read instead, and where
 *     that is not possible either, the result says that the effect is unknown.
 *   - Nothing is sent that is known to be wrong: such a request ends as CANCELORDER_INVALID with `local`
 *     set, and not one byte left the machine.
 *   - No redirect is followed, no proxy used, no credential appears in a URL or in a result.
 *   - Plain http is refused unless the host is this machine (127.0.0.0/8, ::1, localhost).
 *   - A refund is never claimed: no provider's cancel answer promises one.
 *
 * Who owns what
 *   The caller owns the request and everything it points to, for the length of the call. A result owns
 *   its texts; cancelorder_result_release() gives them back. A client may be used by one thread at a
 *   time; cancelorder_client_abort() alone may be called from any other thread. Exhausted memory ends
 *   the process with one message. Ignore SIGPIPE in the program (TLS libraries may raise it).
 *   pthread_cancel() takes effect when the call has ended; cancelorder_client_abort() ends it at once.
 *
 * Units and ranges
 *   Times are milliseconds. Ids, amounts and reasons are text, digits kept exactly as they came.
 *
 * Example
 *
 *     struct cancelorder_pair keys[] = {{"access_token", getenv("CANCEL_ACCESS_TOKEN")}};
 *     struct cancelorder_request request = {
 *         .provider = shop.provider,             // its name, as `cancelorder providers` writes it
 *         .operation = "cancel",
 *         .base_url = shop.base_url,             // https://api.example.com/v1
 *         .credentials = {keys, 1},
 *         .order_id = "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e",
 *         .reason_id = "3",
 *         .deadline_ms = 10000,
 *     };
 *     struct cancelorder_client *client = cancelorder_client_new();
 *     struct cancelorder_result result;
 *     cancelorder_client_run(client, &request, &result);
 *     puts(cancelorder_outcome_word(result.outcome));
 *     cancelorder_result_release(&result);
 *     cancelorder_client_free(client);
 */
#ifndef CANCELORDER_H
#define CANCELORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Every end an operation can have: name, word on the wire, exit code of the command line, meaning.
 * Exit code 0 = final and wanted, 3 = accepted but not final, 1 = anything else.
 */
#define CANCELORDER_OUTCOMES(X)                                                                                        \
    X(CANCELED, "canceled", 0, "the provider confirmed that the order is cancelled")                                   \
    X(ALREADY_CANCELED, "already_canceled", 0, "it was cancelled before; nothing was changed")                         \
    X(DELETED, "deleted", 0, "the draft is gone")                                                                      \
    X(OK, "ok", 0, "the read or the login succeeded (never the outcome of a cancel)")                                  \
    X(PENDING, "pending", 3, "accepted; whether it will be cancelled is not known yet")                                \
    X(PARTIAL, "partial", 3, "some items are cancelled, the order as a whole is not")                                  \
    X(REJECTED, "rejected", 1, "the provider's rules forbid it")                                                       \
    X(NOT_FOUND, "not_found", 1, "the provider knows no such order for this account")                                  \
    X(NOT_FOUND_OR_REJECTED, "not_found_or_rejected", 1,                                                               \
      "unknown order or no longer cancellable: the provider does not say which")                                       \
    X(UNAUTHORIZED, "unauthorized", 1, "the credentials are missing, wrong or expired")                                \
    X(FORBIDDEN, "forbidden", 1, "the credentials are valid but do not allow this")                                    \
    X(CONFLICT, "conflict", 1, "another change of this order is under way")                                            \
    X(INVALID, "invalid", 1, "the request is malformed or incomplete")                                                 \
    X(RATE_LIMITED, "rate_limited", 1, "the provider asks to slow down")                                               \
    X(SERVER_ERROR, "server_error", 1, "the provider failed; the effect is unknown")                                   \
    X(TIMEOUT, "timeout", 1, "no answer in time; see `sent` for whether it may have had effect")                       \
    X(TRANSPORT_ERROR, "transport_error", 1, "the connection failed; see `sent`")                                      \
    X(PROTOCOL_ERROR, "protocol_error", 1, "the answer is not one that this API gives")                                \
    X(ABORTED, "aborted", 1, "stopped on request")                                                                     \
    X(UNKNOWN, "unknown", 1, "it cannot be told whether the order is cancelled")

#define CANCELORDER_OUTCOME_MEMBER(name, word, code, meaning) CANCELORDER_##name,
enum cancelorder_outcome { CANCELORDER_OUTCOMES(CANCELORDER_OUTCOME_MEMBER) };
#undef CANCELORDER_OUTCOME_MEMBER

/* Whether the changing request left this machine: NO = not one byte, YES = the provider answered it. */
enum cancelorder_sent { CANCELORDER_SENT_NO, CANCELORDER_SENT_MAYBE, CANCELORDER_SENT_YES };

/* An optional yes or no; UNSET leaves the member out and the provider's default in force. */
enum cancelorder_choice { CANCELORDER_UNSET, CANCELORDER_NO, CANCELORDER_YES };

struct cancelorder_pair {
    const char *name;
    const char *value;
};

struct cancelorder_pairs {
    const struct cancelorder_pair *rows;
    size_t count;
};

/* One operation. Zero everywhere means 'not given'. */
struct cancelorder_request {
    const char *provider;
    const char *operation; /* "cancel", "get_order", "get_report", "login" */
    const char *base_url;  /* with the version, e.g. https://api.example.com/v1; host as A-label */
    struct cancelorder_pairs credentials;

    const char *order_id;
    const char *reason_id; /* of the order, or one for every item of it that is cancelled */
    const char *method;    /* where there are several; NULL = chosen by the order's state */

    /* Below: for providers that cancel single items. An argument that a provider does not take is ignored. */
    bool only_items; /* true cancels `items`, false the whole order */
    const char *const *items;
    size_t item_count;
    struct cancelorder_pairs reasons;      /* item id, reason id */
    struct cancelorder_pairs ibans;        /* fund transfer only: item id, IBAN */
    struct cancelorder_pairs holder_names; /* fund transfer only: item id, name */
    enum cancelorder_choice is_cargo_refund;
    enum cancelorder_choice return_details;
    const char *refund_invoice_number;

    int64_t deadline_ms;   /* bounds everything, reads included; 0 = 30,000 */
    const char *ca_file;   /* PEM file of trusted authorities; NULL = the system's */
    const char *state_dir; /* remembers successes across restarts; NULL = nothing is remembered */
};

enum cancelorder_kind {
    CANCELORDER_TEXT,
    CANCELORDER_NUMBER, /* text is the number exactly as the provider wrote it */
    CANCELORDER_NULL    /* the provider said null; text is NULL */
};

struct cancelorder_field {
    char *name;
    enum cancelorder_kind kind;
    char *text;
};

struct cancelorder_fields {
    struct cancelorder_field *rows;
    size_t count;
};

struct cancelorder_item {
    char *id;
    enum cancelorder_outcome outcome;
    char *state; /* as the provider gave it, or NULL */
};

/* What came of it. A text that is NULL was not given. */
struct cancelorder_result {
    enum cancelorder_outcome outcome;
    bool local;          /* refused here: the changing request was not sent */
    bool effect_unknown; /* the order may be cancelled although the outcome does not say so */
    bool answer_lost;    /* the reason for that: no whole, readable answer to the cancel came back */
    int http_status;     /* of the deciding answer; 0 = none */
    int attempts;        /* changing requests that went out on the wire, wholly or in part */
    enum cancelorder_sent sent;
    int64_t retry_after_ms; /* -1 = the provider did not say */
    char *provider_code;    /* the provider's own code, unchanged */
    char *message;          /* the provider's own text, byte for byte; without one, a sentence of ours */
    char *note;             /* ours: what it means, what is unknown, what to do next */
    char *kind; /* "cancel", or "return" when the items were shipped already; NULL where there is no such difference */
    char *request_id;
    struct cancelorder_fields order;  /* what the answer said of the order */
    struct cancelorder_fields *lines; /* and of its line items, in their order */
    size_t line_count;
    struct cancelorder_fields field_errors; /* name repeats where a field has several texts */
    struct cancelorder_item *items;
    size_t item_count;
};

struct cancelorder_client;

/* A client keeps connections and log-in tokens between calls. */
struct cancelorder_client *cancelorder_client_new(void);
void cancelorder_client_free(struct cancelorder_client *client);

/* Runs one operation. Fills `result` in every case; returns its outcome. */
enum cancelorder_outcome cancelorder_client_run(struct cancelorder_client *client,
                                                const struct cancelorder_request *request,
                                                struct cancelorder_result *result);

/*
 * Ends the operation under way, from any thread: it returns CANCELORDER_ABORTED at once and sends
 * nothing more. The abort stays in force for later calls until cancelorder_client_rearm().
 */
void cancelorder_client_abort(struct cancelorder_client *client);
void cancelorder_client_rearm(struct cancelorder_client *client);

void cancelorder_result_release(struct cancelorder_result *result);

/* One line of JSON with every member that has a value. The caller frees it with free(). */
char *cancelorder_result_json(const struct cancelorder_result *result);

const char *cancelorder_outcome_word(enum cancelorder_outcome outcome);
const char *cancelorder_outcome_meaning(enum cancelorder_outcome outcome);
int cancelorder_outcome_exit_code(enum cancelorder_outcome outcome);
const char *cancelorder_version(void);

#endif
