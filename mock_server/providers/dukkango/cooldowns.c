/*
 * Dükkango: the seconds that must pass between two requests of one kind (6).
 *
 * What a cooldown is of says the knob `cooldown_of`: all tokens of the account, or each by itself. One that a knob sets
 * to 0 seconds is none.
 */
#include "base/instant.h"
#include "providers/dukkango/dukkango.h"

static enum step refuse_too_early(struct exchange *x, int64_t seconds, int64_t left_us)
{
    long long left = (left_us + INSTANT_SECOND_US - 1) / INSTANT_SECOND_US, all = seconds;
    if (exchange_knob_on(x, KNOB_RETRY_AFTER))
        reply_header(x, "Retry-After", arena_print(x->arena, "%lld", left));
    const char *message = arena_print(x->arena, "Çok fazla istek. Lütfen %lld saniye bekleyin.", all);
    return exchange_refuse(x, 429, dukkango_failure(DUKKANGO_TOO_MANY, message),
                           &(struct reason){arena_print(x->arena, "6: one request in %lld seconds", all), NULL,
                                            arena_print(x->arena, "in %lld seconds", left), "now"});
}

/* What the cooldown is of: all tokens of the account, or the one that is shown. */
static const char *cooldown_of(const struct exchange *x)
{
    const char *token = exchange_header(x, DUKKANGO_TOKEN_HEADER);
    return exchange_knob(x, KNOB_COOLDOWN_OF) == COOLDOWN_OF_ACCOUNT || token == NULL ? "" : token;
}

enum step dukkango_check_cooldown(struct exchange *x, const char *name, int64_t seconds)
{
    if (seconds == 0)
        return STEP_NEXT;
    int64_t left_us = exchange_rate_limit_left(x, name, cooldown_of(x), seconds * INSTANT_SECOND_US);
    return left_us == 0 ? STEP_NEXT : refuse_too_early(x, seconds, left_us);
}

enum step dukkango_enter_cooldown(struct exchange *x, const char *name, int64_t seconds)
{
    if (seconds == 0)
        return STEP_NEXT;
    int64_t left_us = exchange_rate_limit(x, name, cooldown_of(x), seconds * INSTANT_SECOND_US);
    return left_us == 0 ? STEP_NEXT : refuse_too_early(x, seconds, left_us);
}
