#include "report/colour.h"

#include <stdlib.h>
#include <unistd.h>

const char *colour_code(enum colour colour, FILE *to, bool wanted)
{
    static const char *const codes[] = {"\033[0m", "\033[32m", "\033[31m", "\033[33m"};
    return wanted && isatty(fileno(to)) && getenv("NO_COLOR") == NULL ? codes[colour] : "";
}
