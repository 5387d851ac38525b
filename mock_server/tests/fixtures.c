/*
 * Wrong fixtures, each with the line that must be told. A folder is made for each: good files (tests/fixture_folder.c)
 * with one place replaced.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/tests/check.h"
#include "base/text.h"
#include "mock_server.h"
#include "registry.h"
#include "tests/fixture_folder.h"
#include "tests/suites.h"

#define A_HUNDRED "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"

static const struct wrong {
    const char *what;
    const char *provider, *file;
    const char *find;    /* the part of the good file that is replaced; NULL: all of it */
    const char *replace; /* NULL: the file is missing */
    const char *told;    /* after the path of the file; each line */
} wrongs[] = {
    /* JSON */
    {"broken JSON", "kiosk", "orders.json", "{\"id\": \"3e9c", "{,\"id\": \"3e9c",
     ":2:3: a member name in quotes is expected here"},
    {"bytes after the value", "kiosk", "orders.json", "]}\n", "]}\n]\n", ":5:1: nothing may follow the value"},
    {"a member twice", "kiosk", "orders.json", "]}\n", "],\n\"orders\": []}\n",
     ":5:11: member \"orders\" stands twice in one object"},
    {"bytes that are not UTF-8", "kiosk", "orders.json", "\"a\", \"state\"", "\"\xff\", \"state\"",
     ":2:61: bytes that are not UTF-8"},
    {"a byte order mark", "kiosk", "states.json", "{\"states\"", "\xef\xbb\xbf{\"states\"",
     ":1:1: the file begins with a byte order mark; save it as UTF-8 without one"},
    {"an empty file", "kiosk", "states.json", NULL, "", ":1:1: the file is empty"},
    {"no such file", "kiosk", "states.json", NULL, NULL, ": No such file or directory"},
    {"an array where an object belongs", "kiosk", "orders.json", NULL, "[]",
     ":1:1: an object is expected, and this is an array"},
    /* orders.json */
    {"an unknown member", "kiosk", "orders.json", "\"state\": \"CONFIRMED\"", "\"stat\": \"CONFIRMED\"",
     ":3:78: unknown member \"stat\"; did you mean \"state\"?"},
    {"an unknown member that is like none", "kiosk", "orders.json", "\"state\": \"CONFIRMED\"", "\"colour\": 1",
     ":3:80: unknown member \"colour\""},
    {"a wrong type", "kiosk", "orders.json", "\"state\": \"CONFIRMED\"", "\"state\": 17",
     ":3:79: \"state\" must be a string, and this is a number"},
    {"an order that is no object", "kiosk", "orders.json", "{\"state\": \"COMPLETE\"}", "1",
     ":4:2: \"orders\" holds objects, and this is a number"},
    {"a duplicate id", "kiosk", "orders.json", "7d0d6c1e-2f4b-4a3c-8f0e-1b2c3d4e5f02",
     "3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e", ":3:9: duplicate id \"3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e\""},
    {"an id that another order's document has", "kiosk", "orders.json", "{\"state\": \"COMPLETE\"}",
     "{\"document\": {\"payment_key\": \"3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e\"}}",
     ":4:2: an earlier order has the same id or alias"},
    {"an alias that is another order's id", "kiosk", "orders.json", "{\"state\": \"COMPLETE\"}",
     "{\"aliases\": [\"3e9caf87-5cb7-4c4e-adcb-fc2ec54cf24e\"]}", ":4:2: an earlier order has the same id or alias"},
    {"an unknown state", "kiosk", "orders.json", "\"CONFIRMED\"", "\"CONFIRMD\"",
     ":3:79: no state is called \"CONFIRMD\"; did you mean \"CONFIRMED\"?"},
    {"an unknown account", "kiosk", "orders.json", "\"account\": \"bistro\"", "\"account\": \"bistr\"",
     ":3:60: provider.json has no account \"bistr\"; did you mean \"bistro\"?"},
    {"accounts that nobody can name are told once", "kiosk", "provider.json", "\"id\": \"bistro\"",
     "\"idd\": \"bistro\"", ":2:36: unknown member \"idd\"; did you mean \"id\"?\n:2:28: member \"id\" is missing"},
    {"an account that is like none", "kiosk", "orders.json", "\"account\": \"bistro\"", "\"account\": \"zzzzzzzz\"",
     ":3:60: provider.json has no account \"zzzzzzzz\""},
    {"a wrong type in a document", "kiosk", "orders.json", "{\"state\": \"COMPLETE\"}",
     "{\"document\": {\"discount\": 5}}", ":4:28: \"discount\" must be a string, and this is a number"},
    {"an unknown member of a document", "kiosk", "orders.json", "{\"state\": \"COMPLETE\"}",
     "{\"document\": {\"totl\": 5}}", ":4:24: unknown member \"totl\"; did you mean \"total\"?"},
    {"a fraction for an integer", "kiosk", "orders.json", "{\"state\": \"COMPLETE\"}", "{\"document\": {\"id\": 5.5}}",
     ":4:22: \"id\" must be an integer, and this is a number"},
    {"an order of another provider", "kiosk", "orders.json", "{\"state\": \"COMPLETE\"}", "{\"provider\": \"arcade\"}",
     ":4:15: this is the folder of \"kiosk\""},
    {"an id that is no integer", "depot", "orders.json", NULL, "{\"orders\": [{\"id\": \"12a\"}]}",
     ":1:20: the id of this provider's orders is a positive integer"},
    {"two mistakes, both told", "kiosk", "orders.json", NULL, "{\"orders\": [{\"state\": 1},\n{\"account\": false}]}",
     ":1:23: \"state\" must be a string, and this is a number\n"
     ":2:13: \"account\" must be a string, and this is true or false"},
    /* "repeat" */
    {"a repeat of nothing", "kiosk", "orders.json", "{\"state\": \"COMPLETE\"}", "{\"repeat\": 0}",
     ":4:13: \"repeat\" must lie between 1 and 10000000, and this is 0"},
    {"too much repeat", "kiosk", "orders.json", "{\"state\": \"COMPLETE\"}", "{\"repeat\": 10000001}",
     ":4:13: \"repeat\" must lie between 1 and 10000000, and this is 10000001"},
    {"a repeat whose id has no number", "kiosk", "orders.json", "{\"state\": \"COMPLETE\"}",
     "{\"id\": \"fixed\", \"repeat\": 2}",
     ":4:2: \"repeat\" wants {{n}} in the \"id\", so that each order has its own"},
    {"a repeat without an id", "kiosk", "orders.json", "{\"state\": \"COMPLETE\"}", "{\"repeat\": 2}",
     ":4:2: \"repeat\" wants {{n}} in the \"id\", so that each order has its own"},
    {"a repeat whose alias has no number", "kiosk", "orders.json", "{\"state\": \"COMPLETE\"}",
     "{\"id\": \"x{{n}}\", \"aliases\": [\"fixed\"], \"repeat\": 2}",
     ":4:2: \"repeat\" wants {{n}} in every name, and each of these orders would be called \"fixed\""},
    {"a repeat whose numbered id is another order's", "kiosk", "orders.json", "{\"state\": \"COMPLETE\"}",
     "{\"id\": \"3e9caf87-5cb7-4c4e-adcb-fc2ec54cf{{n}}e\", \"repeat\": 24}",
     ":4:2: an earlier order has the same id or alias"},
    {"two repeats that meet", "kiosk", "orders.json", "{\"state\": \"COMPLETE\"}",
     "{\"id\": \"x{{n}}\", \"repeat\": 20},\n {\"id\": \"x1{{n}}\", \"repeat\": 3}",
     ":5:2: an earlier order has the same id or alias"},
    {"a repeat that meets itself", "kiosk", "orders.json", "{\"state\": \"COMPLETE\"}",
     "{\"id\": \"x{{n}}\", \"aliases\": [\"x1{{n}}\"], \"repeat\": 20}",
     ":4:2: two of these orders would share a name"},
    {"a repeat beyond the digits of an integer", "depot", "orders.json", NULL,
     "{\"orders\": [{\"id\": \"12345678901234567{{n}}\", \"repeat\": 10}]}",
     ":1:13: the id of this provider's orders is a positive integer"},
    /* states.json */
    {"a member that is missing", "kiosk", "states.json", NULL, "{\"events\": []}\n",
     ":1:1: member \"states\" is missing\n:1:12: event \"accept\" is missing\n:1:12: event \"ontheway\" is missing\n"
     ":1:12: event \"complete\" is missing\n:1:12: event \"platform_cancel\" is missing"},
    {"a state that is missing", "kiosk", "states.json",
     " {\"name\": \"COMPLETE\", \"clause\": \"7\", \"final\": true},\n", "", ":1:12: state \"COMPLETE\" is missing"},
    {"a state twice", "kiosk", "states.json", "\"events\": [\n",
     "\"events\": [\n {\"name\": \"accept\", \"by\": \"restaurant\", \"from\": [], \"to\": null},\n",
     ":9:11: duplicate name \"accept\""},
    {"an event that is missing", "kiosk", "states.json",
     ",\n {\"name\": \"complete\", \"by\": \"restaurant\", \"from\": [\"IN_DELIVERY\"], \"to\": \"COMPLETE\"}", "",
     ":7:11: event \"complete\" is missing"},
    {"an event that is unknown", "kiosk", "states.json", "\"platform_cancel\"", "\"platfrom_cancel\"",
     ":10:11: no event is called \"platfrom_cancel\"; did you mean \"platform_cancel\"?\n"
     ":7:11: event \"platform_cancel\" is missing"},
    {"an unknown state in an event", "kiosk", "states.json", "\"from\": [\"RECEIVED\"]", "\"from\": [\"RECIEVED\"]",
     ":8:50: no state is called \"RECIEVED\"; did you mean \"RECEIVED\"?"},
    {"an unknown state behind an event", "kiosk", "states.json", "\"to\": \"IN_DELIVERY\"", "\"to\": \"DELIVERY\"",
     ":9:72: no state is called \"DELIVERY\"; did you mean \"IN_DELIVERY\"?"},
    {"an event of the other side that a client raises", "kiosk", "states.json",
     "\"name\": \"ontheway\", \"by\": \"restaurant\"", "\"name\": \"ontheway\", \"by\": \"client\"",
     ":9:29: event \"ontheway\" is raised by the \"restaurant\", and this says \"client\"\n"
     ":9:2: an event by the client needs \"answer\": the status of the request\n"
     ":9:2: an event by the client that not every state allows needs \"otherwise\""},
    {"an event that somebody else raises", "kiosk", "states.json", "\"by\": \"platform\"", "\"by\": \"courier\"",
     ":10:36: event \"platform_cancel\" is raised by the \"platform\", and this says \"courier\""},
    {"a client who is misspelt", "kiosk", "states.json", "\"by\": \"client\"", "\"by\": \"cleint\"",
     ":11:11: no event is called \"cancel\"\n"
     ":11:100: an event that no client raises is answered by the control API; leave \"answer\" out\n"
     ":11:130: an event that no client raises is answered by the control API; leave \"otherwise\" out"},
    {"a client who is told nothing", "kiosk", "states.json", ", \"answer\": {\"status\": 200}", "",
     ":11:2: an event by the client needs \"answer\": the status of the request"},
    {"a client who is told half", "kiosk", "states.json", ", \"otherwise\": {\"status\": 404}", "",
     ":11:2: an event by the client that not every state allows needs \"otherwise\""},
    {"a status that is none", "kiosk", "states.json", "\"status\": 200", "\"status\": 20",
     ":11:111: \"status\" must lie between 200 and 599, and this is 20"},
    /* provider.json */
    {"another provider's file", "kiosk", "provider.json", "\"provider\": \"kiosk\"", "\"provider\": \"arcade\"",
     ":1:14: this is the folder of \"kiosk\""},
    {"another base path", "kiosk", "provider.json", "/kiosk/v1", "/kiosk/v",
     ":1:61: this provider lives at \"/kiosk/v1\""},
    {"a host that is no string", "kiosk", "provider.json", "[\"kiosk.test\"]", "[80]",
     ":1:33: \"hosts\" holds strings, and this is a number"},
    {"an account twice", "kiosk", "provider.json", "{\"id\": \"bistro\"}", "{\"id\": \"bistro\"}, {\"id\": \"a\"}",
     ":2:53: duplicate id \"a\""},
    {"a credential of nobody", "kiosk", "provider.json", "{\"account\": \"bistro\"", "{\"account\": \"cafe\"",
     ":4:15: provider.json has no account \"cafe\""},
    {"an unknown credential", "kiosk", "provider.json", "{\"access_token\": \"u\"}", "{\"acces_token\": \"u\"}",
     ":4:51: unknown member \"acces_token\"; did you mean \"access_token\"?"},
    {"a credential twice", "kiosk", "provider.json", "{\"access_token\": \"u\"}", "{\"access_token\": \"t\"}",
     ":4:35: an earlier credential has the same values"},
    {"no credential at all", "kiosk", "provider.json",
     "[{\"account\": \"a\", \"values\": {\"access_token\": \"t\"}},\n"
     "  {\"account\": \"bistro\", \"values\": {\"access_token\": \"u\"}}]",
     "[]", ":3:17: there must be a credential"},
    {"a magic fault that is none", "kiosk", "provider.json", "[{\"id\": \"404\"",
     "[{\"fault\": {\"fault\": \"HICCUP\"}, \"id\": \"404\"",
     ":5:26: no fault is called \"HICCUP\"; GET /_mock/faults/kinds lists them"},
    {"a magic fault for another order", "kiosk", "provider.json", "[{\"id\": \"404\"",
     "[{\"fault\": {\"fault\": \"NO_RESPONSE\", \"match\": {\"order\": \"1\"}}, \"id\": \"404\"",
     ":5:26: the fault of a magic id matches no \"order\": it is for requests that name the id"},
    {"a magic fault for no operation", "kiosk", "provider.json", "[{\"id\": \"404\"",
     "[{\"fault\": {\"fault\": \"NO_RESPONSE\", \"match\": {\"operation\": \"cancle\"}}, \"id\": \"404\"",
     ":5:26: no operation is called \"cancle\"; did you mean \"cancel\"?"},
    {"a magic fault with a parameter of another kind", "kiosk", "provider.json", "[{\"id\": \"404\"",
     "[{\"fault\": {\"fault\": \"NO_RESPONSE\", \"bytes\": 7}, \"id\": \"404\"",
     ":5:26: NO_RESPONSE has no \"bytes\", which is of TRUNCATED_BODY; it has fault, phase, match, when, ttl_s, times, "
     "window"},
    {"a magic fault that needs no request", "kiosk", "provider.json", "[{\"id\": \"404\"",
     "[{\"fault\": {\"fault\": \"ACCEPT_DELAY\", \"ms\": 5}, \"id\": \"404\"",
     ":5:26: ACCEPT_DELAY comes before a request is read, so a magic id cannot have it; POST /_mock/faults takes it"},
    {"an order's fault that is none", "kiosk", "orders.json", "{\"state\": \"COMPLETE\"}",
     "{\"id\": \"7\", \"fault\": {\"fault\": \"EMPTY_RESPONSES\"}}",
     ":4:23: no fault is called \"EMPTY_RESPONSES\"; did you mean \"EMPTY_RESPONSE\"?"},
    {"an order's fault for another provider", "kiosk", "orders.json", "{\"state\": \"COMPLETE\"}",
     "{\"id\": \"7\", \"fault\": {\"fault\": \"NO_RESPONSE\", \"match\": {\"provider\": \"kiosk\"}}}",
     ":4:23: the fault of an order matches no \"provider\": it is for requests that name the id"},
    {"a fault of an order without an id", "kiosk", "orders.json", "{\"state\": \"COMPLETE\"}",
     "{\"fault\": {\"fault\": \"EMPTY_RESPONSE\"}}", ":4:12: an order with a \"fault\" needs an \"id\""},
    {"a fault of an exchange that is no stub", "kiosk", "exchanges/cancel.json", "\"clause\"",
     "\"fault\": {\"fault\": \"EMPTY_RESPONSE\"}, \"clause\"", ":3:12: only a stub can have a \"fault\""},
    {"a stub's fault that comes too early", "arcade", "exchanges/stubs.json", "\"name\": \"canned\",",
     "\"name\": \"canned\", \"fault\": {\"fault\": \"SLOW_READ\", \"bytes_per_s\": 1},",
     ":2:30: SLOW_READ comes before a request is read, so a stub cannot have it; POST /_mock/faults takes it"},
    {"a magic id that is a number", "kiosk", "provider.json", "[{\"id\": \"404\"", "[{\"id\": 404",
     ":5:23: \"id\" must be a string, and this is a number"},
    /* exchanges/ */
    {"an unknown member of an exchange", "kiosk", "exchanges/cancel.json", "\"clause\"", "\"cluase\"",
     ":3:13: unknown member \"cluase\"; did you mean \"clause\"?\n:2:2: member \"clause\" is missing"},
    {"an exchange that is a list", "kiosk", "exchanges/cancel.json", "{\"exchanges\": [\n",
     "{\"exchanges\": [[[\"one\"], 2],\n", ":1:16: \"exchanges\" holds objects, and this is an array"},
    {"a name with a line break", "kiosk", "exchanges/cancel.json", "\"P", "\"P\\r\\n\\u001b",
     ":9:25: \"P???UT\" is no method"},
    {"an unknown member of given", "kiosk", "exchanges/cancel.json", "\"knobs\"", "\"knob\"",
     ":4:21: unknown member \"knob\"; did you mean \"knobs\"?"},
    {"an unknown knob", "kiosk", "exchanges/cancel.json", "\"foreign_order\"", "\"foriegn_order\"",
     ":4:40: kiosk has no knob \"foriegn_order\"; did you mean \"foreign_order\"?"},
    {"a value that the knob does not have", "kiosk", "exchanges/cancel.json", "\"404\"", "\"405\"",
     ":4:40: knob kiosk.foreign_order cannot be \"405\"; it takes 403, 404"},
    {"a knob that is a number", "kiosk", "exchanges/cancel.json", "\"404\"", "404",
     ":4:40: the value of knob \"foreign_order\" must be a string"},
    {"an unknown event before an exchange", "kiosk", "exchanges/cancel.json", "\"accept\"", "\"acept\"",
     ":5:44: no event is called \"acept\"; did you mean \"accept\"?"},
    {"an order with an unknown state before an exchange", "kiosk", "exchanges/cancel.json", "\"RECEIVED\"",
     "\"RECEIVE\"", ":6:36: no state is called \"RECEIVE\"; did you mean \"RECEIVED\"?"},
    {"an order with an unknown account before an exchange", "kiosk", "exchanges/cancel.json", "\"state\": \"RECEIVED\"",
     "\"account\": \"nobody\"", ":6:38: provider.json has no account \"nobody\""},
    {"a clock that goes nowhere", "kiosk", "exchanges/cancel.json", "{\"advance\": {\"days\": 14}}", "{}",
     ":7:13: give \"advance\" or \"set\""},
    {"a time that is none", "kiosk", "exchanges/cancel.json", "{\"advance\": {\"days\": 14}}",
     "{\"set\": {\"now\": \"noon\"}}", ":7:29: \"now\" is an instant such as 2026-11-01T09:00:00Z"},
    {"tokens that do not expire", "kiosk", "exchanges/cancel.json", "\"tokens\": \"expire\"", "\"tokens\": \"expires\"",
     ":7:50: \"tokens\" cannot be \"expires\"; did you mean \"expire\"?"},
    {"a capture that is no pointer", "kiosk", "exchanges/cancel.json", "\"/data\"", "\"data\"",
     ":8:77: a capture is a JSON pointer into the answer, such as \"/data/id\""},
    {"a method that is none", "kiosk", "exchanges/cancel.json", "\"PUT\"", "\"P UT\"", ":9:25: \"P UT\" is no method"},
    {"a target with its host", "kiosk", "exchanges/cancel.json", "\"/kiosk/v1/orders/cancel/1\"", "\"http://x/\"",
     ":9:42: a target begins with \"/\": the path and its query, no host"},
    {"a target with a space", "kiosk", "exchanges/cancel.json", "\"/kiosk/v1/orders/cancel/1\"", "\"/a b\"",
     ":9:42: a target has no white space and no \"#\"; percent-encode them"},
    {"a header that is a number", "kiosk", "exchanges/cancel.json", "\"t\"", "7",
     ":10:32: the value of header Access-Token must be a string"},
    {"a header whose name is none", "kiosk", "exchanges/cancel.json", "\"Access-Token\": \"t\"",
     "\"Access Token\": \"t\"", ":10:32: \"Access Token\" is no name of a header"},
    {"a status beyond the range", "kiosk", "exchanges/cancel.json", "\"status\": 404", "\"status\": 600",
     ":11:26: \"status\" must lie between 200 and 599, and this is 600"},
    {"a body twice", "kiosk", "exchanges/cancel.json", "\"body\": \"{}\"", "\"body\": \"{}\", \"json\": {}",
     ":11:110: give \"body\" or \"json\", not both"},
    {"a regular expression that is none", "kiosk", "exchanges/cancel.json", "\"{{/^[0-9]+$/}}\"", "\"{{/(/}}\"",
     ":11:54: this is no extended regular expression: Unmatched ( or \\("},
    {"an unknown state afterwards", "kiosk", "exchanges/cancel.json", "\"CANCELED\"", "\"CANCELLED\"",
     ":12:35: no state is called \"CANCELLED\"; did you mean \"CANCELED\"?"},
    {"a request with json that is no stub", "kiosk", "exchanges/cancel.json", "\"body\": \"x\"", "\"json\": 1",
     ":10:46: only the request of a stub can have \"json\"; write \"body\""},
    {"an exchange that is called like another", "kiosk", "exchanges/cancel.json", "]}\n",
     ",{\"name\": \"one\", \"clause\": \"1\", \"request\": {\"method\": \"GET\", \"target\": \"/\"}, "
     "\"response\": {\"status\": 200}}\n]}\n",
     ":13:11: an earlier exchange is called \"one\" too"},
    /* stubs and openapi.json */
    {"a stub that counts its own length", "arcade", "exchanges/stubs.json", "\"X-Canned\"", "\"Content-Length\"",
     ":4:61: Content-Length is the server's own; leave it out"},
    {"a stub with a header that is null", "arcade", "exchanges/stubs.json", "\"1\"", "null",
     ":4:55: the value of header X-Canned must be a string"},
    {"a stub whose words would end the line", "arcade", "exchanges/stubs.json", "218",
     "218, \"phrase\": \"Tea\\r\\nX: 1\"", ":4:41: \"phrase\" has a control character"},
    {"an exchange with words of no end", "kiosk", "exchanges/cancel.json", "\"status\": 404",
     "\"status\": 404, \"phrase\": \"" A_HUNDRED A_HUNDRED "x\"", ":11:41: \"phrase\" has at most 200 bytes"},
    {"a stub that is not quite one", "arcade", "exchanges/stubs.json", "\"stub\": true", "\"stub\": \"yes\"",
     ":1:10: \"stub\" must be true or false, and this is a string\n:2:2: member \"clause\" is missing"},
    {"an API description without its version", "kiosk", "openapi.json", NULL, "{\"info\": {}}",
     ":1:1: member \"openapi\" is missing"},
    {"an API description that is no JSON", "kiosk", "openapi.json", NULL, "openapi: 3.1.0",
     ":1:1: a value is expected here"},
};

