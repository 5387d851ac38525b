/*
 * Putting an answer onto its connection: at once, or as a performance that libmicrohttpd asks for piece by piece.
 */
#ifndef TRANSPORT_SENDING_H
#define TRANSPORT_SENDING_H

#include <microhttpd.h>

#include "transport/connection.h"
#include "transport/waiting.h"

/* The answer of the intake's exchange, which is framed (model/framing.h). What it returns is the answer to
 * libmicrohttpd; MHD_NO: the connection closes. */
enum MHD_Result sending_begin(struct waiting_list *waiting, struct MHD_Connection *mhd, struct connection *connection,
                              const struct intake *intake);

#endif
