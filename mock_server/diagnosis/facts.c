#include "diagnosis/facts.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/base64.h"
#include "base/json_file.h"
#include "base/nearest.h"
#include "base/uri.h"
#include "diagnosis/members.h"
#include "fixtures/fixtures.h"
#include "model/provider.h"
#include "session/sessions.h"
#include "session/store.h"
#include "session/tokens.h"

#define FACTS_SEEDS_MAX 1000 /* of the fixtures' orders, to tell one of theirs from one that a session made */

/* ── The order ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Found or not: that is all, so the order is dropped at once. */
static bool has_order(struct session *session, const struct provider *provider, const char *name)
{
    const struct order *order = store_load(session_store(session), provider, name);
    order_drop(order);
    return order != NULL;
}

static const cJSON *first_seed(const struct exchange *x)
{
    const struct json_file *file = fixtures_orders(session_fixtures(x->session), x->provider);
    const cJSON *list = json_member(file->tree, "orders");
    return list == NULL ? NULL : list->child;
}

static bool is_seed(const struct exchange *x)
{
    size_t left = FACTS_SEEDS_MAX;
    for (const cJSON *seed = first_seed(x); seed != NULL && left > 0; seed = seed->next, left--)
        if (strcmp(json_string_or(seed, "id", ""), x->order_key) == 0)
            return true;
    return false;
}

static const char *session_with(struct sessions *sessions, const struct exchange *x)
{
    const char *name = NULL;
    size_t count = 0;
    struct session **list = sessions_list(sessions, &count);
    for (size_t i = 0; i < count; i++) {
        bool is_other = list[i] != x->session;
        if (name == NULL && is_other && has_order(list[i], x->provider, x->order_key))
            name = arena_dup(x->arena, session_name(list[i]));
        session_drop(list[i]);
    }
    free(list);
    return name;
}

static const char *provider_with(const struct exchange *x)
{
    const struct provider *const *provider = session_providers(x->session);
    for (; *provider != NULL; provider++)
        if (*provider != x->provider && has_order(x->session, *provider, x->order_key))
            return (*provider)->name;
    return NULL;
}

/* An id that still has an escape in it was encoded twice: none is given with one. */
static const char *decoded_once_more(const struct exchange *x)
{
    const char *key = x->param_count > 0 ? x->params[0].value : x->order_key;
    const char *decoded = strchr(key, '%') == NULL ? NULL : uri_decode(x->arena, key, strlen(key));
    return decoded != NULL && strcmp(decoded, key) != 0 ? decoded : NULL;
}

/* The key without blanks around it, and with its letters all small or all great. */
static const char *in_other_case(const struct exchange *x)
{
    static char (*const changes[])(char) = {ascii_lower, ascii_upper};
    const char *begin = x->order_key + strspn(x->order_key, " ");
    size_t length = strlen(begin);
    while (length > 0 && begin[length - 1] == ' ')
        length--;
    char *bare = arena_dup_bytes(x->arena, begin, length);
    if (strcmp(bare, x->order_key) != 0 && has_order(x->session, x->provider, bare))
        return bare;
    for (size_t i = 0; i < COUNT_OF(changes); i++) {
        char *changed = arena_dup(x->arena, bare);
        for (char *c = changed; *c != '\0'; c++)
            *c = changes[i](*c);
        if (strcmp(changed, x->order_key) != 0 && has_order(x->session, x->provider, changed))
            return changed;
    }
    return NULL;
}

/* Two slips at most: ids of orders look alike. */
static const char *nearest_order(const struct exchange *x)
{
    struct nearest nearest;
    size_t left = FACTS_NEAR_MAX;
    nearest_begin(&nearest, x->order_key);
    if (strlen(x->order_key) < 6 || nearest.least == 0)
        return NULL;
    nearest.least = 3;
    for (const cJSON *seed = first_seed(x); seed != NULL && left > 0; seed = seed->next, left--)
        nearest_try(&nearest, json_string_or(seed, "id", ""));
    return nearest.name != NULL && has_order(x->session, x->provider, nearest.name) ? nearest.name : NULL;
}

static void find_unknown(struct sessions *sessions, const struct exchange *x, struct diagnosis *facts)
{
    facts->order = ORDER_NOWHERE;
    if ((facts->owner = decoded_once_more(x)) != NULL)
        facts->order = ORDER_TWICE_ENCODED;
    else if ((facts->owner = in_other_case(x)) != NULL)
        facts->order = ORDER_IN_CASE;
    else if (is_seed(x))
        facts->order = ORDER_REMOVED;
    else if ((facts->owner = session_with(sessions, x)) != NULL)
        facts->order = ORDER_OF_SESSION;
    else if ((facts->owner = provider_with(x)) != NULL)
        facts->order = ORDER_OF_PROVIDER;
    else if ((facts->owner = nearest_order(x)) != NULL)
        facts->order = ORDER_NEAR;
}

