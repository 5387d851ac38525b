/*
 * A value written so that a program reads it back as it is, whatever characters a path or an option holds.
 *
 * Nothing quoted here is ever expanded by the program that reads it.
 *
 *     quoting_add(&out, QUOTE_SH, "it's here");          // 'it'"'"'s here'
 */
#ifndef TRUST_QUOTING_H
#define TRUST_QUOTING_H

#include <stdbool.h>

struct text;

enum quoting {
    QUOTE_SEGMENTS,   /* as QUOTE_SH, or bare where all is letters, digits and / . - _: JAVA_TOOL_OPTIONS and
                         PHP's settings read that */
    QUOTE_SH,         /* sh, bash, zsh: '…', and "'" for the quote itself */
    QUOTE_FISH,       /* '…' with \' and \\ */
    QUOTE_POWERSHELL, /* '…' with '' */
    QUOTE_DOTENV,     /* bare: readers of such files agree on no more */
};

/* Appends the value in that form. False, with nothing appended, when QUOTE_DOTENV cannot hold it: a quote, a line
 * break, or anything else that one of its readers would change. */
bool quoting_add(struct text *out, enum quoting quoting, const char *value);

#endif
