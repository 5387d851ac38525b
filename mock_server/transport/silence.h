/*
 * Connections that are kept silent: no byte and no end, and no thread that waits.
 *
 * silent_release() may be called from any thread; after silent_close() none is kept any more.
 */
#ifndef TRANSPORT_SILENCE_H
#define TRANSPORT_SILENCE_H

#include <stdint.h>

#include <microhttpd.h>

struct silent_list;

struct silent_list *silent_list_new(void);
void silent_list_free(struct silent_list *list);
/* Keeps this one until the session lets go of it. What it returns is the answer to libmicrohttpd; MHD_NO: it closes. */
enum MHD_Result silent_keep(struct silent_list *list, struct MHD_Connection *mhd, uint64_t session_number);
/* Those of one session only. */
void silent_release(struct silent_list *list, uint64_t session_number);
void silent_close(struct silent_list *list);
void silent_forget(struct silent_list *list, struct MHD_Connection *mhd);
/* Lets go of those whose client has left: a suspended connection is not watched by the library. On its thread only. */
void silent_sweep(struct silent_list *list);

#endif
