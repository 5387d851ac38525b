/*
 * Reports for machines. Each kind is one row of a table: a name and a function that writes a finished run. Adding one
 * is a file and a row.
 */
#ifndef CONFORMANCE_REPORT_REPORT_H
#define CONFORMANCE_REPORT_REPORT_H

#include <stdio.h>

#include "run.h"

struct report_kind {
    const char *name;
    void (*write)(const struct run *run, FILE *to);
};

/* Borrowed; NULL when there is no such kind. */
const struct report_kind *report_kind_of(const char *name);

/* "json, junit"; to be freed. */
char *report_kind_names(void);

/*
 * Whether the files of all reports can be written, asked before anything runs: a run of minutes is not to be lost to a
 * misspelt folder. A file that does not exist is made; one that does keeps its content. Returns 0, or -1 after a
 * message that names the file and the cause.
 */
int report_check_files(const struct options *options);

/* Writes all that the options ask for. Returns 0, or -1 after a message when a file cannot be written. */
int report_write_all(const struct run *run);

void report_json(const struct run *run, FILE *to);
void report_junit(const struct run *run, FILE *to);

/* A document as JSON, indented; bytes of its strings that are no UTF-8 become U+FFFD. */
void report_json_document(const cJSON *root, FILE *to);

/* Text as XML writes it, in attributes and between tags; what XML cannot say is replaced. */
void report_xml_text(const char *text, FILE *to);

/* The providers of the plan, "dukkango, fungies"; to be freed. */
char *report_providers(const struct run *run);

#endif
