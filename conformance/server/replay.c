/*
 * `replaying` is one exchange on its way: the session it plays in and what it has captured. Each step returns false
 * when what follows would make no sense; the reason is among the findings then.
 */
#include "server/replay.h"

#include <stdlib.h>
#include <string.h>

#include "http/entry.h"
#include "http/secure_client.h"
#include "mock_server/base/ascii.h"
#include "mock_server/base/json.h"
#include "mock_server/base/json_path.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/uri.h"
#include "server/captures.h"

#define SESSION "{\"clock\":{\"mode\":\"frozen\",\"now\":\"2026-11-01T09:00:00Z\"},\"seed\":1}"

struct replaying {
    const struct replay_target *target;
    struct replay *replay;
    char *session; /* NULL: there is no control API */
    cJSON *captures;
};

/* ── The control API ─────────────────────────────────────────────────────────────────────────────────────────────── */

/* A call in the session that must answer `expected`. */
static bool steer(struct replaying *replaying, const char *method, const char *path, const cJSON *body, int expected,
                  cJSON **out)
{
    cJSON *answer = NULL;
    char *full = mem_print("%s?session=%s", path, replaying->session != NULL ? replaying->session : "");
    int status = control_client_call(replaying->target->control, method, full, body, &answer);
    if (status != expected) {
        char *text = json_shown(answer), *what = mem_print("%s %s", method, path);
        char *should = mem_print("%d", expected), *is = mem_print("%d %.1000s", status, text);
        findings_broken(&replaying->replay->findings, what, should, is);
        free(text);
        free(what);
        free(should);
        free(is);
    }
    if (out != NULL && status == expected)
        *out = answer;
    else
        cJSON_Delete(answer);
    free(full);
    return status == expected;
}

static bool open_session(struct replaying *replaying)
{
    cJSON *wish = json_read_bytes(SESSION, strlen(SESSION)), *answer = NULL;
    int status = control_client_call(replaying->target->control, "POST", "/_mock/sessions", wish, &answer);
    const char *id = json_string(answer, "id");
    if (status == 201 && id != NULL) {
        replaying->session = mem_dup(id);
    } else {
        char *text = json_shown(answer), *is = mem_print("%d %.1000s", status, text);
        findings_broken(&replaying->replay->findings, "POST /_mock/sessions", "201 and a session", is);
        free(text);
        free(is);
    }
    cJSON_Delete(answer);
    cJSON_Delete(wish);
    return replaying->session != NULL;
}

static void close_session(struct replaying *replaying)
{
    char *path = mem_print("/_mock/sessions/%s", replaying->session != NULL ? replaying->session : "");
    if (replaying->session != NULL)
        control_client_call(replaying->target->control, "DELETE", path, NULL, NULL);
    free(path);
    free(replaying->session);
}

/* ── Requests ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void remove_header(cJSON *headers, const char *name)
{
    for (cJSON *header = headers->child, *next = NULL; header != NULL; header = next) {
        next = header->next;
        if (ascii_equal(header->string, name))
            cJSON_Delete(cJSON_DetachItemViaPointer(headers, header));
    }
}

/* The exchange's, with those of --header in their place or behind them. What is shown has their values hidden. */
static cJSON *with_own_headers(const cJSON *written, const struct words *own, bool hidden)
{
    cJSON *headers = written == NULL ? cJSON_CreateObject() : cJSON_Duplicate(written, true);
    for (size_t i = 0; own != NULL && i < own->count; i++) {
        const char *colon = strchr(own->list[i], ':'), *value = colon + 1 + strspn(colon + 1, " \t");
        char *name = mem_dup_bytes(own->list[i], (size_t)(colon - own->list[i]));
        remove_header(headers, name);
        json_set_string(headers, name, hidden ? "***" : value);
        free(name);
    }
    return headers;
}

static void send_request(const struct replay_target *target, const struct http_request *request,
                         struct http_answer *answer)
{
    if (target->url->tls)
        secure_ask(target->url, request, target->ca_file, target->limit_ms, answer);
    else
        http_ask(target->url, request, target->limit_ms, answer);
}

