/*
 * The standard streams of a program, so that what it was asked to print is printed, or it says so.
 *
 * Once outputs_hold() has been called, no file and no connection ever gets the number of a standard stream that was
 * closed at the start: each such number is held by a descriptor that refuses what the stream is for. So what is printed
 * there fails, as it should, and a result is never written into a connection.
 *
 *     outputs_hold();                                        // before anything is opened
 *     ...
 *     if (!outputs_flush(stdout, stderr, "cancelorder"))
 *         exit_code = EXIT_NOT_TOLD;
 */
#ifndef BASE_OUTPUTS_H
#define BASE_OUTPUTS_H

#include <stdbool.h>
#include <stdio.h>

void outputs_hold(void);

/* Gives all that was printed to `out` to the system; false, and a line on `err`, when it could not. */
bool outputs_flush(FILE *out, FILE *err, const char *program);

#endif