static void tells_the_place(void *context)
{
    const struct wrong *wrong = &wrongs[(size_t)(uintptr_t)context];
    char folder[FOLDER_MAX];
    struct text told = TEXT_INIT(65536), problems = TEXT_INIT(65536);
    make_fixture_folder(folder, wrong->provider);
    replace_in_fixture(folder, wrong->provider, wrong->file, wrong->find, wrong->replace);
    for (const char *line = wrong->told; *line != '\0'; line += strspn(line, "\n")) {
        int length = (int)strcspn(line, "\n");
        text_print(&told, "%s/%s/%s%.*s\n", folder, wrong->provider, wrong->file, length, line);
        line += length;
    }
    CHECK(!fixtures_are_taken(folder, wrong->provider, NULL, &problems));
    CHECK_TEXT(text_cstr(&problems), text_cstr(&told));
    text_release(&told);
    text_release(&problems);
    remove_fixture_folder(folder);
}

static void check_good(const char *folder, const char *provider)
{
    struct text problems = TEXT_INIT(65536);
    CHECK(fixtures_are_taken(folder, provider, NULL, &problems));
    CHECK_TEXT(text_cstr(&problems), "");
    text_release(&problems);
}

static void takes_good_ones(void *context)
{
    char folder[FOLDER_MAX];
    make_fixture_folder(folder, context);
    check_good(folder, context);
    remove_fixture_folder(folder);
}

