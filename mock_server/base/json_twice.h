/*
 * Members that stand twice in one object of JSON: RFC 8259 leaves open which counts.
 *
 * Files of our own refuse them (JSON_UNIQUE of base/json.h). A server reads bodies as its stack does, and the readers
 * of JavaScript, Python, Ruby and PHP keep the last.
 */
#ifndef BASE_JSON_TWICE_H
#define BASE_JSON_TWICE_H

#include <stddef.h>

#include "base/json.h"

/* The first member of an object whose name an earlier one has; NULL when there is none. */
const cJSON *json_first_twice(const cJSON *object);

/* Told of a member that stood twice or more in one object, once for each object; `member` is the one that stayed. */
typedef void json_twice_report(void *context, const cJSON *member);

/* Keeps the last of members of one name, at every depth. It takes the place of the first, as those readers have it.
 * `report` is called in no particular order. */
void json_keep_last(cJSON *tree, json_twice_report *report, void *context);

#endif
