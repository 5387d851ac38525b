/*
 * Reports for machines as files: what KIND=FILE means, and opening and closing. What stands in a file is written by
 * whoever has it.
 *
 *     static report_writer *const writers[REPORT_KIND_COUNT] = {[REPORT_JSON] = write_json,
 *                                                               [REPORT_JUNIT] = write_junit};
 *     report_files_write("cancelcheck", &settings->reports, writers, run);
 *
 * Adding a kind is a word in REPORT_KINDS and a writer in each program. Messages begin with the program's name.
 */
#ifndef BASE_REPORT_FILES_H
#define BASE_REPORT_FILES_H

#include <stdbool.h>
#include <stdio.h>

#include "base/options.h"
#include "base/text.h"

#define REPORT_KINDS(X)                                                                                                \
    X(JSON, "json")                                                                                                    \
    X(JUNIT, "junit")

enum report_kind {
#define X(name, word) REPORT_##name,
    REPORT_KINDS(X)
#undef X
        REPORT_KIND_COUNT
};

typedef void report_writer(const void *what, FILE *to);

/* "json, junit" */
const char *report_kind_names(void);

/* Takes "KIND=FILE" apart; `path` is borrowed from it, and "-" is standard output. False when it is no such thing. */
bool report_request_read(const char *request, enum report_kind *kind, const char **path);

/* The same for a command line that has just read it into `all`; what is wrong goes to `problem` ("takes …"). */
bool report_request_check(const char *request, const struct words *all, struct text *problem);

/* Whether one of the requests is for standard output. */
bool report_files_use_stdout(const struct words *requests);

/*
 * Whether the files can be written, asked before anything runs: a run of minutes is not to be lost to a misspelt
 * folder. A file that does not exist is made; one that does keeps its content. Returns 0, or -1 after a message that
 * names the file and the cause.
 */
int report_files_check(const char *program, const struct words *requests);

/* Writes all of them. Returns 0, or -1 after a message when a file cannot be written. */
int report_files_write(const char *program, const struct words *requests,
                       report_writer *const writers[REPORT_KIND_COUNT], const void *what);

#endif
