/*
 * A verb that only Zaikio's rows need: which of its calls may follow the state that the client was shown. Conventions
 * as in judge/verbs.h.
 */
#ifndef CASES_ZAIKIO_VERBS_H
#define CASES_ZAIKIO_VERBS_H

#include "judge/verbs.h"

/* clang-format off */

/* No DELETE follows an answer that showed the order in another state than "draft". */
#define DELETES_ONLY_DRAFTS {zaikio_deletes_only_drafts, 0, 0, "no DELETE after an answer that showed another state than draft"}

/* clang-format on */

verb_judge zaikio_deletes_only_drafts;

#endif
