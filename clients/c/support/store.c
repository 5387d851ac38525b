#include "support/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "support/json.h"
#include "support/text.h"

enum { RECORD_MAX = 4096, LOCK_DIGITS = 15 };

/* Locks of the open file, not of the process, where the system has them: threads are kept apart too. */
#ifdef F_OFD_SETLK
enum { SET_LOCK = F_OFD_SETLK };
#else
enum { SET_LOCK = F_SETLK };
#endif

void store_key_init(struct store_key *key, const char *folder, const char *provider, const char *base_url,
                    const char *account, const char *subject)
{
    const char *parts[] = {provider, base_url, account, subject};
    struct text text;

    *key = (struct store_key){.folder = folder, .provider = provider};
    text_init(&text);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        text_add_format(&text, "%zu:", strlen(parts[i]));
        text_add(&text, parts[i]);
    }
    sha256_hex(text.bytes, text.length, key->digest);
    text_release(&text);
}

static char *record_path(const struct store_key *key, const char *ending)
{
    struct text path;

    text_init(&path);
    text_add_format(&path, "%s/%s-%s%s", key->folder, key->provider, key->digest, ending);
    return text_take(&path);
}

bool store_holds(const struct store_key *key, const char *word)
{
    char bytes[RECORD_MAX];
    struct json_document document;
    const char *stored;
    size_t length;
    bool holds;
    char *path;
    FILE *file;

    if (key->folder == NULL)
        return false;
    path = record_path(key, ".json");
    file = fopen(path, "rb");
    free(path);
    if (file == NULL)
        return false;
    length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    if (json_read(bytes, length, &document) != 0)
        return false;
    stored = json_text(json_member(document.root, "result"));
    holds = stored != NULL && strcmp(stored, word) == 0;
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
    char *printed;

    cJSON_AddStringToObject(record, "provider", key->provider);
    cJSON_AddStringToObject(record, "result", word);
    printed = cJSON_PrintUnformatted(record);
    cJSON_Delete(record);
    return printed;
}

static int put_at(const char *path, const char *temporary, const char *record)
{
    int file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    int status;

    if (file < 0)
        return -1;
    status = write_whole(file, record);
    if (close(file) != 0 || status != 0 || rename(temporary, path) != 0) {
        unlink(temporary);
        return -1;
    }
    return 0;
}

int store_put(const struct store_key *key, const char *word)
{
    char ending[32];
    char *path;
    char *temporary;
    char *record;
    int status;

    if (key->folder == NULL)
        return 0;
    mkdir(key->folder, 0700);
    snprintf(ending, sizeof ending, ".%ld.tmp", (long)getpid());
    path = record_path(key, ".json");
    temporary = record_path(key, ending);
    record = record_print(key, word);
    status = record == NULL ? -1 : put_at(path, temporary, record);
    free(record);
    free(temporary);
    free(path);
    return status;
}

void store_drop(const struct store_key *key)
{
    char *path;

    if (key->folder == NULL)
        return;
    path = record_path(key, ".json");
    unlink(path);
    free(path);
}

/* One file for all locks of a folder; each key locks one byte of it, which need not exist. */
int store_lock(const struct store_key *key)
{
    char digits[LOCK_DIGITS + 1] = {0};
    struct flock byte = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1};
    struct text path;
    bool busy;
    int file;

    if (key->folder == NULL)
        return STORE_NO_LOCK;
    mkdir(key->folder, 0700);
    memcpy(digits, key->digest, LOCK_DIGITS);
    byte.l_start = (off_t)strtoll(digits, NULL, 16);
    text_init(&path);
    text_add_format(&path, "%s/lock", key->folder);
    file = open(path.bytes, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    text_release(&path);
    if (file < 0)
        return STORE_NO_LOCK;
    if (fcntl(file, SET_LOCK, &byte) == 0)
        return file;
    busy = errno == EAGAIN || errno == EACCES;
    close(file);
    return busy ? STORE_BUSY : STORE_NO_LOCK;
}

void store_unlock(int lock)
{
    if (lock >= 0)
        close(lock);
}
