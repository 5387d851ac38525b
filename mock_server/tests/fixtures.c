/*
 * Wrong fixtures, each with the line that must be told. A folder is made for each: good files but for one.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mock_server.h"
#include "support/mem.h"
#include "support/number.h"
#include "support/text.h"
#include "tests/check.h"

static const char good_provider[] =
    "{\"provider\": \"dukkango\", \"hosts\": [], \"base_path\": \"/api/integrations\",\n"
    " \"accounts\": [{\"id\": \"a\"}],\n"
    " \"credentials\": [{\"account\": \"a\", \"values\": {\"access_token\": \"t\"}}],\n"
    " \"reasons\": []}\n";
static const char good_orders[] = "{\"orders\": []}\n";
static const char good_states[] = "{\"states\": [], \"events\": []}\n";

static struct wrong {
    const char *name;
    const char *file; /* which of the three is replaced */
    const char *text; /* NULL: the file is missing */
    const char *told; /* after the folder's name */
} wrongs[] = {
    {"broken JSON", "orders.json", "{\n  \"orders\": [,]\n}", "/dukkango/orders.json:2:14: a value is expected here\n"},
    {"bytes after the value", "orders.json", "{\"orders\": []}\n]",
     "/dukkango/orders.json:2:1: nothing may follow the value\n"},
    {"a member twice", "orders.json", "{\"orders\": [],\n\"orders\": []}",
     "/dukkango/orders.json:2:11: member \"orders\" stands twice in one object\n"},
    {"no such file", "states.json", NULL, "/dukkango/states.json: No such file or directory\n"},
    {"an unknown member", "orders.json", "{\"orders\": [\n  {\"stat\": \"RECEIVED\"}\n]}",
     "/dukkango/orders.json:2:12: unknown member \"stat\"; did you mean \"state\"?\n"},
    {"a wrong type", "orders.json", "{\"orders\": [\n  {\"id\": 17}\n]}",
     "/dukkango/orders.json:2:10: \"id\" must be a string, and this is a number\n"},
    {"an array where an object belongs", "orders.json", "[]",
     "/dukkango/orders.json:1:1: an object is expected, and this is an array\n"},
    {"an order that is no object", "orders.json", "{\"orders\": [\n1]}",
     "/dukkango/orders.json:2:1: \"orders\" holds objects, and this is a number\n"},
    {"a duplicate id", "orders.json",
     "{\"orders\": [\n{\"id\": \"3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e\"},\n{\"id\": "
     "\"3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e\"}]}",
     "/dukkango/orders.json:3:8: duplicate id \"3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e\"\n"},
    {"an id that another order's document has", "orders.json",
     "{\"orders\": [\n{\"id\": \"3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e\"},\n"
     "{\"document\": {\"payment_key\": \"3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e\"}}]}",
     "/dukkango/orders.json:3:1: an earlier order has the same id or alias\n"},
    {"an unknown state", "orders.json", "{\"orders\": [{\"state\":\n\"CANCELLED\"}]}",
     "/dukkango/orders.json:2:1: no state is called \"CANCELLED\"; did you mean \"CANCELED\"?\n"},
    {"an unknown account", "orders.json", "{\"orders\": [{\"account\":\n\"b\"}]}",
     "/dukkango/orders.json:2:1: provider.json has no account \"b\"\n"},
    {"a wrong type in a document", "orders.json", "{\"orders\": [{\"document\": {\n\"discount\": 5}}]}",
     "/dukkango/orders.json:2:13: \"discount\" must be a string, and this is a number\n"},
    {"an unknown member of a document", "orders.json", "{\"orders\": [{\"document\": {\n\"totl\": 5}}]}",
     "/dukkango/orders.json:2:9: unknown member \"totl\"; did you mean \"total\"?\n"},
    {"a fraction for an integer", "orders.json", "{\"orders\": [{\"document\": {\n\"id\": 5.5}}]}",
     "/dukkango/orders.json:2:7: \"id\" must be an integer, and this is a number\n"},
    {"a member that is missing", "states.json", "{\"states\": []}",
     "/dukkango/states.json:1:1: member \"events\" is missing\n"},
    {"an unknown state in an event", "states.json",
     "{\"states\": [], \"events\": [{\"name\": \"x\", \"by\": \"y\", \"from\": [\n\"RECIEVED\"], \"to\": null}]}",
     "/dukkango/states.json:2:1: no state is called \"RECIEVED\"; did you mean \"RECEIVED\"?\n"},
    {"another provider's file", "provider.json",
     "{\"provider\":\n\"fungies\", \"hosts\": [], \"base_path\": \"/api/integrations\", \"accounts\": [{\"id\": "
     "\"a\"}], "
     "\"credentials\": [{\"account\": \"a\", \"values\": {}}], \"reasons\": []}",
     "/dukkango/provider.json:2:1: this is the folder of \"dukkango\"\n"},
    {"an unknown credential", "provider.json",
     "{\"provider\": \"dukkango\", \"hosts\": [], \"base_path\": \"/api/integrations\", \"accounts\": [{\"id\": "
     "\"a\"}], "
     "\"credentials\": [{\"account\": \"a\", \"values\": {\n\"acces_token\": \"t\"}}], \"reasons\": []}",
     "/dukkango/provider.json:2:16: unknown member \"acces_token\"; did you mean \"access_token\"?\n"},
    {"no credential at all", "provider.json",
     "{\"provider\": \"dukkango\", \"hosts\": [], \"base_path\": \"/api/integrations\", \"accounts\": [{\"id\": "
     "\"a\"}], "
     "\"credentials\":\n[], \"reasons\": []}",
     "/dukkango/provider.json:2:1: there must be a credential\n"},
    {"two mistakes, both told", "orders.json", "{\"orders\": [{\"state\": 1},\n{\"account\": false}]}",
     "/dukkango/orders.json:1:23: \"state\" must be a string, and this is a number\n"
     "+/dukkango/orders.json:2:13: \"account\" must be a string, and this is true or false\n"},
};

