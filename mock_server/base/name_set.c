#include "base/name_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash_table.h"

#include "base/memory.h"

struct name_set {
    const char *name;
    UT_hash_handle hh;
};

bool name_set_has(const struct name_set *set, const char *name)
{
    const struct name_set *entry = NULL;
    HASH_FIND_STR(set, name, entry);
    return entry != NULL;
}

bool name_set_add(struct name_set **set, const char *name)
{
    if (name_set_has(*set, name))
        return false;
    struct name_set *entry = mem_zero(1, sizeof *entry);
    entry->name = name;
    HASH_ADD_KEYPTR(hh, *set, entry->name, strlen(entry->name), entry);
    return true;
}

void name_set_free(struct name_set *set)
{
    struct name_set *entry, *next;
    HASH_ITER (hh, set, entry, next) {
        HASH_DEL(set, entry);
        free(entry);
    }
}
