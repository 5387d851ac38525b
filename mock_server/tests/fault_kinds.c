/* The kinds of faults: which parameters each has, that it takes no others, and what lists and schema say of them. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/tests/check.h"
#include "base/text.h"
#include "faults/fault.h"
#include "model/exchange.h"
#include "tests/client.h"
#include "tests/fixture_folder.h"
#include "tests/suites.h"

/* By hand, from the menu. `own`: the parameters, each between spaces. */
static struct known_kind {
    const char *name, *phases, *good, *own;
} kinds[] = {
    {"CANNED_RESPONSE", "before_commit after_commit", "\"status\":503", " status headers body json "},
    {"SCHEMA_DRIFT", "after_commit", "\"phase\":\"after_commit\",\"patch\":[]", " patch status "},
    {"EMPTY_RESPONSE", "before_commit after_commit", "\"phase\":\"before_commit\"", " "},
    {"CONNECTION_RESET_BY_PEER", "before_commit after_commit", "\"phase\":\"before_commit\"", " "},
    {"NO_RESPONSE", "before_commit after_commit", "\"phase\":\"before_commit\"", " "},
    {"TRUNCATED_BODY", "after_commit", "\"phase\":\"after_commit\",\"bytes\":7", " bytes "},
    {"RAW_RESPONSE", "before_commit after_commit", "\"bytes_base64\":\"//4A\"", " bytes bytes_base64 "},
};

/* ── No others are taken ───────────────────────────────────────────────────────────────────────────────────────── */

static const struct foreign_member {
    const char *name, *value;
    const char *hint; /* what every refusal of it says beside the kind and the member */
} foreign[] = {
    {"status", "503", ", which is of CANNED_RESPONSE; it has "},
    {"headers", "[[\"X\",\"y\"]]", ", which is of CANNED_RESPONSE; it has "},
    {"body", "\"x\"", ", which is of CANNED_RESPONSE; it has "},
    {"json", "{}", ", which is of CANNED_RESPONSE; it has "},
    {"patch", "[]", ", which is of SCHEMA_DRIFT; it has "},
    {"bytes", "7", ", which is of TRUNCATED_BODY; it has "},
    {"bytes_base64", "\"eA==\"", ", which is of RAW_RESPONSE; it has "},
    {"fautl", "1", "; did you mean \"fault\"?"},
    {"fase", "1", "; did you mean \"phase\"?"},
    {"macth", "{}", "; did you mean \"match\"?"},
    {"wehn", "{}", "; did you mean \"when\"?"},
    {"duration_of_the_outage", "1", "; it has "},
    {"id", "\"f1\"", "; it has "},
};

static bool has_word(const char *words, const char *word)
{
    char *spaced = mem_print(" %s ", word);
    bool found = strstr(words, spaced) != NULL;
    free(spaced);
    return found;
}

static void check_refusal(struct mock_server *server, const struct known_kind *kind,
                          const struct foreign_member *member)
{
    char *json = mem_print("{\"fault\":\"%s\",%s,\"%s\":%s}", kind->name, kind->good, member->name, member->value);
    char *told = mem_print("%s has no \"%s\"%s", kind->name, member->name, member->hint);
    cJSON *answer = steer(server, "POST", "/_mock/faults", json, 400);
    CHECK_CONTAINS(json_string(answer, "error"), told);
    cJSON_Delete(answer);
    free(told);
    free(json);
}

static void takes_its_own_alone(void *context)
{
    const struct known_kind *kind = context;
    struct mock_server *server = start_server();
    char *good = mem_print("{\"fault\":\"%s\",%s}", kind->name, kind->good);
    cJSON_Delete(steer(server, "POST", "/_mock/faults", good, 201));
    for (size_t i = 0; i < COUNT_OF(foreign); i++)
        if (!has_word(kind->own, foreign[i].name))
            check_refusal(server, kind, &foreign[i]);
    cJSON *list = steer(server, "GET", "/_mock/faults", NULL, 200);
    CHECK_INTEGER(cJSON_GetArraySize(json_member(list, "faults")), 1);
    cJSON_Delete(list);
    free(good);
    mock_server_stop(server);
}

