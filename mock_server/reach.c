#include "reach.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "fixtures/fixtures.h"
#include "model/hosts.h"
#include "model/provider.h"
#include "trust/authority.h"
#include "trust/leaves.h"

/* ── Names ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Every machine's own; each certificate of localhost names them. */
static const char *const own[] = {"localhost", "*.localhost", "127.0.0.1", "[::1]"};

static bool is_own(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(own); i++)
        if (strcmp(own[i], name) == 0)
            return true;
    return false;
}

static void add_own(struct hosts *hosts, const struct mock_server_options *options)
{
    const char *url = options->public_url == NULL ? "" : options->public_url;
    for (size_t i = 0; i < COUNT_OF(own); i++)
        (void)hosts_add(hosts, own[i], NULL);
    const char *host = strstr(url, "://");
    if (host == NULL)
        return;
    char *name = mem_dup_bytes(host + 3, strcspn(host + 3, host[3] == '[' ? "/" : ":/"));
    (void)hosts_add(hosts, name, NULL);
    free(name);
}

static void add_fixed(struct hosts *hosts, const struct fixtures *fixtures)
{
    const cJSON *name = NULL;
    for (const struct provider *const *provider = fixtures_providers(fixtures); *provider != NULL; provider++)
        cJSON_ArrayForEach (name, json_member(fixtures_of(fixtures, *provider), "hosts"))
            (void)hosts_add(hosts, name->valuestring, *provider);
}

static const struct provider *provider_called(const struct fixtures *fixtures, const char *name, size_t length)
{
    for (const struct provider *const *provider = fixtures_providers(fixtures); *provider != NULL; provider++)
        if (strlen((*provider)->name) == length && strncmp((*provider)->name, name, length) == 0)
            return *provider;
    return NULL;
}

/* "NAME" or "PROVIDER=NAME"; those of the options come first, so that they may say otherwise than the fixtures. */
static void add_given(struct hosts *hosts, const struct fixtures *fixtures, const char *given, struct text *problems)
{
    const char *equals = strchr(given, '='), *name = equals == NULL ? given : equals + 1;
    const struct provider *provider =
        equals == NULL ? NULL : provider_called(fixtures, given, (size_t)(equals - given));
    if (equals != NULL && provider == NULL)
        text_print(problems, "--host %s: no provider that is served is called \"%.*s\"\n", given, (int)(equals - given),
                   given);
    else if (!hosts_add(hosts, name, provider))
        text_print(problems,
                   "--host %s: \"%s\" is no host name; give a name without scheme, port and path, such as "
                   "shop.example.com or *.example.com\n",
                   given, name);
}

/* ── Life ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static struct leaves *make_leaves(const struct reach *reach, struct text *problem)
{
    const char **names = mem_zero(HOSTS_MAX, sizeof *names);
    const char *name = NULL;
    size_t count = 0;
    for (size_t i = 0; (name = hosts_name(reach->hosts, i)) != NULL; i++)
        if (!is_own(name))
            names[count++] = name;
    struct leaves *leaves = leaves_new(reach->authority, names, count, problem);
    free(names);
    return leaves;
}

static bool open_trust(struct reach *reach, const struct mock_server_options *options, struct text *problems)
{
    struct text problem = TEXT_INIT(4096);
    char *usual = options->ca_dir == NULL ? authority_default_folder(&problem) : NULL;
    const char *folder = options->ca_dir == NULL ? usual : options->ca_dir;
    reach->authority = folder == NULL ? NULL : authority_open(folder, &problem);
    if (reach->authority != NULL)
        reach->leaves = make_leaves(reach, &problem);
    if (reach->leaves == NULL)
        text_print(problems, "--tls-listen %s: %s\n", options->tls_listen, text_cstr(&problem));
    text_release(&problem);
    free(usual);
    return reach->leaves != NULL;
}

bool reach_begin(struct reach *reach, const struct mock_server_options *options, const struct fixtures *fixtures,
                 struct text *problems)
{
    size_t before = problems->length;
    reach->hosts = hosts_new();
    for (size_t i = 0; i < options->host_count; i++)
        add_given(reach->hosts, fixtures, options->hosts[i], problems);
    add_own(reach->hosts, options);
    add_fixed(reach->hosts, fixtures);
    bool has_tls = options->tls_listen != NULL && !options->unheard;
    return problems->length == before && (!has_tls || open_trust(reach, options, problems));
}

void reach_end(struct reach *reach)
{
    leaves_free(reach->leaves);
    authority_free(reach->authority);
    hosts_free(reach->hosts);
}

gnutls_certificate_credentials_t reach_credentials(const struct reach *reach, enum tls_manner manner)
{
    static const enum leaf_flaw flaws[] = {[TLS_SELF_SIGNED] = LEAF_SELF_SIGNED,
                                           [TLS_EXPIRED] = LEAF_EXPIRED,
                                           [TLS_NOT_YET_VALID] = LEAF_NOT_YET,
                                           [TLS_OTHER_NAME] = LEAF_OTHER_NAME,
                                           [TLS_UNKNOWN_AUTHORITY] = LEAF_UNKNOWN_AUTHORITY,
                                           [TLS_OLD] = LEAF_GOOD};
    enum leaf_flaw flaw = manner < COUNT_OF(flaws) ? flaws[manner] : LEAF_GOOD;
    if (reach->leaves == NULL)
        return NULL;
    return flaw == LEAF_GOOD ? leaves_credentials(reach->leaves) : leaves_flawed(reach->leaves, flaw);
}
