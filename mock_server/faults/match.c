#include "faults/match.h"

#include <string.h>

#include "base/ascii.h"
#include "base/nearest.h"
#include "model/exchange.h"
#include "model/provider.h"

static const struct shape header_shape[] = {
    {"name", SHAPE_STRING, .required = true, .meaning = "the request has such a header, in any case of letters"},
    {"value", SHAPE_STRING, .meaning = "one of that name has this value; any when absent"},
    SHAPE_END,
};

const struct shape match_shape[] = {
    {"provider", SHAPE_STRING, .meaning = "a name of GET /_mock/providers"},
    {"operation", SHAPE_STRING, .meaning = "an operation of its routes, or stub"},
    {"order", SHAPE_STRING, .meaning = "an order, by any of its names"},
    {"method", SHAPE_STRING, .meaning = "a method of its routes"},
    {"header", SHAPE_OBJECT, header_shape, .meaning = "a header of the request"},
    SHAPE_END,
};

/* ── What nothing can match ────────────────────────────────────────────────────────────────────────────────────── */

/* The provider of that name; the nearest name goes into *nearest. */
static const struct provider *provider_named(const struct provider *const *providers, const char *name,
                                             struct nearest *nearest)
{
    nearest_begin(nearest, name);
    for (; *providers != NULL; providers++) {
        if (strcmp((*providers)->name, name) == 0)
            return *providers;
        nearest_try(nearest, (*providers)->name);
    }
    return NULL;
}

/* A word that is looked up among the routes of the providers that are meant. */
struct search {
    const char *word;
    const struct provider *only; /* NULL: all of them */
    const char *operation;       /* only routes of this one; NULL: all */
    const char *(*of_route)(const struct route *route);
    struct nearest nearest;
    bool found;
};

static const char *operation_of(const struct route *route)
{
    return route->operation;
}

static const char *method_of(const struct route *route)
{
    return route->method;
}

static void try_name(struct search *search, const char *name)
{
    search->found = search->found || strcmp(name, search->word) == 0;
    nearest_try(&search->nearest, name);
    if (ascii_equal(name, search->word)) { /* "put" is far from "PUT", letter by letter */
        search->nearest.name = name;
        search->nearest.least = 0;
    }
}

static void search_routes(struct search *search, const struct provider *const *providers)
{
    nearest_begin(&search->nearest, search->word);
    for (; *providers != NULL; providers++)
        if (search->only == NULL || *providers == search->only)
            for (const struct route *route = (*providers)->routes; route->method != NULL; route++)
                if (search->operation == NULL || strcmp(search->operation, route->operation) == 0)
                    try_name(search, search->of_route(route));
}

static void complain_unmatched(struct text *problems, const char *what, const char *name, const struct nearest *nearest)
{
    text_print(problems, "no %s is called \"%.60s\"", what, name);
    if (nearest->name != NULL)
        text_print(problems, "; did you mean \"%s\"?", nearest->name);
    else
        text_add(problems, "; GET /_mock/providers lists them");
}

static void check_operation(const struct fault_match *match, const struct provider *only,
                            const struct provider *const *providers, struct text *problems)
{
    struct search search = {.word = match->operation, .only = only, .of_route = operation_of};
    if (match->operation == NULL || strcmp(match->operation, OPERATION_STUB) == 0)
        return;
    search_routes(&search, providers);
    if (!search.found)
        complain_unmatched(problems, only == NULL ? "operation" : "operation of that provider", match->operation,
                           &search.nearest);
}

