/*
 * A body as a flat, sorted list of what is in it, so that two bodies can be compared by one walk.
 *
 *     {"request":{"order":{"id":"4711"}}}   is   request (object), request.order (object), request.order.id (string)
 *
 * Items of an array are all called NAME[], and members that are called by the id of something NAME.{id}. XML is read as
 * base/xml.h does it, a form by its names; both have strings alone, so kinds are compared among JSON bodies only.
 * Bounded: MEMBERS_MAX members, MEMBERS_DEPTH_MAX levels; what is beyond is not looked at.
 */
#ifndef DIAGNOSIS_MEMBERS_H
#define DIAGNOSIS_MEMBERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/json.h"

#define MEMBERS_MAX       128
#define MEMBERS_DEPTH_MAX 12

enum body_form {
    FORM_NONE,   /* no bytes, or blanks */
    FORM_JSON,   /* it reads as JSON */
    FORM_XML,    /* it reads as XML */
    FORM_FIELDS, /* name=value&name=value */
    FORM_BROKEN, /* it begins like JSON or XML, and breaks off or goes wrong */
    FORM_OTHER,
};

struct member {
    const char *path; /* "request.order.id" */
    const char *name; /* its last part: "id"; the path itself at the top */
    const cJSON *node;
};

struct members {
    enum body_form form;
    const cJSON *tree; /* NULL unless JSON or XML */
    struct member *list;
    size_t count;
};

/* Everything lives in the arena. `bytes` ends with NUL. */
struct members members_read(struct arena *arena, const char *bytes, size_t length);
/* "JSON", "XML", "a form" …: for messages. */
const char *members_form_name(enum body_form form);
/* The first with that path, or else that name; NULL when there is none. */
const struct member *members_find(const struct members *members, const char *name);

/* Two lists side by side: one pair for each path that either has. */
struct member_pair {
    const struct member *documented, *sent; /* NULL: it has none there */
};

struct member_walk {
    const struct members *documented, *sent;
    size_t at_documented, at_sent;
};

bool members_next(struct member_walk *walk, struct member_pair *pair);
/* Both have it, and as different kinds of value; true and false are one kind. */
bool members_differ(const struct member_pair *pair);

#endif