/* ── The list ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void summarize_rows(struct text *out, const cJSON *rows);

/* "status integer! 200-599; ": name, type, ! where it must be given, range, words in (), members in {}. */
static void summarize_row(struct text *out, const cJSON *row)
{
    const cJSON *word = NULL, *members = json_member(row, "members");
    text_print(out, "%s %s%s", json_string_or(row, "name", "?"), json_string_or(row, "type", "?"),
               json_true(row, "required") ? "!" : "");
    if (json_member(row, "least") != NULL)
        text_print(out, " %s-%s", json_number_text(json_member(row, "least")),
                   json_number_text(json_member(row, "most")));
    cJSON_ArrayForEach (word, json_member(row, "values"))
        text_print(out, " (%s)", word->valuestring);
    if (members != NULL) {
        text_add(out, " {");
        summarize_rows(out, members);
        text_add(out, "}");
    }
    CHECK(strlen(json_string_or(row, "meaning", "")) > 4);
}

static void summarize_rows(struct text *out, const cJSON *rows)
{
    const cJSON *row = NULL;
    cJSON_ArrayForEach (row, rows) {
        text_add(out, row->prev->next == NULL ? "" : "; "); /* the first one's prev is the last */
        summarize_row(out, row);
    }
}

static const char *const parameters[] = {
    "status integer! 200-599; headers array of [name, value]; body string; json any",
    "patch array! {op string! (set) (remove); path string!; value any}; status integer 200-599",
    "",
    "",
    "",
    "bytes integer! 0-2147483647",
    "bytes string; bytes_base64 string",
};

static void check_words(const cJSON *list, const char *expected)
{
    struct text words = TEXT_INIT(256);
    const cJSON *word = NULL;
    cJSON_ArrayForEach (word, list)
        text_print(&words, "%s%s", words.length > 0 ? " " : "", word->valuestring);
    CHECK_TEXT(text_cstr(&words), expected);
    text_release(&words);
}

static void check_rows(const cJSON *rows, const char *expected)
{
    struct text summary = TEXT_INIT(1024);
    summarize_rows(&summary, rows);
    CHECK_TEXT(text_cstr(&summary), expected);
    text_release(&summary);
}

static void are_listed(void *context)
{
    struct mock_server *server = start_server();
    (void)context;
    cJSON *answer = steer(server, "GET", "/_mock/faults/kinds", NULL, 200);
    const cJSON *list = json_member(answer, "kinds");
    CHECK_INTEGER(cJSON_GetArraySize(list), COUNT_OF(kinds));
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        const cJSON *kind = cJSON_GetArrayItem(list, (int)i);
        CHECK_TEXT(json_string(kind, "name"), kinds[i].name);
        CHECK(strlen(json_string_or(kind, "meaning", "")) > 20);
        check_words(json_member(kind, "phases"), kinds[i].phases);
        check_rows(json_member(kind, "parameters"), parameters[i]);
    }
    check_words(json_member(cJSON_GetArrayItem(list, 0), "either"), "body json");
    CHECK(!json_true(cJSON_GetArrayItem(list, 0), "needs_either"));
    check_words(json_member(cJSON_GetArrayItem(list, 6), "either"), "bytes bytes_base64");
    CHECK(json_true(cJSON_GetArrayItem(list, 6), "needs_either"));
    check_rows(json_member(answer, "members"),
               "fault string!; phase string (before_commit) (after_commit); match object {provider string; operation "
               "string; order string; method string; header object {name string!; value string}}; when object {first "
               "integer 1-9007199254740991; after integer 0-9007199254740991; every integer 1-9007199254740991; "
               "probability number 0-1}; ttl_s number 0-316224000; times integer 1-9007199254740991; window object "
               "{after_s number 0-316224000; for_s number 0-316224000}");
    check_rows(json_member(answer, "phases"), "before_commit ?; after_commit ?");
    cJSON_Delete(answer);
    mock_server_stop(server);
}

