#include "session/records.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct records {
    pthread_mutex_t lock;
    cJSON *kept; /* an object: values by name */
    int count;
};

struct records *records_new(void)
{
    struct records *records = mem_zero(1, sizeof *records);
    pthread_mutex_init(&records->lock, NULL);
    records->kept = cJSON_CreateObject();
    return records;
}

void records_free(struct records *records)
{
    if (records == NULL)
        return;
    cJSON_Delete(records->kept);
    pthread_mutex_destroy(&records->lock);
    free(records);
}

cJSON *records_get(struct records *records, const char *name)
{
    pthread_mutex_lock(&records->lock);
    cJSON *copy = cJSON_Duplicate(json_member(records->kept, name), true);
    pthread_mutex_unlock(&records->lock);
    return copy;
}

void records_put(struct records *records, const char *name, const cJSON *value)
{
    cJSON *copy = cJSON_Duplicate(value, true);
    pthread_mutex_lock(&records->lock);
    if (json_member(records->kept, name) == NULL) {
        if (records->count >= RECORDS_MAX)
            cJSON_Delete(cJSON_DetachItemViaPointer(records->kept, records->kept->child));
        else
            records->count++;
    }
    json_set(records->kept, name, copy);
    pthread_mutex_unlock(&records->lock);
}

cJSON *records_all(struct records *records, const char *prefix)
{
    cJSON *all = cJSON_CreateObject();
    size_t length = strlen(prefix);
    pthread_mutex_lock(&records->lock);
    for (const cJSON *value = records->kept->child; value != NULL; value = value->next)
        if (strncmp(value->string, prefix, length) == 0)
            cJSON_AddItemToObject(all, value->string + length, cJSON_Duplicate(value, true));
    pthread_mutex_unlock(&records->lock);
    return all;
}

void records_clear(struct records *records)
{
    pthread_mutex_lock(&records->lock);
    cJSON_Delete(records->kept);
    records->kept = cJSON_CreateObject();
    records->count = 0;
    pthread_mutex_unlock(&records->lock);
}
