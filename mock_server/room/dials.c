#include "room/dials.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.h"
#include "room/seen.h"

#define HEADS_MAX  128 /* bytes of a packet that are looked at */
#define IPV4_BYTES 20
#define IPV6_BYTES 40
#define TCP_FLAGS  13 /* where they stand in a TCP head */
enum { TCP = 6, UDP = 17, SYN = 0x02, ACK = 0x10 };

struct dials {
    pthread_t thread;
    int socket, stop; /* stop: an eventfd */
    struct seen *elsewhere;
};

/* ── A packet ──────────────────────────────────────────────────────────────────────────────────────────────────── */

struct packet {
    int family;
    unsigned protocol;
    const unsigned char *to; /* 4 or 16 bytes */
    const unsigned char *inner;
    size_t inner_size;
};

/* A later piece of a packet has no head of TCP in it, and counts as none. */
static bool read_ipv4(const unsigned char *bytes, size_t size, struct packet *packet)
{
    size_t head = size > 0 ? (size_t)(bytes[0] & 0x0f) * 4 : 0;
    if (size < IPV4_BYTES || head < IPV4_BYTES || head > size || (bytes[6] & 0x1f) != 0 || bytes[7] != 0)
        return false;
    *packet = (struct packet){AF_INET, bytes[9], bytes + 16, bytes + head, size - head};
    return true;
}

static bool read_ipv6(const unsigned char *bytes, size_t size, struct packet *packet)
{
    if (size < IPV6_BYTES)
        return false;
    *packet = (struct packet){AF_INET6, bytes[6], bytes + 24, bytes + IPV6_BYTES, size - IPV6_BYTES};
    return true;
}

static bool read_packet(const unsigned char *bytes, size_t size, struct packet *packet)
{
    if (size == 0)
        return false;
    return bytes[0] >> 4 == 4   ? read_ipv4(bytes, size, packet)
           : bytes[0] >> 4 == 6 ? read_ipv6(bytes, size, packet)
                                : false;
}

/* Loopback, and what is no address of one host: multicast and broadcast, by which systems look around by themselves. */
static bool leads_elsewhere(const struct packet *packet)
{
    static const unsigned char loopback[16] = {[15] = 1};
    if (packet->family == AF_INET)
        return packet->to[0] != 127 && packet->to[0] != 0 && packet->to[0] < 224;
    return memcmp(packet->to, loopback, sizeof loopback) != 0 && packet->to[0] != 0xff && packet->to[0] != 0xfe;
}

static bool is_a_dial(const struct packet *packet)
{
    if (packet->protocol == UDP)
        return packet->inner_size >= 8;
    return packet->protocol == TCP && packet->inner_size > TCP_FLAGS && (packet->inner[TCP_FLAGS] & (SYN | ACK)) == SYN;
}

static void note(struct dials *dials, const struct packet *packet)
{
    char address[INET6_ADDRSTRLEN] = "", word[INET6_ADDRSTRLEN + 32];
    unsigned port = (unsigned)packet->inner[2] << 8 | packet->inner[3];
    (void)inet_ntop(packet->family, packet->to, address, sizeof address);
    snprintf(word, sizeof word, packet->family == AF_INET ? "%s %s:%u" : "%s [%s]:%u",
             packet->protocol == TCP ? "tcp" : "udp", address, port);
    seen_add(dials->elsewhere, word);
}

/* Loopback shows each packet twice: as it leaves, and as it comes. */
static bool look_at_one(struct dials *dials)
{
    unsigned char bytes[HEADS_MAX];
    struct sockaddr_ll from;
    socklen_t from_size = sizeof from;
    struct packet packet;
    ssize_t came = recvfrom(dials->socket, bytes, sizeof bytes, MSG_DONTWAIT, (struct sockaddr *)&from, &from_size);
    if (came < 0)
        return errno == EINTR;
    if (from.sll_pkttype == PACKET_OUTGOING && read_packet(bytes, (size_t)came, &packet) && is_a_dial(&packet) &&
        leads_elsewhere(&packet))
        note(dials, &packet);
    return true;
}

static void *run(void *context)
{
    struct dials *dials = context;
    struct pollfd watched[] = {{.fd = dials->socket, .events = POLLIN}, {.fd = dials->stop, .events = POLLIN}};
    while (poll(watched, 2, -1) >= 0 || errno == EINTR) {
        while (look_at_one(dials))
            ;
        if (watched[1].revents != 0)
            break;
    }
    return NULL;
}

/* ── Life ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void release(struct dials *dials)
{
    if (dials->socket >= 0)
        close(dials->socket);
    if (dials->stop >= 0)
        close(dials->stop);
    free(dials);
}

static bool start(struct dials *dials)
{
    struct sockaddr_ll loopback = {
        .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = (int)if_nametoindex("lo")};
    dials->socket = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    dials->stop = eventfd(0, EFD_CLOEXEC);
    return dials->socket >= 0 && dials->stop >= 0 &&
           bind(dials->socket, (struct sockaddr *)&loopback, sizeof loopback) == 0 &&
           pthread_create(&dials->thread, NULL, run, dials) == 0;
}

struct dials *dials_start(struct seen *elsewhere, struct text *problem)
{
    struct dials *dials = mem_zero(1, sizeof *dials);
    dials->elsewhere = elsewhere;
    if (start(dials))
        return dials;
    text_print(problem, "what is dialled in the room cannot be seen: %s", strerror(errno));
    release(dials);
    return NULL;
}

void dials_stop(struct dials *dials)
{
    uint64_t one = 1;
    if (dials == NULL)
        return;
    if (write(dials->stop, &one, sizeof one) == (ssize_t)sizeof one)
        pthread_join(dials->thread, NULL);
    release(dials);
}
