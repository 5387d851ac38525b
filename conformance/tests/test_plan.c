/* Choosing checks, reading options, and what every row of every table must keep to. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cases/registry.h"
#include "listing.h"
#include "options.h"
#include "plan.h"
#include "support/doc.h"
#include "support/fill.h"
#include "support/memory.h"
#include "support/nearest.h"
#include "tests/test.h"

/* Messages of what is meant to be refused would only confuse. */
static int silence(void)
{
    fflush(stderr);
    int saved = dup(STDERR_FILENO);
    FILE *nowhere = freopen("/dev/null", "w", stderr);
    return nowhere ? saved : -1;
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
    char *argv[16] = {must_copy("cancelcheck")};
    for (size_t i = 0; i < count; i++)
        argv[i + 1] = must_copy(words[i]);
    int saved = silence();
    struct options options;
    long result = -1;
    if (options_read(&options, (int)count + 1, argv) == OPTIONS_GO) {
        result = plan_make(&options, plan) < 0 ? -2 : (long)plan->count;
        options_release(&options);
    }
    speak(saved);
    for (size_t i = 0; i <= count; i++)
        free(argv[i]);
    return result;
}

#define CHOSEN(plan, ...)                                                                                              \
    chosen((const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), plan)

/* -- plan ------------------------------------------------------------------------------------------------------- */

static void test_plan__takes_globs(void)
{
    struct plan plan = {0};
    CHECK_NUMBER(CHOSEN(&plan, "--list", "--run", "dukkango/DUK-REQ-1"), 1 + 3);
    CHECK_TEXT(plan.items[0].address, "dukkango/DUK-REQ-1");
    CHECK_TEXT(plan.items[0].suite, "dukkango/REQ");
    CHECK(plan.partial);
    CHECK_NUMBER(plan.runnable, 1);
    plan_release(&plan);
    CHECK_NUMBER(CHOSEN(&plan, "--list", "--run", "DUK-REQ-9/*"), 3 + 3);
    plan_release(&plan);
    CHECK_NUMBER(CHOSEN(&plan, "--list", "--run", "*/DUK-REQ-9/*", "DUK-REQ-1", "--skip", "*/nine"), 3 + 3);
    plan_release(&plan);
}

static void test_plan__an_empty_selection_is_an_error(void)
{
    struct plan plan = {0};
    CHECK_NUMBER(CHOSEN(&plan, "--list", "--run", "no/such"), -2);
    CHECK_NUMBER(CHOSEN(&plan, "--list", "--run", "DUK-REQ-1", "no/such"), -2);
    CHECK_NUMBER(CHOSEN(&plan, "--list", "--skip", "*"), -2);
    CHECK_NUMBER(CHOSEN(&plan, "--list", "--skip", "no/such"), -2);
    CHECK_NUMBER(CHOSEN(&plan, "--list", "--provider", "dukkango", "--skip", "fungies/*"), -2);
    CHECK_NUMBER(CHOSEN(&plan, "--list", "--run", "DUK-REQ-13", "--level", "must"), -2);
}

