/*
 * The journal of all sessions as a file: one JSON object a line, as GET /_mock/requests shows it, in the order in which
 * the answers were made. For what a run leaves behind: a CI artefact, a check of every answer.
 *
 * Lines are whole; secrets are masked as in the journal. How they are written, and what happens when they cannot be:
 * base/line_writer.h. A line has left before its answer does, unless something stands in the way.
 * Every call but the first and last may come from any thread.
 */
#ifndef JOURNAL_JOURNAL_FILE_H
#define JOURNAL_JOURNAL_FILE_H

#include "base/line_writer.h"

struct exchange;
struct journal_file;
struct text;

/* Appends to the file, so that several servers can share it; NULL with the reason in `problem` when it cannot be
 * opened. `tell` gets what is to be told while it is written, and at the end how many lines are missing. */
struct journal_file *journal_file_open(const char *path, line_teller *tell, void *context,
                                       struct text *problem) WARN_UNUSED;
void journal_file_add(struct journal_file *file, const struct exchange *x);
struct line_counts journal_file_counts(struct journal_file *file);
/* 0, or -1 when something could not be written. NULL is fine. */
int journal_file_close(struct journal_file *file);

#endif
