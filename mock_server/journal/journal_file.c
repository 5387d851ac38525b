#include "journal/journal_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "journal/entry.h"

struct journal_file {
    int handle; /* opened with O_APPEND: one write is one line, whoever else writes */
    bool failed;
};

struct journal_file *journal_file_open(const char *path)
{
    int handle = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (handle < 0)
        return NULL;
    struct journal_file *file = mem_zero(1, sizeof *file);
    file->handle = handle;
    return file;
}

static bool write_whole(int handle, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t wrote = write(handle, bytes, length);
        if (wrote < 0 && errno != EINTR)
            return false;
        bytes += wrote < 0 ? 0 : wrote;
        length -= wrote < 0 ? 0 : (size_t)wrote;
    }
    return true;
}

void journal_file_add(struct journal_file *file, const struct exchange *x)
{
    cJSON *entry = entry_to_json(x);
    char *text = json_write(entry);
    char *line = mem_print("%s\n", text);
    if (!write_whole(file->handle, line, strlen(line)))
        __atomic_store_n(&file->failed, true, __ATOMIC_RELAXED);
    free(line);
    free(text);
    cJSON_Delete(entry);
}

int journal_file_close(struct journal_file *file)
{
    if (file == NULL)
        return 0;
    bool failed = close(file->handle) < 0 || file->failed;
    free(file);
    return failed ? -1 : 0;
}
