/* Whole ids, wherever a vendor puts them: a segment of the path, a value of the query, a value of the body. */
#include "setup/earlier.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mock_server/base/ascii.h"
#include "mock_server/base/json.h"
#include "mock_server/base/number.h"

#define BETWEEN_SEGMENTS "/?&=#;"
#define NUMBER_EXACT_MAX INT64_C(999999999999999) /* a double holds these exactly */

bool earlier_draw(struct earlier *earlier, const char *provider, const char *id)
{
    if (earlier->drawn == NULL)
        earlier->drawn = cJSON_CreateObject();
    cJSON *drawn = json_member_mut(earlier->drawn, provider);
    if (drawn == NULL)
        drawn = cJSON_AddObjectToObject(earlier->drawn, provider);
    if (json_member(drawn, id) != NULL)
        return false;
    json_set(drawn, id, cJSON_CreateTrue());
    return true;
}

void earlier_end(struct earlier *earlier, const char *id)
{
    if (id == NULL || *id == '\0')
        return;
    if (earlier->over == NULL)
        earlier->over = cJSON_CreateArray();
    json_push_string(earlier->over, id);
    if (cJSON_GetArraySize(earlier->over) > EARLIER_KEPT_MAX)
        cJSON_DeleteItemFromArray(earlier->over, 0);
}

/* ── Comparing ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static int digit(char letter)
{
    return ascii_is_digit(letter) ? letter - '0' : (letter | 0x20) - 'a' + 10;
}

/* One byte of a target, where %2F and the like count as one; *at moves on. */
static char decoded(const char **at)
{
    const char *here = *at;
    bool escaped = here[0] == '%' && ascii_is_hex(here[1]) && ascii_is_hex(here[2]);
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
    for (const char *at = text; *at != '\0'; at += strspn(at, separators)) {
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
    int64_t number = 0;
    return cJSON_IsNumber(value) && number_is_digits(id) && number_read(id, 0, NUMBER_EXACT_MAX, &number) &&
           fabs(value->valuedouble - (double)number) < 0.5;
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
    cJSON *root = json_read_bytes(body, strlen(body));
    bool has = root != NULL ? has_value(root, id) : has_segment(body, "&=<>\"' \t\r\n", id);
    cJSON_Delete(root);
    return has;
}

bool earlier_mentioned(const struct earlier *earlier, const char *target, const char *body, const char *now)
{
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, earlier->over) {
        const char *id = cJSON_GetStringValue(entry);
        if (now != NULL && strcmp(id, now) == 0)
            continue;
        if ((target != NULL && has_segment(target, BETWEEN_SEGMENTS, id)) || (body != NULL && body_has(body, id)))
            return true;
    }
    return false;
}

void earlier_release(struct earlier *earlier)
{
    cJSON_Delete(earlier->drawn);
    cJSON_Delete(earlier->over);
    *earlier = (struct earlier){0};
}
