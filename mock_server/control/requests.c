/*
 * The journal.
 *
 * An answer is bounded by number and by bytes, so that nobody waits for one who asks for everything: `next` is the
 * `since` that goes on.
 */
#include <string.h>

#include "base/number.h"
#include "control/handlers.h"
#include "faults/kinds.h"
#include "journal/entry.h"
#include "journal/feed.h"
#include "journal/har.h"
#include "model/exchange.h"
#include "model/journal.h"
#include "model/provider.h"
#include "session/session.h"
#include "session/store.h"

/* ── The filter ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The name that was asked for, and all others of the orders that have it, at whichever provider. */
static const char *const *names_of_order(struct call *call, const char *name)
{
    const struct provider *const *providers = session_providers(call->session);
    const struct provider *only = call_query_provider(call);
    const char **names = arena_alloc(call->arena, 2 * sizeof *names);
    size_t count = 0;
    names[count++] = name;
    for (; *providers != NULL; providers++) {
        const struct order *order =
            only == NULL || only == *providers ? store_load(session_store(call->session), *providers, name) : NULL;
        if (order == NULL)
            continue;
        const char **more = arena_alloc(call->arena, (count + order->alias_count + 2) * sizeof *more);
        memcpy(more, names, count * sizeof *more);
        more[count++] = arena_dup(call->arena, order->id);
        for (size_t i = 0; i < order->alias_count; i++)
            more[count++] = arena_dup(call->arena, order->aliases[i]);
        names = more;
        order_drop(order);
    }
    return names;
}

const char *const control_unread_words[] = {"true", "false", "malformed", "incomplete", "unserved", NULL};

static enum journal_unread unread_of(const char *word)
{
    static const enum journal_unread meant[] = {JOURNAL_UNREAD, JOURNAL_READ, JOURNAL_UNREAD_MALFORMED,
                                                JOURNAL_UNREAD_INCOMPLETE, JOURNAL_UNREAD_UNSERVED};
    for (size_t i = 0; word != NULL && control_unread_words[i] != NULL; i++)
        if (strcmp(control_unread_words[i], word) == 0)
            return meant[i];
    return JOURNAL_UNREAD_ANY;
}

/* What the control table has checked, as the journal takes it. */
static struct journal_filter filter_of(struct call *call)
{
    const char *order = call_query(call, "order");
    return (struct journal_filter){.provider = call_query(call, "provider"),
                                   .operation = call_query(call, "operation"),
                                   .method = call_query(call, "method"),
                                   .orders = order == NULL ? NULL : names_of_order(call, order),
                                   .fault = call_query(call, "fault"),
                                   .status = (int)call_number(call, "status", 0),
                                   .unread = unread_of(call_query(call, "unread")),
                                   .since = (uint64_t)call_number(call, "since", 0),
                                   .until = (uint64_t)call_number(call, "until", 0),
                                   .limit = (size_t)call_number(call, "limit", REQUESTS_LIST_DEFAULT)};
}

/* ── The answer ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Of a fault that a call armed: "f7"; of those that the fixtures have: their kind of place. */
static bool is_id(const char *fault)
{
    static const char *const planted[] = {"magic", "order", "stub"};
    for (size_t i = 0; i < COUNT_OF(planted); i++)
        if (strcmp(fault, planted[i]) == 0)
            return true;
    return *fault == 'f' && number_is_digits(fault + 1);
}

/* A name that no fault can have would find nothing for ever. */
static cJSON *check_fault(struct call *call, const char *fault)
{
    struct nearest nearest;
    if (fault == NULL || is_id(fault) || fault_kind_named(fault) != NULL)
        return NULL;
    nearest_begin(&nearest, fault);
    for (size_t i = 0; fault_kind_at(i) != NULL; i++)
        nearest_try(&nearest, fault_kind_at(i)->name);
    return call_fail(call, 400, "?fault", "?fault= takes the id or the kind of a fault%s",
                     call_hint(call, &nearest, "; GET /_mock/faults/kinds lists them"));
}

/* How many entries fit: an entry is about as long as what it is made from. */
static size_t fitting(const struct journal_page *page)
{
    size_t bytes = 0, count = 0;
    while (count < page->count && (count == 0 || bytes < REQUESTS_LIST_BYTES))
        bytes += arena_size(page->list[count++]->arena);
    return count;
}

static void add_ends(cJSON *answer, const struct journal_page *page, size_t shown, const char *const names[3])
{
    uint64_t next = shown < page->count ? page->list[shown]->seq : page->next;
    json_set_integer(answer, names[0], (int64_t)page->evicted);
    json_set_bool(answer, names[1], page->is_certain);
    json_set_integer(answer, names[2], (int64_t)next);
}

cJSON *control_requests_list(struct call *call)
{
    static const char *const names[] = {"evicted", "certain", "next"};
    cJSON *failure = check_fault(call, call_query(call, "fault"));
    if (failure != NULL)
        return failure;
    struct journal_filter filter = filter_of(call);
    struct journal_page page = journal_select(session_journal(call->session), &filter);
    cJSON *answer = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(answer, "requests");
    size_t shown = fitting(&page);
    for (size_t i = 0; i < shown; i++)
        cJSON_AddItemToArray(list, entry_to_json(page.list[i]));
    add_ends(answer, &page, shown, names);
    journal_page_release(&page);
    return answer;
}

cJSON *control_requests_har(struct call *call)
{
    static const char *const names[] = {"_evicted", "_certain", "_next"};
    cJSON *failure = check_fault(call, call_query(call, "fault"));
    if (failure != NULL)
        return failure;
    struct journal_filter filter = filter_of(call);
    struct journal_page page = journal_select(session_journal(call->session), &filter);
    cJSON *har = har_new();
    size_t shown = fitting(&page);
    for (size_t i = 0; i < shown; i++)
        har_add(har, call->root, page.list[i]);
    add_ends(json_member_mut(har, "log"), &page, shown, names);
    journal_page_release(&page);
    return har;
}

cJSON *control_requests_get(struct call *call)
{
    int64_t seq = 0;
    if (!number_read(call->params[0], 1, JSON_INTEGER_MAX, &seq))
        return call_fail(call, 404, NULL, "a request is named by its number");
    struct exchange *x = journal_find(session_journal(call->session), (uint64_t)seq);
    if (x == NULL)
        return call_fail(call, 404, NULL, "the journal has no request %s", call->params[0]);
    cJSON *entry = entry_in_full(x);
    exchange_drop(x);
    return entry;
}

cJSON *control_requests_clear(struct call *call)
{
    journal_clear(session_journal(call->session));
    call->status = 204;
    return NULL;
}

/* A feed goes on for as long as somebody reads it. */
cJSON *control_events(struct call *call)
{
    const char *since = call_query(call, "since");
    int64_t first = call_number(call, "since", 0), last = first > 0 ? first - 1 : 0;
    if (since != NULL && call->last_event_id != NULL)
        return call_fail(call, 400, "?since", "?since= and Last-Event-ID both say where to go on; give one");
    if (since == NULL && !feed_last_id(call->last_event_id, &last))
        return call_fail(call, 400, "Last-Event-ID", "it is the id of an event: a number from 0 on");
    call->feed = feed_open(call->session, last);
    call->content_type = "text/event-stream";
    return NULL;
}
