/*
 * One text, spelled differently: `a/b` is `a%2Fb` in a URL, `a\/b` or `a\u002fb` in JSON, `a&#47;b` in XML.
 *
 * For whoever looks for a text in bytes without knowing how their writer escapes. What is no escape, a broken one
 * included, is itself.
 *
 *     struct text plain = TEXT_INIT(TEXT_UNBOUNDED);
 *     spelling_decode("a%2Fb", 5, SPELLING_URI, &plain);      // "a/b"
 */
#ifndef BASE_SPELLING_H
#define BASE_SPELLING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "base/utf8.h"

/* Sums of these. */
#define SPELLING_PLAIN 0U
#define SPELLING_URI   1U /* %2F */
#define SPELLING_JSON  2U /* \n, \u002f; a pair of surrogates is one character */
#define SPELLING_XML   4U /* &amp; &#47; &#x2f; */
#define SPELLING_PLUS  8U /* + is a blank, as in forms */
#define SPELLING_ANY   7U /* all but the plus */

/* One character of a text. */
struct spelled {
    size_t width; /* bytes that it takes where it stands */
    size_t length;
    char bytes[UTF8_CHARACTER_MAX];
};

/* Reads an escape at bytes[0]; false when there is none. */
bool spelling_read(const char *bytes, size_t length, unsigned spellings, struct spelled *out);
/* Adds the text to `out`, each escape as what it means. */
void spelling_decode(const char *bytes, size_t length, unsigned spellings, struct text *out);

#endif
