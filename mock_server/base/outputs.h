/*
 * The three standard streams of a program, so that what it was asked to print is printed, or it says so.
 *
 * What always holds, once outputs_hold() has been called
 *   - No file and no connection ever gets the number of a standard stream that was closed at the start: each such
 *     number is held by a descriptor that refuses what the stream is for. So what is printed there fails, as it should.
 *   - A program that ends by outputs_end() never says that all is well when its output was lost: a full disk, a closed
 *     stream, a reader that has gone.
 *
 *     int main(int argc, char **argv)
 *     {
 *         outputs_hold();                                   // before anything is opened
 *         …
 *         return outputs_end("cancelcheck", exit_code, 3);
 *     }
 */
#ifndef BASE_OUTPUTS_H
#define BASE_OUTPUTS_H

#include <stdbool.h>

void outputs_hold(void);

/* Gives all that was printed to standard output to the system; false, and a line on standard error, when it could not.
 * `what` was lost: "the ready line". */
bool outputs_flush(const char *program, const char *what);

/* Flushes and closes standard output, last thing in main(): the exit status, or `lost` in the place of 0 when the
 * output could not be written. */
int outputs_end(const char *program, int status, int lost);

#endif
