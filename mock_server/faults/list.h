/*
 * The faults that a session's tests have armed: GET, POST and DELETE /_mock/faults.
 *
 * The first fault that matches a request and is due wins. Whether one fires is decided under the list's lock, so of two
 * requests exactly one is the first. A list may be used from any thread.
 */
#ifndef FAULTS_LIST_H
#define FAULTS_LIST_H

#include "faults/fault.h"

struct fault_list;

/* `providers` (ended by NULL) are those that a fault can match. */
struct fault_list *fault_list_new(const struct provider *const *providers, fault_same_order *same_order) WARN_UNUSED;
void fault_list_free(struct fault_list *list); /* NULL is fine */

/* Adds a fault as fault_read() takes it. Its JSON with the id, or NULL and what is wrong with it in `problems`. */
cJSON *fault_list_add(struct fault_list *list, const cJSON *spec, struct text *problems) WARN_UNUSED;
/* {"faults":[…]}, each with its id and how often it has fired. */
cJSON *fault_list_to_json(struct fault_list *list) WARN_UNUSED;
bool fault_list_remove(struct fault_list *list, const char *id);
void fault_list_clear(struct fault_list *list);

/* Fires the first fault of this phase that matches and is due: makes the reply, notes it in the exchange, and returns
 * true. */
bool fault_list_fire(struct fault_list *list, struct exchange *x, enum fault_phase phase);

#endif
