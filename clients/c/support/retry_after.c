#include "support/retry_after.h"

#include <ctype.h>
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS_MAX = 12 };

static const int64_t wait_max_s = 366L * 24 * 3600;
static const int64_t unix_time_from = 1000000000;

static int64_t whole_number(const char *text)
{
    size_t length = text == NULL ? 0 : strspn(text, "0123456789");

    if (length == 0 || length > DIGITS_MAX || text[length] != '\0')
        return -1;
    return strtoll(text, NULL, 10);
}

/* curl_getdate() guesses generously; only what looks like one of the three HTTP forms gets there. */
static int64_t http_date(const char *text)
{
    if (text == NULL || !isalpha((unsigned char)text[0]) || strlen(text) < 24 || strchr(text, ':') == NULL)
        return -1;
    return (int64_t)curl_getdate(text, NULL);
}

static int64_t bounded(int64_t seconds)
{
    if (seconds > wait_max_s)
        return -1;
    return seconds < 0 ? 0 : seconds * 1000;
}

int64_t retry_after_ms(const char *retry_after, const char *rate_limit_reset, const char *date, int64_t now_ms)
{
    int64_t now = http_date(date) >= 0 ? http_date(date) : now_ms / 1000;
    int64_t seconds = whole_number(retry_after);
    int64_t at = http_date(retry_after);

    if (seconds >= 0 && seconds <= wait_max_s)
        return bounded(seconds);
    if (at >= 0)
        return bounded(at - now);
    at = whole_number(rate_limit_reset);
    if (at < 0)
        return -1;
    return bounded(at >= unix_time_from ? at - now : at);
}
