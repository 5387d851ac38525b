/*
 * The files of the system that read otherwise in the room: which names lead here, who is asked for others, and which
 * certificates are trusted.
 *
 * Each is a file of the room's own, laid over the system's in the room's view of the file system alone: outside nothing
 * changes, and when the room ends nothing is left. A file that the system does not have is not made; a program then
 * looks elsewhere, and the variables of trust/trust_files.h stand beside them.
 *
 *     files_lay_over(folder, hosts, &problem);      // after namespaces_enter(); folder: the room's own, with trust
 * files
 */
#ifndef ROOM_FILES_H
#define ROOM_FILES_H

#include <stdbool.h>

struct text;

/* `folder` has what trust_files_write() wrote, and gets the room's own files beside it. `hosts`, ended by NULL: names
 * that lead to 127.0.0.1 (those with a star are for the name server alone). False: `problem` names file and cause. */
bool files_lay_over(const char *folder, const char *const *hosts, struct text *problem);

#endif
