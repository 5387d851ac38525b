#include "verify/verify.h"

#include <stdlib.h>

#include "faults/list.h"
#include "model/exchange.h"
#include "model/journal.h"
#include "session/session.h"
#include "session/store.h"
#include "verify/finding.h"

/* The journal at one moment. */
struct view {
    struct session *session;
    const struct provider *const *providers;
    struct journal_page page;
};

static void add_number(cJSON *list, int most, const struct exchange *x)
{
    if (cJSON_GetArraySize(list) < most)
        cJSON_AddItemToArray(list, json_new_integer((int64_t)x->seq));
}

/* " (3, 5 …)", the numbers of a list. */
static void add_list(struct text *text, const cJSON *list, uint64_t all)
{
    const cJSON *number = NULL;
    cJSON_ArrayForEach (number, list)
        text_print(text, "%s%s", number == list->child ? " (" : ", ", json_number_text(number));
    if (all > (uint64_t)cJSON_GetArraySize(list))
        text_add(text, " …");
    if (all > 0)
        text_add(text, ")");
}

static void tell_eviction(struct finding *finding, const struct view *view)
{
    text_print(&finding->why,
               "%sthe journal has forgotten %llu of the first, so this cannot be told; a larger "
               "--journal-size keeps them",
               finding->why.length > 0 ? "; " : "", (unsigned long long)view->page.evicted);
}

/* ── The closest ───────────────────────────────────────────────────────────────────────────────────────────────── */

struct close {
    const struct exchange *x[VERIFY_CLOSEST_MAX];
    size_t score[VERIFY_CLOSEST_MAX];
};

/* Puts it where it belongs: the best first, of equal ones the latest. */
static void insert(struct close *close, const struct exchange *x, size_t score)
{
    for (size_t i = 0; i < VERIFY_CLOSEST_MAX; i++) {
        if (close->x[i] != NULL && close->score[i] > score)
            continue;
        for (size_t at = VERIFY_CLOSEST_MAX - 1; at > i; at--) {
            close->x[at] = close->x[at - 1];
            close->score[at] = close->score[at - 1];
        }
        close->x[i] = x;
        close->score[i] = score;
        return;
    }
}

/* The requests that fit nearly, and how the nearest one differs. */
static void tell_closest(struct finding *finding, const struct view *view, const struct match *match)
{
    struct close close = {.x = {NULL}};
    size_t size = match_size(match);
    for (size_t i = 0; i < view->page.count; i++) {
        size_t score = match_count(match, view->page.list[i]);
        if (score > 0 && score < size)
            insert(&close, view->page.list[i], score);
    }
    if (close.x[0] == NULL)
        return;
    for (size_t i = 0; i < VERIFY_CLOSEST_MAX && close.x[i] != NULL; i++)
        add_number(finding->closest, VERIFY_CLOSEST_MAX, close.x[i]);
    text_print(&finding->why, "%sclosest is request %llu: ", finding->why.length > 0 ? "; " : "",
               (unsigned long long)close.x[0]->seq);
    match_differences(match, close.x[0], &finding->why);
}

/* ── Orders that nobody knows ──────────────────────────────────────────────────────────────────────────────────── */

static bool store_knows(const struct view *view, const char *order)
{
    bool known = false;
    for (size_t i = 0; view->providers[i] != NULL && !known; i++) {
        const struct order *found = store_load(session_store(view->session), view->providers[i], order);
        known = found != NULL;
        order_drop(found);
    }
    return known;
}

static bool is_known(const struct view *view, const char *order)
{
    const struct match alone = {.wanted = {[MATCH_ORDER] = order}};
    if (order == NULL || view->page.evicted > 0 || store_knows(view, order))
        return true;
    for (size_t i = 0; i < view->page.count; i++)
        if (match_fits(&alone, view->page.list[i]))
            return true;
    return false;
}

#define NOBODY_KNOWS "neither this session nor any request in its journal knows an order \"%.100s\""

/* ── Counts ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void describe_count(const struct expectation *expectation, struct text *out)
{
    uint64_t least = expectation->least, most = expectation->most;
    if (least == most && most > 0)
        text_add(out, "exactly ");
    else if (most == EXPECT_ANY_NUMBER)
        text_add(out, "at least ");
    else if (least > 0)
        text_print(out, "%llu to ", (unsigned long long)least);
    else if (most > 0)
        text_add(out, "at most ");
    finding_add_requests(out, most == EXPECT_ANY_NUMBER ? least : most);
    if (match_size(&expectation->matches[0]) == 0)
        return;
    text_add(out, " with ");
    match_describe(&expectation->matches[0], out);
}

/* How many of those that were forgotten can have fitted: the journal remembers of what kinds they were. What was
 * forgotten since the view was taken is in the view. The first request is among them, so the page is empty. */
