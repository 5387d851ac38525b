#include "exec.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json.h"
#include "base/text.h"
#include "options.h"
#include "room/child.h"
#include "room/dials.h"
#include "room/files.h"
#include "room/names.h"
#include "room/namespaces.h"
#include "room/seen.h"
#include "room/summary.h"
#include "room/tally.h"
#include "trust/authority.h"
#include "trust/trust_files.h"

#define HOSTS_MAX 2000
enum { EXIT_USAGE = 2 };

extern char **environ;

/* One run, from the walls to the summary. What is NULL is not there (yet). */
struct run {
    struct settings *settings;
    struct child child;
    char *folder; /* the room's own: files of trust, and those that are laid over the system's */
    char *ca_dir;
    struct mock_server *server;
    struct tally *tally;
    struct seen *asked, *dialled;
    struct names *names;
    struct dials *dials;
    const char *hosts[HOSTS_MAX + 1];
    cJSON *providers; /* it has the names in `hosts` */
    cJSON *left;
    struct text problem;
};

static bool complain(struct run *run)
{
    fprintf(stderr, "cancelmock exec: %s\n", text_cstr(&run->problem));
    return false;
}

/* ── Trust ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Programs of other users in the room read these files, too. */
static bool make_folder(struct run *run)
{
    const char *parent = getenv("TMPDIR");
    run->folder = mem_print("%s/cancelmock-room-XXXXXX", parent == NULL || *parent != '/' ? "/tmp" : parent);
    if (mkdtemp(run->folder) != NULL && chmod(run->folder, 0755) == 0)
        return true;
    text_print(&run->problem, "%s: %s; give a folder for temporary files with TMPDIR", run->folder, strerror(errno));
    return false;
}

static bool make_trust(struct run *run)
{
    const char *given = run->settings->server.ca_dir;
    run->ca_dir = given == NULL ? authority_default_folder(&run->problem) : mem_dup(given);
    struct authority *authority = run->ca_dir == NULL ? NULL : authority_open(run->ca_dir, &run->problem);
    bool made = authority != NULL && make_folder(run) &&
                trust_files_write(authority, run->folder, &run->problem) == 0 && chmod(run->folder, 0755) == 0;
    authority_free(authority);
    return made;
}

/* ── The mock ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void tell(void *context, const char *sentence)
{
    (void)context;
    fprintf(stderr, "cancelmock: %s\n", sentence);
}

static bool start_server(struct run *run)
{
    char *problem = mem_zero(MOCK_SERVER_PROBLEM_MAX, 1);
    struct mock_server_options options = run->settings->server;
    bool has_room = !run->settings->no_room;
    options.listen = has_room ? "127.0.0.1:80" : "127.0.0.1:0";
    options.tls_listen = has_room ? "127.0.0.1:443" : "127.0.0.1:0";
    options.control_listen = NULL;
    options.public_url = NULL;
    options.ca_dir = run->ca_dir;
    options.tell = run->settings->quiet ? NULL : tell;
    options.log = tally_add;
    options.log_context = run->tally;
    options.log_json = true;
    bool started = mock_server_start(&options, &run->server, problem, MOCK_SERVER_PROBLEM_MAX) == MOCK_SERVER_OK;
    if (!started)
        text_add_bytes(&run->problem, problem,
                       strcspn(problem, "\n") == strlen(problem) ? strlen(problem) : strlen(problem) - 1);
    free(problem);
    return started;
}

/* Those of the vendors that are served, and those of the options. */
static void list_hosts(struct run *run)
{
    char *text = NULL;
    size_t count = 0;
    const cJSON *provider = NULL, *name = NULL;
    const struct mock_server_options *options = &run->settings->server;
    for (size_t i = 0; i < options->host_count && count < HOSTS_MAX; i++) {
        const char *equals = strchr(options->hosts[i], '=');
        run->hosts[count++] = equals == NULL ? options->hosts[i] : equals + 1;
    }
    mock_server_control(run->server, "GET", "/_mock/providers", NULL, &text);
    run->providers = json_read_text(text);
    free(text);
    cJSON_ArrayForEach (provider, json_member(run->providers, "providers"))
        cJSON_ArrayForEach (name, json_member(provider, "hosts"))
            if (count < HOSTS_MAX)
                run->hosts[count++] = name->valuestring;
}

/* ── What the command is told ──────────────────────────────────────────────────────────────────────────────────── */

