/*
 * Remembers one word about one order across restarts, in a folder that the caller names.
 *
 * A record is a file `<provider>-<digest>.json`. The digest is SHA-256 over account, base URL and
 * subject, so two accounts, two hosts or two orders never meet, and no credential is stored. Files are
 * written whole to a temporary name, flushed, and renamed: a reader sees the old record or the new one.
 *
 * A NULL folder remembers nothing: store_holds() says no, store_put() does nothing.
 *
 *     struct store_key key;
 *     store_key_init(&key, request->state_dir, provider->name, base_url, account, order_id);
 *     if (store_holds(&key, "canceled")) ...
 *     store_put(&key, "canceled");
 */
#ifndef CORE_STORE_H
#define CORE_STORE_H

#include <stdbool.h>

#include "base/sha256.h"

struct store_key {
    const char *folder; /* borrowed, may be NULL */
    const char *provider;
    char digest[SHA256_HEX + 1];
};

void store_key_init(struct store_key *key, const char *folder, const char *provider, const char *base_url,
                    const char *account, const char *subject);

/* True if the record of this key holds exactly this word. */
bool store_holds(const struct store_key *key, const char *word);

/* 0, or -1 if the record could not be written. The folder is made (mode 0700) if its parent exists. */
int store_put(const struct store_key *key, const char *word);
void store_drop(const struct store_key *key);

/*
 * Keeps other processes and clients with the same folder from cancelling the same order at the same
 * time. Gives a descriptor for store_unlock(), STORE_BUSY if somebody else holds it, or STORE_NO_LOCK
 * if there is no folder or no lock to be had (then nothing is guarded). A lock ends with its holder.
 */
#define STORE_BUSY    (-1)
#define STORE_NO_LOCK (-2)

int store_lock(const struct store_key *key);
void store_unlock(int lock);

#endif
