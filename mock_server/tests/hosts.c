/* model/hosts.h: which name is whose. */
#include "model/hosts.h"

#include "base/tests/check.h"
#include "model/provider.h"
#include "tests/suites.h"

static const struct provider one = {.name = "one"}, other = {.name = "other"};

static const struct {
    const char *host;
    const char *whose; /* "one", "other", "all"; NULL: nobody's */
} looked_up[] = {
    {"api.one.example", "one"},
    {"API.One.Example", "one"},
    {"api.one.example:443", "one"},
    {"api.one.example.", "one"},
    {"api.one.example.:8443", "one"},
    {"api.one.example.evil.example", NULL},
    {"xapi.one.example", NULL},
    {"one.example", NULL},
    {"a.shops.example", "other"},
    {"a.b.shops.example:1", "other"},
    {"shops.example", NULL},
    {".shops.example", NULL},
    {"xshops.example", NULL},
    {"[::1]", "all"},
    {"[::1]:8080", "all"},
    {"localhost", "all"},
    {"", NULL},
    {":443", NULL},
    {"twice.example", "one"},
};

static struct hosts *filled(void)
{
    struct hosts *hosts = hosts_new();
    CHECK(hosts_add(hosts, "api.one.example", &one));
    CHECK(hosts_add(hosts, "*.shops.example", &other));
    CHECK(hosts_add(hosts, "localhost", NULL));
    CHECK(hosts_add(hosts, "[::1]", NULL));
    CHECK(hosts_add(hosts, "twice.example", &one));
    CHECK(hosts_add(hosts, "twice.example", &other));
    return hosts;
}

static void each_name_is_somebodys(void *context)
{
    struct hosts *hosts = filled();
    (void)context;
    for (size_t i = 0; i < COUNT_OF(looked_up); i++) {
        const struct provider *provider = NULL;
        bool found = hosts_find(hosts, looked_up[i].host, &provider);
        const char *whose = !found ? NULL : provider == NULL ? "all" : provider->name;
        CHECK_TEXT(whose == NULL ? "nobody" : whose, looked_up[i].whose == NULL ? "nobody" : looked_up[i].whose);
    }
    hosts_free(hosts);
}

static void what_is_no_name_is_refused(void *context)
{
    static const char *const wrong[] = {
        "", "*", "*.", "a b", "http://a.example", "a.example/x", "a.example:443", "a,b", "*.*.example"};
    struct hosts *hosts = hosts_new();
    (void)context;
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        CHECK(!hosts_add(hosts, wrong[i], NULL));
    CHECK(hosts_name(hosts, 0) == NULL);
    hosts_free(hosts);
}

void suite_hosts(void)
{
    register_test("hosts", "each name is somebody's", each_name_is_somebodys, NULL);
    register_test("hosts", "what is no name is refused", what_is_no_name_is_refused, NULL);
}
