/*
 * What the documents leave open about Fungies, with our decision first (9) and what else could be true.
 *
 * The rows stand in the order of the facts' sections. The first choice is the default. A knob that the facts leave
 * without a name has one of ours.
 */
#include "base/number.h"
#include "providers/fungies/fungies.h"

static const char *const choices_401_400[] = {"401", "400", NULL};
static const char *const missing_secret_choices[] = {"401", "403", "400", NULL};
static const char *const second_cancel_choices[] = {"200", "400", "404", "409", NULL};
static const char *const not_cancellable_choices[] = {"400", "409", "422", NULL};
static const char *const choices_400_404[] = {"400", "404", NULL};
static const char *const choices_404_400[] = {"404", "400", NULL};
static const char *const choices_404_405[] = {"404", "405", NULL};
static const char *const hash_choices[] = {"optional", "exact", NULL};
static const char *const case_choices[] = {"any", "exact", NULL};
static const char *const error_choices[] = {"object", "string", "top_level", NULL};
static const char *const update_cancel_choices[] = {"free", "as_cancel", NULL};
static const char *const amount_choices[] = {"minor", "major", NULL};
static const char *const unfit_choices[] = {"400", "500", "500_text", NULL};
static const char *const take_choices[] = {"clamp", "refuse", NULL};
static const char *const count_choices[] = {"always", "on_request", NULL};
static const char *const text_choices[] = {"own", "sample", "reason_phrase", NULL};
static const char *const schema_choices[] = {"given", "newer", NULL};
const char *const fungies_success_words[] = {"success", "<string>", "ok", NULL};

#define PACE .is_delay = true, .initial = DELAY_NEVER, .clause = "7"

const struct knob fungies_knobs[KNOB_COUNT] = {
    [KNOB_MISSING_PUBLIC] = {"missing_public", choices_401_400, .clause = "2",
                             .meaning = "status of a request without a public key"},
    [KNOB_MISSING_SECRET] = {"missing_secret", missing_secret_choices, .clause = "2",
                             .meaning = "status of a write without a secret key"},
    [KNOB_HASH_PREFIX] = {"hash_prefix", hash_choices, .clause = "4",
                          .meaning = "whether '#12' and '12' name one order, or only the form that answers show"},
    [KNOB_UUID_CASE] = {"uuid_case", case_choices, .clause = "4", .meaning = "whether an id in upper case matches"},
    [KNOB_BAD_ID] = {"bad_id", choices_400_404, .clause = "4",
                     .meaning = "status when the path holds neither a UUID nor a number"},
    [KNOB_STRICT_BODY] = {"strict_body", KNOB_OFF_ON, .clause = "4",
                          .meaning = "whether members of a body that its route does not have are refused"},
    [KNOB_415] = {"415", KNOB_OFF_ON, .clause = "4",
                  .meaning = "whether a body of another Content-Type is refused with 415, or taken for an empty one"},
    [KNOB_NOT_FOUND] = {"not_found", choices_404_400, .clause = "6, 9 A16",
                        .meaning = "status for an unknown order or payment"},
    [KNOB_NOT_CANCELLABLE] = {"not_cancellable", not_cancellable_choices, .clause = "6",
                              .meaning = "status for an order that can not be cancelled"},
    [KNOB_WRONG_METHOD] = {"wrong_method", choices_404_405, .clause = "1, 6",
                           .meaning = "status for a known path with another method"},
    [KNOB_THROTTLE_SECONDS] = {"throttle_seconds", .least = 0, .most = 3600, .clause = "6, 8",
                               .meaning =
                                   "seconds that a workspace must leave between requests; sooner is 429; 0: any"},
    [KNOB_FAILURE_UNDER_200] = {"failure_under_200", KNOB_OFF_ON, .clause = "6, 9 A15",
                                .meaning = "whether every failure comes under HTTP 200"},
    [KNOB_ERROR_FORM] = {"error_form", error_choices, .clause = "6",
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
    [KNOB_SECOND_CANCEL] = {"second_cancel", second_cancel_choices, .clause = "7, 9 A14",
                            .meaning = "what cancelling a cancelled order answers"},
    [KNOB_UPDATE_CANCEL] = {"update_cancel", update_cancel_choices, .clause = "8",
                            .meaning = "whether an update to CANCELLED is free, or follows the rules of a cancel"},
    [KNOB_UPDATE_AMOUNTS] = {"update_amounts", amount_choices, .clause = "8, 9 A12",
                             .meaning = "what the amounts of an update count: minor units, or 25.99 of the currency"},
    [KNOB_UNFIT_AMOUNT] = {"unfit_amount", unfit_choices, .clause = "6, 8",
                           .meaning = "what an update to an amount beyond 2^53 - 1 gives, which no answer could show"},
    [KNOB_DEFAULT_TAKE] = {"default_take", .initial = 100, .least = 1, .most = 100, .clause = "8, 9 A13",
                           .meaning = "how many rows a list gives that names no take"},
    [KNOB_TAKE_OVER_100] = {"take_over_100", take_choices, .clause = "8",
                            .meaning = "whether a take above 100 is held to 100, or refused"},
    [KNOB_LIST_COUNT] = {"list_count", count_choices, .clause = "8",
                         .meaning =
                             "whether count is a number unless returnCount=false, or only with returnCount=true"},
    [KNOB_HAS_MORE] = {"has_more", KNOB_OFF_ON, .clause = "8", .meaning = "whether a list tells data.hasMore"},
    [KNOB_TEXTS] = {"texts", text_choices, .clause = "9 A1",
                    .meaning = "error texts: ours, the one of the page's sample, or the status' reason phrase"},
    [KNOB_SUCCESS_STATUS] = {"success_status", fungies_success_words, .clause = "9 A2",
                             .meaning = "the word in `status` of a success; clients must not accept another"},
    [KNOB_STALE_STATUS_IN_ANSWER] = {"stale_status_in_answer", KNOB_OFF_ON, .clause = "9 A3",
                                     .meaning = "whether a cancel answers with the state before it"},
    [KNOB_ID_ONLY] = {"id_only", KNOB_OFF_ON, .clause = "9 A7", .meaning = "whether the path takes ids alone"},
    [KNOB_NULL_USER_ID] = {"null_user_id", KNOB_OFF_ON, .clause = "9 A8", .meaning = "whether userId is null"},
    [KNOB_SCHEMA] = {"schema", schema_choices, .clause = "9 A9",
                     .meaning = "members of an order and a payment: the given page's, or those of newer samples"},
    [KNOB_EMIT_HASH] = {"emit_hash", KNOB_OFF_ON, .clause = "9 A10",
                        .meaning = "whether number and orderNumber begin with '#' in answers"},
    [KNOB_PAYMENT_PACE] = {"payment_pace", PACE, .meaning = "when the payment of an open order goes through"},
    [KNOB_PAYMENT_FAILED_PACE] = {"payment_failed_pace", PACE, .meaning = "when the payment of an open order fails"},
    [KNOB_PAYMENT_MISSED_PACE] = {"payment_missed_pace", PACE, .meaning = "when a pending order is left unpaid"},
    [KNOB_PAYMENT_REFUNDED_PACE] = {"payment_refunded_pace", PACE, .meaning = "when a paid order is refunded"},
    [KNOB_EXPIRE_PACE] = {"expire_pace", PACE, .meaning = "when an open order expires"},
};

int fungies_chosen_status(const struct exchange *x, unsigned knob)
{
    int64_t status = 0;
    number_read(fungies_knobs[knob].choices[exchange_knob(x, knob)], 100, 599, &status);
    return (int)status;
}
