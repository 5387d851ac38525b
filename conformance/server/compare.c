/*
 * JSON is compared by walking both trees at once and stopping at the first difference, whose place is told as a JSON
 * pointer. What a mode lets pass is decided where two values of one type meet.
 *
 * With COMPARE_SHAPE the elements of an array are of the kinds that the document shows, in any number: a list of orders
 * has another length at every server.
 */
#include "server/compare.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/scan.h"
#include "mock_server/base/ascii.h"
#include "mock_server/base/json.h"
#include "mock_server/base/json_path.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/text.h"
#include "server/captures.h"

#define SHOWN_MAX 1000

static const char *const mode_names[] = {"exact", "json", "shape"};

bool compare_from_name(const char *name, enum compare *out)
{
    for (int i = 0; i < 3; i++)
        if (strcmp(name, mode_names[i]) == 0) {
            *out = (enum compare)i;
            return true;
        }
    return false;
}

const char *compare_name(enum compare mode)
{
    return mode_names[mode];
}

/* ── JSON against JSON ───────────────────────────────────────────────────────────────────────────────────────────── */

/* The first difference: its place and both sides in words. */
struct difference {
    struct text where;
    char *expected;
    char *actual;
};

static void difference_release(struct difference *difference)
{
    text_release(&difference->where);
    free(difference->expected);
    free(difference->actual);
}

static const char *type_of(const cJSON *value)
{
    return cJSON_IsObject(value)   ? "an object"
           : cJSON_IsArray(value)  ? "an array"
           : cJSON_IsString(value) ? "a string"
           : cJSON_IsNumber(value) ? "a number"
           : cJSON_IsBool(value)   ? "true or false"
           : cJSON_IsNull(value)   ? "null"
                                   : "(nothing)";
}

static char *shortened(char *text)
{
    size_t length = strlen(text), kept = SHOWN_MAX;
    if (length <= SHOWN_MAX)
        return text;
    while (kept > 0 && ((unsigned char)text[kept] & 0xc0) == 0x80)
        kept--; /* never in the middle of a letter */
    char *shorter = mem_print("%.*s… (%zu bytes in all)", (int)kept, text, length);
    free(text);
    return shorter;
}

static bool differ(struct difference *difference, char *expected, char *actual)
{
    difference->expected = shortened(expected);
    difference->actual = shortened(actual);
    return false;
}

static bool differ_by_value(struct difference *difference, const cJSON *expected, const cJSON *actual)
{
    return differ(difference, json_shown(expected), json_shown(actual));
}

static bool same(const cJSON *expected, const cJSON *actual, enum compare mode, struct difference *difference);

/* The same one step deeper; the place is kept only where they differ. */
static bool same_below(const char *step, const cJSON *expected, const cJSON *actual, enum compare mode,
                       struct difference *difference)
{
    size_t length = difference->where.length;
    text_print(&difference->where, "/%s", step);
    if (!same(expected, actual, mode, difference))
        return false;
    difference->where.length = length;
    difference->where.bytes[length] = '\0';
    return true;
}

static bool same_members(const cJSON *expected, const cJSON *actual, enum compare mode, struct difference *difference)
{
    const cJSON *at = actual->child, *member = NULL;
    cJSON_ArrayForEach (member, expected) {
        if (!same_below(member->string, member, json_member(actual, member->string), mode, difference))
            return false;
    }
    cJSON_ArrayForEach (member, actual) {
        if (json_member(expected, member->string) == NULL) {
            text_print(&difference->where, "/%s", member->string);
            return differ(difference, mem_dup("no such member"), json_shown(member));
        }
    }
    cJSON_ArrayForEach (member, expected) {
        if (mode == COMPARE_EXACT && at != NULL && strcmp(member->string, at->string) != 0)
            return differ(difference, mem_print("%s at this place among the members", member->string),
                          mem_dup(at->string));
        at = at != NULL ? at->next : NULL;
    }
    return true;
}

static bool same_elements(const cJSON *expected, const cJSON *actual, enum compare mode, struct difference *difference)
{
    const cJSON *at = actual->child, *element = NULL;
    int index = 0;
    if (cJSON_GetArraySize(expected) != cJSON_GetArraySize(actual))
        return differ_by_value(difference, expected, actual);
    cJSON_ArrayForEach (element, expected) {
        char step[16];
        snprintf(step, sizeof step, "%d", index++);
        if (!same_below(step, element, at, mode, difference))
            return false;
        at = at->next;
    }
    return true;
}

