/*
 * What happens to orders by itself: schedules that come due, transfers, deliveries.
 *
 * An order is brought up to date when somebody asks for it, not by a timer: an order that nobody looks at needs no
 * work, and a clock that jumps fourteen days jumps at once. Each event happens at the time at which it was due, so
 * stamps are those that a running server would have written.
 *
 * Which events happen by themselves says the provider's table (`due`, or `delay`: a knob). A delay is
 *   - `never`: by hand only;
 *   - `immediate`: as soon as the order is in one of the event's states;
 *   - `after:90s`: so long after it entered that state;
 *   - `polls:3`: it is read three times in that state, and the next to ask for it sees it moved.
 * What the clock has passed has happened: it is not undone by a clock that is set back.
 *
 * Seed orders stand still under `after` (they entered their state before the session began); whatever is made or moved
 * in the session progresses.
 */
#ifndef SESSION_PROGRESS_H
#define SESSION_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/order.h"

struct clock_setting;
struct event;
struct maker;
struct session;
struct store_page;

/* The order as it is now, held, or NULL: store_load() brought up to date. `reader`: the account that looks at it, which
 * counts when the order is its own; NULL when nobody does. */
const struct order *progress_load(struct session *session, const struct provider *provider, const char *key,
                                  const char *reader);
/* store_list() brought up to date, the orders of `account` alone unless that is NULL: drop each, then free() the array.
 * `is_read`: a client looks at them. */
const struct order **progress_list(struct session *session, const struct provider *provider, const char *account,
                                   bool is_read, size_t *count) WARN_UNUSED;
/* store_list_page() brought up to date, in the same manner; nobody reads it. */
const struct order **progress_page(struct session *session, const struct provider *provider, struct store_page *page,
                                   size_t *count) WARN_UNUSED;

/* Sets the session's clock. What has come due by then happens before a clock goes back, to every order and token: so
 * the outcome does not depend on who looked in between. */
void progress_set_clock(struct session *session, const struct clock_setting *setting);

/* By hand or by itself: the copy goes through the event at maker->now_us. */
void event_happen(const struct maker *maker, struct order *copy, const struct event *event);
bool event_can_happen(const struct event *event, const struct order *order);

#endif
