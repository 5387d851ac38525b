/*
 * Temporary folders.
 *
 *     char *folder = folder_make(NULL, "cancelcheck");    // "/tmp/cancelcheck-Xa81bz"
 *     folder_remove(folder);
 *     free(folder);
 */
#ifndef SETUP_FOLDER_H
#define SETUP_FOLDER_H

/* Makes a folder with a name of its own in `parent` (NULL: that of temporary files); to be freed. NULL with errno. */
char *folder_make(const char *parent, const char *name);

/* Removes the folder with all that is in it, following no links; NULL is fine. */
void folder_remove(const char *path);

#endif
