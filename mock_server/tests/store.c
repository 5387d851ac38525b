/* session/store.h and model/journal.h: who wins, who is told, what is forgotten. */
#include <stdlib.h>
#include <string.h>

#include "base/tests/check.h"
#include "model/exchange.h"
#include "model/journal.h"
#include "model/journal_budget.h"
#include "model/provider.h"
#include "registry.h"
#include "session/store.h"
#include "session/store_update.h"
#include "tests/suites.h"

static struct order *make(const char *id, const char *alias)
{
    struct order *order = mem_zero(1, sizeof *order);
    order->provider = &provider_dukkango;
    order->references = 1;
    order->state = "RECEIVED";
    order->account = mem_dup("a");
    order->document = cJSON_CreateObject();
    order->facts = cJSON_CreateObject();
    order_set_id(order, id);
    if (alias != NULL)
        order_add_alias(order, alias);
    return order;
}

static void first_commit_wins(void *context)
{
    struct store *store = store_new();
    (void)context;
    CHECK_INTEGER(store_add(store, make("1", NULL)), STORE_OK);
    const struct order *mine = store_load(store, &provider_dukkango, "1");
    const struct order *yours = store_load(store, &provider_dukkango, "1");
    CHECK_INTEGER(store_commit(store, mine, order_copy(mine)), STORE_OK);
    CHECK_INTEGER(store_commit(store, yours, order_copy(yours)), STORE_CHANGED);
    CHECK_INTEGER(store_remove(store, yours), STORE_CHANGED);
    order_drop(mine);
    order_drop(yours);
    store_free(store);
}

static void names_are_unique(void *context)
{
    struct store *store = store_new();
    (void)context;
    CHECK_INTEGER(store_add(store, make("1", "#1")), STORE_OK);
    CHECK_INTEGER(store_add(store, make("1", NULL)), STORE_DUPLICATE);
    CHECK_INTEGER(store_add(store, make("2", "#1")), STORE_DUPLICATE);
    CHECK_INTEGER(store_add(store, make("2", "#2")), STORE_OK);
    const struct order *two = store_load(store, &provider_dukkango, "#2");
    CHECK_TEXT(two->id, "2");
    struct order *renamed = order_copy(two);
    order_set_id(renamed, "1");
    CHECK_INTEGER(store_commit(store, two, renamed), STORE_DUPLICATE);
    renamed = order_copy(two);
    order_set_id(renamed, "3");
    CHECK_INTEGER(store_commit(store, two, renamed), STORE_OK);
    CHECK(store_load(store, &provider_dukkango, "2") == NULL);
    CHECK(store_load(store, &provider_fungies, "3") == NULL);
    order_drop(two);
    store_free(store);
}

/* What store_update() is told to do, and what happens meanwhile. */
struct round {
    struct store *store;
    int loads, decisions;
    int faster;       /* so many rounds are lost to somebody else */
    const char *id;   /* that the copy gets */
    bool is_removing; /* instead */
};

static const struct order *load_one(void *context, const struct order *before)
{
    struct round *round = context;
    (void)before;
    round->loads++;
    return store_load(round->store, &provider_dukkango, "1");
}

static struct order *decide(void *context, const struct order *order)
{
    struct round *round = context;
    if (round->decisions++ < round->faster)
        CHECK_INTEGER(store_commit(round->store, order, order_copy(order)), STORE_OK);
    if (round->is_removing)
        return REMOVE_ORDER;
    if (order == NULL)
        return round->id == NULL ? NULL : make(round->id, NULL);
    struct order *copy = order_copy(order);
    if (round->id != NULL)
        order_set_id(copy, round->id);
    return copy;
}

static enum store_result update(struct round *round, const struct order **order)
{
    return store_update(round->store, &(struct store_change){load_one, decide, round}, order);
}

