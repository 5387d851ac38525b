#include "session/reload.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/instant.h"
#include "base/text.h"
#include "fixtures/content.h"
#include "fixtures/fixtures.h"
#include "session/sessions.h"

#define READS_MAX 5 /* of files that do not stop changing; then it is told, and tried again at the next change */

struct reload {
    struct reload_options options;
    char *folder;
    pthread_mutex_t work_lock; /* one reload at a time */

    pthread_mutex_t lock; /* of what follows; held for moments */
    pthread_cond_t stop;
    bool stopping;
    uint64_t good, tried; /* the content that is served, and the one that was read last */
    uint64_t seen;        /* by the thread alone: at its last look */
    int64_t generation;
    int64_t since_us;           /* 0: what was read last is served */
    struct text problems;       /* of what was read last */
    enum reload_result outcome; /* of the last change */
    bool untold;                /* nobody has told it yet */
    pthread_t thread;
};

/* ── What there is to say ──────────────────────────────────────────────────────────────────────────────────────── */

static cJSON *lines_of(const char *text)
{
    cJSON *lines = cJSON_CreateArray();
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        char *line = mem_dup_bytes(text, length);
        cJSON_AddItemToArray(lines, cJSON_CreateString(line));
        free(line);
        text += length + (text[length] == '\n');
    }
    return lines;
}

cJSON *reload_to_json(struct reload *reload)
{
    char since[INSTANT_TEXT_MAX];
    cJSON *json = cJSON_CreateObject();
    pthread_mutex_lock(&reload->lock);
    bool is_stale = reload->since_us != 0;
    instant_write_utc(reload->since_us, 6, since);
    json_set_string(json, "folder", reload->folder);
    json_set_integer(json, "generation", reload->generation);
    json_set_string(json, "state", is_stale ? "stale" : "current");
    json_set_string(json, "since", is_stale ? since : NULL);
    json_set(json, "problems", lines_of(text_cstr(&reload->problems)));
    pthread_mutex_unlock(&reload->lock);
    return json;
}

static void note_good(struct reload *reload, uint64_t content, bool is_new)
{
    pthread_mutex_lock(&reload->lock);
    bool was_stale = reload->since_us != 0;
    reload->untold = reload->untold || is_new || was_stale;
    reload->outcome = is_new ? RELOAD_TAKEN : RELOAD_SAME;
    reload->good = reload->tried = content;
    reload->generation += is_new;
    reload->since_us = 0;
    text_clear(&reload->problems);
    pthread_mutex_unlock(&reload->lock);
}

static void note_wrong(struct reload *reload, uint64_t content, const struct text *problems)
{
    pthread_mutex_lock(&reload->lock);
    if (reload->since_us == 0 || reload->tried != content) {
        reload->since_us = instant_now();
        reload->untold = true;
    }
    reload->outcome = RELOAD_WRONG;
    reload->tried = content;
    text_clear(&reload->problems);
    text_add_bytes(&reload->problems, problems->bytes, problems->length);
    pthread_mutex_unlock(&reload->lock);
}

/* ── Reading the folder ────────────────────────────────────────────────────────────────────────────────────────── */

/* The set that the folder holds; *content is that of the files it was read from. NULL with the mistakes. */
static const struct fixtures *read_whole(struct reload *reload, uint64_t *content, struct text *problems)
{
    for (int i = 0; i < READS_MAX; i++) {
        text_clear(problems);
        const struct fixtures *fixtures = fixtures_load(reload->folder, reload->options.providers, problems);
        uint64_t after = fixtures_content(reload->folder, reload->options.providers);
        if (after == *content)
            return fixtures;
        fixtures_drop(fixtures);
        *content = after;
    }
    text_clear(problems);
    text_print(problems, "%s: its files change while they are read\n", reload->folder);
    return NULL;
}

static bool serve(struct reload *reload, const struct fixtures *fixtures, struct text *problems)
{
    struct session *session = sessions_default(reload->options.sessions);
    bool good = session_move(session, fixtures, problems);
    session_drop(session);
    if (good)
        sessions_renew(reload->options.sessions, fixtures);
    return good;
}

/* The work lock is held. */
static enum reload_result take(struct reload *reload, uint64_t content, struct text *problems)
{
    const struct fixtures *fixtures =
        content == reload->good ? NULL : read_whole(reload, &content, problems); /* it may change meanwhile */
    bool is_same = content == reload->good, good = is_same || (fixtures != NULL && serve(reload, fixtures, problems));
    fixtures_drop(fixtures);
    if (good)
        note_good(reload, content, !is_same);
    else
        note_wrong(reload, content, problems);
    return is_same ? RELOAD_SAME : good ? RELOAD_TAKEN : RELOAD_WRONG;
}

enum reload_result reload_now(struct reload *reload, struct text *problems)
{
    if (reload->folder == NULL)
        return RELOAD_NOTHING;
    pthread_mutex_lock(&reload->work_lock);
    enum reload_result result = take(reload, fixtures_content(reload->folder, reload->options.providers), problems);
    pthread_mutex_unlock(&reload->work_lock);
    return result;
}

void reload_is_told(struct reload *reload)
{
    pthread_mutex_lock(&reload->lock);
    reload->untold = false;
    pthread_mutex_unlock(&reload->lock);
}

/* ── Looking by itself ─────────────────────────────────────────────────────────────────────────────────────────── */

