/*
 * Putting a reply on the wire: the ordinary way, and each of the ways in which a connection can end badly.
 */
#ifndef TRANSPORT_WIRE_H
#define TRANSPORT_WIRE_H

#include <stdint.h>

#include <microhttpd.h>

struct exchange;
struct silent_list;

/* Queues, writes or withholds x->reply, as x->reply.wire says. What it returns is the answer to libmicrohttpd. */
enum MHD_Result wire_send(struct MHD_Connection *mhd, struct exchange *x, struct silent_list *silent);

/*
 * The connections that are kept silent. silent_release() may be called from any thread; after silent_close() none is
 * kept any more, and wire_send() closes instead.
 */
struct silent_list *silent_list_new(void);
void silent_list_free(struct silent_list *list);
/* Those of one session only. */
void silent_release(struct silent_list *list, uint64_t session_number);
void silent_close(struct silent_list *list);
void silent_forget(struct silent_list *list, struct MHD_Connection *mhd);
/* Lets go of those whose client has left: a suspended connection is not watched by the library. On its thread only. */
void silent_sweep(struct silent_list *list);

#endif
