#include "transport/outlet.h"

#include <string.h>

static void tell(struct exchange *x, enum delivery state)
{
    __atomic_store_n(&x->sending.state, (int)state, __ATOMIC_RELEASE);
}

void outlet_begin(struct outlet *outlet, struct exchange *x, uint64_t size)
{
    *outlet = (struct outlet){.x = exchange_hold(x), .in_head = true, .left = size};
    tell(x, size > 0 ? DELIVERY_PENDING : DELIVERY_NONE);
}

/* Bytes of the library's head in a part; "\r\n\r\n" ends it. */
static size_t head_in(struct outlet *outlet, const char *bytes, size_t size)
{
    static const char end[] = "\r\n\r\n";
    size_t at = 0;
    while (outlet->in_head && at < size) {
        outlet->matched = bytes[at] == end[outlet->matched] ? outlet->matched + 1 : (bytes[at] == '\r');
        at++;
        outlet->in_head = outlet->matched < strlen(end);
    }
    return at;
}

size_t outlet_drop(struct outlet *outlet, struct iovec *parts, size_t count)
{
    size_t dropped = 0;
    for (size_t i = 0; i < count && outlet->in_head; i++) {
        size_t length = head_in(outlet, parts[i].iov_base, parts[i].iov_len);
        parts[i].iov_base = (char *)parts[i].iov_base + length;
        parts[i].iov_len -= length;
        dropped += length;
    }
    return dropped;
}

void outlet_sending(struct outlet *outlet, size_t size)
{
    if (outlet->x != NULL && size > 0 && size == outlet->left)
        tell(outlet->x, wire_is_short(&outlet->x->reply.wire) ? DELIVERY_CUT : DELIVERY_WHOLE);
}

void outlet_sent(struct outlet *outlet, size_t size, size_t sent)
{
    if (outlet->x == NULL)
        return;
    outlet->left -= sent < outlet->left ? sent : outlet->left;
    __atomic_add_fetch(&outlet->x->sending.bytes, sent, __ATOMIC_RELAXED);
    if (sent < size)
        tell(outlet->x, DELIVERY_PENDING);
}

bool outlet_is_cut(const struct outlet *outlet)
{
    const struct exchange *x = outlet->x;
    return x != NULL && (outlet->left > 0 || wire_is_short(&x->reply.wire) || x->reply.wire.end == WIRE_END_RESET);
}

void outlet_end(struct outlet *outlet)
{
    struct exchange *x = outlet->x;
    if (x == NULL)
        return;
    if (x->sending.bytes == 0)
        tell(x, DELIVERY_NONE);
    else if (outlet->left > 0)
        tell(x, DELIVERY_CUT);
    exchange_drop(x);
    *outlet = (struct outlet){0};
}
