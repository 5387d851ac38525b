#include "verify/match.h"

#include <stdio.h>
#include <string.h>

#include "faults/kinds.h"
#include "model/exchange.h"
#include "model/fired.h"
#include "model/provider.h"
#include "session/session.h"
#include "session/store.h"

#define WORD_MAX 16 /* of a number as text */

/* ── What a request has ────────────────────────────────────────────────────────────────────────────────────────── */

static const char *provider_of(const struct exchange *x, char out[WORD_MAX])
{
    (void)out;
    return x->provider == NULL ? NULL : x->provider->name;
}

static const char *operation_of(const struct exchange *x, char out[WORD_MAX])
{
    (void)out;
    return x->route == NULL ? NULL : x->route->operation;
}

/* Where the store was not asked, it is what the request named. */
static const char *order_of(const struct exchange *x, char out[WORD_MAX])
{
    (void)out;
    return x->order_id != NULL ? x->order_id : x->order_key;
}

/* Of an answer that left with a status line. */
static const char *status_of(const struct exchange *x, char out[WORD_MAX])
{
    if (x->reply.status == 0 || x->reply.wire.nothing || x->reply.wire.raw)
        return NULL;
    snprintf(out, WORD_MAX, "%d", x->reply.status);
    return out;
}

static const char *method_of(const struct exchange *x, char out[WORD_MAX])
{
    (void)out;
    return x->request.method;
}

/* Without the prefix that names a session. */
static const char *path_of(const struct exchange *x, char out[WORD_MAX])
{
    (void)out;
    return x->path != NULL ? x->path : x->request.path;
}

static const char *state_before_of(const struct exchange *x, char out[WORD_MAX])
{
    (void)out;
    return x->state_before;
}

static const char *state_after_of(const struct exchange *x, char out[WORD_MAX])
{
    (void)out;
    return x->state_after;
}

static const char *fault_of(const struct exchange *x, char out[WORD_MAX])
{
    (void)out;
    return x->fired == NULL ? NULL : x->fired->fault;
}

static const char *phase_of(const struct exchange *x, char out[WORD_MAX])
{
    (void)out;
    return x->fired == NULL ? NULL : x->fired->phase;
}

/* ── Whether that is what is wanted ────────────────────────────────────────────────────────────────────────────── */

static bool is_same(const struct match *match, enum match_member member, const struct exchange *x, const char *actual)
{
    const char *wanted = match->wanted[member];
    (void)x;
    return strcmp(wanted, actual) == 0;
}

/* "4xx" is every status that begins so. */
static bool is_status(const struct match *match, enum match_member member, const struct exchange *x, const char *actual)
{
    const char *wanted = match->wanted[member];
    (void)x;
    return wanted[1] == 'x' ? wanted[0] == actual[0] : strcmp(wanted, actual) == 0;
}

static bool has_name(const struct order *order, const char *name)
{
    bool found = strcmp(order->id, name) == 0;
    for (size_t i = 0; i < order->alias_count && !found; i++)
        found = strcmp(order->aliases[i], name) == 0;
    return found;
}

/* By any of the order's names, for as long as the session has it. */
static bool is_order(const struct match *match, enum match_member member, const struct exchange *x, const char *actual)
{
    const char *wanted = match->wanted[member];
    if (strcmp(wanted, actual) == 0 || (x->order_key != NULL && strcmp(wanted, x->order_key) == 0))
        return true;
    struct store *store = session_store(x->session);
    const struct order *order = x->provider == NULL ? NULL : store_load(store, x->provider, wanted);
    bool same = order != NULL && has_name(order, actual);
    order_drop(order);
    return same;
}

/* Several can have fired; a kind and a phase are those of one of them. */
static bool is_fired(const struct match *match, enum match_member member, const struct exchange *x, const char *actual)
{
    const char *fault = match->wanted[MATCH_FAULT], *phase = match->wanted[MATCH_PHASE];
    (void)member;
    (void)actual;
    for (const struct fired *fired = x->fired; fired != NULL; fired = fired->next)
        if ((fault == NULL || strcmp(fault, fired->fault) == 0) && (phase == NULL || strcmp(phase, fired->phase) == 0))
            return true;
    return false;
}

