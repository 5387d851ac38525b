/*
 * The shape that a JSON document must have, as rows: what fixtures and control calls are checked with.
 *
 * One check walks the whole document and reports every mistake, so that a person mends a file in one go. An unknown
 * member is reported with the nearest known name. What comes over the wire may hold 100,000 mistakes: a report can have
 * a limit.
 *
 *     static const struct shape order_shape[] = {
 *         {"id", SHAPE_STRING, .required = true},
 *         {"aliases", SHAPE_ARRAY_OF_STRINGS},
 *         {"policy", SHAPE_STRING, .words = policy_words},
 *         {"repeat", SHAPE_INTEGER, .least = 1, .most = 10000000},
 *         {"document", SHAPE_OBJECT, .members = document_shape},
 *         SHAPE_END,
 *     };
 *     struct shape_report report = {.found = collect, .context = list};
 *     bool fine = shape_check(tree, order_shape, SHAPE_CLOSED, &report);
 */
#ifndef BASE_SHAPE_H
#define BASE_SHAPE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/json.h"
#include "base/text.h"

enum shape_type {
    SHAPE_STRING,
    SHAPE_INTEGER, /* written as an integer, within int64_t */
    SHAPE_NUMBER,
    SHAPE_BOOLEAN,
    SHAPE_OBJECT, /* with .members checked; without, any object */
    SHAPE_MAP,    /* an object with free names whose values are objects of .members */
    SHAPE_ARRAY,  /* of objects of .members; without, any array */
    SHAPE_ARRAY_OF_STRINGS,
    SHAPE_PAIRS, /* an array of [name, value], both strings */
    SHAPE_ANY,
};

struct shape {
    const char *name; /* NULL ends the rows */
    enum shape_type type;
    const struct shape *members;
    bool required;
    bool nullable;            /* JSON null is fine too */
    const char *const *words; /* a string is one of these, ended by NULL; NULL: any string */
    int64_t least, most;      /* an integer or number lies between these, both 0: any; an array has at most `most` */
    const char *meaning;      /* one line for people; NULL: none */
};

#define SHAPE_END                                                                                                      \
    {                                                                                                                  \
        .name = NULL                                                                                                   \
    }

enum shape_mode {
    SHAPE_CLOSED, /* members that no row names are mistakes */
    SHAPE_OPEN,   /* they are let through, at every level */
};

struct shape_report {
    /* Called for each mistake; `node` is the value (or the object that lacks a member), lent; `text` is lent. */
    void (*found)(void *context, const cJSON *node, const char *text);
    void *context;
    size_t most; /* after so many mistakes the others are counted, and told in one last text; 0: all are told */
};

#define SHAPE_TOLD_MAX 16

/* A report that writes the first SHAPE_TOLD_MAX mistakes into one text, separated by "; ", and how many more there
 * are. */
struct shape_report shape_report_into(struct text *problems);

/* True when nothing was found. */
bool shape_check(const cJSON *node, const struct shape *members, enum shape_mode mode,
                 const struct shape_report *report);

#endif
