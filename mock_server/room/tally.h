/*
 * What a command sent, by vendor, operation and answer, with the reason of each refusal: counted as it comes, so that
 * no journal that forgets can make it wrong.
 *
 * A line is one JSON object of `--log json` (journal/log_line.h): at, session, method, target, status, happened,
 * provider, operation, reason. Bounded: of TALLY_MAX kinds the requests are counted each, and what comes beyond
 * together. May be used from any thread.
 *
 *     options.log = tally_add;                    // mock_server_options, with log_json
 *     options.log_context = tally;
 *     …
 *     cJSON *list = tally_to_json(tally);         //
 * [{"provider":…,"operation":…,"status":200,"reason":null,"times":3}]
 */
#ifndef ROOM_TALLY_H
#define ROOM_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include <cjson/cJSON.h>

#include "base/memory.h"

#define TALLY_MAX 500

struct tally;

struct tally *tally_new(void) WARN_UNUSED;
void tally_free(struct tally *tally); /* NULL is fine */
/* mock_server_options.log */
void tally_add(void *tally, const char *line, size_t length);
/* In the order of their first times; cJSON_Delete() it. */
cJSON *tally_to_json(struct tally *tally) WARN_UNUSED;
/* Requests in all, and those of them that are in no kind of the list. */
uint64_t tally_count(struct tally *tally, uint64_t *unlisted);

#endif
