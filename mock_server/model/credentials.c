#include "model/credentials.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/ids.h"
#include "model/fixtures.h"
#include "model/provider.h"
#include "model/session.h"

/* ── Finding ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool shows(const cJSON *entry, const char *member, const char *value)
{
    const char *known = json_string(json_member(entry, "values"), member);
    return known != NULL && strcmp(known, value) == 0;
}

static const cJSON *credentials_of(struct session *session, const struct provider *provider)
{
    const cJSON *list = json_member(fixtures_of(session_fixtures(session), provider), "credentials");
    return list == NULL ? NULL : list->child;
}

static const cJSON *find_standing(struct session *session, const struct provider *provider, const char *member,
                                  const char *value)
{
    const cJSON *own = session_credential(session, provider);
    if (own != NULL && shows(own, member, value))
        return own;
    for (const cJSON *entry = credentials_of(session, provider); entry != NULL; entry = entry->next)
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

static bool has_value(const cJSON *entry, const char *value)
{
    const cJSON *values = json_member(entry, "values");
    for (const cJSON *known = values == NULL ? NULL : values->child; known != NULL; known = known->next)
        if (cJSON_IsString(known) && strcmp(known->valuestring, value) == 0)
            return true;
    return false;
}

bool credential_is_known(struct session *session, const struct provider *provider, const char *value)
{
    if (has_value(session_credential(session, provider), value))
        return true;
    for (const cJSON *entry = credentials_of(session, provider); entry != NULL; entry = entry->next)
        if (has_value(entry, value))
            return true;
    return tokens_know(session_tokens(session), provider, value);
}

/* ── Twins ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

#define DRAWN_LEAST 16 /* a shorter text is a word for people */

static const char *alphabet_of(const char *tail)
{
    bool hex = true, lower = true;
    for (; *tail != '\0'; tail++) {
        hex = hex && ascii_is_hex(*tail);
        lower = lower && !ascii_is_upper(*tail);
    }
    if (hex)
        return lower ? "0123456789abcdef" : "0123456789ABCDEF";
    return lower ? "0123456789abcdefghijklmnopqrstuvwxyz"
                 : "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
}

/* Of both texts: the same session and value draw the same twin. */
uint64_t credential_seed(const char *session_name, const char *what)
{
    uint64_t hash = id_hash(ID_HASH_START, session_name, strlen(session_name));
    return id_hash(id_hash(hash, "\n", 1), what, strlen(what));
}

/* Letters and digits behind the last '_', '-' or '.' are drawn again. */
static char *twin_of(const char *value, const char *session_name)
{
    const char *tail = value + strlen(value);
    while (tail > value && ascii_is_alnum(tail[-1]))
        tail--;
    size_t length = strlen(tail), at = strcspn(value, "@");
    if (length < DRAWN_LEAST && value[at] == '@') /* an address stays one */
        return mem_print("%.*s+%s%s", (int)at, value, session_name, value + at);
    if (length < DRAWN_LEAST)
        return mem_print("%s-%s", value, session_name);
    struct id_stream stream = id_stream_from(credential_seed(session_name, value));
    char *drawn = mem_zero(length + 1, 1);
    id_characters(&stream, alphabet_of(tail), length, drawn);
    char *twin = mem_print("%.*s%s", (int)(tail - value), value, drawn);
    free(drawn);
    return twin;
}

cJSON *credential_twin(const cJSON *entry, const char *session_name)
{
    cJSON *twin = cJSON_Duplicate(entry, true);
    cJSON *values = cJSON_CreateObject();
    for (const cJSON *value = json_member(entry, "values")->child; value != NULL; value = value->next) {
        if (!cJSON_IsString(value)) {
            json_set(values, value->string, cJSON_Duplicate(value, true));
            continue;
        }
        char *drawn = twin_of(value->valuestring, session_name);
        json_set_string(values, value->string, drawn);
        free(drawn);
    }
    json_set(twin, "values", values);
    return twin;
}
