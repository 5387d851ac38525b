#include "base/nearest.h"

#include <stdio.h>
#include <string.h>

#include "base/ascii.h"

#define NAME_MAX_LENGTH 40

/* Levenshtein's distance, for short names; without regard to case. */
static size_t distance(const char *a, const char *b)
{
    size_t row[NAME_MAX_LENGTH + 1], b_length = strlen(b);
    for (size_t j = 0; j <= b_length; j++)
        row[j] = j;
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t change = diagonal + (ascii_lower(a[i - 1]) == ascii_lower(b[j - 1]) ? 0 : 1);
            size_t least = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;
            diagonal = row[j];
            row[j] = change < least ? change : least;
        }
    }
    return row[b_length];
}

void nearest_begin(struct nearest *nearest, const char *word)
{
    size_t length = strlen(word);
    *nearest = (struct nearest){.word = word, .least = length > NAME_MAX_LENGTH ? 0 : length / 3 + 2};
}

void nearest_try(struct nearest *nearest, const char *name)
{
    if (nearest->least == 0 || strlen(name) > NAME_MAX_LENGTH)
        return;
    size_t far = distance(nearest->word, name);
    if (far >= nearest->least)
        return;
    nearest->least = far;
    nearest->name = name;
}

const char *nearest_name(const char *word, const char *const *names)
{
    struct nearest nearest;
    nearest_begin(&nearest, word);
    for (; *names != NULL; names++)
        nearest_try(&nearest, *names);
    return nearest.name;
}

const char *nearest_hint(const char *word, const char *const *names, char out[HINT_MAX])
{
    const char *near = nearest_name(word, names);
    snprintf(out, HINT_MAX, near == NULL ? "%s" : "; did you mean \"%s\"?", near == NULL ? "" : near);
    return out;
}
