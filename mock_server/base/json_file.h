/*
 * A file of JSON that a person wrote: its text, its tree, where each value stands, and where its mistakes go, as
 * "file:line:column: message".
 *
 * It is read strictly: a member that stands twice is a mistake, a byte order mark and an empty file too. `problems`
 * outlives the file.
 *
 *     struct json_file file;
 *     json_file_open(&file, "mock.json", &problems);
 *     if (file.tree != NULL) {
 *         const struct shape_report report = json_file_report(&file);
 *         (void)shape_check(file.tree, rows, SHAPE_CLOSED, &report);
 *     }
 *     json_file_release(&file);
 */
#ifndef BASE_JSON_FILE_H
#define BASE_JSON_FILE_H

#include "base/json.h"
#include "base/shape.h"
#include "base/text.h"

#define JSON_FILE_BYTES_MAX ((size_t)64 * 1024 * 1024)

struct json_file {
    char *path; /* as people know it */
    char *text;
    cJSON *tree; /* NULL when it could not be read; the mistake is told */
    struct json_places places;
    struct text *problems;
};

void json_file_open(struct json_file *file, const char *path, struct text *problems);
/* The same for bytes that stand in no file (from malloc() and ended by NUL; they become the file's). */
void json_file_take(struct json_file *file, const char *path, char *bytes, size_t length, struct text *problems);
void json_file_release(struct json_file *file);

/* "mock.json:2:14", the place of `node`, for the caller to free(). */
char *json_file_place(const struct json_file *file, const cJSON *node) WARN_UNUSED;
/* Adds a line with the place of `node`; control characters in it become question marks. */
void json_file_complain(struct json_file *file, const cJSON *node, const char *format, ...) PRINTF(3, 4);
/* A report that complains about this file. */
struct shape_report json_file_report(struct json_file *file);

#endif
