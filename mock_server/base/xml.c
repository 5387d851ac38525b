/*
 * Expat calls back for each start, text and end; a stack of open elements turns that into a tree. An element is an
 * object from the moment in which it gets its first child, and hung into its parent when it ends, because only then is
 * it known whether it is an object or a text.
 *
 * Expat itself has no limits on depth and count, so they are kept here, and it is stopped at a document type before it
 * reads what stands in one: entities that grow or read files need one.
 */
#include "base/xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <expat.h>

#include "base/text.h"

struct element {
    char *name;
    cJSON *members; /* NULL until it has a child */
};

struct reader {
    XML_Parser parser;
    struct element open[XML_DEPTH_MAX + 1]; /* [0] stands for the document */
    int depth;
    int nodes;
    struct text words; /* of the innermost element, since its last tag */
    struct json_problem *problem;
    bool stopped; /* by a mistake that is not one to Expat, and that `problem` tells */
};

/* ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void tell(const struct reader *reader, const char *mistake)
{
    struct json_problem *problem = reader->problem;
    problem->offset = (size_t)XML_GetCurrentByteIndex(reader->parser);
    problem->line = (unsigned)XML_GetCurrentLineNumber(reader->parser);
    problem->column = (unsigned)XML_GetCurrentColumnNumber(reader->parser) + 1;
    snprintf(problem->text, sizeof problem->text, "%s", mistake);
}

/* Expat moves on before it stops, so the place is told at once. */
static void stop(struct reader *reader, const char *mistake)
{
    if (!reader->stopped)
        tell(reader, mistake);
    reader->stopped = true;
    XML_StopParser(reader->parser, XML_FALSE);
}

static bool is_blank(const struct text *words)
{
    const char *bytes = text_cstr(words);
    return strspn(bytes, " \t\r\n") == words->length;
}

static void XMLCALL on_start(void *cls, const XML_Char *name, const XML_Char **attributes)
{
    struct reader *reader = cls;
    (void)attributes;
    if (reader->depth == XML_DEPTH_MAX)
        stop(reader, "too many levels");
    else if (++reader->nodes > XML_NODES_MAX)
        stop(reader, "too many elements");
    else if (!is_blank(&reader->words))
        stop(reader, "text beside an element");
    else
        reader->open[++reader->depth] = (struct element){.name = mem_dup(name)};
    text_release(&reader->words);
}

static void XMLCALL on_text(void *cls, const XML_Char *bytes, int length)
{
    struct reader *reader = cls;
    text_add_bytes(&reader->words, bytes, (size_t)length);
}

/* The second of a name makes an array of both. */
static void add_again(cJSON *members, cJSON *earlier, const char *name, cJSON *value)
{
    if (!cJSON_IsArray(earlier)) {
        cJSON *list = cJSON_CreateArray();
        cJSON_AddItemToArray(list, cJSON_Duplicate(earlier, true));
        json_set(members, name, list);
        earlier = list;
    }
    cJSON_AddItemToArray(earlier, value);
}

static void add(struct reader *reader, struct element *parent, const char *name, cJSON *value)
{
    if (parent->members == NULL)
        parent->members = cJSON_CreateObject();
    int different = 0;
    for (cJSON *member = parent->members->child; member != NULL; member = member->next, different++)
        if (strcmp(member->string, name) == 0) {
            add_again(parent->members, member, name, value);
            return;
        }
    cJSON_AddItemToObject(parent->members, name, value);
    if (different == XML_MEMBERS_MAX)
        stop(reader, "too many different names in one element");
}

static void XMLCALL on_end(void *cls, const XML_Char *name)
{
    struct reader *reader = cls;
    (void)name;
    if (reader->stopped)
        return; /* the end that belongs to a start which was not taken */
    struct element *element = &reader->open[reader->depth--];
    if (element->members != NULL && !is_blank(&reader->words))
        stop(reader, "text beside an element");
    cJSON *value = element->members != NULL ? element->members : cJSON_CreateString(text_cstr(&reader->words));
    add(reader, &reader->open[reader->depth], element->name, value);
    free(element->name);
    text_release(&reader->words);
}

static void XMLCALL on_document_type(void *cls, const XML_Char *name, const XML_Char *system, const XML_Char *public,
                                     int has_subset)
{
    (void)name;
    (void)system;
    (void)public;
    (void)has_subset;
    stop(cls, "a document type is not read");
}