static void put(const char *folder, const char *name, const char *text)
{
    char *path = mem_print("%s/dukkango/%s", folder, name);
    FILE *file = text == NULL ? NULL : fopen(path, "w");
    if (file != NULL) {
        fputs(text, file);
        fclose(file);
    }
    free(path);
}

static void fill(const char *folder, const struct wrong *wrong)
{
    static const struct {
        const char *name, *text;
    } files[] = {{"provider.json", good_provider}, {"orders.json", good_orders}, {"states.json", good_states}};
    char *inside = mem_print("%s/dukkango", folder);
    mkdir(inside, 0700);
    free(inside);
    for (size_t i = 0; i < COUNT_OF(files); i++)
        put(folder, files[i].name,
            wrong != NULL && strcmp(wrong->file, files[i].name) == 0 ? wrong->text : files[i].text);
}

static void empty(const char *folder)
{
    static const char *const names[] = {"/dukkango/provider.json", "/dukkango/orders.json", "/dukkango/states.json"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        char *path = mem_print("%s%s", folder, names[i]);
        unlink(path);
        free(path);
    }
    char *inside = mem_print("%s/dukkango", folder);
    rmdir(inside);
    rmdir(folder);
    free(inside);
}

static int start_with(const char *folder, char problem[MOCK_SERVER_PROBLEM_MAX])
{
    static const char *const only[] = {"dukkango"};
    struct mock_server *server = NULL;
    struct mock_server_options options = {
        .listen = "127.0.0.1:0", .fixtures = folder, .providers = only, .provider_count = 1};
    int result = mock_server_start(&options, &server, problem, MOCK_SERVER_PROBLEM_MAX);
    mock_server_stop(server);
    return result;
}

/* "told" with the folder's name before each place; a plus begins a further line. */
static char *expectation(const char *folder, const char *told)
{
    const char *second = strchr(told, '+');
    int first = second == NULL ? (int)strlen(told) : (int)(second - told);
    return mem_print("%s%.*s%s%s", folder, first, told, second == NULL ? "" : folder, second == NULL ? "" : second + 1);
}

static void tells_the_place(void *context)
{
    const struct wrong *wrong = context;
    char folder[] = "/tmp/cancelmock-fixtures-XXXXXX", problem[MOCK_SERVER_PROBLEM_MAX] = "";
    CHECK(mkdtemp(folder) != NULL);
    fill(folder, wrong);
    CHECK_INTEGER(start_with(folder, problem), MOCK_SERVER_BAD_OPTIONS);
    char *told = expectation(folder, wrong->told);
    CHECK_TEXT(problem, told);
    free(told);
    empty(folder);
}

static void takes_good_ones(void *context)
{
    char folder[] = "/tmp/cancelmock-fixtures-XXXXXX", problem[MOCK_SERVER_PROBLEM_MAX] = "";
    (void)context;
    CHECK(mkdtemp(folder) != NULL);
    fill(folder, NULL);
    CHECK_INTEGER(start_with(folder, problem), MOCK_SERVER_OK);
    CHECK_TEXT(problem, "");
    empty(folder);
}

/* What does not fit is counted, and no line is cut. */
static void counts_what_does_not_fit(void *context)
{
    char folder[] = "/tmp/cancelmock-fixtures-XXXXXX", problem[MOCK_SERVER_PROBLEM_MAX] = "";
    struct text orders = TEXT_INIT((size_t)4 * 1024 * 1024);
    (void)context;
    text_add(&orders, "{\"orders\": [");
    for (int i = 0; i < 2000; i++)
        text_print(&orders, "%s{\"stat\": 1}\n", i == 0 ? "" : ",");
    text_add(&orders, "]}");
    CHECK(mkdtemp(folder) != NULL);
    fill(folder, &(struct wrong){"", "orders.json", text_cstr(&orders), ""});
    CHECK_INTEGER(start_with(folder, problem), MOCK_SERVER_BAD_OPTIONS);
    const char *last = strstr(problem, "\n… and ");
    int64_t shown = 1, untold = 0;
    for (const char *line = problem; last != NULL && line < last; line++)
        shown += *line == '\n';
    char digits[8] = "";
    if (last != NULL)
        snprintf(digits, sizeof digits, "%.*s", (int)strspn(last + strlen("\n… and "), "0123456789"),
                 last + strlen("\n… and "));
    CHECK(number_read(digits, 1, 2000, &untold));
    CHECK_INTEGER(shown + untold, 2000);
    text_release(&orders);
    empty(folder);
}

void suite_fixtures(void)
{
    register_test("fixtures", "what does not fit is counted", counts_what_does_not_fit, NULL);
    for (size_t i = 0; i < COUNT_OF(wrongs); i++)
        register_test("fixtures", wrongs[i].name, tells_the_place, &wrongs[i]);
    register_test("fixtures", "good ones are taken", takes_good_ones, NULL);
}
