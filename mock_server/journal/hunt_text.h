/*
 * The hunt in a text of any form: which one it is, it tells by the first bytes, whatever a Content-Type says. What is
 * no whole JSON or XML is hunted loosely as well, and so is what holds NUL bytes, without them: UTF-16.
 */
#ifndef JOURNAL_HUNT_TEXT_H
#define JOURNAL_HUNT_TEXT_H

#include "journal/hunt.h"

void hunt_text(struct hunt *hunt, const char *bytes, size_t length);

#endif