static void needs_neither_exchanges_nor_openapi(void *context)
{
    char folder[FOLDER_MAX];
    (void)context;
    make_fixture_folder(folder, "kiosk");
    replace_in_fixture(folder, "kiosk", "exchanges/cancel.json", NULL, NULL);
    replace_in_fixture(folder, "kiosk", "openapi.json", NULL, NULL);
    char *inside = mem_print("%s/kiosk/exchanges", folder);
    CHECK_INTEGER(rmdir(inside), 0);
    free(inside);
    check_good(folder, "kiosk");
    remove_fixture_folder(folder);
}

static void allows_a_schema_everywhere(void *context)
{
    static const char *const files[] = {"provider.json", "states.json",
                                        "exchanges/cancel.json"}; /* orders.json has it */
    char folder[FOLDER_MAX];
    (void)context;
    make_fixture_folder(folder, "kiosk");
    for (size_t i = 0; i < COUNT_OF(files); i++)
        replace_in_fixture(folder, "kiosk", files[i], "{", "{\"$schema\": \"../schema/some.schema.json\", ");
    check_good(folder, "kiosk");
    remove_fixture_folder(folder);
}

/* Editors believe fixtures/schema/provider.schema.json; it is one for all providers. */
static void has_a_schema_with_every_member(void *context)
{
    (void)context;
    char *text = read_test_file("fixtures/schema/provider.schema.json");
    cJSON *schema = json_read_text(text);
    const cJSON *members = json_member(schema, "properties");
    CHECK(members != NULL);
    for (size_t i = 0; all_providers[i] != NULL; i++)
        for (const struct shape *row = all_providers[i]->fixture_shape; row->name != NULL; row++)
            CHECK_TEXT(json_member(members, row->name) == NULL ? row->name : "in the schema", "in the schema");
    cJSON_Delete(schema);
    free(text);
}

