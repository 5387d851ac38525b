/*
 * The words after the status code, where an answer has its own: see reason_phrase.c.
 */
#ifndef TRANSPORT_REASON_PHRASE_H
#define TRANSPORT_REASON_PHRASE_H

/* The words for the next answer with this status on the calling thread; NULL: the usual ones. The library asks for them
 * when it writes the answer's head, which it does on the thread that queued the answer and before it turns to another
 * connection. Words longer than REPLY_PHRASE_MAX, or with a line break, are as NULL. */
void reason_phrase_next(unsigned status, const char *words);

/* Calling this brings reason_phrase.c into the program, and with it the function that libmicrohttpd asks. */
void reason_phrase_adopt(void);

#endif
