#include "transport/stale.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/instant.h"

struct stale_list {
    pthread_mutex_t lock;
    struct loop *loop;
};

struct stale_list *stale_list_new(struct loop *loop)
{
    struct stale_list *list = mem_zero(1, sizeof *list);
    pthread_mutex_init(&list->lock, NULL);
    list->loop = loop;
    return list;
}

void stale_list_free(struct stale_list *list)
{
    pthread_mutex_destroy(&list->lock);
    free(list);
}

/* The library sees the end and closes. */
static void close_socket(void *context)
{
    struct stale *stale = context;
    pthread_mutex_lock(&stale->list->lock);
    if (stale->set) {
        stale->set = false;
        __atomic_store_n(&stale->gone, true, __ATOMIC_RELEASE);
        (void)shutdown(stale->fd, SHUT_RDWR);
    }
    pthread_mutex_unlock(&stale->list->lock);
}

void stale_begin(struct stale_list *list, struct stale *stale, int fd, int64_t in_us)
{
    pthread_mutex_lock(&list->lock);
    *stale = (struct stale){
        .timer = {.call = close_socket, .context = stale}, .list = list, .fd = fd, .set = true, .gone = false};
    pthread_mutex_unlock(&list->lock);
    loop_at(list->loop, &stale->timer, instant_monotonic() + in_us);
}

void stale_cancel(struct stale_list *list, struct stale *stale)
{
    if (stale->list == NULL)
        return;
    pthread_mutex_lock(&list->lock);
    stale->set = false;
    pthread_mutex_unlock(&list->lock);
    loop_cancel(list->loop, &stale->timer);
}

bool stale_is_gone(const struct stale *stale)
{
    return __atomic_load_n(&stale->gone, __ATOMIC_ACQUIRE);
}
