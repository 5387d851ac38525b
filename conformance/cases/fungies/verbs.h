/*
 * Verbs that only Fungies' rows need: two keys in two headers, the answer that proves a cancel, and words about money.
 *
 *     .holds = {KEYS_IN_PLACE, CLAIM_IS_BACKED}
 *
 * Conventions as in judge/verbs.h.
 */
#ifndef CASES_FUNGIES_VERBS_H
#define CASES_FUNGIES_VERBS_H

#include "judge/verbs.h"

/* clang-format off */

/* In no request does a key stand in another header than its own; one key in the other's header counts as well. */
#define KEYS_IN_PLACE {fungies_keys_in_place, 0, 0, "each key stands in its own header alone"}
/* Who reports success has had an answer with the order CANCELLED in it. */
#define CLAIM_IS_BACKED {fungies_claim_is_backed, 0, 0, "success is reported only after an answer with the order CANCELLED"}
/* No text of the report says that money was or will be refunded; to say that it was not is fine. */
#define NO_REFUND_CLAIMED {fungies_no_refund_claimed, 0, 0, "no text of the report says that money is refunded"}

/* clang-format on */

verb_judge fungies_keys_in_place, fungies_claim_is_backed, fungies_no_refund_claimed;

#endif
