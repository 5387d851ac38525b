/* Remedies for the order that is named, its state, and requests that come too early. */
#include <string.h>

#include "base/ascii.h"
#include "diagnosis/hints.h"
#include "diagnosis/look.h"
#include "fixtures/fixtures.h"
#include "model/provider.h"
#include "session/session.h"

/* ── Which order ───────────────────────────────────────────────────────────────────────────────────────────────── */

static void tell_session(const struct look *look, struct text *out)
{
    const char *owner = look->facts->owner;
    text_print(out,
               "the order is one of the session \"%s\", and this request went to \"%s\": put /_s/%s before the path, "
               "send X-Mock-Session: %s, or show that session's credentials",
               owner, session_name(look->x->session), owner, owner);
}

static void tell_provider(const struct look *look, struct text *out)
{
    const struct provider *const *provider = session_providers(look->x->session);
    while (*provider != NULL && strcmp((*provider)->name, look->facts->owner) != 0)
        provider++;
    text_print(out, "the order is one of %s, whose base path is %s, and this request went to %s", look->facts->owner,
               *provider == NULL ? "" : (*provider)->bases[0].base, look->x->provider->name);
}

static void tell_account(const struct look *look, struct text *out)
{
    text_print(out,
               "the order belongs to the account \"%s\", and the credential to \"%s\": take the credential of the "
               "one, or an order of the other",
               look->facts->owner, look->facts->account);
}

static void tell_other_name(const struct look *look, struct text *out)
{
    text_print(out, "name the order by its id: %s", look->facts->owner);
}

static void tell_removed(const struct look *look, struct text *out)
{
    (void)look;
    text_add(out, "the order was removed from this session; POST /_mock/reset brings it back");
}

static void tell_twice(const struct look *look, struct text *out)
{
    text_print(out, "percent-encode the id once: decoded once more it is %s", look->facts->owner);
}

static void tell_case(const struct look *look, struct text *out)
{
    text_print(out, "write the id as it was given: %s", look->facts->owner);
}

static void tell_near(const struct look *look, struct text *out)
{
    text_print(out, "did you mean the order %s?", look->facts->owner);
}

/* What provider.json says of a magic id; NULL: it is none. */
static const char *magic_about(const struct look *look)
{
    const cJSON *provider = fixtures_of(look->fixtures, look->x->provider), *entry = NULL;
    cJSON_ArrayForEach (entry, json_member(provider, "magic_ids"))
        if (strcmp(json_string_or(entry, "id", ""), look->x->order_key) == 0)
            return json_string(entry, "about");
    return NULL;
}

static void tell_nowhere(const struct look *look, struct text *out)
{
    const char *about = magic_about(look), *provider = look->x->provider->name;
    if (about != NULL)
        text_print(out, "it is a magic id, and stands for: %s", about);
    else
        text_print(out,
                   "no session has this order: POST /_mock/orders/%s makes one, GET /_mock/orders?provider=%s "
                   "lists them",
                   provider, provider);
}

bool hint_order(const struct look *look, struct text *out)
{
    static void (*const tellers[])(const struct look *, struct text *) = {[ORDER_NOWHERE] = tell_nowhere,
                                                                          [ORDER_OF_ACCOUNT] = tell_account,
                                                                          [ORDER_BY_OTHER_NAME] = tell_other_name,
                                                                          [ORDER_OF_SESSION] = tell_session,
                                                                          [ORDER_OF_PROVIDER] = tell_provider,
                                                                          [ORDER_REMOVED] = tell_removed,
                                                                          [ORDER_TWICE_ENCODED] = tell_twice,
                                                                          [ORDER_IN_CASE] = tell_case,
                                                                          [ORDER_NEAR] = tell_near};
    if (look->facts->order == ORDER_NOT_ASKED)
        return false;
    tellers[look->facts->order](look, out);
    return true;
}

/* ── In which state ────────────────────────────────────────────────────────────────────────────────────────────── */

static bool has_string(const cJSON *list, const char *word)
{
    const cJSON *item = NULL;
    cJSON_ArrayForEach (item, list)
        if (cJSON_IsString(item) && strcmp(item->valuestring, word) == 0)
            return true;
    return false;
}

/* The entry of states.json for what the client asked: by the operation, or by the word in the body. */
static const cJSON *asked_event(const struct look *look)
{
    const struct exchange *x = look->x;
    const cJSON *states = fixtures_states(look->fixtures, x->provider), *event = NULL;
    const struct member *word = members_find(&look->body, look->reason->field == NULL ? "" : look->reason->field);
    const char *named = word != NULL && cJSON_IsString(word->node) ? word->node->valuestring : "";
    cJSON_ArrayForEach (event, json_member(states, "events")) {
        const char *name = json_string_or(event, "name", "");
        if (strcmp(json_string_or(event, "by", ""), "client") == 0 &&
            (strcmp(name, x->operation) == 0 || strcmp(name, named) == 0))
            return event;
    }
    return NULL;
}

