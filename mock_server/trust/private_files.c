#include "trust/private_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

static int fail(struct text *problem, const char *path, const char *what, int error)
{
    text_print(problem, "%s: %s: %s", path, what, strerror(error));
    return -1;
}

/* ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The sentence, or NULL when there is nothing to say. */
static const char *refusal_of(const struct stat *about, bool is_secret)
{
    if (!S_ISREG(about->st_mode))
        return "it is no plain file; remove it";
    if (about->st_size > PRIVATE_FILE_MAX)
        return "it has more than 64 KiB, and is no key or certificate; move it away";
    if (is_secret && (about->st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return "others may read it or write to it";
    return NULL;
}

static bool read_whole(int handle, struct file_bytes *out)
{
    ssize_t got = 1;
    out->bytes = mem_zero(PRIVATE_FILE_MAX + 1, 1);
    while (got > 0 && out->length < PRIVATE_FILE_MAX) {
        got = read(handle, out->bytes + out->length, PRIVATE_FILE_MAX - out->length);
        out->length += got > 0 ? (size_t)got : 0;
    }
    return got >= 0;
}

static enum file_answer read_from(int handle, struct file_bytes *out, const char *path, bool is_secret,
                                  struct text *problem)
{
    struct stat about;
    if (fstat(handle, &about) < 0) {
        (void)fail(problem, path, "it cannot be read", errno);
        return FILE_REFUSED;
    }
    const char *refusal = refusal_of(&about, is_secret);
    if (refusal != NULL && S_ISREG(about.st_mode) && about.st_size <= PRIVATE_FILE_MAX)
        text_print(problem, "%s: %s; run: chmod 600 '%s'", path, refusal, path);
    else if (refusal != NULL)
        text_print(problem, "%s: %s", path, refusal);
    else if (!read_whole(handle, out))
        (void)fail(problem, path, "it cannot be read", errno);
    else
        return FILE_READ;
    return FILE_REFUSED;
}

enum file_answer private_file_read(struct file_bytes *out, const char *path, bool is_secret, struct text *problem)
{
    *out = (struct file_bytes){NULL, 0};
    int handle = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (handle < 0 && errno == ENOENT)
        return FILE_MISSING;
    if (handle < 0) {
        if (errno == ELOOP)
            text_print(problem, "%s: it is a symbolic link, and those are not followed; put the file itself there",
                       path);
        else
            (void)fail(problem, path, "it cannot be read", errno);
        return FILE_REFUSED;
    }
    enum file_answer answer = read_from(handle, out, path, is_secret, problem);
    close(handle);
    return answer;
}

void file_bytes_release(struct file_bytes *file)
{
    if (file->bytes != NULL)
        explicit_bzero(file->bytes, file->length);
    free(file->bytes);
    *file = (struct file_bytes){NULL, 0};
}

/* ── Writing ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool write_whole(int handle, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t wrote = write(handle, bytes, length);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return false;
        bytes += wrote;
        length -= (size_t)wrote;
    }
    return true;
}

/* The name of a new file beside `path` that holds the bytes and is on the disk; NULL after telling why not. */
static char *write_beside(const char *path, const char *bytes, size_t length, unsigned mode, struct text *problem)
{
    char *beside = mem_print("%s.XXXXXX", path);
    int handle = mkostemp(beside, O_CLOEXEC); /* O_EXCL, 0600 */
    if (handle >= 0 && write_whole(handle, bytes, length) && fchmod(handle, mode) == 0 && fsync(handle) == 0) {
        close(handle);
        return beside;
    }
    (void)fail(problem, path, "it cannot be written", errno);
    if (handle >= 0) {
        unlink(beside);
        close(handle);
    }
    free(beside);
    return NULL;
}

int private_file_make(const char *path, const char *bytes, size_t length, unsigned mode, struct text *problem)
{
    char *beside = write_beside(path, bytes, length, mode, problem);
    if (beside == NULL)
        return -1;
    int error = link(beside, path) < 0 && errno != EEXIST ? errno : 0; /* unlike rename() it replaces nothing */
    unlink(beside);
    free(beside);
    if (error == 0)
        return 0;
    (void)fail(problem, path, "it cannot get its name", error);
    text_add(problem, "; this takes a file system with hard links, so name a folder on another one");
    return -1;
}

int private_file_replace(const char *path, const char *bytes, size_t length, unsigned mode, struct text *problem)
{
    struct stat about;
    if (lstat(path, &about) == 0 && !S_ISREG(about.st_mode)) {
        text_print(problem, "%s: it is no plain file, and would be replaced by one; give another name", path);
        return -1;
    }
    char *beside = write_beside(path, bytes, length, mode, problem);
    if (beside == NULL)
        return -1;
    int error = rename(beside, path) < 0 ? errno : 0;
    if (error != 0)
        unlink(beside);
    free(beside);
    return error == 0 ? 0 : fail(problem, path, "it cannot get its name", error);
}

/* ── Folders ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static int check_folder(const char *path, struct text *problem)
{
    struct stat about;
    if (stat(path, &about) < 0)
        return fail(problem, path, "the folder cannot be used", errno);
    if (!S_ISDIR(about.st_mode))
        return fail(problem, path, "the folder cannot be used", ENOTDIR);
    if ((about.st_mode & (S_IWGRP | S_IWOTH)) == 0)
        return 0;
    text_print(
        problem,
        "%s: others may write to this folder, and could put a key of theirs there; run: chmod go-w '%s', or name "
        "a folder below it, which is made then",
        path, path);
    return -1;
}

/* Each folder above the last one too; what is there stays as it is. */
static int make_folders(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        int error = mkdir(path, 0700) < 0 ? errno : 0;
        bool is_there = access(path, F_OK) == 0;
        *slash = '/';
        if (!is_there)
            return error;
    }
    if (mkdir(path, 0700) == 0)
        return chmod(path, 0700) == 0 ? 0 : errno; /* a umask may have taken the owner's bits */
    return errno == EEXIST ? 0 : errno;
}

int private_folder_make(const char *path, struct text *problem)
{
    if (*path == '\0') {
        text_add(problem, "the folder of the certificate authority has no name; give one");
        return -1;
    }
    char *copy = mem_dup(path);
    for (size_t length = strlen(copy); length > 1 && copy[length - 1] == '/'; length--)
        copy[length - 1] = '\0';
    int error = make_folders(copy);
    free(copy);
    return error == 0 ? check_folder(path, problem) : fail(problem, path, "the folder cannot be made", error);
}
