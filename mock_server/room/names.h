/*
 * The room's name server: the vendors' names lead to loopback, and no other name exists.
 *
 * It answers on UDP, 127.0.0.1:53, where the room's /etc/resolv.conf leads. Most programs never ask it for a vendor's
 * name, since /etc/hosts has it; what they ask for besides is what they would have reached outside, and is kept.
 *
 *     struct names *names = names_start(hosts, elsewhere, &problem);      // after namespaces_enter()
 *     …
 *     names_stop(names);
 */
#ifndef ROOM_NAMES_H
#define ROOM_NAMES_H

#include "base/memory.h"

struct names;
struct seen;
struct text;

/* `hosts`, ended by NULL: the names that lead here; "*.example.org" is all below it. They are copied. `elsewhere` gets
 * the others, lives until names_stop(). NULL: `problem` says why. */
struct names *names_start(const char *const *hosts, struct seen *elsewhere, struct text *problem) WARN_UNUSED;
void names_stop(struct names *names); /* NULL is fine */

#endif
