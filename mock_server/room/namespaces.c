#include "room/namespaces.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.h"

#define OWN_WALLS (CLONE_NEWNET | CLONE_NEWNS)

/* ── Namespaces ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Settings of systems that refuse; each is told when it is there and says no. */
static const struct {
    const char *file, *refuses, *remedy;
} settings[] = {
    {"/proc/sys/kernel/unprivileged_userns_clone", "0", "sysctl -w kernel.unprivileged_userns_clone=1"},
    {"/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1",
     "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"},
    {"/proc/sys/user/max_user_namespaces", "0", "sysctl -w user.max_user_namespaces=1000"},
    {"/proc/sys/user/max_net_namespaces", "0", "sysctl -w user.max_net_namespaces=1000"},
};

static bool says(const char *file, const char *word)
{
    char text[16] = "";
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (fd >= 0)
        close(fd);
    if (length <= 0)
        return false;
    text[strcspn(text, "\n")] = '\0';
    return strcmp(text, word) == 0;
}

static void tell_refusal(struct text *problem, int error)
{
    text_print(problem, "the system gives no namespaces (%s)", strerror(error));
    for (size_t i = 0; i < COUNT_OF(settings); i++)
        if (says(settings[i].file, settings[i].refuses)) {
            text_print(problem, "; an administrator allows them with: %s", settings[i].remedy);
            return;
        }
    text_add(problem,
             "; in a container, start it with --security-opt seccomp=unconfined --security-opt apparmor=unconfined");
}

static bool write_once(const char *file, const char *text)
{
    int fd = open(file, O_WRONLY | O_CLOEXEC);
    size_t length = strlen(text);
    bool written = fd >= 0 && write(fd, text, length) == (ssize_t)length;
    if (fd >= 0)
        close(fd);
    return written;
}

/* Everybody stays who he is: files that the command makes are his. */
static bool keep_ids(uid_t uid, gid_t gid)
{
    char *users = mem_print("%u %u 1\n", (unsigned)uid, (unsigned)uid);
    char *groups = mem_print("%u %u 1\n", (unsigned)gid, (unsigned)gid);
    bool kept = write_once("/proc/self/setgroups", "deny") && write_once("/proc/self/uid_map", users) &&
                write_once("/proc/self/gid_map", groups);
    free(users);
    free(groups);
    return kept;
}

static bool build_walls(struct text *problem)
{
    uid_t uid = geteuid();
    gid_t gid = getegid();
    if (uid == 0 && unshare(OWN_WALLS) == 0)
        return true;
    if (unshare(CLONE_NEWUSER | OWN_WALLS) == 0 && keep_ids(uid, gid))
        return true;
    tell_refusal(problem, errno);
    return false;
}

/* ── The network ───────────────────────────────────────────────────────────────────────────────────────────────── */

static bool raise_loopback(int fd)
{
    struct ifreq request = {.ifr_flags = IFF_UP | IFF_RUNNING};
    snprintf(request.ifr_name, sizeof request.ifr_name, "lo");
    return ioctl(fd, SIOCSIFFLAGS, &request) == 0;
}

struct route_request {
    struct nlmsghdr head;
    struct rtmsg route;
    struct rtattr attribute;
    int interface;
};

/* "local 0.0.0.0/0 dev lo": every address of the family is this machine's. */
static bool lead_everything_here(int netlink, unsigned char family, int interface)
{
    struct route_request request = {.head = {.nlmsg_len = sizeof request,
                                             .nlmsg_type = RTM_NEWROUTE,
                                             .nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_ACK},
                                    .route = {.rtm_family = family,
                                              .rtm_table = RT_TABLE_LOCAL,
                                              .rtm_protocol = RTPROT_BOOT,
                                              .rtm_scope = family == AF_INET ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE,
                                              .rtm_type = RTN_LOCAL},
                                    .attribute = {.rta_len = RTA_LENGTH(sizeof(int)), .rta_type = RTA_OIF},
                                    .interface = interface};
    struct {
        struct nlmsghdr head;
        struct nlmsgerr error;
        char rest[256];
    } answer = {.error.error = -EIO};
    if (send(netlink, &request, sizeof request, 0) < 0 || recv(netlink, &answer, sizeof answer, 0) < 0)
        return false;
    errno = -answer.error.error;
    return answer.error.error == 0;
}

/* Without IPv6 there is nothing to lead. */
static bool make_network(struct text *problem)
{
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    int netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    int interface = (int)if_nametoindex("lo");
    bool made = fd >= 0 && netlink >= 0 && raise_loopback(fd) && lead_everything_here(netlink, AF_INET, interface);
    if (!made)
        text_print(problem, "the room's own network cannot be set up: %s", strerror(errno));
    else
        (void)lead_everything_here(netlink, AF_INET6, interface);
    if (fd >= 0)
        close(fd);
    if (netlink >= 0)
        close(netlink);
    return made;
}

bool namespaces_enter(struct text *problem)
{
    if (!build_walls(problem))
        return false;
    if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0) { /* some give a namespace, and no rights in it */
        tell_refusal(problem, errno);
        return false;
    }
    return make_network(problem);
}
