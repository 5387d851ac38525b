/* base/xml.h: what is read and how, what is refused and where, and what is written. */
#include "base/xml.h"

#include <stdlib.h>
#include <string.h>

#include "base/tests/check.h"
#include "base/text.h"
#include "tests/suites.h"

struct read_case {
    const char *text;
    const char *json; /* NULL: refused */
    unsigned line, column;
};

static struct read_case cases[] = {
    {"<a/>", "{\"a\":\"\"}"},
    {"<a></a>", "{\"a\":\"\"}"},
    {"<a> x </a>", "{\"a\":\" x \"}"},
    {"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>ış</a>\n", "{\"a\":\"ış\"}"},
    {"\xef\xbb\xbf<a/>", "{\"a\":\"\"}"},
    {"<a><b>1</b><c/></a>", "{\"a\":{\"b\":\"1\",\"c\":\"\"}}"},
    {"<a>\n  <b>1</b>\n  <b>2</b>\n  <b>3</b>\n</a>", "{\"a\":{\"b\":[\"1\",\"2\",\"3\"]}}"},
    {"<a><b>1</b><c>x</c><b>2</b></a>", "{\"a\":{\"b\":[\"1\",\"2\"],\"c\":\"x\"}}"},
    {"<a><b><c>1</c></b><b/></a>", "{\"a\":{\"b\":[{\"c\":\"1\"},\"\"]}}"},
    {"<a><B>1</B><b>2</b></a>", "{\"a\":{\"B\":\"1\",\"b\":\"2\"}}"},
    {"<a x=\"1\" y='2'>z</a>", "{\"a\":\"z\"}"},
    {"<a><![CDATA[<b>&amp;</b>]]></a>", "{\"a\":\"<b>&amp;</b>\"}"},
    {"<a>1<![CDATA[2]]>3</a>", "{\"a\":\"123\"}"},
    {"<a>&lt;&amp;&gt;&quot;&apos;&#305;&#x15f;</a>", "{\"a\":\"<&>\\\"'ış\"}"},
    {"<!-- one --><a><!-- two --><b/><?php echo ?></a>", "{\"a\":{\"b\":\"\"}}"},
    {"<a>9007199254740993</a>", "{\"a\":\"9007199254740993\"}"},
    {"", NULL, 1, 1},
    {"{\"a\":1}", NULL, 1, 1},
    {"<a>", NULL, 1, 4},
    {"<a></b>", NULL, 1, 6},
    {"<a/>\n<b/>", NULL, 2, 1},
    {"<a/>x", NULL, 1, 5},
    {"<a>\n<b>x\n</a>", NULL, 3, 3},
    {"<a>1 & 2</a>", NULL, 1, 7},
    {"<a>\n  &nbsp;</a>", NULL, 2, 3},
    {"<a>x<b/></a>", NULL, 1, 5},
    {"<a><b/>x</a>", NULL, 1, 9},
    {"<a b=c/>", NULL, 1, 6},
    {"<a>\xff</a>", NULL, 1, 4},
    {"<a>\xed\xa0\x80</a>", NULL, 1, 4},
    {"<a>&#0;</a>", NULL, 1, 4},
    {"<!DOCTYPE a><a/>", NULL, 1, 1},
    {"<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", NULL, 1, 1},
};

static void reads(void *context)
{
    const struct read_case *own = context;
    struct json_problem problem = {0};
    cJSON *tree = xml_read(own->text, strlen(own->text), &problem);
    char *json = tree == NULL ? NULL : json_write(tree);
    CHECK_TEXT(json, own->json);
    if (own->json == NULL) {
        CHECK(problem.text[0] != '\0');
        CHECK_INTEGER(problem.line, own->line);
        if (own->column != 1) /* of a declaration only the line is told */
            CHECK_INTEGER(problem.column, own->column);
    }
    free(json);
    cJSON_Delete(tree);
}

static bool is_read(const struct text *text, const char *mistake)
{
    struct json_problem problem = {0};
    cJSON *tree = xml_read(text_cstr(text), text->length, &problem);
    if (tree == NULL)
        CHECK_TEXT(problem.text, mistake);
    cJSON_Delete(tree);
    return tree != NULL;
}

/* `levels` elements in one another. */
static bool reads_depth(int levels)
{
    struct text text = TEXT_INIT(4096);
    for (int i = 0; i < levels; i++)
        text_add(&text, "<a>");
    for (int i = 0; i < levels; i++)
        text_add(&text, "</a>");
    bool read = is_read(&text, "too many levels");
    text_release(&text);
    return read;
}

/* A root with `count` elements in it: of one name, or each of its own. */
static bool reads_children(int count, bool of_one_name)
{
    struct text text = TEXT_INIT((size_t)4 * 1024 * 1024);
    text_add(&text, "<r>");
    for (int i = 0; i < count; i++)
        text_print(&text, "<n%d/>", of_one_name ? 0 : i);
    text_add(&text, "</r>");
    bool read = is_read(&text, of_one_name ? "too many elements" : "too many different names in one element");
    text_release(&text);
    return read;
}

