/*
 * Colours of a terminal: nothing where the stream is none, where NO_COLOR is set, or where nobody wants them.
 *
 *     fprintf(to, "%sFAIL%s\n", colour_code(COLOUR_RED, to, true), colour_code(COLOUR_PLAIN, to, true));
 */
#ifndef REPORT_COLOUR_H
#define REPORT_COLOUR_H

#include <stdbool.h>
#include <stdio.h>

enum colour { COLOUR_PLAIN, COLOUR_GREEN, COLOUR_RED, COLOUR_YELLOW };

const char *colour_code(enum colour colour, FILE *to, bool wanted);

#endif
