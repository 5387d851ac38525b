/* The words of a verb with its objects put in. */
#include "check/verb.h"

#include <stdbool.h>

#include "mock_server/base/text.h"

char *verb_text(const struct verb *verb)
{
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    for (const char *at = verb->words != NULL ? verb->words : "?"; *at != '\0'; at++) {
        bool placeholder = at[0] == '%' && (at[1] == '1' || at[1] == '2');
        const char *text = !placeholder ? NULL : at[1] == '1' ? verb->what : verb->value;
        if (placeholder)
            text_add(&out, text != NULL ? text : "(none)");
        else
            text_add_bytes(&out, at, 1);
        at += placeholder;
    }
    return text_take(&out);
}
