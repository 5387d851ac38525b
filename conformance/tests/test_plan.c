/* Choosing checks, reading options, and what every row of every table must keep to. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cases/registry.h"
#include "check/fill.h"
#include "check/plan.h"
#include "check/settings.h"
#include "command_line.h"
#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/nearest.h"
#include "mock_server/base/tests/check.h"
#include "report/listing.h"
#include "selection.h"
#include "tests/suites.h"

/* Messages of what is meant to be refused would only confuse. */
static int silence(void)
{
    fflush(stderr);
    int saved = dup(STDERR_FILENO);
    FILE *nowhere = freopen("/dev/null", "w", stderr);
    return nowhere != NULL ? saved : -1;
}

static void speak(int saved)
{
    fflush(stderr);
    dup2(saved, STDERR_FILENO);
    close(saved);
}

/* Reads the words as options; -1 when they are refused, else the number of chosen checks (-2: none). */
static long chosen(const char *const *words, size_t count, struct plan *plan)
{
    char *argv[16] = {mem_dup("cancelcheck")};
    for (size_t i = 0; i < count; i++)
        argv[i + 1] = mem_dup(words[i]);
    int saved = silence();
    struct settings settings;
    long result = -1;
    if (command_line_read(&settings, (int)count + 1, argv) == OPTIONS_GO)
        result = selection_make(&settings, plan) < 0 ? -2 : (long)plan->count;
    command_line_release(&settings);
    speak(saved);
    for (size_t i = 0; i <= count; i++)
        free(argv[i]);
    return result;
}

#define CHOSEN(plan, ...)                                                                                              \
    chosen((const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), plan)

/* ── Plan ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void test_plan__takes_globs(void *context)
{
    (void)context;
    struct plan plan = {0};
    CHECK_INTEGER(CHOSEN(&plan, "--list", "--run", "dukkango/DUK-REQ-1"), 1 + 4);
    CHECK_TEXT(plan.items[0].address, "dukkango/DUK-REQ-1");
    CHECK_TEXT(plan.items[0].suite, "dukkango/REQ");
    CHECK(plan.partial);
    CHECK_INTEGER(plan.runnable, 1);
    plan_release(&plan);
    CHECK_INTEGER(CHOSEN(&plan, "--list", "--run", "DUK-REQ-9/*"), 3 + 4);
    plan_release(&plan);
    CHECK_INTEGER(CHOSEN(&plan, "--list", "--run", "*/DUK-REQ-9/*", "DUK-REQ-1", "--skip", "*/nine"), 3 + 4);
    plan_release(&plan);
}

static void test_plan__an_empty_selection_is_an_error(void *context)
{
    (void)context;
    struct plan plan = {0};
    CHECK_INTEGER(CHOSEN(&plan, "--list", "--run", "no/such"), -2);
    CHECK_INTEGER(CHOSEN(&plan, "--list", "--run", "DUK-REQ-1", "no/such"), -2);
    CHECK_INTEGER(CHOSEN(&plan, "--list", "--skip", "*"), -2);
    CHECK_INTEGER(CHOSEN(&plan, "--list", "--skip", "no/such"), -2);
    CHECK_INTEGER(CHOSEN(&plan, "--list", "--provider", "dukkango", "--skip", "fungies/*"), -2);
    CHECK_INTEGER(CHOSEN(&plan, "--list", "--run", "DUK-REQ-13", "--level", "must"), -2);
}

static void test_plan__levels_go_down(void *context)
{
    (void)context;
    struct plan must = {0};
    struct plan should = {0};
    struct plan all = {0};
    CHECK(CHOSEN(&must, "--list", "--level=must", "--provider", "dukkango") > 0);
    CHECK(CHOSEN(&should, "--list", "--level=should", "--provider", "dukkango") > 0);
    CHECK(CHOSEN(&all, "--list", "--provider", "dukkango") > 0);
    CHECK(must.count < should.count);
    CHECK(should.count <= all.count);
    CHECK(must.partial);
    CHECK(!all.partial);
    for (size_t i = 0; i < must.count; i++)
        CHECK_INTEGER(must.items[i].check->level, LEVEL_MUST);
    plan_release(&must);
    plan_release(&should);
    plan_release(&all);
}

static void check_group(const char *id, const char *expected)
{
    char *group = plan_group(id);
    CHECK_TEXT(group, expected);
    free(group);
}

static void test_plan__groups(void *context)
{
    (void)context;
    check_group("DUK-REQ-1", "REQ");
    check_group("ILM-IDEMP-4/drop-after-commit", "IDEMP");
    check_group("ZAI-V2-1", "V2");
    check_group("RS-08", "RS");
    check_group("HC-01/unknown-member", "HC");
}

