#include "base/notices.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"

#define KINDS_MAX     32
#define TELL_AGAIN_US (60 * INSTANT_SECOND_US)

struct notices {
    void (*tell)(void *context, const char *sentence);
    void *context;
    pthread_mutex_t lock; /* all below */
    struct notice kinds[KINDS_MAX];
    size_t count;
};

struct notices *notices_new(void (*tell)(void *context, const char *sentence), void *context)
{
    struct notices *notices = mem_zero(1, sizeof *notices);
    notices->tell = tell;
    notices->context = context;
    pthread_mutex_init(&notices->lock, NULL);
    return notices;
}

void notices_free(struct notices *notices)
{
    if (notices == NULL)
        return;
    pthread_mutex_destroy(&notices->lock);
    free(notices);
}

/* NULL when there is no place for another kind. */
static struct notice *kind_of(struct notices *notices, const char *sentence)
{
    for (size_t i = 0; i < notices->count; i++)
        if (strncmp(notices->kinds[i].sentence, sentence, NOTICE_MAX - 1) == 0)
            return &notices->kinds[i];
    if (notices->count == KINDS_MAX)
        return NULL;
    struct notice *kind = &notices->kinds[notices->count++];
    snprintf(kind->sentence, sizeof kind->sentence, "%s", sentence);
    return kind;
}

static bool count(struct notice *kind)
{
    int64_t now = instant_monotonic();
    bool tells = kind->times++ == 0 || now - kind->told_at_us >= TELL_AGAIN_US;
    if (tells)
        kind->told_at_us = now;
    return tells;
}

void notices_add(struct notices *notices, const char *sentence)
{
    pthread_mutex_lock(&notices->lock);
    struct notice *kind = kind_of(notices, sentence);
    bool tells = kind == NULL || count(kind);
    pthread_mutex_unlock(&notices->lock);
    if (tells && notices->tell != NULL)
        notices->tell(notices->context, sentence);
}

bool notices_at(struct notices *notices, size_t index, struct notice *out)
{
    pthread_mutex_lock(&notices->lock);
    bool there = index < notices->count;
    if (there)
        *out = notices->kinds[index];
    pthread_mutex_unlock(&notices->lock);
    return there;
}
