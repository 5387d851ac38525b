/*
 * The steps of one case. Whatever happens, it ends with a result; what failed on our side is ERROR, what the client did
 * is everything else.
 */
#include "runner/case.h"

#include <stdlib.h>
#include <string.h>

#include "check/result.h"
#include "judge/evidence.h"
#include "mock_server/base/deadline.h"
#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"
#include "runner/record.h"
#include "setup/case_order.h"
#include "setup/setup.h"

#define GRACE_MS    500
#define QUIET_MS    5
#define DEADLINE_MS 3000
#define SLACK_MS    10000 /* for what is no waiting: never scaled below this */

/* A case under way. */
struct work {
    struct bench *bench;
    const struct item *item;
    struct evidence evidence;
    struct findings findings;
    enum status ended; /* TIMEOUT or CRASH when a run had no answer; else PASS */
    char *state;
};

static int scaled(const struct bench *bench, int ms)
{
    return (int)(ms * bench->settings->time_scale);
}

/* ── Asking ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void no_answer(struct work *work, enum status status, const char *expected)
{
    work->ended = status;
    findings_broken(&work->findings, "the adapter", expected, work->bench->adapter.problem);
}

static bool nothing_was_sent(struct work *work)
{
    cJSON *requests = world_requests(&work->bench->world);
    bool nothing = requests != NULL && requests->child == NULL;
    cJSON_Delete(requests);
    return nothing;
}

/*
 * A child that ended between two cases may only be found dead in the second, which is not to blame: it never read the
 * command. When it had answered before, the case begins once more with a fresh child. One that read the command and
 * ended is a crash, whether or not a request of it was seen.
 */
static bool died_before_the_case(struct work *work, const struct talk *talk, int answered)
{
    return talk->end == TALK_DIED && talk->unread && answered > 0 && nothing_was_sent(work);
}

static void ask_once(struct work *work, struct talk *talk)
{
    struct bench *bench = work->bench;
    int told = work->item->check->given.deadline_ms;
    int deadline = scaled(bench, told ? told : DEADLINE_MS);
    cJSON *command = bench->world.command;
    json_set_integer(command, "deadline_ms", deadline);
    adapter_ask(&bench->adapter, command, deadline + scaled(bench, GRACE_MS), talk);
}

static void ask(struct work *work)
{
    struct adapter *adapter = &work->bench->adapter;
    struct talk *talk = &work->evidence.talks[work->evidence.talk_count++];
    int answered = adapter->answered;
    ask_once(work, talk);
    if (died_before_the_case(work, talk, answered) && adapter_open(adapter) == 0) {
        talk_release(talk);
        ask_once(work, talk);
    }
    switch (talk->end) {
    case TALK_ANSWERED:
        break;
    case TALK_TIMED_OUT:
        no_answer(work, STATUS_TIMEOUT, "an answer by the deadline");
        break;
    case TALK_DIED:
        no_answer(work, STATUS_CRASH, "to live on");
        break;
    case TALK_GARBLED:
        findings_add(&work->findings, WEIGHT_FAULTY, "the adapter's answer", "one line of JSON", talk->answer_text);
        break;
    }
}

static int restart(struct work *work)
{
    struct adapter *adapter = &work->bench->adapter;
    adapter_close(adapter);
    if (adapter_open(adapter) == 0)
        return 0;
    no_answer(work, STATUS_CRASH, "to start a second time");
    return -1;
}

static void ask_again(struct work *work)
{
    struct bench *bench = work->bench;
    enum runs runs = work->item->check->given.runs;
    bool answered = work->evidence.talks[0].end == TALK_ANSWERED;
    if (runs == RUN_ONCE || !answered)
        return;
    if (runs == RUN_TWICE_RESTARTED && restart(work) < 0)
        return;
    if (setup_prepare_again(&bench->world) < 0)
        findings_add(&work->findings, WEIGHT_FAULTY, "setting up the second run", "to work", bench->world.problem);
    else
        ask(work);
}

static void be_quiet(struct work *work)
{
    int quiet = work->item->check->given.quiet_ms;
    adapter_listen(&work->bench->adapter, scaled(work->bench, quiet ? quiet : QUIET_MS));
    world_settle(&work->bench->world);
}

