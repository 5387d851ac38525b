/*
 * Draws of faults: numbers that look random and repeat.
 *
 * Nothing is drawn from a stream that requests share: whatever a firing draws grows from a hash of the session's seed,
 * its name, the fault's id and the ordinal of the request. So the same seed gives the same faults, however the requests
 * of other sessions, and of other faults, come in between.
 *
 *     h      = FNV-1a 64 of  session '\0' id '\0'
 *     chance = the second number of splitmix64 from  (first number of splitmix64 from  seed XOR h)  XOR  ordinal
 *     draw   = the third
 *
 * `chance` decides a probability p: it fires where chance / 2^64 < p. `draw` is the seed of a stream for the
 * parameters.
 */
#ifndef FAULTS_DRAW_H
#define FAULTS_DRAW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ids.h"

/* Whose draws they are. */
struct draw_source {
    uint64_t seed;
    const char *session; /* lives as long as the source */
};

/* What one request of one fault draws from. */
struct draw {
    uint64_t chance, seed;
};

struct draw draw_for(const struct draw_source *source, const char *fault_id, uint64_t ordinal);
/* Whether a draw lies below that probability: never at 0, always at 1. */
bool draw_is_below(uint64_t drawn, double probability);
/* From least to most, both included. */
int64_t draw_between(struct id_stream *stream, int64_t least, int64_t most);
/* exp(N(ln median, sigma)); median is above 0. */
double draw_lognormal(struct id_stream *stream, double median, double sigma);

#endif
