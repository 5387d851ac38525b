/* model/clock.h, the delays of model/knob.h, session/rate_limits.h and session/tokens.h: what time does. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/tests/check.h"
#include "model/clock.h"
#include "model/knob.h"
#include "registry.h"
#include "session/rate_limits.h"
#include "session/tokens.h"
#include "tests/suites.h"

#define NINE INT64_C(1793523600000000) /* 2026-11-01T09:00:00Z */

static void a_clock_stands_and_is_advanced(void *context)
{
    struct clock *clock = clock_new(&(struct clock_setting){.now_us = NINE, .rate = 0});
    (void)context;
    CHECK_INTEGER(clock_now(clock), NINE);
    CHECK(clock_advance(clock, 14 * CLOCK_DAY_US));
    CHECK_INTEGER(clock_now(clock), NINE + 14 * CLOCK_DAY_US);
    CHECK_INTEGER(clock_now(clock), NINE + 14 * CLOCK_DAY_US);
    CHECK(!clock_advance(clock, -1));
    CHECK(!clock_advance(clock, CLOCK_MAX_US));
    CHECK(!clock_advance(clock, INT64_MAX));
    CHECK_INTEGER(clock_now(clock), NINE + 14 * CLOCK_DAY_US);
    clock_set(clock, &(struct clock_setting){.now_us = INT64_MAX, .rate = 1});
    CHECK_INTEGER(clock_now(clock), CLOCK_MAX_US);
    clock_set(clock, &(struct clock_setting){.now_us = -5, .rate = 0});
    CHECK_INTEGER(clock_now(clock), 0);
    clock_free(clock);
}

/* At the highest rate a day passes in less than a tenth of a second; the test waits for the clock, not for a time. */
static void a_clock_runs_at_its_rate(void *context)
{
    struct clock *clock = clock_new(&(struct clock_setting){.now_us = NINE, .rate = CLOCK_RATE_MAX});
    (void)context;
    int64_t real = instant_now();
    while (clock_now(clock) < NINE + CLOCK_DAY_US)
        continue;
    CHECK(instant_now() - real < CLOCK_DAY_US / 1000);
    CHECK(!clock_read(clock).follows_real);
    clock_free(clock);
}

static void a_real_clock_can_be_ahead(void *context)
{
    struct clock *clock = clock_new(&(struct clock_setting){.follows_real = true});
    (void)context;
    CHECK(clock_read(clock).follows_real);
    CHECK(clock_advance(clock, CLOCK_DAY_US));
    CHECK(clock_now(clock) >= instant_now() + CLOCK_DAY_US - INSTANT_SECOND_US);
    CHECK(!clock_read(clock).follows_real);
    CHECK(clock_read(clock).rate >= 1.0 && clock_read(clock).rate <= 1.0);
    clock_free(clock);
}

/* ── Delays ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct pace_case {
    const char *text;
    int64_t value;
    const char *written; /* when it is written in another way */
} delays[] = {
    {"never", DELAY_NEVER},
    {"immediate", DELAY_IMMEDIATE},
    {"after:90s", DELAY_AFTER_SECONDS(90)},
    {"after:60s", DELAY_AFTER_SECONDS(60), "after:1m"},
    {"after:48h", DELAY_AFTER_SECONDS(172800), "after:2d"},
    {"after:250ms", 250000},
    {"polls:3", DELAY_POLLS(3)},
};

static const char *const no_paces[] = {
    "",           "after:",   "after:0s",  "after:-1s", "after:1",  "after:1w",   "polls:",
    "polls:0",    "polls:-1", "after: 1s", "Never",     "polls:1x", "after:1.5s", "after:99999999999999999999s",
    "after:4000d"};

static void delays_are_read_and_written(void *context)
{
    const struct knob knob = {.name = "delay", .is_delay = true};
    (void)context;
    for (size_t i = 0; i < COUNT_OF(delays); i++) {
        char text[KNOB_TEXT_MAX];
        int64_t value = 7;
        CHECK(knob_read(&knob, delays[i].text, &value));
        CHECK_INTEGER(value, delays[i].value);
        CHECK_TEXT(knob_write(&knob, value, text), delays[i].written == NULL ? delays[i].text : delays[i].written);
    }
    for (size_t i = 0; i < COUNT_OF(no_paces); i++) {
        int64_t value = 7;
        CHECK_TEXT(knob_read(&knob, no_paces[i], &value) ? no_paces[i] : "refused", "refused");
        CHECK_INTEGER(value, 7);
    }
}

/* ── Rate limits ───────────────────────────────────────────────────────────────────────────────────────────────── */

