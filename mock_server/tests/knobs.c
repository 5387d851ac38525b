/*
 * Every knob has its evidence: exchanges that show each of its values on the wire (`make test` replays them), and among
 * them two that differ in nothing but the knob and what is answered.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "model/knob.h"
#include "registry.h"
#include "tests/client.h"
#include "tests/suites.h"

/* One exchange as far as one knob is concerned. */
struct evidence {
    char *value; /* of the knob: as it is set, or the default */
    bool is_set;
    char *question; /* request and `given` without the knob */
    char *answer;   /* response and `then` */
};

static struct evidence evidence_of(const cJSON *exchange, const struct knob *knob)
{
    char initially[KNOB_TEXT_MAX];
    cJSON *copy = cJSON_Duplicate(exchange, true), *answer = cJSON_CreateObject();
    cJSON *given = json_member_mut(copy, "given"), *knobs = json_member_mut(given, "knobs");
    const char *set = json_string(knobs, knob->name);
    struct evidence evidence = {.is_set = set != NULL};
    evidence.value = mem_dup(set != NULL ? set : knob_write(knob, knob->initial, initially));
    cJSON_DeleteItemFromObjectCaseSensitive(knobs, knob->name);
    if (knobs != NULL && knobs->child == NULL)
        cJSON_DeleteItemFromObjectCaseSensitive(given, "knobs");
    if (given != NULL && given->child == NULL)
        cJSON_DeleteItemFromObjectCaseSensitive(copy, "given");
    static const char *const answers[] = {"response", "then"}, *const words[] = {"name", "clause", "file"};
    for (size_t i = 0; i < COUNT_OF(answers); i++)
        if (json_member(copy, answers[i]) != NULL)
            json_set(answer, answers[i], cJSON_DetachItemFromObjectCaseSensitive(copy, answers[i]));
    for (size_t i = 0; i < COUNT_OF(words); i++)
        cJSON_DeleteItemFromObjectCaseSensitive(copy, words[i]);
    evidence.question = json_write(copy);
    evidence.answer = json_write(answer);
    cJSON_Delete(copy);
    cJSON_Delete(answer);
    return evidence;
}

static bool shows(const struct evidence *list, size_t count, const char *value)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].is_set && strcmp(list[i].value, value) == 0)
            return true;
    return false;
}

/* How many different values are set; a number or a delay has no list of them. */
static size_t values_shown(const struct evidence *list, size_t count)
{
    size_t different = 0;
    for (size_t i = 0; i < count; i++)
        different += list[i].is_set && !shows(list, i, list[i].value);
    return different;
}

static bool has_pair(const struct evidence *list, size_t count)
{
    for (size_t a = 0; a < count; a++)
        for (size_t b = 0; list[a].is_set && b < count; b++)
            if (strcmp(list[a].value, list[b].value) != 0 && strcmp(list[a].question, list[b].question) == 0 &&
                strcmp(list[a].answer, list[b].answer) != 0)
                return true;
    return false;
}

static void check_evidence(const struct knob *knob, const struct evidence *list, size_t count)
{
    char *missing = NULL;
    for (int i = 0; knob->choices != NULL && knob->choices[i] != NULL; i++) {
        missing = mem_print("no exchange sets it to %s", knob->choices[i]);
        CHECK_TEXT(shows(list, count, knob->choices[i]) ? "shown" : missing, "shown");
        free(missing);
    }
    if (knob->choices == NULL)
        CHECK(values_shown(list, count) >= 2);
    if (knob->choices == NULL || knob->choices[1] != NULL)
        CHECK(has_pair(list, count));
}

struct knob_case {
    const struct provider *provider;
    const struct knob *knob;
};

static struct {
    struct knob_case list[512];
    size_t count;
} cases;

/* The exchanges of one provider, read once; the last test of the program lets them go. */
static struct {
    const struct provider *provider;
    cJSON *answer;
} shelf;

static void release_shelf(void)
{
    cJSON_Delete(shelf.answer);
}

static const cJSON *exchanges_of(const struct provider *provider)
{
    if (shelf.provider != provider) {
        struct mock_server_options options = {.unheard = true};
        struct mock_server *server = NULL;
        char problem[MOCK_SERVER_PROBLEM_MAX], *path = mem_print("/_mock/exchanges?provider=%s", provider->name);
        CHECK_INTEGER(mock_server_start(&options, &server, problem, sizeof problem), MOCK_SERVER_OK);
        cJSON_Delete(shelf.answer);
        shelf.answer = steer(server, "GET", path, NULL, 200);
        shelf.provider = provider;
        mock_server_stop(server);
        free(path);
    }
    return json_member(shelf.answer, "exchanges");
}

static void has_evidence(void *context)
{
    const struct knob_case *own = context;
    const cJSON *exchanges = exchanges_of(own->provider), *exchange = NULL;
    struct evidence *list = mem_zero((size_t)cJSON_GetArraySize(exchanges) + 1, sizeof *list);
    size_t count = 0;
    cJSON_ArrayForEach (exchange, exchanges)
        list[count++] = evidence_of(exchange, own->knob);
    check_evidence(own->knob, list, count);
    for (size_t i = 0; i < count; i++) {
        free(list[i].value);
        free(list[i].question);
        free(list[i].answer);
    }
    free(list);
}

void suite_knobs(void)
{
    atexit(release_shelf);
    for (size_t p = 0; all_providers[p] != NULL; p++)
        for (size_t k = 0; k < all_providers[p]->knob_count && cases.count < COUNT_OF(cases.list); k++) {
            struct knob_case *own = &cases.list[cases.count++];
            *own = (struct knob_case){all_providers[p], &all_providers[p]->knobs[k]};
            char *name = mem_print("%s.%s has evidence", own->provider->name, own->knob->name);
            register_test("knobs", name, has_evidence, own);
            free(name);
        }
}
