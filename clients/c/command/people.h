/*
 * A result for people: what happened, what the provider said, what is unknown and what to do next, in
 * one to a few lines. Control characters in a provider's text are shown as '?', so that no answer can
 * drive a terminal.
 */
#ifndef COMMAND_PEOPLE_H
#define COMMAND_PEOPLE_H

#include <stdio.h>

#include "cancelorder.h"

void people_print(const struct cancelorder_result *result, FILE *out);

#endif
