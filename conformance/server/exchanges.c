/*
 * The exchanges come from the control API of a mock server, where a user's own fixtures would come from, too. What is
 * changed in them is changed here, before anything is sent: so a failure shows what was really expected.
 */
#include "server/exchanges.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mock_server/base/ascii.h"
#include "mock_server/base/json.h"
#include "mock_server/base/json_path.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/text.h"
#include "server/captures.h"

/* ── Replacing ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The length of OLD in "OLD=NEW": of several '=' in a row the last one parts them, since a key in base64 ends with '='.
 */
static size_t old_length(const char *replacement)
{
    size_t equals = strcspn(replacement, "=");
    return equals + strspn(replacement + equals, "=") - 1;
}

/* The NEW of the first replacement whose OLD stands at `text`; *length becomes that of OLD. */
static const char *replacement_at(const char *text, const struct words *replacements, size_t *length)
{
    for (size_t i = 0; i < replacements->count; i++) {
        *length = old_length(replacements->list[i]);
        if (strncmp(text, replacements->list[i], *length) == 0)
            return replacements->list[i] + *length + 1;
    }
    return NULL;
}

static char *replaced(const char *text, const void *replacements)
{
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    bool found = false;
    for (size_t length = 0; *text != '\0'; text += length) {
        const char *other = replacement_at(text, replacements, &length);
        found = found || other != NULL;
        length = other != NULL ? length : 1;
        text_add_bytes(&out, other != NULL ? other : text, other != NULL ? strlen(other) : 1);
    }
    char *result = text_take(&out);
    if (found)
        return result;
    free(result);
    return NULL;
}

char *exchanges_replace(const char *text, const struct words *replacements)
{
    return replaced(text, replacements);
}

/* Numbers are replaced as a whole or not at all: 18 in 1883 is not meant. */
static void replace_numbers(cJSON *node, const struct words *replacements)
{
    cJSON *child = NULL;
    cJSON_ArrayForEach (child, node) {
        size_t length = 0;
        const char *digits = cJSON_IsNumber(child) ? captures_text_of(child) : NULL;
        const char *other = digits != NULL ? replacement_at(digits, replacements, &length) : NULL;
        cJSON *number = other != NULL && digits[length] == '\0' ? json_read_bytes(other, strlen(other)) : NULL;
        if (cJSON_IsNumber(number)) {
            child->valuedouble = number->valuedouble;
            cJSON_free(child->valuestring);
            child->valuestring = mem_dup(other);
        }
        cJSON_Delete(number);
        replace_numbers(child, replacements);
    }
}

void exchanges_replace_in(cJSON *exchange, const struct words *replacements)
{
    static const char *const members[] = {"given", "request", "response", "then"};
    for (size_t i = 0; i < COUNT_OF(members) && replacements->count; i++)
        json_map_strings(json_member_mut(exchange, members[i]), replaced, replacements);
    if (replacements->count)
        replace_numbers(json_member_mut(json_member_mut(exchange, "response"), "json"), replacements);
}

static const char *header_of(const cJSON *request, const char *name)
{
    const cJSON *header = NULL;
    cJSON_ArrayForEach (header, json_member(request, "headers"))
        if (ascii_equal(header->string, name))
            return cJSON_GetStringValue(header);
    return NULL;
}

/* Links in an answer follow the scheme of the request: the documents have them as of plain http. */
static void expect_secure_links(cJSON *exchange)
{
    const cJSON *request = json_member(exchange, "request");
    const char *host = header_of(request, "Host");
    if (host == NULL || header_of(request, "X-Forwarded-Proto") != NULL)
        return;
    char *replacement = mem_print("http://%s=https://%s", host, host);
    const char *list[] = {replacement};
    struct words words = {list, 1};
    json_map_strings(json_member_mut(exchange, "response"), replaced, &words);
    free(replacement);
}

/* ── Targets ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Puts the path that the user gave for the one of the documents; false when the target is not below that. */
static bool move_target(cJSON *request, const char *documented, const char *given)
{
    cJSON *target = json_member_mut(request, "target");
    size_t length = strlen(documented);
    if (!cJSON_IsString(target) || strcmp(documented, given) == 0)
        return true;
    const char *rest = target->valuestring + length;
    if (strncmp(target->valuestring, documented, length) != 0 || (*rest && strchr("/?", *rest) == NULL))
        return false;
    char *moved = mem_print("%s%s", given, rest);
    cJSON_SetValuestring(target, moved);
    free(moved);
    return true;
}

static bool move_targets(cJSON *exchange, const char *documented, const char *given)
{
    cJSON *earlier = NULL;
    bool all = move_target(json_member_mut(exchange, "request"), documented, given);
    cJSON_ArrayForEach (earlier, json_member(json_member(exchange, "given"), "requests"))
        all = move_target(earlier, documented, given) && all;
    return all;
}

/* The path of a provider in the documents: that of "http://127.0.0.1:8080/api/i1", or "/api/i1" as it stands. */
static const char *documented_path(const cJSON *providers, const char *provider)
{
    const char *url = json_string(json_member(providers, provider), "base_url");
    const char *host = url != NULL ? strstr(url, "://") : NULL;
    const char *path = host != NULL ? strchr(host + 3, '/') : url;
    return path != NULL ? path : "";
}

/* ── What needs preparing ────────────────────────────────────────────────────────────────────────────────────────── */