/* Whether the reason speaks of the order by the name that the request gave it. */
static bool blames_order(const struct exchange *x)
{
    const char *actual = x->reason->actual;
    if (x->account == NULL || actual == NULL || x->order_key == NULL || *x->order_key == '\0')
        return false;
    return strcmp(actual, x->order_key) == 0 || (x->param_count > 0 && strcmp(actual, x->params[0].value) == 0);
}

static void find_order(struct sessions *sessions, const struct exchange *x, struct diagnosis *facts)
{
    const struct order *order = x->order;
    if (order == NULL) {
        if (x->route->decide != NULL && blames_order(x))
            find_unknown(sessions, x, facts);
    } else if (x->account != NULL && strcmp(order->account, x->account) != 0) {
        facts->order = ORDER_OF_ACCOUNT;
        facts->owner = arena_dup(x->arena, order->account);
    } else if (blames_order(x) && strcmp(order->id, x->order_key) != 0) {
        facts->order = ORDER_BY_OTHER_NAME;
        facts->owner = arena_dup(x->arena, order->id);
    }
}

/* ── Credentials ───────────────────────────────────────────────────────────────────────────────────────────────── */

struct search {
    struct sessions *sessions;
    const struct exchange *x;
    struct diagnosis *facts;
    size_t left; /* values that may still be looked at */
};

/* The name in `values` under which the entry has it; NULL: it has not. */
static const char *member_with(const cJSON *entry, const char *value)
{
    const cJSON *known = NULL;
    cJSON_ArrayForEach (known, json_member(entry, "values"))
        if (cJSON_IsString(known) && strcmp(known->valuestring, value) == 0)
            return known->string;
    return NULL;
}

static bool take_entry(const struct search *search, const cJSON *entry, const char *value, struct key_fact *fact)
{
    const struct exchange *x = search->x;
    const char *member = member_with(entry, value);
    if (member == NULL)
        return false;
    fact->member = arena_dup(x->arena, member);
    fact->account = arena_dup(x->arena, json_string(entry, "account"));
    fact->state = arena_dup(x->arena, json_string_or(entry, "state", "valid"));
    return true;
}

static bool take_token(const struct search *search, struct session *session, const struct provider *provider,
                       const char *value, struct key_fact *fact)
{
    struct tokens *tokens = session_tokens(session);
    bool expired = false;
    if (!tokens_know(tokens, provider, value))
        return false;
    fact->state = "valid";
    if (session != search->x->session) /* not entered: what its token stands for may change */
        return true;
    const cJSON *entry = provider->token_member == NULL ? NULL
                                                        : tokens_find(tokens, provider, provider->token_member, value,
                                                                      session_now(session), &expired);
    fact->account = arena_dup(search->x->arena, json_string(entry, "account"));
    fact->state = expired ? "expired" : "valid";
    return true;
}

/* What log-ins issued in the session, and what it has for its own. */
static bool find_in_session(const struct search *search, struct session *session, const struct provider *provider,
                            const char *value, struct key_fact *fact)
{
    if (!take_token(search, session, provider, value, fact) &&
        !take_entry(search, session_credential(session, provider), value, fact))
        return false;
    fact->provider = provider->name;
    fact->session = arena_dup(search->x->arena, session_name(session));
    return true;
}

static bool find_in_fixtures(const struct search *search, const struct provider *provider, const char *value,
                             struct key_fact *fact)
{
    const struct exchange *x = search->x;
    const cJSON *entry = NULL;
    cJSON_ArrayForEach (entry, json_member(fixtures_of(session_fixtures(x->session), provider), "credentials")) {
        if (!take_entry(search, entry, value, fact))
            continue;
        fact->provider = provider->name;
        if (provider->token_member != NULL && strcmp(provider->token_member, fact->member) == 0 &&
            tokens_fixtures_expired(session_tokens(x->session), provider))
            fact->state = "expired";
        return true;
    }
    return false;
}

/* In this session, or by the fixtures; the provider of the request first. */
static bool find_here(const struct search *search, const struct provider *provider, const char *value,
                      struct key_fact *fact)
{
    return find_in_session(search, search->x->session, provider, value, fact) ||
           find_in_fixtures(search, provider, value, fact);
}

static bool find_elsewhere(const struct search *search, const char *value, struct key_fact *fact)
{
    struct session *other = sessions_peek_by_credential(search->sessions, value);
    if (other == NULL)
        other = sessions_default(search->sessions); /* no clue leads there */
    const struct provider *const *provider = session_providers(search->x->session);
    bool found = false;
    for (; *provider != NULL && !found && other != search->x->session; provider++)
        found = find_in_session(search, other, *provider, value, fact);
    session_drop(other);
    return found;
}

