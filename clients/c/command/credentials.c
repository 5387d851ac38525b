#include "command/credentials.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/memory.h"
#include "base/nearest.h"

void credentials_variable(const char *name, char out[CREDENTIALS_NAME_MAX])
{
    snprintf(out, CREDENTIALS_NAME_MAX, "CANCEL_%s", name);
    for (char *at = out; *at != '\0'; at++)
        *at = ascii_upper(*at);
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
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY); /* waits for no FIFO's writer */
    struct stat facts;
    long length = -1;
    if (file < 0 || fstat(file, &facts) != 0) {
        fprintf(err, "cancelorder: %s: %s\n", path, strerror(errno));
    } else if (!S_ISREG(facts.st_mode) || (size_t)facts.st_size >= size) {
        fprintf(err, "cancelorder: %s: not a regular file of less than %zu bytes\n", path, size);
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

/* Letters and underscores alone: a secret in a name's place must not be printed. */
static bool is_printable_name(const char *name)
{
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_");
    return name[length] == '\0' && length > 0 && length < CREDENTIALS_NAME_MAX;
}

static void member_refuse(const char *path, const char *name, const struct client_provider *provider, FILE *err)
{
    struct nearest nearest;
    nearest_begin(&nearest, name);
    for (const struct client_word *row = provider->credentials; row->name != NULL; row++)
        nearest_try(&nearest, row->name);
    if (is_printable_name(name))
        fprintf(err, "cancelorder: %s: %s is no credential of %s", path, name, provider->name);
    else
        fprintf(err, "cancelorder: %s: a member is no credential of %s", path, provider->name);
    char hint[HINT_MAX];
    fprintf(err, "%s\n", nearest.name == NULL ? "; see cancelorder providers" : nearest_tell(&nearest, hint));
}

static bool is_credential(const struct client_provider *provider, const char *name)
{
    for (const struct client_word *row = provider->credentials; row->name != NULL; row++)
        if (strcmp(row->name, name) == 0)
            return true;
    return false;
}

static int members_check(const struct json_value *object, const struct client_provider *provider, const char *path,
                         FILE *err)
{
    for (const struct json_value *at = object->first; at != NULL; at = at->next) {
        if (!is_credential(provider, at->name)) {
            member_refuse(path, at->name, provider, err);
            return -1;
        }
        if (json_text(at) == NULL) {
            fprintf(err, "cancelorder: %s: %s is not a text\n", path, at->name);
            return -1;
        }
    }
    return 0;
}

static const char *value_of(const struct credentials *credentials, const char *name)
{
    for (size_t i = 0; i < credentials->count; i++)
        if (strcmp(credentials->rows[i].name, name) == 0)
            return credentials->rows[i].value;
    return "";
}

static bool is_missing(const struct credentials *credentials, const char *name)
{
    const char *value = value_of(credentials, name);
    return value[strspn(value, " \t")] == '\0';
}

/* 1 if every credential of the set is there, 0 if one is missing, -1 if there is no such set. */
static int set_is_whole(const struct credentials *credentials, const struct client_provider *provider, int set,
                        bool read)
{
    int whole = -1;
    for (const struct client_word *row = provider->credentials; row->name != NULL; row++) {
        if (row->set != set || (read && row->cancel_only))
            continue;
        if (is_missing(credentials, row->name))
            return 0;
        whole = 1;
    }
    return whole;
}

/* "CANCEL_TOKEN, or CANCEL_USERNAME and CANCEL_PASSWORD", as variables or as members of a file. */
static void print_sets(const struct client_provider *provider, bool read, bool variables, FILE *err)
{
    int set = 0;
    const char *separator = "";
    for (const struct client_word *row = provider->credentials; row->name != NULL; row++) {
        if (read && row->cancel_only)
            continue;
        char variable[CREDENTIALS_NAME_MAX];
        credentials_variable(row->name, variable);
        fprintf(err, "%s%s", row->set != set ? ", or " : separator, variables ? variable : row->name);
        set = row->set;
        separator = " and ";
    }
}

int credentials_check(const struct credentials *credentials, const struct client_provider *provider, bool read,
                      FILE *err)
{
    const char *separator = "";
    int whole = 0;
    for (int set = 0; whole == 0; set++)
        whole = set_is_whole(credentials, provider, set, read);
    if (whole == 1)
        return 0;
    fprintf(err, "cancelorder: %s: missing or empty: ", provider->name);
    for (const struct client_word *row = provider->credentials; row->name != NULL; row++)
        if (is_missing(credentials, row->name) && !(read && row->cancel_only)) {
            fprintf(err, "%s%s", separator, row->name);
            separator = ", ";
        }
    fputs("; set ", err);
    print_sets(provider, read, true, err);
    fputs(", or use --credentials FILE with ", err);
    print_sets(provider, read, false, err);
    fputc('\n', err);
    return -1;
}

/* 0 with the file's one JSON object, or -1 with a line on `err`. */
static int document_read(const char *path, struct json_document *document, FILE *err)
{
    char *bytes = mem_alloc(CREDENTIALS_FILE_MAX);
    long length = file_read(path, bytes, CREDENTIALS_FILE_MAX, err);
    int status = length < 0 ? -1 : json_read(bytes, (size_t)length, document);
    free(bytes);
    if (length < 0 || (status == 0 && json_is(document->root, JSON_OBJECT)))
        return status;
    fprintf(err, "cancelorder: %s: not one JSON object\n", path);
    if (status == 0)
        json_document_release(document);
    return -1;
}

int credentials_from_file(struct credentials *credentials, const struct client_provider *provider, const char *path,
                          FILE *err)
{
    *credentials = (struct credentials){.count = 0};
    if (document_read(path, &credentials->document, err) != 0)
        return -1;
    const struct json_value *object = credentials->document.root;
    if (members_check(object, provider, path, err) != 0) {
        credentials_release(credentials);
        return -1;
    }
    for (const struct client_word *row = provider->credentials; row->name != NULL; row++)
        row_add(credentials, row->name, json_text(json_member(object, row->name)));
    return 0;
}

void credentials_release(struct credentials *credentials)
{
    if (credentials->document.root != NULL)
        json_document_release(&credentials->document);
    credentials->count = 0;
}
