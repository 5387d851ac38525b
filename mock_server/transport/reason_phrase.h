/*
 * The words after the status code, for codes that vendors made up: see reason_phrase.c.
 */
#ifndef TRANSPORT_REASON_PHRASE_H
#define TRANSPORT_REASON_PHRASE_H

/* Calling this brings reason_phrase.c into the program, and with it the function that libmicrohttpd asks. */
void reason_phrase_adopt(void);

#endif
