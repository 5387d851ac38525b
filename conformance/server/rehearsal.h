/*
 * What an exchange does to orders, seen at a mock server of our own before a vendor's server is asked.
 *
 * Nobody can make orders at a server that has no control API of ours: the documented ones are there once. An exchange
 * that changes one leaves no answer of the documents for the next that is about it. So all that change nothing are
 * asked first, and each order is changed by one exchange; what else needs it is not asked, and no right server is
 * called wrong.
 *
 *     struct rehearsal *rehearsal = rehearsal_start("acme", COMPARE_EXACT);
 *     rehearsal_play(rehearsal, exchange, &rehearsed);        // rehearsed.touched: ["4711"]; .changes
 *     rehearsed_release(&rehearsed);
 *     rehearsal_end(rehearsal);
 */
#ifndef SERVER_REHEARSAL_H
#define SERVER_REHEARSAL_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "mock_server/base/memory.h"
#include "server/compare.h"

#define REHEARSED_ANYTHING "*"

struct rehearsal;

struct rehearsed {
    bool changes;   /* an order, or something that is none */
    bool needs_day; /* on another day than that of the documents its answer is another */
    bool sees_all;  /* its answer is about no order alone, so it shows what others have changed */
    cJSON *
        touched; /* an array of the ids of orders that it was about; REHEARSED_ANYTHING where it changed what is none */
};

/* NULL after a message. */
struct rehearsal *rehearsal_start(const char *provider, enum compare compare) WARN_UNUSED;
void rehearsal_end(struct rehearsal *rehearsal); /* NULL is fine */
/* Plays the exchange as it is documented, on orders that nobody has touched. */
void rehearsal_play(struct rehearsal *rehearsal, const cJSON *exchange, struct rehearsed *out);
void rehearsed_release(struct rehearsed *rehearsed);

#endif
