/*
 * The control calls of a server as a file: one JSON object a line, for those who want to see what a test script did,
 * and for the check that every answer is as the OpenAPI document has it.
 *
 *     {"at":"2026-11-01T09:00:00.000000Z","method":"POST","path":"/_mock/orders/shop","query":null,"body":{},
 *      "status":201,"answer":{…}}
 *
 * `at` is real time. `body` and `answer` are JSON values, or a string where they are no JSON, or null. Secrets are
 * masked as in the journal of requests (journal/secrets.h). A line has left before its answer does
 * (base/line_writer.h). call_journal_add() may be called from any thread.
 */
#ifndef CONTROL_CALL_JOURNAL_H
#define CONTROL_CALL_JOURNAL_H

#include "base/line_writer.h"
#include "control/control.h"

struct call_journal;

/* Appends to the file. NULL, with the reason in `problem`, when it cannot be opened. */
struct call_journal *call_journal_open(const char *path, line_teller *tell, void *context,
                                       struct text *problem) WARN_UNUSED;
/* NULL is fine: then nothing is written. */
void call_journal_add(struct call_journal *journal, const struct control *control,
                      const struct control_request *request, const struct control_answer *answer);
/* 0, or -1 when something could not be written. NULL is fine. */
int call_journal_close(struct call_journal *journal);

#endif
