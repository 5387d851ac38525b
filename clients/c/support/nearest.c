#include "support/nearest.h"

/* Edit distance, with one row. */

#include <string.h>

enum { LONGEST = 63 };

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
    size_t apart;

    if (strlen(nearest->word) > LONGEST || strlen(name) > LONGEST)
        return;
    apart = distance(nearest->word, name);
    if (apart < nearest->least) {
        nearest->least = apart;
        nearest->name = name;
    }
}