/* Several mistakes in several files of several providers: all of them in one run. */
static void tells_everything_at_once(void *context)
{
    char folder[FOLDER_MAX];
    struct text problems = TEXT_INIT(65536);
    (void)context;
    make_fixture_folder(folder, "kiosk");
    add_fixture_files(folder, "arcade");
    replace_in_fixture(folder, "kiosk", "provider.json", "/kiosk/v1", "/kiosk");
    replace_in_fixture(folder, "kiosk", "orders.json", "\"CONFIRMED\"", "\"SENT_AWAY_AND_GONE\"");
    replace_in_fixture(folder, "kiosk", "exchanges/cancel.json", "\"CANCELED\"", "\"CANCELLED\"");
    replace_in_fixture(folder, "kiosk", "exchanges/cancel.json", "\"PUT\"", "\"P UT\"");
    replace_in_fixture(folder, "arcade", "states.json", NULL, NULL);
    replace_in_fixture(folder, "arcade", "orders.json", "\"state\"", "\"stat\"");
    CHECK(!fixtures_are_taken(folder, "kiosk", "arcade", &problems));
    char *told = mem_print("%s/kiosk/provider.json:1:61: this provider lives at \"/kiosk/v1\"\n"
                           "%s/kiosk/orders.json:3:79: no state is called \"SENT_AWAY_AND_GONE\"\n"
                           "%s/kiosk/exchanges/cancel.json:9:25: \"P UT\" is no method\n"
                           "%s/kiosk/exchanges/cancel.json:12:35: no state is called \"CANCELLED\"; did you mean "
                           "\"CANCELED\"?\n"
                           "%s/arcade/states.json: No such file or directory\n"
                           "%s/arcade/orders.json:1:68: unknown member \"stat\"; did you mean \"state\"?\n",
                           folder, folder, folder, folder, folder, folder);
    CHECK_TEXT(text_cstr(&problems), told);
    free(told);
    text_release(&problems);
    remove_fixture_folder(folder);
}

