#include "diagnosis/documented.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "fixtures/fixtures.h"
#include "model/provider.h"

/* A knob makes another server of it; what came before is but an order to be made. A vendor's own sample says most. */
enum oddness { ODD_OURS = 6, ODD_GIVEN = 7, ODD_CAPTURE = 9, ODD_KNOB = 30 };

static int oddness_of(const cJSON *exchange, const char *target)
{
    const cJSON *given = json_member(exchange, "given");
    int odd = given == NULL ? 0 : ODD_GIVEN;
    if (strstr(json_string_or(exchange, "clause", ""), "page") == NULL)
        odd += ODD_OURS;
    if (json_member(given, "knobs") != NULL)
        odd += ODD_KNOB;
    if (strstr(target, "{{") != NULL)
        odd += ODD_CAPTURE;
    return odd;
}

static void read_body(struct arena *arena, struct documented *one, const cJSON *request)
{
    const cJSON *json = json_member(request, "json");
    char *written = json == NULL ? NULL : json_write(json);
    const char *body = written != NULL ? arena_dup(arena, written) : json_string_or(request, "body", "");
    one->body = members_read(arena, body, strlen(body));
    free(written);
}

/* False where no route serves it as the server is shipped. */
static bool take(struct arena *arena, struct documented *one, const struct provider *provider, const cJSON *exchange)
{
    const cJSON *request = json_member(exchange, "request");
    const char *target = json_string_or(request, "target", ""), *method = json_string_or(request, "method", "");
    const char *path = arena_dup_bytes(arena, target, strcspn(target, "?"));
    *one = (struct documented){.provider = provider,
                               .exchange = exchange,
                               .headers = json_member(request, "headers"),
                               .target = target,
                               .oddness = oddness_of(exchange, target)};
    one->route = path_route(arena, provider, method, path, &one->base);
    if (one->route == NULL)
        return false;
    read_body(arena, one, request);
    return true;
}

static bool is_success(const cJSON *exchange)
{
    int status = json_int_or(json_member(exchange, "response"), "status", 0);
    return status >= 200 && status < 300 && !json_true(exchange, "stub");
}

static void free_list(void *made)
{
    struct documented_list *list = made;
    arena_free(list->arena);
    free(list->list);
    free(list);
}

static void *make_list(const struct fixtures *fixtures)
{
    struct documented_list *list = mem_zero(1, sizeof *list);
    size_t most = 0;
    list->arena = arena_new();
    for (const struct provider *const *provider = fixtures_providers(fixtures); *provider != NULL; provider++)
        most += (size_t)cJSON_GetArraySize(fixtures_exchanges(fixtures, *provider));
    list->list = mem_zero(most, sizeof *list->list);
    for (const struct provider *const *provider = fixtures_providers(fixtures); *provider != NULL; provider++) {
        const cJSON *exchange = NULL;
        cJSON_ArrayForEach (exchange, fixtures_exchanges(fixtures, *provider))
            if (is_success(exchange) && take(list->arena, &list->list[list->count], *provider, exchange))
                list->count++;
    }
    return list;
}

const struct documented_list *documented_of(const struct fixtures *fixtures)
{
    return fixtures_keep(fixtures, make_list, free_list);
}

const char *documented_header(const struct documented *one, const char *name)
{
    const cJSON *header = NULL;
    cJSON_ArrayForEach (header, one->headers)
        if (ascii_equal(header->string, name) && cJSON_IsString(header))
            return header->valuestring;
    return NULL;
}

/* ── The nearest one ───────────────────────────────────────────────────────────────────────────────────────────── */

/* What a difference adds to the distance. */
enum weight {
    WEIGHT_TYPE = 4, /* another Content-Type */
    WEIGHT_KIND = 5,
    WEIGHT_HEADER = 8,
    WEIGHT_MISSING = 10,
    WEIGHT_EXTRA = 10,
    WEIGHT_FORM = 40,
};

static int distance_of_bodies(const struct members *documented, const struct members *sent)
{
    struct member_walk walk = {documented, sent, 0, 0};
    struct member_pair pair;
    int sum = 0;
    if (documented->form != sent->form)
        return WEIGHT_FORM;
    while (members_next(&walk, &pair)) {
        if (pair.sent == NULL)
            sum += WEIGHT_MISSING;
        else if (pair.documented == NULL)
            sum += WEIGHT_EXTRA;
        else if (members_differ(&pair))
            sum += WEIGHT_KIND;
    }
    return sum;
}

/* "application/json" and "application/json; charset=utf-8" are one type. */
static bool is_same_type(const char *a, const char *b)
{
    size_t length = strcspn(a, "; \t");
    return length == strcspn(b, "; \t") && ascii_equal_bytes(a, b, length);
}

bool documented_type_differs(const struct documented *one, const char *name, const char *sent)
{
    const char *type = ascii_equal(name, "Content-Type") ? documented_header(one, name) : NULL;
    return type != NULL && !is_same_type(type, sent);
}

static int distance_of_headers(const struct documented *one, const struct exchange *x)
{
    const cJSON *header = NULL;
    int sum = 0;
    cJSON_ArrayForEach (header, one->headers) {
        const char *sent = exchange_header(x, header->string);
        if (sent == NULL)
            sum += WEIGHT_HEADER;
        else if (documented_type_differs(one, header->string, sent))
            sum += WEIGHT_TYPE;
    }
    return sum;
}

const struct documented *documented_nearest(const struct documented_list *list, const struct exchange *x,
                                            const struct path_guess *path, const struct members *body)
{
    const struct documented *best = NULL;
    int least = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct documented *one = &list->list[i];
        if (one->route != path->route || one->base != path->base)
            continue;
        int far = one->oddness + distance_of_headers(one, x) + distance_of_bodies(&one->body, body);
        if (best != NULL && far >= least)
            continue;
        best = one;
        least = far;
    }
    return best;
}
