/*
 * The little of RFC 3986 that a client with a fixed set of paths needs.
 *
 * A base URL is http or https, an ASCII host, an optional port and an optional path; it has no user
 * information, no query and no fragment. An internationalised host name is the caller's to convert
 * (xn--mnchen-3ya.example): raw UTF-8 is refused.
 */
#ifndef BASE_URI_H
#define BASE_URI_H

#include <stdbool.h>

/* NULL when usable, else a sentence that says why not. It never repeats the URL, which may hold secrets. */
const char *uri_base_refusal(const char *base_url);

/*
 * base + path, whether or not the base ends in a slash. `path` begins with a slash and may hold
 * "{order}" once, which becomes `order` percent-encoded as one segment. The caller frees the text.
 */
char *uri_join(const char *base_url, const char *path, const char *order);

/* Everything but unreserved characters as %XX. The caller frees the text. */
char *uri_encode_segment(const char *text);

/* True if `text` is empty, "." or "..", or holds a slash or control character, before or after decoding. */
bool uri_segment_is_unsafe(const char *text);

bool uri_is_uuid(const char *text);   /* 8-4-4-4-12 hex digits of either case */
bool uri_is_digits(const char *text); /* one to 40 decimal digits */

#endif
