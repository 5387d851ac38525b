#include "faults/list.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utlist.h>

#include "base/memory.h"

struct armed {
    char id[16];
    struct fault *fault;
    uint64_t seen; /* requests that matched */
    uint64_t fired;
    struct armed *prev, *next;
};

#define FAULTS_MAX 1000 /* every request looks at each of them */

struct fault_list {
    pthread_mutex_t lock;
    struct armed *faults;
    int count;
    unsigned long next_id;
    const struct provider *const *providers;
    fault_same_order *same_order;
    bool armed; /* whether there is any fault; read without the lock */
};

struct fault_list *fault_list_new(const struct provider *const *providers, fault_same_order *same_order)
{
    struct fault_list *list = mem_zero(1, sizeof *list);
    pthread_mutex_init(&list->lock, NULL);
    list->providers = providers;
    list->same_order = same_order;
    return list;
}

void fault_list_free(struct fault_list *list)
{
    if (list == NULL)
        return;
    fault_list_clear(list);
    pthread_mutex_destroy(&list->lock);
    free(list);
}

/* ── What is in it ─────────────────────────────────────────────────────────────────────────────────────────────── */

static cJSON *armed_to_json(const struct armed *armed)
{
    cJSON *json = cJSON_Duplicate(fault_spec(armed->fault), true);
    json_set_string(json, "id", armed->id);
    return json;
}

/* Puts it at the end, with an id of its own; NULL when the list is full. */
static cJSON *append(struct fault_list *list, struct armed *armed)
{
    cJSON *answer = NULL;
    pthread_mutex_lock(&list->lock);
    if (list->count < FAULTS_MAX) {
        list->count++;
        snprintf(armed->id, sizeof armed->id, "f%lu", ++list->next_id);
        DL_APPEND(list->faults, armed);
        answer = armed_to_json(armed);
        __atomic_store_n(&list->armed, true, __ATOMIC_RELEASE);
    }
    pthread_mutex_unlock(&list->lock);
    return answer;
}

static void armed_free(struct armed *armed)
{
    fault_free(armed->fault);
    free(armed);
}

cJSON *fault_list_add(struct fault_list *list, const cJSON *spec, struct text *problems)
{
    struct fault *fault = fault_read(spec, list->providers, problems);
    if (fault == NULL)
        return NULL;
    struct armed *armed = mem_zero(1, sizeof *armed);
    armed->fault = fault;
    cJSON *answer = append(list, armed);
    if (answer == NULL) {
        armed_free(armed);
        text_print(problems, "there are %d faults already; DELETE /_mock/faults clears them", FAULTS_MAX);
    }
    return answer;
}

cJSON *fault_list_to_json(struct fault_list *list)
{
    cJSON *answer = cJSON_CreateObject();
    cJSON *faults = cJSON_AddArrayToObject(answer, "faults");
    pthread_mutex_lock(&list->lock);
    struct armed *armed;
    DL_FOREACH (list->faults, armed) {
        cJSON *entry = armed_to_json(armed);
        json_set_integer(entry, "fired", (int64_t)armed->fired);
        cJSON_AddItemToArray(faults, entry);
    }
    pthread_mutex_unlock(&list->lock);
    return answer;
}

static bool remove_where(struct fault_list *list, const char *id)
{
    bool removed = false;
    pthread_mutex_lock(&list->lock);
    struct armed *armed, *next;
    DL_FOREACH_SAFE (list->faults, armed, next) {
        if (id != NULL && strcmp(armed->id, id) != 0)
            continue;
        DL_DELETE(list->faults, armed);
        list->count--;
        armed_free(armed);
        removed = true;
    }
    __atomic_store_n(&list->armed, list->faults != NULL, __ATOMIC_RELEASE);
    pthread_mutex_unlock(&list->lock);
    return removed;
}

bool fault_list_remove(struct fault_list *list, const char *id)
{
    return remove_where(list, id);
}

void fault_list_clear(struct fault_list *list)
{
    (void)remove_where(list, NULL);
}

/* ── Firing ────────────────────────────────────────────────────────────────────────────────────────────────────── */

bool fault_list_fire(struct fault_list *list, struct exchange *x, enum fault_phase phase)
{
    if (!__atomic_load_n(&list->armed, __ATOMIC_ACQUIRE))
        return false;
    bool fired = false;
    pthread_mutex_lock(&list->lock);
    struct armed *armed;
    DL_FOREACH (list->faults, armed) {
        if (fault_phase_of(armed->fault) != phase || !fault_matches(armed->fault, x, list->same_order))
            continue;
        armed->seen++;
        if (fault_is_due(armed->fault, armed->seen)) {
            armed->fired++;
            fault_apply(armed->fault, x, armed->id);
            fired = true;
            break;
        }
    }
    pthread_mutex_unlock(&list->lock);
    return fired;
}
