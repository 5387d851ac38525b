/*
 * A recursive descent that builds the tree while it reads. Depth is limited, so the recursion is too. The nodes are
 * cJSON's, linked as cJSON links them; a number keeps its spelling in `valuestring`, which cJSON itself never uses,
 * copies with the node and frees with it.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/json_scan.h"
#include "base/json_twice.h"
#include "base/number.h"

struct reader {
    struct json_scan scan;
    enum json_rule rule;
    unsigned depth;
    bool keeps_places;
    struct json_places places;
    size_t room;        /* of places */
    const cJSON *twice; /* the member to refuse, once all of the text is known to be good */
    size_t twice_at;
};

static cJSON *read_value(struct reader *reader);

/* ── Nodes ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void keep_place(struct reader *reader, const cJSON *node, size_t offset)
{
    struct json_places *places = &reader->places;
    if (places->count == reader->room) {
        reader->room = reader->room == 0 ? 16 : reader->room * 2;
        places->nodes = mem_resize(places->nodes, reader->room * sizeof(cJSON *));
        places->offsets = mem_resize(places->offsets, reader->room * sizeof(size_t));
    }
    places->nodes[places->count] = node;
    places->offsets[places->count++] = offset;
}

static cJSON *new_node(struct reader *reader, int type)
{
    cJSON *node = mem_zero(1, sizeof *node);
    node->type = type;
    if (reader->keeps_places)
        keep_place(reader, node, reader->scan.at);
    return node;
}

/* cJSON's links: the first child's `prev` is the last one. */
static void append(cJSON *list, cJSON *node)
{
    cJSON *first = list->child;
    if (first == NULL) {
        list->child = node;
        node->prev = node;
        return;
    }
    node->prev = first->prev;
    first->prev->next = node;
    first->prev = node;
}

/* ── Members that stand twice ──────────────────────────────────────────────────────────────────────────────────── */

/* Of two objects in one another the outer one's comes first, of two beside each other the first one's. */
static void note_twice(struct reader *reader, const cJSON *object, size_t start)
{
    const cJSON *twice = json_first_twice(object);
    if (twice == NULL || (reader->twice != NULL && reader->twice_at < start))
        return;
    reader->twice = twice;
    reader->twice_at = start;
}

static bool refuse_twice(struct reader *reader)
{
    char text[sizeof reader->scan.problem->text];
    if (reader->twice == NULL)
        return true;
    snprintf(text, sizeof text, "member \"%.60s\" stands twice in one object", reader->twice->string);
    return json_scan_fail(&reader->scan, json_offset_of(&reader->places, reader->twice), text);
}

/* ── Values ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static cJSON *read_member(struct reader *reader)
{
    struct json_scan *scan = &reader->scan;
    json_scan_space(scan);
    if (json_scan_peek(scan) != '"') {
        (void)json_scan_fail(scan, scan->at, "a member name in quotes is expected here");
        return NULL;
    }
    char *name = json_scan_string(scan);
    if (name == NULL)
        return NULL;
    json_scan_space(scan);
    bool colon = json_scan_accept(scan, ':') || json_scan_fail(scan, scan->at, "a colon is expected here");
    cJSON *value = colon ? read_value(reader) : NULL;
    if (value == NULL)
        free(name);
    else
        value->string = name;
    return value;
}

/* Items between brackets, separated by commas, into `list`; false after failing. */
static bool read_items(struct reader *reader, cJSON *list, char close, cJSON *(*read_item)(struct reader *))
{
    struct json_scan *scan = &reader->scan;
    size_t start = scan->at++;
    if (++reader->depth > JSON_DEPTH_MAX)
        return json_scan_fail(scan, start, "nested too deeply");
    json_scan_space(scan);
    for (bool closed = json_scan_accept(scan, close); !closed;) {
        cJSON *item = read_item(reader);
        if (item == NULL)
            return false;
        append(list, item);
        json_scan_space(scan);
        closed = json_scan_accept(scan, close);
        if (!closed && !json_scan_accept(scan, ','))
            return json_scan_fail(scan, scan->at,
                                  close == '}' ? "a comma or } is expected here" : "a comma or ] is expected here");
    }
    reader->depth--;
    if (reader->rule == JSON_UNIQUE && close == '}')
        note_twice(reader, list, start);
    return true;
}

static bool read_number(struct reader *reader, cJSON *node)
{
    node->valuestring = json_scan_number(&reader->scan);
    if (node->valuestring == NULL)
        return false;
    double value = number_value(node->valuestring);
    node->valuedouble = value;
    node->valueint = value >= INT_MAX ? INT_MAX : value <= INT_MIN ? INT_MIN : (int)value;
    return true;
}

static bool read_into(struct reader *reader, cJSON *node)
{
    switch (node->type) {
    case cJSON_Object:
        return read_items(reader, node, '}', read_member);
    case cJSON_Array:
        return read_items(reader, node, ']', read_value);
    case cJSON_String:
        node->valuestring = json_scan_string(&reader->scan);
        return node->valuestring != NULL;
    case cJSON_True:
        node->valueint = 1;
        return json_scan_word(&reader->scan, "true");
    case cJSON_False:
        return json_scan_word(&reader->scan, "false");
    case cJSON_NULL:
        return json_scan_word(&reader->scan, "null");
    default:
        return read_number(reader, node);
    }
}

static int type_that_begins(char c)
{
    switch (c) {
    case '{':
        return cJSON_Object;
    case '[':
        return cJSON_Array;
    case '"':
        return cJSON_String;
    case 't':
        return cJSON_True;
    case 'f':
        return cJSON_False;
    case 'n':
        return cJSON_NULL;
    default:
        return cJSON_Number;
    }
}

/* NULL after failing. */
static cJSON *read_value(struct reader *reader)
{
    json_scan_space(&reader->scan);
    cJSON *node = new_node(reader, type_that_begins(json_scan_peek(&reader->scan)));
    if (read_into(reader, node))
        return node;
    cJSON_Delete(node);
    return NULL;
}

/* One value and nothing behind it. */
static cJSON *read_document(struct reader *reader)
{
    struct json_scan *scan = &reader->scan;
    cJSON *tree = read_value(reader);
    if (tree == NULL)
        return NULL;
    json_scan_space(scan);
    bool good = scan->at == scan->length || json_scan_fail(scan, scan->at, "nothing may follow the value");
    if (good && refuse_twice(reader))
        return tree;
    cJSON_Delete(tree);
    return NULL;
}

cJSON *json_read(const char *text, size_t length, enum json_rule rule, struct json_places *places,
                 struct json_problem *problem)
{
    struct reader reader = {
        .scan = {.text = text, .length = length, .scratch = TEXT_INIT(TEXT_UNBOUNDED), .problem = problem},
        .rule = rule,
        .keeps_places = places != NULL || rule == JSON_UNIQUE};
    cJSON *tree = read_document(&reader);
    text_release(&reader.scan.scratch);
    if (tree != NULL && places != NULL)
        *places = reader.places;
    else
        json_places_release(&reader.places);
    return tree;
}

cJSON *json_read_bytes(const char *bytes, size_t length)
{
    struct json_problem problem;
    return json_read(bytes, length, JSON_PLAIN, NULL, &problem);
}

cJSON *json_read_text(const char *text)
{
    return json_read_bytes(text, strlen(text));
}
