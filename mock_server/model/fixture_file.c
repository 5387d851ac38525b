#include "model/fixture_file.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/fixtures.h"

static const struct embedded_file *embedded_named(const char *provider, const char *name)
{
    size_t length = strlen(provider);
    for (const struct embedded_file *file = embedded_fixtures; file->path != NULL; file++)
        if (strncmp(file->path, provider, length) == 0 && file->path[length] == '/' &&
            strcmp(file->path + length + 1, name) == 0)
            return file;
    return NULL;
}

/* The whole file, or NULL after telling why not. */
static char *read_whole(const char *path, size_t *length, struct text *problems)
{
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        text_print(problems, "%s: %s\n", path, strerror(errno));
        return NULL;
    }
    struct text bytes = TEXT_INIT(FIXTURE_BYTES_MAX);
    char chunk[16384];
    size_t got;
    while (!bytes.overflowed && (got = fread(chunk, 1, sizeof chunk, stream)) > 0)
        text_add_bytes(&bytes, chunk, got);
    bool failed = ferror(stream) != 0;
    if (failed)
        text_print(problems, "%s: %s\n", path, strerror(errno)); /* a folder, for instance */
    else if (bytes.overflowed)
        text_print(problems, "%s: larger than %zu MiB\n", path, FIXTURE_BYTES_MAX >> 20);
    failed = failed || bytes.overflowed;
    fclose(stream);
    if (failed) {
        text_release(&bytes);
        return NULL;
    }
    *length = bytes.length;
    return text_take(&bytes);
}

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static void parse(struct fixture_file *file, size_t length)
{
    struct json_problem problem;
    if (length == 0) {
        text_print(file->problems, "%s:1:1: the file is empty\n", file->path);
    } else if (strncmp(file->text, BYTE_ORDER_MARK, strlen(BYTE_ORDER_MARK)) == 0) {
        text_print(file->problems, "%s:1:1: the file begins with a byte order mark; save it as UTF-8 without one\n",
                   file->path);
    } else {
        file->tree = json_read(file->text, length, JSON_UNIQUE, &file->places, &problem);
        if (file->tree == NULL)
            text_print(file->problems, "%s:%u:%u: %s\n", file->path, problem.line, problem.column, problem.text);
    }
}

void fixture_file_open(struct fixture_file *file, const char *path, struct text *problems)
{
    size_t length = 0;
    *file = (struct fixture_file){.problems = problems, .path = mem_dup(path)};
    file->text = read_whole(path, &length, problems);
    if (file->text != NULL)
        parse(file, length);
}

static void open_embedded(struct fixture_file *file, const char *provider, const char *name, struct text *problems)
{
    const struct embedded_file *embedded = embedded_named(provider, name);
    *file = (struct fixture_file){.problems = problems, .path = mem_print("fixtures/%s/%s", provider, name)};
    if (embedded == NULL) {
        text_print(problems, "%s: %s\n", file->path, strerror(ENOENT));
        return;
    }
    file->text = mem_dup_bytes(embedded->bytes, embedded->length);
    parse(file, embedded->length);
}

void fixture_file_read(struct fixture_file *file, const char *folder, const char *provider, const char *name,
                       struct text *problems)
{
    if (folder == NULL) {
        open_embedded(file, provider, name, problems);
        return;
    }
    char *path = mem_print("%s/%s/%s", folder, provider, name);
    fixture_file_open(file, path, problems);
    free(path);
}

bool fixture_file_exists(const char *folder, const char *provider, const char *name)
{
    if (folder == NULL)
        return embedded_named(provider, name) != NULL;
    char *path = mem_print("%s/%s/%s", folder, provider, name);
    bool exists = access(path, F_OK) == 0;
    free(path);
    return exists;
}

void fixture_file_release(struct fixture_file *file)
{
    cJSON_Delete(file->tree);
    json_places_release(&file->places);
    free(file->path);
    free(file->text);
    *file = (struct fixture_file){0};
}

void fixture_file_complain(struct fixture_file *file, const cJSON *node, const char *format, ...)
{
    char text[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    for (char *at = text; *at != '\0'; at++)
        if ((unsigned char)*at < ' ' || *at == '\x7f')
            *at = '?'; /* a mistake is one line, whatever is quoted in it */
    unsigned line, column;
    json_line_column(file->text, json_offset_of(&file->places, node), &line, &column);
    text_print(file->problems, "%s:%u:%u: %s\n", file->path, line, column, text);
}

static void complain_about(void *context, const cJSON *node, const char *text)
{
    fixture_file_complain(context, node, "%s", text);
}

struct shape_report fixture_file_report(struct fixture_file *file)
{
    return (struct shape_report){complain_about, file};
}

void fixture_file_check(struct fixture_file *file, const cJSON *node, const struct shape *rows, enum shape_mode mode)
{
    const struct shape_report report = fixture_file_report(file);
    (void)shape_check(node, rows, mode, &report);
}
