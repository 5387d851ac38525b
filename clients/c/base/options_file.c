#include "base/options_file.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/nearest.h"
#include "base/text.h"

#define FILE_MAX  (1 << 20)
#define READ_MOST 4096

struct file {
    struct option_reading *reading;
    const char *path;
    struct text bytes;
};

/* "shop.json:3:5:", the place of a complaint, for the caller to free(). */
static char *place(const struct file *file, size_t offset)
{
    size_t line;
    size_t column;
    json_line_column(text_cstr(&file->bytes), offset, &line, &column);
    return mem_print("%s:%zu:%zu:", file->path, line, column);
}

static void complain_at(const struct file *file, size_t offset, const char *format, ...) PRINTF(3, 4);

static void complain_at(const struct file *file, size_t offset, const char *format, ...)
{
    struct text problem = TEXT_INIT(TEXT_UNBOUNDED);
    va_list list;
    va_start(list, format);
    text_print_list(&problem, format, list);
    va_end(list);
    char *where = place(file, offset);
    option_complain(file->reading, "%s %s", where, text_cstr(&problem));
    free(where);
    text_release(&problem);
}

/* ── Values ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The value as the command line would have it, or NULL for what no option takes. */
static const char *scalar_text(const struct json_value *value)
{
    if (json_is(value, JSON_TRUE) || json_is(value, JSON_FALSE))
        return json_is(value, JSON_TRUE) ? "true" : "false";
    return json_scalar(value);
}

/* "certs/ca.pem" in "ci/shop.json" is "ci/certs/ca.pem". */
static char *beside(const char *file, const char *path)
{
    const char *slash = strrchr(file, '/');
    if (path[0] == '/' || slash == NULL)
        return mem_dup(path);
    return mem_print("%.*s/%s", (int)(slash - file), file, path);
}

static bool put_scalar(const struct file *file, const struct option *row, const struct json_value *value,
                       const char *called)
{
    const char *text = scalar_text(value);
    bool is_number = row->kind == OPTION_INTEGER || row->kind == OPTION_DECIMAL;
    if (text == NULL || (is_number && !json_is(value, JSON_NUMBER))) {
        option_complain(file->reading, "%s takes %s", called,
                        is_number ? "a number" : "one text, number or truth value");
        return false;
    }
    const char *kept = option_keep(file->reading, row->is_path ? beside(file->path, text) : mem_dup(text));
    return option_put(file->reading, row, kept, called);
}

static bool put_list(const struct file *file, const struct option *row, const struct json_value *list,
                     const char *called)
{
    if (!json_is(list, JSON_ARRAY)) {
        option_complain(file->reading, "%s takes a list", called);
        return false;
    }
    option_begin_list(file->reading, row);
    for (const struct json_value *value = list->first; value != NULL; value = value->next)
        if (!put_scalar(file, row, value, called))
            return false;
    return true;
}

/* ── Members ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* NULL if the table has none of that name. */
static const struct option *row_named(const struct option_table *table, const char *name)
{
    char member[OPTION_NAME_MAX];
    for (size_t i = 0; i < table->count; i++)
        if (strcmp(option_member(&table->rows[i], member), name) == 0)
            return &table->rows[i];
    return NULL;
}

static void complain_unknown(const struct file *file, const struct json_value *member)
{
    const struct option_table *table = file->reading->table;
    char(*names)[OPTION_NAME_MAX] = mem_zero(table->count, sizeof *names);
    struct nearest nearest;
    nearest_begin(&nearest, member->name);
    for (size_t i = 0; i < table->count; i++)
        if (!table->rows[i].is_word_only)
            nearest_try(&nearest, option_member(&table->rows[i], names[i]));
    char hint[HINT_MAX];
    complain_at(file, member->offset, "no option is called \"%s\"%s", member->name, nearest_tell(&nearest, hint));
    free(names);
}

static bool put_member(const struct file *file, const struct json_value *object, const struct json_value *member)
{
    const struct option *row = row_named(file->reading->table, member->name);
    if (row == NULL) {
        complain_unknown(file, member);
        return false;
    }
    if (row->is_word_only || json_member(object, member->name) == NULL) {
        complain_at(file, member->offset, "\"%s\" %s", member->name,
                    row->is_word_only ? "is taken from the command line alone" : "stands twice");
        return false;
    }
    char *where = place(file, member->offset);
    char *called = mem_print("%s \"%s\"", where, member->name);
    bool fits = option_takes_several(row) ? put_list(file, row, member, called) : put_scalar(file, row, member, called);
    free(called);
    free(where);
    return fits;
}

static bool put_members(const struct file *file)
{
    struct json_document document;
    size_t stopped;
    if (json_read_where(text_cstr(&file->bytes), file->bytes.length, &document, &stopped) != 0) {
        complain_at(file, stopped, "this is not JSON");
        return false;
    }
    bool fits = json_is(document.root, JSON_OBJECT);
    if (!fits)
        complain_at(file, document.root->offset, "this is not one JSON object");
    for (const struct json_value *member = document.root->first; fits && member != NULL; member = member->next)
        fits = put_member(file, document.root, member);
    json_document_release(&document);
    return fits;
}

static bool take_bytes(struct file *file)
{
    FILE *stream = fopen(file->path, "rb");
    if (stream == NULL) {
        option_complain(file->reading, "--config %s: %s", file->path, strerror(errno));
        return false;
    }
    char part[READ_MOST];
    size_t length;
    while (!file->bytes.overflowed && (length = fread(part, 1, sizeof part, stream)) > 0)
        text_add_bytes(&file->bytes, part, length);
    bool whole = !ferror(stream) && !file->bytes.overflowed;
    if (!whole)
        option_complain(file->reading, "--config %s: cannot be read, or is larger than %d bytes", file->path, FILE_MAX);
    fclose(stream);
    return whole;
}

bool options_file_read(struct option_reading *reading, const char *path)
{
    struct file file = {.reading = reading, .path = path, .bytes = TEXT_INIT(FILE_MAX)};
    bool fits = take_bytes(&file) && put_members(&file);
    text_release(&file.bytes);
    return fits;
}
