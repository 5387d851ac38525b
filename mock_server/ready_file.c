#include "ready_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"

static int fail(const struct ready_file *file, const char *what, int error, struct text *problem)
{
    text_print(problem, "--ready-file %s: %s: %s", file->path, what, strerror(error));
    return -1;
}

int ready_file_begin(struct ready_file *file, const char *path, struct text *problem)
{
    struct stat about;
    *file = (struct ready_file){path, -1};
    if (path == NULL || lstat(path, &about) < 0)
        return 0; /* where no file can be made is told when it is written */
    if (!S_ISREG(about.st_mode)) {
        text_print(problem, "--ready-file %s: it is no plain file, and would be replaced by one; give another name",
                   path);
        return -1;
    }
    return unlink(path) == 0 ? 0 : fail(file, "the file of an earlier run cannot be removed", errno, problem);
}

static bool write_whole(int handle, const char *line)
{
    char *whole = mem_print("%s\n", line);
    size_t length = strlen(whole);
    ssize_t wrote = write(handle, whole, length);
    free(whole);
    if (wrote >= 0 && (size_t)wrote < length)
        errno = ENOSPC;
    return wrote == (ssize_t)length;
}

int ready_file_write(struct ready_file *file, const char *line, struct text *problem)
{
    if (file->path == NULL)
        return 0;
    char *beside = mem_print("%s.XXXXXX", file->path);
    int handle = mkostemp(beside, O_CLOEXEC), error = 0;
    if (handle < 0 || !write_whole(handle, line) || fchmod(handle, 0644) < 0 || rename(beside, file->path) < 0) {
        error = errno;
        if (handle >= 0) {
            unlink(beside);
            close(handle);
        }
    } else {
        file->handle = handle;
    }
    free(beside);
    return error == 0 ? 0 : fail(file, "it cannot be written", error, problem);
}

static bool is_ours(const struct ready_file *file)
{
    struct stat ours, there;
    return fstat(file->handle, &ours) == 0 && lstat(file->path, &there) == 0 && ours.st_dev == there.st_dev &&
           ours.st_ino == there.st_ino;
}

int ready_file_end(struct ready_file *file, struct text *problem)
{
    if (file->handle < 0)
        return 0;
    int error = is_ours(file) && unlink(file->path) < 0 ? errno : 0;
    close(file->handle);
    file->handle = -1;
    return error == 0 ? 0 : fail(file, "it cannot be removed, and says ready for ever", error, problem);
}