/* What does not fit is counted, and no line is cut. */
static void counts_what_does_not_fit(void *context)
{
    char folder[FOLDER_MAX];
    static char problem[MOCK_SERVER_PROBLEM_MAX];
    struct text orders = TEXT_INIT((size_t)4 * 1024 * 1024);
    (void)context;
    text_add(&orders, "{\"orders\": [");
    for (int i = 0; i < 2000; i++)
        text_print(&orders, "%s{\"stat\": 1}\n", i == 0 ? "" : ",");
    text_add(&orders, "]}");
    make_fixture_folder(folder, "dukkango");
    replace_in_fixture(folder, "dukkango", "orders.json", NULL, text_cstr(&orders));
    static const char *const only[] = {"dukkango"};
    struct mock_server *server = NULL;
    struct mock_server_options options = {.unheard = true, .fixtures = folder, .providers = only, .provider_count = 1};
    CHECK_INTEGER(mock_server_start(&options, &server, problem, sizeof problem), MOCK_SERVER_BAD_OPTIONS);
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
    remove_fixture_folder(folder);
}

/* ── Files that cannot be read ─────────────────────────────────────────────────────────────────────────────────── */

static void check_unreadable(const char *folder, const char *words)
{
    struct text problems = TEXT_INIT(65536);
    char *told = mem_print("%s/kiosk/orders.json: %s\n", folder, words);
    CHECK(!fixtures_are_taken(folder, "kiosk", NULL, &problems));
    CHECK_TEXT(text_cstr(&problems), told);
    free(told);
    text_release(&problems);
}

