/*
 * Runs every test of the client and closes with `N passed, N failed`. Fails too if nothing ran, or if
 * CUnit ran another number of tests than were registered.
 */

#include "check.h"

#include <stdio.h>
#include <string.h>

#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>
#include <CUnit/TestRun.h>

enum { TESTS_MAX = 1000, NAME_BYTES = 160 };

struct slot {
    char name[NAME_BYTES];
    void (*run)(const void *data);
    const void *data;
};

static struct slot slots[TESTS_MAX];
static size_t slot_count;

static const struct test_suite *const suites[] = {
    &json_suite,    &uri_suite,  &support_suite, &store_suite,   &judge_suite,
    &refusal_suite, &body_suite, &command_suite, &perform_suite, &adapter_suite,
};

static void report(const char *file, int line, const char *text, bool passed)
{
    char condition[600];

    snprintf(condition, sizeof condition, "%.590s", text);
    if (!passed)
        printf("FAIL %s: %s:%d: %s\n", CU_get_current_test()->pName, file, line, text);
    CU_assertImplementation(passed ? CU_TRUE : CU_FALSE, (unsigned int)line, condition, file, "", CU_FALSE);
}

bool check_text(const char *file, int line, const char *what, const char *expected, const char *actual)
{
    bool equal = expected == NULL || actual == NULL ? expected == actual : strcmp(expected, actual) == 0;
    char text[600];

    snprintf(text, sizeof text, "%s: expected '%.200s', got '%.200s'", what, expected ? expected : "(none)",
             actual ? actual : "(none)");
    report(file, line, text, equal);
    return equal;
}

bool check_number(const char *file, int line, const char *what, long long expected, long long actual)
{
    char text[600];

    snprintf(text, sizeof text, "%.300s: expected %lld, got %lld", what, expected, actual);
    report(file, line, text, expected == actual);
    return expected == actual;
}

bool check_contains(const char *file, int line, const char *what, const char *part, const char *actual)
{
    bool contains = actual != NULL && strstr(actual, part) != NULL;
    char text[600];

    snprintf(text, sizeof text, "%s: expected '%.200s' in '%.200s'", what, part, actual ? actual : "(none)");
    report(file, line, text, contains);
    return contains;
}

static void slot_run(void)
{
    const char *name = CU_get_current_test()->pName;

    for (size_t i = 0; i < slot_count; i++)
        if (strcmp(slots[i].name, name) == 0)
            slots[i].run(slots[i].data);
}

static int slot_add(CU_pSuite suite, const char *suite_name, const char *name, void (*run)(const void *data),
                    const void *data)
{
    struct slot *slot = &slots[slot_count];

    if (slot_count == TESTS_MAX)
        return -1;
    snprintf(slot->name, sizeof slot->name, "%s/%s", suite_name, name);
    for (size_t i = 0; i < slot_count; i++)
        if (strcmp(slots[i].name, slot->name) == 0) {
            printf("two tests are called %s\n", slot->name);
            return -1;
        }
    slot->run = run;
    slot->data = data;
    slot_count++;
    return CU_add_test(suite, slot->name, slot_run) == NULL ? -1 : 0;
}

static int suite_add(const struct test_suite *suite)
{
    CU_pSuite added = CU_add_suite(suite->name, NULL, NULL);
    int status = added == NULL ? -1 : 0;

    for (size_t i = 0; status == 0 && i < suite->count; i++)
        status = slot_add(added, suite->name, suite->rows[i].name, suite->rows[i].run, suite->rows[i].data);
    for (size_t i = 0; status == 0 && i < suite->table_count; i++) {
        const char *row = (const char *)suite->table + i * suite->table_row_size;
        const char *name;

        memcpy(&name, row, sizeof name);
        if (name == NULL)
            break;
        status = slot_add(added, suite->name, name, suite->run, row);
    }
    return status;
}

int main(void)
{
    unsigned int run;
    unsigned int failed;
    int status = 0;

    setvbuf(stdout, NULL, _IOLBF, 0);
    if (CU_initialize_registry() != CUE_SUCCESS)
        return 1;
    for (size_t i = 0; status == 0 && i < sizeof suites / sizeof *suites; i++)
        status = suite_add(suites[i]);
    if (status == 0)
        CU_run_all_tests();
    run = CU_get_number_of_tests_run();
    failed = CU_get_number_of_tests_failed();
    if (status != 0 || run != slot_count || run == 0 || CU_get_number_of_suites_failed() != 0) {
        printf("%zu tests were registered, %u ran\n", slot_count, run);
        status = 1;
    }
    CU_cleanup_registry();
    printf("%u passed, %u failed\n", run - failed, failed);
    return status != 0 || failed != 0 ? 1 : 0;
}
