/* Remedies for who asks: the credential of a request. No value of one is shown. */
#include <string.h>

#include "base/ascii.h"
#include "diagnosis/hints.h"
#include "diagnosis/look.h"
#include "fixtures/fixtures.h"
#include "model/provider.h"
#include "session/session.h"

#define KNOWN_ONES "GET /_mock/providers shows credentials that work"

static bool is_secret_name(const struct provider *provider, const char *name)
{
    for (const char *const *own = provider->secret_headers; own != NULL && *own != NULL; own++)
        if (ascii_equal(*own, name))
            return true;
    for (const char *const *own = provider->secret_members; own != NULL && *own != NULL; own++)
        if (ascii_equal(*own, name))
            return true;
    return false;
}

/* The request was refused because of who asks. */
static bool blames_key(const struct look *look)
{
    const struct exchange *x = look->x;
    return x->provider != NULL && x->route != NULL && look->reason->field != NULL &&
           is_secret_name(x->provider, look->reason->field);
}

static bool is_own(const struct look *look, const struct key_fact *key)
{
    return strcmp(key->provider, look->x->provider->name) == 0;
}

/* It belongs to a session that is not the one of the request. */
static bool is_of_other_session(const struct look *look, const struct key_fact *key)
{
    return key->session != NULL && strcmp(key->session, session_name(look->x->session)) != 0;
}

/* "Authorization: Bearer <token>": how the documents send what the reason names. */
static const char *form_of(const struct look *look)
{
    const char *field = look->reason->field, *scheme = look_scheme(look, field), *member = look_key_member(look, field);
    return arena_print(look->arena, "%s: %s<%s>", field, scheme == NULL ? "" : scheme,
                       member == NULL ? "credential" : member);
}

bool hint_key_twice(const struct look *look, struct text *out)
{
    if (!blames_key(look) || exchange_header_count(look->x, look->reason->field) < 2)
        return false;
    text_print(out, "send the header %s once", look->reason->field);
    return true;
}

/* What brings a new one. */
static void add_log_in(const struct look *look, struct text *out)
{
    const struct provider *provider = look->x->provider;
    for (const struct route *route = provider->routes; route->method != NULL; route++)
        if (strcmp(route->operation, "login") == 0) {
            text_print(out, "log in again with %s %s%s, or ", route->method,
                       route->base != NULL ? route->base : provider->bases[0].base, route->pattern);
            return;
        }
}

bool hint_key_state(const struct look *look, struct text *out)
{
    for (size_t i = 0; i < look->facts->key_count && blames_key(look); i++) {
        const struct key_fact *key = &look->facts->keys[i];
        if (!is_own(look, key) || is_of_other_session(look, key) || strcmp(key->state, "valid") == 0)
            continue;
        if (strcmp(key->state, "expired") == 0) {
            text_add(out, "the credential has expired: ");
            add_log_in(look, out);
        } else {
            text_print(out, "the fixtures say of this credential that it is %s: ", key->state);
        }
        text_add(out, "take another; " KNOWN_ONES);
        return true;
    }
    return false;
}

bool hint_key_of_session(const struct look *look, struct text *out)
{
    for (size_t i = 0; i < look->facts->key_count && blames_key(look); i++) {
        const struct key_fact *key = &look->facts->keys[i];
        if (!is_of_other_session(look, key))
            continue;
        text_print(out,
                   "the credential is of the session \"%s\", and this request is in \"%s\": send it without naming a "
                   "session, or name \"%s\"",
                   key->session, session_name(look->x->session), key->session);
        return true;
    }
    return false;
}

/* "Bearer " as the documents have it, and "Bearer" as it came. */
static bool has_scheme(const struct key_fact *key, const char *scheme)
{
    size_t length = strlen(key->scheme);
    if (scheme == NULL)
        return true;
    return strncmp(scheme, key->scheme, length) == 0 && scheme[length + strspn(scheme + length, " ")] == '\0';
}

/* The documented request has one there, too. */
static bool is_documented(const struct look *look, const struct key_fact *key)
{
    return look->near != NULL &&
           (documented_header(look->near, key->name) != NULL || members_find(&look->near->body, key->name) != NULL);
}