void suite_plan(void)
{
    register_test("plan", "plan/takes_globs", test_plan__takes_globs, NULL);
    register_test("plan", "plan/an_empty_selection_is_an_error", test_plan__an_empty_selection_is_an_error, NULL);
    register_test("plan", "plan/levels_go_down", test_plan__levels_go_down, NULL);
    register_test("plan", "plan/groups", test_plan__groups, NULL);
}

/* ── Options ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void test_options__refuses_what_it_does_not_know(void *context)
{
    (void)context;
    struct plan plan = {0};
    CHECK_INTEGER(CHOSEN(&plan, "--lst"), -1);
    CHECK_INTEGER(CHOSEN(&plan, "--list", "--report", "json=-", "--report", "junit=-"), -1);
    CHECK_INTEGER(CHOSEN(&plan, "--list", "word"), -1);
    CHECK_INTEGER(CHOSEN(&plan, "--list", "--provider", "dukango"), -1);
    CHECK_INTEGER(CHOSEN(&plan, "--list", "--provider"), -1);
    CHECK_INTEGER(CHOSEN(&plan, "--list", "--level", "Must"), -1);
    CHECK_INTEGER(CHOSEN(&plan, "--list", "-j", "0"), -1);
    CHECK_INTEGER(CHOSEN(&plan, "--list", "-j", "2x"), -1);
    CHECK_INTEGER(CHOSEN(&plan, "--list", "--time-scale", "nan"), -1);
    CHECK_INTEGER(CHOSEN(&plan, "--list", "--limit", "0"), -1);
    CHECK_INTEGER(CHOSEN(&plan, "--list", "--limit", "inf"), -1);
    CHECK_INTEGER(CHOSEN(&plan, "--list", "--limit", "5s"), -1);
    CHECK_INTEGER(CHOSEN(&plan, "--list", "--report", "json"), -1);
    CHECK_INTEGER(CHOSEN(&plan, "--list", "--report", "jsn=x"), -1);
    CHECK_INTEGER(CHOSEN(&plan, "--list", "--strict=1"), -1);
    CHECK_INTEGER(CHOSEN(&plan, "--client", "a 'b"), -1);
    CHECK_INTEGER(CHOSEN(&plan, "--strict"), -1);
}

static void test_options__finds_the_nearest_name(void *context)
{
    (void)context;
    static const char *const names[] = {"--client", "--list", "--level", NULL};
    CHECK_TEXT(nearest_name("--lst", names), "--list");
    CHECK_TEXT(nearest_name("--cleint", names), "--client");
    CHECK_TEXT(nearest_name("--frobnicate", names), NULL);
    CHECK_TEXT(nearest_name("", names), NULL);
}

static void check_limit(const char *option, const char *value, double expected)
{
    char *argv[] = {mem_dup("cancelcheck"), mem_dup("--list"), mem_dup(option), mem_dup(value)};
    struct settings settings;
    CHECK_INTEGER(command_line_read(&settings, 4, argv), OPTIONS_GO);
    CHECK_INTEGER(settings.limit_s * 10, expected * 10);
    command_line_release(&settings);
    for (int i = 0; i < 4; i++)
        free(argv[i]);
}

static void test_options__limit_of_the_run(void *context)
{
    (void)context;
    check_limit("-j", "1", 600);
    check_limit("--time-scale", "3", 1800);
    check_limit("--limit", "2.5", 2.5);
}

void suite_options(void)
{
    register_test("options", "options/limit_of_the_run", test_options__limit_of_the_run, NULL);
    register_test("options", "options/refuses_what_it_does_not_know", test_options__refuses_what_it_does_not_know,
                  NULL);
    register_test("options", "options/finds_the_nearest_name", test_options__finds_the_nearest_name, NULL);
}

/* ── Rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A world in which every general placeholder exists; paths into vendors' documents are only known at run time. */
static bool placeholder_is_known(const char *missing)
{
    static const char *const roots[] = {"document", "order", "credentials", "all_credentials"};
    for (size_t i = 0; i < 4; i++) {
        size_t length = strlen(roots[i]);
        if (strncmp(missing, roots[i], length) == 0 && missing[length] == '.')
            return true;
    }
    return false;
}

