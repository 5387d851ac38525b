/*
 * What is not literal in an exchange: {{NAME}}, which an earlier request captured, and {{/ERE/}}, which fits any value
 * that the POSIX extended regular expression fits as a whole.
 *
 *     cJSON *names = cJSON_CreateObject();
 *     names_capture(names, answer, pointers, &findings);            // {"TOKEN": "/data/access_token"}
 *     cJSON *request = names_fill(written, names, &findings);       // "Bearer {{TOKEN}}" → "Bearer 5f0c…"
 */
#ifndef CONFORMANCE_PROVIDER_NAMES_H
#define CONFORMANCE_PROVIDER_NAMES_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "judge/findings.h"

/* A copy of the tree with the names filled into every string, to be deleted; NULL stays NULL. A name that nobody
 * captured is a finding, and stands there as "". */
cJSON *names_fill(const cJSON *tree, const cJSON *names, struct findings *findings);

/* Takes values out of an answer by JSON pointers, strings as they are and numbers by their digits. What a pointer does
 * not lead to is a finding. */
void names_capture(cJSON *names, cJSON *answer, const cJSON *pointers, struct findings *findings);

/* Whether the text has the form {{/ERE/}}. */
bool names_is_expression(const char *text);

/* Whether the expression of {{/ERE/}} fits the whole of `actual`; false for NULL and for what is no expression. */
bool names_expression_fits(const char *text, const char *actual);

/* A string's text or a number's digits, borrowed; NULL for anything else. */
const char *names_text_of(const cJSON *value);

#endif
