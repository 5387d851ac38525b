#include "session/sessions.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash_table.h"

#include "base/bounded_map.h"
#include "base/text.h"
#include "fixtures/fixtures.h"
#include "model/provider.h"

#define TOKEN_CLUES_MAX 100000 /* of more tokens the oldest finds its session by path or header alone */

/* One session in the table. Its place holds a reference. */
struct place {
    struct session *session;
    UT_hash_handle hh; /* by name, iterated oldest first */
};

/* A credential that names a session. */
struct clue {
    uint64_t session_number; /* a later session of that name has another one */
    char session_name[SESSION_NAME_MAX + 1];
};

struct sessions {
    pthread_mutex_t lock;
    struct place *places;
    struct bounded_map *own_clues;   /* struct clue by credential: those that sessions were made with */
    struct bounded_map *token_clues; /* struct clue by token: those that they issued; at most TOKEN_CLUES_MAX */
    struct session *first;           /* `default` */
    struct session_options options;
    const struct provider *const *providers;
    const struct fixtures *fixtures; /* of sessions to come; held */
    uint64_t next_number;
    bool are_many; /* whether there ever was another than `default`; read without the lock */
};

/* ── The table; the lock is held ───────────────────────────────────────────────────────────────────────────────── */

static struct place *place_named(struct sessions *sessions, const char *name)
{
    struct place *place = NULL;
    HASH_FIND_STR(sessions->places, name, place);
    return place;
}

static void add_place(struct sessions *sessions, struct session *session)
{
    struct place *place = mem_zero(1, sizeof *place);
    place->session = session;
    HASH_ADD_KEYPTR(hh, sessions->places, session_name(session), strlen(session_name(session)), place);
}

static void forget_clues(struct bounded_map *clues, const struct session *session)
{
    struct clue *next = NULL;
    for (struct clue *clue = bounded_map_first(clues); clue != NULL; clue = next) {
        next = bounded_map_next(clue);
        if (clue->session_number == session_number(session))
            bounded_map_forget(clues, clue);
    }
}

static void remember_clue(struct bounded_map *clues, const struct session *session, const char *value)
{
    struct clue *clue = bounded_map_put(clues, value);
    clue->session_number = session_number(session);
    snprintf(clue->session_name, sizeof clue->session_name, "%s", session_name(session));
}

static void remember_credentials(struct sessions *sessions, const struct session *session)
{
    const struct provider *const *providers = sessions->providers;
    for (; *providers != NULL; providers++) {
        const cJSON *values = json_member(session_credential(session, *providers), "values");
        for (const cJSON *value = values == NULL ? NULL : values->child; value != NULL; value = value->next)
            if (cJSON_IsString(value))
                remember_clue(sessions->own_clues, session, value->valuestring);
    }
}

static void remove_place(struct sessions *sessions, struct place *place)
{
    forget_clues(sessions->own_clues, place->session);
    forget_clues(sessions->token_clues, place->session);
    HASH_DEL(sessions->places, place);
    session_end(place->session);
    session_drop(place->session);
    free(place);
}

static void sweep(struct sessions *sessions)
{
    struct place *place, *next;
    HASH_ITER (hh, sessions->places, place, next)
        if (session_has_ended(place->session))
            remove_place(sessions, place);
}

/* Called by a session that issues a token. One that was removed meanwhile cannot be found by it any more. */
static void learn(void *context, struct session *session, const char *value)
{
    struct sessions *sessions = context;
    pthread_mutex_lock(&sessions->lock);
    const struct place *place = place_named(sessions, session_name(session));
    if (place != NULL && place->session == session)
        remember_clue(sessions->token_clues, session, value);
    pthread_mutex_unlock(&sessions->lock);
}

/* ── Life ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct sessions *sessions_new(const struct session_options *options, const struct fixtures *fixtures,
                              struct text *problems)
{
    struct sessions *sessions = mem_zero(1, sizeof *sessions);
    pthread_mutex_init(&sessions->lock, NULL);
    sessions->own_clues = bounded_map_new(BOUNDED_MAP_ALL, sizeof(struct clue));
    sessions->token_clues = bounded_map_new(TOKEN_CLUES_MAX, sizeof(struct clue));
    sessions->fixtures = fixtures_hold(fixtures);
    sessions->providers = fixtures_providers(fixtures);
    sessions->options = *options;
    sessions->options.name = SESSION_DEFAULT;
    sessions->first = session_new(&sessions->options, fixtures, problems);
    sessions->options.knobs = session_knobs(sessions->first);
    sessions->next_number = 1;
    add_place(sessions, sessions->first);
    if (problems->length == 0)
        return sessions;
    sessions_free(sessions);
    return NULL;
}

void sessions_free(struct sessions *sessions)
{
    if (sessions == NULL)
        return;
    struct place *place, *next;
    HASH_ITER (hh, sessions->places, place, next)
        remove_place(sessions, place);
    fixtures_drop(sessions->fixtures);
    bounded_map_free(sessions->own_clues);
    bounded_map_free(sessions->token_clues);
    pthread_mutex_destroy(&sessions->lock);
    free(sessions);
}

void sessions_renew(struct sessions *sessions, const struct fixtures *fixtures)
{
    pthread_mutex_lock(&sessions->lock);
    const struct fixtures *former = sessions->fixtures;
    sessions->fixtures = fixtures_hold(fixtures);
    pthread_mutex_unlock(&sessions->lock);
    fixtures_drop(former);
}

const struct fixtures *sessions_hold_fixtures(struct sessions *sessions)
{
    pthread_mutex_lock(&sessions->lock);
    const struct fixtures *fixtures = fixtures_hold(sessions->fixtures);
    pthread_mutex_unlock(&sessions->lock);
    return fixtures;
}

bool session_name_is_valid(const char *name)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    size_t length = strlen(name);
    return length > 0 && length <= SESSION_NAME_MAX && strspn(name, allowed) == length &&
           strspn(name, ".") != length; /* "." and ".." mean something in a path */
}

