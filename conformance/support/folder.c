/* mkdtemp() and nftw(). */
#include "support/folder.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "support/memory.h"

#define HANDLES 8

char *folder_make(const char *parent, const char *name)
{
    const char *temporary = getenv("TMPDIR");
    if (!parent)
        parent = temporary && *temporary ? temporary : "/tmp";
    char *path = must_format("%s/%s-XXXXXX", parent, name);
    if (mkdtemp(path))
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
    if (path)
        nftw(path, remove_one, HANDLES, FTW_DEPTH | FTW_PHYS);
}
