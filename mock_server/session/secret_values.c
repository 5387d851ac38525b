/*
 * A ring of values, chained by their first byte: most places of a text are passed with one look into `first`.
 */
#include "session/secret_values.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/spelling.h"

struct value {
    char *bytes;
    size_t length;
    bool is_cut;   /* it was longer */
    uint16_t next; /* of those with this first byte: 1 more than its place; 0: none */
};

struct ring {
    struct value list[SECRETS_MAX];
    size_t count, oldest;
    uint16_t first[256];
};

struct secret_values {
    pthread_mutex_t lock;
    struct ring *ring; /* NULL until there is one; read without the lock as well */
};

struct secret_values *secret_values_new(void)
{
    struct secret_values *values = mem_zero(1, sizeof *values);
    pthread_mutex_init(&values->lock, NULL);
    return values;
}

void secret_values_free(struct secret_values *values)
{
    if (values == NULL)
        return;
    for (size_t i = 0; values->ring != NULL && i < values->ring->count; i++)
        free(values->ring->list[i].bytes);
    free(values->ring);
    pthread_mutex_destroy(&values->lock);
    free(values);
}

bool secret_values_are_none(const struct secret_values *values)
{
    return __atomic_load_n(&values->ring, __ATOMIC_ACQUIRE) == NULL;
}

/* ── Keeping ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* CANCELLATION_STRATEGY: the name of a choice, and not the value of a secret. */
static bool is_constant(const char *bytes, size_t length)
{
    size_t same = 0;
    while (same < length && ((bytes[same] >= 'A' && bytes[same] <= 'Z') || bytes[same] == '_'))
        same++;
    return same == length && memchr(bytes, '_', length) != NULL;
}

static bool is_kept(const char *bytes, size_t length)
{
    size_t letters = 0;
    while (letters < length && ascii_is_alpha(bytes[letters]))
        letters++;
    if (is_constant(bytes, length))
        return false;
    return length >= (letters == length ? SECRET_WORD_MIN : SECRET_LENGTH_MIN);
}

static bool is_there(const struct ring *ring, const char *bytes, size_t length)
{
    for (unsigned at = ring->first[(unsigned char)bytes[0]]; at != 0; at = ring->list[at - 1].next)
        if (ring->list[at - 1].length == length && memcmp(ring->list[at - 1].bytes, bytes, length) == 0)
            return true;
    return false;
}

static void chain(struct ring *ring, size_t place)
{
    struct value *value = &ring->list[place];
    uint16_t *first = &ring->first[(unsigned char)value->bytes[0]];
    value->next = *first;
    *first = (uint16_t)(place + 1);
}

static void unchain(struct ring *ring, size_t place)
{
    uint16_t *link = &ring->first[(unsigned char)ring->list[place].bytes[0]];
    while (*link != place + 1)
        link = &ring->list[*link - 1].next;
    *link = ring->list[place].next;
    free(ring->list[place].bytes);
}

static void keep(struct ring *ring, const char *bytes, size_t length, bool is_cut)
{
    size_t place = ring->count;
    if (ring->count == SECRETS_MAX) {
        place = ring->oldest;
        ring->oldest = (ring->oldest + 1) % SECRETS_MAX;
        unchain(ring, place);
    } else {
        ring->count++;
    }
    ring->list[place] = (struct value){mem_dup_bytes(bytes, length), length, is_cut, 0};
    chain(ring, place);
}

void secret_values_add(struct secret_values *values, const char *bytes, size_t length)
{
    bool is_cut = length > SECRET_BYTES_MAX;
    if (!is_kept(bytes, length))
        return;
    length = is_cut ? SECRET_BYTES_MAX : length;
    pthread_mutex_lock(&values->lock);
    struct ring *ring = values->ring == NULL ? mem_zero(1, sizeof *ring) : values->ring;
    if (!is_there(ring, bytes, length))
        keep(ring, bytes, length, is_cut);
    __atomic_store_n(&values->ring, ring, __ATOMIC_RELEASE);
    pthread_mutex_unlock(&values->lock);
}

/* ── Finding ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Bytes of the text that are the value or a long beginning of it; 0: it does not stand here. */
static size_t match(const struct value *value, const char *bytes, size_t length)
{
    size_t at = 0, met = 0;
    struct spelled spelled;
    while (met < value->length && at < length) {
        bool is_escape = spelling_read(bytes + at, length - at, SPELLING_ANY, &spelled) &&
                         spelled.length <= value->length - met &&
                         memcmp(spelled.bytes, value->bytes + met, spelled.length) == 0;
        if (!is_escape && bytes[at] != value->bytes[met])
            break;
        at += is_escape ? spelled.width : 1;
        met += is_escape ? spelled.length : 1;
    }
    if (met == value->length)
        return value->is_cut ? length : at;
    return met >= SECRET_PREFIX_MIN ? at : 0;
}

/* Whether a word goes on before `at`: the end of an escape is none. */
static bool is_inside(const char *bytes, size_t at)
{
    struct spelled spelled;
    for (size_t back = 2; back <= 6 && back <= at; back++)
        if (spelling_read(bytes + at - back, back, SPELLING_ANY, &spelled) && spelled.width == back)
            return ascii_is_alnum(spelled.bytes[spelled.length - 1]);
    return at > 0 && ascii_is_alnum(bytes[at - 1]);
}

static bool is_word(const struct value *value, const char *bytes, size_t length, size_t at, size_t end)
{
    bool begins = !ascii_is_alnum(value->bytes[0]) || !is_inside(bytes, at);
    bool ends = !ascii_is_alnum(value->bytes[value->length - 1]) || end >= length || !ascii_is_alnum(bytes[end]);
    return begins && ends;
}

/* The longest of the values of that first byte. */
static size_t longest(const struct ring *ring, unsigned char first, const char *bytes, size_t length, size_t at)
{
    size_t most = 0;
    for (unsigned i = ring->first[first]; i != 0; i = ring->list[i - 1].next) {
        const struct value *value = &ring->list[i - 1];
        size_t size = match(value, bytes + at, length - at);
        if (size > most && (value->length >= SECRET_LOOSE_MIN || is_word(value, bytes, length, at, at + size)))
            most = size;
    }
    return most;
}

static size_t found_at(const struct ring *ring, const char *bytes, size_t length, size_t at)
{
    struct spelled spelled;
    size_t most = longest(ring, (unsigned char)bytes[at], bytes, length, at);
    if (most == 0 && strchr("%\\&", bytes[at]) != NULL &&
        spelling_read(bytes + at, length - at, SPELLING_ANY, &spelled))
        most = longest(ring, (unsigned char)spelled.bytes[0], bytes, length, at);
    return most;
}

void secret_values_find(struct secret_values *values, const char *bytes, size_t length,
                        void (*found)(void *context, size_t at, size_t length), void *context)
{
    if (secret_values_are_none(values))
        return;
    pthread_mutex_lock(&values->lock);
    for (size_t at = 0; at < length;) {
        size_t size = found_at(values->ring, bytes, length, at);
        if (size > 0)
            found(context, at, size);
        at += size > 0 ? size : 1;
    }
    pthread_mutex_unlock(&values->lock);
}
