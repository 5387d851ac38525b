#include "core/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "base/ascii.h"
#include "base/json.h"
#include "base/text.h"

#define RECORD_MAX  4096
#define LOCK_DIGITS 15

/* Locks of the open file, not of the process, where the system has them: threads are kept apart too. */
#ifdef F_OFD_SETLK
#define SET_LOCK F_OFD_SETLK
#else
#define SET_LOCK F_SETLK
#endif

void store_key_init(struct store_key *key, const char *folder, const char *provider, const char *base_url,
                    const char *account, const char *subject)
{
    const char *parts[] = {provider, base_url, account, subject};
    struct text text = TEXT_INIT(TEXT_UNBOUNDED);
    *key = (struct store_key){.folder = folder, .provider = provider};
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        text_print(&text, "%zu:", strlen(parts[i]));
        text_add(&text, parts[i]);
    }
    sha256_hex(text_cstr(&text), text.length, key->digest);
    text_release(&text);
}

static char *record_path(const struct store_key *key, const char *ending)
{
    struct text path = TEXT_INIT(TEXT_UNBOUNDED);
    text_print(&path, "%s/%s-%s%s", key->folder, key->provider, key->digest, ending);
    return text_take(&path);
}

bool store_holds(const struct store_key *key, const char *word)
{
    if (key->folder == NULL)
        return false;
    char *path = record_path(key, ".json");
    FILE *file = fopen(path, "rb");
    free(path);
    if (file == NULL)
        return false;
    char bytes[RECORD_MAX];
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    struct json_document document;
    if (json_read(bytes, length, &document) != 0)
        return false;
    const char *stored = json_text(json_member(document.root, "result"));
    bool holds = stored != NULL && strcmp(stored, word) == 0;
    json_document_release(&document);
    return holds;
}

static int write_whole(int file, const char *bytes)
{
    size_t left = strlen(bytes);
    while (left > 0) {
        ssize_t written = write(file, bytes, left);
        if (written < 0)
            return -1;
        bytes += written;
        left -= (size_t)written;
    }
    return fsync(file);
}

static char *record_print(const struct store_key *key, const char *word)
{
    cJSON *record = cJSON_CreateObject();
    cJSON_AddStringToObject(record, "provider", key->provider);
    cJSON_AddStringToObject(record, "result", word);
    return json_write_away(record);
}

static int put_at(const char *path, const char *temporary, const char *record)
{
    int file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0)
        return -1;
    int status = write_whole(file, record);
    if (close(file) != 0 || status != 0 || rename(temporary, path) != 0) {
        unlink(temporary);
        return -1;
    }
    return 0;
}

int store_put(const struct store_key *key, const char *word)
{
    if (key->folder == NULL)
        return 0;
    mkdir(key->folder, 0700);
    char ending[32];
    snprintf(ending, sizeof ending, ".%ld.tmp", (long)getpid());
    char *path = record_path(key, ".json");
    char *temporary = record_path(key, ending);
    char *record = record_print(key, word);
    int status = put_at(path, temporary, record);
    free(record);
    free(temporary);
    free(path);
    return status;
}

void store_drop(const struct store_key *key)
{
    if (key->folder == NULL)
        return;
    char *path = record_path(key, ".json");
    unlink(path);
    free(path);
}

static off_t lock_offset(const struct store_key *key)
{
    off_t offset = 0;
    for (size_t i = 0; i < LOCK_DIGITS; i++)
        offset = offset * 16 + ascii_hex(key->digest[i]);
    return offset;
}

/* One file for all locks of a folder; each key locks one byte of it, which need not exist. */
int store_lock(const struct store_key *key)
{
    struct flock byte = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1};
    struct text path = TEXT_INIT(TEXT_UNBOUNDED);
    if (key->folder == NULL)
        return STORE_NO_LOCK;
    mkdir(key->folder, 0700);
    byte.l_start = lock_offset(key);
    text_print(&path, "%s/lock", key->folder);
    int file = open(text_cstr(&path), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    text_release(&path);
    if (file < 0)
        return STORE_NO_LOCK;
    if (fcntl(file, SET_LOCK, &byte) == 0)
        return file;
    bool busy = errno == EAGAIN || errno == EACCES;
    close(file);
    return busy ? STORE_BUSY : STORE_NO_LOCK;
}

void store_unlock(int lock)
{
    if (lock >= 0)
        close(lock);
}
