/*
 * JSON is compared by walking both trees at once and stopping at the first difference, whose place is told as a JSON
 * pointer. What a mode lets pass is decided where two values of one type meet.
 *
 * With COMPARE_SHAPE the elements of an array are of the kinds that the document shows, in any number: a list of orders
 * has another length at every server.
 */
#include "provider/compare.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "provider/names.h"
#include "support/doc.h"
#include "support/memory.h"
#include "support/scan.h"
#include "support/string.h"

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

/* -- JSON against JSON ------------------------------------------------------------------------------------------ */

/* The first difference: its place and both sides in words. */
struct difference {
    struct string where;
    char *expected;
    char *actual;
};

static void difference_release(struct difference *difference)
{
    string_release(&difference->where);
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
    char *shorter = must_format("%.*s… (%zu bytes in all)", (int)kept, text, length);
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
    return differ(difference, doc_print(expected), doc_print(actual));
}

static bool same(const cJSON *expected, const cJSON *actual, enum compare mode, struct difference *difference);

/* The same one step deeper; the place is kept only where they differ. */
static bool same_below(const char *step, const cJSON *expected, const cJSON *actual, enum compare mode,
                       struct difference *difference)
{
    size_t length = difference->where.length;
    string_format(&difference->where, "/%s", step);
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
        if (!same_below(member->string, member, doc_member(actual, member->string), mode, difference))
            return false;
    }
    cJSON_ArrayForEach (member, actual) {
        if (!doc_member(expected, member->string)) {
            string_format(&difference->where, "/%s", member->string);
            return differ(difference, must_copy("no such member"), doc_print(member));
        }
    }
    cJSON_ArrayForEach (member, expected) {
        if (mode == COMPARE_EXACT && at && strcmp(member->string, at->string) != 0)
            return differ(difference, must_format("%s at this place among the members", member->string),
                          must_copy(at->string));
        at = at ? at->next : NULL;
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
        bool fits = !expected->child;
        snprintf(step, sizeof step, "%d", index++);
        cJSON_ArrayForEach (kind, expected) {
            struct difference ignored = {0};
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
    const char *digits = names_text_of(expected), *other = names_text_of(actual);
    double should = expected->valuedouble, is = actual->valuedouble;
    if (digits && other && strcmp(digits, other) == 0)
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
    if (cJSON_IsString(expected) && names_is_expression(expected->valuestring))
        return names_expression_fits(expected->valuestring, names_text_of(actual)) ||
               differ_by_value(difference, expected, actual);
    if (strcmp(type_of(expected), type_of(actual)) != 0)
        return mode == COMPARE_SHAPE ? differ(difference, must_copy(type_of(expected)), doc_print(actual))
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
    struct difference difference = {0};
    if (!same(expected, actual, mode, &difference)) {
        char *what =
            difference.where.length ? must_format("the body at %s", difference.where.bytes) : must_copy("the body");
        findings_broken(findings, what, difference.expected, difference.actual);
        free(what);
    }
    difference_release(&difference);
}

/* -- bodies ----------------------------------------------------------------------------------------------------- */

static void compare_bytes(const char *expected, const struct string *actual, struct findings *findings)
{
    if (strlen(expected) == actual->length && memcmp(expected, string_text(actual), actual->length) == 0)
        return;
    char *should = shortened(must_copy(*expected ? expected : "(empty)"));
    char *is = shortened(must_copy(actual->length ? string_text(actual) : "(empty)"));
    findings_broken(findings, "the body", should, is);
    free(should);
    free(is);
}

/* The body must be JSON and nothing else. */
static void compare_json(const cJSON *expected, const struct string *actual, enum compare mode,
                         struct findings *findings)
{
    const char *problem = scan_value_problem(string_text(actual), actual->length);
    cJSON *tree = problem ? NULL : doc_parse(string_text(actual), actual->length);
    if (tree) {
        compare_trees(expected, tree, mode, findings);
    } else {
        char *is = must_format("%s: %.*s", problem ? problem : "no JSON", SHOWN_MAX, string_text(actual));
        findings_broken(findings, "the body", "JSON", is);
        free(is);
    }
    cJSON_Delete(tree);
}

/* A body that is documented as text: where it is JSON, the looser modes read it as such. */
static void compare_text(const char *expected, const struct string *actual, enum compare mode,
                         struct findings *findings)
{
    if (names_is_expression(expected)) {
        if (!names_expression_fits(expected, string_text(actual)))
            findings_broken(findings, "the body", expected, string_text(actual));
        return;
    }
    cJSON *tree = mode == COMPARE_EXACT ? NULL : doc_parse(expected, strlen(expected));
    bool any_text = mode == COMPARE_SHAPE && *expected && actual->length;
    if (tree)
        compare_json(tree, actual, mode, findings);
    else if (!any_text)
        compare_bytes(expected, actual, findings);
    cJSON_Delete(tree);
}

/* -- headers ---------------------------------------------------------------------------------------------------- */

/* As much of a value as the mode looks at. */
static size_t compared_length(const char *name, const char *value, enum compare mode)
{
    if (mode != COMPARE_SHAPE)
        return strlen(value);
    return strcasecmp(name, "Content-Type") == 0 ? strcspn(value, "; ") : 0;
}

static bool same_header(const char *name, const char *expected, const char *actual, enum compare mode)
{
    if (!expected || !actual)
        return expected == actual;
    if (names_is_expression(expected))
        return names_expression_fits(expected, actual);
    size_t length = compared_length(name, expected, mode);
    return length == compared_length(name, actual, mode) && strncmp(expected, actual, length) == 0;
}

static void compare_headers(const struct wire_answer *answer, const cJSON *documented, enum compare mode,
                            struct findings *findings)
{
    const cJSON *header = NULL;
    cJSON_ArrayForEach (header, documented) {
        const char *expected = cJSON_IsString(header) ? header->valuestring : NULL;
        char *actual = wire_header(answer, header->string);
        char *what = must_format("the header %s", header->string);
        if (!same_header(header->string, expected, actual, mode))
            findings_broken(findings, what, expected ? expected : "(no such header)",
                            actual ? actual : "(no such header)");
        free(what);
        free(actual);
    }
}

/* What stands after the code on the status line. Only the exact mode looks at it: HTTP gives it no meaning. */
static void compare_phrase(const struct wire_answer *answer, const char *expected, enum compare mode,
                           struct findings *findings)
{
    if (!expected || mode != COMPARE_EXACT)
        return;
    char *actual = wire_phrase(answer);
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
        char *word = must_format(" %s ", member->string);
        if (!strstr(known, word))
            findings_broken(findings, "the documented response", "status, phrase, headers, body, json", member->string);
        free(word);
    }
}

void compare_answer(const struct wire_answer *answer, const cJSON *documented, enum compare mode,
                    struct findings *findings)
{
    int status = doc_int(documented, "status", 0);
    const char *body = doc_string(documented, "body");
    const cJSON *json = doc_member(documented, "json");
    refuse_unknown(documented, findings);
    if (answer->status != status) {
        char *expected = must_format("%d", status), *actual = must_format("%d", answer->status);
        findings_broken(findings, "the status", expected, actual);
        free(expected);
        free(actual);
    }
    compare_phrase(answer, doc_string(documented, "phrase"), mode, findings);
    compare_headers(answer, doc_member(documented, "headers"), mode, findings);
    if (body)
        compare_text(body, &answer->body, mode, findings);
    if (json)
        compare_json(json, &answer->body, mode, findings);
}