static void release_open(struct reader *reader)
{
    for (; reader->depth > 0; reader->depth--) {
        free(reader->open[reader->depth].name);
        cJSON_Delete(reader->open[reader->depth].members);
    }
    cJSON_Delete(reader->open[0].members);
    text_release(&reader->words);
}

/* UTF-16, with a mark or without one, which Expat would find out and read, whatever it was told. */
static bool is_utf16(const char *text, size_t length)
{
    return length >= 2 &&
           (memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0 || text[0] == '\0' || text[1] == '\0');
}

cJSON *xml_read(const char *text, size_t length, struct json_problem *problem)
{
    static const XML_Memory_Handling_Suite memory = {mem_alloc, mem_resize, free};
    struct reader reader = {.words = TEXT_INIT(length + 1), .problem = problem};
    *problem = (struct json_problem){.line = 1, .column = 1};
    reader.parser = XML_ParserCreate_MM("UTF-8", &memory, NULL);
    XML_SetUserData(reader.parser, &reader);
    XML_SetElementHandler(reader.parser, on_start, on_end);
    XML_SetCharacterDataHandler(reader.parser, on_text);
    XML_SetStartDoctypeDeclHandler(reader.parser, on_document_type);

    cJSON *tree = NULL;
    if (is_utf16(text, length)) {
        stop(&reader, "bytes that are not UTF-8");
    } else if (length <= INT32_MAX && XML_Parse(reader.parser, text, (int)length, XML_TRUE) == XML_STATUS_OK) {
        tree = reader.open[0].members;
        reader.open[0].members = NULL;
    } else if (!reader.stopped) {
        tell(&reader, XML_ErrorString(XML_GetErrorCode(reader.parser)));
    }
    release_open(&reader);
    XML_ParserFree(reader.parser);
    return tree;
}

/* ── Writing ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void write_text(struct text *out, const char *words)
{
    static const char *const escapes[256] = {['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['\r'] = "&#13;"};
    for (; *words != '\0'; words++) {
        unsigned char byte = (unsigned char)*words;
        if (escapes[byte] != NULL)
            text_add(out, escapes[byte]);
        else if (byte < ' ' && byte != '\t' && byte != '\n')
            text_add(out, "\xef\xbf\xbd"); /* XML 1.0 has no way to write it */
        else
            text_add_char(out, *words);
    }
}

static void write_element(struct text *out, const char *name, const cJSON *value, int depth);

static void write_members(struct text *out, const cJSON *value, int depth)
{
    for (const cJSON *member = value->child; member != NULL; member = member->next)
        write_element(out, member->string, member, depth);
}

static const char *words_of(const cJSON *value)
{
    if (cJSON_IsBool(value))
        return cJSON_IsTrue(value) ? "true" : "false";
    return cJSON_IsString(value) ? value->valuestring : json_number_text(value); /* NULL for null */
}

/* Whether it is an object in which something is to be written: lists that are empty are nothing. */
static bool has_elements(const cJSON *value)
{
    for (const cJSON *member = cJSON_IsObject(value) ? value->child : NULL; member != NULL; member = member->next)
        if (!cJSON_IsArray(member) || member->child != NULL)
            return true;
    return false;
}

/* Our own trees are not deep; one that is too deep ends in an empty element. */
static void write_element(struct text *out, const char *name, const cJSON *value, int depth)
{
    if (cJSON_IsArray(value)) {
        for (const cJSON *item = value->child; item != NULL && depth < XML_DEPTH_MAX; item = item->next)
            write_element(out, name, item, cJSON_IsArray(item) ? depth + 1 : depth);
        return;
    }
    const char *words = words_of(value);
    text_print(out, "%*s<%s>", 2 * depth, "", name);
    if (has_elements(value) && depth < XML_DEPTH_MAX) {
        text_add(out, "\n");
        write_members(out, value, depth + 1);
        text_print(out, "%*s", 2 * depth, "");
    } else if (words != NULL) {
        write_text(out, words);
    }
    text_print(out, "</%s>\n", name);
}

char *xml_write(const cJSON *tree)
{
    struct text out = TEXT_INIT(SIZE_MAX / 4);
    text_add(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    write_members(&out, tree, 0);
    return text_take(&out);
}