/* ── Judging ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void collect(struct work *work)
{
    struct bench *bench = work->bench;
    struct evidence *evidence = &work->evidence;
    evidence->check = work->item->check;
    evidence->profile = &work->item->table->profile;
    evidence->names = bench->world.names;
    evidence->secrets = world_secrets(&bench->world);
    evidence->base_url = bench->world.base_url;
    evidence->requests = world_requests(&bench->world);
    evidence->other_requests = world_other_requests(&bench->world);
    evidence->state = work->state = case_order_state(&bench->world);
    evidence->errors = text_cstr(&bench->adapter.errors);
    evidence->noise = text_cstr(&bench->adapter.noise);
}

static void weigh(struct work *work)
{
    collect(work);
    if (work->evidence.requests == NULL) {
        findings_add(&work->findings, WEIGHT_FAULTY, "the mock's journal", "to be readable", NULL);
        work->evidence.requests = cJSON_CreateArray();
    }
    judge(&work->evidence, &work->findings);
}

static enum status status_of(const struct work *work)
{
    enum status status = findings_status(&work->findings, work->item->check->level);
    return work->ended != STATUS_PASS && status != STATUS_ERROR ? work->ended : status;
}

static void release(struct work *work)
{
    cJSON_Delete(work->evidence.requests);
    cJSON_Delete(work->evidence.other_requests);
    cJSON_Delete(work->evidence.secrets);
    for (int i = 0; i < work->evidence.talk_count; i++)
        talk_release(&work->evidence.talks[i]);
    findings_release(&work->findings);
    free(work->state);
}

int case_time_limit(const struct check *check, double scale)
{
    const struct given *given = &check->given;
    int runs = (given->runs == RUN_ONCE ? 1 : 2) + 1;
    int a_run = (given->deadline_ms ? given->deadline_ms : DEADLINE_MS) + GRACE_MS + ADAPTER_HELLO_MS + ADAPTER_BYE_MS;
    int waiting = runs * a_run + (given->quiet_ms ? given->quiet_ms : QUIET_MS);
    return (int)(waiting * scale) + (int)(SLACK_MS * (scale > 1 ? scale : 1));
}

/* ── All ─────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Whether the mock has a route of this operation. */
static bool mock_serves(const struct bench *bench, const char *provider, const char *operation)
{
    const cJSON *route = NULL;
    cJSON_ArrayForEach (route, json_member(json_member(bench->world.providers, provider), "routes")) {
        const char *name = json_string(route, "operation");
        if (name != NULL && strcmp(name, operation) == 0)
            return true;
    }
    return false;
}

/* NULL when the client offers what the check needs, and the mock serves it. */
static char *not_offered(const struct bench *bench, const struct item *item)
{
    const char *provider = item->table->profile.provider;
    const char *needs = item->check->given.needs;
    if (!adapter_offers(&bench->adapter, provider, NULL))
        return mem_print("the client does not offer %s", provider);
    if (!adapter_offers(&bench->adapter, provider, "cancel"))
        return mem_print("the client does not offer to cancel with %s", provider);
    if (needs != NULL && !adapter_offers(&bench->adapter, provider, needs))
        return mem_print("the client does not offer \"%s\" for %s", needs, provider);
    if (needs != NULL && !mock_serves(bench, provider, needs))
        return mem_print("the mock does not serve \"%s\" of %s", needs, provider);
    return NULL;
}

static cJSON *run(struct bench *bench, const struct item *item)
{
    struct work work = {.bench = bench, .item = item};
    int64_t start = deadline_now();
    adapter_forget(&bench->adapter);
    if (bench->settings->reveal)
        json_set_string(bench->world.command, "check", item->address);
    ask(&work);
    ask_again(&work);
    be_quiet(&work);
    weigh(&work);
    cJSON *result = record_of_case(status_of(&work), &work.findings, &work.evidence);
    record_add_witnesses(result, &work.evidence, bench->adapter.notes);
    json_set(result, "duration_ms", json_new_integer((int64_t)(deadline_now() - start)));
    release(&work);
    return result;
}

cJSON *case_run(struct bench *bench, const struct item *item)
{
    char *missing = not_offered(bench, item);
    cJSON *result = NULL;
    if (missing != NULL)
        result = result_without_run(STATUS_SKIP, missing);
    else if (setup_prepare(&bench->world, item->table, item->check) < 0)
        result = result_without_run(STATUS_ERROR, bench->world.problem);
    else
        result = run(bench, item);
    world_clear(&bench->world);
    free(missing);
    return result;
}
