/*
 * Verbs that only Akinon's rows need: members of the cancel call's body that depend on one another (is_all and
 * cancel_items, cancel_items and reasons), and what the vendor calls a return.
 *
 *     .holds = {RIGHT_CHOICE_IF_SENT, REASONS_COVER_IF_SENT("81001 81002")}
 *
 * Conventions as in judge/verbs.h. Names that end in IF_SENT hold where there is no request to look at.
 */
#ifndef CASES_AKINON_VERBS_H
#define CASES_AKINON_VERBS_H

#include "judge/verbs.h"

/* clang-format off */

/* Either "is_all" is true and cancel_items is [], or it is not and cancel_items holds distinct integers, one at least. */
#define RIGHT_CHOICE_IF_SENT {akinon_right_choice, 0, 0, "is_all with [], or distinct integers in cancel_items"}
/* "reasons" has every item of cancel_items, and every one of these (blank between; P) if "is_all" is true. */
#define REASONS_COVER_IF_SENT(items) {akinon_reasons_cover, 0, items, "each item of the call has a reason; of a whole order: %2"}
/* User name and password are in no request but the log-in. */
#define ACCOUNT_ONLY_AT_LOGIN {akinon_account_only_at_login, 0, 0, "user name and password are in no request but the log-in"}
/* Some text beside "order" and "items" speaks of a return or refund; if none does, the check is UNOBSERVABLE. */
#define TOLD_AS_RETURN {akinon_told_as_return, 0, 0, "the report speaks of a return or refund; a gap where it does not"}

/* clang-format on */

verb_judge akinon_right_choice, akinon_reasons_cover, akinon_account_only_at_login, akinon_told_as_return;

#endif
