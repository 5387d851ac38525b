#include "model/fixture_file.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* The whole file, or NULL with errno set. */
static char *read_whole(const char *path, size_t *length)
{
    FILE *stream = fopen(path, "rb");
    if (stream == NULL)
        return NULL;
    struct text bytes = TEXT_INIT(FIXTURE_BYTES_MAX);
    char chunk[16384];
    size_t got;
    while ((got = fread(chunk, 1, sizeof chunk, stream)) > 0)
        text_add_bytes(&bytes, chunk, got);
    int error = ferror(stream) ? EIO : bytes.overflowed ? EFBIG : 0;
    fclose(stream);
    if (error != 0) {
        text_release(&bytes);
        errno = error;
        return NULL;
    }
    *length = bytes.length;
    return text_take(&bytes);
}

void fixture_file_read(struct fixture_file *file, const char *folder, const char *provider, const char *name,
                       struct text *problems)
{
    size_t length = 0;
    *file = (struct fixture_file){.problems = problems};
    file->path = mem_print("%s/%s/%s", folder == NULL ? "fixtures" : folder, provider, name);
    if (folder == NULL) {
        const struct embedded_file *embedded = embedded_named(provider, name);
        if (embedded != NULL) {
            length = embedded->length;
            file->text = mem_dup_bytes((const char *)embedded->bytes, length);
        }
        errno = ENOENT;
    } else {
        file->text = read_whole(file->path, &length);
    }
    if (file->text == NULL) {
        text_print(problems, "%s: %s\n", file->path, strerror(errno));
        return;
    }
    struct json_problem problem;
    file->tree = json_read(file->text, length, JSON_UNIQUE, &file->places, &problem);
    if (file->tree == NULL)
        text_print(problems, "%s:%u:%u: %s\n", file->path, problem.line, problem.column, problem.text);
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
    unsigned line, column;
    json_line_column(file->text, json_offset_of(&file->places, node), &line, &column);
    text_print(file->problems, "%s:%u:%u: %s\n", file->path, line, column, text);
}

static void complain_about(void *context, const cJSON *node, const char *text)
{
    fixture_file_complain(context, node, "%s", text);
}

void fixture_file_check(struct fixture_file *file, const cJSON *node, const struct shape *rows, enum shape_mode mode)
{
    (void)shape_check(node, rows, mode, &(struct shape_report){complain_about, file});
}
