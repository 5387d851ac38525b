/*
 * A recursive descent reader over an arena. Recursion is bounded by JSON_DEPTH_MAX; memory is bounded by the length of
 * the text, which the callers cap (1 MiB).
 */
#include "base/json.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"

#define BLOCK_BYTES 16384

struct json_block {
    struct json_block *older;
    size_t used;
    size_t size;
    char bytes[];
};

struct reader {
    const char *start;
    const char *at;
    const char *end;
    int depth;
    struct json_block *blocks;
};

static int read_value(struct reader *reader, struct json_value *value);

static void *reader_allocate(struct reader *reader, size_t size)
{
    struct json_block *block = reader->blocks;
    void *memory;

    size = (size + 15) & ~(size_t)15;
    if (block == NULL || block->size - block->used < size) {
        size_t room = size > BLOCK_BYTES ? size : BLOCK_BYTES;
        block = mem_alloc(sizeof *block + room);
        *block = (struct json_block){.older = reader->blocks, .used = 0, .size = room};
        reader->blocks = block;
    }
    memory = block->bytes + block->used;
    block->used += size;
    return memory;
}

static const char *reader_keep(struct reader *reader, const char *bytes, size_t length)
{
    char *copy = reader_allocate(reader, length + 1);
    if (length > 0)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

static void skip_space(struct reader *reader)
{
    while (reader->at < reader->end &&
           (*reader->at == ' ' || *reader->at == '\t' || *reader->at == '\n' || *reader->at == '\r'))
        reader->at++;
}

static bool take(struct reader *reader, char expected)
{
    if (reader->at == reader->end || *reader->at != expected)
        return false;
    reader->at++;
    return true;
}

static bool take_word(struct reader *reader, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, word, length) != 0)
        return false;
    reader->at += length;
    return true;
}

static bool take_digits(struct reader *reader)
{
    const char *start = reader->at;
    while (reader->at < reader->end && ascii_is_digit(*reader->at))
        reader->at++;
    return reader->at > start;
}

static int read_number(struct reader *reader, struct json_value *value)
{
    const char *start = reader->at;
    take(reader, '-');
    if (!take(reader, '0') && !take_digits(reader))
        return -1;
    if (take(reader, '.') && !take_digits(reader))
        return -1;
    if (take(reader, 'e') || take(reader, 'E')) {
        if (!take(reader, '+'))
            take(reader, '-');
        if (!take_digits(reader))
            return -1;
    }
    value->kind = JSON_NUMBER;
    value->text = reader_keep(reader, start, (size_t)(reader->at - start));
    return 0;
}

static void add_code_point(struct text *out, uint32_t code)
{
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        code = 0xFFFD;
    if (code < 0x80) {
        text_add_char(out, (char)code);
    } else if (code < 0x800) {
        text_add_char(out, (char)(0xC0 | (code >> 6)));
        text_add_char(out, (char)(0x80 | (code & 0x3F)));
    } else if (code < 0x10000) {
        text_add_char(out, (char)(0xE0 | (code >> 12)));
        text_add_char(out, (char)(0x80 | ((code >> 6) & 0x3F)));
        text_add_char(out, (char)(0x80 | (code & 0x3F)));
    } else {
        text_add_char(out, (char)(0xF0 | (code >> 18)));
        text_add_char(out, (char)(0x80 | ((code >> 12) & 0x3F)));
        text_add_char(out, (char)(0x80 | ((code >> 6) & 0x3F)));
        text_add_char(out, (char)(0x80 | (code & 0x3F)));
    }
}

static int read_four_hex(struct reader *reader, uint32_t *out)
{
    uint32_t code = 0;
    if (reader->end - reader->at < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        int digit = ascii_hex(reader->at[i]);
        if (digit < 0)
            return -1;
        code = code * 16 + (uint32_t)digit;
    }
    reader->at += 4;
    *out = code;
    return 0;
}

