/*
 * The faults are rows: a name, the members it takes, and what it does to the reply. Whether one fires is decided under
 * the list's lock, so of two requests exactly one is the first.
 */
#include "faults/fault.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utlist.h>

#include "base/shape.h"
#include "base/text.h"
#include "faults/effects.h"
#include "model/exchange.h"
#include "model/provider.h"

struct fault {
    char id[16];
    enum fault_phase phase;
    cJSON *spec;   /* as it was given, with the id */
    uint64_t seen; /* requests that matched */
    uint64_t fired;
    struct fault *prev, *next;
};

#define FAULTS_MAX 1000 /* every request looks at each of them */

struct fault_list {
    pthread_mutex_t lock;
    struct fault *faults;
    int count;
    unsigned long next_id;
    fault_same_order *same_order;
    bool armed; /* whether there is any fault; read without the lock */
};

struct fault_list *fault_list_new(fault_same_order *same_order)
{
    struct fault_list *list = mem_zero(1, sizeof *list);
    pthread_mutex_init(&list->lock, NULL);
    list->same_order = same_order;
    return list;
}

void fault_list_free(struct fault_list *list)
{
    if (list == NULL)
        return;
    fault_clear(list);
    pthread_mutex_destroy(&list->lock);
    free(list);
}

static void fault_free(struct fault *fault)
{
    cJSON_Delete(fault->spec);
    free(fault);
}

/* ── Taking a fault in ─────────────────────────────────────────────────────────────────────────────────────────── */

static const struct shape match_shape[] = {
    {"provider", SHAPE_STRING},
    {"operation", SHAPE_STRING},
    {"order", SHAPE_STRING},
    SHAPE_END,
};

static const struct shape when_shape[] = {
    {"first", SHAPE_INTEGER},
    {"after", SHAPE_INTEGER},
    {"every", SHAPE_INTEGER},
    SHAPE_END,
};

static const struct shape fault_shape[] = {
    {"fault", SHAPE_STRING, .required = true},
    {"phase", SHAPE_STRING},
    {"match", SHAPE_OBJECT, match_shape},
    {"when", SHAPE_OBJECT, when_shape},
    {"status", SHAPE_INTEGER},
    {"headers", SHAPE_ARRAY},
    {"body", SHAPE_STRING},
    {"json", SHAPE_ANY, .nullable = true},
    {"patch", SHAPE_ARRAY, drift_shape},
    {"bytes", SHAPE_STRING_OR_INTEGER},
    {"bytes_base64", SHAPE_STRING},
    SHAPE_END,
};

static bool counts_are_positive(const cJSON *when)
{
    for (const cJSON *count = when == NULL ? NULL : when->child; count != NULL; count = count->next) {
        int64_t value = 0;
        if (!json_integer(count, &value) || value < (strcmp(count->string, "after") == 0 ? 0 : 1))
            return false;
    }
    return true;
}

static const struct fault_kind *kind_named(const char *name)
{
    for (const struct fault_kind *kind = fault_kinds; kind->name != NULL; kind++)
        if (strcmp(kind->name, name) == 0)
            return kind;
    return NULL;
}

bool fault_check(const cJSON *spec, struct text *problems)
{
    const char *phase = json_string_or(spec, "phase", "before_commit");
    const struct shape_report report = shape_report_into(problems);
    if (!shape_check(spec, fault_shape, SHAPE_CLOSED, &report))
        return false;
    const struct fault_kind *kind = kind_named(json_string(spec, "fault"));
    if (kind == NULL)
        text_print(problems, "no fault is called \"%.60s\"", json_string(spec, "fault"));
    else if (strcmp(phase, "before_commit") != 0 && strcmp(phase, "after_commit") != 0)
        text_add(problems, "\"phase\" is before_commit or after_commit");
    else if (kind->needs_answer && strcmp(phase, "after_commit") != 0)
        text_print(problems, "%s changes the true answer, so its phase is after_commit", kind->name);
    else if (!counts_are_positive(json_member(spec, "when")))
        text_add(problems, "the counts of \"when\" are positive integers");
    else if (kind->check != NULL)
        kind->check(spec, problems);
    return problems->length == 0;
}

enum fault_phase fault_phase_of(const cJSON *spec)
{
    bool after = strcmp(json_string_or(spec, "phase", "before_commit"), "after_commit") == 0;
    return after ? FAULT_AFTER_COMMIT : FAULT_BEFORE_COMMIT;
}

