/* The clock of a session. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/instant.h"
#include "base/number.h"
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

enum { MODE_REAL, MODE_FROZEN, MODE_RUNNING };

static const char *const modes[] = {[MODE_REAL] = "real", [MODE_FROZEN] = "frozen", [MODE_RUNNING] = "running", NULL};

const struct shape control_clock_shape[] = {
    {"mode", SHAPE_STRING, .words = modes},
    {"now", SHAPE_STRING},
    {"rate", SHAPE_NUMBER},
    SHAPE_END,
};

static int mode_named(const char *name)
{
    for (int i = 0; modes[i] != NULL; i++)
        if (strcmp(modes[i], name) == 0)
            return i;
    return -1;
}

/* "/clock/now": the place of a member, or of what lacks it. */
static const char *place_of(struct call *call, const cJSON *part, const char *name)
{
    const cJSON *member = json_member(part, name);
    return call_place(call, member == NULL ? part : member);
}

cJSON *call_clock_setting(struct call *call, const cJSON *part, struct clock_setting *setting)
{
    const char *now = json_string(part, "now"), *mode = json_string(part, "mode");
    const cJSON *rate = json_member(part, "rate");
    int number = mode == NULL ? -1 : mode_named(mode);
    if (now != NULL && !instant_read(now, &setting->now_us))
        return call_fail(call, 400, place_of(call, part, "now"),
                         "\"now\" is an instant such as 2026-11-01T09:00:00Z, and this is \"%.60s\"", now);
    if (rate != NULL && !(rate->valuedouble >= 0 && rate->valuedouble <= CLOCK_RATE_MAX))
        return call_fail(call, 400, place_of(call, part, "rate"), "\"rate\" is a number from 0 to 1000000");
    if (number == MODE_REAL && (now != NULL || rate != NULL))
        return call_fail(call, 400, place_of(call, part, "mode"), "a real clock takes no \"now\" and no \"rate\"");
    if (rate != NULL &&
        ((number == MODE_FROZEN && rate->valuedouble > 0) || (number == MODE_RUNNING && !(rate->valuedouble > 0))))
        return call_fail(call, 400, place_of(call, part, "rate"), "a frozen clock has the rate 0, a running one more");
    if (rate != NULL)
        setting->rate = rate->valuedouble;
    if (number == MODE_FROZEN)
        setting->rate = 0;
    if (number == MODE_RUNNING && !(setting->rate > 0))
        setting->rate = 1;
    setting->follows_real = number == MODE_REAL || (setting->follows_real && number < 0 && now == NULL && rate == NULL);
    return NULL;
}

cJSON *control_clock_set(struct call *call)
{
    struct clock_setting setting = clock_read(session_clock(call->session));
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

const struct shape control_advance_shape[] = {
    {"days", SHAPE_NUMBER},    {"hours", SHAPE_NUMBER},        {"minutes", SHAPE_NUMBER},
    {"seconds", SHAPE_NUMBER}, {"milliseconds", SHAPE_NUMBER}, SHAPE_END,
};

cJSON *control_clock_advance(struct call *call)
{
    double by = 0;
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        const cJSON *count = json_member(call->body, units[i].name);
        if (count != NULL && !(count->valuedouble >= 0))
            return call_fail(call, 400, call_place(call, count),
                             "the clock goes forward; PUT /_mock/clock sets it to any time");
        by += count == NULL ? 0 : count->valuedouble * units[i].us;
    }
    if (call->body->child == NULL)
        return call_fail(call, 400, "", ADVANCE_HINT);
    if (!(by <= (double)CLOCK_MAX_US) || !clock_advance(session_clock(call->session), llround(by)))
        return call_fail(call, 400, "", "that is beyond the year 9999");
    return control_clock_get(call);
}