/* ── The schema ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A difference is told as "KIND.parameter keyword". */
static void check_same(const char *where, const char *keyword, const cJSON *in_schema, const cJSON *in_list)
{
    char *same = mem_print("%s %s is the same", where, keyword), *differs = mem_print("%s %s differs", where, keyword);
    bool equal = in_schema == NULL || in_list == NULL ? in_schema == in_list : json_equal(in_schema, in_list);
    CHECK_TEXT(equal ? same : differs, same);
    free(same);
    free(differs);
}

static bool lists_word(const cJSON *list, const char *word)
{
    const cJSON *item = NULL;
    cJSON_ArrayForEach (item, list)
        if (cJSON_IsString(item) && strcmp(item->valuestring, word) == 0)
            return true;
    return false;
}

static void compare_rows(const char *where, const cJSON *schema, const cJSON *rows, int others);

static void compare_row(const char *where, const cJSON *property, const cJSON *row)
{
    const char *type = json_string_or(row, "type", "");
    const cJSON *members = json_member(row, "members");
    check_same(where, "description", json_member(property, "description"), json_member(row, "meaning"));
    check_same(where, "minimum", json_member(property, "minimum"), json_member(row, "least"));
    check_same(where, "maximum", json_member(property, "maximum"), json_member(row, "most"));
    check_same(where, "enum", json_member(property, "enum"), json_member(row, "values"));
    if (strncmp(type, "array", 5) == 0)
        CHECK_TEXT(json_string(property, "type"), "array");
    else
        CHECK_TEXT(json_string(property, "type"), strcmp(type, "any") == 0 ? NULL : type);
    if (members != NULL)
        compare_rows(where, json_member(property, "items"), members, 0);
}

/* The properties of an object are these rows and `others` more. */
static void compare_rows(const char *where, const cJSON *schema, const cJSON *rows, int others)
{
    const cJSON *properties = json_member(schema, "properties"), *row = NULL;
    CHECK(cJSON_IsFalse(json_member(schema, "additionalProperties")));
    CHECK_INTEGER(cJSON_GetArraySize(properties), cJSON_GetArraySize(rows) + others);
    cJSON_ArrayForEach (row, rows) {
        const char *name = json_string_or(row, "name", "");
        char *place = mem_print("%s.%s", where, name);
        CHECK_TEXT(json_member(properties, name) == NULL ? place : "in the schema", "in the schema");
        CHECK_INTEGER(lists_word(json_member(schema, "required"), name), json_true(row, "required"));
        compare_row(place, json_member(properties, name), row);
        free(place);
    }
}

/* {"required":["body","json"]} of "not", or a {"required":["bytes"]} for each of "oneOf". */
static void compare_either(const char *where, const cJSON *schema, const cJSON *kind)
{
    const cJSON *either = json_member(kind, "either"), *name = NULL;
    bool needed = json_true(kind, "needs_either");
    check_same(where, "not", json_member(json_member(schema, "not"), "required"), needed ? NULL : either);
    CHECK_INTEGER(cJSON_GetArraySize(json_member(schema, "oneOf")), needed ? cJSON_GetArraySize(either) : 0);
    if (!needed)
        return;
    cJSON_ArrayForEach (name, either) {
        bool found = false;
        const cJSON *branch = NULL;
        cJSON_ArrayForEach (branch, json_member(schema, "oneOf"))
            found = found || lists_word(json_member(branch, "required"), name->valuestring);
        CHECK(found);
    }
}

static void compare_kind(const cJSON *schema, const cJSON *kind)
{
    const char *name = json_string_or(kind, "name", "");
    const cJSON *properties = json_member(schema, "properties"), *phases = json_member(kind, "phases");
    CHECK_TEXT(json_string(json_member(properties, "fault"), "const"), name);
    check_same(name, "description", json_member(schema, "description"), json_member(kind, "meaning"));
    check_same(name, "phases", json_member(json_member(properties, "phase"), "enum"), phases);
    CHECK(lists_word(json_member(schema, "required"), "fault"));
    CHECK_INTEGER(lists_word(json_member(schema, "required"), "phase"), !lists_word(phases, "before_commit"));
    CHECK_TEXT(json_string(json_member(properties, "match"), "$ref"), "#/$defs/match");
    CHECK_TEXT(json_string(json_member(properties, "when"), "$ref"), "#/$defs/when");
    compare_rows(name, schema, json_member(kind, "parameters"), 4);
    compare_either(name, schema, kind);
}

