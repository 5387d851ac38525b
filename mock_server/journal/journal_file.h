/*
 * The journal of all sessions as a file: one JSON object a line, as GET /_mock/requests shows it, in the order in which
 * the answers were made. For what a run leaves behind: a CI artefact, a check of every answer.
 *
 * Lines are whole; secrets are masked as in the journal. A write that fails is told by journal_file_close() once.
 * Every call but the first and last may come from any thread.
 */
#ifndef JOURNAL_JOURNAL_FILE_H
#define JOURNAL_JOURNAL_FILE_H

#include "base/memory.h"

struct exchange;
struct journal_file;

/* Appends to the file, so that several servers can share it; NULL with errno set when it cannot be opened. */
struct journal_file *journal_file_open(const char *path) WARN_UNUSED;
void journal_file_add(struct journal_file *file, const struct exchange *x);
/* 0, or -1 when something could not be written. NULL is fine. */
int journal_file_close(struct journal_file *file);

#endif