static void keeps_its_limits(void *context)
{
    (void)context;
    CHECK(reads_depth(XML_DEPTH_MAX));
    CHECK(!reads_depth(XML_DEPTH_MAX + 1));
    CHECK(reads_children(XML_NODES_MAX - 1, true));
    CHECK(!reads_children(XML_NODES_MAX, true));
    CHECK(reads_children(XML_MEMBERS_MAX, false));
    CHECK(!reads_children(XML_MEMBERS_MAX + 1, false));
}

static void reads_no_entity_of_its_own(void *context)
{
    static const char laughs[] = "<?xml version=\"1.0\"?>\n<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>\n"
                                 "<l>&b;</l>";
    struct json_problem problem = {0};
    (void)context;
    CHECK(xml_read(laughs, strlen(laughs), &problem) == NULL);
    CHECK_TEXT(problem.text, "a document type is not read");
    CHECK_INTEGER(problem.line, 2);
}

static void refuses_a_nul_byte(void *context)
{
    struct json_problem problem = {0};
    (void)context;
    CHECK(xml_read("<a>x\0</a>", 9, &problem) == NULL);
    CHECK(xml_read("<a/>\0", 5, &problem) == NULL);
}

/* Whatever the declaration says: what stands in the journal is UTF-8, and so is what was understood. */
static void refuses_utf16(void *context)
{
    struct json_problem problem = {0};
    (void)context;
    CHECK(xml_read("\xff\xfe<\0a\0/\0>\0", 10, &problem) == NULL);
    CHECK_TEXT(problem.text, "bytes that are not UTF-8");
    CHECK(xml_read("\xfe\xff\0<\0a\0/\0>", 10, &problem) == NULL);
    CHECK(xml_read("<\0a\0/\0>\0", 8, &problem) == NULL);
    CHECK(xml_read("\0<\0a\0/\0>", 8, &problem) == NULL);
}

struct write_case {
    const char *json, *text;
};

#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

static struct write_case writings[] = {
    {"{\"a\":\"x\"}", "<a>x</a>\n"},
    {"{\"a\":\"\"}", "<a></a>\n"},
    {"{\"a\":null}", "<a></a>\n"},
    {"{\"a\":{}}", "<a></a>\n"},
    {"{\"a\":true}", "<a>true</a>\n"},
    {"{\"a\":9007199254740993}", "<a>9007199254740993</a>\n"},
    {"{\"a\":134.0000}", "<a>134.0000</a>\n"},
    {"{\"a\":{\"b\":[\"1\",\"\"],\"c\":[]}}", "<a>\n  <b>1</b>\n  <b></b>\n</a>\n"},
    {"{\"a\":{\"b\":[]}}", "<a></a>\n"},
    {"{\"a\":[{\"b\":1},{\"b\":2}]}", "<a>\n  <b>1</b>\n</a>\n<a>\n  <b>2</b>\n</a>\n"},
    {"{\"a\":\"<b>&\\\"'\\r\\n\\u0001ı\"}", "<a>&lt;b&gt;&amp;\"'&#13;\n\xef\xbf\xbdı</a>\n"},
};

static void writes(void *context)
{
    const struct write_case *own = context;
    cJSON *tree = json_read_text(own->json);
    char *text = xml_write(tree), *expected = mem_print("%s%s", DECLARATION, own->text);
    CHECK_TEXT(text, expected);
    free(text);
    free(expected);
    cJSON_Delete(tree);
}

/* The answer that was recorded from the vendor in 2020 has 150 bytes (providers: iletimerkezi 6.1). */
static void writes_what_was_recorded(void *context)
{
    cJSON *tree = json_read_text("{\"response\":{\"status\":{\"code\":455,\"message\":\"Sipariş bulunamadı\"}}}");
    char *text = xml_write(tree);
    (void)context;
    CHECK_INTEGER(strlen(text), 150);
    free(text);
    cJSON_Delete(tree);
}

void suite_xml(void)
{
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char *name = mem_print("reads %zu: %.20s", i, cases[i].text);
        register_test("xml", name, reads, &cases[i]);
        free(name);
    }
    for (size_t i = 0; i < COUNT_OF(writings); i++) {
        char *name = mem_print("writes %s", writings[i].json);
        register_test("xml", name, writes, &writings[i]);
        free(name);
    }
    register_test("xml", "keeps its limits", keeps_its_limits, NULL);
    register_test("xml", "reads no entity of its own", reads_no_entity_of_its_own, NULL);
    register_test("xml", "refuses a NUL byte", refuses_a_nul_byte, NULL);
    register_test("xml", "refuses UTF-16", refuses_utf16, NULL);
    register_test("xml", "writes what was recorded", writes_what_was_recorded, NULL);
}
