#include "base/json_file.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* All bytes of the stream; false with errno when it cannot be read, a folder for instance. */
static bool read_whole(FILE *stream, struct text *bytes)
{
    char chunk[16384];
    size_t got;
    while (!bytes->overflowed && (got = fread(chunk, 1, sizeof chunk, stream)) > 0)
        text_add_bytes(bytes, chunk, got);
    return ferror(stream) == 0;
}

/* False after telling why not. */
static bool read_bytes(const char *path, struct text *bytes, struct text *problems)
{
    FILE *stream = fopen(path, "rb");
    bool good = stream != NULL && read_whole(stream, bytes);
    if (!good)
        text_print(problems, "%s: %s\n", path, strerror(errno));
    else if (bytes->overflowed)
        text_print(problems, "%s: larger than %zu MiB\n", path, JSON_FILE_BYTES_MAX >> 20);
    if (stream != NULL)
        fclose(stream);
    return good && !bytes->overflowed;
}

static void parse(struct json_file *file, size_t length)
{
    struct json_problem problem = {.line = 1, .column = 1};
    const char *wrong = problem.text;
    if (length == 0)
        wrong = "the file is empty";
    else if (strncmp(file->text, BYTE_ORDER_MARK, strlen(BYTE_ORDER_MARK)) == 0)
        wrong = "the file begins with a byte order mark; save it as UTF-8 without one";
    else
        file->tree = json_read(file->text, length, JSON_UNIQUE, &file->places, &problem);
    if (file->tree == NULL)
        text_print(file->problems, "%s:%u:%u: %s\n", file->path, problem.line, problem.column, wrong);
}

void json_file_take(struct json_file *file, const char *path, char *bytes, size_t length, struct text *problems)
{
    *file = (struct json_file){.problems = problems, .path = mem_dup(path), .text = bytes};
    parse(file, length);
}

void json_file_open(struct json_file *file, const char *path, struct text *problems)
{
    struct text bytes = TEXT_INIT(JSON_FILE_BYTES_MAX);
    if (read_bytes(path, &bytes, problems)) {
        size_t length = bytes.length;
        json_file_take(file, path, text_take(&bytes), length, problems);
    } else {
        *file = (struct json_file){.problems = problems, .path = mem_dup(path)};
        text_release(&bytes);
    }
}

void json_file_release(struct json_file *file)
{
    cJSON_Delete(file->tree);
    json_places_release(&file->places);
    free(file->path);
    free(file->text);
    *file = (struct json_file){0};
}

char *json_file_place(const struct json_file *file, const cJSON *node)
{
    unsigned line, column;
    json_line_column(file->text, json_offset_of(&file->places, node), &line, &column);
    return mem_print("%s:%u:%u", file->path, line, column);
}

void json_file_complain(struct json_file *file, const cJSON *node, const char *format, ...)
{
    char text[400];
    va_list arguments;
    if (file->problems->overflowed)
        return; /* nobody reads it, and to find its place is dear */
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    for (char *at = text; *at != '\0'; at++)
        if ((unsigned char)*at < ' ' || *at == '\x7f')
            *at = '?'; /* a mistake is one line, whatever is quoted in it */
    char *place = json_file_place(file, node);
    text_print(file->problems, "%s: %s\n", place, text);
    free(place);
}

static void complain_about(void *context, const cJSON *node, const char *text)
{
    json_file_complain(context, node, "%s", text);
}

struct shape_report json_file_report(struct json_file *file)
{
    return (struct shape_report){complain_about, file};
}
