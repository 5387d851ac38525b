/*
 * A command as people write it, as an argument vector. No shell: blanks part words; '…' keeps everything; "…" keeps
 * everything but \" and \\; outside of quotes a backslash keeps the next character.
 */
#ifndef ADAPTER_ARGV_H
#define ADAPTER_ARGV_H

/*
 * Returns 0 and a NULL-terminated vector in *out, or -1 with a literal for people in *problem: no word at all, a quote
 * that is not closed, a backslash at the end.
 */
int argv_split(const char *command, char ***out, const char **problem);

/* NULL is fine. */
void argv_free(char **argv);

#endif
