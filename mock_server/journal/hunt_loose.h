/*
 * The hunt in bytes of no known form, or of a broken one: JSON that is cut or has a comma too many, a log line, a text.
 *
 * Wherever a secret's name stands, the value goes that follows it: to its closing quote or bracket, else to the next
 * `,` `;` `&` bracket or line end. What is not closed goes to the end. Rather too much goes than too little.
 */
#ifndef JOURNAL_HUNT_LOOSE_H
#define JOURNAL_HUNT_LOOSE_H

#include "journal/hunt.h"

void hunt_loose(struct hunt *hunt, const char *bytes, size_t length);
/* "https://user:password@host": what stands before the @, wherever a URL is. */
void hunt_user_information(struct hunt *hunt, const char *bytes, size_t length);

#endif