static void a_rate_limit_closes_to_others(void *context)
{
    struct rate_limits *limits = rate_limits_new();
    (void)context;
    CHECK_INTEGER(rate_limits_enter(limits, "a", 100, 30), 0);
    CHECK_INTEGER(rate_limits_enter(limits, "a", 100, 30), 30);
    CHECK_INTEGER(rate_limits_enter(limits, "a", 129, 30), 1); /* too early does not make it longer */
    CHECK_INTEGER(rate_limits_enter(limits, "b", 129, 30), 0);
    CHECK_INTEGER(rate_limits_enter(limits, "a", 130, 30), 0);
    CHECK_INTEGER(rate_limits_enter(limits, "a", 131, 30), 29);
    CHECK_INTEGER(rate_limits_enter(limits, "a", 50, 30), 0); /* the clock was set back */
    CHECK_INTEGER(rate_limits_enter(limits, "a", 51, 0), 0);
    rate_limits_clear(limits);
    CHECK_INTEGER(rate_limits_enter(limits, "b", 129, 30), 0);
    rate_limits_free(limits);
}

static void rate_limits_are_bounded(void *context)
{
    struct rate_limits *limits = rate_limits_new();
    char key[16];
    (void)context;
    for (int i = 0; i <= RATE_LIMITS_MAX; i++) {
        snprintf(key, sizeof key, "%d", i);
        CHECK_INTEGER(rate_limits_enter(limits, key, 100, 30), 0);
    }
    CHECK_INTEGER(rate_limits_enter(limits, "1", 101, 30), 29);
    CHECK_INTEGER(rate_limits_enter(limits, "0", 101, 30), 0); /* the oldest was forgotten */
    rate_limits_free(limits);
}

/* ── Tokens ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void tokens_expire_by_time_and_by_hand(void *context)
{
    struct tokens *tokens = tokens_new();
    cJSON *credential = cJSON_CreateObject();
    bool expired = true;
    (void)context;
    tokens_issue(tokens, &provider_dukkango, "access_token", "t1", credential, 100);
    tokens_issue(tokens, &provider_dukkango, "access_token", "t2", credential, TOKEN_FOREVER);
    CHECK(tokens_find(tokens, &provider_dukkango, "access_token", "t1", 99, &expired) == credential && !expired);
    CHECK(tokens_find(tokens, &provider_dukkango, "access_token", "t1", 100, &expired) == credential && expired);
    CHECK(tokens_find(tokens, &provider_akinon, "access_token", "t1", 99, &expired) == NULL);
    CHECK(tokens_find(tokens, &provider_dukkango, "token", "t1", 99, &expired) == NULL);
    CHECK(tokens_know(tokens, &provider_dukkango, "t2") && !tokens_know(tokens, &provider_dukkango, "t3"));
    CHECK(!tokens_fixtures_expired(tokens, &provider_dukkango));
    tokens_expire(tokens, &provider_dukkango);
    CHECK(tokens_find(tokens, &provider_dukkango, "access_token", "t2", 0, &expired) == credential && expired);
    CHECK(tokens_fixtures_expired(tokens, &provider_dukkango) && !tokens_fixtures_expired(tokens, &provider_akinon));
    tokens_clear(tokens);
    CHECK(tokens_find(tokens, &provider_dukkango, "access_token", "t2", 0, &expired) == NULL);
    CHECK(!tokens_fixtures_expired(tokens, &provider_dukkango));
    cJSON_Delete(credential);
    tokens_free(tokens);
}

static void tokens_are_bounded(void *context)
{
    struct tokens *tokens = tokens_new();
    cJSON *credential = cJSON_CreateObject();
    char value[16];
    (void)context;
    for (int i = 0; i <= TOKENS_MAX; i++) {
        snprintf(value, sizeof value, "%d", i);
        tokens_issue(tokens, &provider_dukkango, "access_token", value, credential, TOKEN_FOREVER);
    }
    CHECK(!tokens_know(tokens, &provider_dukkango, "0") && tokens_know(tokens, &provider_dukkango, "1"));
    cJSON_Delete(credential);
    tokens_free(tokens);
}

void suite_time(void)
{
    register_test("time", "a clock stands and is advanced", a_clock_stands_and_is_advanced, NULL);
    register_test("time", "a clock runs at its rate", a_clock_runs_at_its_rate, NULL);
    register_test("time", "a real clock can be ahead", a_real_clock_can_be_ahead, NULL);
    register_test("time", "delays are read and written", delays_are_read_and_written, NULL);
    register_test("time", "a rate limit closes to others", a_rate_limit_closes_to_others, NULL);
    register_test("time", "rate limits are bounded", rate_limits_are_bounded, NULL);
    register_test("time", "tokens expire by time and by hand", tokens_expire_by_time_and_by_hand, NULL);
    register_test("time", "tokens are bounded", tokens_are_bounded, NULL);
}
