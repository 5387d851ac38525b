/*
 * Fresh orders that a vendor supplies: from a file, or by a command that makes one.
 *
 *     --orders FILE       {"PROVIDER":{"ID OF THE DOCUMENTS":["ID","ID"]}}: each exchange that changes that order takes
 *                         the next one in its place; what only reads looks at the first
 *     --prepare COMMAND   is run before such an exchange, without a shell, and prints one line of JSON: {"order":"ID"}.
 *                         CANCELCHECK_PROVIDER, CANCELCHECK_EXCHANGE and CANCELCHECK_ORDER (the documented id) tell
 *                         which one is meant. It has PREPARE_LIMIT_MS.
 *
 * The file goes first. A text that is an id stands for it wherever the exchange has it: in targets, bodies, answers.
 */
#ifndef SERVER_SUPPLY_H
#define SERVER_SUPPLY_H

#include <stdbool.h>

#include "mock_server/base/memory.h"
#include "server/settings.h"

struct text;
struct supply;

#define PREPARE_LIMIT_MS 60000

/* NULL: `problem` says what is wrong with file or command. */
struct supply *supply_open(const struct server_settings *settings, struct text *problem) WARN_UNUSED;
void supply_close(struct supply *supply); /* NULL is fine */

/* The order that what only reads looks at, borrowed; NULL: the documented one. */
const char *supply_first(const struct supply *supply, const char *provider, const char *documented);
/* A fresh one, to be freed; NULL: there is none, and `problem` says why where a command failed. */
char *supply_take(struct supply *supply, const char *provider, const char *address, const char *documented,
                  struct text *problem);

#endif
