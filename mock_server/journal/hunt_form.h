/*
 * The hunt in what has fields: `name=value&name=value` of forms, queries and cookies, and the parts of
 * multipart/form-data. A field without a secret's name may hold a text of another form.
 */
#ifndef JOURNAL_HUNT_FORM_H
#define JOURNAL_HUNT_FORM_H

#include "journal/hunt.h"

/* `between` are the bytes that part fields: "&". */
void hunt_form(struct hunt *hunt, const char *bytes, size_t length, const char *between);
/* Every cookie's value, whatever its name: sessions have all kinds of names. `attributes` follow the first in
 * Set-Cookie, and are none. */
void hunt_cookies(struct hunt *hunt, const char *bytes, size_t length, bool attributes_follow);
/* False when it does not begin with the boundary of a part. */
bool hunt_multipart(struct hunt *hunt, const char *bytes, size_t length);

#endif
