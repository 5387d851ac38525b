/*
 * The hunt in the head of a request or an answer: in one header, in a target, and in bytes that are no request.
 */
#ifndef JOURNAL_HUNT_HEAD_H
#define JOURNAL_HUNT_HEAD_H

#include "journal/hunt.h"
#include "model/exchange.h"

/* Marks stand in the value. A header with a secret's name is hidden whole, with its scheme; cookies one by one. */
void hunt_header(struct hunt *hunt, const char *name, const char *value);
/* User information, parameters of the path, the query. */
void hunt_target(struct hunt *hunt, const char *target);
/* Marks stand in unread->bytes: the query, what follows a name that sounds like a secret in its line, and all that is
 * of a body. */
void hunt_unread(struct hunt *hunt, const struct unread *unread);

#endif
