/* The one who asks and the thread share a lookup; who leaves last frees it. */
#include "base/resolve.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "base/deadline.h"
#include "base/memory.h"

struct lookup {
    pthread_mutex_t lock;
    pthread_cond_t ended;
    char *host;
    char port[16];
    int wrong; /* of getaddrinfo() */
    struct addrinfo *found;
    bool has_ended, is_alone; /* `is_alone`: one of the two has left */
};

static int look(const char *host, const char *port, int flags, struct addrinfo **found)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV | flags};
    return getaddrinfo(host, port, &hints, found);
}

static struct lookup *lookup_new(const char *host, const char *port)
{
    struct lookup *lookup = mem_zero(1, sizeof *lookup);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&lookup->ended, &monotonic);
    pthread_condattr_destroy(&monotonic);
    pthread_mutex_init(&lookup->lock, NULL);
    lookup->host = mem_dup(host);
    snprintf(lookup->port, sizeof lookup->port, "%s", port);
    return lookup;
}

static void lookup_free(struct lookup *lookup)
{
    if (lookup->found != NULL)
        freeaddrinfo(lookup->found);
    pthread_mutex_destroy(&lookup->lock);
    pthread_cond_destroy(&lookup->ended);
    free(lookup->host);
    free(lookup);
}

/* With the lock held. */
static void leave(struct lookup *lookup)
{
    bool was_alone = lookup->is_alone;
    lookup->is_alone = true;
    pthread_mutex_unlock(&lookup->lock);
    if (was_alone)
        lookup_free(lookup);
}

static void *run(void *context)
{
    struct lookup *lookup = context;
    struct addrinfo *found = NULL;
    int wrong = look(lookup->host, lookup->port, 0, &found);
    pthread_mutex_lock(&lookup->lock);
    lookup->wrong = wrong;
    lookup->found = found;
    lookup->has_ended = true;
    pthread_cond_signal(&lookup->ended);
    leave(lookup);
    return NULL;
}

static bool start(struct lookup *lookup)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, run, lookup) != 0)
        return false;
    pthread_detach(thread);
    return true;
}

static struct timespec moment_of(int64_t deadline)
{
    return (struct timespec){.tv_sec = (time_t)(deadline / 1000), .tv_nsec = (long)(deadline % 1000) * 1000000};
}

/* False when the time is over before it has ended. */
static bool wait_for(struct lookup *lookup, int64_t deadline)
{
    struct timespec moment = moment_of(deadline);
    int error = 0;
    while (!lookup->has_ended && error == 0)
        error = pthread_cond_timedwait(&lookup->ended, &lookup->lock, &moment);
    return lookup->has_ended;
}

/* What the thread found, or why it found nothing. */
static bool settle(struct lookup *lookup, bool has_ended, struct addrinfo **found, char **problem)
{
    if (!has_ended)
        *problem = mem_print("nobody has told the address of %.255s in time", lookup->host);
    else if (lookup->wrong != 0)
        *problem = mem_print("%.255s: %s", lookup->host, gai_strerror(lookup->wrong));
    else
        *found = lookup->found;
    if (has_ended)
        lookup->found = NULL;
    return *problem == NULL;
}

bool resolve(const char *host, int port, int64_t deadline, struct addrinfo **found, char **problem)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%d", port);
    *problem = NULL;
    if (look(host, digits, AI_NUMERICHOST, found) == 0)
        return true;
    struct lookup *lookup = lookup_new(host, digits);
    if (!start(lookup)) {
        lookup_free(lookup);
        *problem = mem_dup("no thread is free to look up the address");
        return false;
    }
    pthread_mutex_lock(&lookup->lock);
    bool good = settle(lookup, wait_for(lookup, deadline), found, problem);
    leave(lookup);
    return good;
}
