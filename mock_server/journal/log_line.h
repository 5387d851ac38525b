/*
 * One line a request, for a terminal or a log collector.
 *
 *     09:00:00.000 404 PUT /api/…/3e9c default shop cancel 3e9c CANCELED 212us | 5: no such order; id; expected …
 *     {"at":"…","session":"default","seq":7,"method":"PUT","target":"…","unread":null,"status":404,"happened":null,…}
 *
 * It tells the time, the session, what was asked and answered (or what happened in an answer's place: `RST`,
 * `silence`), the operation, the order before and after, the fault that fired, and why it was refused. Secrets are
 * masked as in the journal. What a client wrote reaches no terminal as a control character: those are escaped in both
 * forms.
 */
#ifndef JOURNAL_LOG_LINE_H
#define JOURNAL_LOG_LINE_H

#include <stdbool.h>

#include "base/json.h"
#include "base/text.h"

struct exchange;

enum log_form { LOG_TEXT, LOG_JSON };

/* Adds the line with its line end. Colours are for LOG_TEXT on a terminal; who writes there heeds NO_COLOR. */
void log_line_write(const struct exchange *x, enum log_form form, bool colours, struct text *out);
/* The same of an entry as entry_to_json() or entry_outline() make it. */
void log_line_add(const cJSON *entry, enum log_form form, bool colours, struct text *out);

#endif
