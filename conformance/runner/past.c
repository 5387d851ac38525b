/* Whole ids, wherever a vendor puts them: a segment of the path, a value of the query, a value of the body. */
#include "runner/past.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/doc.h"
#include "support/memory.h"

#define BETWEEN_SEGMENTS "/?&=#;"
#define NUMBER_EXACT_MAX 15 /* digits that a double holds exactly */

bool past_draw(struct past *past, const char *provider, const char *id)
{
    if (!past->drawn)
        past->drawn = cJSON_CreateObject();
    cJSON *drawn = doc_member(past->drawn, provider);
    if (!drawn)
        drawn = cJSON_AddObjectToObject(past->drawn, provider);
    if (doc_member(drawn, id))
        return false;
    doc_add(drawn, id, cJSON_CreateTrue());
    return true;
}

void past_over(struct past *past, const char *id)
{
    if (!id || !*id)
        return;
    if (!past->over)
        past->over = cJSON_CreateArray();
    doc_push_string(past->over, id);
    if (cJSON_GetArraySize(past->over) > PAST_OVER_MAX)
        cJSON_DeleteItemFromArray(past->over, 0);
}

/* -- comparing -------------------------------------------------------------------------------------------------- */

static int digit(char letter)
{
    return isdigit((unsigned char)letter) ? letter - '0' : (letter | 0x20) - 'a' + 10;
}

/* One byte of a target, where %2F and the like count as one; *at moves on. */
static char decoded(const char **at)
{
    const char *here = *at;
    bool escaped = here[0] == '%' && isxdigit((unsigned char)here[1]) && isxdigit((unsigned char)here[2]);
    *at += escaped ? 3 : 1;
    if (!escaped)
        return here[0];
    return (char)(digit(here[1]) * 16 + digit(here[2]));
}

static bool segment_is(const char *segment, const char *end, const char *id)
{
    while (segment < end && *id)
        if (decoded(&segment) != *id++)
            return false;
    return segment == end && *id == '\0';
}

/* Also for bodies that are no JSON: forms and XML, whose separators are others. */
static bool has_segment(const char *text, const char *separators, const char *id)
{
    for (const char *at = text; *at; at += strspn(at, separators)) {
        const char *end = at + strcspn(at, separators);
        if (segment_is(at, end, id))
            return true;
        at = end;
    }
    return false;
}

static bool value_is(const cJSON *value, const char *id)
{
    if (cJSON_IsString(value))
        return strcmp(value->valuestring, id) == 0;
    size_t length = strlen(id);
    return cJSON_IsNumber(value) && length <= NUMBER_EXACT_MAX && strspn(id, "0123456789") == length &&
           fabs(value->valuedouble - strtod(id, NULL)) < 0.5;
}

static bool has_value(const cJSON *node, const char *id)
{
    if (value_is(node, id))
        return true;
    const cJSON *child = NULL;
    cJSON_ArrayForEach (child, node)
        if (has_value(child, id))
            return true;
    return false;
}

static bool body_has(const char *body, const char *id)
{
    cJSON *root = doc_parse(body, strlen(body));
    bool has = root ? has_value(root, id) : has_segment(body, "&=<>\"' \t\r\n", id);
    cJSON_Delete(root);
    return has;
}

bool past_mentioned(const struct past *past, const char *target, const char *body, const char *now)
{
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, past->over) {
        const char *id = cJSON_GetStringValue(entry);
        if (now && strcmp(id, now) == 0)
            continue;
        if ((target && has_segment(target, BETWEEN_SEGMENTS, id)) || (body && body_has(body, id)))
            return true;
    }
    return false;
}

void past_release(struct past *past)
{
    cJSON_Delete(past->drawn);
    cJSON_Delete(past->over);
    *past = (struct past){0};
}
