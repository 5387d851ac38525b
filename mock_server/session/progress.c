#include "session/progress.h"

#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "model/provider.h"
#include "session/session.h"
#include "session/store.h"
#include "session/store_update.h"

#define CHAIN_MAX 32 /* events in a row for one order; a cycle of immediate ones ends here */

bool event_can_happen(const struct event *event, const struct order *order)
{
    for (const char *const *from = event->from; *from != NULL; from++)
        if (strcmp(*from, order->state) == 0)
            return event->possible == NULL || event->possible(order);
    return false;
}

void event_happen(const struct maker *maker, struct order *copy, const struct event *event)
{
    if (event->to != NULL)
        order_enter(copy, event->to, maker->now_us);
    if (event->apply != NULL)
        event->apply(maker, copy);
}

/* The session time at which the event happens to the order, or DELAY_NEVER. */
static int64_t due_at(const struct maker *maker, const struct order *order, const struct event *event)
{
    int64_t now_us = maker->now_us, due = event->due == NULL ? DUE_BY_DELAY : event->due(maker, order);
    if (due != DUE_BY_DELAY)
        return due;
    if (!event->has_delay)
        return DELAY_NEVER;
    int64_t delay = maker_knob(maker, event->delay);
    if (delay == DELAY_IMMEDIATE)
        return order->since_us < now_us ? order->since_us : now_us; /* a seed order, or a clock that was set back */
    if (delay < 0)
        return order->polls >= -delay ? now_us : DELAY_NEVER;
    if (delay == DELAY_NEVER || order->since_us == ORDER_STILL)
        return DELAY_NEVER;
    return order->since_us + delay;
}

/* Whether it ever happens by itself. Most delays are `never`, and to know that costs next to nothing: it is asked
 * first.
 */
static bool is_timed(const struct maker *maker, const struct event *event)
{
    return event->due != NULL || (event->has_delay && maker_knob(maker, event->delay) != DELAY_NEVER);
}

/* The first event that is due; the table's order decides between two of one moment. */
static const struct event *next_event(const struct maker *maker, const struct order *order, int64_t *at_us)
{
    const struct event *first = NULL;
    for (const struct event *event = order->provider->events; event->name != NULL; event++) {
        if (!is_timed(maker, event) || !event_can_happen(event, order))
            continue;
        int64_t due = due_at(maker, order, event);
        if (due <= maker->now_us && (first == NULL || due < *at_us)) {
            first = event;
            *at_us = due;
        }
    }
    return first;
}

/* Whether some delay counts the reads of an order in this state. */
static bool counts_polls(const struct maker *maker, const struct order *order)
{
    for (const struct event *event = order->provider->events; event->name != NULL; event++)
        if (event->has_delay && maker_knob(maker, event->delay) < 0 && event_can_happen(event, order))
            return true;
    return false;
}

/* A changed copy, or NULL when the order is up to date. */
static struct order *bring_up(struct session *session, const struct order *order, bool is_read)
{
    int64_t past_us = order->is_late ? session_past(session) : 0;
    struct order *copy = past_us > 0 ? order_copy(order) : NULL; /* no longer late */
    struct maker now = session_maker(session, order->provider);
    if (past_us > now.now_us)
        now.now_us = past_us;
    struct maker then = now;
    for (int i = 0; i < CHAIN_MAX; i++) {
        const struct event *event = next_event(&now, copy == NULL ? order : copy, &then.now_us);
        if (event == NULL)
            break;
        if (copy == NULL)
            copy = order_copy(order);
        event_happen(&then, copy, event);
    }
    if (is_read && counts_polls(&now, copy == NULL ? order : copy)) {
        if (copy == NULL)
            copy = order_copy(order);
        copy->polls++;
    }
    return copy;
}

struct settling {
    struct session *session;
    bool is_read;
};

static const struct order *load_again(void *context, const struct order *before)
{
    const struct settling *settling = context;
    return store_load(session_store(settling->session), before->provider, before->id);
}

static struct order *decide(void *context, const struct order *order)
{
    const struct settling *settling = context;
    return order == NULL ? NULL : bring_up(settling->session, order, settling->is_read);
}

/* Takes the held `order` and returns it up to date, held; NULL when it is gone. An event that changes a name into one
 * that is taken does not happen. */
static const struct order *settle(struct session *session, const struct order *order, bool is_read)
{
    struct settling settling = {session, is_read};
    const struct store_change change = {load_again, decide, &settling};
    if (order != NULL)
        store_update(session_store(session), &change, &order);
    return order;
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

/* ── A clock that goes back ────────────────────────────────────────────────────────────────────────────────────── */

/* Lets everything happen that is due by `now_us`, where the clock stands meanwhile. Orders of lazy seeds that nobody
 * has asked for make up for it when they are made (`is_late`). */
static void settle_the_past(struct session *session, int64_t now_us)
{
    size_t count = 0;
    clock_set(session_clock(session), &(struct clock_setting){.now_us = now_us});
    session_keep_past(session, now_us);
    tokens_settle(session_tokens(session), now_us);
    const struct order **made = store_list_made(session_store(session), &count);
    for (size_t i = 0; i < count; i++)
        order_drop(settle(session, made[i], false));
    free(made);
}

void progress_set_clock(struct session *session, const struct clock_setting *setting)
{
    int64_t now_us = session_now(session), next_us = setting->follows_real ? instant_now() : setting->now_us;
    if (next_us < now_us)
        settle_the_past(session, now_us);
    clock_set(session_clock(session), setting);
}
