#include "journal/feed.h"

#include <stdlib.h>

#include "base/json.h"
#include "base/number.h"
#include "journal/entry.h"
#include "model/exchange.h"
#include "model/journal.h"
#include "session/session.h"

struct journal_feed {
    struct session *session;
    struct journal_listener listener;
    bool listens;
    uint64_t next; /* the number of the next entry to tell */
    uint64_t clearings;
};

struct journal_feed *feed_open(struct session *session, int64_t last_id)
{
    struct journal_feed *feed = mem_zero(1, sizeof *feed);
    struct journal_range range = journal_range(session_journal(session));
    feed->session = session_hold(session);
    feed->clearings = range.clearings;
    feed->next = last_id < 0 ? range.next : (uint64_t)last_id + 1;
    if (feed->next > range.next) /* a number of before the journal was cleared */
        feed->clearings--;
    return feed;
}

void feed_on_entry(struct journal_feed *feed, void (*wake)(void *context), void *context)
{
    feed->listener = (struct journal_listener){.wake = wake, .context = context};
    feed->listens = true;
    journal_listen(session_journal(feed->session), &feed->listener);
}

void feed_close(struct journal_feed *feed)
{
    if (feed == NULL)
        return;
    if (feed->listens)
        journal_unlisten(session_journal(feed->session), &feed->listener);
    session_drop(feed->session);
    free(feed);
}

static void add_entry(const struct exchange *x, struct text *out)
{
    cJSON *entry = entry_to_json(x);
    char *json = json_write(entry);
    text_print(out, "id: %llu\nevent: request\ndata: %s\n\n", (unsigned long long)x->seq, json);
    free(json);
    cJSON_Delete(entry);
}

static void add_evicted(uint64_t from, uint64_t to, struct text *out)
{
    text_print(out, "id: %llu\nevent: evicted\ndata: {\"from\":%llu,\"to\":%llu}\n\n", (unsigned long long)to,
               (unsigned long long)from, (unsigned long long)to);
}

/* Steps over what is not there any more. */
static void follow(struct journal_feed *feed, const struct journal_range *range, struct text *out)
{
    if (feed->clearings != range->clearings) {
        text_add(out, "id: 0\nevent: cleared\ndata: {}\n\n");
        feed->clearings = range->clearings;
        feed->next = 1;
    }
    if (feed->next < range->first) {
        add_evicted(feed->next, range->first - 1, out);
        feed->next = range->first;
    }
}

bool feed_read(struct journal_feed *feed, struct text *out)
{
    bool is_over = session_is_over(feed->session);
    struct journal *journal = session_journal(feed->session);
    struct journal_range range = journal_range(journal);
    size_t end = out->length + FEED_PIECE_MAX;
    follow(feed, &range, out);
    while (feed->next < range.next && out->length < end) {
        struct exchange *x = journal_find(journal, feed->next);
        if (x == NULL)
            break; /* forgotten just now: the next call tells it */
        add_entry(x, out);
        exchange_drop(x);
        feed->next++;
    }
    return !is_over || feed->next < range.next;
}

void feed_heartbeat(struct text *out)
{
    text_add(out, ": nothing new\n\n");
}

bool feed_last_id(const char *header, int64_t *id)
{
    *id = FEED_FROM_NOW;
    return header == NULL || (number_is_digits(header) && number_read(header, 0, JSON_INTEGER_MAX, id));
}
