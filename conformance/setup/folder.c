/* mkdtemp() and nftw(). */
#include "setup/folder.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "mock_server/base/memory.h"

#define HANDLES 8

char *folder_make(const char *parent, const char *name)
{
    const char *temporary = getenv("TMPDIR");
    if (parent == NULL)
        parent = temporary != NULL && *temporary ? temporary : "/tmp";
    char *path = mem_print("%s/%s-XXXXXX", parent, name);
    if (mkdtemp(path) != NULL)
        return path;
    free(path);
    return NULL;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *walk)
{
    (void)info;
    (void)kind;
    (void)walk;
    remove(path);
    return 0;
}

void folder_remove(const char *path)
{
    if (path != NULL)
        nftw(path, remove_one, HANDLES, FTW_DEPTH | FTW_PHYS);
}
