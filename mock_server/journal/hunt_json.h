/*
 * The hunt in JSON: what stands below a member with a secret's name, strings and numbers, at any depth; and `value`
 * beside a `name` that says so: {"name":"password","value":"…"}. A string may hold a text of another form.
 */
#ifndef JOURNAL_HUNT_JSON_H
#define JOURNAL_HUNT_JSON_H

#include "journal/hunt.h"

/* False when the bytes are no JSON, up to where that shows: then what is behind it was not looked at. */
bool hunt_json(struct hunt *hunt, const char *bytes, size_t length);

#endif
