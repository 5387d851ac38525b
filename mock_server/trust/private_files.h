/*
 * Files that must be whole and ours: keys, certificates, and the folder that they live in.
 *
 * What always holds
 *   - A file comes into being whole: it is written beside, under a name that nobody can guess, and gets its name when
 *     its last byte is on the disk. A reader sees no file or all of it, and of two programs that make the same file
 *     one wins and both know which.
 *   - No symbolic link is followed in the last part of a path, and no pipe or device is waited for.
 *   - Modes are what is asked for, whatever the umask.
 *
 * Functions that can fail answer -1 with place, cause and remedy in `problem`, one sentence without a line feed.
 *
 *     struct file_bytes file;
 *     switch (private_file_read(&file, path, true, &problem)) { … }
 *     file_bytes_release(&file);                       // wipes what was read
 */
#ifndef TRUST_PRIVATE_FILES_H
#define TRUST_PRIVATE_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"

struct text;

struct file_bytes {
    char *bytes; /* a NUL stands behind them; NULL: nothing was read */
    size_t length;
};

#define PRIVATE_FILE_MAX 65536

enum file_answer { FILE_READ, FILE_MISSING, FILE_REFUSED };

/* Reads a file of at most PRIVATE_FILE_MAX bytes. With `is_secret` one that others may read or write is refused. `out`
 * is to be released in every case; `problem` is told only when the file is refused. */
enum file_answer private_file_read(struct file_bytes *out, const char *path, bool is_secret,
                                   struct text *problem) WARN_UNUSED;
/* Overwrites the bytes before it frees them. */
void file_bytes_release(struct file_bytes *file);

/* 0: the file was made, or one of that name was there, which stays as it is. */
int private_file_make(const char *path, const char *bytes, size_t length, unsigned mode,
                      struct text *problem) WARN_UNUSED;
/* The same, and takes the place of a plain file that is there; of anything else it does not. */
int private_file_replace(const char *path, const char *bytes, size_t length, unsigned mode,
                         struct text *problem) WARN_UNUSED;

/* Makes the folder and those above it (0700). One that is there must be writable by its owner alone. */
int private_folder_make(const char *path, struct text *problem) WARN_UNUSED;

#endif
