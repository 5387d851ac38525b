/* A failure in words, for the terminal and for the bodies of other reports. */
#ifndef REPORT_TEXT_H
#define REPORT_TEXT_H

#include "check/run.h"

/* "the method of the cancel call: expected PUT, got POST", fit for a terminal; to be freed. Empty when nothing was
 * found. */
char *text_of_first_finding(const struct slot *slot);

/*
 * Everything: rule, level, clause, requirement, findings, the exchanges as they went over the wire, the adapter's
 * answer, its standard error, and the command that repeats just this check; of a session's check, those that repeat the
 * checks which its findings name. To be freed. Control characters other than
 * line feeds (C1 and DEL too) and those that turn a text's direction around are written as \xNN or \uNNNN, so that no
 * client can play tricks on a terminal.
 */
char *text_of_failure(const struct run *run, const struct slot *slot);

/* The parts of it, each to be freed: a list of findings as results have them, a list of journal entries under a title,
 * one line with a label. */
char *text_of_findings(const cJSON *findings);
char *text_of_exchanges(const cJSON *requests, const char *title);
char *text_of_line(const char *label, const char *text);

/* A text that came from outside, fit for a terminal; to be freed. */
char *text_safe(const char *text);

/* "12 passed, 1 failed, 2 skipped"; to be freed. */
char *text_of_counts(const struct tally *tally);

#endif
