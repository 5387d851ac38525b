/* Redirects: to another path, port, host or scheme of this server, to anywhere, and chains of them. */
#include <string.h>

#include "faults/kinds.h"
#include "faults/parameters.h"
#include "faults/replace.h"
#include "model/exchange.h"
#include "model/root.h"

struct redirect {
    int status;
    bool path;
    int64_t port;                         /* 0: as it is */
    const char *host, *scheme, *location; /* NULL: as it is */
    uint64_t hops;                        /* 0: without end */
};

static const char *const scheme_words[] = {"http", "https", NULL};

static const struct shape redirect_parameters[] = {
    {"status", SHAPE_INTEGER, .least = 300, .most = 308, .meaning = "301, 302, 303, 307 or 308; 307 when absent"},
    {"location", SHAPE_STRING, .meaning = "what the header Location says, word for word"},
    {"path", SHAPE_BOOLEAN, .meaning = "true: to the same target below /_s/SESSION, which is another path"},
    {"port", SHAPE_INTEGER, .least = 1, .most = 65535, .meaning = "to this port, such as that of an extra listener"},
    {"host", SHAPE_STRING, .meaning = "to this host, such as localhost"},
    {"scheme", SHAPE_STRING, .words = scheme_words, .meaning = "to this scheme"},
    {"hops", SHAPE_INTEGER, .least = 1, .most = 1000,
     .meaning = "a chain: so many requests are redirected, then one is not; all are when absent"},
    SHAPE_END,
};

static void check_redirect(const struct redirect *own, struct text *problems)
{
    static const int statuses[] = {301, 302, 303, 307, 308};
    bool is_elsewhere = own->path || own->port > 0 || own->host != NULL || own->scheme != NULL, is_known = false;
    for (size_t i = 0; i < COUNT_OF(statuses); i++)
        is_known = is_known || own->status == statuses[i];
    if (!is_known)
        text_print(problems, "\"status\" is 301, 302, 303, 307 or 308, and this is %d", own->status);
    else if (own->location != NULL && is_elsewhere)
        text_add(problems, "REDIRECT takes \"location\", or some of \"path\", \"port\", \"host\", \"scheme\"");
    else if (own->location == NULL && !is_elsewhere)
        text_add(problems, "REDIRECT takes \"location\", \"path\": true, \"port\", \"host\" or \"scheme\"");
    else if (own->location != NULL)
        (void)parameter_is_value("location", own->location, problems);
    else if (own->host != NULL && !root_is_host_name(own->host))
        text_print(problems, "\"host\" is a name or an address without a port, and this is \"%.60s\"", own->host);
}

static const void *read_redirect(struct arena *arena, const cJSON *spec, struct text *problems)
{
    struct redirect *own = arena_alloc(arena, sizeof *own);
    *own = (struct redirect){.status = (int)parameter_integer(spec, "status", 307),
                             .path = json_true(spec, "path"),
                             .port = parameter_integer(spec, "port", 0),
                             .host = json_string(spec, "host"),
                             .scheme = json_string(spec, "scheme"),
                             .location = json_string(spec, "location"),
                             .hops = (uint64_t)parameter_integer(spec, "hops", 0)};
    check_redirect(own, problems);
    return own;
}

/* Of each hops + 1 requests that it is meant for the last one is let through. */
static bool is_hop(const void *parameters, struct firing *firing, struct quota *quota)
{
    const struct redirect *own = parameters;
    (void)quota;
    return own->hops == 0 || (firing->ordinal - 1) % (own->hops + 1) < own->hops;
}

/* The parts of where the client reaches this server: "http://" "127.0.0.1" ":8080" "/behind/a/proxy". */
struct place {
    const char *scheme, *host, *port, *path;
};

static struct place place_of(struct exchange *x)
{
    const char *root = exchange_root(x), *authority = strstr(root, "://") + 3;
    size_t length = strcspn(authority, "/"), name = length;
    while (name > 0 && authority[name - 1] != ':' && authority[name - 1] != ']')
        name--;
    bool has_port = name > 0 && authority[name - 1] == ':';
    name = has_port ? name - 1 : length;
    return (struct place){.scheme = arena_dup_bytes(x->arena, root, (size_t)(authority - root) - 3),
                          .host = arena_dup_bytes(x->arena, authority, name),
                          .port = arena_dup_bytes(x->arena, authority + name, length - name),
                          .path = authority + length};
}

static const char *location_of(const struct redirect *own, struct exchange *x, const struct firing *firing)
{
    const char *target = x->request.target;
    if (own->location != NULL)
        return own->location;
    if (own->path)
        target = arena_print(x->arena, "/_s/%s%s", firing->session, target);
    if (own->port == 0 && own->host == NULL && own->scheme == NULL)
        return target;
    struct place place = place_of(x);
    if (own->port > 0)
        place.port = arena_print(x->arena, ":%d", (int)own->port);
    return arena_print(x->arena, "%s://%s%s%s%s", own->scheme == NULL ? place.scheme : own->scheme,
                       own->host == NULL ? place.host : own->host, place.port, place.path, target);
}

static void apply_redirect(struct exchange *x, const void *parameters, const struct firing *firing)
{
    const struct redirect *own = parameters;
    const char *location = location_of(own, x, firing);
    replace_answer(x);
    reply_empty(x, own->status);
    reply_header(x, "Location", location);
    if (own->hops > 0)
        exchange_drew(x, "hop", (int64_t)((firing->ordinal - 1) % (own->hops + 1)) + 1);
}

const struct fault_kind redirect_faults[] = {
    {"REDIRECT", CLASS_ANSWER, FAULT_ANY_PHASE, redirect_parameters, .read = read_redirect, .is_due = is_hop,
     .apply = apply_redirect, .meaning = "an answer that sends the client to another path, port, host or scheme"},
    {.name = NULL},
};
