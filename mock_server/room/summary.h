/*
 * What there is to tell when the command in the room has ended: what it sent and why some of it was refused, what it
 * tried to reach elsewhere, and what it left running.
 *
 *     cJSON *summary = summary_make(&parts);
 *     summary_print(summary, stderr);                 // a few lines for people
 *     summary_write(summary, "room.json", &problem);  // for programs
 *     cJSON_Delete(summary);
 */
#ifndef ROOM_SUMMARY_H
#define ROOM_SUMMARY_H

#include <stdbool.h>
#include <stdio.h>

#include <cjson/cJSON.h>

#include "base/memory.h"

struct seen;
struct tally;
struct text;

struct summary_parts {
    char *const *command; /* ended by NULL */
    int status;           /* of the command, as a shell has it */
    struct tally *tally;
    struct seen *names, *addresses; /* NULL: nobody looked, since there was no room */
    const cJSON *left;              /* [{"pid":4711,"name":"sleep"}] */
};

cJSON *summary_make(const struct summary_parts *parts) WARN_UNUSED;
void summary_print(const cJSON *summary, FILE *out);
/* Replaces the file whole. False: `problem` says why. */
bool summary_write(const cJSON *summary, const char *path, struct text *problem);

#endif
