#include "transport/loop.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/instant.h"

struct retired {
    loop_call *release;
    void *context;
    struct retired *next;
};

struct loop {
    pthread_mutex_t lock;
    pthread_t thread;
    int epoll, wake; /* wake: an eventfd */
    bool stops;
    struct loop_timer **heap; /* the earliest stands first; a timer's place is its index + 1 */
    size_t count, room;
    struct retired *retired;
};

static void wake(struct loop *loop)
{
    uint64_t one = 1;
    ssize_t wrote = write(loop->wake, &one, sizeof one);
    (void)wrote; /* it is awake already when the counter is full */
}

/* ── Timers: a heap ────────────────────────────────────────────────────────────────────────────────────────────── */

static void put(struct loop *loop, size_t index, struct loop_timer *timer)
{
    loop->heap[index] = timer;
    timer->place = index + 1;
}

/* Puts the timer where it belongs, from a free place on. */
static void settle(struct loop *loop, size_t index, struct loop_timer *timer)
{
    while (index > 0 && timer->due_us < loop->heap[(index - 1) / 2]->due_us) {
        put(loop, index, loop->heap[(index - 1) / 2]);
        index = (index - 1) / 2;
    }
    for (size_t child = 2 * index + 1; child < loop->count; child = 2 * index + 1) {
        if (child + 1 < loop->count && loop->heap[child + 1]->due_us < loop->heap[child]->due_us)
            child++;
        if (timer->due_us <= loop->heap[child]->due_us)
            break;
        put(loop, index, loop->heap[child]);
        index = child;
    }
    put(loop, index, timer);
}

static void take_out(struct loop *loop, struct loop_timer *timer)
{
    size_t index = timer->place - 1;
    struct loop_timer *last = loop->heap[--loop->count];
    timer->place = 0;
    if (last != timer)
        settle(loop, index, last);
}

static void put_in(struct loop *loop, struct loop_timer *timer)
{
    if (loop->count == loop->room) {
        loop->room = loop->room == 0 ? 64 : loop->room * 2;
        loop->heap = mem_resize(loop->heap, loop->room * sizeof(struct loop_timer *));
    }
    settle(loop, loop->count++, timer);
}

void loop_at(struct loop *loop, struct loop_timer *timer, int64_t due_us)
{
    pthread_mutex_lock(&loop->lock);
    if (timer->place > 0)
        take_out(loop, timer);
    timer->due_us = due_us;
    put_in(loop, timer);
    bool is_first = timer->place == 1;
    pthread_mutex_unlock(&loop->lock);
    if (is_first)
        wake(loop);
}

void loop_cancel(struct loop *loop, struct loop_timer *timer)
{
    pthread_mutex_lock(&loop->lock);
    if (timer->place > 0)
        take_out(loop, timer);
    pthread_mutex_unlock(&loop->lock);
}

/* ── Watches ───────────────────────────────────────────────────────────────────────────────────────────────────── */

bool loop_watch(struct loop *loop, struct loop_watch *watch, int fd, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.ptr = watch};
    pthread_mutex_lock(&loop->lock);
    watch->fd = fd;
    watch->armed = epoll_ctl(loop->epoll, EPOLL_CTL_ADD, fd, &event) == 0;
    bool armed = watch->armed;
    pthread_mutex_unlock(&loop->lock);
    return armed;
}

void loop_unwatch(struct loop *loop, struct loop_watch *watch)
{
    pthread_mutex_lock(&loop->lock);
    if (watch->armed)
        (void)epoll_ctl(loop->epoll, EPOLL_CTL_DEL, watch->fd, NULL);
    watch->armed = false;
    pthread_mutex_unlock(&loop->lock);
}

void loop_retire(struct loop *loop, loop_call *release, void *context)
{
    struct retired *retired = mem_alloc(sizeof *retired);
    pthread_mutex_lock(&loop->lock);
    *retired = (struct retired){release, context, loop->retired};
    loop->retired = retired;
    pthread_mutex_unlock(&loop->lock);
    wake(loop);
}

