/*
 * What is not literal in an exchange: {{NAME}}, which an earlier request captured, and {{/ERE/}}, which fits any value
 * that the POSIX extended regular expression fits as a whole.
 *
 *     cJSON *captures = cJSON_CreateObject();
 *     captures_take(captures, answer, pointers, &findings);            // {"TOKEN": "/data/access_token"}
 *     cJSON *request = captures_fill(written, captures, &findings);       // "Bearer {{TOKEN}}" → "Bearer 5f0c…"
 */
#ifndef SERVER_CAPTURES_H
#define SERVER_CAPTURES_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "check/findings.h"

/* A copy of the tree with the names filled into every string, to be deleted; NULL stays NULL. A name that nobody
 * captured is a finding, and stands there as "". */
cJSON *captures_fill(const cJSON *tree, const cJSON *names, struct findings *findings);

/* Takes values out of an answer by JSON pointers, strings as they are and numbers by their digits. What a pointer does
 * not lead to is a finding. */
void captures_take(cJSON *names, cJSON *answer, const cJSON *pointers, struct findings *findings);

/* Whether the text has the form {{/ERE/}}. */
bool captures_is_expression(const char *text);

/* Whether the expression of {{/ERE/}} fits the whole of `actual`; false for NULL and for what is no expression. */
bool captures_expression_fits(const char *text, const char *actual);

/* A string's text or a number's digits, borrowed; NULL for anything else. */
const char *captures_text_of(const cJSON *value);

#endif