static void an_update_decides_until_nobody_is_faster(void *context)
{
    struct round round = {.store = store_new(), .faster = 2, .decisions = 2};
    const struct order *order = NULL;
    (void)context;
    CHECK_INTEGER(update(&round, &order), STORE_OK); /* nothing there, nothing decided */
    CHECK(order == NULL);
    round.id = "1";
    CHECK_INTEGER(update(&round, &order), STORE_OK);
    CHECK_TEXT(order->id, "1");
    round.loads = round.decisions = 0;
    CHECK_INTEGER(update(&round, &order), STORE_OK); /* begins with what is lent */
    CHECK_INTEGER(round.loads, 2);
    CHECK_INTEGER(round.decisions, 3);
    CHECK_INTEGER(order->version, 4);
    CHECK_INTEGER(store_add(round.store, make("2", NULL)), STORE_OK);
    round.id = "2";
    CHECK_INTEGER(update(&round, &order), STORE_DUPLICATE);
    CHECK_TEXT(order->id, "1");
    round.is_removing = true;
    CHECK_INTEGER(update(&round, &order), STORE_OK);
    CHECK(order == NULL);
    CHECK(store_load(round.store, &provider_dukkango, "1") == NULL);
    store_free(round.store);
}

static void an_update_gives_up(void *context)
{
    struct round round = {.store = store_new(), .faster = STORE_TRIES_MAX + 1};
    const struct order *order = NULL;
    (void)context;
    CHECK_INTEGER(store_add(round.store, make("1", NULL)), STORE_OK);
    CHECK_INTEGER(update(&round, &order), STORE_CHANGED);
    CHECK_INTEGER(round.decisions, STORE_TRIES_MAX);
    CHECK_TEXT(order->id, "1");
    order_drop(order);
    store_free(round.store);
}

static void a_removed_order_is_gone(void *context)
{
    struct store *store = store_new();
    size_t count = 0;
    (void)context;
    CHECK_INTEGER(store_add(store, make("1", "#1")), STORE_OK);
    CHECK_INTEGER(store_add(store, make("2", NULL)), STORE_OK);
    const struct order *one = store_load(store, &provider_dukkango, "1");
    CHECK_INTEGER(store_remove(store, one), STORE_OK);
    CHECK_TEXT(one->id, "1"); /* still ours */
    order_drop(one);
    CHECK(store_load(store, &provider_dukkango, "#1") == NULL);
    const struct order **list = store_list(store, NULL, &count);
    CHECK_INTEGER(count, 1);
    CHECK_TEXT(list[0]->id, "2");
    order_drop(list[0]);
    free(list);
    store_free(store);
}

static void record(struct journal *journal)
{
    struct exchange *x = exchange_new();
    journal_record(journal, x);
    exchange_drop(x);
}

static void record_large(struct journal *journal, size_t size)
{
    struct exchange *x = exchange_new();
    x->scratch = arena_alloc(x->arena, size);
    journal_record(journal, x);
    exchange_drop(x);
}

static void journal_forgets_the_oldest(void *context)
{
    struct journal *journal = journal_new(100, NULL);
    (void)context;
    for (int i = 0; i < 250; i++)
        record(journal);
    struct journal_filter all = {.since = 0};
    struct journal_page page = journal_select(journal, &all);
    CHECK_INTEGER(page.evicted, 150);
    CHECK_INTEGER(page.next, 251);
    CHECK_INTEGER(page.count, 100);
    CHECK_INTEGER(page.list[0]->seq, 151);
    CHECK_INTEGER(page.list[99]->seq, 250);
    journal_page_release(&page);
    CHECK(journal_find(journal, 150) == NULL);
    CHECK(journal_find(journal, 251) == NULL);
    journal_free(journal);
}

static void journal_is_bounded_in_bytes(void *context)
{
    struct journal_budget *budget = journal_budget_new(JOURNAL_BYTES_MAX);
    struct journal *journal = journal_new(100, budget);
    (void)context;
    for (int i = 0; i < 10; i++)
        record_large(journal, JOURNAL_BYTES_MAX / 4);
    struct journal_page page = journal_select(journal, &(struct journal_filter){.since = 1000});
    CHECK_INTEGER(page.evicted, 7);
    CHECK_INTEGER(page.count, 0);
    journal_page_release(&page);
    journal_free(journal);
    CHECK_INTEGER(journal_budget_used(budget), 0);
    journal_budget_free(budget);
}

