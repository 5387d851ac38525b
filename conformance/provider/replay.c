/*
 * A take is one exchange on its way: the session it plays in and the names it has captured. Each step returns false
 * when what follows would make no sense; the reason is among the findings then.
 */
#include "provider/replay.h"

#include <stdlib.h>
#include <string.h>

#include "provider/names.h"
#include "provider/wire.h"
#include "support/doc.h"
#include "support/memory.h"

#define SESSION "{\"clock\":{\"mode\":\"frozen\",\"now\":\"2026-11-01T09:00:00Z\"},\"seed\":1}"

struct take {
    const struct stage *stage;
    struct replay *replay;
    char *session; /* NULL: there is no control API */
    cJSON *names;
};

/* -- the control API -------------------------------------------------------------------------------------------- */

/* A call in the session that must answer `expected`. */
static bool steer(struct take *take, const char *method, const char *path, const cJSON *body, int expected, cJSON **out)
{
    cJSON *answer = NULL;
    char *full = must_format("%s?session=%s", path, take->session ? take->session : "");
    int status = desk_call(take->stage->control, method, full, body, &answer);
    if (status != expected) {
        char *text = doc_print(answer), *what = must_format("%s %s", method, path);
        char *should = must_format("%d", expected), *is = must_format("%d %.1000s", status, text);
        findings_broken(&take->replay->findings, what, should, is);
        free(text);
        free(what);
        free(should);
        free(is);
    }
    if (out && status == expected)
        *out = answer;
    else
        cJSON_Delete(answer);
    free(full);
    return status == expected;
}

static bool open_session(struct take *take)
{
    cJSON *wish = doc_parse(SESSION, strlen(SESSION)), *answer = NULL;
    int status = desk_call(take->stage->control, "POST", "/_mock/sessions", wish, &answer);
    const char *id = doc_string(answer, "id");
    if (status == 201 && id) {
        take->session = must_copy(id);
    } else {
        char *text = doc_print(answer), *is = must_format("%d %.1000s", status, text);
        findings_broken(&take->replay->findings, "POST /_mock/sessions", "201 and a session", is);
        free(text);
        free(is);
    }
    cJSON_Delete(answer);
    cJSON_Delete(wish);
    return take->session;
}

static void close_session(struct take *take)
{
    char *path = must_format("/_mock/sessions/%s", take->session ? take->session : "");
    if (take->session)
        desk_call(take->stage->control, "DELETE", path, NULL, NULL);
    free(path);
    free(take->session);
}

/* -- requests --------------------------------------------------------------------------------------------------- */

/* Sends what is written, with its names filled in; false when no whole answer came. */
static bool ask(struct take *take, const cJSON *written, struct wire_answer *answer)
{
    struct replay *replay = take->replay;
    cJSON *filled = names_fill(written, take->names, &replay->findings);
    const char *method = doc_string(filled, "method"), *target = doc_string(filled, "target");
    struct wire_request request = {
        .method = method ? method : "GET",
        .target = target ? target : "/",
        .headers = doc_member(filled, "headers"),
        .session = take->session,
        .body = doc_string(filled, "body"),
    };
    wire_ask(take->stage->url, &request, take->stage->limit_ms, answer);
    cJSON_AddItemToArray(replay->wire, wire_entry(take->stage->url, &request, answer));
    cJSON_Delete(filled);
    replay->answered = replay->answered || answer->head.length;
    if (!answer->reached && !replay->unreached)
        replay->unreached = must_copy(answer->problem);
    if (answer->problem)
        findings_broken(&replay->findings, "the answer", "a whole HTTP answer", answer->problem);
    return !answer->problem;
}

static bool send_earlier(struct take *take, const cJSON *requests)
{
    const cJSON *earlier = NULL;
    bool good = true;
    cJSON_ArrayForEach (earlier, requests) {
        struct wire_answer answer;
        size_t before = take->replay->findings.count;
        if (good && ask(take, earlier, &answer)) {
            cJSON *tree = doc_parse(string_text(&answer.body), answer.body.length);
            names_capture(take->names, tree, doc_member(earlier, "capture"), &take->replay->findings);
            cJSON_Delete(tree);
        }
        if (good)
            wire_answer_release(&answer);
        good = good && take->replay->findings.count == before;
    }
    return good;
}

/* -- what is given ---------------------------------------------------------------------------------------------- */

static bool turn_knobs(struct take *take, const cJSON *knobs)
{
    char *path = must_format("/_mock/knobs/%s", take->stage->provider);
    bool good = steer(take, "PATCH", path, knobs, 200, NULL);
    free(path);
    return good;
}

static bool make_orders(struct take *take, const cJSON *orders)
{
    char *path = must_format("/_mock/orders/%s", take->stage->provider);
    const cJSON *order = NULL;
    bool good = true;
    cJSON_ArrayForEach (order, orders)
        good = good && steer(take, "POST", path, order, 201, NULL);
    free(path);
    return good;
}

