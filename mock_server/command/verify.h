/*
 * `cancelmock verify PLAN.json --server URL`: holds a running server's journal against a plan (docs/verify.md), tells
 * what it found, and writes reports for machines.
 */
#ifndef COMMAND_VERIFY_H
#define COMMAND_VERIFY_H

/* `argv[0]` is "verify". Returns the exit status. */
int command_verify(int argc, char **argv);

#endif