/* ── The table ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *const methods[] = {"GET",    "HEAD",    "POST",  "PUT",     "PATCH",
                                      "DELETE", "OPTIONS", "TRACE", "CONNECT", NULL};

const struct shape plan_match_shape[] = {
    [MATCH_PROVIDER] = {"provider", SHAPE_STRING, .meaning = "whose API was asked"},
    [MATCH_OPERATION] = {"operation", SHAPE_STRING, .meaning = "what was asked for, as the journal calls it"},
    [MATCH_ORDER] = {"order", SHAPE_STRING, .meaning = "an order by any of its names"},
    [MATCH_STATUS] = {"status", SHAPE_ANY, .meaning = "of the answer that left: 404, or \"4xx\" for a class"},
    [MATCH_METHOD] = {"method", SHAPE_STRING, .words = methods, .meaning = "of the request"},
    [MATCH_PATH] = {"path", SHAPE_STRING, .meaning = "of the request as it came, without its query"},
    [MATCH_STATE_BEFORE] = {"state_before", SHAPE_STRING, .meaning = "of the order when the request came"},
    [MATCH_STATE_AFTER] = {"state_after", SHAPE_STRING, .meaning = "of the order when it was answered"},
    [MATCH_FAULT] = {"fault", SHAPE_STRING, .meaning = "the kind of fault that fired on it"},
    [MATCH_PHASE] = {"phase", SHAPE_STRING, .words = fault_phase_names, .meaning = "in which that fault fired"},
    [MATCH_MEMBERS] = SHAPE_END,
};

static const struct looking {
    const char *(*actual)(const struct exchange *x, char out[WORD_MAX]); /* NULL: it has none */
    bool (*fits)(const struct match *match, enum match_member member, const struct exchange *x, const char *actual);
} looking[MATCH_MEMBERS] = {
    [MATCH_PROVIDER] = {provider_of, is_same},
    [MATCH_OPERATION] = {operation_of, is_same},
    [MATCH_ORDER] = {order_of, is_order},
    [MATCH_STATUS] = {status_of, is_status},
    [MATCH_METHOD] = {method_of, is_same},
    [MATCH_PATH] = {path_of, is_same},
    [MATCH_STATE_BEFORE] = {state_before_of, is_same},
    [MATCH_STATE_AFTER] = {state_after_of, is_same},
    [MATCH_FAULT] = {fault_of, is_fired},
    [MATCH_PHASE] = {phase_of, is_fired},
};

static bool member_fits(const struct match *match, enum match_member member, const struct exchange *x)
{
    char word[WORD_MAX];
    const char *actual = looking[member].actual(x, word);
    return actual != NULL && looking[member].fits(match, member, x, actual);
}

size_t match_count(const struct match *match, const struct exchange *x)
{
    size_t count = 0;
    for (enum match_member member = 0; member < MATCH_MEMBERS; member++)
        count += match->wanted[member] != NULL && member_fits(match, member, x);
    return count;
}

size_t match_size(const struct match *match)
{
    size_t size = 0;
    for (enum match_member member = 0; member < MATCH_MEMBERS; member++)
        size += match->wanted[member] != NULL;
    return size;
}

bool match_fits(const struct match *match, const struct exchange *x)
{
    for (enum match_member member = 0; member < MATCH_MEMBERS; member++)
        if (match->wanted[member] != NULL && !member_fits(match, member, x))
            return false;
    return true;
}

/* ── For people ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* "state before" of "state_before" */
static void add_name(enum match_member member, struct text *out)
{
    for (const char *at = plan_match_shape[member].name; *at != '\0'; at++)
        text_add_char(out, *at == '_' ? ' ' : *at);
}

void match_describe(const struct match *match, struct text *out)
{
    size_t told = 0;
    for (enum match_member member = 0; member < MATCH_MEMBERS; member++) {
        if (match->wanted[member] == NULL)
            continue;
        text_add(out, told++ > 0 ? ", " : "");
        add_name(member, out);
        text_print(out, " %.200s", match->wanted[member]);
    }
    if (told == 0)
        text_add(out, "any");
}

void match_differences(const struct match *match, const struct exchange *x, struct text *out)
{
    char word[WORD_MAX];
    size_t told = 0;
    for (enum match_member member = 0; member < MATCH_MEMBERS; member++) {
        if (match->wanted[member] == NULL || member_fits(match, member, x))
            continue;
        const char *actual = looking[member].actual(x, word);
        text_add(out, told++ > 0 ? "; its " : "its ");
        add_name(member, out);
        if (actual != NULL)
            text_print(out, " is %.200s, not %.200s", actual, match->wanted[member]);
        else
            text_print(out, " is none, not %.200s", match->wanted[member]);
    }
}