/* What the other side can do to bring the order into a state that will do; NULL: nothing. */
static const struct event *way_out(const struct look *look, const cJSON *from)
{
    const char *state = look->x->state_before;
    for (const struct event *event = look->x->provider->events; event->name != NULL; event++)
        for (const char *const *begin = event->from; event->to != NULL && *begin != NULL; begin++)
            if (strcmp(*begin, state) == 0 && strcmp(event->to, state) != 0 && has_string(from, event->to))
                return event;
    return NULL;
}

static void add_states(struct text *out, const cJSON *from)
{
    const cJSON *state = NULL;
    cJSON_ArrayForEach (state, from)
        text_print(out, "%s%s", state == from->child ? "" : ", ", state->valuestring);
}

/* A fresh order in a state that will do. */
static void add_fresh(const struct look *look, struct text *out, const cJSON *from)
{
    const struct provider *provider = look->x->provider;
    const char *expected = look->reason->expected;
    const char *wanted = from != NULL && from->child != NULL ? from->child->valuestring
                         : expected == NULL                  ? NULL
                                                             : state_of(provider, expected);
    bool is_first = from == NULL ? wanted == NULL : has_string(from, provider->states[0]);
    text_print(out, "; POST /_mock/orders/%s", provider->name);
    if (!is_first && wanted != NULL)
        text_print(out, " {\"state\":\"%s\"} makes one that is", wanted);
    else
        text_add(out, " makes a fresh one");
}

bool hint_state(const struct look *look, struct text *out)
{
    const struct exchange *x = look->x;
    bool is_state = x->provider != NULL && x->route != NULL && x->state_before != NULL &&
                    look->reason->actual != NULL && strcmp(look->reason->actual, x->state_before) == 0 &&
                    look_is(look, "state");
    if (!is_state)
        return false;
    const cJSON *event = asked_event(look), *from = json_member(event, "from");
    if (has_string(from, x->state_before))
        from = NULL; /* it is more than the state */
    const struct event *way = from == NULL ? NULL : way_out(look, from);
    text_print(out, "the order is %s", x->state_before);
    if (from != NULL) {
        text_print(out, ", and %s takes one that is ", json_string(event, "name"));
        add_states(out, from);
    } else if (look->reason->expected != NULL) {
        text_print(out, ", and this takes %s", look->reason->expected);
    }
    if (way != NULL)
        text_print(out, "; the event \"%s\" (%s) would bring it there: POST /_mock/orders/%s/%s/events", way->name,
                   way->by, x->provider->name, x->order_id);
    else
        add_fresh(look, out, from);
    return true;
}

/* ── When ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The first number of a text; "" when there is none. */
static const char *number_in(const struct look *look, const char *text)
{
    size_t begin = text == NULL ? 0 : strcspn(text, "0123456789");
    return text == NULL ? "" : arena_dup_bytes(look->arena, text + begin, strspn(text + begin, "0123456789"));
}

/* How long to wait: the answer's own word, else the reason's. */
static const char *seconds_to_wait(const struct look *look)
{
    const struct reply *reply = &look->x->reply;
    for (size_t i = 0; i < reply->header_count; i++)
        if (ascii_equal(reply->headers[i].name, "Retry-After"))
            return number_in(look, reply->headers[i].value);
    const char *seconds = number_in(look, look->reason->expected);
    return *seconds != '\0' ? seconds : number_in(look, look->reason->actual);
}

bool hint_too_early(const struct look *look, struct text *out)
{
    const int status = look->x->reply.status;
    if (look->x->route == NULL || (status != 429 && look->reason->field != NULL) || look->x->state_before != NULL)
        return false;
    if (status != 429 && status != 451)
        return false;
    const char *seconds = seconds_to_wait(look);
    text_add(out, "wait, or move the session's clock: POST /_mock/clock/advance");
    if (*seconds != '\0')
        text_print(out, " {\"seconds\":%s}", seconds);
    return true;
}

/* ── Anything else ─────────────────────────────────────────────────────────────────────────────────────────────── */

/* The value is there, and is another than what was expected. */
bool hint_value(const struct look *look, struct text *out)
{
    const struct reason *reason = look->reason;
    if (look->x->route == NULL || reason->expected == NULL || look_is(look, "method"))
        return false;
    if (reason->field != NULL)
        text_print(out, "give %s another value: %s", reason->field, reason->expected);
    else
        text_print(out, "take another order: this needs %s", reason->expected);
    return true;
}
