/*
 * The table of all kinds of faults, family by family.
 *
 *     const struct fault_kind *kind = fault_kind_named("EMPTY_RESPONSE");
 *     for (size_t i = 0; (kind = fault_kind_at(i)) != NULL; i++) …
 *
 * What it lends lives as long as the program.
 */
#ifndef FAULTS_KINDS_H
#define FAULTS_KINDS_H

#include <stddef.h>

#include "faults/kind.h"

/* The families, each ended by .name == NULL. */
extern const struct fault_kind answer_faults[];     /* answers.c: an answer made up by the test */
extern const struct fault_kind status_faults[];     /* status.c: errors, too many requests, a server that is down */
extern const struct fault_kind redirect_faults[];   /* redirect.c: elsewhere */
extern const struct fault_kind drift_faults[];      /* drift.c: valid JSON of another shape */
extern const struct fault_kind json_faults[];       /* json.c: JSON that is none */
extern const struct fault_kind content_faults[];    /* content.c: false names, and bodies without measure */
extern const struct fault_kind connection_faults[]; /* connection.c: not a byte comes */
extern const struct fault_kind framing_faults[];    /* framing.c: where the answer begins and ends */
extern const struct fault_kind byte_faults[];       /* bytes.c: what need be no HTTP at all */
extern const struct fault_kind delay_faults[];      /* delays.c: late */
extern const struct fault_kind pace_faults[];       /* pace.c: slowly */
extern const struct fault_kind close_faults[];      /* close.c: how the connection ends behind it */
extern const struct fault_kind listener_faults[];   /* listener.c: before there is an answer */

const struct fault_kind *fault_kind_named(const char *name); /* NULL: there is none */
const struct fault_kind *fault_kind_at(size_t index);        /* in the order of the table; NULL after the last */

/* The parameter of that name, or NULL. */
const struct shape *fault_kind_parameter(const struct fault_kind *kind, const char *name);

/* The phases as people write them, ended by NULL: the i-th is the phase 1 << i. */
extern const char *const fault_phase_names[];
const char *fault_phase_name(enum fault_phase phase);

#endif
