/*
 * The words of a JSON text, one after another: strings, numbers, true, false, null, and what stands between them. The
 * lower half of json_read() (json_read.c), which makes a tree of them.
 *
 * What fails says so in `problem`, with its place, and the scan is over.
 */
#ifndef BASE_JSON_SCAN_H
#define BASE_JSON_SCAN_H

#include "base/json.h"
#include "base/text.h"

struct json_scan {
    const char *text;
    size_t length;
    size_t at;
    struct text scratch; /* a string with escapes is put together here; released by the owner of the scan */
    struct json_problem *problem;
};

/* Always false. */
bool json_scan_fail(struct json_scan *scan, size_t offset, const char *problem);
/* The byte that comes, '\0' at the end. */
char json_scan_peek(const struct json_scan *scan);
/* Steps over `c` if it comes. */
bool json_scan_accept(struct json_scan *scan, char c);
void json_scan_space(struct json_scan *scan);

/* Each stands at the first byte of what it reads. NULL after failing; texts are the caller's. */
char *json_scan_string(struct json_scan *scan) WARN_UNUSED;
char *json_scan_number(struct json_scan *scan) WARN_UNUSED; /* as it is written */
bool json_scan_word(struct json_scan *scan, const char *word);

#endif
