/*
 * One command that a client was given, and what came of it: the second witness of a case.
 */
#ifndef CHECK_TALK_H
#define CHECK_TALK_H

#include <stdbool.h>

#include <cjson/cJSON.h>

/* How asking ended. */
enum talk_end {
    TALK_ANSWERED,
    TALK_TIMED_OUT, /* no answer by the deadline */
    TALK_DIED,      /* the client's process ended, or closed its standard output */
    TALK_GARBLED,   /* an answer that cannot be read */
};

struct talk {
    enum talk_end end;
    cJSON *answer;     /* NULL unless TALK_ANSWERED */
    char *answer_text; /* the line, as it came; of a garbled one what is wrong with it, and its start; NULL: none */
    char *command;     /* the line, as it went */
    bool unread;       /* the process ended without having read any of it: what ended it lies before */
    int elapsed_ms;
};

void talk_release(struct talk *talk);

#endif
