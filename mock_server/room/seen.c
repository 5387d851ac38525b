#include "room/seen.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct seen {
    pthread_mutex_t lock;
    struct {
        char word[SEEN_WORD_MAX + 1];
        uint64_t times;
    } list[SEEN_MAX];
    size_t count;
    uint64_t unlisted;
};

struct seen *seen_new(void)
{
    struct seen *seen = mem_zero(1, sizeof *seen);
    pthread_mutex_init(&seen->lock, NULL);
    return seen;
}

void seen_free(struct seen *seen)
{
    if (seen == NULL)
        return;
    pthread_mutex_destroy(&seen->lock);
    free(seen);
}

/* Under the lock. */
static uint64_t *times_of(struct seen *seen, const char *word)
{
    for (size_t i = 0; i < seen->count; i++)
        if (strncmp(seen->list[i].word, word, SEEN_WORD_MAX) == 0)
            return &seen->list[i].times;
    if (seen->count == SEEN_MAX)
        return &seen->unlisted;
    snprintf(seen->list[seen->count].word, sizeof seen->list[0].word, "%s", word);
    return &seen->list[seen->count++].times;
}

void seen_add(struct seen *seen, const char *word)
{
    pthread_mutex_lock(&seen->lock);
    (*times_of(seen, word))++;
    pthread_mutex_unlock(&seen->lock);
}

bool seen_at(struct seen *seen, size_t index, const char **word, uint64_t *times)
{
    pthread_mutex_lock(&seen->lock);
    bool is_there = index < seen->count;
    if (is_there) {
        *word = seen->list[index].word;
        *times = seen->list[index].times;
    }
    pthread_mutex_unlock(&seen->lock);
    return is_there;
}

uint64_t seen_unlisted(struct seen *seen)
{
    pthread_mutex_lock(&seen->lock);
    uint64_t unlisted = seen->unlisted;
    pthread_mutex_unlock(&seen->lock);
    return unlisted;
}
