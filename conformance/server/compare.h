/*
 * An answer against the documented one. Each difference is a finding that says where, what was expected and what came.
 *
 *     compare_answer(&answer, documented, COMPARE_EXACT, &findings);
 *
 * The status must be the documented one in every mode. Of the headers, those that the document lists are looked at; one
 * that is null must be absent. The reason phrase is looked at where it is documented, and in the exact mode only.
 */
#ifndef SERVER_COMPARE_H
#define SERVER_COMPARE_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "check/findings.h"
#include "mock_server/base/http_client.h"

enum compare {
    COMPARE_EXACT, /* headers by value; bodies byte for byte, or as JSON in the documented order, digits included */
    COMPARE_JSON,  /* headers by value; bodies that are JSON as JSON: any order of members, numbers by value */
    COMPARE_SHAPE, /* headers there or absent, Content-Type by its media type; JSON by members and their types */
};

/* False when there is no such mode. */
bool compare_from_name(const char *name, enum compare *out);
const char *compare_name(enum compare mode);

/* `documented` is the `response` of an exchange with its names filled in. The answer must have come as a whole. */
void compare_answer(const struct http_answer *answer, const cJSON *documented, enum compare mode,
                    struct findings *findings);

#endif
