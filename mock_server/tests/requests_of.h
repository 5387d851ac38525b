/*
 * How a client raises each of its events, by hand from the vendors' documents: for the walks over states and for races.
 */
#ifndef TESTS_REQUESTS_OF_H
#define TESTS_REQUESTS_OF_H

#include <stddef.h>

struct client_event {
    const char *provider;
    const char *event; /* its name in states.json */
    const char *method;
    const char *target;  /* %s is the order's id */
    const char *headers; /* JSON */
    const char *body;    /* NULL: none; %s is the order's id */
    const char *knobs;   /* JSON of knobs to set first, NULL: none */
    int second_status;   /* what section 7 of the provider's facts says of a second cancel; 0: not a cancel to race with
                          */
};

extern const struct client_event client_events[];
extern const size_t client_event_count;

/* The pattern with the order's id for its %s, for the caller to free(); NULL stays NULL. */
char *fill_id(const char *pattern, const char *id);

#endif
