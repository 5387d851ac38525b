/* The clock of a session. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/instant.h"
#include "base/number.h"
#include "base/shape.h"
#include "base/text.h"
#include "control/handlers.h"
#include "session/progress.h"
#include "session/session.h"

/* {"now":"2026-11-01T09:00:00.000000Z","mode":"frozen","rate":0} */
cJSON *control_clock_get(struct call *call)
{
    char now[INSTANT_TEXT_MAX], rate[NUMBER_TEXT_MAX];
    struct clock_setting setting = clock_read(session_clock(call->session));
    instant_write_utc(setting.now_us, 6, now);
    number_write_decimal(setting.rate, rate);
    cJSON *answer = cJSON_CreateObject();
    json_set_string(answer, "now", now);
    json_set_string(answer, "mode", setting.follows_real ? "real" : setting.rate > 0 ? "running" : "frozen");
    json_set(answer, "rate", json_new_number_text(rate));
    return answer;
}

static const struct shape setting_shape[] = {
    {"mode", SHAPE_STRING},
    {"now", SHAPE_STRING},
    {"rate", SHAPE_NUMBER},
    SHAPE_END,
};

static const char *const modes[] = {"real", "frozen", "running", NULL};

static int mode_named(const char *name)
{
    for (int i = 0; modes[i] != NULL; i++)
        if (strcmp(modes[i], name) == 0)
            return i;
    return -1;
}

/* Reads {"mode"?,"now"?,"rate"?} over what *setting has; a failure when it makes no sense. */
static cJSON *read_setting(struct call *call, const cJSON *body, struct clock_setting *setting)
{
    const char *now = json_string(body, "now"), *mode = json_string(body, "mode");
    const cJSON *rate = json_member(body, "rate");
    int number = mode == NULL ? -1 : mode_named(mode);
    if (mode != NULL && number < 0)
        return call_fail(call, 422, "/mode", "\"mode\" is real, frozen or running");
    if (now != NULL && !instant_read(now, &setting->now_us))
        return call_fail(call, 422, "/now", "\"now\" is an instant such as 2026-11-01T09:00:00Z");
    if (rate != NULL && !(rate->valuedouble >= 0 && rate->valuedouble <= CLOCK_RATE_MAX))
        return call_fail(call, 422, "/rate", "\"rate\" is a number from 0 to 1000000");
    if (number == 0 && (now != NULL || rate != NULL))
        return call_fail(call, 422, "/mode", "a real clock takes no \"now\" and no \"rate\"");
    if (rate != NULL && ((number == 1 && rate->valuedouble > 0) || (number == 2 && !(rate->valuedouble > 0))))
        return call_fail(call, 422, "/rate", "a frozen clock has the rate 0, a running one more");
    if (rate != NULL)
        setting->rate = rate->valuedouble;
    if (number == 1)
        setting->rate = 0;
    if (number == 2 && !(setting->rate > 0))
        setting->rate = 1;
    setting->follows_real = number == 0 || (setting->follows_real && number < 0 && now == NULL && rate == NULL);
    return NULL;
}

cJSON *call_clock_setting(struct call *call, const cJSON *body, struct clock_setting *setting)
{
    struct text problems = TEXT_INIT(1024);
    const struct shape_report report = shape_report_into(&problems);
    cJSON *failure = shape_check(body, setting_shape, SHAPE_CLOSED, &report)
                         ? read_setting(call, body, setting)
                         : call_fail(call, 422, NULL, "%s", text_cstr(&problems));
    text_release(&problems);
    return failure;
}

cJSON *control_clock_set(struct call *call)
{
    struct clock_setting setting = clock_read(session_clock(call->session));
    if (!cJSON_IsObject(call->body))
        return call_fail(call, 400, NULL,
                         "send {\"mode\":\"frozen\",\"now\":\"2026-11-01T09:00:00Z\"} or a part of it");
    cJSON *failure = call_clock_setting(call, call->body, &setting);
    if (failure != NULL)
        return failure;
    progress_set_clock(call->session, &setting);
    return control_clock_get(call);
}

/* ── advance ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct unit {
    const char *name;
    double us;
} units[] = {
    {"days", 86400e6}, {"hours", 3600e6}, {"minutes", 60e6}, {"seconds", 1e6}, {"milliseconds", 1e3},
};

static const struct shape advance_shape[] = {
    {"days", SHAPE_NUMBER},    {"hours", SHAPE_NUMBER},        {"minutes", SHAPE_NUMBER},
    {"seconds", SHAPE_NUMBER}, {"milliseconds", SHAPE_NUMBER}, SHAPE_END,
};

#define HELP "send how far, for instance {\"days\":14} or {\"hours\":1,\"minutes\":30}"

cJSON *control_clock_advance(struct call *call)
{
    struct text problems = TEXT_INIT(1024);
    const struct shape_report report = shape_report_into(&problems);
    bool fine = cJSON_IsObject(call->body) && shape_check(call->body, advance_shape, SHAPE_CLOSED, &report);
    cJSON *failure = fine ? NULL : call_fail(call, 422, NULL, HELP "; %s", text_cstr(&problems));
    text_release(&problems);
    if (failure != NULL)
        return failure;
    double by = 0;
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        const cJSON *count = json_member(call->body, units[i].name);
        if (count != NULL && !(count->valuedouble >= 0))
            return call_fail(call, 422, arena_print(call->arena, "/%s", units[i].name),
                             "the clock goes forward; PUT /_mock/clock sets it to any time");
        by += count == NULL ? 0 : count->valuedouble * units[i].us;
    }
    if (call->body->child == NULL)
        return call_fail(call, 422, NULL, HELP);
    if (!(by <= (double)CLOCK_MAX_US) || !clock_advance(session_clock(call->session), llround(by)))
        return call_fail(call, 422, NULL, "that is beyond the year 9999");
    return control_clock_get(call);
}
