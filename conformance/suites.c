/*
 * CUnit gives its tests and handlers no argument of their own, so the run lies in one static pointer for as long as
 * CUnit runs. A test finds its slot through CU_get_current_test().
 */
#include "suites.h"

#include <stdlib.h>
#include <string.h>

#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>
#include <CUnit/TestRun.h>

#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"
#include "session_checks.h"

static struct under_cunit {
    struct run *run;
    struct pool *pool;
    const struct progress *progress;
    CU_pTest *tests; /* by slot */
} now;

static size_t slot_of(const CU_Test *test)
{
    size_t i = 0;
    while (i + 1 < now.run->plan->count && now.tests[i] != test)
        i++;
    return i;
}

static void settle(size_t index)
{
    const struct item *item = &now.run->plan->items[index];
    if (!item->at_end) {
        pool_wait(now.pool, index);
        return;
    }
    pool_finish(now.pool); /* the last requests are known only now */
    run_settle(now.run, index, session_checks_judge(now.run, item->check));
}

/* One failed assertion for each finding of a failure; one that holds for everything else, gaps included. */
static void body(void)
{
    size_t index = slot_of(CU_get_current_test());
    settle(index);
    const struct slot *slot = &now.run->slots[index];
    bool failed = status_is_failure(slot->status);
    const cJSON *finding = NULL;
    int told = 0;
    const cJSON *findings = failed ? json_member(slot->result, "findings") : NULL;
    cJSON_ArrayForEach (finding, findings) {
        const char *what = json_string(finding, "what");
        CU_assertImplementation(CU_FALSE, 1, what != NULL ? what : "?", slot->item->address, "", CU_FALSE);
        told++;
    }
    if (!failed || told == 0)
        CU_assertImplementation(failed ? CU_FALSE : CU_TRUE, 1, status_name(slot->status), slot->item->address, "",
                                CU_FALSE);
}

/* ── Handlers ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void on_suite_start(const CU_pSuite suite)
{
    now.progress->suite_began(now.run, suite->pName);
}

static void on_test_complete(const CU_pTest test, const CU_pSuite suite, const CU_pFailureRecord failures)
{
    (void)suite;
    (void)failures;
    now.progress->check_done(now.run, &now.run->slots[slot_of(test)]);
}

static void on_suite_complete(const CU_pSuite suite, const CU_pFailureRecord failures)
{
    (void)failures;
    now.progress->suite_ended(now.run, suite->pName);
}

/* ── Registration ────────────────────────────────────────────────────────────────────────────────────────────────── */

static CU_pSuite suite_named(const char *name)
{
    CU_pSuite suite = CU_get_suite(name);
    return suite != NULL ? suite : CU_add_suite(name, NULL, NULL);
}

static int register_all(void)
{
    for (size_t i = 0; i < now.run->plan->count; i++) {
        const struct item *item = &now.run->plan->items[i];
        CU_pSuite suite = suite_named(item->suite);
        now.tests[i] = suite != NULL ? CU_add_test(suite, item->address, body) : NULL;
        if (now.tests[i] == NULL || CU_get_error() != CUE_SUCCESS)
            return -1;
    }
    return 0;
}

/* What CUnit counted must be what the slots say. */
static bool cunit_agrees(const struct run *run)
{
    unsigned failed = 0;
    for (size_t i = 0; i < run->plan->count; i++)
        failed += status_is_failure(run->slots[i].status);
    return CU_get_number_of_tests_run() == run->plan->count && CU_get_number_of_tests_failed() == failed &&
           CU_get_number_of_suites_failed() == 0;
}

int suites_run(struct run *run, struct pool *pool, const struct progress *progress)
{
    now = (struct under_cunit){.run = run, .pool = pool, .progress = progress};
    now.tests = mem_zero(run->plan->count, sizeof *now.tests);
    int done = -1;
    if (CU_initialize_registry() == CUE_SUCCESS && register_all() == 0) {
        CU_set_suite_start_handler(on_suite_start);
        CU_set_test_complete_handler(on_test_complete);
        CU_set_suite_complete_handler(on_suite_complete);
        CU_run_all_tests();
        run->disagreement = !cunit_agrees(run);
        done = 0;
    } else {
        run_complain(run, "CUnit does not take the checks");
    }
    CU_cleanup_registry();
    free(now.tests);
    now = (struct under_cunit){0};
    return done;
}
