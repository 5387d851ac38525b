/*
 * The header lines of a request: each by itself (RFC 9110 section 5, RFC 9112 section 5), and what they say together
 * about the message: Host, how the body is framed, whether the connection stays.
 */
#ifndef TRANSPORT_FIELDS_H
#define TRANSPORT_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "transport/head.h"

bool field_is_token_character(char c);
bool field_is_token(const char *text);

/* Reads "Name: value" in place. False when it is malformed: `why` says what is wrong, in texts of the line or static.
 */
bool field_read(char *line, size_t length, struct header *header, struct reason *why);

/* Sets framing, length, closes and asks_to_continue from all headers. False when they contradict each other or HTTP. */
bool fields_frame(const struct request *request, struct head *head, struct unread *unread);

#endif
