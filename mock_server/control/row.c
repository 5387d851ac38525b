#include "control/row.h"

#include <string.h>

#include "base/number.h"
#include "base/uri.h"
#include "fixtures/fixtures.h"
#include "model/provider.h"
#include "session/sessions.h"

const struct query_name query_session[] = {
    {"session", QUERY_SESSION,
     .meaning = "the session that is meant; without it, the one of X-Mock-Session, or default"},
    QUERY_END,
};

/* ── Values ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Whether the value can be meant; when not, *why says what to give instead. */
typedef bool value_check(struct call *call, const struct query_name *name, const char *value, const char **why);

static bool is_text(struct call *call, const struct query_name *name, const char *value, const char **why)
{
    (void)call, (void)name;
    *why = "; it takes a text that is not empty";
    return *value != '\0';
}

static bool is_number(struct call *call, const struct query_name *name, const char *value, const char **why)
{
    int64_t number = 0;
    *why = arena_print(call->arena, "; it takes %s", query_values(call, name));
    return number_read(value, name->least, name->most, &number);
}

static bool is_word(struct call *call, const struct query_name *name, const char *value, const char **why)
{
    struct nearest nearest;
    nearest_begin(&nearest, value);
    for (const char *const *word = name->words; *word != NULL; word++) {
        if (strcmp(*word, value) == 0)
            return true;
        nearest_try(&nearest, *word);
    }
    *why = call_hint(call, &nearest, arena_print(call->arena, "; it takes %s", query_values(call, name)));
    return false;
}

static bool is_provider(struct call *call, const struct query_name *name, const char *value, const char **why)
{
    struct nearest nearest;
    (void)name;
    if (call_find_provider(call, value, &nearest) != NULL)
        return true;
    *why = call_hint(call, &nearest, "; GET /_mock/providers lists those served");
    return false;
}

static bool has_operation(const struct provider *provider, const char *value, struct nearest *nearest)
{
    for (const struct route *route = provider->routes; route->method != NULL; route++) {
        if (strcmp(route->operation, value) == 0)
            return true;
        nearest_try(nearest, route->operation);
        size_t length = strlen(route->operation);
        if (strncmp(route->operation, value, length) == 0 && value[length] == '_')
            *nearest = (struct nearest){.word = value, .name = route->operation}; /* "cancel_order" means "cancel" */
    }
    return false;
}

static bool is_operation(struct call *call, const struct query_name *name, const char *value, const char **why)
{
    struct nearest nearest;
    const struct provider *only = call_query_provider(call);
    const struct provider *const *providers = call->control->providers;
    bool found = strcmp(value, OPERATION_STUB) == 0;
    (void)name;
    nearest_begin(&nearest, value);
    for (; *providers != NULL && !found; providers++)
        found = (only == NULL || *providers == only) && has_operation(*providers, value, &nearest);
    *why = call_hint(call, &nearest, "; the routes of GET /_mock/providers name their operations");
    return found;
}

static bool is_session(struct call *call, const struct query_name *name, const char *value, const char **why)
{
    struct session *session = sessions_find(call->control->sessions, value);
    (void)name;
    *why = session == NULL ? call_session_hint(call, value, "; POST /_mock/sessions makes one") : "";
    session_drop(session);
    return session != NULL;
}

static const struct value_kind {
    const char *what; /* after "there is no ", or NULL */
    value_check *check;
} kinds[] = {
    [QUERY_TEXT] = {NULL, is_text},
    [QUERY_NUMBER] = {NULL, is_number},
    [QUERY_WORD] = {NULL, is_word},
    [QUERY_PROVIDER] = {"provider", is_provider},
    [QUERY_OPERATION] = {"operation", is_operation},
    [QUERY_SESSION] = {"session", is_session},
};

static const char *words_of(const struct call *call, const char *const *words)
{
    const char *list = *words;
    while (*++words != NULL)
        list = arena_print(call->arena, "%s, %s", list, *words);
    return list;
}

const char *query_values(const struct call *call, const struct query_name *name)
{
    switch (name->kind) {
    case QUERY_NUMBER:
        return arena_print(call->arena, "a number from %lld to %lld", (long long)name->least, (long long)name->most);
    case QUERY_WORD:
        return words_of(call, name->words);
    case QUERY_PROVIDER:
        return "the name of a provider that is served";
    case QUERY_OPERATION:
        return "an operation of a provider's routes, or stub";
    case QUERY_SESSION:
        return "the id of a session";
    case QUERY_TEXT:
        break;
    }
    return "any text";
}

/* ── The query ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* One "name=value" of the query, as it is written. */
struct part {
    const char *at;
    size_t length, name_length;
};

