/*
 * The faults that a session's tests have armed: GET, POST and DELETE /_mock/faults.
 *
 * Of one class the first fault that matches a request and is due wins. Whether one fires is decided under the list's
 * lock, so of two requests exactly one is the first; it is applied without the lock (faults/due.h). A list may be used
 * from any thread.
 *
 * Two kinds are asked for by the transport, before there is a request or an answer:
 *
 *     delay_us = fault_list_accept_delay(list, now_us);     // a new connection: ACCEPT_DELAY
 *     rate = fault_list_read_rate(list, x);                 // a head is here, its body is not: SLOW_READ
 *
 * Where no such fault is armed both cost a look at one word.
 */
#ifndef FAULTS_LIST_H
#define FAULTS_LIST_H

#include "faults/due.h"
#include "faults/fault.h"

struct fault_list;

struct fault_list_options {
    const struct provider *const *providers; /* ended by NULL: those that a fault can match */
    fault_same_order *same_order;
    struct draw_source source;   /* whose draws they are; its session's name outlives the list */
    struct fault_counts *counts; /* NULL: none */
};

struct fault_list *fault_list_new(const struct fault_list_options *options) WARN_UNUSED;
void fault_list_free(struct fault_list *list); /* NULL is fine */

/* Adds a fault as fault_read() takes it, armed now. Its JSON as fault_list_to_json() shows it, or NULL and what is
 * wrong with it in `problems`. */
cJSON *fault_list_add(struct fault_list *list, const cJSON *spec, int64_t now_us, struct text *problems) WARN_UNUSED;
/* {"faults":[…]}, each with its id, the requests that it has counted ("seen"), how often it "fired", "armed_at", and
 * what "ended" it. */
cJSON *fault_list_to_json(struct fault_list *list, int64_t now_us) WARN_UNUSED;
/* Removes one, or all: {"faults":[{"id","fault","seen","fired"}…]} tells what became of them. NULL: there is no fault
 * of that id. */
cJSON *fault_list_remove(struct fault_list *list, const char *id) WARN_UNUSED;
cJSON *fault_list_clear(struct fault_list *list) WARN_UNUSED;
/* The same without removing any. */
cJSON *fault_list_summary(struct fault_list *list) WARN_UNUSED;
/* Back to its beginning: no faults, no quotas, and ids from f1 on. */
void fault_list_start_over(struct fault_list *list);

/* Offers the faults of this phase that match and are due. */
void fault_list_due(struct fault_list *list, const struct exchange *x, enum fault_phase phase, struct due *due);

/* How long a connection that begins now is not read from, in microseconds of real time; 0: not at all. Counts it. */
int64_t fault_list_accept_delay(struct fault_list *list, int64_t now_us);
/* How many bytes of the body are read a second; 0: as many as come. Counts the request, and notes in it what fired. The
 * exchange has its session and its route. */
int64_t fault_list_read_rate(struct fault_list *list, struct exchange *x);
/* For how long the port refuses connections from now on, because a fault that begins at once was armed, in microseconds
 * of real time; 0: nothing new. Whoever is told does it: it is told once. */
int64_t fault_list_refusal(struct fault_list *list, int64_t now_us);

#endif
