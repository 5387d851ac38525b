/*
 * Words of the API: where one stands in a list, and how it is written in lower case.
 */
#include <string.h>

#include "base/ascii.h"
#include "providers/fungies/fungies.h"

int fungies_position(const char *const *list, const char *word)
{
    for (int i = 0; list[i] != NULL; i++)
        if (strcmp(list[i], word) == 0)
            return i;
    return -1;
}

void fungies_lower(char *text)
{
    for (; *text != '\0'; text++)
        *text = ascii_lower(*text);
}