/* A stub may have any method, and HEAD is answered where GET is. */
static void check_method(const struct fault_match *match, const struct provider *only,
                         const struct provider *const *providers, struct text *problems)
{
    bool is_head = match->method != NULL && strcmp(match->method, "HEAD") == 0;
    struct search search = {
        .word = is_head ? "GET" : match->method, .only = only, .operation = match->operation, .of_route = method_of};
    if (match->method == NULL || (match->operation != NULL && strcmp(match->operation, OPERATION_STUB) == 0))
        return;
    search_routes(&search, providers);
    if (!search.found)
        complain_unmatched(problems,
                           match->operation != NULL ? "method of that operation's routes"
                           : only == NULL           ? "method of a route"
                                                    : "method of that provider's routes",
                           match->method, &search.nearest);
}

#define TOKEN_CHARACTERS "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static void check_header(const struct fault_match *match, struct text *problems)
{
    const char *name = match->header, *value = match->header_value == NULL ? "" : match->header_value;
    size_t length = strlen(value);
    if (name != NULL && (*name == '\0' || name[strspn(name, TOKEN_CHARACTERS)] != '\0'))
        text_print(problems, "no header is called \"%.60s\"", name);
    else if (strpbrk(value, "\r\n") != NULL)
        text_print(problems, "no value of the header %.60s has a line break", name);
    else if (length > 0 && (is_blank(value[0]) || is_blank(value[length - 1])))
        text_print(problems, "white space around a value of the header %.60s is no part of it", name);
}

/* What no request can ever be would wait in silence. */
static void check(const struct fault_match *match, const struct provider *const *providers, struct text *problems)
{
    const struct provider *only = NULL;
    struct nearest nearest;
    if (match->provider != NULL && (only = provider_named(providers, match->provider, &nearest)) == NULL) {
        complain_unmatched(problems, "provider that is served", match->provider, &nearest);
        return;
    }
    if (match->order != NULL && *match->order == '\0')
        text_add(problems, "no order has an empty id");
    check_operation(match, only, providers, problems);
    if (problems->length == 0)
        check_method(match, only, providers, problems);
}

void fault_match_read(struct fault_match *match, const cJSON *spec, const struct provider *const *providers,
                      struct text *problems)
{
    const cJSON *header = json_member(spec, "header");
    *match = (struct fault_match){.provider = json_string(spec, "provider"),
                                  .operation = json_string(spec, "operation"),
                                  .order = json_string(spec, "order"),
                                  .method = json_string(spec, "method"),
                                  .header = json_string(header, "name"),
                                  .header_value = json_string(header, "value")};
    if (providers != NULL)
        check(match, providers, problems);
    if (problems->length == 0)
        check_header(match, problems);
}

/* ── Whether a request is meant ────────────────────────────────────────────────────────────────────────────────── */

static bool is_wanted(const char *wanted, const char *actual)
{
    return wanted == NULL || (actual != NULL && strcmp(wanted, actual) == 0);
}

/* Whether the order is meant by any of its names: as the request spells it, its id, or an alias. */
static bool is_order(const char *wanted, const struct exchange *x, fault_same_order *same_order)
{
    const char *key = x->order_key == NULL ? "" : x->order_key;
    if (is_wanted(wanted, key) || (x->order_id != NULL && strcmp(wanted, x->order_id) == 0))
        return true;
    return x->provider != NULL && same_order(x, key, wanted);
}

static bool has_header(const struct fault_match *match, const struct exchange *x)
{
    if (match->header == NULL)
        return true;
    for (size_t i = 0; i < x->request.header_count; i++)
        if (ascii_equal(x->request.headers[i].name, match->header) &&
            is_wanted(match->header_value, x->request.headers[i].value))
            return true;
    return false;
}

bool fault_match_fits_head(const struct fault_match *match, const struct exchange *x)
{
    return is_wanted(match->method, x->request.method) && has_header(match, x);
}

bool fault_match_fits(const struct fault_match *match, const struct exchange *x, fault_same_order *same_order)
{
    return is_wanted(match->provider, x->provider == NULL ? NULL : x->provider->name) &&
           is_wanted(match->operation, x->route == NULL ? NULL : x->route->operation) &&
           fault_match_fits_head(match, x) && is_order(match->order, x, same_order);
}