#define SETTLING 4  /* after a change it is looked at that many times as often, until two looks agree */
#define RESTING  50 /* it rests at least that many times as long as it worked: it takes 2 % of a processor at most */

#define TOLD_MAX 20 /* mistakes; GET /_mock/ready has them all */

static void tell_lines(struct reload *reload, const cJSON *problems)
{
    int count = cJSON_GetArraySize(problems), told = 0;
    for (const cJSON *line = problems->child; line != NULL && told < TOLD_MAX; line = line->next, told++)
        reload->options.tell(reload->options.context, line->valuestring);
    char *rest = mem_print("and %d more; GET /_mock/ready has them all", count - told);
    if (told < count)
        reload->options.tell(reload->options.context, rest);
    free(rest);
}

static const char *const outcomes[] = {
    [RELOAD_SAME] = "good again, and as it is served",
    [RELOAD_TAKEN] = "read again; it is served from now on",
    [RELOAD_WRONG] = "read again and not taken, so the last good fixtures stay; mend what is wrong:",
};

/* Without a lock, since nobody knows how long telling takes. */
static void tell(struct reload *reload)
{
    pthread_mutex_lock(&reload->lock);
    bool untold = reload->untold && reload->options.tell != NULL;
    const char *outcome = outcomes[reload->outcome];
    cJSON *problems = lines_of(text_cstr(&reload->problems));
    reload->untold = false;
    pthread_mutex_unlock(&reload->lock);
    char *sentence = mem_print("%s: %s", reload->folder, outcome);
    if (untold) {
        reload->options.tell(reload->options.context, sentence);
        tell_lines(reload, problems);
    }
    free(sentence);
    cJSON_Delete(problems);
}

/* True when the files have changed since the last look: then they may go on doing so. */
static bool look(struct reload *reload)
{
    uint64_t content = fixtures_content(reload->folder, reload->options.providers);
    bool is_moving = content != reload->seen;
    struct text problems = TEXT_INIT(RELOAD_PROBLEMS_MAX);
    reload->seen = content;
    pthread_mutex_lock(&reload->work_lock);
    if (!is_moving && content != reload->tried)
        (void)take(reload, content, &problems);
    pthread_mutex_unlock(&reload->work_lock);
    text_release(&problems);
    tell(reload);
    return is_moving;
}

/* False: it is time to stop. */
static bool rest(struct reload *reload, int64_t us)
{
    int64_t until_us = instant_monotonic() + us;
    const struct timespec until = {.tv_sec = until_us / INSTANT_SECOND_US,
                                   .tv_nsec = until_us % INSTANT_SECOND_US * 1000};
    pthread_mutex_lock(&reload->lock);
    while (!reload->stopping && pthread_cond_timedwait(&reload->stop, &reload->lock, &until) != ETIMEDOUT)
        continue;
    bool goes_on = !reload->stopping;
    pthread_mutex_unlock(&reload->lock);
    return goes_on;
}

/* Of this thread alone: time that it waits for others does not count. */
static int64_t worked_us(void)
{
    struct timespec worked;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &worked);
    return (int64_t)worked.tv_sec * INSTANT_SECOND_US + worked.tv_nsec / 1000;
}

static void *watch(void *context)
{
    struct reload *reload = context;
    int64_t every_us = reload->options.every_us, rest_us = every_us;
    while (rest(reload, rest_us)) {
        int64_t began_us = worked_us();
        bool is_moving = look(reload);
        int64_t least_us = RESTING * (worked_us() - began_us);
        rest_us = is_moving ? every_us / SETTLING : every_us;
        rest_us = rest_us < least_us ? least_us : rest_us;
    }
    return NULL;
}

/* ── Life ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Signals are the program's: none may interrupt this thread. */
static int start_watching(struct reload *reload)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int error = pthread_create(&reload->thread, NULL, watch, reload);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error;
}

static void init_stop(pthread_cond_t *stop)
{
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(stop, &attributes);
    pthread_condattr_destroy(&attributes);
}

static void release(struct reload *reload)
{
    pthread_cond_destroy(&reload->stop);
    pthread_mutex_destroy(&reload->lock);
    pthread_mutex_destroy(&reload->work_lock);
    text_release(&reload->problems);
    free(reload->folder);
    free(reload);
}

struct reload *reload_new(const struct reload_options *options)
{
    struct reload *reload = mem_zero(1, sizeof *reload);
    reload->options = *options;
    reload->folder = mem_dup(options->folder);
    reload->generation = 1;
    reload->good = reload->tried = reload->seen = options->content;
    reload->problems = TEXT_INIT(RELOAD_PROBLEMS_MAX);
    pthread_mutex_init(&reload->work_lock, NULL);
    pthread_mutex_init(&reload->lock, NULL);
    init_stop(&reload->stop);
    if (reload->folder == NULL)
        reload->options.every_us = 0;
    errno = reload->options.every_us > 0 ? start_watching(reload) : 0;
    if (errno == 0)
        return reload;
    release(reload);
    return NULL;
}

void reload_free(struct reload *reload)
{
    if (reload == NULL)
        return;
    pthread_mutex_lock(&reload->lock);
    reload->stopping = true;
    pthread_cond_signal(&reload->stop);
    pthread_mutex_unlock(&reload->lock);
    if (reload->options.every_us > 0)
        pthread_join(reload->thread, NULL);
    release(reload);
}
