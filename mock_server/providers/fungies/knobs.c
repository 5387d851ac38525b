/*
 * What the documents leave open about Fungies, with our decision first (9) and what else could be true.
 *
 * The rows stand in the order of the facts' sections. The first choice is the default. A knob that the facts leave
 * without a name has one of ours.
 */
#include <assert.h>

#include "providers/fungies/fungies.h"

static const char *const status_401_400[] = {"401", "400", NULL};
static const char *const status_401_403_400[] = {"401", "403", "400", NULL};
static const char *const status_200_400_404_409[] = {"200", "400", "404", "409", NULL};
static const char *const status_400_409_422[] = {"400", "409", "422", NULL};
static const char *const status_400_404[] = {"400", "404", NULL};
static const char *const status_404_400[] = {"404", "400", NULL};
static const char *const status_404_405[] = {"404", "405", NULL};
static const char *const success_words[] = {"success", "<string>", "ok", NULL};

#define DELAY .is_delay = true, .initial = DELAY_NEVER, .clause = "7"

const struct knob fungies_knobs[] = {
    [KNOB_MISSING_PUBLIC] = {"missing_public", status_401_400, .clause = "2",
                             .meaning = "status of a request without a public key"},
    [KNOB_MISSING_SECRET] = {"missing_secret", status_401_403_400, .clause = "2",
                             .meaning = "status of a write without a secret key"},
    [KNOB_HASH_PREFIX] = {"hash_prefix", KNOB_WORDS(HASH_PREFIX), .clause = "4",
                          .meaning = "whether '#12' and '12' name one order, or only the form that answers show"},
    [KNOB_UUID_CASE] = {"uuid_case", KNOB_WORDS(UUID_CASE), .clause = "4",
                        .meaning = "whether an id in upper case matches"},
    [KNOB_BAD_ID] = {"bad_id", status_400_404, .clause = "4",
                     .meaning = "status when the path holds neither a UUID nor a number"},
    [KNOB_STRICT_BODY] = {"strict_body", KNOB_OFF_ON, .clause = "4",
                          .meaning = "whether members of a body that its route does not have are refused"},
    [KNOB_415] = {"415", KNOB_OFF_ON, .clause = "4",
                  .meaning = "whether a body of another Content-Type is refused with 415, or taken for an empty one"},
    [KNOB_NOT_FOUND] = {"not_found", status_404_400, .clause = "6, 9 A16",
                        .meaning = "status for an unknown order or payment"},
    [KNOB_NOT_CANCELLABLE] = {"not_cancellable", status_400_409_422, .clause = "6",
                              .meaning = "status for an order that can not be cancelled"},
    [KNOB_WRONG_METHOD] = {"wrong_method", status_404_405, .clause = "1, 6",
                           .meaning = "status for a known path with another method"},
    [KNOB_THROTTLE_SECONDS] = {"throttle_seconds", .least = 0, .most = 3600, .clause = "6, 8",
                               .meaning =
                                   "seconds that a workspace must leave between requests; sooner is 429; 0: any"},
    [KNOB_FAILURE_UNDER_200] = {"failure_under_200", KNOB_OFF_ON, .clause = "6, 9 A15",
                                .meaning = "whether every failure comes under HTTP 200"},
    [KNOB_ERROR_FORM] = {"error_form", KNOB_WORDS(ERROR_FORM), .clause = "6",
                         .meaning = "where a failure's text stands: error.message, error itself, or message"},
    [KNOB_PAID_CANCELLABLE] = {"paid_cancellable", KNOB_ON_OFF, .clause = "7",
                               .meaning = "whether a paid order can be cancelled"},
    [KNOB_FAILED_CANCELLABLE] = {"failed_cancellable", KNOB_OFF_ON, .clause = "7",
                                 .meaning = "whether an order whose payment failed can be cancelled"},
    [KNOB_EXPIRED_CANCELLABLE] = {"expired_cancellable", KNOB_OFF_ON, .clause = "7",
                                  .meaning = "whether an expired order can be cancelled"},
    [KNOB_REFUNDED_CANCELLABLE] = {"refunded_cancellable", KNOB_OFF_ON, .clause = "7",
                                   .meaning = "whether a refunded order can be cancelled"},
    [KNOB_PARTIALLY_REFUNDED_CANCELLABLE] = {"partially_refunded_cancellable", KNOB_OFF_ON, .clause = "7",
                                             .meaning = "whether a partially refunded order can be cancelled"},
    [KNOB_SECOND_CANCEL] = {"second_cancel", status_200_400_404_409, .clause = "7, 9 A14",
                            .meaning = "what cancelling a cancelled order answers"},
    [KNOB_UPDATE_CANCEL] = {"update_cancel", KNOB_WORDS(UPDATE_CANCEL), .clause = "8",
                            .meaning = "whether an update to CANCELLED is free, or follows the rules of a cancel"},
    [KNOB_UPDATE_AMOUNTS] = {"update_amounts", KNOB_WORDS(UPDATE_AMOUNTS), .clause = "8, 9 A12",
                             .meaning = "what the amounts of an update count: minor units, or 25.99 of the currency"},
    [KNOB_UNFIT_AMOUNT] = {"unfit_amount", KNOB_WORDS(UNFIT_AMOUNT), .clause = "6, 8",
                           .meaning = "what an update to an amount beyond 2^53 - 1 gives, which no answer could show"},
    [KNOB_DEFAULT_TAKE] = {"default_take", .initial = 100, .least = 1, .most = 100, .clause = "8, 9 A13",
                           .meaning = "how many rows a list gives that names no take"},
    [KNOB_TAKE_OVER_100] = {"take_over_100", KNOB_WORDS(TAKE_OVER_100), .clause = "8",
                            .meaning = "whether a take above 100 is held to 100, or refused"},
    [KNOB_LIST_COUNT] = {"list_count", KNOB_WORDS(LIST_COUNT), .clause = "8",
                         .meaning =
                             "whether count is a number unless returnCount=false, or only with returnCount=true"},
    [KNOB_HAS_MORE] = {"has_more", KNOB_ON_OFF, .clause = "8, 9 A21", .meaning = "whether a list tells data.hasMore"},
    [KNOB_TEXTS] = {"texts", KNOB_WORDS(TEXTS), .clause = "9 A1",
                    .meaning = "error texts: ours, the one of the page's sample, or the status' reason phrase"},
    [KNOB_SUCCESS_STATUS] = {"success_status", success_words, .clause = "9 A2",
                             .meaning = "the word in `status` of a success; clients must not accept another"},
    [KNOB_STALE_STATUS_IN_ANSWER] = {"stale_status_in_answer", KNOB_OFF_ON, .clause = "9 A3",
                                     .meaning = "whether a cancel answers with the state before it"},
    [KNOB_ID_ONLY] = {"id_only", KNOB_OFF_ON, .clause = "9 A7", .meaning = "whether the path takes ids alone"},
    [KNOB_NULL_USER_ID] = {"null_user_id", KNOB_OFF_ON, .clause = "9 A8", .meaning = "whether userId is null"},
    [KNOB_SCHEMA] = {"schema", KNOB_WORDS(SCHEMA), .clause = "9 A9",
                     .meaning = "members of an order and a payment: the given page's, or those of newer samples"},
    [KNOB_EMIT_HASH] = {"emit_hash", KNOB_OFF_ON, .clause = "9 A10",
                        .meaning = "whether number and orderNumber begin with '#' in answers"},
    [KNOB_PAYMENT_PACE] = {"payment_pace", DELAY, .meaning = "when the payment of an open order goes through"},
    [KNOB_PAYMENT_FAILED_PACE] = {"payment_failed_pace", DELAY, .meaning = "when the payment of an open order fails"},
    [KNOB_PAYMENT_MISSED_PACE] = {"payment_missed_pace", DELAY, .meaning = "when a pending order is left unpaid"},
    [KNOB_PAYMENT_REFUNDED_PACE] = {"payment_refunded_pace", DELAY, .meaning = "when a paid order is refunded"},
    [KNOB_EXPIRE_PACE] = {"expire_pace", DELAY, .meaning = "when an open order expires"},
};

static_assert(COUNT_OF(fungies_knobs) == KNOB_COUNT, "a row for each number");
