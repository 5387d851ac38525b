/*
 * The configuration file of a program: one JSON object, a member an option. Strict: what is no member of the table,
 * stands twice or is of another kind is refused with file, line and column. For options.c alone.
 */
#ifndef BASE_OPTIONS_FILE_H
#define BASE_OPTIONS_FILE_H

#include <stdbool.h>

#include "base/option_row.h"

/* False after a complaint. */
bool options_file_read(struct option_reading *reading, const char *path);

#endif
