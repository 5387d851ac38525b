/*
 * Times as the vendor writes them: Turkish local time (7, server clock; 8.1, 9.9).
 *
 * A customer asks for DD/MM/YYYY HH:MM; reports stamp YYYY-MM-DD HH:MM:SS; lists are asked for by YYYY-MM-DD.
 */
#include <stdio.h>
#include <string.h>

#include "providers/iletimerkezi/iletimerkezi.h"

#define ISTANBUL_MINUTES 180
#define MINUTE_LENGTH    16 /* "02/11/2026 12:00" */
#define SECOND_LENGTH    19

enum iletimerkezi_schedule iletimerkezi_schedule_read(const char *text, int64_t *out)
{
    size_t length = strlen(text);
    int64_t at = 0;
    if ((length != MINUTE_LENGTH && length != SECOND_LENGTH) || text[2] != '/' || text[5] != '/' || text[10] != ' ')
        return SCHEDULE_BAD;
    char iso[INSTANT_TEXT_MAX];
    snprintf(iso, sizeof iso, "%.4s-%.2s-%.2sT%.8s%s+03:00", text + 6, text + 3, text, text + 11,
             length == SECOND_LENGTH ? "" : ":00");
    if (!instant_read(iso, &at))
        return SCHEDULE_BAD;
    if (length == SECOND_LENGTH)
        return SCHEDULE_SECONDS;
    *out = at;
    return SCHEDULE_GOOD;
}

void iletimerkezi_schedule_write(int64_t at, char out[INSTANT_TEXT_MAX])
{
    char local[INSTANT_TEXT_MAX];
    instant_write_local(at, ISTANBUL_MINUTES, local);
    snprintf(out, INSTANT_TEXT_MAX, "%.2s/%.2s/%.4s %.5s", local + 8, local + 5, local, local + 11);
}

void iletimerkezi_stamp(cJSON *document, const char *member, int64_t at)
{
    char text[INSTANT_TEXT_MAX];
    instant_write_local(at, ISTANBUL_MINUTES, text);
    json_set_string(document, member, text);
}

bool iletimerkezi_stamp_read(const char *text, int64_t *out)
{
    char iso[INSTANT_TEXT_MAX];
    if (strlen(text) != SECOND_LENGTH || text[10] != ' ')
        return false;
    snprintf(iso, sizeof iso, "%.10sT%s+03:00", text, text + 11);
    return instant_read(iso, out);
}

bool iletimerkezi_day_read(const char *text, int64_t *out)
{
    char iso[INSTANT_TEXT_MAX];
    if (strlen(text) != strlen("2026-11-01"))
        return false;
    snprintf(iso, sizeof iso, "%sT00:00:00+03:00", text);
    return instant_read(iso, out);
}
