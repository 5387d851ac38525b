#include "command/credentials.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void credentials_variable(const char *name, char out[CREDENTIALS_NAME_MAX])
{
    size_t at;

    snprintf(out, CREDENTIALS_NAME_MAX, "CANCEL_%s", name);
    for (at = 0; out[at] != '\0'; at++)
        if (out[at] >= 'a' && out[at] <= 'z')
            out[at] = (char)(out[at] - 'a' + 'A');
}

static void row_add(struct credentials *credentials, const char *name, const char *value)
{
    if (value != NULL && credentials->count < CREDENTIALS_MAX)
        credentials->rows[credentials->count++] = (struct cancelorder_pair){name, value};
}

void credentials_from_environment(struct credentials *credentials, const struct client_provider *provider)
{
    *credentials = (struct credentials){.count = 0};
    for (const struct client_word *row = provider->credentials; row->name != NULL; row++) {
        char variable[CREDENTIALS_NAME_MAX];

        credentials_variable(row->name, variable);
        row_add(credentials, row->name, getenv(variable));
    }
}

/* Number of bytes read, or -1 with a line on `err`. */
static long file_read(const char *path, char *bytes, size_t size, FILE *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat facts;
    long length = -1;

    if (file < 0 || fstat(file, &facts) != 0) {
        fprintf(err, "cancelorder: %s: %s\n", path, strerror(errno));
    } else if (!S_ISREG(facts.st_mode) || (size_t)facts.st_size >= size) {
        fprintf(err, "cancelorder: %s: not a file of less than %zu bytes\n", path, size);
    } else if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        fprintf(err, "cancelorder: %s: others may read it; run: chmod 600 %s\n", path, path);
    } else {
        length = (long)read(file, bytes, size);
        if (length < 0)
            fprintf(err, "cancelorder: %s: %s\n", path, strerror(errno));
    }
    if (file >= 0)
        close(file);
    return length;
}

int credentials_from_file(struct credentials *credentials, const struct client_provider *provider, const char *path,
                          FILE *err)
{
    char bytes[CREDENTIALS_FILE_MAX];
    long length = file_read(path, bytes, sizeof bytes, err);
    struct json_document document = {.root = NULL};

    *credentials = (struct credentials){.count = 0};
    if (length < 0)
        return -1;
    if (json_read(bytes, (size_t)length, &document) != 0 || !json_is(document.root, JSON_OBJECT)) {
        fprintf(err, "cancelorder: %s: not one JSON object\n", path);
        if (document.root != NULL)
            json_document_release(&document);
        return -1;
    }
    credentials->document = document;
    for (const struct client_word *row = provider->credentials; row->name != NULL; row++)
        row_add(credentials, row->name, json_text(json_member(document.root, row->name)));
    return 0;
}

void credentials_release(struct credentials *credentials)
{
    if (credentials->document.root != NULL)
        json_document_release(&credentials->document);
    credentials->count = 0;
}
