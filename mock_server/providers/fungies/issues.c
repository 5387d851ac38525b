/*
 * The words of the schema library behind the framework that the API is evidently built on (1):
 *
 *     take: Expected number, received nan; orderDirection: Invalid enum value. Expected 'ASC' | 'DESC', received 'up'
 *
 * Each mistake is `path/to/field: reason`, all of one request are joined by `; ` and answered with 400.
 */
#include <string.h>

#include "providers/fungies/fungies.h"

void fungies_add_issue(struct text *issues, const char *field, const char *reason)
{
    text_print(issues, "%s%s: %s", issues->length > 0 ? "; " : "", field, reason);
}

/* 'ASC' | 'DESC' */
static const char *list_options(struct exchange *x, const char *const *options)
{
    struct text list = TEXT_INIT(ISSUES_MAX);
    for (size_t i = 0; options[i] != NULL; i++)
        text_print(&list, "%s'%s'", i > 0 ? " | " : "", options[i]);
    const char *kept = arena_dup(x->arena, text_cstr(&list));
    text_release(&list);
    return kept;
}

const char *fungies_enum_reason(struct exchange *x, const char *const *options, const char *received)
{
    return arena_print(x->arena, "Invalid enum value. Expected %s, received '%s'", list_options(x, options), received);
}

const char *fungies_enum_type_reason(struct exchange *x, const char *const *options, const cJSON *received)
{
    return arena_print(x->arena, "Expected %s, received %s", list_options(x, options), fungies_type_name(received));
}

const char *fungies_type_name(const cJSON *value)
{
    static const struct {
        int type;
        const char *name;
    } names[] = {{cJSON_NULL, "null"},
                 {cJSON_Array, "array"},
                 {cJSON_Object, "object"},
                 {cJSON_String, "string"},
                 {cJSON_Number, "number"}};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if ((value->type & 0xFF) == names[i].type)
            return names[i].name;
    return "boolean";
}

/* "take" of "take: Expected number, received nan; …": names of fields are ours, and have no colon. */
static const char *first_field(struct exchange *x, const char *issues, const char *otherwise)
{
    size_t length = strcspn(issues, ":");
    return issues[length] == ':' ? arena_dup_bytes(x->arena, issues, length) : otherwise;
}

/* "Expected number" of the same, where the first one says so. */
static const char *first_wish(struct exchange *x, const char *issues)
{
    const char *reason = strstr(issues, ": Expected ");
    if (reason != issues + strcspn(issues, ":"))
        return "what the section allows";
    return arena_dup_bytes(x->arena, reason + 2, strcspn(reason, ",;") - 2);
}

enum step fungies_refuse_issues(struct exchange *x, struct text *issues, const char *rule, const char *field)
{
    enum step step = STEP_NEXT;
    if (issues->length > 0 || issues->overflowed) {
        const char *text = issues->length > 0 ? text_cstr(issues) : "Invalid request";
        step =
            fungies_fail(x, 400, text, &(struct reason){rule, first_field(x, text, field), first_wish(x, text), text});
    }
    text_release(issues);
    return step;
}
