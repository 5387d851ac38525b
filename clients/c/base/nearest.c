/*
 * Edit distance, with one row.
 */
#include "base/nearest.h"

#include <stdio.h>
#include <string.h>

#define LONGEST 63

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

static size_t distance(const char *a, const char *b)
{
    size_t row[LONGEST + 1];
    size_t width = strlen(b);
    for (size_t j = 0; j <= width; j++)
        row[j] = j;
    for (size_t i = 0; a[i] != '\0'; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 1; j <= width; j++) {
            size_t above = row[j];
            row[j] = smallest(above + 1, row[j - 1] + 1, diagonal + (a[i] == b[j - 1] ? 0 : 1));
            diagonal = above;
        }
    }
    return row[width];
}

void nearest_begin(struct nearest *nearest, const char *word)
{
    *nearest = (struct nearest){.word = word, .least = strlen(word) / 3 + 2};
}

void nearest_try(struct nearest *nearest, const char *name)
{
    if (strlen(nearest->word) > LONGEST || strlen(name) > LONGEST)
        return;
    size_t apart = distance(nearest->word, name);
    if (apart < nearest->least) {
        nearest->least = apart;
        nearest->name = name;
    }
}

const char *nearest_tell(const struct nearest *nearest, char out[HINT_MAX])
{
    out[0] = '\0';
    if (nearest->name != NULL)
        snprintf(out, HINT_MAX, "; did you mean \"%s\"?", nearest->name);
    return out;
}

const char *nearest_name(const char *word, const char *const *names)
{
    struct nearest nearest;
    nearest_begin(&nearest, word);
    for (size_t i = 0; names[i] != NULL; i++)
        nearest_try(&nearest, names[i]);
    return nearest.name;
}

const char *nearest_hint(const char *word, const char *const *names, char out[HINT_MAX])
{
    struct nearest nearest = {.name = nearest_name(word, names)};
    return nearest_tell(&nearest, out);
}
