/* transport/performance.h: an answer of which nothing leaves still waits for its delay. */
#include "transport/performance.h"

#include "base/tests/check.h"
#include "model/exchange.h"
#include "tests/suites.h"

#define MS INT64_C(1000)

static const struct {
    struct wire wire;
    int64_t ends_at_ms;
    enum wire_end end;
} rows[] = {
    {{.nothing = true}, 0, WIRE_END_FIN},
    {{.nothing = true, .delay_us = 300 * MS}, 300, WIRE_END_FIN},
    {{.nothing = true, .delay_us = 300 * MS, .end = WIRE_END_RESET}, 300, WIRE_END_RESET},
    {{.nothing = true, .end_delay_us = 100 * MS}, 100, WIRE_END_FIN},
    {{.nothing = true, .delay_us = 300 * MS, .end_delay_us = 100 * MS}, 400, WIRE_END_FIN},
};

/* From one time to the next that it asks for, until it ends. */
static void a_loss_comes_late(void *context)
{
    (void)context;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct exchange *x = exchange_new();
        x->request.method = "PUT";
        reply_text(x, 200, "application/json", "{}");
        x->reply.wire = rows[i].wire;
        struct performance *performance = performance_new(x, 0);
        char buffer[64];
        int64_t now_us = 0;
        struct performance_step step = performance_next(performance, buffer, sizeof buffer, now_us);
        for (int turns = 0; turns < 5 && step.until_us > 0; turns++) {
            CHECK_INTEGER(step.bytes, 0);
            now_us = step.until_us;
            step = performance_next(performance, buffer, sizeof buffer, now_us);
        }
        CHECK_INTEGER(now_us, rows[i].ends_at_ms * MS);
        CHECK_INTEGER(step.end, rows[i].end);
        performance_free(performance);
        exchange_drop(x);
    }
}

void suite_performance(void)
{
    register_test("performance", "a loss comes late", a_loss_comes_late, NULL);
}
