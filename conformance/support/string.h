/*
 * A text that grows up to a limit. `bytes` is always NUL-terminated and never NULL after the first addition; bytes
 * beyond the limit are dropped and `cut` says so.
 *
 *     struct string out = {.limit = 65536};      // limit 0: none
 *     string_format(&out, "%s: ", name);
 *     string_add(&out, text);
 *     fputs(string_text(&out), stdout);
 *     string_release(&out);
 */
#ifndef CONFORMANCE_SUPPORT_STRING_H
#define CONFORMANCE_SUPPORT_STRING_H

#include <stdbool.h>
#include <stddef.h>

struct string {
    char *bytes;
    size_t length;
    size_t capacity;
    size_t limit;
    bool cut;
};

void string_add(struct string *string, const char *text);
void string_add_bytes(struct string *string, const char *bytes, size_t length);
void string_format(struct string *string, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A word for a shell: in single quotes, where a single quote itself is written '\''. */
void string_add_quoted(struct string *string, const char *word);

/* Drops the first `count` bytes. */
void string_drop(struct string *string, size_t count);

/* Borrowed; "" for an empty one. */
const char *string_text(const struct string *string);

/* Gives the text away, to be freed, and empties the string. */
char *string_take(struct string *string);

void string_clear(struct string *string);
void string_release(struct string *string);

#endif