static void test_plan__levels_go_down(void)
{
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
        CHECK_NUMBER(must.items[i].check->level, LEVEL_MUST);
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

static void test_plan__groups(void)
{
    check_group("DUK-REQ-1", "REQ");
    check_group("ILM-IDEMP-4/drop-after-commit", "IDEMP");
    check_group("ZAI-V2-1", "V2");
    check_group("RS-08", "RS");
    check_group("HC-01/unknown-member", "HC");
}

static const struct test plan_tests[] = {
    TEST(test_plan__takes_globs),
    TEST(test_plan__an_empty_selection_is_an_error),
    TEST(test_plan__levels_go_down),
    TEST(test_plan__groups),
};
const struct test_suite plan_suite = SUITE("plan", plan_tests);

/* -- options ---------------------------------------------------------------------------------------------------- */

static void test_options__refuses_what_it_does_not_know(void)
{
    struct plan plan = {0};
    CHECK_NUMBER(CHOSEN(&plan, "--lst"), -1);
    CHECK_NUMBER(CHOSEN(&plan, "--list", "--report", "json=-", "--report", "junit=-"), -1);
    CHECK_NUMBER(CHOSEN(&plan, "--list", "word"), -1);
    CHECK_NUMBER(CHOSEN(&plan, "--list", "--provider", "dukango"), -1);
    CHECK_NUMBER(CHOSEN(&plan, "--list", "--provider"), -1);
    CHECK_NUMBER(CHOSEN(&plan, "--list", "--level", "Must"), -1);
    CHECK_NUMBER(CHOSEN(&plan, "--list", "-j", "0"), -1);
    CHECK_NUMBER(CHOSEN(&plan, "--list", "-j", "2x"), -1);
    CHECK_NUMBER(CHOSEN(&plan, "--list", "--time-scale", "nan"), -1);
    CHECK_NUMBER(CHOSEN(&plan, "--list", "--limit", "0"), -1);
    CHECK_NUMBER(CHOSEN(&plan, "--list", "--limit", "inf"), -1);
    CHECK_NUMBER(CHOSEN(&plan, "--list", "--limit", "5s"), -1);
    CHECK_NUMBER(CHOSEN(&plan, "--list", "--report", "json"), -1);
    CHECK_NUMBER(CHOSEN(&plan, "--list", "--report", "jsn=x"), -1);
    CHECK_NUMBER(CHOSEN(&plan, "--list", "--strict=1"), -1);
    CHECK_NUMBER(CHOSEN(&plan, "--client", "a 'b"), -1);
    CHECK_NUMBER(CHOSEN(&plan, "--strict"), -1);
}

static void test_options__finds_the_nearest_name(void)
{
    static const char *const names[] = {"--client", "--list", "--level"};
    CHECK_TEXT(similar_name("--lst", names, 3), "--list");
    CHECK_TEXT(similar_name("--cleint", names, 3), "--client");
    CHECK_TEXT(similar_name("--frobnicate", names, 3), NULL);
    CHECK_TEXT(similar_name("", names, 3), NULL);
}

static void check_limit(const char *option, const char *value, double expected)
{
    char *argv[] = {must_copy("cancelcheck"), must_copy("--list"), must_copy(option), must_copy(value)};
    struct options options;
    CHECK_NUMBER(options_read(&options, 4, argv), OPTIONS_GO);
    CHECK_NUMBER(options.limit_s * 10, expected * 10);
    options_release(&options);
    for (int i = 0; i < 4; i++)
        free(argv[i]);
}

static void test_options__limit_of_the_run(void)
{
    check_limit("-j", "1", 600);
    check_limit("--time-scale", "3", 1800);
    check_limit("--limit", "2.5", 2.5);
}

static const struct test options_tests[] = {
    TEST(test_options__limit_of_the_run),
    TEST(test_options__refuses_what_it_does_not_know),
    TEST(test_options__finds_the_nearest_name),
};
const struct test_suite options_suite = SUITE("options", options_tests);

/* -- rows ------------------------------------------------------------------------------------------------------- */

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

static void check_text(const char *address, const char *text, bool json)
{
    static const char names_json[] = "{\"order_id\":\"1\",\"nonce\":\"n\",\"base_url\":\"u\",\"other_url\":\"o\","
                                     "\"closed_url\":\"c\",\"port\":\"1\",\"deep\":\"[[\"}";
    if (!text || !*text)
        return;
    cJSON *names = doc_parse(names_json, strlen(names_json));
    char *missing = NULL;
    char *filled = fill_json(text, names, &missing);
    bool good = filled || placeholder_is_known(missing);
    cJSON *node = filled && json ? doc_parse(filled, strlen(filled)) : NULL;
    if (filled && json)
        good = node != NULL;
    char *what = must_format("%s: %s", address, missing ? missing : text);
    test_check(good, what, __FILE__, __LINE__);
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
    for (size_t i = 0; i < sizeof jsons / sizeof jsons[0]; i++)
        check_text(item->address, jsons[i], true);
    for (int i = 0; i < CHECK_FAULTS_MAX; i++)
        check_text(item->address, given->faults[i], true);
    check_text(item->address, given->base_url, false);
    check_text(item->address, given->operation, false);
}

static bool expects_something(const struct expect *expect)
{
    return expect->outcomes || expect->again || expect->local || expect->skipped || expect->cancels.judged ||
           expect->requests.judged || expect->state || expect->report || expect->if_reported || expect->facts[0].judge;
}

static void check_row(const struct item *item, bool good, const char *what)
{
    char *text = must_format("%s: %s", item->address, what);
    test_check(good, text, __FILE__, __LINE__);
    free(text);
}

static void test_rows__keep_to_their_form(void)
{
    struct plan plan;
    plan_everything(&plan);
    for (size_t i = 0; i < plan.count; i++) {
        const struct item *item = &plan.items[i];
        const struct check *check = item->check;
        const struct expect *expect = &check->expect;
        size_t length = strlen(check->id);
        check_row(item,
                  length > 0 && strspn(check->id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                                  "0123456789._-/") == length,
                  "letters of the id");
        check_row(item, check->clause && *check->clause, "a clause");
        check_row(item, check->requirement && strlen(check->requirement) > 10, "a requirement");
        check_row(item, check->witness != 0, "a witness");
        check_row(item, item->at_end || expects_something(expect), "an expectation");
        check_row(item, !expect->again == (check->given.runs == RUN_ONCE) || !expect->again,
                  "a second outcome needs a second run");
        check_row(item, !expect->facts[CHECK_FACTS_MAX].judge, "room for the last fact");
        for (const struct fact *fact = expect->facts; fact->judge; fact++)
            check_row(item, fact->words && *fact->words, "words for each fact");
        check_texts(item);
    }
    plan_release(&plan);
}

static void test_rows__have_ids_of_their_own(void)
{
    struct plan plan;
    plan_everything(&plan);
    for (size_t i = 0; i < plan.count; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(plan.items[i].address, plan.items[k].address) == 0)
                check_row(&plan.items[i], false, "stands there twice");
    CHECK(plan.count > 90);
    plan_release(&plan);
}

static void test_rows__every_provider_has_a_profile(void)
{
    for (size_t i = 0; i < check_table_count(); i++) {
        const struct profile *profile = &check_table_at(i)->profile;
        CHECK(check_table_of(profile->provider) == check_table_at(i));
        CHECK(profile->title && *profile->title);
        CHECK(profile->cancel_operations && *profile->cancel_operations);
        check_text(profile->provider, profile->arguments, true);
    }
    CHECK(check_table_of("nobody") == NULL);
}

static const struct test rows_tests[] = {
    TEST(test_rows__keep_to_their_form),
    TEST(test_rows__have_ids_of_their_own),
    TEST(test_rows__every_provider_has_a_profile),
};
const struct test_suite rows_suite = SUITE("rows", rows_tests);