static bool find_key(const struct search *search, const char *value, struct key_fact *fact)
{
    const struct provider *const *provider = session_providers(search->x->session);
    if (find_here(search, search->x->provider, value, fact))
        return true;
    for (; *provider != NULL; provider++)
        if (*provider != search->x->provider && find_here(search, *provider, value, fact))
            return true;
    return find_elsewhere(search, value, fact);
}

static void try_value(struct search *search, const char *where, const char *name, const char *scheme, const char *value)
{
    struct key_fact fact = {0};
    if (search->left == 0 || search->facts->key_count == FACTS_KEYS_MAX || strlen(value) < 4)
        return;
    search->left--;
    if (!find_key(search, value, &fact))
        return;
    fact.where = where;
    fact.name = name;
    fact.scheme = scheme;
    search->facts->keys[search->facts->key_count++] = fact;
}

/* "Basic" holds two in one word. */
static void try_basic(struct search *search, const struct header *header, const char *word)
{
    size_t length = 0;
    const char *pair = base64_read(search->x->arena, word, &length);
    const char *colon = pair == NULL ? NULL : memchr(pair, ':', length);
    if (colon == NULL)
        return;
    try_value(search, "header", header->name, "Basic", arena_dup_bytes(search->x->arena, pair, (size_t)(colon - pair)));
}

static void try_header(struct search *search, const struct header *header)
{
    static const char *const never[] = {"Host",         "User-Agent",     "Accept",     "Accept-Encoding",
                                        "Content-Type", "Content-Length", "Connection", "Date"};
    for (size_t i = 0; i < COUNT_OF(never); i++)
        if (ascii_equal(never[i], header->name))
            return;
    const char *word = strrchr(header->value, ' ');
    try_value(search, "header", header->name, "", header->value);
    if (word == NULL)
        return;
    const char *scheme = arena_dup_bytes(search->x->arena, header->value, (size_t)(word - header->value));
    try_value(search, "header", header->name, scheme, word + 1);
    if (ascii_equal(scheme, "Basic"))
        try_basic(search, header, word + 1);
}

static void try_members(struct search *search, const char *where, const char *bytes, size_t length)
{
    const struct members members = members_read(search->x->arena, bytes, length);
    for (size_t i = 0; i < members.count; i++)
        if (cJSON_IsString(members.list[i].node))
            try_value(search, where, members.list[i].name, "", members.list[i].node->valuestring);
}

static bool is_named(const char *const *names, const char *name)
{
    for (; names != NULL && *names != NULL; names++)
        if (ascii_equal(*names, name))
            return true;
    return false;
}

/* The account may be known before the second half of a credential is looked at. */
static bool blames_key(const struct exchange *x)
{
    const char *field = x->reason->field;
    return field != NULL &&
           (is_named(x->provider->secret_headers, field) || is_named(x->provider->secret_members, field));
}

static void find_keys(struct sessions *sessions, const struct exchange *x, struct diagnosis *facts)
{
    struct search search = {sessions, x, facts, FACTS_VALUES_MAX};
    size_t length = 0;
    const char *content = exchange_content(x, &length);
    for (size_t i = 0; i < x->request.header_count; i++)
        try_header(&search, &x->request.headers[i]);
    if (x->request.query != NULL)
        try_members(&search, "query", x->request.query, strlen(x->request.query));
    try_members(&search, "body", content, length);
}

/* ── The session ───────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *named_session(const struct exchange *x)
{
    static const char prefix[] = "/_s/";
    if (strncmp(x->request.path, prefix, sizeof prefix - 1) != 0)
        return exchange_header(x, "X-Mock-Session");
    const char *name = x->request.path + sizeof prefix - 1;
    return arena_dup_bytes(x->arena, name, strcspn(name, "/"));
}

static void find_session(struct sessions *sessions, const struct exchange *x, struct diagnosis *facts)
{
    const char *name = named_session(x);
    struct nearest nearest;
    size_t count = 0;
    if (name == NULL)
        return;
    struct session **list = sessions_list(sessions, &count);
    nearest_begin(&nearest, name);
    for (size_t i = 0; i < count; i++)
        nearest_try(&nearest, session_name(list[i]));
    facts->near_session = arena_dup(x->arena, nearest.name);
    for (size_t i = 0; i < count; i++)
        session_drop(list[i]);
    free(list);
}

const struct diagnosis *facts_find(struct sessions *sessions, struct exchange *x)
{
    struct diagnosis *facts = arena_alloc(x->arena, sizeof *facts);
    facts->account = arena_dup(x->arena, x->account); /* it lies in fixtures, which may be replaced */
    if (x->request.unread != NULL)
        return facts;
    if (x->provider == NULL)
        find_session(sessions, x, facts);
    else if (x->route != NULL && (x->account == NULL || blames_key(x)))
        find_keys(sessions, x, facts);
    else if (x->route != NULL)
        find_order(sessions, x, facts);
    return facts;
}
