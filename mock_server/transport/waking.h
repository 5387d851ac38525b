/*
 * Why a connection that waited goes on (transport/waiting.h).
 */
#ifndef TRANSPORT_WAKING_H
#define TRANSPORT_WAKING_H

enum waking {
    WAKING_DUE,      /* its time has come */
    WAKING_CALLED,   /* somebody had news for it */
    WAKING_LEFT,     /* the client has left */
    WAKING_RELEASED, /* its session let go of those that wait for ever, or the server stops */
};

#endif
