#include "base/instant.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static struct tm broken_down(int64_t us)
{
    int64_t seconds = us / INSTANT_SECOND_US - (us % INSTANT_SECOND_US < 0 ? 1 : 0);
    time_t whole = (time_t)seconds;
    struct tm parts = {0};
    gmtime_r(&whole, &parts);
    return parts;
}

void instant_write_utc(int64_t us, int fraction, char out[INSTANT_TEXT_MAX])
{
    struct tm parts = broken_down(us);
    size_t length = strftime(out, INSTANT_TEXT_MAX, "%Y-%m-%dT%H:%M:%S", &parts);
    int micros = (int)((us % INSTANT_SECOND_US + INSTANT_SECOND_US) % INSTANT_SECOND_US);
    if (fraction == 3)
        snprintf(out + length, INSTANT_TEXT_MAX - length, ".%03dZ", micros / 1000);
    else if (fraction == 6)
        snprintf(out + length, INSTANT_TEXT_MAX - length, ".%06dZ", micros);
    else
        snprintf(out + length, INSTANT_TEXT_MAX - length, "Z");
}

void instant_write_local(int64_t us, int offset_minutes, char out[INSTANT_TEXT_MAX])
{
    struct tm parts = broken_down(us + offset_minutes * 60 * INSTANT_SECOND_US);
    strftime(out, INSTANT_TEXT_MAX, "%Y-%m-%d %H:%M:%S", &parts);
}

/* Not strftime's %a and %b: HTTP wants the English names in every locale. */
void instant_write_http(int64_t us, char out[INSTANT_TEXT_MAX])
{
    static const char days[][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct tm parts = broken_down(us);
    snprintf(out, INSTANT_TEXT_MAX, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[parts.tm_wday], parts.tm_mday,
             months[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

/* Reads exactly `count` digits. */
static bool digits(const char **at, int count, int *out)
{
    int value = 0;
    for (int i = 0; i < count; i++, (*at)++) {
        if (**at < '0' || **at > '9')
            return false;
        value = value * 10 + (**at - '0');
    }
    *out = value;
    return true;
}

static bool literal(const char **at, char c)
{
    return *(*at)++ == c;
}

static bool read_fraction(const char **at, int *micros)
{
    *micros = 0;
    if (**at != '.')
        return true;
    (*at)++;
    int scale = 100000, seen = 0;
    for (; **at >= '0' && **at <= '9'; (*at)++, seen++, scale /= 10)
        *micros += (**at - '0') * scale;
    return seen > 0;
}

static bool read_zone(const char **at, int *minutes)
{
    *minutes = 0;
    char sign = *(*at)++;
    if (sign == 'Z')
        return true;
    int hours = 0, rest = 0;
    if ((sign != '+' && sign != '-') || !digits(at, 2, &hours) || !literal(at, ':') || !digits(at, 2, &rest))
        return false;
    *minutes = (hours * 60 + rest) * (sign == '-' ? -1 : 1);
    return hours < 24 && rest < 60;
}

bool instant_read(const char *text, int64_t *out)
{
    struct tm parts = {0};
    const char *at = text;
    int micros = 0, zone = 0;
    if (!digits(&at, 4, &parts.tm_year) || !literal(&at, '-') || !digits(&at, 2, &parts.tm_mon) || !literal(&at, '-') ||
        !digits(&at, 2, &parts.tm_mday) || !literal(&at, 'T') || !digits(&at, 2, &parts.tm_hour) ||
        !literal(&at, ':') || !digits(&at, 2, &parts.tm_min) || !literal(&at, ':') || !digits(&at, 2, &parts.tm_sec) ||
        !read_fraction(&at, &micros) || !read_zone(&at, &zone) || *at != '\0')
        return false;
    if (parts.tm_year < 1970 || parts.tm_mon < 1 || parts.tm_mon > 12 || parts.tm_mday < 1 || parts.tm_mday > 31 ||
        parts.tm_hour > 23 || parts.tm_min > 59 || parts.tm_sec > 59)
        return false;
    int day = parts.tm_mday;
    parts.tm_year -= 1900;
    parts.tm_mon -= 1;
    time_t whole = timegm(&parts);
    if (parts.tm_mday != day) /* 31 February */
        return false;
    *out = ((int64_t)whole - zone * 60) * INSTANT_SECOND_US + micros;
    return true;
}

int64_t instant_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * INSTANT_SECOND_US + now.tv_nsec / 1000;
}

int64_t instant_monotonic(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * INSTANT_SECOND_US + now.tv_nsec / 1000;
}
