/* Where the values of a JSON text stand. */
#include <stdlib.h>

#include "base/json.h"

void json_line_column(const char *text, size_t offset, unsigned *line, unsigned *column)
{
    *line = 1;
    *column = 1;
    for (size_t i = 0; i < offset; i++) {
        if (text[i] == '\n') {
            (*line)++;
            *column = 1;
        } else {
            (*column)++;
        }
    }
}

size_t json_offset_of(const struct json_places *places, const cJSON *node)
{
    for (size_t i = 0; i < places->count; i++)
        if (places->nodes[i] == node)
            return places->offsets[i];
    return 0;
}

void json_places_release(struct json_places *places)
{
    free(places->nodes);
    free(places->offsets);
    *places = (struct json_places){0};
}