/* Editors believe fixtures/schema/provider.schema.json: of faults it says what the rows say. */
static void stand_in_the_schema(void *context)
{
    struct mock_server *server = start_server();
    char *text = read_test_file("fixtures/schema/provider.schema.json");
    (void)context;
    cJSON *schema = json_read_text(text), *answer = steer(server, "GET", "/_mock/faults/kinds", NULL, 200);
    const cJSON *branches = json_member(json_member(json_member(schema, "$defs"), "fault"), "oneOf");
    const cJSON *list = json_member(answer, "kinds");
    CHECK_INTEGER(cJSON_GetArraySize(branches), cJSON_GetArraySize(list));
    for (int i = 0; i < cJSON_GetArraySize(list); i++)
        compare_kind(cJSON_GetArrayItem(branches, i), cJSON_GetArrayItem(list, i));
    cJSON_Delete(schema);
    cJSON_Delete(answer);
    free(text);
    mock_server_stop(server);
}

/* ── Read once ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static const struct reading {
    const char *spec, *answer, *body;
    int status;
} readings[] = {
    {"{\"fault\":\"CANNED_RESPONSE\",\"status\":503,\"json\":{\"n\":1.50},\"headers\":[[\"X-A\",\"b\"]]}", "true",
     "{\"n\":1.50}", 503},
    {"{\"fault\":\"SCHEMA_DRIFT\",\"phase\":\"after_commit\",\"status\":202,\"patch\":[{\"op\":\"set\",\"path\":\"/"
     "a~1b/"
     "0\",\"value\":{\"c\":[]}},{\"op\":\"remove\",\"path\":\"/d\"},{\"op\":\"set\",\"path\":\"/e\"}]}",
     "{\"a/b\":[1,2],\"d\":3}", "{\"a/b\":[{\"c\":[]},2],\"e\":null}", 202},
    {"{\"fault\":\"RAW_RESPONSE\",\"bytes\":\"HTTP/1.1 2\"}", "true", "HTTP/1.1 2", 0},
    {"{\"fault\":\"RAW_RESPONSE\",\"bytes_base64\":\"SFRUUA==\"}", "true", "HTTP", 0},
};

static void fire(const struct fault *fault, const struct reading *expected)
{
    struct exchange *x = exchange_new();
    reply_text(x, 200, "application/json", expected->answer);
    fault_apply(fault, x, &(struct firing){.id = "f1", .ordinal = 1});
    CHECK_TEXT(x->reply.body, expected->body);
    CHECK_INTEGER(x->reply.body_length, strlen(expected->body));
    CHECK_INTEGER(x->reply.status, expected->status);
    CHECK_TEXT(x->fired == NULL ? NULL : x->fired->id, "f1");
    exchange_drop(x);
}

/* What is done to the JSON afterwards means nothing, and each firing is as the first. */
static void are_read_once(void *context)
{
    (void)context;
    for (size_t i = 0; i < COUNT_OF(readings); i++) {
        struct text problems = TEXT_INIT(256);
        cJSON *spec = json_read_text(readings[i].spec);
        struct fault *fault = fault_read(spec, NULL, &problems);
        CHECK_TEXT(text_cstr(&problems), "");
        cJSON_Delete(spec);
        for (int times = 0; times < 3 && fault != NULL; times++)
            fire(fault, &readings[i]);
        fault_drop(fault);
        text_release(&problems);
    }
}

void suite_fault_kinds(void)
{
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        char *name = mem_print("%s takes its own parameters alone", kinds[i].name);
        register_test("faults", name, takes_its_own_alone, &kinds[i]);
        free(name);
    }
    register_test("faults", "kinds are listed", are_listed, NULL);
    register_test("faults", "kinds stand in the schema as they are listed", stand_in_the_schema, NULL);
    register_test("faults", "parameters are read once", are_read_once, NULL);
}
