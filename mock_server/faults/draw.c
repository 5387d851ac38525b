#include "faults/draw.h"

#include <math.h>
#include <string.h>

struct draw draw_for(const struct draw_source *source, const char *fault_id, uint64_t ordinal)
{
    uint64_t hash = id_hash(ID_HASH_START, source->session, strlen(source->session) + 1);
    hash = id_hash(hash, fault_id, strlen(fault_id) + 1);
    struct id_stream own = id_stream_from(source->seed ^ hash);
    struct id_stream stream = id_stream_from(id_draw(&own) ^ ordinal);
    (void)id_draw(&stream);
    struct draw draw;
    draw.chance = id_draw(&stream);
    draw.seed = id_draw(&stream);
    return draw;
}

/* From 0 up to, and without, 1: as many bits as a double keeps. */
static double unit_of(uint64_t drawn)
{
    return (double)(drawn >> 11) / 9007199254740992.0;
}

bool draw_is_below(uint64_t drawn, double probability)
{
    return unit_of(drawn) < probability;
}

int64_t draw_between(struct id_stream *stream, int64_t least, int64_t most)
{
    uint64_t count = (uint64_t)most - (uint64_t)least + 1;
    return least + (int64_t)(count == 0 ? id_draw(stream) : id_draw(stream) % count);
}

/* Box and Muller. */
static double draw_normal(struct id_stream *stream)
{
    const double two_pi = 6.283185307179586;
    double one = 1.0 - unit_of(id_draw(stream)), other = unit_of(id_draw(stream)); /* `one` is above 0 */
    return sqrt(-2.0 * log(one)) * cos(two_pi * other);
}

double draw_lognormal(struct id_stream *stream, double median, double sigma)
{
    return median * exp(sigma * draw_normal(stream));
}
