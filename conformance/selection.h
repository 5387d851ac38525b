/*
 * Which checks are run: those of all tables, and of them what the settings choose.
 */
#ifndef SELECTION_H
#define SELECTION_H

#include "check/plan.h"
#include "check/settings.h"

/*
 * Returns 0, or -1 after a message when nothing is left, or when a glob of --run or --skip matches nothing. An empty
 * plan of a session is one without any runnable check.
 */
int selection_make(const struct settings *settings, struct plan *out);

/* All checks there are, whatever the settings say. */
void selection_everything(struct plan *out);

#endif
