/* cJSON prints strings byte by byte. */
#include "report/json_document.h"

#include <string.h>

#include "mock_server/base/utf8.h"

static void write_utf8(const char *text, FILE *to)
{
    size_t left = strlen(text);
    while (left) {
        size_t length = utf8_character(text, left);
        if (length)
            fwrite(text, 1, length, to);
        else
            fputs("\xef\xbf\xbd", to);
        length = length ? length : 1;
        text += length;
        left -= length;
    }
}

void json_document_write(const cJSON *root, FILE *to)
{
    char *text = cJSON_Print(root);
    write_utf8(text != NULL ? text : "{}", to);
    fputc('\n', to);
    cJSON_free(text);
}
