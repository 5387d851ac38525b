#include "room/names.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/text.h"
#include "room/seen.h"

#define PORT        53
#define MESSAGE_MAX 512 /* RFC 1035 section 4.2.1 */
#define HEAD_BYTES  12
#define LABEL_MAX   63
#define NAME_BYTES  255
enum { TYPE_A = 1, CLASS_IN = 1, NO_SUCH_NAME = 3, TIME_TO_LIVE = 60 };

struct names {
    pthread_t thread;
    int socket, stop; /* stop: an eventfd */
    char **hosts;
    size_t count;
    struct seen *elsewhere;
};

/* ── A question ────────────────────────────────────────────────────────────────────────────────────────────────── */

struct question {
    char name[NAME_BYTES + 1];
    unsigned type;
    size_t end; /* where it ends in the message */
};

static unsigned two_bytes(const unsigned char *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

/* RFC 1035 section 4.1.2; bytes that a name of a host has none of become "?". False: it is no question. */
static bool read_question(const unsigned char *message, size_t size, struct question *question)
{
    size_t at = HEAD_BYTES, used = 0;
    bool is_one = size > HEAD_BYTES && (message[2] & 0x80) == 0 && two_bytes(message + 4) == 1;
    while (is_one && at < size && message[at] != 0) {
        size_t length = message[at++];
        if (length > LABEL_MAX || at + length > size || used + length + 1 > NAME_BYTES)
            return false;
        for (size_t i = 0; i < length; i++, at++)
            question->name[used++] =
                (char)(message[at] > ' ' && message[at] < 0x7f ? ascii_lower((char)message[at]) : '?');
        question->name[used++] = '.';
    }
    if (!is_one || at + 5 > size)
        return false;
    question->name[used > 0 ? used - 1 : 0] = '\0';
    question->type = two_bytes(message + at + 1);
    question->end = at + 5;
    return true;
}

static bool is_named(const char *host, const char *name)
{
    size_t own = strlen(host), length = strlen(name);
    if (strncmp(host, "*.", 2) != 0)
        return ascii_equal(host, name);
    return length > own - 1 && ascii_equal(host + 1, name + length - (own - 1));
}

static bool leads_here(const struct names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (is_named(names->hosts[i], name))
            return true;
    return ascii_equal(name, "localhost");
}

/* ── An answer ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The question, and behind it 127.0.0.1 where an address of that kind is asked for. `message` has room for both. */
static size_t write_answer(unsigned char *message, const struct question *question, bool is_here)
{
    static const unsigned char loopback[] = {0xc0, HEAD_BYTES,   0, TYPE_A, 0,   CLASS_IN, 0, 0,
                                             0,    TIME_TO_LIVE, 0, 4,      127, 0,        0, 1};
    bool has_address = is_here && question->type == TYPE_A;
    message[2] = (unsigned char)(0x84 | (message[2] & 0x01)); /* an answer of the one who knows */
    message[3] = is_here ? 0x80 : 0x80 | NO_SUCH_NAME;
    message[6] = 0;
    message[7] = has_address;
    memset(message + 8, 0, 4);
    if (has_address)
        memcpy(message + question->end, loopback, sizeof loopback);
    return question->end + (has_address ? sizeof loopback : 0);
}

static void answer_one(struct names *names)
{
    unsigned char message[MESSAGE_MAX + 64];
    struct sockaddr_storage from;
    socklen_t from_size = sizeof from;
    struct question question = {.type = 0};
    ssize_t came = recvfrom(names->socket, message, MESSAGE_MAX, MSG_DONTWAIT, (struct sockaddr *)&from, &from_size);
    if (came <= 0 || !read_question(message, (size_t)came, &question))
        return;
    bool is_here = leads_here(names, question.name);
    if (!is_here)
        seen_add(names->elsewhere, question.name);
    size_t size = write_answer(message, &question, is_here);
    (void)sendto(names->socket, message, size, MSG_DONTWAIT, (struct sockaddr *)&from, from_size);
}

static void *run(void *context)
{
    struct names *names = context;
    struct pollfd watched[] = {{.fd = names->socket, .events = POLLIN}, {.fd = names->stop, .events = POLLIN}};
    while (poll(watched, 2, -1) >= 0 || errno == EINTR) {
        if (watched[1].revents != 0)
            break;
        if (watched[0].revents != 0)
            answer_one(names);
    }
    return NULL;
}

/* ── Life ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void release(struct names *names)
{
    if (names->socket >= 0)
        close(names->socket);
    if (names->stop >= 0)
        close(names->stop);
    for (size_t i = 0; i < names->count; i++)
        free(names->hosts[i]);
    free(names->hosts);
    free(names);
}

static bool start(struct names *names)
{
    struct sockaddr_in here = {
        .sin_family = AF_INET, .sin_port = htons(PORT), .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    names->socket = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    names->stop = eventfd(0, EFD_CLOEXEC);
    return names->socket >= 0 && names->stop >= 0 && bind(names->socket, (struct sockaddr *)&here, sizeof here) == 0 &&
           pthread_create(&names->thread, NULL, run, names) == 0;
}

struct names *names_start(const char *const *hosts, struct seen *elsewhere, struct text *problem)
{
    struct names *names = mem_zero(1, sizeof *names);
    while (hosts[names->count] != NULL)
        names->count++;
    names->hosts = mem_zero(names->count + 1, sizeof *names->hosts);
    for (size_t i = 0; i < names->count; i++)
        names->hosts[i] = mem_dup(hosts[i]);
    names->elsewhere = elsewhere;
    if (start(names))
        return names;
    text_print(problem, "the room's name server cannot start: %s", strerror(errno));
    release(names);
    return NULL;
}

void names_stop(struct names *names)
{
    uint64_t one = 1;
    if (names == NULL)
        return;
    if (write(names->stop, &one, sizeof one) == (ssize_t)sizeof one)
        pthread_join(names->thread, NULL);
    release(names);
}
