#include "room/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "base/text.h"
#include "trust/trust_files.h"

#define FILE_MAX ((size_t)1024 * 1024)

/* ── Reading and writing ───────────────────────────────────────────────────────────────────────────────────────── */

static bool write_whole(const char *path, const struct text *text, struct text *problem)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    bool written = fd >= 0 && write(fd, text_cstr(text), text->length) == (ssize_t)text->length;
    if (!written)
        text_print(problem, "%s: %s", path, strerror(errno));
    if (fd >= 0)
        close(fd);
    return written;
}

/* What is there of it; nothing of a file that is not there. */
static void read_whole(const char *path, struct text *text)
{
    char piece[4096];
    ssize_t came = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    while (fd >= 0 && (came = read(fd, piece, sizeof piece)) > 0)
        text_add_bytes(text, piece, (size_t)came);
    if (fd >= 0)
        close(fd);
}

static bool lay_over(const char *own, const char *system, struct text *problem)
{
    if (access(system, F_OK) != 0)
        return true;
    if (mount(own, system, NULL, MS_BIND, NULL) == 0)
        return true;
    text_print(problem, "%s cannot be laid over %s: %s", own, system, strerror(errno));
    return false;
}

/* ── What they say ─────────────────────────────────────────────────────────────────────────────────────────────── */

/* The machine's own name stays known: programs ask for it. */
static void write_hosts(struct text *out, const char *const *hosts)
{
    char machine[256] = "";
    text_add(out, "127.0.0.1\tlocalhost\n::1\tlocalhost\n");
    if (gethostname(machine, sizeof machine - 1) == 0 && *machine != '\0')
        text_print(out, "127.0.0.1\t%s\n", machine);
    for (; *hosts != NULL; hosts++)
        if (**hosts != '*' && **hosts != '[')
            text_print(out, "127.0.0.1\t%s\n", *hosts);
}

/* Only the line of hosts is another: users and groups are looked up as ever. */
static void write_switch(struct text *out)
{
    struct text was = TEXT_INIT(FILE_MAX);
    char *rest = NULL;
    read_whole("/etc/nsswitch.conf", &was);
    char *lines = text_take(&was);
    for (char *line = strtok_r(lines, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest))
        if (strncmp(line + strspn(line, " \t"), "hosts:", 6) != 0)
            text_print(out, "%s\n", line);
    text_add(out, "hosts: files dns\n");
    free(lines);
}

static bool own_file(const char *folder, const char *name, const char *system, const struct text *text,
                     struct text *problem)
{
    char *path = mem_print("%s/%s", folder, name);
    bool laid = write_whole(path, text, problem) && lay_over(path, system, problem);
    free(path);
    return laid;
}

/* ── All ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool lay_over_names(const char *folder, const char *const *hosts, struct text *problem)
{
    struct text names = TEXT_INIT(FILE_MAX), asked = TEXT_INIT(FILE_MAX), order = TEXT_INIT(FILE_MAX);
    write_hosts(&names, hosts);
    text_add(&asked, "nameserver 127.0.0.1\noptions timeout:2 attempts:1\n");
    write_switch(&order);
    bool laid = own_file(folder, "hosts", "/etc/hosts", &names, problem) &&
                own_file(folder, "resolv.conf", "/etc/resolv.conf", &asked, problem) &&
                own_file(folder, "nsswitch.conf", "/etc/nsswitch.conf", &order, problem);
    text_release(&names);
    text_release(&asked);
    text_release(&order);
    return laid;
}

static const char *const java_stores[] = {"/etc/ssl/certs/java/cacerts", "/etc/pki/java/cacerts", NULL};

static bool lay_over_stores(const char *folder, const char *name, const char *const *stores, struct text *problem)
{
    char *own = mem_print("%s/%s", folder, name);
    bool laid = true;
    for (; laid && *stores != NULL; stores++)
        laid = lay_over(own, *stores, problem);
    free(own);
    return laid;
}

bool files_lay_over(const char *folder, const char *const *hosts, struct text *problem)
{
    return lay_over_names(folder, hosts, problem) &&
           lay_over_stores(folder, "bundle.pem", trust_system_bundles, problem) &&
           lay_over_stores(folder, "trust.p12", java_stores, problem);
}
