#include "session/credentials.h"

#include <stdlib.h>
#include <string.h>

#include "fixtures/fixtures.h"
#include "model/provider.h"
#include "session/session.h"

static bool shows(const cJSON *entry, const char *member, const char *value)
{
    const char *known = json_string(json_member(entry, "values"), member);
    return known != NULL && strcmp(known, value) == 0;
}

static const cJSON *credentials_of(const struct fixtures *fixtures, const struct provider *provider)
{
    const cJSON *list = json_member(fixtures_of(fixtures, provider), "credentials");
    return list == NULL ? NULL : list->child;
}

static const cJSON *find_standing(struct session *session, const struct provider *provider, const char *member,
                                  const char *value)
{
    const cJSON *own = session_credential(session, provider);
    if (own != NULL && shows(own, member, value))
        return own;
    const cJSON *entry = credentials_of(session_fixtures(session), provider);
    for (; entry != NULL; entry = entry->next)
        if (shows(entry, member, value))
            return entry;
    return NULL;
}

struct credential_match credential_find(struct session *session, const struct provider *provider, const char *member,
                                        const char *value)
{
    bool expired = false;
    struct tokens *tokens = session_tokens(session);
    const cJSON *entry = tokens_find(tokens, provider, member, value, session_now(session), &expired);
    if (entry == NULL && (entry = find_standing(session, provider, member, value)) != NULL)
        expired = tokens_fixtures_expired(tokens, provider) && provider->token_member != NULL &&
                  strcmp(provider->token_member, member) == 0;
    return (struct credential_match){entry, expired ? "expired" : json_string_or(entry, "state", "valid")};
}

bool credential_shows(const cJSON *entry, const char *value)
{
    const cJSON *values = json_member(entry, "values");
    for (const cJSON *known = values == NULL ? NULL : values->child; known != NULL; known = known->next)
        if (cJSON_IsString(known) && strcmp(known->valuestring, value) == 0)
            return true;
    return false;
}

static bool is_of_fixtures(struct session *session, const struct provider *provider, const char *value)
{
    const struct fixtures *fixtures = session_hold_fixtures(session);
    const cJSON *entry = credentials_of(fixtures, provider);
    while (entry != NULL && !credential_shows(entry, value))
        entry = entry->next;
    fixtures_drop(fixtures);
    return entry != NULL;
}

static bool is_known(struct session *session, const struct provider *provider, const char *value)
{
    if (credential_shows(session_credential(session, provider), value) || is_of_fixtures(session, provider, value))
        return true;
    return tokens_know(session_tokens(session), provider, value);
}

bool credential_is_known_anywhere(struct session *session, const char *value)
{
    const struct provider *const *providers = session_providers(session);
    for (; *providers != NULL; providers++)
        if (is_known(session, *providers, value))
            return true;
    return false;
}
