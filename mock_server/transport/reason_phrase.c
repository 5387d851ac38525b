/*
 * The words after the status code.
 *
 * libmicrohttpd asks MHD_get_reason_phrase_for() and has no other way to be told. Here the program answers in its place
 * (a symbol of the program wins over the same symbol of a shared library), with the words that an answer has, else with
 * those of the registered codes; a code that nobody registered is "Unknown", as the library has it. Clients must not
 * depend on the phrase (RFC 9112 section 4), but a mock that is true to the bytes has one.
 *
 * An answer may have words of its own (reply.phrase). The library asks by code alone, so they are left here, on the
 * thread that queues answers, for the answer that is queued now: each answer replaces or takes away what the one before
 * it left.
 */
#include "transport/reason_phrase.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <microhttpd.h>

#include "base/memory.h"
#include "model/exchange.h"

static const struct phrase {
    unsigned code;
    const char *words;
} phrases[] = {
    {100, "Continue"},
    {101, "Switching Protocols"},
    {102, "Processing"},
    {103, "Early Hints"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {203, "Non-Authoritative Information"},
    {204, "No Content"},
    {205, "Reset Content"},
    {206, "Partial Content"},
    {207, "Multi-Status"},
    {208, "Already Reported"},
    {226, "IM Used"},
    {300, "Multiple Choices"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {305, "Use Proxy"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {407, "Proxy Authentication Required"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {423, "Locked"},
    {424, "Failed Dependency"},
    {425, "Too Early"},
    {426, "Upgrade Required"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {451, "Unavailable For Legal Reasons"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {506, "Variant Also Negotiates"},
    {507, "Insufficient Storage"},
    {508, "Loop Detected"},
    {510, "Not Extended"},
    {511, "Network Authentication Required"},
};

static _Thread_local struct {
    bool set;
    unsigned code;
    char words[REPLY_PHRASE_MAX + 1];
} next;

void reason_phrase_next(unsigned status, const char *words)
{
    next.set = words != NULL && strlen(words) <= REPLY_PHRASE_MAX && strpbrk(words, "\r\n") == NULL;
    next.code = status;
    if (next.set)
        memcpy(next.words, words, strlen(words) + 1);
}

static const char *words_for(unsigned code)
{
    if (next.set && next.code == code)
        return next.words;
    for (size_t i = 0; i < COUNT_OF(phrases); i++)
        if (phrases[i].code == code)
            return phrases[i].words;
    return "Unknown";
}

const char *MHD_get_reason_phrase_for(unsigned int code)
{
    return words_for(code);
}

size_t MHD_get_reason_phrase_len_for(unsigned int code)
{
    return strlen(words_for(code));
}

void reason_phrase_adopt(void)
{
}