static uint64_t forgotten_of(const struct view *view, const struct match *match)
{
    if (view->page.evicted == 0)
        return 0;
    const struct journal_filter filter = {
        .provider = match->wanted[MATCH_PROVIDER], .operation = match->wanted[MATCH_OPERATION], .until = 1};
    struct journal_page now = journal_select(session_journal(view->session), &filter);
    bool none = now.is_certain && now.evicted >= view->page.evicted;
    journal_page_release(&now);
    return none ? 0 : view->page.evicted;
}

/* There were at least `count` of them, and at most `evicted` more. */
static enum verdict count_verdict(const struct expectation *expectation, uint64_t count, uint64_t evicted)
{
    if (count > expectation->most || count + evicted < expectation->least)
        return VERDICT_FAILED;
    bool sure = count >= expectation->least && count + evicted <= expectation->most;
    return sure ? VERDICT_PASSED : VERDICT_UNKNOWN;
}

static uint64_t count_requests(const struct view *view, const struct match *match, cJSON *matched)
{
    uint64_t count = 0;
    for (size_t i = 0; i < view->page.count; i++) {
        if (!match_fits(match, view->page.list[i]))
            continue;
        count++;
        add_number(matched, VERIFY_MATCHED_MAX, view->page.list[i]);
    }
    return count;
}

static void check_count(const struct view *view, const struct expectation *expectation, struct finding *finding)
{
    const struct match *match = &expectation->matches[0];
    uint64_t count = count_requests(view, match, finding->matched);
    finding->verdict = count_verdict(expectation, count, forgotten_of(view, match));
    describe_count(expectation, &finding->expected);
    finding_add_requests(&finding->actual, count);
    add_list(&finding->actual, finding->matched, count);
    if (!is_known(view, match->wanted[MATCH_ORDER]))
        text_print(&finding->why, NOBODY_KNOWS, match->wanted[MATCH_ORDER]);
    if (count < expectation->least)
        tell_closest(finding, view, match);
    if (finding->verdict == VERDICT_UNKNOWN)
        tell_eviction(finding, view);
}

/* ── In order ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* How many of the steps from `first` on came, one behind the other; their numbers go to `matched`, NULL: nowhere.
 * *behind is the place in the list behind the last one. */
static size_t follow(const struct view *view, const struct expectation *steps, size_t first, cJSON *matched,
                     size_t *behind)
{
    size_t step = first;
    *behind = 0;
    for (size_t i = 0; i < view->page.count && step < steps->match_count; i++) {
        if (!match_fits(&steps->matches[step], view->page.list[i]))
            continue;
        step++;
        *behind = i + 1;
        if (matched != NULL)
            add_number(matched, VERIFY_MATCHED_MAX, view->page.list[i]);
    }
    return step;
}

/* Those that were forgotten came before all others, so they can have been the first steps, one each. */
static bool could_have_followed(const struct view *view, const struct expectation *steps)
{
    size_t behind = 0, lost = 0;
    while (lost < steps->match_count && lost < view->page.evicted && forgotten_of(view, &steps->matches[lost]) > 0)
        lost++;
    return lost > 0 && follow(view, steps, lost, NULL, &behind) == steps->match_count;
}

static void tell_missing_step(const struct view *view, const struct expectation *steps, size_t step, size_t behind,
                              struct finding *finding)
{
    const struct match *match = &steps->matches[step];
    text_print(&finding->why, "step %zu (", step + 1);
    match_describe(match, &finding->why);
    if (behind > 0)
        text_print(&finding->why, ") did not come behind request %llu",
                   (unsigned long long)view->page.list[behind - 1]->seq);
    else
        text_add(&finding->why, ") did not come");
    for (size_t i = behind; i-- > 0;)
        if (match_fits(match, view->page.list[i])) {
            text_print(&finding->why, "; request %llu is like it, and came too early",
                       (unsigned long long)view->page.list[i]->seq);
            break;
        }
    tell_closest(finding, view, match);
}

static void check_in_order(const struct view *view, const struct expectation *steps, struct finding *finding)
{
    size_t behind = 0, came = follow(view, steps, 0, finding->matched, &behind);
    text_print(&finding->expected, "%zu step%s in order", steps->match_count, steps->match_count == 1 ? "" : "s");
    text_print(&finding->actual, "%zu of them", came);
    add_list(&finding->actual, finding->matched, came);
    if (came == steps->match_count)
        return;
    finding->verdict = could_have_followed(view, steps) ? VERDICT_UNKNOWN : VERDICT_FAILED;
    tell_missing_step(view, steps, came, behind, finding);
    if (finding->verdict == VERDICT_UNKNOWN)
        tell_eviction(finding, view);
}

/* ── Nothing unmatched ─────────────────────────────────────────────────────────────────────────────────────────── */

/* Nobody could read it, or nothing is served at its path by its method. */
static bool is_unmatched(const struct exchange *x)
{
    return x->request.unread != NULL || x->route == NULL;
}

