/*
 * What is dialled in the room and leads elsewhere.
 *
 * In the room every address is this machine's (room/namespaces.h), so a connection to one of outside is refused at
 * once, and its first packet passes loopback, where it is seen: TCP and UDP, over IPv4 and IPv6. Addresses of loopback
 * are the room's own business.
 *
 *     struct dials *dials = dials_start(elsewhere, &problem);      // after namespaces_enter()
 *     …
 *     dials_stop(dials);                                           // what was dialled until now has been seen
 */
#ifndef ROOM_DIALS_H
#define ROOM_DIALS_H

#include "base/memory.h"

struct dials;
struct seen;
struct text;

/* `elsewhere` gets "tcp 192.0.2.1:443", "udp [2001:db8::1]:53"; it lives until dials_stop(). NULL: `problem` says why.
 */
struct dials *dials_start(struct seen *elsewhere, struct text *problem) WARN_UNUSED;
void dials_stop(struct dials *dials); /* NULL is fine */

#endif
