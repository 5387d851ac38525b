/*
 * The exchanges come from the control API of a mock server, where a user's own fixtures would come from, too. What is
 * changed in them is changed here, before anything is sent: so a failure shows what was really expected.
 */
#include "provider/catalogue.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "provider/names.h"
#include "support/doc.h"
#include "support/memory.h"
#include "support/string.h"

/* -- replacing -------------------------------------------------------------------------------------------------- */

/* The NEW of the first replacement whose OLD stands at `text`; *length becomes that of OLD. */
static const char *replacement_at(const char *text, const struct words *replacements, size_t *length)
{
    for (size_t i = 0; i < replacements->count; i++) {
        *length = strcspn(replacements->list[i], "=");
        if (strncmp(text, replacements->list[i], *length) == 0)
            return replacements->list[i] + *length + 1;
    }
    return NULL;
}

static char *replaced(const char *text, const void *replacements)
{
    struct string out = {0};
    bool found = false;
    for (size_t length = 0; *text; text += length) {
        const char *other = replacement_at(text, replacements, &length);
        found = found || other;
        length = other ? length : 1;
        string_add_bytes(&out, other ? other : text, other ? strlen(other) : 1);
    }
    char *result = string_take(&out);
    if (found)
        return result;
    free(result);
    return NULL;
}

char *catalogue_replace(const char *text, const struct words *replacements)
{
    return replaced(text, replacements);
}

/* Numbers are replaced as a whole or not at all: 18 in 1883 is not meant. */
static void replace_numbers(cJSON *node, const struct words *replacements)
{
    cJSON *child = NULL;
    cJSON_ArrayForEach (child, node) {
        size_t length = 0;
        const char *digits = cJSON_IsNumber(child) ? names_text_of(child) : NULL;
        const char *other = digits ? replacement_at(digits, replacements, &length) : NULL;
        cJSON *number = other && !digits[length] ? doc_parse(other, strlen(other)) : NULL;
        if (cJSON_IsNumber(number)) {
            child->valuedouble = number->valuedouble;
            cJSON_free(child->valuestring);
            child->valuestring = must_copy(other);
        }
        cJSON_Delete(number);
        replace_numbers(child, replacements);
    }
}

static void replace_texts(cJSON *exchange, const struct words *replacements)
{
    static const char *const members[] = {"given", "request", "response", "then"};
    for (size_t i = 0; i < sizeof members / sizeof *members && replacements->count; i++)
        doc_map_strings(doc_member(exchange, members[i]), replaced, replacements);
    if (replacements->count)
        replace_numbers(doc_member(doc_member(exchange, "response"), "json"), replacements);
}

/* -- targets ---------------------------------------------------------------------------------------------------- */

/* Puts the path that the user gave for the one of the documents; false when the target is not below that. */
static bool move_target(cJSON *request, const char *documented, const char *given)
{
    cJSON *target = doc_member(request, "target");
    size_t length = strlen(documented);
    if (!cJSON_IsString(target) || strcmp(documented, given) == 0)
        return true;
    const char *rest = target->valuestring + length;
    if (strncmp(target->valuestring, documented, length) != 0 || (*rest && !strchr("/?", *rest)))
        return false;
    char *moved = must_format("%s%s", given, rest);
    cJSON_SetValuestring(target, moved);
    free(moved);
    return true;
}

static bool move_targets(cJSON *exchange, const char *documented, const char *given)
{
    cJSON *earlier = NULL;
    bool all = move_target(doc_member(exchange, "request"), documented, given);
    cJSON_ArrayForEach (earlier, doc_member(doc_member(exchange, "given"), "requests"))
        all = move_target(earlier, documented, given) && all;
    return all;
}

/* The path of a provider in the documents: that of "http://127.0.0.1:8080/api/i1", or "/api/i1" as it stands. */
static const char *documented_path(const cJSON *providers, const char *provider)
{
    const char *url = doc_string(doc_member(providers, provider), "base_url");
    const char *host = url ? strstr(url, "://") : NULL;
    const char *path = host ? strchr(host + 3, '/') : url;
    return path ? path : "";
}

/* -- what needs preparing --------------------------------------------------------------------------------------- */

/* "knobs, clock": what of `given` only a mock server can do; NULL when nothing is. To be freed. */
static char *needs_of(const cJSON *exchange)
{
    struct string out = {0};
    const cJSON *member = NULL;
    cJSON_ArrayForEach (member, doc_member(exchange, "given")) {
        if (strcmp(member->string, "requests") != 0)
            string_format(&out, "%s%s", out.length ? ", " : "", member->string);
    }
    return out.length ? string_take(&out) : NULL;
}

