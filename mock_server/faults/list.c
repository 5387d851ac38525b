#include "faults/list.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utlist.h>

#include "base/instant.h"
#include "base/memory.h"
#include "base/number.h"
#include "faults/quota.h"
#include "model/exchange.h"

struct armed {
    char id[FAULT_ID_MAX];
    struct fault *fault;
    struct fault_state state;
    struct armed *prev, *next;
};

#define FAULTS_MAX 1000 /* every request looks at each of them */

struct fault_list {
    pthread_mutex_t lock;
    struct fault_list_options options;
    struct armed *faults;
    int count;
    unsigned long next_id;
    uint64_t round;
    struct quota *quotas;
    unsigned classes; /* of the faults that are in it, as bits; read without the lock */
};

struct fault_list *fault_list_new(const struct fault_list_options *options)
{
    struct fault_list *list = mem_zero(1, sizeof *list);
    pthread_mutex_init(&list->lock, NULL);
    list->options = *options;
    return list;
}

void fault_list_free(struct fault_list *list)
{
    if (list == NULL)
        return;
    fault_list_start_over(list);
    pthread_mutex_destroy(&list->lock);
    free(list);
}

/* ── What is in it ─────────────────────────────────────────────────────────────────────────────────────────────── */

static void note_classes(struct fault_list *list)
{
    const struct armed *armed;
    unsigned classes = 0;
    DL_FOREACH (list->faults, armed)
        classes |= CLASS_BIT(fault_kind_of(armed->fault)->class);
    __atomic_store_n(&list->classes, classes, __ATOMIC_RELEASE);
    if ((classes & CLASS_BIT(CLASS_READ)) != 0)
        fault_counts_expect_reads(list->options.counts);
}

/* Whether there is any of these classes. */
static bool has_any(const struct fault_list *list, unsigned classes)
{
    return (__atomic_load_n(&list->classes, __ATOMIC_ACQUIRE) & classes) != 0;
}

static cJSON *armed_to_json(struct armed *armed, int64_t now_us)
{
    char at[INSTANT_TEXT_MAX];
    cJSON *json = cJSON_Duplicate(fault_spec(armed->fault), true);
    (void)fault_when_is_open(fault_when_of(armed->fault), &armed->state, now_us); /* notes an end */
    instant_write_utc(armed->state.armed_us, 6, at);
    json_set_string(json, "id", armed->id);
    json_set_integer(json, "seen", (int64_t)armed->state.seen);
    json_set_integer(json, "fired", (int64_t)armed->state.fired);
    json_set_string(json, "armed_at", at);
    json_set_string(json, "ended", armed->state.ended);
    return json;
}

static cJSON *armed_summary(const struct armed *armed)
{
    cJSON *json = cJSON_CreateObject();
    json_set_string(json, "id", armed->id);
    json_set_string(json, "fault", fault_kind_of(armed->fault)->name);
    json_set_integer(json, "seen", (int64_t)armed->state.seen);
    json_set_integer(json, "fired", (int64_t)armed->state.fired);
    return json;
}

static void armed_free(struct armed *armed)
{
    fault_drop(armed->fault);
    free(armed);
}

/* ── Adding ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Faults that share a quota agree on its window. */
static bool quota_agrees(const struct fault_list *list, const struct fault *fault, struct text *problems)
{
    const char *name = NULL, *other = NULL;
    int64_t window_us = 0, other_us = 0;
    char seconds[NUMBER_TEXT_MAX];
    const struct armed *armed;
    if (!fault_quota(fault, &name, &window_us) || name == NULL)
        return true;
    DL_FOREACH (list->faults, armed) {
        bool shares = fault_quota(armed->fault, &other, &other_us) && other != NULL && strcmp(name, other) == 0;
        if (!shares || other_us == window_us)
            continue;
        text_print(problems, "the quota \"%.60s\" has a window of %s s already, by the fault %s", name,
                   number_write_decimal((double)other_us / (double)INSTANT_SECOND_US, seconds), armed->id);
        return false;
    }
    return true;
}