/* The part that begins at *at, which goes on behind it; false at the end. Nothing between two '&' is no part. */
static bool next_part(const char **at, struct part *part)
{
    while (*at != NULL && **at == '&')
        ++*at;
    if (*at == NULL || **at == '\0')
        return false;
    size_t length = strcspn(*at, "&");
    const char *equals = memchr(*at, '=', length);
    *part = (struct part){*at, length, equals == NULL ? length : (size_t)(equals - *at)};
    *at += length;
    return true;
}

static const struct query_name *name_in(const struct query_name *names, const char *word, struct nearest *nearest)
{
    for (; names != NULL && names->name != NULL; names++) {
        if (strcmp(names->name, word) == 0)
            return names;
        nearest_try(nearest, names->name);
    }
    return NULL;
}

/* What the call takes, for those who sent a name that it does not. */
static const char *taken(const struct call *call, const struct query_name *names)
{
    const char *list = "; it takes ?session=";
    for (; names != NULL && names->name != NULL; names++)
        list = arena_print(call->arena, "%s, ?%s=", list, names->name);
    return list;
}

static cJSON *refuse_name(struct call *call, const struct query_name *names, const char *word,
                          const struct nearest *nearest)
{
    return call_fail(call, 400, arena_print(call->arena, "?%.60s", word), "this call takes no ?%.60s=%s", word,
                     call_hint(call, nearest, taken(call, names)));
}

static cJSON *check_value(struct call *call, const struct query_name *name, const char *value, const char *place)
{
    const struct value_kind *kind = &kinds[name->kind];
    const char *why = "";
    if (value == NULL)
        return call_fail(call, 400, place, "the value of ?%s= has a broken %%XX", name->name);
    if (kind->check(call, name, value, &why))
        return NULL;
    if (kind->what != NULL)
        return call_fail(call, 400, place, "there is no %s \"%.64s\"%s", kind->what, value, why);
    return call_fail(call, 400, place, "?%s= cannot be \"%.60s\"%s", name->name, value, why);
}

static cJSON *check_part(struct call *call, const struct query_name *names, const struct part *part)
{
    struct nearest nearest;
    const char *word = uri_decode_value(call->arena, part->at, part->name_length), *value = "";
    nearest_begin(&nearest, word);
    const struct query_name *name = name_in(names, word, &nearest);
    if (name == NULL)
        name = name_in(query_session, word, &nearest);
    if (name == NULL)
        return refuse_name(call, names, word, &nearest);
    if (part->name_length < part->length)
        value = uri_decode(call->arena, part->at + part->name_length + 1, part->length - part->name_length - 1);
    return check_value(call, name, value, arena_print(call->arena, "?%s", name->name));
}

/* How often the name of that part stands in the query. */
static size_t times(struct call *call, const struct part *part)
{
    struct part other;
    size_t count = 0;
    const char *word = uri_decode_value(call->arena, part->at, part->name_length);
    for (const char *at = call->query; next_part(&at, &other);)
        count += strcmp(uri_decode_value(call->arena, other.at, other.name_length), word) == 0;
    return count;
}

#define PARTS_MAX 64

cJSON *query_check(struct call *call, const struct query_name *names)
{
    struct part part;
    cJSON *failure = NULL;
    size_t count = 0;
    for (const char *at = call->query; failure == NULL && next_part(&at, &part);) {
        if (++count > PARTS_MAX)
            return call_fail(call, 400, NULL, "the query has more than %d names", PARTS_MAX);
        failure = check_part(call, names, &part);
        const char *word = uri_decode_value(call->arena, part.at, part.name_length);
        if (failure == NULL && times(call, &part) > 1)
            failure = call_fail(call, 400, arena_print(call->arena, "?%s", word), "?%s= is given more than once", word);
    }
    return failure;
}

/* ── The body ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Many clients send {} with every POST: it asks for nothing that could be left undone. */
static bool asks_nothing(const cJSON *body)
{
    return cJSON_IsObject(body) && body->child == NULL;
}

cJSON *body_check(struct call *call, const struct call_row *row)
{
    const char *hint = row->hint == NULL ? "send a JSON object" : row->hint;
    if (call->body == NULL)
        return row->body == BODY_NEEDED ? call_fail(call, 400, "", "%s; there is no body", hint) : NULL;
    if (row->body == BODY_NONE && asks_nothing(call->body))
        return NULL;
    if (row->body == BODY_NONE)
        return call_fail(call, 400, "", "%s /_mock%s takes no body", row->method, row->pattern);
    if (!cJSON_IsObject(call->body))
        return call_fail(call, 400, "", "%s; this is %s, and an object is expected", hint, json_kind(call->body));
    if (row->shape == NULL)
        return NULL;
    struct mistakes mistakes = mistakes_of(call);
    const struct shape_report report = mistakes_report(&mistakes);
    (void)shape_check(call->body, row->shape, SHAPE_CLOSED, &report);
    return call_fail_mistakes(call, &mistakes);
}