static size_t kept(struct journal *journal)
{
    struct journal_page page = journal_select(journal, &(struct journal_filter){.since = 0});
    size_t count = page.count;
    journal_page_release(&page);
    return count;
}

/* Eight journals of a server hold together what one may hold; the one with little keeps it. */
static void journals_share_one_budget(void *context)
{
    struct journal_budget *budget = journal_budget_new(JOURNAL_BYTES_MAX);
    struct journal *journals[8];
    size_t large = 0;
    (void)context;
    for (size_t i = 0; i < COUNT_OF(journals); i++)
        journals[i] = journal_new(100, budget);
    CHECK_INTEGER(journal_budget_used(budget), 0);
    record(journals[0]);
    for (int i = 0; i < 70; i++)
        record_large(journals[1 + i % 7], (size_t)1024 * 1024);
    CHECK_INTEGER(kept(journals[0]), 1);
    for (size_t i = 1; i < COUNT_OF(journals); i++)
        large += kept(journals[i]);
    CHECK(large >= 60 && large <= 64);
    CHECK(journal_budget_used(budget) <= JOURNAL_BYTES_MAX);
    journal_clear(journals[1]);
    CHECK(journal_budget_used(budget) <= JOURNAL_BYTES_MAX - 8 * 1024 * 1024);
    for (size_t i = 0; i < COUNT_OF(journals); i++)
        journal_free(journals[i]);
    CHECK_INTEGER(journal_budget_used(budget), 0);
    journal_budget_free(budget);
}

/* What was forgotten matters only where it could have been wanted. */
static void journal_knows_what_it_forgot(void *context)
{
    static const struct route cancel = {.operation = "cancel"}, read = {.operation = "get_order"};
    struct journal *journal = journal_new(10, NULL);
    (void)context;
    for (int i = 0; i < 15; i++) {
        struct exchange *x = exchange_new();
        x->route = i < 5 ? &read : &cancel;
        journal_record(journal, x);
        exchange_drop(x);
    }
    const struct {
        struct journal_filter filter;
        bool certain;
        size_t count;
    } questions[] = {
        {{.since = 0}, false, 10},
        {{.operation = "get_order"}, false, 0},
        {{.operation = "cancel"}, true, 10},
        {{.operation = "cancel", .limit = 3}, true, 3},
        {{.since = 5}, false, 10}, /* the fifth was forgotten, too */
        {{.since = 6}, true, 10},
        {{.since = 6, .until = 8}, true, 3},
        {{.until = 3}, false, 0},
    };
    for (size_t i = 0; i < COUNT_OF(questions); i++) {
        struct journal_page page = journal_select(journal, &questions[i].filter);
        CHECK_INTEGER(page.is_certain, questions[i].certain);
        CHECK_INTEGER(page.count, questions[i].count);
        CHECK_INTEGER(page.evicted, 5);
        journal_page_release(&page);
    }
    journal_clear(journal);
    struct journal_page page = journal_select(journal, &(struct journal_filter){.since = 0});
    CHECK(page.is_certain);
    journal_page_release(&page);
    journal_free(journal);
}

void suite_store(void)
{
    register_test("store", "the first commit wins", first_commit_wins, NULL);
    register_test("store", "names are unique", names_are_unique, NULL);
    register_test("store", "a removed order is gone", a_removed_order_is_gone, NULL);
    register_test("store", "an update decides until nobody is faster", an_update_decides_until_nobody_is_faster, NULL);
    register_test("store", "an update gives up", an_update_gives_up, NULL);
    register_test("journal", "forgets the oldest and counts them", journal_forgets_the_oldest, NULL);
    register_test("journal", "is bounded in bytes", journal_is_bounded_in_bytes, NULL);
    register_test("journal", "all of a server share one budget", journals_share_one_budget, NULL);
    register_test("journal", "knows what it forgot", journal_knows_what_it_forgot, NULL);
}
