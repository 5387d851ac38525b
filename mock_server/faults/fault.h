/*
 * Faults: what a test wants to go wrong, and when.
 *
 * `before_commit`: the provider never handles the request; nothing changes. `match.order` means an order by any of its
 * names. `after_commit`: it handles it, the order is
 * cancelled, and then the answer is replaced: the case that costs money. The first armed fault that matches wins. A
 * list may be used from any thread.
 *
 * The names, with their parameters (the menu of DESIGN section 8; these are the ones that exist):
 *   CANNED_RESPONSE            "status", "headers"?, "body"? or "json"?
 *   SCHEMA_DRIFT               "patch": [{"op":"set"|"remove","path","value"}], "status"?; after_commit only
 *   EMPTY_RESPONSE             no byte, FIN
 *   CONNECTION_RESET_BY_PEER   no byte, RST
 *   NO_RESPONSE                silence until the faults are cleared, or until the next connection
 *                              shows that the client has left
 *   TRUNCATED_BODY             "bytes": all headers, then only so many bytes of the body, FIN
 *   RAW_RESPONSE               "bytes" or "bytes_base64": exactly these, FIN
 */
#ifndef FAULTS_FAULT_H
#define FAULTS_FAULT_H

#include "base/json.h"

struct exchange;
struct fault_list;
struct text;

enum fault_phase { FAULT_BEFORE_COMMIT, FAULT_AFTER_COMMIT };

/* Whether two names of the exchange's provider mean one order in its session: a fault may name it by an alias. */
typedef bool fault_same_order(const struct exchange *x, const char *one, const char *other);

struct fault_list *fault_list_new(fault_same_order *same_order) WARN_UNUSED;
void fault_list_free(struct fault_list *list);

/* Whether `spec` is a fault as the control API takes it; what is wrong with it goes to `problems`. */
bool fault_check(const cJSON *spec, struct text *problems);
enum fault_phase fault_phase_of(const cJSON *spec);
/* Makes the reply that a checked fault makes, and notes it in the exchange under that id. */
void fault_apply(struct exchange *x, const cJSON *spec, const char *id);

/* Adds a fault as the control API takes it. Returns its JSON with the id, or NULL and a text in *problem (free() it).
 */
cJSON *fault_add(struct fault_list *list, const cJSON *spec, char **problem) WARN_UNUSED;
cJSON *fault_list_to_json(struct fault_list *list) WARN_UNUSED;
bool fault_remove(struct fault_list *list, const char *id);
void fault_clear(struct fault_list *list);

/* Fires the first fault of this phase that matches: makes the reply, notes it in the exchange, and returns true. */
bool fault_fire(struct fault_list *list, struct exchange *x, enum fault_phase phase);

#endif