static void tells_a_folder(void *context)
{
    char folder[FOLDER_MAX];
    (void)context;
    make_fixture_folder(folder, "kiosk");
    replace_in_fixture(folder, "kiosk", "orders.json", NULL, NULL);
    char *path = mem_print("%s/kiosk/orders.json", folder);
    CHECK_INTEGER(mkdir(path, 0700), 0);
    check_unreadable(folder, "Is a directory");
    CHECK_INTEGER(rmdir(path), 0);
    free(path);
    remove_fixture_folder(folder);
}

static void tells_one_that_is_too_large(void *context)
{
    char folder[FOLDER_MAX];
    (void)context;
    make_fixture_folder(folder, "kiosk");
    char *path = mem_print("%s/kiosk/orders.json", folder);
    CHECK_INTEGER(truncate(path, 64L * 1024 * 1024 + 1), 0); /* a hole: it takes no room */
    check_unreadable(folder, "larger than 64 MiB");
    free(path);
    remove_fixture_folder(folder);
}

/* root may read everything, so it can see nothing here. */
static void tells_one_that_may_not_be_read(void *context)
{
    char folder[FOLDER_MAX];
    (void)context;
    make_fixture_folder(folder, "kiosk");
    char *path = mem_print("%s/kiosk/orders.json", folder);
    CHECK_INTEGER(chmod(path, 0), 0);
    if (geteuid() != 0)
        check_unreadable(folder, "Permission denied");
    free(path);
    remove_fixture_folder(folder);
}

