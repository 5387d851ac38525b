/*
 * A hunt for secrets in one text: what the hunters of each form share (hunt_json.h, hunt_xml.h, hunt_form.h,
 * hunt_loose.h; hunt_text.h chooses).
 *
 * A hunter walks through bytes as they came, decides by names where a secret stands, and tells the place with
 * hunt_value(). That place is marked, unless the value is a test credential of the fixtures or the session, and the
 * session remembers the value (session/secret_values.h). Nothing is decoded, changed or refused: the bytes between the
 * marks are shown as they are.
 *
 * The hunter of one form may meet a text of another: JSON in the field of a form, XML in a string of JSON.
 * hunt_inside() hunts in there, and the marks stand in the outer text.
 */
#ifndef JOURNAL_HUNT_H
#define JOURNAL_HUNT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/json.h"
#include "journal/spans.h"

struct session;

struct hunt {
    struct session *session;
    const char *const *names; /* of secrets, beside the general words: model/secret_names.h */
    const cJSON *credential;  /* the one that the request was let in with, looked at first; NULL: none */
    bool in_doubt;            /* a secret's name hides what follows it, also without `:` or `=` between: in requests */
    enum mask mask;
    struct spans spans;
    /* Hunts in a text of any form. */
    void (*text)(struct hunt *hunt, const char *bytes, size_t length);
    unsigned depth; /* how many texts this one stands in */
};

#define HUNT_DEPTH_MAX 4
/* A text in a text that is longer is masked whole where a secret's name is in it. */
#define HUNT_INSIDE_MAX ((size_t)4 * 1024 * 1024)

/* Whether a name, spelled so, is that of a secret. */
bool hunt_is_name(const struct hunt *hunt, const char *bytes, size_t length, unsigned spellings);
/* Here stands a secret, spelled so (base/spelling.h). */
void hunt_value(struct hunt *hunt, const char *bytes, size_t at, size_t length, unsigned spellings);
/* The same for a number or word of JSON, whose mask needs quotes. */
void hunt_number(struct hunt *hunt, const char *bytes, size_t at, size_t length);
/* Here stands a text, spelled so. */
void hunt_inside(struct hunt *hunt, const char *bytes, size_t at, size_t length, unsigned spellings);

#endif
