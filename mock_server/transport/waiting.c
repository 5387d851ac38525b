#include "transport/waiting.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/epoll.h>

#include <utlist.h>

struct waiting {
    struct waiting_list *list;
    struct waiting_spec spec;
    struct loop_watch watch;
    struct loop_timer timer;
    bool over; /* the connection goes on already */
    struct waiting *prev, *next;
};

struct waiting_list {
    pthread_mutex_t lock;
    struct loop *loop;
    struct waiting *all;
    size_t count, limit;
    bool closed;
};

struct waiting_list *waiting_list_new(struct loop *loop, size_t limit)
{
    struct waiting_list *list = mem_zero(1, sizeof *list);
    pthread_mutex_init(&list->lock, NULL);
    list->loop = loop;
    list->limit = limit;
    return list;
}

void waiting_list_free(struct waiting_list *list)
{
    pthread_mutex_destroy(&list->lock);
    free(list);
}

/* Under the lock. The library may close the socket from here on, so it is not watched any more. */
static void let_go(struct waiting *waiting, enum waking why)
{
    struct waiting_list *list = waiting->list;
    if (waiting->over)
        return;
    waiting->over = true;
    DL_DELETE(list->all, waiting);
    list->count--;
    loop_unwatch(list->loop, &waiting->watch);
    loop_cancel(list->loop, &waiting->timer);
    *waiting->spec.why = why;
    if (waiting->spec.handle != NULL)
        *waiting->spec.handle = NULL;
    MHD_resume_connection(waiting->spec.mhd);
    loop_retire(list->loop, free, waiting);
}

static void let_go_on_loop(struct waiting *waiting, enum waking why)
{
    struct waiting_list *list = waiting->list;
    pthread_mutex_lock(&list->lock);
    let_go(waiting, why);
    pthread_mutex_unlock(&list->lock);
}

static void is_due(void *context)
{
    let_go_on_loop(context, WAKING_DUE);
}

static void has_left(void *context)
{
    let_go_on_loop(context, WAKING_LEFT);
}

/* A client that has only ended its sending side still waits for an answer that has a time. */
static uint32_t events_of(const struct waiting_spec *spec)
{
    return spec->due_us == WIRE_FOREVER || spec->handle != NULL ? EPOLLRDHUP | EPOLLONESHOT : EPOLLONESHOT;
}

static void begin(struct waiting_list *list, const struct waiting_spec *spec)
{
    struct waiting *waiting = mem_zero(1, sizeof *waiting);
    *waiting = (struct waiting){.list = list,
                                .spec = *spec,
                                .watch = {.call = has_left, .context = waiting},
                                .timer = {.call = is_due, .context = waiting}};
    DL_APPEND(list->all, waiting);
    list->count++;
    if (spec->handle != NULL)
        *spec->handle = waiting;
    MHD_suspend_connection(spec->mhd);
    if (spec->due_us != WIRE_FOREVER)
        loop_at(list->loop, &waiting->timer, spec->due_us);
    (void)loop_watch(list->loop, &waiting->watch, spec->fd, events_of(spec));
}

bool waiting_keep(struct waiting_list *list, const struct waiting_spec *spec)
{
    pthread_mutex_lock(&list->lock);
    bool kept = !list->closed && list->count < list->limit;
    if (kept)
        begin(list, spec);
    else
        *spec->why = WAKING_RELEASED;
    pthread_mutex_unlock(&list->lock);
    return kept;
}

void waiting_call(struct waiting_list *list, struct waiting **handle)
{
    pthread_mutex_lock(&list->lock);
    if (*handle != NULL)
        let_go(*handle, WAKING_CALLED);
    pthread_mutex_unlock(&list->lock);
}

void waiting_release(struct waiting_list *list, uint64_t session_number)
{
    struct waiting *waiting, *next;
    pthread_mutex_lock(&list->lock);
    DL_FOREACH_SAFE (list->all, waiting, next)
        if (waiting->spec.session_number == session_number && waiting->spec.due_us == WIRE_FOREVER)
            let_go(waiting, WAKING_RELEASED);
    pthread_mutex_unlock(&list->lock);
}

void waiting_close(struct waiting_list *list)
{
    struct waiting *waiting, *next;
    pthread_mutex_lock(&list->lock);
    list->closed = true;
    DL_FOREACH_SAFE (list->all, waiting, next)
        let_go(waiting, WAKING_RELEASED);
    pthread_mutex_unlock(&list->lock);
}

size_t waiting_count(struct waiting_list *list)
{
    pthread_mutex_lock(&list->lock);
    size_t count = list->count;
    pthread_mutex_unlock(&list->lock);
    return count;
}
