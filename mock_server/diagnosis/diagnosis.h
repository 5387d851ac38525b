/*
 * Why a request failed, for the person who wrote it: where the mistake is, what it takes to mend it, and the nearest
 * request of the documents beside it.
 *
 * The provider's own refusal gives the reason (struct reason): a rule, a field, what was expected and what came. This
 * room reads the request again with that in mind, and says more than a vendor would:
 *
 *   - problems: what is at fault, and where: header, path, query, body, method, state, credential, session, or
 * connection (what is no request);
 *   - a hint: one sentence with the remedy, from the table in hints.c; the first row that fits speaks;
 *   - the nearest documented request: of those that the documents show as answered with success, the one that needs the
 *     fewest changes; and these changes.
 *
 * What always holds
 *   - A request that succeeded has none and costs nothing. A stub's answer and a fault's have none: they are meant.
 *   - What only the moment knows (in which session an order is, whose credential came) is looked up when the request
 *     fails, by diagnosis_note(): a few look-ups by name. Everything else is worked out when somebody asks.
 *   - The same request in the same world has the same diagnosis. It never changes what the client is answered, and
 *     changes no order, session or journal.
 *   - Hints name headers, members, routes, orders, providers, sessions, and never the value of a credential. Whatever
 *     else of the request is shown goes through the caller's diagnosis_show.
 *
 * The files, each calling only those above it: members.c (a body as a flat list), paths.c (a path against the routes),
 * documented.c (the requests of the documents), facts.c (what the moment knows), look.c (all of it, for one request),
 * differences.c (what would have to change), hints_*.c and hints.c (the remedies), diagnosis.c.
 */
#ifndef DIAGNOSIS_DIAGNOSIS_H
#define DIAGNOSIS_DIAGNOSIS_H

#include <stdbool.h>

#include "base/json.h"
#include "base/text.h"

struct exchange;
struct sessions;

/* `value`, which the request has under `name`, as it may be shown: what is secret in it masked, and UTF-8. For the
 * caller to free(). */
typedef char *diagnosis_show(const struct exchange *x, const char *name, const char *value);

/* Once, when the answer stands and before the exchange is settled: sets x->diagnosis where the request was refused. */
void diagnosis_note(struct sessions *sessions, struct exchange *x);

/* Adds the hint; nothing where there is none. Any time after diagnosis_note(). */
void diagnosis_hint(const struct exchange *x, struct text *out);

/* {"problems","hint"} as docs/diagnosis.md has it, and with the documents {"nearest","differences"} too; null for a
 * request that did not fail. The documents are read when they are first asked for, which takes a tenth of a second: so
 * only who asks for one request has them. */
cJSON *diagnosis_to_json(const struct exchange *x, diagnosis_show *show, bool with_documents) WARN_UNUSED;

#endif
