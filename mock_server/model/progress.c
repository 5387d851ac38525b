#include "model/progress.h"

#include <stdlib.h>
#include <string.h>

#include "model/provider.h"
#include "model/session.h"
#include "model/store.h"

#define CHAIN_MAX 32 /* events in a row for one order; a cycle of immediate ones ends here */

bool event_can_happen(const struct event *event, const struct order *order)
{
    for (const char *const *from = event->from; *from != NULL; from++)
        if (strcmp(*from, order->state) == 0)
            return event->possible == NULL || event->possible(order);
    return false;
}

void event_happen(struct session *session, struct order *copy, const struct event *event, int64_t at_us)
{
    if (event->to != NULL)
        order_enter(copy, event->to, at_us);
    if (event->apply != NULL)
        event->apply(session, copy, at_us);
}

/* The session time at which the event happens to the order, or PACE_NEVER. */
static int64_t due_at(struct session *session, const struct order *order, const struct event *event, int64_t now_us)
{
    int64_t due = event->due == NULL ? DUE_BY_PACE : event->due(session, order);
    if (due != DUE_BY_PACE)
        return due;
    if (!event->has_pace)
        return PACE_NEVER;
    int64_t pace = session_knob(session, order->provider, event->pace);
    if (pace == PACE_IMMEDIATE)
        return order->since_us < now_us ? order->since_us : now_us; /* a seed order, or a clock that was set back */
    if (pace < 0)
        return order->polls >= -pace ? now_us : PACE_NEVER;
    if (pace == PACE_NEVER || order->since_us == ORDER_STILL)
        return PACE_NEVER;
    return order->since_us + pace;
}

/* Whether it ever happens by itself. Most paces are `never`, and to know that costs next to nothing: it is asked first.
 */
static bool is_timed(struct session *session, const struct order *order, const struct event *event)
{
    if (event->due != NULL)
        return true;
    return event->has_pace && session_knob(session, order->provider, event->pace) != PACE_NEVER;
}

/* The first event that is due; the table's order decides between two of one moment. */
static const struct event *next_event(struct session *session, const struct order *order, int64_t now_us,
                                      int64_t *at_us)
{
    const struct event *first = NULL;
    for (const struct event *event = order->provider->events; event->name != NULL; event++) {
        if (!is_timed(session, order, event) || !event_can_happen(event, order))
            continue;
        int64_t due = due_at(session, order, event, now_us);
        if (due <= now_us && (first == NULL || due < *at_us)) {
            first = event;
            *at_us = due;
        }
    }
    return first;
}

/* Whether some pace counts the reads of an order in this state. */
static bool counts_polls(struct session *session, const struct order *order)
{
    for (const struct event *event = order->provider->events; event->name != NULL; event++)
        if (event->has_pace && session_knob(session, order->provider, event->pace) < 0 &&
            event_can_happen(event, order))
            return true;
    return false;
}

/* A changed copy, or NULL when the order is up to date. */
static struct order *bring_up(struct session *session, const struct order *order, bool is_read)
{
    struct order *copy = NULL;
    int64_t now_us = session_now(session), at_us = 0;
    for (int i = 0; i < CHAIN_MAX; i++) {
        const struct event *event = next_event(session, copy == NULL ? order : copy, now_us, &at_us);
        if (event == NULL)
            break;
        if (copy == NULL)
            copy = order_copy(order);
        event_happen(session, copy, event, at_us);
    }
    if (is_read && counts_polls(session, copy == NULL ? order : copy)) {
        if (copy == NULL)
            copy = order_copy(order);
        copy->polls++;
    }
    return copy;
}

/* Takes the held `order` and returns it up to date, held; NULL when it is gone. Whoever commits first wins: the other
 * looks again. */
static const struct order *settle(struct session *session, const struct order *order, bool is_read)
{
    struct store *store = session_store(session);
    while (order != NULL) {
        struct order *copy = bring_up(session, order, is_read);
        if (copy == NULL)
            return order;
        order_hold(copy);
        enum store_result result = store_commit(store, order, copy);
        if (result == STORE_OK) {
            order_drop(order);
            return copy;
        }
        order_drop(copy);
        if (result == STORE_DUPLICATE)
            return order; /* an event changed a name into one that is taken: it does not happen */
        const struct order *fresh = store_load(store, order->provider, order->id);
        order_drop(order);
        order = fresh;
    }
    return NULL;
}

const struct order *progress_load(struct session *session, const struct provider *provider, const char *key,
                                  const char *reader)
{
    const struct order *order = store_load(session_store(session), provider, key);
    bool is_read = order != NULL && reader != NULL && strcmp(order->account, reader) == 0;
    return settle(session, order, is_read);
}

/* Brings the held orders up to date, in place; how many are still there. */
static size_t settle_all(struct session *session, const struct order **list, size_t total, const char *account,
                         bool is_read)
{
    size_t used = 0;
    for (size_t i = 0; i < total; i++) {
        if (account != NULL && strcmp(list[i]->account, account) != 0) {
            order_drop(list[i]);
            continue;
        }
        const struct order *order = settle(session, list[i], is_read);
        if (order != NULL)
            list[used++] = order;
    }
    return used;
}

const struct order **progress_list(struct session *session, const struct provider *provider, const char *account,
                                   bool is_read, size_t *count)
{
    size_t total = 0;
    const struct order **list = store_list(session_store(session), provider, &total);
    *count = settle_all(session, list, total, account, is_read);
    return list;
}

const struct order **progress_page(struct session *session, const struct provider *provider, struct store_page *page,
                                   size_t *count)
{
    size_t total = 0;
    const struct order **list = store_list_page(session_store(session), provider, page, &total);
    *count = settle_all(session, list, total, NULL, false);
    return list;
}
