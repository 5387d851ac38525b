#include "journal/journal_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "journal/entry.h"

#define ROOM     ((size_t)8 * 1024 * 1024)
#define LIMIT_MS 1000 /* how long a slow reader is waited for at the end */

struct journal_file {
    char *path;
    struct line_writer *writer;
    line_teller *tell;
    void *context;
};

struct journal_file *journal_file_open(const char *path, line_teller *tell, void *context, struct text *problem)
{
    struct line_writer_options options = {.room = ROOM, .tell = tell, .context = context};
    struct line_writer *writer = line_writer_open(path, &options, problem);
    if (writer == NULL)
        return NULL;
    struct journal_file *file = mem_zero(1, sizeof *file);
    *file = (struct journal_file){mem_dup(path), writer, tell, context};
    return file;
}

void journal_file_add(struct journal_file *file, const struct exchange *x)
{
    cJSON *entry = entry_to_json(x);
    char *text = json_write(entry);
    size_t length = strlen(text);
    text[length] = '\n'; /* in the place of the NUL: a line knows its length */
    line_writer_add(file->writer, text, length + 1);
    free(text);
    cJSON_Delete(entry);
}

struct line_counts journal_file_counts(struct journal_file *file)
{
    return line_writer_counts(file->writer);
}

static void tell_missing(const struct journal_file *file, const struct line_counts *counts)
{
    struct text sentence = TEXT_INIT(4096);
    text_print(&sentence, "%s: %llu of %llu lines of the journal are missing: %s", file->path,
               (unsigned long long)counts->dropped, (unsigned long long)(counts->dropped + counts->written),
               line_error_text(counts->last_error));
    if (file->tell != NULL)
        file->tell(file->context, text_cstr(&sentence));
    text_release(&sentence);
}

int journal_file_close(struct journal_file *file)
{
    if (file == NULL)
        return 0;
    struct line_counts counts = line_writer_close(file->writer, LIMIT_MS);
    if (counts.dropped > 0)
        tell_missing(file, &counts);
    free(file->path);
    free(file);
    return counts.dropped > 0 ? -1 : 0;
}
