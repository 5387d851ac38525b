/*
 * What goes out on one connection: answers, byte for byte as they were written here.
 *
 * libmicrohttpd frames answers in its own way: words after the status that no vendor says, headers where it wants them,
 * and a head that must fit into its buffer. So an answer is written whole (answer_write()) and given to the library as
 * a body; the head that the library puts before it is dropped on the way out. What the library sends by itself before
 * an answer ("100 Continue") passes.
 *
 *     outlet_begin(&connection->outlet, x, size);       // the library has queued an answer of `size` bytes
 *     size_t dropped = outlet_drop(&outlet, parts, &n); // what it sends: the first `dropped` bytes are its own head
 *     outlet_sent(&outlet, sent);
 *     outlet_end(&outlet);
 */
#ifndef TRANSPORT_OUTLET_H
#define TRANSPORT_OUTLET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

#include "model/exchange.h"

struct outlet {
    struct exchange *x; /* whose answer is on its way; held; NULL: none */
    bool in_head;       /* of the library */
    size_t matched;     /* bytes of the empty line that ends it */
    uint64_t left;      /* bytes of the answer */
};

void outlet_begin(struct outlet *outlet, struct exchange *x, uint64_t size);
/* Moves the parts behind the library's head; how many bytes that were. */
size_t outlet_drop(struct outlet *outlet, struct iovec *parts, size_t count);
/* Before so many bytes are sent, and how many were. The exchange says "whole" from the moment when the client can have
 * the last byte. */
void outlet_sending(struct outlet *outlet, size_t size);
void outlet_sent(struct outlet *outlet, size_t size, size_t sent);
/* Whether it ends before its time, or by a fault that takes away what is on its way. */
bool outlet_is_cut(const struct outlet *outlet);
/* The answer is over, or the connection. */
void outlet_end(struct outlet *outlet);

#endif