static void check_row_text(const char *address, const char *text, bool json)
{
    static const char names_json[] = "{\"order_id\":\"1\",\"nonce\":\"n\",\"base_url\":\"u\",\"other_url\":\"o\","
                                     "\"closed_url\":\"c\",\"port\":\"1\",\"deep\":\"[[\"}";
    if (text == NULL || *text == '\0')
        return;
    cJSON *names = json_read_bytes(names_json, strlen(names_json));
    char *missing = NULL;
    char *filled = fill_json(text, names, &missing);
    bool good = filled != NULL || placeholder_is_known(missing);
    cJSON *node = filled != NULL && json ? json_read_bytes(filled, strlen(filled)) : NULL;
    if (filled != NULL && json)
        good = node != NULL;
    char *what = mem_print("%s: %s", address, missing != NULL ? missing : text);
    check_true(good, what, __FILE__, __LINE__);
    free(what);
    cJSON_Delete(node);
    free(filled);
    free(missing);
    cJSON_Delete(names);
}

static void check_texts(const struct item *item)
{
    const struct given *given = &item->check->given;
    const struct expect *expect = &item->check->expect;
    const char *const jsons[] = {
        given->order,       given->knobs,           given->arguments,   given->credentials,
        given->command,     given->again.arguments, given->again.patch, given->again.credentials,
        given->again.fault, expect->report,         expect->if_reported};
    for (size_t i = 0; i < COUNT_OF(jsons); i++)
        check_row_text(item->address, jsons[i], true);
    for (int i = 0; i < CHECK_FAULTS_MAX; i++)
        check_row_text(item->address, given->faults[i], true);
    check_row_text(item->address, given->base_url, false);
    check_row_text(item->address, given->operation, false);
}

static bool expects_something(const struct expect *expect)
{
    return expect->outcomes || expect->again || expect->local || expect->skipped || expect->cancels.judged ||
           expect->requests.judged || expect->state != NULL || expect->report != NULL || expect->if_reported != NULL ||
           expect->holds[0].judge != NULL;
}

static void check_row(const struct item *item, bool good, const char *what)
{
    char *text = mem_print("%s: %s", item->address, what);
    check_true(good, text, __FILE__, __LINE__);
    free(text);
}

static void test_rows__keep_to_their_form(void *context)
{
    (void)context;
    struct plan plan;
    selection_everything(&plan);
    for (size_t i = 0; i < plan.count; i++) {
        const struct item *item = &plan.items[i];
        const struct check *check = item->check;
        const struct expect *expect = &check->expect;
        size_t length = strlen(check->id);
        check_row(item,
                  length > 0 && strspn(check->id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                                  "0123456789._-/") == length,
                  "letters of the id");
        check_row(item, check->clause != NULL && *check->clause, "a clause");
        check_row(item, check->requirement != NULL && strlen(check->requirement) > 10, "a requirement");
        check_row(item, check->witness != 0, "a witness");
        check_row(item, item->at_end || expects_something(expect), "an expectation");
        check_row(item, !expect->again == (check->given.runs == RUN_ONCE) || !expect->again,
                  "a second outcome needs a second run");
        check_row(item, expect->holds[CHECK_HOLDS_MAX].judge == NULL, "room behind the last verb");
        for (const struct verb *verb = expect->holds; verb->judge != NULL; verb++)
            check_row(item, verb->words != NULL && *verb->words, "words for each verb");
        check_texts(item);
    }
    plan_release(&plan);
}

static void test_rows__have_ids_of_their_own(void *context)
{
    (void)context;
    struct plan plan;
    selection_everything(&plan);
    for (size_t i = 0; i < plan.count; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(plan.items[i].address, plan.items[k].address) == 0)
                check_row(&plan.items[i], false, "stands there twice");
    CHECK(plan.count > 90);
    plan_release(&plan);
}

static void test_rows__every_provider_has_a_profile(void *context)
{
    (void)context;
    size_t count = 0;
    for (const struct check_table *const *table = check_tables(); *table != NULL; table++) {
        const struct profile *profile = &(*table)->profile;
        CHECK(profile->title && *profile->title);
        CHECK(profile->cancel_operations && *profile->cancel_operations);
        CHECK((*table)->groups[0] != NULL && (*table)->groups[CHECK_GROUPS_MAX] == NULL);
        check_row_text(profile->provider, profile->arguments, true);
        for (size_t i = 0; i < count; i++)
            CHECK(strcmp(check_tables()[i]->profile.provider, profile->provider) != 0);
        count++;
    }
    CHECK(count >= 5);
}

void suite_rows(void)
{
    register_test("rows", "rows/keep_to_their_form", test_rows__keep_to_their_form, NULL);
    register_test("rows", "rows/have_ids_of_their_own", test_rows__have_ids_of_their_own, NULL);
    register_test("rows", "rows/every_provider_has_a_profile", test_rows__every_provider_has_a_profile, NULL);
}