static bool has_room(const struct fault_list *list, struct text *problems)
{
    if (list->count < FAULTS_MAX)
        return true;
    text_print(problems, "there are %d faults already; DELETE /_mock/faults clears them", FAULTS_MAX);
    return false;
}

/* Puts it at the end, with an id of its own; NULL when it cannot stand in the list. */
static cJSON *append(struct fault_list *list, struct armed *armed, struct text *problems)
{
    cJSON *answer = NULL;
    pthread_mutex_lock(&list->lock);
    if (has_room(list, problems) && quota_agrees(list, armed->fault, problems)) {
        list->count++;
        snprintf(armed->id, sizeof armed->id, "f%lu", ++list->next_id);
        DL_APPEND(list->faults, armed);
        answer = armed_to_json(armed, armed->state.armed_us);
        note_classes(list);
    }
    pthread_mutex_unlock(&list->lock);
    return answer;
}

cJSON *fault_list_add(struct fault_list *list, const cJSON *spec, int64_t now_us, struct text *problems)
{
    struct fault *fault = fault_read(spec, list->options.providers, problems);
    if (fault == NULL)
        return NULL;
    struct armed *armed = mem_zero(1, sizeof *armed);
    armed->fault = fault;
    armed->state.armed_us = now_us;
    cJSON *answer = append(list, armed, problems);
    if (answer == NULL)
        armed_free(armed);
    return answer;
}

/* ── Showing and removing ──────────────────────────────────────────────────────────────────────────────────────── */

cJSON *fault_list_to_json(struct fault_list *list, int64_t now_us)
{
    cJSON *answer = cJSON_CreateObject();
    cJSON *faults = cJSON_AddArrayToObject(answer, "faults");
    pthread_mutex_lock(&list->lock);
    struct armed *armed;
    DL_FOREACH (list->faults, armed)
        cJSON_AddItemToArray(faults, armed_to_json(armed, now_us));
    pthread_mutex_unlock(&list->lock);
    return answer;
}

cJSON *fault_list_summary(struct fault_list *list)
{
    cJSON *answer = cJSON_CreateObject();
    cJSON *faults = cJSON_AddArrayToObject(answer, "faults");
    pthread_mutex_lock(&list->lock);
    const struct armed *armed;
    DL_FOREACH (list->faults, armed)
        cJSON_AddItemToArray(faults, armed_summary(armed));
    pthread_mutex_unlock(&list->lock);
    return answer;
}

/* Takes out the one of that id, or all; the lock is held. */
static struct armed *take_out(struct fault_list *list, const char *id)
{
    struct armed *armed, *next, *taken = NULL;
    DL_FOREACH_SAFE (list->faults, armed, next) {
        if (id != NULL && strcmp(armed->id, id) != 0)
            continue;
        DL_DELETE(list->faults, armed);
        list->count--;
        DL_APPEND(taken, armed);
    }
    note_classes(list);
    return taken;
}

/* What became of them, who are no longer in the list. */
static cJSON *tell_end(struct armed *taken)
{
    cJSON *answer = cJSON_CreateObject();
    cJSON *faults = cJSON_AddArrayToObject(answer, "faults");
    struct armed *armed, *next;
    DL_FOREACH_SAFE (taken, armed, next) {
        cJSON_AddItemToArray(faults, armed_summary(armed));
        armed_free(armed);
    }
    return answer;
}

cJSON *fault_list_remove(struct fault_list *list, const char *id)
{
    pthread_mutex_lock(&list->lock);
    struct armed *taken = take_out(list, id);
    pthread_mutex_unlock(&list->lock);
    return taken == NULL ? NULL : tell_end(taken);
}

