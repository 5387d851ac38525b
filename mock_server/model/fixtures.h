/*
 * Fixtures: what the mock replays, one folder a provider, JSON only.
 *
 * They are read whole or not at all: every mistake of every file is collected and told as `file:line:column: message`.
 * Loaded fixtures never change; sessions refer to them and are filled from them.
 *
 *     <provider>/provider.json      accounts, credentials, reasons … : fixtures_of()
 *     <provider>/orders.json        the orders a session begins with: fixtures_seed()
 *     <provider>/states.json        the documented life cycle, by hand; its names must be the provider's
 *     <provider>/exchanges/X.json   documented requests and answers, and stubs; may be missing
 *     <provider>/openapi.json       what the mock serves of the provider; may be missing
 *
 * The last two of the embedded fixtures are read when somebody asks for them, since a server that starts needs neither;
 * those of a user's folder are read and checked with the rest.
 */
#ifndef MODEL_FIXTURES_H
#define MODEL_FIXTURES_H

#include <stddef.h>

#include "base/json.h"
#include "base/shape.h"
#include "base/text.h"

struct fixtures;
struct provider;
struct session;
struct store;
struct stubs;

/* One file inside the program, as scripts/embed writes them. */
struct embedded_file {
    const char *path; /* "dukkango/orders.json" */
    const char *bytes;
    size_t length;
};
extern const struct embedded_file embedded_fixtures[]; /* ended by .path == NULL */

/* `folder` NULL: the embedded ones. `providers` is ended by NULL. NULL on mistakes, which are in `problems`. */
struct fixtures *fixtures_load(const char *folder, const struct provider *const *providers,
                               struct text *problems) WARN_UNUSED;
void fixtures_free(struct fixtures *fixtures);

/* provider.json, borrowed. */
const cJSON *fixtures_of(const struct fixtures *fixtures, const struct provider *provider);
/* The entries of provider.json's magic_ids that have a "fault"; borrowed. */
const cJSON *fixtures_magic_faults(const struct fixtures *fixtures, const struct provider *provider);
/* states.json, borrowed. */
const cJSON *fixtures_states(const struct fixtures *fixtures, const struct provider *provider);
/* An array of all exchanges, each as its file has it and with "provider", "file" and, where it is one, "stub".
 * Borrowed.
 */
const cJSON *fixtures_exchanges(const struct fixtures *fixtures, const struct provider *provider);
/* openapi.json, borrowed; NULL when there is none. */
const cJSON *fixtures_openapi(const struct fixtures *fixtures, const struct provider *provider);
/* The stubs of all providers. */
const struct stubs *fixtures_stubs(const struct fixtures *fixtures);
/* The providers that are served, ended by NULL. */
const struct provider *const *fixtures_providers(const struct fixtures *fixtures);
/* Puts the seed orders of every provider into a store for this session. Orders that cannot be made, or that share a
 * name with an earlier one, are told in `problems`; NULL when it has been done once without any. */
void fixtures_seed(const struct fixtures *fixtures, struct session *session, struct store *store,
                   struct text *problems);
/* The shape of an order as fixtures and the control API write it; `document` is checked with the provider's. */
bool fixtures_check_order(const struct provider *provider, const cJSON *spec, enum shape_mode document_mode,
                          const struct shape_report *report);

#endif