/* The right value, in another header, with another scheme, in the query or in the body. */
bool hint_key_place(const struct look *look, struct text *out)
{
    const char *field = look->reason->field;
    for (size_t i = 0; i < look->facts->key_count && blames_key(look); i++) {
        const struct key_fact *key = &look->facts->keys[i];
        const char *scheme = look_scheme(look, field);
        if (!is_own(look, key))
            continue;
        if (ascii_equal(key->name, field) && !has_scheme(key, scheme)) {
            text_print(out,
                       scheme == NULL || *scheme == '\0'
                           ? "send the token alone as %s, with no word before it"
                           : "send the token as %s, with that word and one blank before it",
                       form_of(look));
            return true;
        }
        if (ascii_equal(key->name, field) || is_documented(look, key))
            continue;
        text_print(out, "the credential stands in the %s %s; send it as %s", key->where, key->name, form_of(look));
        return true;
    }
    return false;
}

/* A secret key where the public one belongs; the password of another user. */
bool hint_key_half(const struct look *look, struct text *out)
{
    const char *field = look->reason->field;
    for (size_t i = 0; i < look->facts->key_count && blames_key(look); i++) {
        const struct key_fact *key = &look->facts->keys[i];
        const char *member = look_key_member(look, field);
        if (!is_own(look, key) || !ascii_equal(key->name, field) || key->member == NULL || member == NULL ||
            strcmp(member, key->member) == 0)
            continue;
        text_print(out, "take the %s for %s: its value is the %s of an account of %s", member, field, key->member,
                   look->x->provider->name);
        return true;
    }
    return false;
}

bool hint_key_of_provider(const struct look *look, struct text *out)
{
    for (size_t i = 0; i < look->facts->key_count && blames_key(look); i++) {
        const struct key_fact *key = &look->facts->keys[i];
        if (is_own(look, key))
            continue;
        text_print(out, "the credential in the %s %s is one of %s, and this request is for %s, which wants its own %s",
                   key->where, key->name, key->provider, look->x->provider->name, look->reason->field);
        return true;
    }
    return false;
}

static const char *provider_of_header(const struct look *look, const char *name)
{
    const struct provider *const *provider = session_providers(look->x->session);
    for (; *provider != NULL; provider++)
        for (const char *const *own = (*provider)->secret_headers; own != NULL && *own != NULL; own++)
            if (ascii_equal(*own, name))
                return (*provider)->name;
    return NULL;
}

/* Its header is missing, and one that another vendor has for it is there. */
bool hint_foreign_header(const struct look *look, struct text *out)
{
    const struct exchange *x = look->x;
    for (size_t i = 0; i < x->request.header_count && blames_key(look) && look_is(look, "header"); i++) {
        const char *name = x->request.headers[i].name, *owner = provider_of_header(look, name);
        if (owner == NULL || is_secret_name(x->provider, name))
            continue;
        text_print(out, "%s is a header of %s; %s reads %s", name, owner, x->provider->name, form_of(look));
        return true;
    }
    return false;
}

bool hint_key_missing(const struct look *look, struct text *out)
{
    const char *field = look->reason->field;
    if (!blames_key(look))
        return false;
    if (look_is(look, "header"))
        text_print(out, "send the header %s; " KNOWN_ONES, form_of(look));
    else if (!look_is(look, "credential") && members_find(&look->body, field) == NULL && look->facts->account == NULL)
        text_print(out, "send %s in the body; " KNOWN_ONES, field);
    else
        return false;
    return true;
}

/* Who asks is known, and may not. */
bool hint_right(const struct look *look, struct text *out)
{
    if (!blames_key(look) || !look_is(look, "credential") || look->reason->expected == NULL)
        return false;
    for (size_t i = 0; i < look->facts->key_count; i++)
        if (is_own(look, &look->facts->keys[i]) && ascii_equal(look->facts->keys[i].name, look->reason->field)) {
            text_print(out, "take a credential with %s; " KNOWN_ONES, look->reason->expected);
            return true;
        }
    return false;
}

bool hint_key_unknown(const struct look *look, struct text *out)
{
    const char *field = look->reason->field, *scheme = NULL;
    if (!blames_key(look))
        return false;
    const char *sent = exchange_header(look->x, field);
    scheme = look_scheme(look, field);
    if (sent != NULL && scheme != NULL && *scheme != '\0' && strncmp(sent, scheme, strlen(scheme)) != 0)
        text_print(out, "send it as %s; " KNOWN_ONES, form_of(look));
    else
        text_print(out, "no account of %s has this value in %s; " KNOWN_ONES, look->x->provider->name, field);
    return true;
}
