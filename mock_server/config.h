/*
 * The configuration file of `cancelmock serve`: JSON whose members are the options, without their dashes.
 *
 *     {
 *       "listen": "127.0.0.1:8080",
 *       "fixtures": "my-fixtures",
 *       "providers": ["dukkango", "zaikio"],
 *       "knobs": {"dukkango": {"cancel_when_terminal": "409"}},
 *       "freeze_time": "2026-11-01T09:00:00Z"
 *     }
 *
 * It is read strictly: every mistake is told as `file:line:column: message`. Paths in it are relative to the folder of
 * the file. What stands on the command line wins.
 */
#ifndef CONFIG_H
#define CONFIG_H

#include <stddef.h>

#include "base/text.h"

struct config;
struct options;

/* Reads the file into `options`; 0 and the texts in *out, which lives as long as the options. -1 with the mistakes in
 * `problems`. */
int config_read(const char *path, struct options *options, struct config **out, struct text *problems);
/* The first `from_file` knobs of the options are the file's. Those of providers that are not served are told in
 * `problems`: -1 when the file itself leaves these out. When the arguments do, which win, they are taken out, and 0. */
int config_check_knobs(struct config *config, size_t from_file, struct text *problems);
void config_free(struct config *config); /* NULL is fine */

#endif