/* "/_mock/orders/PROVIDER/ID" and what follows; to be freed. */
static char *order_path(const struct take *take, const cJSON *with_order, const char *after)
{
    const char *id = doc_string(with_order, "order");
    char *segment = desk_segment(id ? id : "");
    char *path = must_format("/_mock/orders/%s/%s%s", take->stage->provider, segment, after);
    free(segment);
    return path;
}

static bool raise_events(struct take *take, const cJSON *events)
{
    const cJSON *event = NULL;
    bool good = true;
    cJSON_ArrayForEach (event, events) {
        char *path = order_path(take, event, "/events");
        cJSON *body = cJSON_CreateObject();
        doc_add_string(body, "event", doc_string(event, "event"));
        good = good && steer(take, "POST", path, body, 200, NULL);
        cJSON_Delete(body);
        free(path);
    }
    return good;
}

static bool move_clock(struct take *take, const cJSON *clock)
{
    const cJSON *setting = doc_member(clock, "set"), *advance = doc_member(clock, "advance");
    if (!setting && !advance)
        findings_broken(&take->replay->findings, "given.clock", "\"set\" or \"advance\"", "neither");
    return (setting || advance) && (!setting || steer(take, "PUT", "/_mock/clock", setting, 200, NULL)) &&
           (!advance || steer(take, "POST", "/_mock/clock/advance", advance, 200, NULL));
}

static bool end_tokens(struct take *take, const cJSON *how)
{
    char *path = must_format("/_mock/tokens/%s/expire", take->stage->provider), *text = doc_plain(how);
    bool known = strcmp(text, "expire") == 0;
    if (!known)
        findings_broken(&take->replay->findings, "given.tokens", "expire", text);
    bool good = known && steer(take, "POST", path, NULL, 204, NULL);
    free(path);
    free(text);
    return good;
}

static const struct {
    const char *name;
    bool (*prepare)(struct take *take, const cJSON *what);
} preparations[] = {
    {"knobs", turn_knobs},      {"orders", make_orders}, {"events", raise_events},
    {"requests", send_earlier}, {"clock", move_clock},   {"tokens", end_tokens},
};

static bool prepare_member(struct take *take, const cJSON *member)
{
    for (size_t i = 0; i < sizeof preparations / sizeof *preparations; i++) {
        if (strcmp(preparations[i].name, member->string) != 0)
            continue;
        /* requests are filled one by one, as names are captured on the way */
        cJSON *filled =
            strcmp(member->string, "requests") == 0 ? NULL : names_fill(member, take->names, &take->replay->findings);
        bool good = preparations[i].prepare(take, filled ? filled : member);
        cJSON_Delete(filled);
        return good;
    }
    findings_broken(&take->replay->findings, "given", "knobs, orders, events, requests, clock, tokens", member->string);
    return false;
}

/* The members of `given`, in the order in which they are written. */
static bool prepare(struct take *take, const cJSON *given)
{
    const cJSON *member = NULL;
    bool good = true;
    cJSON_ArrayForEach (member, given)
        good = good && prepare_member(take, member);
    return good;
}

/* -- what must come of it --------------------------------------------------------------------------------------- */

static void look_afterwards(struct take *take, const cJSON *written)
{
    cJSON *then = names_fill(written, take->names, &take->replay->findings), *order = NULL;
    const char *expected = doc_string(then, "state");
    char *path = order_path(take, then, "");
    if (steer(take, "GET", path, NULL, expected ? 200 : 404, &order) && expected) {
        const char *state = doc_string(order, "state");
        if (!state || strcmp(state, expected) != 0)
            findings_broken(&take->replay->findings, "the state of the order afterwards", expected, state);
    }
    cJSON_Delete(order);
    cJSON_Delete(then);
    free(path);
}

static void play(struct take *take, const cJSON *exchange)
{
    struct wire_answer answer;
    const cJSON *then = doc_member(exchange, "then");
    if (!prepare(take, doc_member(exchange, "given")))
        return;
    if (ask(take, doc_member(exchange, "request"), &answer)) {
        cJSON *documented = names_fill(doc_member(exchange, "response"), take->names, &take->replay->findings);
        compare_answer(&answer, documented, take->stage->compare, &take->replay->findings);
        cJSON_Delete(documented);
        if (then && take->session)
            look_afterwards(take, then);
    }
    wire_answer_release(&answer);
}

void replay_run(struct replay *replay, const struct stage *stage, const cJSON *exchange)
{
    *replay = (struct replay){.wire = cJSON_CreateArray()};
    struct take take = {.stage = stage, .replay = replay, .names = cJSON_CreateObject()};
    if (!desk_exists(stage->control) || open_session(&take))
        play(&take, exchange);
    close_session(&take);
    cJSON_Delete(take.names);
}

void replay_release(struct replay *replay)
{
    findings_release(&replay->findings);
    cJSON_Delete(replay->wire);
    free(replay->unreached);
    *replay = (struct replay){0};
}