static void aim(struct documented *one, const struct command *command, const cJSON *providers, bool can_prepare)
{
    const char *base_url = command_base_url(command, one->provider), *path = documented_path(providers, one->provider);
    struct url url;
    char *problem = NULL;
    one->needs = can_prepare ? NULL : needs_of(one->exchange);
    replace_texts(one->exchange, &command->replace);
    if (!base_url || url_read(base_url, &url, &problem) < 0) {
        free(problem);
        return;
    }
    if (!move_targets(one->exchange, path, url.path) && !one->needs)
        one->needs = must_format("a path outside of %s", path);
    url_release(&url);
}

/* -- choosing --------------------------------------------------------------------------------------------------- */

static bool fits(const char *glob, const struct documented *one)
{
    const char *name = doc_string(one->exchange, "name");
    return fnmatch(glob, one->address, 0) == 0 || (name && fnmatch(glob, name, 0) == 0);
}

static bool is_chosen(const struct documented *one, const struct words *globs)
{
    for (size_t i = 0; i < globs->count; i++)
        if (fits(globs->list[i], one))
            return true;
    return globs->count == 0;
}

static struct documented documented_of(cJSON *exchange)
{
    const char *provider = doc_string(exchange, "provider"), *file = doc_string(exchange, "file"),
               *name = doc_string(exchange, "name"), *clause = doc_string(exchange, "clause");
    const char *base = file && strrchr(file, '/') ? strrchr(file, '/') + 1 : file ? file : "?";
    const char *dot = strrchr(base, '.');
    struct documented one = {
        .provider = provider ? provider : "?", .clause = clause ? clause : "", .exchange = exchange};
    one.file = must_format("%s/%.*s", one.provider, (int)(dot ? (size_t)(dot - base) : strlen(base)), base);
    one.address = must_format("%s/%s", one.file, name ? name : "?");
    return one;
}

static void documented_release(struct documented *one)
{
    free(one->address);
    free(one->file);
    free(one->needs);
}

static void choose(struct catalogue *catalogue, const struct command *command, const cJSON *providers, bool can_prepare)
{
    cJSON *exchange = NULL;
    cJSON_ArrayForEach (exchange, doc_member(catalogue->documents, "exchanges")) {
        if (cJSON_IsTrue(doc_member(exchange, "stub")))
            continue; /* a user's canned answer documents nothing */
        struct documented one = documented_of(exchange);
        catalogue->known++;
        if (!command_wants(command, one.provider) || !is_chosen(&one, &command->run)) {
            documented_release(&one);
            continue;
        }
        aim(&one, command, providers, can_prepare);
        catalogue->list = must_grow(catalogue->list, catalogue->count + 1, sizeof *catalogue->list);
        catalogue->list[catalogue->count++] = one;
    }
}

static bool each_glob_fits(const struct catalogue *catalogue, const struct words *globs)
{
    for (size_t i = 0; i < globs->count; i++) {
        bool fitting = false;
        for (size_t k = 0; k < catalogue->count && !fitting; k++)
            fitting = fits(globs->list[i], &catalogue->list[k]);
        if (!fitting)
            return flags_complain("--run: no exchange matches '", globs->list[i], "'; --list names them", NULL);
    }
    return true;
}

int catalogue_make(struct catalogue *catalogue, const struct command *command, const struct desk *documents,
                   bool can_prepare)
{
    cJSON *answer = NULL;
    *catalogue = (struct catalogue){0};
    int status = desk_call(documents, "GET", "/_mock/exchanges", NULL, &catalogue->documents);
    if (status == 200)
        status = desk_call(documents, "GET", "/_mock/providers", NULL, &answer);
    if (status == 200)
        choose(catalogue, command, doc_member(answer, "providers"), can_prepare);
    cJSON_Delete(answer);
    bool good = status == 200 && each_glob_fits(catalogue, &command->run);
    if (good && catalogue->count > 0)
        return 0;
    if (good || status != 200)
        fputs("cancelcheck: there are no documented exchanges\n", stderr);
    catalogue_release(catalogue);
    return -1;
}

void catalogue_release(struct catalogue *catalogue)
{
    for (size_t i = 0; i < catalogue->count; i++)
        documented_release(&catalogue->list[i]);
    free(catalogue->list);
    cJSON_Delete(catalogue->documents);
    *catalogue = (struct catalogue){0};
}

void catalogue_list(const struct catalogue *catalogue)
{
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct documented *one = &catalogue->list[i];
        printf("%-60s  %s%s%s\n", one->address, one->clause, one->needs ? "; needs " : "",
               one->needs ? one->needs : "");
    }
    printf("%zu of %zu exchanges\n", catalogue->count, catalogue->known);
}
