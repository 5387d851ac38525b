#include "diagnosis/look.h"

#include <string.h>

#include "base/ascii.h"
#include "base/uri.h"
#include "fixtures/fixtures.h"
#include "model/provider.h"
#include "session/session.h"

/* ── Where the fault is ────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_named(const char *const *names, const char *name)
{
    for (; names != NULL && *names != NULL; names++)
        if (ascii_equal(*names, name))
            return true;
    return false;
}

bool look_blames(const struct look *look, const char *field)
{
    return look->reason->field != NULL && ascii_equal(look->reason->field, field);
}

bool look_is(const struct look *look, const char *where)
{
    return strcmp(look->where, where) == 0;
}

/* Of what is no request. */
static const char *where_unread(const struct look *look)
{
    const struct unread *unread = look->x->request.unread;
    if (unread->kind != UNREAD_MALFORMED)
        return "connection";
    if (unread->in_body)
        return "body";
    return unread->why.field != NULL ? "header" : "connection";
}

/* The order is one that can be looked at, and the reason tells its state. */
static bool is_state(const struct look *look, const struct reason *reason)
{
    const struct exchange *x = look->x;
    const char *actual = reason->actual;
    return x->provider != NULL && actual != NULL && x->state_before != NULL && strcmp(actual, x->state_before) == 0;
}

static bool is_header(const struct look *look, const char *field)
{
    static const char *const common[] = {"Content-Type", "Authorization", "Host", "Accept", "If-None-Match", NULL};
    const struct exchange *x = look->x;
    return is_named(common, field) || exchange_header(x, field) != NULL ||
           (x->provider != NULL && is_named(x->provider->secret_headers, field));
}

/* A header of that name that is there carries a credential; what is not there is a header that is missing. */
static const char *where_header(const struct look *look, const char *field)
{
    const struct exchange *x = look->x;
    bool carries = x->provider != NULL && is_named(x->provider->secret_headers, field);
    return carries && exchange_header(x, field) != NULL ? "credential" : "header";
}

static const char *where_value(const struct look *look, const char *field)
{
    const struct exchange *x = look->x;
    const struct member *member = members_find(&look->body, field);
    if (member == NULL && members_find(&look->query, field) != NULL)
        return "query";
    if (x->provider != NULL && look->facts->account == NULL && is_named(x->provider->secret_members, field))
        return member == NULL ? "body" : "credential";
    bool has_body = member != NULL || look->body.form != FORM_NONE || strcmp(x->request.method, "GET") != 0;
    return has_body ? "body" : "query";
}

const char *look_where(const struct look *look, const struct reason *reason)
{
    static const char *const plain[] = {"session", "path", "method", "body", "query", NULL};
    const struct exchange *x = look->x;
    const char *field = reason->field;
    if (x->request.unread != NULL)
        return where_unread(look);
    for (size_t i = 0; field != NULL && plain[i] != NULL; i++)
        if (strcmp(field, plain[i]) == 0)
            return plain[i];
    if (field == NULL || is_state(look, reason))
        return "state";
    if (look->facts->order == ORDER_OF_ACCOUNT)
        return "credential";
    if (is_header(look, field))
        return where_header(look, field);
    for (size_t i = 0; i < x->param_count; i++)
        if (strcmp(x->params[i].name, field) == 0)
            return "path";
    return where_value(look, field);
}

/* ── The route that is meant ───────────────────────────────────────────────────────────────────────────────────── */

bool look_has_route(const struct look *look)
{
    const struct exchange *x = look->x;
    bool is_served = x->route != NULL && x->provider != NULL;
    return is_served && (x->provider->needs == NULL || x->provider->needs(x->base, x->route) == NULL);
}

static struct path_guess guess(const struct look *look)
{
    const struct exchange *x = look->x;
    if (look_has_route(look))
        return path_compare(look->arena, x->path, x->provider, x->base, x->route);
    return path_guess(look->arena, &(struct path_question){.method = x->request.method == NULL ? "" : x->request.method,
                                                           .path = x->path == NULL ? "" : x->path,
                                                           .providers = session_providers(x->session),
                                                           .known = x->provider});
}

const char *look_route(const struct look *look)
{
    return look->path.provider == NULL ? NULL : path_text(look->arena, &look->path);
}

/* ── How the documents carry a credential ──────────────────────────────────────────────────────────────────────── */

const char *look_scheme(const struct look *look, const char *header)
{
    const char *value = look->near == NULL ? NULL : documented_header(look->near, header);
    const char *blank = value == NULL ? NULL : strrchr(value, ' ');
    if (value == NULL)
        return NULL;
    return blank == NULL ? "" : arena_dup_bytes(look->arena, value, (size_t)(blank + 1 - value));
}

/* Letters and digits alone, small: "x-fngs-secret-key" has "secret_key" in it. */
static const char *bare(const struct look *look, const char *name)
{
    char *letters = arena_dup(look->arena, name), *to = letters;
    for (const char *c = letters; *c != '\0'; c++)
        if (ascii_is_alnum(*c))
            *to++ = ascii_lower(*c);
    *to = '\0';
    return letters;
}

/* The sample keys of a vendor are often one word for all: then the header's name tells which is meant. */
const char *look_key_member(const struct look *look, const char *header)
{
    const char *value = look->near == NULL ? NULL : documented_header(look->near, header), *found = NULL;
    const cJSON *entry = NULL, *known = NULL;
    if (value == NULL)
        return NULL;
    value += strlen(look_scheme(look, header));
    cJSON_ArrayForEach (entry, json_member(fixtures_of(look->fixtures, look->near->provider), "credentials"))
        cJSON_ArrayForEach (known, json_member(entry, "values")) {
            bool is_it = cJSON_IsString(known) && strcmp(known->valuestring, value) == 0;
            if (is_it && (found == NULL || strstr(bare(look, header), bare(look, known->string)) != NULL))
                found = known->string;
        }
    return found;
}

/* ── Life ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

void look_begin(struct look *look, const struct exchange *x)
{
    size_t length = 0;
    const char *content = exchange_content(x, &length);
    *look = (struct look){.x = x,
                          .arena = arena_new(),
                          .reason = x->reason,
                          .facts = x->diagnosis,
                          .fixtures = session_hold_fixtures(x->session)};
    look->body = members_read(look->arena, content, length);
    if (x->request.query != NULL)
        look->query = members_read(look->arena, x->request.query, strlen(x->request.query));
    look->where = look_where(look, x->reason);
    if (x->request.unread != NULL || strcmp(look->where, "session") == 0)
        return;
    look->path = guess(look);
    if (look->path.provider != NULL)
        look->near = documented_nearest(documented_of(look->fixtures), x, &look->path, &look->body);
}

void look_end(struct look *look)
{
    fixtures_drop(look->fixtures);
    arena_free(look->arena);
}
