/*
 * A network and a view of the file system of one's own: the walls of the room.
 *
 * Root makes them directly; anybody else, and root without the rights for it (in a container), through a namespace of
 * users in which he stays who he is. Of the network nothing is there but loopback, and every other address leads to
 * loopback, too, so that whoever dials one is refused at once and not after minutes (room/dials.h). No program is run
 * for that.
 *
 * To be called while the process has one thread: the system gives a namespace of users to no other.
 *
 *     if (!namespaces_enter(&problem))
 *         …;      // what the system would not give, and what helps
 */
#ifndef ROOM_NAMESPACES_H
#define ROOM_NAMESPACES_H

#include <stdbool.h>

struct text;

/* False: `problem` says what was refused and names the setting that allows it. Then nothing has changed but, perhaps,
 * the namespaces of this process. */
bool namespaces_enter(struct text *problem);

#endif
