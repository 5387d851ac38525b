/*
 * Whose request it is: which provider's, and in which session.
 *
 * The session is named by the path prefix /_s/{session}, else by the header X-Mock-Session, else by the credential that
 * the request shows, else by the port by which it came; what is no request is of the session that its connection named
 * before; else it is `default`, as it is for what could not be read and names a session that does not exist. The prefix
 * is no part of what the provider sees.
 */
#include <string.h>

#include "model/hosts.h"
#include "model/provider.h"
#include "model/root.h"
#include "pipeline/stages.h"
#include "session/sessions.h"

#define PREFIX "/_s/"

/* "/_s/ci-4711/v0/orders" is the session "ci-4711" and the path "/v0/orders". NULL: no prefix, *path untouched. */
static const char *named_by_path(struct exchange *x, const char **path)
{
    size_t prefix = strlen(PREFIX);
    if (strncmp(x->request.path, PREFIX, prefix) != 0)
        return NULL;
    const char *name = x->request.path + prefix;
    size_t length = strcspn(name, "/");
    *path = name + length;
    while (strncmp(*path, x->request.path, prefix + length) == 0 && ((*path)[prefix + length] == '/'))
        *path += prefix + length; /* the same one again: a chain of redirects puts one before the other */
    return arena_dup_bytes(x->arena, name, length);
}

/* What follows the base in the path, or NULL when the path is elsewhere. */
static const char *below_base(const char *path, const struct base_path *base)
{
    size_t length = strlen(base->base);
    if (strncmp(path, base->base, length) != 0 || (path[length] != '/' && path[length] != '\0'))
        return NULL;
    const char *inner = path + length;
    size_t limit = base->below == NULL ? 0 : strlen(base->below);
    if (limit > 0 && (strncmp(inner, base->below, limit) != 0 || (inner[limit] != '/' && inner[limit] != '\0')))
        return NULL;
    return inner;
}

static bool find_base(struct exchange *x, const struct provider *provider, const char *path)
{
    for (const struct base_path *base = provider->bases; base->base != NULL; base++) {
        const char *inner = below_base(path, base);
        if (inner == NULL)
            continue;
        x->provider = provider;
        x->base = base;
        x->inner_path = inner;
        return true;
    }
    return false;
}

/* Under a vendor's own name that vendor alone is there, also for paths that are none of its own: it refuses them. */
static void find_provider(const struct pipeline *pipeline, struct exchange *x, const char *path)
{
    const struct provider *host = NULL;
    x->elsewhere = !hosts_find(pipeline->hosts, exchange_host(x), &host) && x->request.authority != NULL &&
                   pipeline->hosts != NULL;
    if (x->elsewhere)
        return;
    if (host == NULL)
        for (size_t i = 0; pipeline->providers[i] != NULL; i++)
            if (find_base(x, pipeline->providers[i], path))
                return;
    if (host == NULL || find_base(x, host, path))
        return;
    x->provider = host;
    x->base = &host->bases[0];
    x->inner_path = "";
}

/* What a provider asks while it looks for the credential, it asks `default`. */
static struct session *named_by_credential(const struct pipeline *pipeline, struct exchange *x)
{
    if (x->provider == NULL || !sessions_are_many(pipeline->sessions))
        return NULL;
    session_enter(x->session);
    const char *shown = x->provider->credential_shown(x);
    bool names_one = shown != NULL && *shown != '\0';
    struct session *session = names_one ? sessions_find_by_credential(pipeline->sessions, shown) : NULL;
    session_leave(x->session);
    return session;
}

static void change_session(struct exchange *x, struct session *session)
{
    session_drop(x->session);
    x->session = session;
    x->session_named = arena_dup(x->arena, session_name(session));
}

/* The request sees the session as it is from here on; pipeline_run() leaves it. */
static void enter(struct exchange *x)
{
    session_enter(x->session);
    x->session_number = session_number(x->session);
    x->at_us = session_now(x->session);
}

static enum step refuse_unknown(struct exchange *x, const char *name)
{
    cJSON *body = cJSON_CreateObject();
    json_set_string(body, "error", "there is no such session; POST /_mock/sessions makes one");
    json_set_string(body, "session", session_name_is_valid(name) ? name : NULL);
    x->provider = NULL; /* nobody's: the answer is the mock's own */
    return exchange_refuse(x, 404, body,
                           &(struct reason){"no such session", "session", "a session that was made", NULL});
}

enum step stage_session(const struct pipeline *pipeline, struct exchange *x)
{
    const char *path = x->request.path, *name = named_by_path(x, &path);
    x->path = path;
    find_provider(pipeline, x, path);
    if (name == NULL)
        name = exchange_header(x, "X-Mock-Session");
    if (x->request.listener == LISTENER_RECORDER) { /* nobody's: nothing of it is understood */
        x->provider = NULL;
        name = NULL;
    }
    x->session = sessions_default(pipeline->sessions);
    struct session *session = name == NULL ? named_by_credential(pipeline, x) : sessions_find(pipeline->sessions, name);
    if (session == NULL && name == NULL && x->request.session_before != NULL)
        session = sessions_find(pipeline->sessions, x->request.session_before);
    if (session == NULL && name == NULL && x->request.listener_session != NULL)
        session = sessions_find(pipeline->sessions, x->request.listener_session);
    if (session != NULL)
        change_session(x, session);
    enter(x);
    return name != NULL && session == NULL && x->request.unread == NULL ? refuse_unknown(x, name) : STEP_NEXT;
}