cJSON *fault_add(struct fault_list *list, const cJSON *spec, char **problem)
{
    struct text problems = TEXT_INIT(4096);
    if (!fault_check(spec, &problems)) {
        *problem = text_take(&problems);
        return NULL;
    }
    struct fault *fault = mem_zero(1, sizeof *fault);
    fault->phase = fault_phase_of(spec);
    fault->spec = cJSON_Duplicate(spec, true);

    pthread_mutex_lock(&list->lock);
    if (list->count == FAULTS_MAX) {
        pthread_mutex_unlock(&list->lock);
        fault_free(fault);
        *problem = mem_print("there are %d faults already; DELETE /_mock/faults clears them", FAULTS_MAX);
        return NULL;
    }
    list->count++;
    snprintf(fault->id, sizeof fault->id, "f%lu", ++list->next_id);
    json_set_string(fault->spec, "id", fault->id);
    cJSON *answer = cJSON_Duplicate(fault->spec, true);
    DL_APPEND(list->faults, fault);
    __atomic_store_n(&list->armed, true, __ATOMIC_RELEASE);
    pthread_mutex_unlock(&list->lock);
    return answer;
}

/* ── The list ──────────────────────────────────────────────────────────────────────────────────────────────────── */

cJSON *fault_list_to_json(struct fault_list *list)
{
    cJSON *answer = cJSON_CreateObject();
    cJSON *faults = cJSON_AddArrayToObject(answer, "faults");
    pthread_mutex_lock(&list->lock);
    struct fault *fault;
    DL_FOREACH (list->faults, fault) {
        cJSON *entry = cJSON_Duplicate(fault->spec, true);
        json_set_integer(entry, "fired", (int64_t)fault->fired);
        cJSON_AddItemToArray(faults, entry);
    }
    pthread_mutex_unlock(&list->lock);
    return answer;
}

static bool remove_where(struct fault_list *list, const char *id)
{
    bool removed = false;
    pthread_mutex_lock(&list->lock);
    struct fault *fault, *next;
    DL_FOREACH_SAFE (list->faults, fault, next) {
        if (id != NULL && strcmp(fault->id, id) != 0)
            continue;
        DL_DELETE(list->faults, fault);
        list->count--;
        fault_free(fault);
        removed = true;
    }
    __atomic_store_n(&list->armed, list->faults != NULL, __ATOMIC_RELEASE);
    pthread_mutex_unlock(&list->lock);
    return removed;
}

bool fault_remove(struct fault_list *list, const char *id)
{
    return remove_where(list, id);
}

void fault_clear(struct fault_list *list)
{
    (void)remove_where(list, NULL);
}

/* ── Firing ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool names_match(const cJSON *match, const char *member, const char *actual)
{
    const char *wanted = json_string(match, member);
    return wanted == NULL || (actual != NULL && strcmp(wanted, actual) == 0);
}

/* Whether the order is meant by any of its names: as the request spells it, its id, or an alias. */
static bool order_matches(const struct fault_list *list, const char *wanted, const struct exchange *x)
{
    if (wanted == NULL)
        return true;
    const char *key = x->order_key == NULL ? "" : x->order_key;
    if (strcmp(wanted, key) == 0 || (x->order_id != NULL && strcmp(wanted, x->order_id) == 0))
        return true;
    if (x->provider == NULL)
        return false;
    return list->same_order(x, key, wanted);
}

static bool is_matched(const struct fault_list *list, const struct fault *fault, const struct exchange *x)
{
    const cJSON *match = json_member(fault->spec, "match");
    return names_match(match, "provider", x->provider == NULL ? NULL : x->provider->name) &&
           names_match(match, "operation", x->route == NULL ? NULL : x->route->operation) &&
           order_matches(list, json_string(match, "order"), x);
}

/* `seen` counts this request already. */
static bool is_due(const struct fault *fault)
{
    const cJSON *when = json_member(fault->spec, "when");
    int64_t n = 0;
    if (json_integer(json_member(when, "first"), &n))
        return fault->seen <= (uint64_t)n;
    if (json_integer(json_member(when, "after"), &n))
        return fault->seen > (uint64_t)n;
    if (json_integer(json_member(when, "every"), &n))
        return fault->seen % (uint64_t)n == 0;
    return true;
}

void fault_apply(struct exchange *x, const cJSON *spec, const char *id)
{
    const struct fault_kind *kind = kind_named(json_string_or(spec, "fault", ""));
    x->fault_id = arena_dup(x->arena, id);
    x->fault_name = kind->name;
    x->fault_phase = fault_phase_of(spec) == FAULT_AFTER_COMMIT ? "after_commit" : "before_commit";
    kind->apply(x, spec);
}

bool fault_fire(struct fault_list *list, struct exchange *x, enum fault_phase phase)
{
    if (!__atomic_load_n(&list->armed, __ATOMIC_ACQUIRE))
        return false;
    bool fired = false;
    pthread_mutex_lock(&list->lock);
    struct fault *fault;
    DL_FOREACH (list->faults, fault) {
        if (fault->phase != phase || !is_matched(list, fault, x))
            continue;
        fault->seen++;
        if (is_due(fault)) {
            fault->fired++;
            fault_apply(x, fault->spec, fault->id);
            fired = true;
            break;
        }
    }
    pthread_mutex_unlock(&list->lock);
    return fired;
}
