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
#define BEFORE "before_commit"
#define AFTER  "after_commit"
#define BOTH   "before_commit after_commit"
#define LATER  "\"phase\":\"after_commit\""

static struct known_kind {
    const char *name, *phases, *good, *own;
} kinds[] = {
    {"CANNED_RESPONSE", BOTH, "\"status\":503", " status headers body json "},
    {"ERROR_STATUS", BOTH, "\"status\":503", " status retry_after_s "},
    {"RATE_LIMIT", BEFORE, "\"limit\":1,\"window_s\":60", " limit window_s name "},
    {"OUTAGE", BOTH, "\"phase\":\"before_commit\"", " retry_after_s "},
    {"DEGRADATION", BOTH, "\"ramp_s\":60,\"ms\":100", " ramp_s probability ms status "},
    {"REDIRECT", BOTH, "\"port\":8080", " status location path port host scheme hops "},
    {"SCHEMA_DRIFT", AFTER, LATER ",\"patch\":[{\"op\":\"null\",\"path\":\"/a\"}]", " patch status "},
    {"MALFORMED_JSON", AFTER, LATER ",\"mode\":\"cut\"", " mode "},
    {"WRONG_CONTENT_TYPE", AFTER, LATER, " value "},
    {"BAD_ENCODING", AFTER, LATER, " value "},
    {"OVERSIZED", AFTER, LATER ",\"body_bytes\":9", " header_bytes body_bytes "},
    {"ENDLESS", AFTER, LATER, " "},
    {"EMPTY_RESPONSE", BOTH, "\"phase\":\"before_commit\"", " "},
    {"CONNECTION_RESET_BY_PEER", BOTH, "\"phase\":\"before_commit\"", " "},
    {"NO_RESPONSE", BOTH, "\"phase\":\"before_commit\"", " "},
    {"TIMEOUT_THEN_CLOSE", BOTH, "\"ms\":50", " ms "},
    {"CONNECTION_REFUSED", BOTH, "\"ms\":50", " ms now "},
    {"TRUNCATED_BODY", AFTER, LATER ",\"bytes\":7", " bytes fraction "},
    {"RESET_MID_RESPONSE", AFTER, LATER ",\"fraction\":0.5", " bytes fraction "},
    {"OVERLONG_BODY", AFTER, LATER ",\"bytes\":7", " bytes "},
    {"WRONG_CONTENT_LENGTH", AFTER, LATER ",\"delta\":-3", " delta "},
    {"DOUBLE_CONTENT_LENGTH", AFTER, LATER, " delta "},
    {"EXTRA_BYTES", AFTER, LATER ",\"bytes\":\"x\"", " bytes bytes_base64 "},
    {"INTERIM_RESPONSE", AFTER, LATER ",\"status\":103", " status count "},
    {"MALFORMED_RESPONSE_CHUNK", AFTER, LATER, " "},
    {"MISSING_FINAL_CHUNK", AFTER, LATER, " "},
    {"RAW_RESPONSE", BOTH, "\"bytes_base64\":\"//4A\"", " bytes bytes_base64 "},
    {"RANDOM_DATA_THEN_CLOSE", BOTH, "\"bytes\":9", " bytes "},
    {"DELAY_FIXED", AFTER, LATER ",\"ms\":5", " ms "},
    {"DELAY_UNIFORM", AFTER, LATER ",\"lower_ms\":1,\"upper_ms\":5", " lower_ms upper_ms "},
    {"DELAY_LOGNORMAL", AFTER, LATER ",\"median_ms\":5,\"sigma\":0.4", " median_ms sigma max_ms "},
    {"CHUNKED_DRIBBLE", AFTER, LATER ",\"chunks\":3,\"ms\":30", " chunks ms "},
    {"DRIP", AFTER, LATER ",\"ms\":30", " delay_ms ms "},
    {"STALL", AFTER, LATER ",\"ms\":30", " bytes fraction ms "},
    {"BANDWIDTH", AFTER, LATER ",\"bytes_per_s\":1000", " bytes_per_s "},
    {"SLICER", AFTER, LATER ",\"bytes\":3", " bytes spread gap_us "},
    {"SLOW_CLOSE", AFTER, LATER ",\"ms\":30", " ms "},
    {"STALE_KEEPALIVE", AFTER, LATER, " ms "},
    {"ACCEPT_DELAY", BEFORE, "\"ms\":30", " ms "},
    {"SLOW_READ", BEFORE, "\"bytes_per_s\":1000", " bytes_per_s "},
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
    {"bytes_base64", "\"eA==\"", ", which is of EXTRA_BYTES; it has "},
    {"limit", "1", ", which is of RATE_LIMIT; it has "},
    {"port", "1", ", which is of REDIRECT; it has "},
    {"delta", "1", ", which is of WRONG_CONTENT_LENGTH; it has "},
    {"sigma", "1", ", which is of DELAY_LOGNORMAL; it has "},
    {"tims", "1", "; did you mean \"times\"?"},
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
    "status integer! 400-599; retry_after_s integer 0-31622400",
    "limit integer! 0-9007199254740991; window_s number! 0-31622400; name string",
    "retry_after_s integer 0-31622400",
    "ramp_s number! 0-31622400; probability number 0-1; ms integer 0-3600000; status integer 400-599",
    "status integer 300-308; location string; path boolean; port integer 1-65535; host string; scheme string (http) "
    "(https); hops "
    "integer 1-1000",
    "patch array! {op string! (set) (remove) (null) (wrong_type) (number_as_string) (unknown_word) (extra); path "
    "string!; value "
    "any}; status integer 200-599",
    "mode string! (cut) (append) (bad_escape) (bad_utf8) (bom)",
    "value string",
    "value string",
    "header_bytes integer 1-1048576; body_bytes integer 1-1073741824",
    "",
    "",
    "",
    "",
    "ms integer! 0-3600000",
    "ms integer! 1-600000; now boolean",
    "bytes integer 0-2147483647; fraction number 0-1",
    "bytes integer 0-2147483647; fraction number 0-1",
    "bytes integer! 1-1073741824",
    "delta integer! -1000000000-1000000000",
    "delta integer -1000000000-1000000000",
    "bytes string; bytes_base64 string",
    "status integer! 100-103; count integer 1-1000",
    "",
    "",
    "bytes string; bytes_base64 string",
    "bytes integer 1-1048576",
    "ms integer! 0-3600000",
    "lower_ms integer! 0-3600000; upper_ms integer! 0-3600000",
    "median_ms number! 0-3600000; sigma number! 0-10; max_ms number 0-3600000",
    "chunks integer! 1-10000; ms integer! 0-3600000",
    "delay_ms integer 0-3600000; ms integer! 0-3600000",
    "bytes integer 0-2147483647; fraction number 0-1; ms integer 1-3600000",
    "bytes_per_s integer! 1-1000000000",
    "bytes integer! 1-2147483647; spread integer 0-2147483647; gap_us integer 0-3600000000",
    "ms integer! 1-3600000",
    "ms integer 0-3600000",
    "ms integer! 1-3600000",
    "bytes_per_s integer! 1-1000000000",
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

/* The kinds that take one of several parameters, and whether they must. */
static const struct choice {
    const char *kind, *either;
    bool needed;
} choices[] = {
    {"CANNED_RESPONSE", "body json", false},     {"OVERSIZED", "header_bytes body_bytes", true},
    {"TRUNCATED_BODY", "bytes fraction", true},  {"RESET_MID_RESPONSE", "bytes fraction", true},
    {"EXTRA_BYTES", "bytes bytes_base64", true}, {"RAW_RESPONSE", "bytes bytes_base64", true},
    {"STALL", "bytes fraction", false},          {"EMPTY_RESPONSE", "", false},
};

static void check_choice(const cJSON *list, const struct choice *own)
{
    const cJSON *kind = NULL;
    cJSON_ArrayForEach (kind, list)
        if (strcmp(json_string_or(kind, "name", ""), own->kind) == 0)
            break;
    check_words(json_member(kind, "either"), own->either);
    CHECK_INTEGER(json_true(kind, "needs_either"), own->needed);
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
    for (size_t i = 0; i < COUNT_OF(choices); i++)
        check_choice(list, &choices[i]);
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

/* The members of every fault, beside `fault` and `phase`. */
static const char *const shared[] = {"match", "when", "ttl_s", "times", "window"};

static void compare_kind(const cJSON *schema, const cJSON *kind)
{
    const char *name = json_string_or(kind, "name", "");
    const cJSON *properties = json_member(schema, "properties"), *phases = json_member(kind, "phases");
    CHECK_TEXT(json_string(json_member(properties, "fault"), "const"), name);
    check_same(name, "description", json_member(schema, "description"), json_member(kind, "meaning"));
    check_same(name, "phases", json_member(json_member(properties, "phase"), "enum"), phases);
    CHECK(lists_word(json_member(schema, "required"), "fault"));
    CHECK_INTEGER(lists_word(json_member(schema, "required"), "phase"), !lists_word(phases, "before_commit"));
    for (size_t i = 0; i < COUNT_OF(shared); i++) {
        char *place = mem_print("#/$defs/%s", shared[i]);
        CHECK_TEXT(json_string(json_member(properties, shared[i]), "$ref"), place);
        free(place);
    }
    compare_rows(name, schema, json_member(kind, "parameters"), COUNT_OF(shared) + 2);
    compare_either(name, schema, kind);
}

/* Editors believe fixtures/schema/fault.schema.json: it says what the rows say. */
static void stand_in_the_schema(void *context)
{
    struct mock_server *server = start_server();
    char *text = read_test_file("fixtures/schema/fault.schema.json");
    (void)context;
    cJSON *schema = json_read_text(text), *answer = steer(server, "GET", "/_mock/faults/kinds", NULL, 200);
    const cJSON *branches = json_member(schema, "oneOf");
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
