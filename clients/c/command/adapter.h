/*
 * The adapter that cancelcheck drives: one JSON object a line on standard input, one answer a line on
 * standard output, protocol version 1.
 *
 *     {"cmd":"hello","id":0,"protocol":1}
 *     {"cmd":"run","id":17,"provider":"…","operation":"cancel","base_url":"http://127.0.0.1:…",
 *      "credentials":{"access_token":"…"},"arguments":{"order_id":"…","reason_id":3},"deadline_ms":3000,
 *      "options":{"ca_file":null,"state_dir":"…"}}
 *     {"cmd":"abort","id":17}      -> the run answers with outcome `aborted`
 *     {"cmd":"bye"}                -> the end, as is the end of input
 *
 * Runs are done one after the other; commands that were read before the end of input are still done. A
 * thread of its own reads the input, so that an abort is heard while a run is under way. Unknown members
 * are ignored. A line that is no command is answered with `errored`; an unknown provider or operation
 * with `skipped`. Lines are at most 1 MiB.
 */
#ifndef COMMAND_ADAPTER_H
#define COMMAND_ADAPTER_H

#include <stdio.h>

/* Serves until the end: 0, or 1 if an answer could not be written. */
int adapter_run(int input, FILE *out);

#endif