static void tell_unmatched(struct finding *finding, const struct exchange *x)
{
    const char *method = x->request.method, *target = x->request.target;
    text_print(&finding->why, "request %llu is %.20s %.200s", (unsigned long long)x->seq,
               method == NULL ? "no request:" : method, target == NULL ? "" : target);
}

static void check_nothing_unmatched(const struct view *view, const struct expectation *expectation,
                                    struct finding *finding)
{
    uint64_t count = 0;
    (void)expectation;
    for (size_t i = 0; i < view->page.count; i++) {
        if (!is_unmatched(view->page.list[i]))
            continue;
        if (count++ == 0)
            tell_unmatched(finding, view->page.list[i]);
        add_number(finding->matched, VERIFY_MATCHED_MAX, view->page.list[i]);
    }
    finding->verdict = count > 0 ? VERDICT_FAILED : view->page.evicted > 0 ? VERDICT_UNKNOWN : VERDICT_PASSED;
    text_add(&finding->expected, "no request that the mock does not serve");
    finding_add_requests(&finding->actual, count);
    add_list(&finding->actual, finding->matched, count);
    if (finding->verdict == VERDICT_UNKNOWN)
        tell_eviction(finding, view);
}

/* ── Every fault fired ─────────────────────────────────────────────────────────────────────────────────────────── */

static void check_every_fault_fired(const struct view *view, const struct expectation *expectation,
                                    struct finding *finding)
{
    cJSON *answer = fault_list_to_json(session_faults(view->session), session_now(view->session));
    const cJSON *faults = json_member(answer, "faults"), *fault = NULL;
    int all = cJSON_GetArraySize(faults), idle = 0;
    (void)expectation;
    cJSON_ArrayForEach (fault, faults) {
        if (json_int_or(fault, "fired", 0) > 0)
            continue;
        text_print(&finding->why, "%s%s (%s) has not fired: %s", idle++ > 0 ? "; " : "",
                   json_string_or(fault, "id", ""), json_string_or(fault, "fault", ""),
                   json_int_or(fault, "seen", 0) > 0 ? "requests met it, and none was due" : "no request met it");
    }
    finding->verdict = idle > 0 ? VERDICT_FAILED : VERDICT_PASSED;
    text_add(&finding->expected, "every armed fault fired");
    if (all == 0)
        text_add(&finding->actual, "none is armed");
    else
        text_print(&finding->actual, "%d of %d fired", all - idle, all);
    cJSON_Delete(answer);
}

/* ── The plan ──────────────────────────────────────────────────────────────────────────────────────────────────── */

typedef void check(const struct view *view, const struct expectation *expectation, struct finding *finding);

static check *const checks[] = {
    [EXPECT_COUNT] = check_count,
    [EXPECT_IN_ORDER] = check_in_order,
    [EXPECT_NOTHING_UNMATCHED] = check_nothing_unmatched,
    [EXPECT_EVERY_FAULT_FIRED] = check_every_fault_fired,
};

/* It would pass whatever the client did. */
static bool passes_by_mistake(const struct view *view, const struct expectation *expectation,
                              const struct finding *finding)
{
    return expectation->kind == EXPECT_COUNT && finding->verdict == VERDICT_PASSED &&
           !is_known(view, expectation->matches[0].wanted[MATCH_ORDER]);
}

static cJSON *check_all(const struct view *view, const struct plan *plan, const struct shape_report *report)
{
    enum verdict all = VERDICT_PASSED;
    size_t mistakes = 0;
    cJSON *answer = cJSON_CreateObject(), *list = cJSON_CreateArray();
    for (size_t i = 0; i < plan->count; i++) {
        const struct expectation *expectation = &plan->list[i];
        struct finding finding;
        finding_init(&finding);
        checks[expectation->kind](view, expectation, &finding);
        all = finding.verdict > all ? finding.verdict : all;
        if (passes_by_mistake(view, expectation, &finding)) {
            const cJSON *order = json_member(json_member(expectation->json, "match"), "order");
            report->found(report->context, order, text_cstr(&finding.why));
            mistakes++;
        }
        cJSON_AddItemToArray(list, finding_to_json(&finding, expectation->json));
    }
    json_set_string(answer, "verdict", verdict_name(all));
    json_set_integer(answer, "evicted", (int64_t)view->page.evicted);
    json_set(answer, "checks", list);
    if (mistakes == 0)
        return answer;
    cJSON_Delete(answer);
    return NULL;
}

cJSON *verify(const struct plan *plan, struct session *session, const struct provider *const *providers,
              const struct shape_report *report)
{
    struct view view = {session, providers, journal_select(session_journal(session), &(struct journal_filter){0})};
    cJSON *answer = check_all(&view, plan, report);
    journal_page_release(&view.page);
    return answer;
}