static int read_unicode_escape(struct reader *reader, struct text *out)
{
    uint32_t code;
    if (read_four_hex(reader, &code) != 0)
        return -1;
    uint32_t low;
    if (code >= 0xD800 && code <= 0xDBFF && reader->end - reader->at >= 6 && reader->at[0] == '\\' &&
        reader->at[1] == 'u') {
        const char *before = reader->at;
        reader->at += 2;
        if (read_four_hex(reader, &low) != 0)
            return -1;
        if (low >= 0xDC00 && low <= 0xDFFF)
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        else
            reader->at = before;
    }
    add_code_point(out, code);
    return 0;
}

static int read_escape(struct reader *reader, struct text *out)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char meanings[] = "\"\\/\b\f\n\r\t";
    if (reader->at == reader->end)
        return -1;
    char letter = *reader->at++;
    if (letter == 'u')
        return read_unicode_escape(reader, out);
    const char *found = letter == '\0' ? NULL : strchr(letters, letter);
    if (found == NULL)
        return -1;
    text_add_char(out, meanings[found - letters]);
    return 0;
}

/* Length of the well-formed UTF-8 sequence at `at`, or 0 (RFC 3629: no overlong forms, no surrogates). */
static size_t utf8_length(const char *at, const char *end)
{
    const unsigned char *b = (const unsigned char *)at;
    size_t left = (size_t)(end - at);
    size_t length = b[0] < 0x80 ? 1 : b[0] < 0xC2 ? 0 : b[0] < 0xE0 ? 2 : b[0] < 0xF0 ? 3 : 4;
    if (length == 0 || length > left || b[0] > 0xF4)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((b[i] & 0xC0) != 0x80)
            return 0;
    if ((b[0] == 0xE0 && b[1] < 0xA0) || (b[0] == 0xED && b[1] > 0x9F) || (b[0] == 0xF0 && b[1] < 0x90) ||
        (b[0] == 0xF4 && b[1] > 0x8F))
        return 0;
    return length;
}

static int read_string_into(struct reader *reader, struct text *out)
{
    while (reader->at < reader->end) {
        unsigned char c = (unsigned char)*reader->at;
        if (c == '"') {
            reader->at++;
            return 0;
        }
        if (c < 0x20)
            return -1;
        if (c == '\\') {
            reader->at++;
            if (read_escape(reader, out) != 0)
                return -1;
            continue;
        }
        size_t length = utf8_length(reader->at, reader->end);
        if (length == 0)
            add_code_point(out, 0xFFFD);
        else
            text_add_bytes(out, reader->at, length);
        reader->at += length ? length : 1;
    }
    return -1;
}

static int read_string(struct reader *reader, const char **out)
{
    struct text text = TEXT_INIT(TEXT_UNBOUNDED);
    if (!take(reader, '"'))
        return -1;
    int status = read_string_into(reader, &text);
    if (status == 0)
        *out = reader_keep(reader, text_cstr(&text), text.length);
    text_release(&text);
    return status;
}

/* How many bytes have been read. */
static size_t offset_of(const struct reader *reader)
{
    return (size_t)(reader->at - reader->start);
}

static int read_member(struct reader *reader, struct json_value *member)
{
    skip_space(reader);
    size_t offset = offset_of(reader);
    const char *name;
    if (read_string(reader, &name) != 0)
        return -1;
    skip_space(reader);
    if (!take(reader, ':') || read_value(reader, member) != 0)
        return -1;
    member->name = name;
    member->offset = offset;
    return 0;
}

static int read_children(struct reader *reader, struct json_value *value, char close)
{
    const struct json_value **link = &value->first;
    skip_space(reader);
    if (take(reader, close))
        return 0;
    for (;;) {
        struct json_value *child = reader_allocate(reader, sizeof *child);
        int status = value->kind == JSON_OBJECT ? read_member(reader, child) : read_value(reader, child);
        if (status != 0)
            return -1;
        *link = child;
        link = &child->next;
        skip_space(reader);
        if (take(reader, close))
            return 0;
        if (!take(reader, ','))
            return -1;
    }
}

