/* What the settings mean, and the command that repeats. */
#include "server/settings.h"

#include <stdlib.h>
#include <string.h>

#include "check/shell.h"
#include "mock_server/base/memory.h"
#include "mock_server/base/text.h"

/* The length of PROVIDER in "PROVIDER=URL"; 0 for a URL alone. */
size_t server_settings_provider_length(const char *text)
{
    const char *equals = strchr(text, '='), *scheme = strstr(text, "://");
    return equals != NULL && (scheme == NULL || equals < scheme) ? (size_t)(equals - text) : 0;
}

const char *server_settings_base_url(const struct server_settings *settings, const char *provider)
{
    for (size_t i = 0; i < settings->base_urls.count; i++) {
        const char *text = settings->base_urls.list[i];
        size_t length = server_settings_provider_length(text);
        if (length == 0 && strcmp(settings->providers.list[0], provider) == 0)
            return text;
        if (length && length == strlen(provider) && strncmp(text, provider, length) == 0)
            return text + length + 1;
    }
    return NULL;
}

bool server_settings_wants(const struct server_settings *settings, const char *provider)
{
    for (size_t i = 0; i < settings->providers.count; i++)
        if (strcmp(settings->providers.list[i], provider) == 0)
            return true;
    if (settings->providers.count)
        return false;
    return settings->base_urls.count == 0 || server_settings_base_url(settings, provider) != NULL;
}

static void add_option(struct text *out, const char *name, const char *value)
{
    text_print(out, " %s ", name);
    shell_add_word(out, value);
}

/* A name may hold letters that mean something in a glob. */
static char *as_glob(const char *address)
{
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    for (const char *at = address; *at != '\0'; at++)
        text_print(&out, "%s%c", strchr("*?[\\", *at) != NULL ? "\\" : "", *at);
    return text_take(&out);
}

char *server_settings_repeat(const struct server_settings *settings, const char *address)
{
    struct text out = TEXT_INIT(TEXT_UNBOUNDED);
    char *glob = as_glob(address);
    text_print(&out, "%s server", settings->program);
    for (size_t i = 0; i < settings->base_urls.count; i++)
        add_option(&out, "--base-url", settings->base_urls.list[i]);
    if (settings->ca_file != NULL)
        add_option(&out, "--ca-file", settings->ca_file);
    for (size_t i = 0; i < settings->headers.count; i++) /* its value may be a secret */
        text_print(&out, " --header '%.*s: …'", (int)strcspn(settings->headers.list[i], ":"),
                   settings->headers.list[i]);
    for (size_t i = 0; i < settings->providers.count && settings->base_urls.count; i++)
        add_option(&out, "--provider", settings->providers.list[i]);
    if (settings->control != NULL)
        add_option(&out, "--control", settings->control);
    if (settings->compare != COMPARE_EXACT)
        add_option(&out, "--compare", compare_name(settings->compare));
    for (size_t i = 0; i < settings->replace.count; i++)
        add_option(&out, "--replace", settings->replace.list[i]);
    add_option(&out, "--run", glob);
    free(glob);
    return text_take(&out);
}
