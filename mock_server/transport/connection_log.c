#include "transport/connection_log.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

void connection_log_init(struct connection_log *log)
{
    pthread_mutex_init(&log->lock, NULL);
}

void connection_log_release(struct connection_log *log)
{
    pthread_mutex_destroy(&log->lock);
}

void connection_count(uint64_t *counter, uint64_t more)
{
    __atomic_store_n(counter, *counter + more, __ATOMIC_RELAXED);
}

void connection_log_open(struct connection_log *log, struct connection_record *record)
{
    pthread_mutex_lock(&log->lock);
    record->number = ++log->opened;
    record->next = log->open;
    if (log->open != NULL)
        log->open->previous = record;
    log->open = record;
    pthread_mutex_unlock(&log->lock);
}

static void take_out(struct connection_log *log, struct connection_record *record)
{
    if (record->previous == NULL)
        log->open = record->next;
    else
        record->previous->next = record->next;
    if (record->next != NULL)
        record->next->previous = record->previous;
}

void connection_log_end(struct connection_log *log, struct connection_record *record, enum connection_end end)
{
    pthread_mutex_lock(&log->lock);
    take_out(log, record);
    record->end = end;
    log->kept[log->ended++ % CONNECTIONS_KEPT] = *record;
    log->bytes_in += record->bytes_in;
    log->bytes_out += record->bytes_out;
    pthread_mutex_unlock(&log->lock);
}

static void keep(char *into, size_t room, const char *text)
{
    if (text != NULL)
        snprintf(into, room, "%s", text);
}

void connection_log_note_tls(struct connection_log *log, struct connection_record *record, const char *version,
                             const char *server_name, const char *problem)
{
    pthread_mutex_lock(&log->lock);
    record->tls = version == NULL ? record->tls : version;
    keep(record->server_name, sizeof record->server_name, server_name);
    keep(record->problem, sizeof record->problem, problem);
    pthread_mutex_unlock(&log->lock);
}

void connection_log_note_tunnel(struct connection_log *log, struct connection_record *record, const char *host)
{
    pthread_mutex_lock(&log->lock);
    keep(record->tunnel, sizeof record->tunnel, host);
    pthread_mutex_unlock(&log->lock);
}

/* ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────── */

void connection_log_each(struct connection_log *log,
                         void (*call)(void *context, const struct connection_record *record), void *context)
{
    pthread_mutex_lock(&log->lock);
    for (const struct connection_record *record = log->open; record != NULL; record = record->next)
        call(context, record);
    pthread_mutex_unlock(&log->lock);
}

/* The counters change without the lock; nothing else does. */
static struct connection_record copy_open(const struct connection_record *record)
{
    struct connection_record copy = {.number = record->number,
                                     .requests = __atomic_load_n(&record->requests, __ATOMIC_RELAXED),
                                     .bytes_in = __atomic_load_n(&record->bytes_in, __ATOMIC_RELAXED),
                                     .bytes_out = __atomic_load_n(&record->bytes_out, __ATOMIC_RELAXED),
                                     .tls = record->tls};
    keep(copy.server_name, sizeof copy.server_name, record->server_name);
    keep(copy.problem, sizeof copy.problem, record->problem);
    keep(copy.tunnel, sizeof copy.tunnel, record->tunnel);
    return copy;
}

static void add(struct connection_page *page, struct connection_record record, uint64_t since)
{
    record.previous = record.next = NULL;
    if (record.number >= since)
        page->list[page->count++] = record;
}

static int by_number(const void *a, const void *b)
{
    const struct connection_record *one = a, *other = b;
    return one->number < other->number ? -1 : one->number > other->number;
}

static void add_open(const struct connection_log *log, struct connection_page *page, uint64_t since)
{
    for (const struct connection_record *record = log->open; record != NULL; record = record->next) {
        struct connection_record copy = copy_open(record);
        page->bytes_in += copy.bytes_in;
        page->bytes_out += copy.bytes_out;
        add(page, copy, since);
    }
}

struct connection_page connection_log_read(struct connection_log *log, uint64_t since)
{
    pthread_mutex_lock(&log->lock);
    struct connection_page page = {
        .opened = log->opened, .ended = log->ended, .bytes_in = log->bytes_in, .bytes_out = log->bytes_out};
    size_t kept = log->ended < CONNECTIONS_KEPT ? (size_t)log->ended : CONNECTIONS_KEPT;
    page.list = mem_zero(kept + (size_t)(log->opened - log->ended) + 1, sizeof *page.list);
    for (size_t i = 0; i < kept; i++)
        add(&page, log->kept[i], since);
    add_open(log, &page, since);
    pthread_mutex_unlock(&log->lock);
    qsort(page.list, page.count, sizeof *page.list, by_number);
    return page;
}
