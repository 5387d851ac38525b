/* Printing rows. */
#include "report/listing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mock_server/base/json.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/nearest.h"

/* ── JSON ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static cJSON *witness_list(unsigned witness)
{
    static const char *const names[] = {"wire", "report", "timing", "process"};
    cJSON *list = cJSON_CreateArray();
    for (unsigned i = 0; i < 4; i++)
        if (witness & 1U << i)
            json_push_string(list, names[i]);
    return list;
}

static cJSON *outcome_list(unsigned set)
{
    cJSON *list = cJSON_CreateArray();
    for (unsigned i = 0; i < OUTCOME_COUNT; i++)
        if (set & 1U << i)
            json_push_string(list, outcome_name(1U << i));
    return list;
}

cJSON *listing_check(const struct item *item)
{
    const struct check *check = item->check;
    cJSON *object = cJSON_CreateObject();
    json_set_string(object, "id", item->address);
    json_set_string(object, "provider", item->table->profile.provider);
    json_set_string(object, "suite", item->suite);
    json_set_string(object, "level", level_name(check->level));
    json_set_string(object, "basis", basis_name(check->basis));
    json_set(object, "observed", witness_list(check->witness));
    json_set_string(object, "clause", check->clause);
    json_set_string(object, "requirement", check->requirement);
    json_set(object, "outcomes", outcome_list(check->expect.outcomes));
    return object;
}

void listing_json(const struct plan *plan)
{
    cJSON *root = cJSON_CreateObject();
    json_set_string(root, "suite", PROJECT_VERSION);
    cJSON *checks = cJSON_AddArrayToObject(root, "checks");
    for (size_t i = 0; i < plan->count; i++)
        cJSON_AddItemToArray(checks, listing_check(&plan->items[i]));
    char *text = cJSON_Print(root);
    puts(text != NULL ? text : "{}");
    cJSON_free(text);
    cJSON_Delete(root);
}

/* ── Text ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

void listing_text(const struct plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        const struct check *check = plan->items[i].check;
        printf("%-44s %-6s %-10s %s\n", plan->items[i].address, level_name(check->level), basis_name(check->basis),
               check->requirement);
    }
    printf("%zu checks\n", plan->count);
}

static void print_if(const char *label, const char *text)
{
    if (text != NULL)
        printf("  %-13s %s\n", label, text);
}

static void print_bounds(const char *label, struct bounds bounds)
{
    if (!bounds.judged)
        return;
    char *text = bounds_text(bounds);
    print_if(label, text);
    free(text);
}

static void print_outcomes(const char *label, unsigned set)
{
    char *text = outcome_set_text(set);
    if (set)
        printf("  %-13s %s\n", label, text);
    free(text);
}

/* The second call, and what differs in it. */
static void print_again(const struct given *given)
{
    const struct again *again = &given->again;
    print_if("asked", given->runs == RUN_TWICE ? "twice" : "twice, restarted between");
    print_if("  arguments", again->arguments);
    print_if("  credentials", again->credentials);
    print_if("  event", again->event);
    print_if("  order", again->patch);
    print_if("  server does", again->fault != NULL && *again->fault == '\0' ? "what it always does" : again->fault);
}

static void print_given(const struct given *given)
{
    print_if("order", given->order);
    print_if("order id", given->order_id);
    print_if("knobs", given->knobs);
    for (int i = 0; i < CHECK_EVENTS_MAX; i++)
        print_if("event", given->events[i]);
    for (int i = 0; i < CHECK_FAULTS_MAX; i++)
        print_if("server does", given->faults[i]);
    print_if("arguments", given->arguments);
    print_if("credentials", given->credentials);
    print_if("base URL", given->base_url);
    print_if("command", given->command);
    print_if("needs", given->needs);
    print_if("operation", given->operation);
    if (given->deadline_ms)
        printf("  %-13s %d ms\n", "deadline", given->deadline_ms);
    if (given->faults_may_rest)
        print_if("", "what the server does need not be met");
    else if (given->faults_to_meet)
        printf("  %-13s of what the server does, %u must be met\n", "", given->faults_to_meet);
    if (given->runs != RUN_ONCE)
        print_again(given);
}

static void print_holds(const struct expect *expect)
{
    if (expect->on != NULL)
        printf("  %-13s %s\n", "looked at", strcmp(expect->on, "*") == 0 ? "all requests" : expect->on);
    for (const struct verb *verb = expect->holds; verb->judge != NULL; verb++) {
        char *text = verb_text(verb);
        print_if("holds", text);
        free(text);
    }
}

static void print_expected(const struct expect *expect)
{
    print_outcomes("outcome", expect->outcomes);
    print_outcomes("tolerated", expect->tolerated);
    print_outcomes("second time", expect->again);
    if (expect->local)
        print_if("sent", "nothing; the report says \"local\": true");
    if (expect->skipped)
        print_if("answer", "\"skipped\"");
    if (expect->unreadable)
        print_if("", "or what this vendor calls a 2xx that says nothing");
    print_bounds("cancel calls", expect->cancels);
    print_bounds("all requests", expect->requests);
    print_if("state after", expect->state);
    print_if("report has", expect->report);
    print_if("if reported", expect->if_reported);
    print_holds(expect);
}

static void explain(const struct item *item)
{
    const struct check *check = item->check;
    char *seen = witness_text(check->witness);
    printf("%s\n  %s\n", item->address, check->requirement);
    printf("  %-13s %s, %s\n", "level", level_name(check->level), basis_name(check->basis));
    print_if("clause", check->clause);
    print_if("seen in", seen);
    print_given(&check->given);
    print_expected(&check->expect);
    putchar('\n');
    free(seen);
}

/* The rule with or without its provider and its case. */
static bool is_of_rule(const struct item *item, const char *rule)
{
    const char *const names[] = {item->address, item->check->id};
    size_t length = strlen(rule);
    for (int i = 0; i < 2; i++)
        if (strncmp(names[i], rule, length) == 0 && (names[i][length] == '\0' || names[i][length] == '/'))
            return true;
    return false;
}

int listing_explain(const struct plan *plan, const char *rule)
{
    struct nearest nearest;
    int found = 0;
    nearest_begin(&nearest, rule);
    for (size_t i = 0; i < plan->count; i++) {
        nearest_try(&nearest, plan->items[i].check->id);
        if (!is_of_rule(&plan->items[i], rule))
            continue;
        explain(&plan->items[i]);
        found++;
    }
    if (found > 0)
        return 0;
    fprintf(stderr, "cancelcheck: no rule '%s'", rule);
    if (nearest.name != NULL)
        fprintf(stderr, "; did you mean '%s'?", nearest.name);
    fputc('\n', stderr);
    return -1;
}