/* ── The thread ────────────────────────────────────────────────────────────────────────────────────────────────── */

#define EVENTS_MAX 64
#define WAIT_MAX   60000 /* ms */

static int time_to_wait(struct loop *loop)
{
    pthread_mutex_lock(&loop->lock);
    int64_t us = loop->count == 0 ? INT64_MAX : loop->heap[0]->due_us - instant_monotonic();
    if (loop->retired != NULL || loop->stops)
        us = 0;
    pthread_mutex_unlock(&loop->lock);
    return us <= 0 ? 0 : us / 1000 >= WAIT_MAX ? WAIT_MAX : (int)((us + 999) / 1000);
}

static void call_watch(struct loop *loop, struct loop_watch *watch)
{
    uint64_t count = 0;
    if (watch == NULL) { /* the wake itself */
        ssize_t got = read(loop->wake, &count, sizeof count);
        (void)got;
        return;
    }
    pthread_mutex_lock(&loop->lock);
    bool armed = watch->armed;
    pthread_mutex_unlock(&loop->lock);
    if (armed)
        watch->call(watch->context);
}

/* Calls the earliest timer if its time has come. */
static bool call_timer(struct loop *loop)
{
    struct loop_timer *timer = NULL;
    pthread_mutex_lock(&loop->lock);
    if (loop->count > 0 && loop->heap[0]->due_us <= instant_monotonic()) {
        timer = loop->heap[0];
        take_out(loop, timer);
    }
    pthread_mutex_unlock(&loop->lock);
    if (timer != NULL)
        timer->call(timer->context);
    return timer != NULL;
}

static void release_retired(struct loop *loop)
{
    pthread_mutex_lock(&loop->lock);
    struct retired *list = loop->retired;
    loop->retired = NULL;
    pthread_mutex_unlock(&loop->lock);
    while (list != NULL) {
        struct retired *next = list->next;
        list->release(list->context);
        free(list);
        list = next;
    }
}

static bool has_stopped(struct loop *loop)
{
    pthread_mutex_lock(&loop->lock);
    bool stops = loop->stops;
    pthread_mutex_unlock(&loop->lock);
    return stops;
}

/* What was retired in a round is released at its end: by then no event of the round can mean it any more. */
static void *run(void *context)
{
    struct loop *loop = context;
    struct epoll_event events[EVENTS_MAX];
    while (!has_stopped(loop)) {
        int count = epoll_wait(loop->epoll, events, EVENTS_MAX, time_to_wait(loop));
        for (int i = 0; i < count; i++)
            call_watch(loop, events[i].data.ptr);
        for (int i = 0; i < EVENTS_MAX && call_timer(loop); i++)
            ;
        release_retired(loop);
    }
    return NULL;
}

/* ── Life ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void release(struct loop *loop)
{
    if (loop->epoll >= 0)
        close(loop->epoll);
    if (loop->wake >= 0)
        close(loop->wake);
    pthread_mutex_destroy(&loop->lock);
    free(loop->heap);
    free(loop);
}

struct loop *loop_new(void)
{
    struct loop *loop = mem_zero(1, sizeof *loop);
    struct epoll_event event = {.events = EPOLLIN};
    pthread_mutex_init(&loop->lock, NULL);
    loop->epoll = epoll_create1(EPOLL_CLOEXEC);
    loop->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    bool good = loop->epoll >= 0 && loop->wake >= 0 && epoll_ctl(loop->epoll, EPOLL_CTL_ADD, loop->wake, &event) == 0 &&
                pthread_create(&loop->thread, NULL, run, loop) == 0;
    if (!good)
        release(loop);
    return good ? loop : NULL;
}

void loop_free(struct loop *loop)
{
    pthread_mutex_lock(&loop->lock);
    loop->stops = true;
    pthread_mutex_unlock(&loop->lock);
    wake(loop);
    pthread_join(loop->thread, NULL);
    release_retired(loop);
    release(loop);
}