cJSON *fault_list_clear(struct fault_list *list)
{
    pthread_mutex_lock(&list->lock);
    struct armed *taken = take_out(list, NULL);
    quotas_free(&list->quotas);
    pthread_mutex_unlock(&list->lock);
    return tell_end(taken);
}

void fault_list_start_over(struct fault_list *list)
{
    pthread_mutex_lock(&list->lock);
    struct armed *taken = take_out(list, NULL);
    quotas_free(&list->quotas);
    list->next_id = 0;
    pthread_mutex_unlock(&list->lock);
    cJSON_Delete(tell_end(taken));
}

/* ── Firing ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct quota *quota_of(struct fault_list *list, const struct armed *armed)
{
    const char *name = NULL;
    int64_t window_us = 0;
    if (!fault_quota(armed->fault, &name, &window_us))
        return NULL;
    return quota_named(&list->quotas, name == NULL ? armed->id : name, window_us);
}

/* The lock is held. */
static bool meets(struct fault_list *list, struct armed *armed, int64_t now_us, struct firing *firing)
{
    const struct fault_moment moment = {.source = &list->options.source,
                                        .id = armed->id,
                                        .draw_id = armed->id,
                                        .round = list->round,
                                        .now_us = now_us,
                                        .quota = quota_of(list, armed)};
    return fault_meets(armed->fault, &armed->state, &moment, firing);
}

/* One that refuses at once waits for no request. */
static bool is_offered(struct fault_list *list, const struct armed *armed, const struct exchange *x,
                       enum fault_phase phase, const struct due *due)
{
    return fault_phase_of(armed->fault) == phase && due_is_open(due, armed->fault) &&
           !fault_needs_no_request(armed->fault) && fault_matches(armed->fault, x, list->options.same_order);
}

void fault_list_due(struct fault_list *list, const struct exchange *x, enum fault_phase phase, struct due *due)
{
    if (!has_any(list, due->open))
        return;
    pthread_mutex_lock(&list->lock);
    struct armed *armed;
    struct firing firing;
    list->round++;
    DL_FOREACH (list->faults, armed)
        if (is_offered(list, armed, x, phase, due) && meets(list, armed, x->at_us, &firing))
            due_take(due, armed->fault, &firing);
    pthread_mutex_unlock(&list->lock);
}

/* ── What the transport asks for ───────────────────────────────────────────────────────────────────────────────── */

typedef int64_t asked_of(const struct fault *fault);

/* The first that has something to say and is due; `once`: each says it once. */
static int64_t ask_first(struct fault_list *list, asked_of *asked, bool once, int64_t now_us)
{
    int64_t answer_us = 0;
    struct armed *armed;
    struct firing firing;
    pthread_mutex_lock(&list->lock);
    list->round++;
    DL_FOREACH (list->faults, armed) {
        int64_t own_us = asked(armed->fault);
        if (own_us == 0 || (once && armed->state.fired > 0) || !meets(list, armed, now_us, &firing))
            continue;
        answer_us = own_us;
        fault_counts_add(list->options.counts, fault_kind_of(armed->fault));
        break;
    }
    pthread_mutex_unlock(&list->lock);
    return answer_us;
}

int64_t fault_list_accept_delay(struct fault_list *list, int64_t now_us)
{
    return has_any(list, CLASS_BIT(CLASS_LISTENER)) ? ask_first(list, fault_accept_delay, false, now_us) : 0;
}

int64_t fault_list_refusal(struct fault_list *list, int64_t now_us)
{
    return has_any(list, CLASS_BIT(CLASS_LOSS)) ? ask_first(list, fault_refusal, true, now_us) : 0;
}

int64_t fault_list_read_rate(struct fault_list *list, struct exchange *x)
{
    struct due due;
    due_begin(&due, x, CLASS_BIT(CLASS_READ));
    fault_list_due(list, x, FAULT_BEFORE_COMMIT, &due);
    due_apply(&due, x, list->options.counts);
    return x->reply.wire.read_bytes_per_s;
}
