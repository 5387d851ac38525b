/*
 * One file of JSON that a person wrote: its text, its tree, where each value stands, and where its mistakes go.
 *
 *     struct fixture_file file;
 *     fixture_file_open(&file, "mine/dukkango/orders.json", &problems);
 *     if (file.tree != NULL)
 *         fixture_file_check(&file, file.tree, orders_shape, SHAPE_CLOSED);
 *     fixture_file_release(&file);
 */
#ifndef MODEL_FIXTURE_FILE_H
#define MODEL_FIXTURE_FILE_H

#include "base/json.h"
#include "base/shape.h"
#include "base/text.h"

#define FIXTURE_BYTES_MAX ((size_t)64 * 1024 * 1024)

struct fixture_file {
    char *path; /* as people know it: "fixtures/dukkango/orders.json" */
    char *text;
    cJSON *tree; /* NULL when it could not be read; the mistake is told */
    struct json_places places;
    struct text *problems;
};

/* Reads a file. Mistakes go to `problems`. */
void fixture_file_open(struct fixture_file *file, const char *path, struct text *problems);
/* Reads `folder`/`provider`/`name`, or the embedded file when folder is NULL. */
void fixture_file_read(struct fixture_file *file, const char *folder, const char *provider, const char *name,
                       struct text *problems);
/* Whether there is something to read under that name. */
bool fixture_file_exists(const char *folder, const char *provider, const char *name);
void fixture_file_release(struct fixture_file *file);

/* Adds "path:line:column: text" for the place of `node`. */
void fixture_file_complain(struct fixture_file *file, const cJSON *node, const char *format, ...) PRINTF(3, 4);
void fixture_file_check(struct fixture_file *file, const cJSON *node, const struct shape *rows, enum shape_mode mode);
/* A report that complains about this file. */
struct shape_report fixture_file_report(struct fixture_file *file);

#endif
