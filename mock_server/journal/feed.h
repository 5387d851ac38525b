/*
 * The journal of a session as server-sent events, for whoever follows it live: one event an entry.
 *
 *     id: 17
 *     event: request
 *     data: {"seq":17,…}                                 as GET /_mock/requests/17 shows it
 *
 *     event: evicted
 *     data: {"from":18,"to":40}                          the journal has forgotten these: they will not come
 *
 *     event: cleared
 *     data: {}                                           the journal was cleared: numbers begin again
 *
 * A feed holds a place in the journal and no queue: what is read is written then. So a reader that is slow costs
 * nothing; what it did not fetch before the journal forgot it, it is told as `evicted`. A client that comes back with
 * Last-Event-ID goes on where it was.
 *
 *     struct journal_feed *feed = feed_open(session, FEED_FROM_NOW);
 *     feed_on_entry(feed, wake_my_loop, loop);
 *     while (feed_read(feed, &out)) …                    // when woken: writes what is new, perhaps nothing
 *     feed_close(feed);
 *
 * One feed is one thread's at a time; feed_on_entry()'s callback comes from any.
 */
#ifndef JOURNAL_FEED_H
#define JOURNAL_FEED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct journal_feed;
struct session;

#define FEED_FROM_NOW INT64_C(-1)
/* One feed_read() ends behind the event that passes this; call again until nothing is added. */
#define FEED_PIECE_MAX ((size_t)1024 * 1024)

/* Holds the session. `last_id`: the Last-Event-ID that the client has; 0: all that the journal has. */
struct journal_feed *feed_open(struct session *session, int64_t last_id) WARN_UNUSED;
/* `wake` is called after each entry, when the journal was cleared, and when the session ends. It may not call the feed.
 * Once. */
void feed_on_entry(struct journal_feed *feed, void (*wake)(void *context), void *context);
/* Adds what is new; false when the session has ended: nothing comes any more. */
bool feed_read(struct journal_feed *feed, struct text *out);
/* Behind it `wake` is not called any more. NULL is fine. */
void feed_close(struct journal_feed *feed);

/* A comment that keeps a connection alive. */
void feed_heartbeat(struct text *out);
/* *id becomes that of a Last-Event-ID header, FEED_FROM_NOW where there is none (NULL). False: it is no id. */
bool feed_last_id(const char *header, int64_t *id);

#endif