/* Sends what is written, with its names filled in; false when no whole answer came. */
static bool ask(struct replaying *replaying, const cJSON *written, struct http_answer *answer)
{
    struct replay *replay = replaying->replay;
    cJSON *filled = captures_fill(written, replaying->captures, &replay->findings);
    const char *method = json_string(filled, "method"), *target = json_string(filled, "target");
    struct http_request request = {
        .method = method != NULL ? method : "GET",
        .target = target != NULL ? target : "/",
        .headers = json_member(filled, "headers"),
        .session = replaying->session,
        .body = json_string(filled, "body"),
    };
    cJSON *headers = with_own_headers(request.headers, replaying->target->headers, false);
    cJSON *shown = with_own_headers(request.headers, replaying->target->headers, true);
    request.headers = headers;
    send_request(replaying->target, &request, answer);
    request.headers = shown;
    cJSON_AddItemToArray(replay->wire, http_entry(replaying->target->url, &request, answer));
    cJSON_Delete(headers);
    cJSON_Delete(shown);
    cJSON_Delete(filled);
    replay->answered = replay->answered || answer->head.length;
    if (!answer->reached && replay->unreached == NULL)
        replay->unreached = mem_dup(answer->problem);
    if (answer->problem != NULL)
        findings_broken(&replay->findings, "the answer", "a whole HTTP answer", answer->problem);
    return answer->problem == NULL;
}

static bool send_earlier(struct replaying *replaying, const cJSON *requests)
{
    const cJSON *earlier = NULL;
    bool good = true;
    cJSON_ArrayForEach (earlier, requests) {
        struct http_answer answer;
        size_t before = replaying->replay->findings.count;
        if (good && ask(replaying, earlier, &answer)) {
            cJSON *tree = json_read_bytes(text_cstr(&answer.body), answer.body.length);
            captures_take(replaying->captures, tree, json_member(earlier, "capture"), &replaying->replay->findings);
            cJSON_Delete(tree);
        }
        if (good)
            http_answer_release(&answer);
        good = good && replaying->replay->findings.count == before;
    }
    return good;
}

/* ── What is given ───────────────────────────────────────────────────────────────────────────────────────────────── */

static bool set_knobs(struct replaying *replaying, const cJSON *knobs)
{
    char *path = mem_print("/_mock/knobs/%s", replaying->target->provider);
    bool good = steer(replaying, "PATCH", path, knobs, 200, NULL);
    free(path);
    return good;
}

static bool make_orders(struct replaying *replaying, const cJSON *orders)
{
    char *path = mem_print("/_mock/orders/%s", replaying->target->provider);
    const cJSON *order = NULL;
    bool good = true;
    cJSON_ArrayForEach (order, orders)
        good = good && steer(replaying, "POST", path, order, 201, NULL);
    free(path);
    return good;
}

/* "/_mock/orders/PROVIDER/ID" and what follows; to be freed. */
static char *order_path(const struct replaying *replaying, const cJSON *with_order, const char *after)
{
    const char *id = json_string(with_order, "order");
    char *segment = uri_segment(id != NULL ? id : "");
    char *path = mem_print("/_mock/orders/%s/%s%s", replaying->target->provider, segment, after);
    free(segment);
    return path;
}

static bool raise_events(struct replaying *replaying, const cJSON *events)
{
    const cJSON *event = NULL;
    bool good = true;
    cJSON_ArrayForEach (event, events) {
        char *path = order_path(replaying, event, "/events");
        cJSON *body = cJSON_CreateObject();
        json_set_string(body, "event", json_string(event, "event"));
        good = good && steer(replaying, "POST", path, body, 200, NULL);
        cJSON_Delete(body);
        free(path);
    }
    return good;
}

static bool move_clock(struct replaying *replaying, const cJSON *clock)
{
    const cJSON *setting = json_member(clock, "set"), *advance = json_member(clock, "advance");
    if (setting == NULL && advance == NULL)
        findings_broken(&replaying->replay->findings, "given.clock", "\"set\" or \"advance\"", "neither");
    return (setting != NULL || advance != NULL) &&
           (setting == NULL || steer(replaying, "PUT", "/_mock/clock", setting, 200, NULL)) &&
           (advance == NULL || steer(replaying, "POST", "/_mock/clock/advance", advance, 200, NULL));
}

