/*
 * The strict half of json_read(): checks a text against RFC 8259 and notes where each value stands. Used by json.c.
 */
#ifndef BASE_JSON_SCAN_H
#define BASE_JSON_SCAN_H

#include "base/json.h"

/* One value of the text, in document order. */
struct json_mark {
    size_t offset;
    size_t length; /* of a number's text; 0 for the rest */
};

struct json_marks {
    struct json_mark *list;
    size_t count;
    size_t room;
};

/* 0 and the marks (free() the list), or -1 and the problem. */
int json_scan(const char *text, size_t length, struct json_marks *marks, struct json_problem *problem);

#endif
