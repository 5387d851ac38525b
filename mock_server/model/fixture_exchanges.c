/*
 * exchanges/ and openapi.json: documented requests and answers, and the stubs of a user. They are checked as strictly
 * as the rest, so that a replay that does nothing because of a misspelt member cannot happen.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/name_set.h"
#include "model/fixture_set.h"
#include "model/fixtures.h"

/* Moves the exchanges of a file into the set's one list, each with where it comes from. */
static void collect(struct fixture_set *set, struct fixture_file *file, const char *name)
{
    cJSON *list = json_member_mut(file->tree, "exchanges");
    for (cJSON *exchange; cJSON_IsArray(list) && (exchange = cJSON_DetachItemFromArray(list, 0)) != NULL;) {
        cJSON *entry = cJSON_CreateObject();
        json_set_string(entry, "provider", set->provider->name);
        json_set_string(entry, "file", name);
        if (json_true(file->tree, "stub"))
            json_set_bool(entry, "stub", true);
        while (cJSON_IsObject(exchange) && exchange->child != NULL) { /* else it has been complained about */
            cJSON *member = cJSON_DetachItemViaPointer(exchange, exchange->child);
            cJSON_AddItemToObject(entry, member->string, member);
        }
        cJSON_Delete(exchange);
        cJSON_AddItemToArray(set->exchanges, entry);
    }
}

/* ── Finding them ──────────────────────────────────────────────────────────────────────────────────────────────── */

#define FOLDER "exchanges"

struct name_list {
    char **names; /* "cancel.json" */
    size_t count;
};

static void add_name(struct name_list *list, const char *name)
{
    size_t length = strlen(name);
    if (length <= 5 || strcmp(name + length - 5, ".json") != 0 || name[0] == '.')
        return;
    list->names = mem_resize(list->names, (list->count + 1) * sizeof *list->names);
    list->names[list->count++] = mem_dup(name);
}

static void list_embedded(const char *provider, struct name_list *list)
{
    char *head = mem_print("%s/" FOLDER "/", provider);
    for (const struct embedded_file *file = embedded_fixtures; file->path != NULL; file++)
        if (strncmp(file->path, head, strlen(head)) == 0)
            add_name(list, file->path + strlen(head));
    free(head);
}

static void list_folder(const char *folder, const char *provider, struct name_list *list, struct text *problems)
{
    char *path = mem_print("%s/%s/" FOLDER, folder, provider);
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, NULL, alphasort);
    if (count < 0 && errno != ENOENT)
        text_print(problems, "%s: %s\n", path, strerror(errno));
    for (int i = 0; i < count; i++) {
        add_name(list, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    free(path);
}

static void read_exchanges(struct fixture_set *set, const char *folder, struct text *problems)
{
    struct name_list list = {0};
    struct name_set *names = NULL;
    if (folder == NULL)
        list_embedded(set->provider->name, &list);
    else
        list_folder(folder, set->provider->name, &list, problems);
    struct fixture_file *files = mem_zero(list.count, sizeof *files);
    set->exchanges = cJSON_CreateArray();
    for (size_t i = 0; i < list.count; i++) {
        char *name = mem_print(FOLDER "/%s", list.names[i]);
        fixture_file_read(&files[i], folder, set->provider->name, name, problems);
        if (files[i].tree != NULL)
            fixture_exchanges_check(set, &files[i], &names);
        free(name);
    }
    name_set_free(names); /* its texts lie in the trees */
    for (size_t i = 0; i < list.count; i++) {
        if (files[i].tree != NULL)
            collect(set, &files[i], list.names[i]);
        fixture_file_release(&files[i]);
        free(list.names[i]);
    }
    free(files);
    free(list.names);
}

static const struct shape openapi_shape[] = {
    {"openapi", SHAPE_STRING, .required = true},
    SHAPE_END,
};

static void read_openapi(struct fixture_set *set, const char *folder, struct text *problems)
{
    struct fixture_file file;
    if (!fixture_file_exists(folder, set->provider->name, "openapi.json"))
        return;
    fixture_file_read(&file, folder, set->provider->name, "openapi.json", problems);
    if (file.tree != NULL)
        fixture_file_check(&file, file.tree, openapi_shape, SHAPE_OPEN);
    set->openapi = file.tree;
    file.tree = NULL;
    fixture_file_release(&file);
}

void fixture_exchanges_read(struct fixture_set *set, const char *folder, struct text *problems)
{
    read_exchanges(set, folder, problems);
    read_openapi(set, folder, problems);
}
