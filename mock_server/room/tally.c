#include "room/tally.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

struct tally {
    pthread_mutex_t lock;
    cJSON *kinds; /* an array */
    uint64_t count, unlisted;
};

struct tally *tally_new(void)
{
    struct tally *tally = mem_zero(1, sizeof *tally);
    pthread_mutex_init(&tally->lock, NULL);
    tally->kinds = cJSON_CreateArray();
    return tally;
}

void tally_free(struct tally *tally)
{
    if (tally == NULL)
        return;
    cJSON_Delete(tally->kinds);
    pthread_mutex_destroy(&tally->lock);
    free(tally);
}

/* Members that make two requests of one kind. A reason is the same whatever the value was. */
static const char *const same[] = {"provider", "operation", "status", "happened", "method"};

static const char *rule_of(const cJSON *line)
{
    return json_string_or(json_member(line, "reason"), "rule", "");
}

static bool is_alike(const cJSON *kind, const cJSON *line)
{
    for (size_t i = 0; i < COUNT_OF(same); i++)
        if (!json_equal(json_member(kind, same[i]), json_member(line, same[i])))
            return false;
    return strcmp(rule_of(kind), rule_of(line)) == 0;
}

static void copy(cJSON *kind, const cJSON *line, const char *name)
{
    const cJSON *value = json_member(line, name);
    json_set(kind, name, value == NULL ? cJSON_CreateNull() : cJSON_Duplicate(value, true));
}

/* Without a query: it may have a secret, and belongs to one request alone. */
static void note_target(cJSON *kind, const cJSON *line)
{
    const char *target = json_string_or(line, "target", "");
    char *path = mem_dup_bytes(target, strcspn(target, "?"));
    json_set_string(kind, "target", path);
    free(path);
}

static void count(struct tally *tally, const cJSON *line)
{
    cJSON *kind = NULL;
    cJSON_ArrayForEach (kind, tally->kinds)
        if (is_alike(kind, line))
            break;
    if (kind == NULL && cJSON_GetArraySize(tally->kinds) == TALLY_MAX) {
        tally->unlisted++;
        return;
    }
    if (kind == NULL) {
        kind = cJSON_CreateObject();
        for (size_t i = 0; i < COUNT_OF(same); i++)
            copy(kind, line, same[i]);
        note_target(kind, line);
        copy(kind, line, "reason");
        cJSON_AddItemToArray(tally->kinds, kind);
    }
    json_set_integer(kind, "times", json_int_or(kind, "times", 0) + 1);
}

void tally_add(void *context, const char *bytes, size_t length)
{
    struct tally *tally = context;
    cJSON *line = json_read_bytes(bytes, length);
    pthread_mutex_lock(&tally->lock);
    tally->count++;
    count(tally, line);
    pthread_mutex_unlock(&tally->lock);
    cJSON_Delete(line);
}

cJSON *tally_to_json(struct tally *tally)
{
    pthread_mutex_lock(&tally->lock);
    cJSON *kinds = cJSON_Duplicate(tally->kinds, true);
    pthread_mutex_unlock(&tally->lock);
    return kinds;
}

uint64_t tally_count(struct tally *tally, uint64_t *unlisted)
{
    pthread_mutex_lock(&tally->lock);
    uint64_t all = tally->count;
    *unlisted = tally->unlisted;
    pthread_mutex_unlock(&tally->lock);
    return all;
}
