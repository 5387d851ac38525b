/*
 * The journal as HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), which the developer tools of browsers open.
 *
 * An entry is made from that of the journal, so secrets are masked alike. What HAR has no place for stands in members
 * that begin with an underscore, as the format has it: `_seq`, `_session`, `_provider`, `_operation`, `_order`,
 * `_fault`, `_reason`, `_unread`, `_delivery`; a request body that is not UTF-8 is Base64, with `_encoding`. An answer
 * that never came has status 0 and `_error`. The reason of a refusal is the entry's `comment`.
 *
 *     cJSON *har = har_new();
 *     har_add(har, "http://127.0.0.1:8080", x);
 */
#ifndef JOURNAL_HAR_H
#define JOURNAL_HAR_H

#include "base/json.h"

struct exchange;

cJSON *har_new(void) WARN_UNUSED;
/* `root` is where clients reach the server: what a target's URL begins with. */
void har_add(cJSON *har, const char *root, const struct exchange *x);

#endif
