/*
 * Verbs that only iletiMerkezi's rows need: what get-report allows between and after cancels. Its answer is read from
 * the journal, not guessed.
 *
 *     .expect = {.holds = {ASKED_BEFORE_REPEAT, NO_CANCEL_ONCE_CLOSED}}
 *
 * Conventions as in judge/verbs.h.
 */
#ifndef CASES_ILETIMERKEZI_VERBS_H
#define CASES_ILETIMERKEZI_VERBS_H

#include "judge/verbs.h"

/* clang-format off */

/* A cancel that follows another is allowed by a get-report in between that said 456, still scheduled. */
#define ASKED_BEFORE_REPEAT {iletimerkezi_asked_before_repeat, 0, 0, "a cancel that follows another comes after a get-report that said 456"}
/* No cancel follows a get-report that said 113 or 114. */
#define NO_CANCEL_ONCE_CLOSED {iletimerkezi_no_cancel_once_closed, 0, 0, "no cancel follows a get-report that said 113 or 114"}

/* clang-format on */

verb_judge iletimerkezi_asked_before_repeat, iletimerkezi_no_cancel_once_closed;

#endif