/* Each element is of the shape of one that is documented; the difference told is that to the first. */
static bool same_kinds(const cJSON *expected, const cJSON *actual, struct difference *difference)
{
    const cJSON *element = NULL, *kind = NULL;
    int index = 0;
    cJSON_ArrayForEach (element, actual) {
        char step[16];
        bool fits = expected->child == NULL;
        snprintf(step, sizeof step, "%d", index++);
        cJSON_ArrayForEach (kind, expected) {
            struct difference ignored = {.where = TEXT_INIT(TEXT_UNBOUNDED)};
            fits = fits || same(kind, element, COMPARE_SHAPE, &ignored);
            difference_release(&ignored);
        }
        if (!fits)
            return same_below(step, expected->child, element, COMPARE_SHAPE, difference);
    }
    return true;
}

/* Beyond 2^53 a double no longer tells numbers apart, so only the digits count there. */
static bool same_number(const cJSON *expected, const cJSON *actual, enum compare mode)
{
    const char *digits = captures_text_of(expected), *other = captures_text_of(actual);
    double should = expected->valuedouble, is = actual->valuedouble;
    if (digits != NULL && other != NULL && strcmp(digits, other) == 0)
        return true;
    return mode != COMPARE_EXACT && fabs(should) < 9007199254740992.0 && !(should < is) && !(should > is);
}

/* Two values of one type. */
static bool same_scalar(const cJSON *expected, const cJSON *actual, enum compare mode)
{
    if (mode == COMPARE_SHAPE || cJSON_IsNull(expected))
        return true;
    if (cJSON_IsNumber(expected))
        return same_number(expected, actual, mode);
    if (cJSON_IsString(expected))
        return strcmp(expected->valuestring, actual->valuestring) == 0;
    return cJSON_IsTrue(expected) == cJSON_IsTrue(actual);
}

static bool same(const cJSON *expected, const cJSON *actual, enum compare mode, struct difference *difference)
{
    if (cJSON_IsString(expected) && captures_is_expression(expected->valuestring))
        return captures_expression_fits(expected->valuestring, captures_text_of(actual)) ||
               differ_by_value(difference, expected, actual);
    if (strcmp(type_of(expected), type_of(actual)) != 0)
        return mode == COMPARE_SHAPE ? differ(difference, mem_dup(type_of(expected)), json_shown(actual))
                                     : differ_by_value(difference, expected, actual);
    if (cJSON_IsObject(expected))
        return same_members(expected, actual, mode, difference);
    if (cJSON_IsArray(expected))
        return mode == COMPARE_SHAPE ? same_kinds(expected, actual, difference)
                                     : same_elements(expected, actual, mode, difference);
    return same_scalar(expected, actual, mode) || differ_by_value(difference, expected, actual);
}

static void compare_trees(const cJSON *expected, const cJSON *actual, enum compare mode, struct findings *findings)
{
    struct difference difference = {.where = TEXT_INIT(TEXT_UNBOUNDED)};
    if (!same(expected, actual, mode, &difference)) {
        char *what =
            difference.where.length ? mem_print("the body at %s", difference.where.bytes) : mem_dup("the body");
        findings_broken(findings, what, difference.expected, difference.actual);
        free(what);
    }
    difference_release(&difference);
}

/* ── Bodies ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void compare_bytes(const char *expected, const struct text *actual, struct findings *findings)
{
    if (strlen(expected) == actual->length && memcmp(expected, text_cstr(actual), actual->length) == 0)
        return;
    char *should = shortened(mem_dup(*expected ? expected : "(empty)"));
    char *is = shortened(mem_dup(actual->length ? text_cstr(actual) : "(empty)"));
    findings_broken(findings, "the body", should, is);
    free(should);
    free(is);
}

/* The body must be JSON and nothing else. */
static void compare_json(const cJSON *expected, const struct text *actual, enum compare mode, struct findings *findings)
{
    const char *problem = scan_value_problem(text_cstr(actual), actual->length);
    cJSON *tree = problem != NULL ? NULL : json_read_bytes(text_cstr(actual), actual->length);
    if (tree != NULL) {
        compare_trees(expected, tree, mode, findings);
    } else {
        char *is = mem_print("%s: %.*s", problem != NULL ? problem : "no JSON", SHOWN_MAX, text_cstr(actual));
        findings_broken(findings, "the body", "JSON", is);
        free(is);
    }
    cJSON_Delete(tree);
}

