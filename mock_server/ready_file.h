/*
 * The file of --ready-file: it is there while the server can answer, and only then.
 *
 * What an earlier run left is removed before the server starts, and our own when it stops. It is written beside, under
 * a name that nobody can guess, and renamed: a reader sees no file or the whole line. Whoever may read the folder may
 * read it (0644). Only a plain file is ever removed or replaced, and at the end only the one that was written here: if
 * another server has put its own in its place, that one stays.
 *
 * Every call returns 0, or -1 with the place, the cause and what helps in `problem`. A path of NULL means that no such
 * file was asked for.
 */
#ifndef READY_FILE_H
#define READY_FILE_H

struct text;

struct ready_file {
    const char *path; /* borrowed */
    int handle;       /* of the file that was written, so that it can be told from another; -1: none was */
};

int ready_file_begin(struct ready_file *file, const char *path, struct text *problem);
int ready_file_write(struct ready_file *file, const char *line, struct text *problem);
/* Also after a failure of the others. */
int ready_file_end(struct ready_file *file, struct text *problem);

#endif
