#include "transport/linger.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/instant.h"

#define LINGER_MAX 256 /* sockets; more are closed as they are */
#define MOMENT_US  (2 * INSTANT_SECOND_US)
#define BYTES_MAX  (64 * 1024 * 1024) /* of one client */

struct kept {
    int fd;
    int64_t until_us;
    size_t bytes;
};

struct linger_list {
    pthread_mutex_t lock;
    pthread_t thread;
    bool has_thread, stops;
    int wake; /* eventfd: something changed */
    struct kept kept[LINGER_MAX];
    size_t count;
};

struct linger_list *linger_list_new(void)
{
    struct linger_list *linger = mem_zero(1, sizeof *linger);
    pthread_mutex_init(&linger->lock, NULL);
    linger->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return linger;
}

static void wake(struct linger_list *linger)
{
    uint64_t one = 1;
    ssize_t wrote = write(linger->wake, &one, sizeof one);
    (void)wrote; /* it is awake already when the counter is full */
}

/* Reads over what is there. False: the client ended, or sends without end. */
static bool read_over(struct kept *kept)
{
    char piece[16384];
    ssize_t came = 0;
    while ((came = recv(kept->fd, piece, sizeof piece, MSG_DONTWAIT)) > 0 && kept->bytes <= BYTES_MAX)
        kept->bytes += (size_t)came;
    return came < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
}

static void sweep(struct linger_list *linger)
{
    int64_t now = instant_monotonic();
    for (size_t i = 0; i < linger->count; i++) {
        struct kept *kept = &linger->kept[i];
        if (read_over(kept) && now < kept->until_us)
            continue;
        close(kept->fd);
        linger->kept[i--] = linger->kept[--linger->count];
    }
}

/* What to wait for: the wake, and each socket. */
static nfds_t watch(const struct linger_list *linger, struct pollfd *watched)
{
    watched[0] = (struct pollfd){.fd = linger->wake, .events = POLLIN};
    for (size_t i = 0; i < linger->count; i++)
        watched[i + 1] = (struct pollfd){.fd = linger->kept[i].fd, .events = POLLIN};
    return linger->count + 1;
}

static void *run(void *context)
{
    struct linger_list *linger = context;
    struct pollfd watched[LINGER_MAX + 1];
    uint64_t count = 0;
    pthread_mutex_lock(&linger->lock);
    while (!linger->stops) {
        sweep(linger);
        nfds_t all = watch(linger, watched);
        pthread_mutex_unlock(&linger->lock);
        (void)poll(watched, all, all > 1 ? 100 : -1);
        ssize_t got = read(linger->wake, &count, sizeof count);
        (void)got;
        pthread_mutex_lock(&linger->lock);
    }
    pthread_mutex_unlock(&linger->lock);
    return NULL;
}

void linger_add(struct linger_list *linger, int fd)
{
    pthread_mutex_lock(&linger->lock);
    if (!linger->has_thread)
        linger->has_thread = pthread_create(&linger->thread, NULL, run, linger) == 0;
    int mine = linger->has_thread && linger->count < LINGER_MAX ? fcntl(fd, F_DUPFD_CLOEXEC, 0) : -1;
    if (mine >= 0)
        linger->kept[linger->count++] = (struct kept){.fd = mine, .until_us = instant_monotonic() + MOMENT_US};
    pthread_mutex_unlock(&linger->lock);
    wake(linger);
}

void linger_list_free(struct linger_list *linger)
{
    pthread_mutex_lock(&linger->lock);
    linger->stops = true;
    pthread_mutex_unlock(&linger->lock);
    wake(linger);
    if (linger->has_thread)
        pthread_join(linger->thread, NULL);
    for (size_t i = 0; i < linger->count; i++)
        close(linger->kept[i].fd);
    close(linger->wake);
    pthread_mutex_destroy(&linger->lock);
    free(linger);
}
