#include "tests/check.h"
#include "tests/suites.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/store.h"

struct folder {
    char path[64];
};

static void folder_init(struct folder *folder)
{
    snprintf(folder->path, sizeof folder->path, "/tmp/cancelorder-test-XXXXXX");
    CHECK(mkdtemp(folder->path) != NULL);
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
    CHECK_INTEGER(rmdir(folder->path), 0);
}

static void key_for(struct store_key *key, const struct folder *folder, const char *account, const char *order)
{
    store_key_init(key, folder ? folder->path : NULL, "iletimerkezi", "http://h/v1", account, order);
}

static void remembers(const void *context)
{
    (void)context;
    struct folder folder;
    folder_init(&folder);
    struct store_key key;
    key_for(&key, &folder, "account", "1");
    CHECK(!store_holds(&key, "canceled"));
    CHECK_INTEGER(store_put(&key, "attempted"), 0);
    CHECK(store_holds(&key, "attempted"));
    CHECK_INTEGER(store_put(&key, "canceled"), 0);
    struct store_key again;
    key_for(&again, &folder, "account", "1");
    CHECK(store_holds(&again, "canceled"));
    CHECK(!store_holds(&again, "attempted"));
    store_drop(&key);
    CHECK(!store_holds(&key, "canceled"));
    folder_release(&folder);
}

static void keeps_apart(const void *context)
{
    (void)context;
    struct folder folder;
    folder_init(&folder);
    struct store_key key;
    key_for(&key, &folder, "account", "12");
    store_put(&key, "canceled");
    struct store_key other;
    key_for(&other, &folder, "account2", "12");
    CHECK(!store_holds(&other, "canceled"));
    key_for(&other, &folder, "account", "1");
    CHECK(!store_holds(&other, "canceled"));
    key_for(&other, &folder, "account1", "2");
    CHECK(!store_holds(&other, "canceled"));
    store_key_init(&other, folder.path, "iletimerkezi", "http://other/v1", "account", "12");
    CHECK(!store_holds(&other, "canceled"));
    store_drop(&key);
    folder_release(&folder);
}

/* No file name and no byte of a file holds the account. */
static void holds_no_secret(const void *context)
{
    char bytes[256] = {0};
    (void)context;
    struct folder folder;
    folder_init(&folder);
    struct store_key key;
    key_for(&key, &folder, "SECRETKEY", "1");
    store_put(&key, "canceled");
    char path[256];
    snprintf(path, sizeof path, "%s/iletimerkezi-%s.json", folder.path, key.digest);
    CHECK(strstr(path, "SECRETKEY") == NULL);
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    if (file != NULL) {
        CHECK(fread(bytes, 1, sizeof bytes - 1, file) > 0);
        fclose(file);
    }
    CHECK_TEXT(bytes, "{\"provider\":\"iletimerkezi\",\"result\":\"canceled\"}");
    folder_release(&folder);
}

static void without_folder(const void *context)
{
    (void)context;
    struct store_key key;
    key_for(&key, NULL, "account", "1");
    CHECK_INTEGER(store_put(&key, "canceled"), 0);
    CHECK(!store_holds(&key, "canceled"));
    CHECK_INTEGER(store_lock(&key), STORE_NO_LOCK);
    store_drop(&key);
}

static void unwritable_folder(const void *context)
{
    (void)context;
    struct store_key key;
    store_key_init(&key, "/dev/null/state", "iletimerkezi", "http://h", "account", "1");
    CHECK_INTEGER(store_put(&key, "canceled"), -1);
    CHECK(!store_holds(&key, "canceled"));
    CHECK_INTEGER(store_lock(&key), STORE_NO_LOCK);
}

static void damaged_record(const void *context)
{
    (void)context;
    struct folder folder;
    folder_init(&folder);
    struct store_key key;
    key_for(&key, &folder, "account", "1");
    char path[256];
    snprintf(path, sizeof path, "%s/iletimerkezi-%s.json", folder.path, key.digest);
    FILE *file = fopen(path, "wb");
    CHECK(file != NULL);
    if (file != NULL) {
        fputs("{\"result\":\"canc", file);
        fclose(file);
    }
    CHECK(!store_holds(&key, "canceled"));
    folder_release(&folder);
}

static void locks_once(const void *context)
{
    (void)context;
    struct folder folder;
    folder_init(&folder);
    struct store_key key;
    key_for(&key, &folder, "account", "1");
    struct store_key other;
    key_for(&other, &folder, "account", "2");
    int first = store_lock(&key);
    CHECK(first >= 0);
    CHECK_INTEGER(store_lock(&key), STORE_BUSY);
    int second = store_lock(&other);
    CHECK(second >= 0);
    store_unlock(first);
    first = store_lock(&key);
    CHECK(first >= 0);
    store_unlock(first);
    store_unlock(second);
    folder_release(&folder);
}

void register_store_tests(void)
{
    register_test("store", "remembers", remembers, NULL);
    register_test("store", "keeps_apart", keeps_apart, NULL);
    register_test("store", "holds_no_secret", holds_no_secret, NULL);
    register_test("store", "without_folder", without_folder, NULL);
    register_test("store", "unwritable_folder", unwritable_folder, NULL);
    register_test("store", "damaged_record", damaged_record, NULL);
    register_test("store", "locks_once", locks_once, NULL);
}
