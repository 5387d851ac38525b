#include "journal/hunt_text.h"

#include <string.h>

#include "base/ascii.h"
#include "base/spelling.h"
#include "journal/hunt_form.h"
#include "journal/hunt_json.h"
#include "journal/hunt_loose.h"
#include "journal/hunt_xml.h"
#include "model/secret_names.h"

static size_t blank_length(const char *bytes, size_t length)
{
    size_t at = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < length && ascii_is_space(bytes[at]))
        at++;
    return at;
}

/* "name=…": no blank, quote or bracket before the first `=`. */
static bool is_form(const char *bytes, size_t length)
{
    for (size_t at = 0; at < length; at++)
        if (bytes[at] == '=')
            return at > 0;
        else if (!ascii_is_alnum(bytes[at]) && (bytes[at] == '\0' || strchr("_-.[]%+", bytes[at]) == NULL))
            return false;
    return false;
}

static bool hunt_form_and_more(struct hunt *hunt, const char *bytes, size_t length)
{
    hunt_form(hunt, bytes, length, "&\r\n");
    return memchr(bytes, ' ', length) == NULL && memchr(bytes, '"', length) == NULL;
}

/* False when its form is none, or broken. */
static bool hunt_by_form(struct hunt *hunt, const char *bytes, size_t length)
{
    size_t blank = blank_length(bytes, length);
    if (blank == length)
        return true;
    switch (bytes[blank]) {
    case '{':
    case '[':
    case '"':
        return hunt_json(hunt, bytes, length);
    case '<':
        return hunt_xml(hunt, bytes, length);
    case '-':
        return hunt_multipart(hunt, bytes, length);
    default:
        return is_form(bytes, length) && hunt_form_and_more(hunt, bytes, length);
    }
}

/* Letters with NUL between them spell a name that nobody sees. */
static bool names_a_secret_with_nul(const char *bytes, size_t length)
{
    struct text without = TEXT_INIT(TEXT_UNBOUNDED);
    for (size_t i = 0; i < length; i++)
        if (bytes[i] != '\0')
            text_add_char(&without, bytes[i]);
    bool is = secret_word_end(text_cstr(&without), without.length) > 0;
    text_release(&without);
    return is;
}

void hunt_text(struct hunt *hunt, const char *bytes, size_t length)
{
    if (length == 0)
        return;
    if (memchr(bytes, '\0', length) != NULL) {
        if (names_a_secret_with_nul(bytes, length)) /* where it stands cannot be told */
            hunt_value(hunt, bytes, 0, length, SPELLING_PLAIN);
        return;
    }
    hunt_user_information(hunt, bytes, length);
    if (secret_name_is_within(hunt->names, bytes, length) && !hunt_by_form(hunt, bytes, length))
        hunt_loose(hunt, bytes, length);
}
