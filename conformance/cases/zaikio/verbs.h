/*
 * Verbs that only Zaikio's rows need: which of its calls may follow the state that the client was shown, and what they
 * may say of the order that it was shown. Conventions as in judge/verbs.h.
 */
#ifndef CASES_ZAIKIO_VERBS_H
#define CASES_ZAIKIO_VERBS_H

#include "judge/verbs.h"

/* clang-format off */

/* No DELETE follows an answer that showed the order in another state than "draft". */
#define DELETES_ONLY_DRAFTS {zaikio_deletes_only_drafts, 0, 0, "no DELETE after an answer that showed another state than draft"}

/* No body says of an order another value than the answer before it showed; its state_event aside (4, 9 A14). */
#define ECHOES_ARE_TRUE {zaikio_echoes_are_true, 0, 0, "no member of the order in a body with another value than was read"}

/* clang-format on */

verb_judge zaikio_echoes_are_true;
verb_judge zaikio_deletes_only_drafts;

#endif
