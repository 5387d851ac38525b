/*
 * Minor currency units as a decimal, by moving digits and never by arithmetic: "2599" with 2 decimals
 * is "25.99", "-5" with 2 is "-0.05", "700" with 0 is "700". The number of decimals is what the
 * provider says; two is never assumed.
 *
 * NULL if `minor` is not an integer token or `decimals` is not 0 to 20. The caller frees the text.
 */
#ifndef CORE_MONEY_H
#define CORE_MONEY_H

char *money_print(const char *minor, int decimals);

#endif
