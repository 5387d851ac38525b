#include "check.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/store.h"

struct folder {
    char path[64];
};

static void folder_init(struct folder *folder)
{
    snprintf(folder->path, sizeof folder->path, "/tmp/cancelorder-test-XXXXXX");
    CHECK_TRUE(mkdtemp(folder->path) != NULL);
}

static void folder_release(const struct folder *folder)
{
    DIR *listing = opendir(folder->path);
    struct dirent *entry;
    char path[400];

    while (listing != NULL && (entry = readdir(listing)) != NULL) {
        snprintf(path, sizeof path, "%s/%s", folder->path, entry->d_name);
        if (entry->d_name[0] != '.')
            unlink(path);
    }
    if (listing != NULL)
        closedir(listing);
    CHECK_NUMBER(0, rmdir(folder->path));
}

static void key_for(struct store_key *key, const struct folder *folder, const char *account, const char *order)
{
    store_key_init(key, folder ? folder->path : NULL, "iletimerkezi", "http://h/v1", account, order);
}

static void remembers(const void *data)
{
    struct folder folder;
    struct store_key key;
    struct store_key again;

    (void)data;
    folder_init(&folder);
    key_for(&key, &folder, "account", "1");
    CHECK_FALSE(store_holds(&key, "canceled"));
    CHECK_NUMBER(0, store_put(&key, "attempted"));
    CHECK_TRUE(store_holds(&key, "attempted"));
    CHECK_NUMBER(0, store_put(&key, "canceled"));
    key_for(&again, &folder, "account", "1");
    CHECK_TRUE(store_holds(&again, "canceled"));
    CHECK_FALSE(store_holds(&again, "attempted"));
    store_drop(&key);
    CHECK_FALSE(store_holds(&key, "canceled"));
    folder_release(&folder);
}

static void keeps_apart(const void *data)
{
    struct folder folder;
    struct store_key key;
    struct store_key other;

    (void)data;
    folder_init(&folder);
    key_for(&key, &folder, "account", "12");
    store_put(&key, "canceled");
    key_for(&other, &folder, "account2", "12");
    CHECK_FALSE(store_holds(&other, "canceled"));
    key_for(&other, &folder, "account", "1");
    CHECK_FALSE(store_holds(&other, "canceled"));
    key_for(&other, &folder, "account1", "2");
    CHECK_FALSE(store_holds(&other, "canceled"));
    store_key_init(&other, folder.path, "iletimerkezi", "http://other/v1", "account", "12");
    CHECK_FALSE(store_holds(&other, "canceled"));
    store_drop(&key);
    folder_release(&folder);
}

/* No file name and no byte of a file holds the account. */
static void holds_no_secret(const void *data)
{
    struct folder folder;
    struct store_key key;
    char path[256];
    char bytes[256] = {0};
    FILE *file;

    (void)data;
    folder_init(&folder);
    key_for(&key, &folder, "SECRETKEY", "1");
    store_put(&key, "canceled");
    snprintf(path, sizeof path, "%s/iletimerkezi-%s.json", folder.path, key.digest);
    CHECK_TRUE(strstr(path, "SECRETKEY") == NULL);
    file = fopen(path, "rb");
    CHECK_TRUE(file != NULL);
    if (file != NULL) {
        CHECK_TRUE(fread(bytes, 1, sizeof bytes - 1, file) > 0);
        fclose(file);
    }
    CHECK_TEXT("{\"provider\":\"iletimerkezi\",\"result\":\"canceled\"}", bytes);
    folder_release(&folder);
}

static void without_folder(const void *data)
{
    struct store_key key;

    (void)data;
    key_for(&key, NULL, "account", "1");
    CHECK_NUMBER(0, store_put(&key, "canceled"));
    CHECK_FALSE(store_holds(&key, "canceled"));
    CHECK_NUMBER(STORE_NO_LOCK, store_lock(&key));
    store_drop(&key);
}

static void unwritable_folder(const void *data)
{
    struct store_key key;

    (void)data;
    store_key_init(&key, "/dev/null/state", "iletimerkezi", "http://h", "account", "1");
    CHECK_NUMBER(-1, store_put(&key, "canceled"));
    CHECK_FALSE(store_holds(&key, "canceled"));
    CHECK_NUMBER(STORE_NO_LOCK, store_lock(&key));
}

static void damaged_record(const void *data)
{
    struct folder folder;
    struct store_key key;
    char path[256];
    FILE *file;

    (void)data;
    folder_init(&folder);
    key_for(&key, &folder, "account", "1");
    snprintf(path, sizeof path, "%s/iletimerkezi-%s.json", folder.path, key.digest);
    file = fopen(path, "wb");
    CHECK_TRUE(file != NULL);
    if (file != NULL) {
        fputs("{\"result\":\"canc", file);
        fclose(file);
    }
    CHECK_FALSE(store_holds(&key, "canceled"));
    folder_release(&folder);
}

static void locks_once(const void *data)
{
    struct folder folder;
    struct store_key key;
    struct store_key other;
    int first;
    int second;

    (void)data;
    folder_init(&folder);
    key_for(&key, &folder, "account", "1");
    key_for(&other, &folder, "account", "2");
    first = store_lock(&key);
    CHECK_TRUE(first >= 0);
    CHECK_NUMBER(STORE_BUSY, store_lock(&key));
    second = store_lock(&other);
    CHECK_TRUE(second >= 0);
    store_unlock(first);
    first = store_lock(&key);
    CHECK_TRUE(first >= 0);
    store_unlock(first);
    store_unlock(second);
    folder_release(&folder);
}

static const struct test_row tests[] = {
    {"remembers", remembers, NULL},
    {"keeps_apart", keeps_apart, NULL},
    {"holds_no_secret", holds_no_secret, NULL},
    {"without_folder", without_folder, NULL},
    {"unwritable_folder", unwritable_folder, NULL},
    {"damaged_record", damaged_record, NULL},
    {"locks_once", locks_once, NULL},
};

const struct test_suite store_suite = {.name = "store", .rows = tests, .count = sizeof tests / sizeof *tests};
