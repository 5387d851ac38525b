/*
 * Waiting until the mock has read what the client has sent.
 *
 * A client that runs out of time may send a last request and answer at once. On a machine that is busy the mock reads
 * it after the case, and an honest client would be blamed for a request outside of every case. So the harness asks
 * something of its own on a connection that it keeps, some times in a row: what was sent before has been read then.
 */
#ifndef SETUP_SETTLE_H
#define SETUP_SETTLE_H

#include <stdint.h>

/* `*fd` is the kept connection, -1 before the first call; close() it in the end. Gives up after a second. */
void settle(int *fd, uint16_t port);

#endif