/* A body that is documented as text: where it is JSON, the looser modes read it as such. */
static void compare_text(const char *expected, const struct text *actual, enum compare mode, struct findings *findings)
{
    if (captures_is_expression(expected)) {
        if (!captures_expression_fits(expected, text_cstr(actual)))
            findings_broken(findings, "the body", expected, text_cstr(actual));
        return;
    }
    cJSON *tree = mode == COMPARE_EXACT ? NULL : json_read_bytes(expected, strlen(expected));
    bool any_text = mode == COMPARE_SHAPE && *expected && actual->length;
    if (tree != NULL)
        compare_json(tree, actual, mode, findings);
    else if (!any_text)
        compare_bytes(expected, actual, findings);
    cJSON_Delete(tree);
}

/* ── Headers ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* As much of a value as the mode looks at. */
static size_t compared_length(const char *name, const char *value, enum compare mode)
{
    if (mode != COMPARE_SHAPE)
        return strlen(value);
    return ascii_equal(name, "Content-Type") ? strcspn(value, "; ") : 0;
}

static bool same_header(const char *name, const char *expected, const char *actual, enum compare mode)
{
    if (expected == NULL || actual == NULL)
        return expected == actual;
    if (captures_is_expression(expected))
        return captures_expression_fits(expected, actual);
    size_t length = compared_length(name, expected, mode);
    return length == compared_length(name, actual, mode) && strncmp(expected, actual, length) == 0;
}

static void compare_headers(const struct http_answer *answer, const cJSON *documented, enum compare mode,
                            struct findings *findings)
{
    const cJSON *header = NULL;
    cJSON_ArrayForEach (header, documented) {
        const char *expected = cJSON_IsString(header) ? header->valuestring : NULL;
        char *actual = http_header(answer, header->string);
        char *what = mem_print("the header %s", header->string);
        if (!same_header(header->string, expected, actual, mode))
            findings_broken(findings, what, expected != NULL ? expected : "(no such header)",
                            actual != NULL ? actual : "(no such header)");
        free(what);
        free(actual);
    }
}

/* What stands after the code on the status line. Only the exact mode looks at it: HTTP gives it no meaning. */
static void compare_phrase(const struct http_answer *answer, const char *expected, enum compare mode,
                           struct findings *findings)
{
    if (expected == NULL || mode != COMPARE_EXACT)
        return;
    char *actual = http_phrase(answer);
    if (strcmp(actual, expected) != 0)
        findings_broken(findings, "the words on the status line", *expected ? expected : "(none)",
                        *actual ? actual : "(none)");
    free(actual);
}

/* A member that nobody compares would pass whatever came. */
static void refuse_unknown(const cJSON *documented, struct findings *findings)
{
    static const char known[] = " status phrase headers body json ";
    const cJSON *member = NULL;
    cJSON_ArrayForEach (member, documented) {
        char *word = mem_print(" %s ", member->string);
        if (strstr(known, word) == NULL)
            findings_broken(findings, "the documented response", "status, phrase, headers, body, json", member->string);
        free(word);
    }
}

void compare_answer(const struct http_answer *answer, const cJSON *documented, enum compare mode,
                    struct findings *findings)
{
    int status = json_int_or(documented, "status", 0);
    const char *body = json_string(documented, "body");
    const cJSON *json = json_member(documented, "json");
    refuse_unknown(documented, findings);
    if (answer->status != status) {
        char *expected = mem_print("%d", status), *actual = mem_print("%d", answer->status);
        findings_broken(findings, "the status", expected, actual);
        free(expected);
        free(actual);
    }
    compare_phrase(answer, json_string(documented, "phrase"), mode, findings);
    compare_headers(answer, json_member(documented, "headers"), mode, findings);
    if (body != NULL)
        compare_text(body, &answer->body, mode, findings);
    if (json != NULL)
        compare_json(json, &answer->body, mode, findings);
}