static int read_container(struct reader *reader, struct json_value *value)
{
    char close = *reader->at == '{' ? '}' : ']';
    if (reader->depth == JSON_DEPTH_MAX)
        return -1;
    value->kind = *reader->at == '{' ? JSON_OBJECT : JSON_ARRAY;
    reader->at++;
    reader->depth++;
    int status = read_children(reader, value, close);
    reader->depth--;
    return status;
}

static int read_literal(struct reader *reader, struct json_value *value)
{
    if (take_word(reader, "true"))
        value->kind = JSON_TRUE;
    else if (take_word(reader, "false"))
        value->kind = JSON_FALSE;
    else if (take_word(reader, "null"))
        value->kind = JSON_NULL;
    else
        return -1;
    return 0;
}

static int read_value(struct reader *reader, struct json_value *value)
{
    *value = (struct json_value){.kind = JSON_NULL};
    skip_space(reader);
    value->offset = offset_of(reader);
    if (reader->at == reader->end)
        return -1;
    switch (*reader->at) {
    case '{':
    case '[':
        return read_container(reader, value);
    case '"':
        value->kind = JSON_STRING;
        return read_string(reader, &value->text);
    case 't':
    case 'f':
    case 'n':
        return read_literal(reader, value);
    default:
        return read_number(reader, value);
    }
}

static void blocks_free(struct json_block *block)
{
    while (block != NULL) {
        struct json_block *older = block->older;
        free(block);
        block = older;
    }
}

int json_read_where(const char *bytes, size_t length, struct json_document *out, size_t *stopped)
{
    struct reader reader = {.start = bytes, .at = bytes, .end = bytes + length};
    struct json_value *root = reader_allocate(&reader, sizeof *root);
    take_word(&reader, "\xEF\xBB\xBF");
    if (read_value(&reader, root) == 0) {
        skip_space(&reader);
        if (reader.at == reader.end) {
            *out = (struct json_document){.root = root, .blocks = reader.blocks};
            return 0;
        }
    }
    *stopped = offset_of(&reader);
    blocks_free(reader.blocks);
    return -1;
}

int json_read(const char *bytes, size_t length, struct json_document *out)
{
    size_t stopped;
    return json_read_where(bytes, length, out, &stopped);
}

void json_line_column(const char *bytes, size_t offset, size_t *line, size_t *column)
{
    *line = 1;
    *column = 1;
    for (size_t i = 0; i < offset; i++) {
        *line += bytes[i] == '\n';
        *column = bytes[i] == '\n' ? 1 : *column + 1;
    }
}

void json_document_release(struct json_document *document)
{
    blocks_free(document->blocks);
    *document = (struct json_document){.root = NULL, .blocks = NULL};
}

const struct json_value *json_member(const struct json_value *object, const char *name)
{
    const struct json_value *found = NULL;
    if (!json_is(object, JSON_OBJECT))
        return NULL;
    for (const struct json_value *child = object->first; child != NULL; child = child->next) {
        if (strcmp(child->name, name) != 0)
            continue;
        if (found != NULL)
            return NULL;
        found = child;
    }
    return found;
}

bool json_is(const struct json_value *value, enum json_kind kind)
{
    return value != NULL && value->kind == kind;
}

const char *json_text(const struct json_value *value)
{
    return json_is(value, JSON_STRING) ? value->text : NULL;
}

const char *json_integer(const struct json_value *value)
{
    if (!json_is(value, JSON_NUMBER) || strpbrk(value->text, ".eE") != NULL)
        return NULL;
    return value->text;
}

const char *json_scalar(const struct json_value *value)
{
    return json_is(value, JSON_STRING) || json_is(value, JSON_NUMBER) ? value->text : NULL;
}

int json_integer_in(const struct json_value *value, int64_t low, int64_t high, int64_t *out)
{
    const char *token = json_integer(value);
    return token != NULL && number_read(token, low, high, out) ? 0 : -1;
}

char *json_write_away(cJSON *tree)
{
    char *printed = cJSON_PrintUnformatted(tree);
    if (printed == NULL)
        mem_exhausted();
    cJSON_Delete(tree);
    return printed;
}
