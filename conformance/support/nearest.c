/* Edit distance, with two rows. */
#include "support/nearest.h"

#include <string.h>

#define LONGEST 63

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

static size_t distance(const char *a, const char *b)
{
    size_t width = strlen(b);
    size_t rows[2][LONGEST + 1];
    for (size_t j = 0; j <= width; j++)
        rows[0][j] = j;
    size_t i = 0;
    for (; a[i]; i++) {
        size_t *above = rows[i % 2];
        size_t *row = rows[(i + 1) % 2];
        row[0] = i + 1;
        for (size_t j = 0; j < width; j++)
            row[j + 1] = smallest(above[j + 1] + 1, row[j] + 1, above[j] + (a[i] != b[j]));
    }
    return rows[i % 2][width];
}

const char *similar_name(const char *word, const char *const *names, size_t count)
{
    const char *best = NULL;
    size_t length = strlen(word);
    size_t least = length / 3 + 2;
    for (size_t i = 0; i < count && length <= LONGEST; i++) {
        if (strlen(names[i]) > LONGEST)
            continue;
        size_t apart = distance(word, names[i]);
        if (apart < least) {
            least = apart;
            best = names[i];
        }
    }
    return best;
}
