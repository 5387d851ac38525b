#include "session/credential_twin.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/ids.h"

#define DRAWN_LEAST 16 /* a shorter text is a word for people */

/* What else base64 is written with: it stays where it is, so that a twin still has all the letters of a real key. */
static bool is_base64_mark(char c)
{
    return c == '+' || c == '/' || c == '=';
}

static const char *alphabet_of(const char *tail)
{
    bool hex = true, lower = true;
    for (; *tail != '\0'; tail++) {
        hex = hex && ascii_is_hex(*tail);
        lower = lower && !ascii_is_upper(*tail);
    }
    if (hex)
        return lower ? "0123456789abcdef" : "0123456789ABCDEF";
    return lower ? "0123456789abcdefghijklmnopqrstuvwxyz"
                 : "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
}

uint64_t credential_seed(const char *session_name, const char *what)
{
    uint64_t hash = id_hash(ID_HASH_START, session_name, strlen(session_name));
    return id_hash(id_hash(hash, "\n", 1), what, strlen(what));
}

/* Letters and digits behind the last '_', '-' or '.' are drawn again: "pub_aM7p/8n=" becomes "pub_Xk3R/wQ=". */
static char *twin_of(const char *value, const char *session_name)
{
    const char *tail = value + strlen(value);
    while (tail > value && (ascii_is_alnum(tail[-1]) || is_base64_mark(tail[-1])))
        tail--;
    size_t length = strlen(tail), at = strcspn(value, "@");
    if (length < DRAWN_LEAST && value[at] == '@') /* an address stays one */
        return mem_print("%.*s+%s%s", (int)at, value, session_name, value + at);
    if (length < DRAWN_LEAST)
        return mem_print("%s-%s", value, session_name);
    struct id_stream stream = id_stream_from(credential_seed(session_name, value));
    char *drawn = mem_zero(length + 1, 1);
    id_characters(&stream, alphabet_of(tail), length, drawn);
    for (size_t i = 0; i < length; i++)
        drawn[i] = is_base64_mark(tail[i]) ? tail[i] : drawn[i];
    char *twin = mem_print("%.*s%s", (int)(tail - value), value, drawn);
    free(drawn);
    return twin;
}

cJSON *credential_twin(const cJSON *entry, const char *session_name, const cJSON *given)
{
    cJSON *twin = cJSON_Duplicate(entry, true);
    cJSON *values = cJSON_CreateObject();
    for (const cJSON *value = json_member(entry, "values")->child; value != NULL; value = value->next) {
        if (!cJSON_IsString(value)) {
            json_set(values, value->string, cJSON_Duplicate(value, true));
            continue;
        }
        const char *kept = json_string(given, value->string);
        char *drawn = kept != NULL ? mem_dup(kept) : twin_of(value->valuestring, session_name);
        json_set_string(values, value->string, drawn);
        free(drawn);
    }
    json_set(twin, "values", values);
    return twin;
}