/* ── Finding ───────────────────────────────────────────────────────────────────────────────────────────────────── */

struct session *sessions_default(struct sessions *sessions)
{
    return session_hold(sessions->first);
}

/* The lock is held. A look notes no use. */
static struct session *reach(struct sessions *sessions, const char *name, bool uses)
{
    struct place *place = place_named(sessions, name);
    if (place == NULL)
        return NULL;
    if (session_has_ended(place->session)) {
        remove_place(sessions, place);
        return NULL;
    }
    if (uses)
        session_touch(place->session);
    return session_hold(place->session);
}

struct session *sessions_find(struct sessions *sessions, const char *name)
{
    pthread_mutex_lock(&sessions->lock);
    struct session *session = reach(sessions, name, true);
    pthread_mutex_unlock(&sessions->lock);
    return session;
}

bool sessions_are_many(const struct sessions *sessions)
{
    return __atomic_load_n(&sessions->are_many, __ATOMIC_RELAXED);
}

static struct session *find_by_credential(struct sessions *sessions, const char *value, bool uses)
{
    struct session *session = NULL;
    pthread_mutex_lock(&sessions->lock);
    const struct clue *clue = bounded_map_find(sessions->own_clues, value);
    if (clue == NULL)
        clue = bounded_map_find(sessions->token_clues, value);
    uint64_t number = clue == NULL ? 0 : clue->session_number;
    if (clue != NULL)
        session = reach(sessions, clue->session_name, uses);
    if (session != NULL && session_number(session) != number) {
        session_drop(session);
        session = NULL;
    }
    pthread_mutex_unlock(&sessions->lock);
    return session;
}

struct session *sessions_find_by_credential(struct sessions *sessions, const char *value)
{
    return find_by_credential(sessions, value, true);
}

struct session *sessions_peek_by_credential(struct sessions *sessions, const char *value)
{
    return find_by_credential(sessions, value, false);
}

struct session **sessions_list(struct sessions *sessions, size_t *count)
{
    size_t used = 0;
    pthread_mutex_lock(&sessions->lock);
    sweep(sessions);
    struct session **list = mem_zero(HASH_COUNT(sessions->places) + 1, sizeof(struct session *));
    for (struct place *place = sessions->places; place != NULL; place = place->hh.next)
        list[used++] = session_hold(place->session);
    pthread_mutex_unlock(&sessions->lock);
    *count = used;
    return list;
}

/* ── Making and removing ───────────────────────────────────────────────────────────────────────────────────────── */

struct session_options sessions_template(struct sessions *sessions)
{
    struct session_options options = sessions->options;
    options.name = NULL;
    options.learn = learn;
    options.context = sessions;
    options.has_own_credentials = true;
    return options;
}

/* Refuses early what add() would refuse: a session is filled with its orders outside of the lock. */
static enum sessions_result take_number(struct sessions *sessions, const char *name, uint64_t *number)
{
    enum sessions_result result = SESSIONS_OK;
    pthread_mutex_lock(&sessions->lock);
    sweep(sessions);
    if (HASH_COUNT(sessions->places) >= SESSIONS_MAX)
        result = SESSIONS_FULL;
    else if (name != NULL && place_named(sessions, name) != NULL)
        result = SESSIONS_TAKEN;
    else
        *number = ++sessions->next_number;
    pthread_mutex_unlock(&sessions->lock);
    return result;
}

static enum sessions_result add(struct sessions *sessions, struct session *session)
{
    enum sessions_result result = SESSIONS_TAKEN;
    pthread_mutex_lock(&sessions->lock);
    if (HASH_COUNT(sessions->places) >= SESSIONS_MAX) {
        result = SESSIONS_FULL;
    } else if (place_named(sessions, session_name(session)) == NULL) {
        add_place(sessions, session_hold(session));
        remember_credentials(sessions, session);
        result = SESSIONS_OK;
    }
    pthread_mutex_unlock(&sessions->lock);
    return result;
}

enum sessions_result sessions_make(struct sessions *sessions, const char *name, const struct session_options *options,
                                   struct session **out)
{
    struct session_options own = *options;
    char drawn[32];
    enum sessions_result result = take_number(sessions, name, &own.number);
    if (result != SESSIONS_OK)
        return result;
    struct id_stream stream = id_stream_from(sessions->options.seed ^ (own.number << 20));
    snprintf(drawn, sizeof drawn, "s%llu-%08llx", (unsigned long long)own.number - 1,
             (unsigned long long)(id_draw(&stream) & 0xffffffff));
    own.name = name == NULL ? drawn : name;
    __atomic_store_n(&sessions->are_many, true, __ATOMIC_RELAXED);
    const struct fixtures *fixtures = sessions_hold_fixtures(sessions);
    struct session *session = session_new(&own, fixtures, NULL);
    fixtures_drop(fixtures);
    result = add(sessions, session);
    if (result == SESSIONS_OK)
        *out = session;
    else
        session_drop(session);
    return result;
}

bool sessions_remove(struct sessions *sessions, const char *name)
{
    pthread_mutex_lock(&sessions->lock);
    struct place *place = place_named(sessions, name);
    bool found = place != NULL && place->session != sessions->first;
    if (found)
        remove_place(sessions, place);
    pthread_mutex_unlock(&sessions->lock);
    return found;
}
