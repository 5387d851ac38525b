/*
 * One exchange as people and tests read it: an entry of the journal.
 *
 *     {"seq","at","session","provider","operation","order":{"id","before","after"},"request","response","reason","fault",
 *      "connection","duration_us"}
 *
 * Bytes stand there as they went over the wire; a body that is not UTF-8 is "body_base64". Secrets are masked
 * (journal/secrets.h) unless the session shows them.
 */
#ifndef JOURNAL_ENTRY_H
#define JOURNAL_ENTRY_H

#include "base/json.h"

struct exchange;

/* The exchange is settled (exchange_settle()) and its session alive. */
cJSON *entry_to_json(const struct exchange *x) WARN_UNUSED;
/* The same, and its diagnosis has the nearest documented request: for one who asks for this entry alone. */
cJSON *entry_in_full(const struct exchange *x) WARN_UNUSED;
/* The same without headers and bodies, and with `happened`: for one line about it. */
cJSON *entry_outline(const struct exchange *x) WARN_UNUSED;
/* What happened to its answer, or in its place: "RST", "silence", "closed without an answer", "cut"; NULL: nothing. */
const char *entry_happened(const struct exchange *x);

#endif
