/*
 * What an Akinon order or item says of itself, read from any of the published forms: the status as
 * numeric string ("50"), number (50) or name ("cancellation_waiting"), related objects as id or object.
 * Pure reading; nothing here sends or decides.
 */
#ifndef PROVIDERS_AKINON_STATUS_H
#define PROVIDERS_AKINON_STATUS_H

#include <stdbool.h>

#include "base/json.h"

enum akinon_stage {
    AKINON_UNREADABLE, /* absent, or a word we do not know */
    AKINON_WAITING,    /* 50: a cancellation or return waits for confirmation */
    AKINON_CANCELED,   /* 100 */
    AKINON_BEFORE,     /* before shipping: a cancel opens a cancellation */
    AKINON_AFTER,      /* shipped or later: a cancel opens a return */
    AKINON_OTHER       /* under review, refunded, inactive */
};

enum akinon_stage akinon_stage_of(const struct json_value *status);

/* "waiting" and its kin under `cancel_status`: a plan is open. */
bool akinon_plan_is_open(const struct json_value *order);

/* The items of a detailed order, or NULL; each has a `pk`. */
const struct json_value *akinon_items(const struct json_value *order);
#define AKINON_ITEMS_MAX 1000 /* each is looked up among all others */
bool akinon_has_too_many_items(const struct json_value *order);

/* The item of that id in the list, or NULL. */
const struct json_value *akinon_item_find(const struct json_value *items, const char *id);

/* An id given as integer or string, or as an object with `pk`; NULL if there is none. */
const char *akinon_id_of(const struct json_value *value);

#endif