static bool end_tokens(struct replaying *replaying, const cJSON *how)
{
    char *path = mem_print("/_mock/tokens/%s/expire", replaying->target->provider), *text = json_plain(how);
    bool known = strcmp(text, "expire") == 0;
    if (!known)
        findings_broken(&replaying->replay->findings, "given.tokens", "expire", text);
    bool good = known && steer(replaying, "POST", path, NULL, 204, NULL);
    free(path);
    free(text);
    return good;
}

static const struct {
    const char *name;
    bool (*prepare)(struct replaying *replaying, const cJSON *what);
} preparations[] = {
    {"knobs", set_knobs},       {"orders", make_orders}, {"events", raise_events},
    {"requests", send_earlier}, {"clock", move_clock},   {"tokens", end_tokens},
};

static bool prepare_member(struct replaying *replaying, const cJSON *member)
{
    for (size_t i = 0; i < COUNT_OF(preparations); i++) {
        if (strcmp(preparations[i].name, member->string) != 0)
            continue;
        /* requests are filled one by one, as names are captured on the way */
        cJSON *filled = strcmp(member->string, "requests") == 0
                            ? NULL
                            : captures_fill(member, replaying->captures, &replaying->replay->findings);
        bool good = preparations[i].prepare(replaying, filled != NULL ? filled : member);
        cJSON_Delete(filled);
        return good;
    }
    findings_broken(&replaying->replay->findings, "given", "knobs, orders, events, requests, clock, tokens",
                    member->string);
    return false;
}

/* The members of `given`, in the order in which they are written. */
static bool prepare(struct replaying *replaying, const cJSON *given)
{
    const cJSON *member = NULL;
    bool good = true;
    cJSON_ArrayForEach (member, given)
        good = good && prepare_member(replaying, member);
    return good;
}

/* ── What must come of it ────────────────────────────────────────────────────────────────────────────────────────── */

static void look_afterwards(struct replaying *replaying, const cJSON *written)
{
    cJSON *then = captures_fill(written, replaying->captures, &replaying->replay->findings), *order = NULL;
    const char *expected = json_string(then, "state");
    char *path = order_path(replaying, then, "");
    if (steer(replaying, "GET", path, NULL, expected != NULL ? 200 : 404, &order) && expected != NULL) {
        const char *state = json_string(order, "state");
        if (state == NULL || strcmp(state, expected) != 0)
            findings_broken(&replaying->replay->findings, "the state of the order afterwards", expected, state);
    }
    cJSON_Delete(order);
    cJSON_Delete(then);
    free(path);
}

static void play(struct replaying *replaying, const cJSON *exchange)
{
    struct http_answer answer;
    const cJSON *then = json_member(exchange, "then");
    if (!prepare(replaying, json_member(exchange, "given")))
        return;
    if (ask(replaying, json_member(exchange, "request"), &answer)) {
        cJSON *documented =
            captures_fill(json_member(exchange, "response"), replaying->captures, &replaying->replay->findings);
        compare_answer(&answer, documented, replaying->target->compare, &replaying->replay->findings);
        cJSON_Delete(documented);
        if (then != NULL && replaying->session != NULL)
            look_afterwards(replaying, then);
    }
    http_answer_release(&answer);
}

void replay_run(struct replay *replay, const struct replay_target *target, const cJSON *exchange)
{
    *replay = (struct replay){.wire = cJSON_CreateArray()};
    struct replaying replaying = {.target = target, .replay = replay, .captures = cJSON_CreateObject()};
    if (!control_client_exists(target->control) || open_session(&replaying))
        play(&replaying, exchange);
    close_session(&replaying);
    cJSON_Delete(replaying.captures);
}

void replay_release(struct replay *replay)
{
    findings_release(&replay->findings);
    cJSON_Delete(replay->wire);
    free(replay->unreached);
    *replay = (struct replay){0};
}
