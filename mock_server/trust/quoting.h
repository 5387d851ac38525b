/*
 * A value written so that a program reads it back as it is, whatever characters a path or an option holds.
 *
 * What is plain everywhere (letters, digits, and the likes of / . , : = - _) is written bare by QUOTE_SEGMENTS and
 * QUOTE_DOTENV. Nothing quoted here is ever expanded by the program that reads it.
 *
 *     quoting_add(&out, QUOTE_SH, "it's here");          // 'it'"'"'s here'
 */
#ifndef TRUST_QUOTING_H
#define TRUST_QUOTING_H

#include <stdbool.h>

struct text;

enum quoting {
    QUOTE_SEGMENTS,   /* as QUOTE_SH, or bare where all is plain: JAVA_TOOL_OPTIONS and PHP's settings read that */
    QUOTE_SH,         /* sh, bash, zsh: '…', and "'" for the quote itself */
    QUOTE_FISH,       /* '…' with \' and \\ */
    QUOTE_POWERSHELL, /* '…' with '' */
    QUOTE_DOTENV,     /* bare, '…', or "…" when it holds a quote: readers of such files agree on no more */
};

/* Appends the value in that form. False, with nothing appended, when the form cannot hold it: a line break, or a quote
 * beside what double quotes would expand, in QUOTE_DOTENV. */
bool quoting_add(struct text *out, enum quoting quoting, const char *value);

#endif
