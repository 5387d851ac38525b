#include "transport/linger.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utlist.h>

#include "base/instant.h"

#define LINGER_MAX 1024 /* sockets; more are closed as they are */
#define MOMENT_US  (2 * INSTANT_SECOND_US)
#define BYTES_MAX  (64 * 1024 * 1024) /* of one client */

struct kept {
    struct linger_list *linger;
    struct loop_watch watch;
    struct loop_timer timer;
    int fd;
    size_t bytes;
    struct kept *prev, *next;
};

struct linger_list {
    pthread_mutex_t lock;
    struct loop *loop;
    struct kept *kept;
    size_t count;
};

struct linger_list *linger_list_new(struct loop *loop)
{
    struct linger_list *linger = mem_zero(1, sizeof *linger);
    pthread_mutex_init(&linger->lock, NULL);
    linger->loop = loop;
    return linger;
}

/* On the loop's thread alone. */
static void let_go(void *context)
{
    struct kept *kept = context;
    struct linger_list *linger = kept->linger;
    loop_unwatch(linger->loop, &kept->watch);
    loop_cancel(linger->loop, &kept->timer);
    pthread_mutex_lock(&linger->lock);
    DL_DELETE(linger->kept, kept);
    linger->count--;
    pthread_mutex_unlock(&linger->lock);
    close(kept->fd);
    loop_retire(linger->loop, free, kept);
}

/* Reads over what is there, until the client ends or sends without end. */
static void read_over(void *context)
{
    struct kept *kept = context;
    char piece[16384];
    ssize_t came = recv(kept->fd, piece, sizeof piece, MSG_DONTWAIT);
    if (came > 0)
        kept->bytes += (size_t)came;
    bool goes_on = came > 0 || (came < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR));
    if (!goes_on || kept->bytes > BYTES_MAX)
        let_go(kept);
}

static bool enter(struct linger_list *linger, struct kept *kept)
{
    pthread_mutex_lock(&linger->lock);
    bool has_room = linger->count < LINGER_MAX;
    if (has_room) {
        DL_APPEND(linger->kept, kept);
        linger->count++;
    }
    pthread_mutex_unlock(&linger->lock);
    return has_room;
}

void linger_add(struct linger_list *linger, int fd)
{
    struct kept *kept = mem_zero(1, sizeof *kept);
    *kept = (struct kept){.linger = linger,
                          .watch = {.call = read_over, .context = kept},
                          .timer = {.call = let_go, .context = kept},
                          .fd = fcntl(fd, F_DUPFD_CLOEXEC, 0)};
    if (kept->fd < 0 || !enter(linger, kept)) {
        if (kept->fd >= 0)
            close(kept->fd);
        free(kept);
        return;
    }
    loop_at(linger->loop, &kept->timer, instant_monotonic() + MOMENT_US);
    (void)loop_watch(linger->loop, &kept->watch, kept->fd, EPOLLIN);
}

void linger_list_free(struct linger_list *linger)
{
    struct kept *kept, *next;
    DL_FOREACH_SAFE (linger->kept, kept, next) {
        close(kept->fd);
        free(kept);
    }
    pthread_mutex_destroy(&linger->lock);
    free(linger);
}