void suite_fixtures(void)
{
    static char kiosk[] = "kiosk", arcade[] = "arcade", depot[] = "depot";
    register_test("fixtures", "what does not fit is counted", counts_what_does_not_fit, NULL);
    for (size_t i = 0; i < COUNT_OF(wrongs); i++)
        register_test("fixtures", wrongs[i].what, tells_the_place, (void *)(uintptr_t)i);
    register_test("fixtures", "all mistakes in one run", tells_everything_at_once, NULL);
    register_test("fixtures", "a folder in the place of a file", tells_a_folder, NULL);
    register_test("fixtures", "a file that is too large", tells_one_that_is_too_large, NULL);
    register_test("fixtures", "a file that may not be read", tells_one_that_may_not_be_read, NULL);
    register_test("fixtures", "exchanges and openapi.json may be missing", needs_neither_exchanges_nor_openapi, NULL);
    register_test("fixtures", "$schema is allowed in every file", allows_a_schema_everywhere, NULL);
    register_test("fixtures", "the schema has every member of provider.json", has_a_schema_with_every_member, NULL);
    register_test("fixtures", "good ones of a kiosk are taken", takes_good_ones, kiosk);
    register_test("fixtures", "good ones of an arcade are taken", takes_good_ones, arcade);
    register_test("fixtures", "good ones of a depot are taken", takes_good_ones, depot);
}