static const char *const proxies[] = {"http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "no_proxy",
                                      "HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "ALL_PROXY", "NO_PROXY"};

static void set_variable(void *context, const char *name, const char *value)
{
    (void)context;
    (void)setenv(name, value, 1);
}

/* In a room a proxy could only lead astray; without one it is the way. */
static void set_variables(struct run *run)
{
    const char *control = mock_server_control_url(run->server);
    for (size_t i = 0; i < COUNT_OF(proxies); i++)
        (void)unsetenv(proxies[i]);
    for (size_t i = 0; run->settings->no_room && i < COUNT_OF(proxies); i++)
        if (strncmp(proxies[i], "http", 4) == 0 || strncmp(proxies[i], "HTTPS", 5) == 0)
            (void)setenv(proxies[i], mock_server_url(run->server), 1);
    trust_variables_each(run->folder, set_variable, NULL);
    (void)setenv("CANCELMOCK_URL", mock_server_url(run->server), 1);
    if (*control != '\0')
        (void)setenv("CANCELMOCK_CONTROL", control, 1);
}

/* ── The room ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool furnish(struct run *run)
{
    run->asked = seen_new();
    run->dialled = seen_new();
    run->names = names_start(run->hosts, run->asked, &run->problem);
    run->dials = run->names == NULL ? NULL : dials_start(run->dialled, &run->problem);
    return run->dials != NULL && files_lay_over(run->folder, run->hosts, &run->problem);
}

static bool enter_room(struct run *run)
{
    if (run->settings->no_room || namespaces_enter(&run->problem))
        return true;
    text_add(&run->problem,
             "; or go without a room, where the command heeds https_proxy: cancelmock exec --no-room -- …");
    return false;
}

static bool prepare(struct run *run)
{
    child_prepare(&run->child);
    if (!make_trust(run) || !enter_room(run) || !start_server(run))
        return false;
    list_hosts(run);
    if (!run->settings->no_room && !furnish(run))
        return false;
    set_variables(run);
    return true;
}

/* ── The command ───────────────────────────────────────────────────────────────────────────────────────────────── */

static void note_left(void *context, pid_t pid, const char *name)
{
    cJSON *one = cJSON_CreateObject();
    json_set_integer(one, "pid", pid);
    json_set_string(one, "name", name);
    cJSON_AddItemToArray(context, one);
}

static int run_command(struct run *run)
{
    if (!child_start(&run->child, run->settings->argv, environ)) {
        fprintf(stderr, "cancelmock exec: %s: %s\n", run->settings->argv[0], strerror(errno));
        return run->child.status;
    }
    int status = child_wait(&run->child);
    child_end_rest(&run->child, note_left, run->left);
    return status;
}

static bool tell_summary(struct run *run, int status)
{
    struct summary_parts parts = {.command = run->settings->argv,
                                  .status = status,
                                  .tally = run->tally,
                                  .names = run->asked,
                                  .addresses = run->dialled,
                                  .left = run->left};
    cJSON *summary = summary_make(&parts);
    if (!run->settings->quiet)
        summary_print(summary, stderr);
    bool told = run->settings->summary == NULL || summary_write(summary, run->settings->summary, &run->problem);
    cJSON_Delete(summary);
    return told || complain(run);
}

/* ── Life ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void remove_folder(const char *folder)
{
    static const char *const files[] = {"ca.pem", "bundle.pem", "trust.p12",   "php/cancelmock.ini",
                                        "php",    "hosts",      "resolv.conf", "nsswitch.conf"};
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        char *path = mem_print("%s/%s", folder, files[i]);
        (void)remove(path);
        free(path);
    }
    (void)rmdir(folder);
}

/* What was sent and dialled until now has been counted when the servers have stopped. */
static bool stop(struct run *run)
{
    dials_stop(run->dials);
    names_stop(run->names);
    bool whole = mock_server_stop(run->server) == 0;
    run->dials = NULL;
    run->names = NULL;
    run->server = NULL;
    return whole;
}

static void release(struct run *run)
{
    if (run->folder != NULL)
        remove_folder(run->folder);
    seen_free(run->asked);
    seen_free(run->dialled);
    tally_free(run->tally);
    cJSON_Delete(run->providers);
    cJSON_Delete(run->left);
    text_release(&run->problem);
    free(run->folder);
    free(run->ca_dir);
}

static int run_settings(struct settings *settings)
{
    struct run run = {.settings = settings,
                      .tally = tally_new(),
                      .left = cJSON_CreateArray(),
                      .problem = TEXT_INIT(MOCK_SERVER_PROBLEM_MAX)};
    int status = EXEC_NO_ROOM;
    bool prepared = prepare(&run) || complain(&run);
    if (prepared)
        status = run_command(&run);
    bool whole = stop(&run);
    if (prepared && !(tell_summary(&run, status) && whole) && status == 0)
        status = EXEC_NO_ROOM;
    release(&run);
    return status;
}

int exec_main(int argc, char **argv)
{
    struct settings settings;
    enum options_answer answer = settings_read(&settings, argc, argv);
    int status = answer == OPTIONS_DONE ? 0 : EXIT_USAGE;
    if (answer == OPTIONS_GO)
        status = run_settings(&settings);
    settings_release(&settings);
    return status;
}
