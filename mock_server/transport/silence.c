#include "transport/silence.h"

#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/memory.h"

static int socket_of(struct MHD_Connection *mhd)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info == NULL ? -1 : info->connect_fd;
}

struct silent {
    struct MHD_Connection *mhd;
    uint64_t session_number; /* the session whose fault it was */
};

struct silent_list {
    pthread_mutex_t lock;
    struct silent *list;
    size_t count, room;
    size_t swept; /* where the next sweep begins */
    bool closed;
};

struct silent_list *silent_list_new(void)
{
    struct silent_list *list = mem_zero(1, sizeof *list);
    pthread_mutex_init(&list->lock, NULL);
    return list;
}

void silent_list_free(struct silent_list *list)
{
    pthread_mutex_destroy(&list->lock);
    free(list->list);
    free(list);
}

enum MHD_Result silent_keep(struct silent_list *list, struct MHD_Connection *mhd, uint64_t session_number)
{
    enum MHD_Result result = MHD_NO;
    pthread_mutex_lock(&list->lock);
    if (!list->closed) {
        if (list->count == list->room) {
            list->room = list->room == 0 ? 16 : list->room * 2;
            list->list = mem_resize(list->list, list->room * sizeof *list->list);
        }
        list->list[list->count++] = (struct silent){mhd, session_number};
        MHD_suspend_connection(mhd);
        result = MHD_YES;
    }
    pthread_mutex_unlock(&list->lock);
    return result;
}

void silent_release(struct silent_list *list, uint64_t session_number)
{
    pthread_mutex_lock(&list->lock);
    for (size_t i = 0; i < list->count; i++)
        if (list->list[i].session_number == session_number) {
            MHD_resume_connection(list->list[i].mhd);
            list->list[i--] = list->list[--list->count];
        }
    pthread_mutex_unlock(&list->lock);
}

void silent_close(struct silent_list *list)
{
    pthread_mutex_lock(&list->lock);
    for (size_t i = 0; i < list->count; i++)
        MHD_resume_connection(list->list[i].mhd);
    list->count = 0;
    list->closed = true;
    pthread_mutex_unlock(&list->lock);
}

#define SWEEP_MAX 4096 /* a sweep; the next one begins where this one ended */

void silent_sweep(struct silent_list *list)
{
    struct pollfd watched[64];
    pthread_mutex_lock(&list->lock);
    size_t left = list->count < SWEEP_MAX ? list->count : SWEEP_MAX;
    while (left > 0) {
        size_t first = list->swept < list->count ? list->swept : 0, batch = list->count - first;
        batch = batch < left ? batch : left;
        batch = batch < COUNT_OF(watched) ? batch : COUNT_OF(watched);
        for (size_t i = 0; i < batch; i++)
            watched[i] = (struct pollfd){.fd = socket_of(list->list[first + i].mhd), .events = POLLRDHUP};
        left -= batch;
        list->swept = first + batch;
        if (poll(watched, batch, 0) <= 0)
            continue;
        for (size_t i = 0; i < batch; i++)
            if (watched[i].revents != 0)
                MHD_resume_connection(list->list[first + i].mhd); /* its handler closes it, and finish() forgets it */
    }
    pthread_mutex_unlock(&list->lock);
}

void silent_forget(struct silent_list *list, struct MHD_Connection *mhd)
{
    pthread_mutex_lock(&list->lock);
    for (size_t i = 0; i < list->count; i++)
        if (list->list[i].mhd == mhd)
            list->list[i--] = list->list[--list->count];
    pthread_mutex_unlock(&list->lock);
}