/* "knobs, clock": what of `given` only a mock server can do; NULL when nothing is. To be freed. */
static char *needs_of(const cJSON *exchange)
{
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    const cJSON *member = NULL;
    cJSON_ArrayForEach (member, json_member(exchange, "given")) {
        if (strcmp(member->string, "requests") != 0)
            text_print(&out, "%s%s", out.length ? ", " : "", member->string);
    }
    return out.length ? text_take(&out) : NULL;
}

static void aim(struct documented *one, const struct server_settings *settings, const cJSON *providers,
                bool can_prepare)
{
    const char *base_url = server_settings_base_url(settings, one->provider),
               *path = documented_path(providers, one->provider);
    struct url url;
    char *problem = NULL;
    one->needs = can_prepare ? NULL : needs_of(one->exchange);
    one->original = can_prepare || one->needs != NULL ? NULL : cJSON_Duplicate(one->exchange, true);
    exchanges_replace_in(one->exchange, &settings->replace);
    if (base_url == NULL || url_read_any(base_url, &url, &problem) < 0) {
        free(problem);
        return;
    }
    if (url.tls)
        expect_secure_links(one->exchange);
    if (!move_targets(one->exchange, path, url.path) && one->needs == NULL)
        one->needs = mem_print("a path outside of %s", path);
    url_release(&url);
}

/* ── Choosing ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool fits(const char *glob, const struct documented *one)
{
    const char *name = json_string(one->exchange, "name");
    return fnmatch(glob, one->address, 0) == 0 || (name != NULL && fnmatch(glob, name, 0) == 0);
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
    const char *provider = json_string(exchange, "provider"), *file = json_string(exchange, "file"),
               *name = json_string(exchange, "name"), *clause = json_string(exchange, "clause");
    const char *base = file != NULL && strrchr(file, '/') != NULL ? strrchr(file, '/') + 1 : file != NULL ? file : "?";
    const char *dot = strrchr(base, '.');
    struct documented one = {
        .provider = provider != NULL ? provider : "?", .clause = clause != NULL ? clause : "", .exchange = exchange};
    one.file = mem_print("%s/%.*s", one.provider, (int)(dot != NULL ? (size_t)(dot - base) : strlen(base)), base);
    one.address = mem_print("%s/%s", one.file, name != NULL ? name : "?");
    return one;
}

static void documented_release(struct documented *one)
{
    free(one->address);
    free(one->file);
    free(one->needs);
    cJSON_Delete(one->original);
}

static void choose(struct exchanges *exchanges, const struct server_settings *settings, const cJSON *providers,
                   bool can_prepare)
{
    cJSON *exchange = NULL;
    cJSON_ArrayForEach (exchange, json_member(exchanges->documents, "exchanges")) {
        if (cJSON_IsTrue(json_member(exchange, "stub")))
            continue; /* a user's canned answer documents nothing */
        struct documented one = documented_of(exchange);
        exchanges->known++;
        if (!server_settings_wants(settings, one.provider) || !is_chosen(&one, &settings->run)) {
            documented_release(&one);
            continue;
        }
        aim(&one, settings, providers, can_prepare);
        exchanges->list = mem_resize(exchanges->list, (exchanges->count + 1) * sizeof *exchanges->list);
        exchanges->list[exchanges->count++] = one;
    }
}

static bool each_glob_fits(const struct exchanges *exchanges, const struct words *globs)
{
    for (size_t i = 0; i < globs->count; i++) {
        bool fitting = false;
        for (size_t k = 0; k < exchanges->count && !fitting; k++)
            fitting = fits(globs->list[i], &exchanges->list[k]);
        if (fitting)
            continue;
        fprintf(stderr, "cancelcheck: --run: no exchange matches '%s'; --list names them\n", globs->list[i]);
        return false;
    }
    return true;
}

int exchanges_make(struct exchanges *exchanges, const struct server_settings *settings,
                   const struct control_client *documents, bool can_prepare)
{
    cJSON *answer = NULL;
    *exchanges = (struct exchanges){0};
    int status = control_client_call(documents, "GET", "/_mock/exchanges", NULL, &exchanges->documents);
    if (status == 200)
        status = control_client_call(documents, "GET", "/_mock/providers", NULL, &answer);
    if (status == 200)
        choose(exchanges, settings, json_member(answer, "providers"), can_prepare);
    cJSON_Delete(answer);
    bool good = status == 200 && each_glob_fits(exchanges, &settings->run);
    if (good && exchanges->count > 0)
        return 0;
    if (good || status != 200)
        fputs("cancelcheck: there are no documented exchanges\n", stderr);
    exchanges_release(exchanges);
    return -1;
}

void exchanges_release(struct exchanges *exchanges)
{
    for (size_t i = 0; i < exchanges->count; i++)
        documented_release(&exchanges->list[i]);
    free(exchanges->list);
    cJSON_Delete(exchanges->documents);
    *exchanges = (struct exchanges){0};
}

void exchanges_list(const struct exchanges *exchanges)
{
    for (size_t i = 0; i < exchanges->count; i++) {
        const struct documented *one = &exchanges->list[i];
        printf("%-60s  %s%s%s\n", one->address, one->clause, one->needs != NULL ? "; needs " : "",
               one->needs != NULL ? one->needs : "");
    }
    printf("%zu of %zu exchanges\n", exchanges->count, exchanges->known);
}
