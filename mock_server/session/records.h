/*
 * What clients made in a session beside orders: JSON values by name, for as long as the session lasts.
 *
 *     records_put(records, "shop account batch 7", value);       // a copy is kept
 *     cJSON *value = records_get(records, "shop account batch 7");   // a copy, or NULL
 *     cJSON *all = records_all(records, "shop account batch ");   // {"7": …}, in the order in which they came
 *
 * Bounded: of more than RECORDS_MAX the oldest is forgotten. Every call may come from any thread; two calls are not one
 * step, so of two changes at the same time the later one stays.
 */
#ifndef SESSION_RECORDS_H
#define SESSION_RECORDS_H

#include "base/json.h"
#include "base/memory.h"

struct records;

#define RECORDS_MAX 10000

struct records *records_new(void) WARN_UNUSED;
void records_free(struct records *records);
/* A copy for the caller to delete, or NULL. */
cJSON *records_get(struct records *records, const char *name) WARN_UNUSED;
/* Keeps a copy of `value`; an earlier one of that name is replaced. */
void records_put(struct records *records, const char *name, const cJSON *value);
/* An object of copies for the caller to delete, each named by what follows the prefix. */
cJSON *records_all(struct records *records, const char *prefix) WARN_UNUSED;
void records_clear(struct records *records);

#endif
