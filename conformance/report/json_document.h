/*
 * A report as JSON text, indented. Strings of a tree need not be UTF-8 where they came from a client or over the wire;
 * bytes that are none become U+FFFD, for JSON must be (RFC 8259 section 8.1).
 */
#ifndef REPORT_JSON_DOCUMENT_H
#define REPORT_JSON_DOCUMENT_H

#include <stdio.h>

#include <cjson/cJSON.h>

void json_document_write(const cJSON *root, FILE *to);

#endif
