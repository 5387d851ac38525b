/*
 * GnuTLS asks for a certificate in the middle of a handshake, and says by which credentials. There is a face for each
 * flaw: credentials whose list of trusted authorities, which a server that asks for no client certificate never
 * reads, carries the pointer back to the face. So nothing here is global.
 */
#include "trust/leaves.h"

#include <gnutls/abstract.h>
#include <gnutls/x509.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "trust/authority.h"
#include "trust/certificate.h"
#include "trust/host_names.h"

#define DAY_S      ((time_t)24 * 60 * 60)
#define LIFE_DAYS  90
#define RENEW_DAYS 60
#define SNI_ROOM   256

static const char local[] = "localhost";
static const char *const local_names[] = {local, "127.0.0.1", "::1"};

/* The days from now between which a leaf of this flaw is valid. */
static const struct days {
    int from, until;
} days_of[LEAF_FLAWS] = {
    [LEAF_GOOD] = {-1, LIFE_DAYS},   [LEAF_SELF_SIGNED] = {-1, LIFE_DAYS}, [LEAF_EXPIRED] = {-LIFE_DAYS, -1},
    [LEAF_NOT_YET] = {1, LIFE_DAYS}, [LEAF_OTHER_NAME] = {-1, LIFE_DAYS},  [LEAF_UNKNOWN_AUTHORITY] = {-1, LIFE_DAYS},
};

/* One certificate with its key. It is never changed or freed while sessions may hold it. */
struct leaf {
    char *name; /* of the list, or localhost */
    enum leaf_flaw flaw;
    time_t renew_at;
    gnutls_pcert_st certificate;
    gnutls_privkey_t key;
    struct leaf *older;
};

struct face {
    struct leaves *leaves;
    enum leaf_flaw flaw;
    gnutls_certificate_credentials_t credentials;
};

struct leaves {
    const struct authority *authority;
    time_t (*now)(void);
    char **names; /* lower case: host names, then addresses */
    size_t count;
    struct face faces[LEAF_FLAWS];
    pthread_mutex_t lock; /* guards what follows */
    struct leaf *newest;
    struct key_pair stranger; /* an authority that nobody trusts; empty until it is needed */
};

static time_t now_by_system(void)
{
    return time(NULL);
}

void leaves_use_clock(struct leaves *leaves, time_t (*now)(void))
{
    leaves->now = now;
}

/* ── Making one ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The names of the leaf for `name`; the list is the caller's to free(). */
static const char **hosts_of(const struct leaves *leaves, const char *name, enum leaf_flaw flaw, size_t *count)
{
    const char **hosts = mem_zero(leaves->count + COUNT_OF(local_names), sizeof *hosts);
    *count = 0;
    if (flaw == LEAF_OTHER_NAME) {
        hosts[(*count)++] = "other-name.invalid";
    } else if (strcmp(name, local) != 0) {
        hosts[(*count)++] = name;
    } else {
        for (size_t i = 0; i < COUNT_OF(local_names); i++)
            hosts[(*count)++] = local_names[i];
        for (size_t i = 0; i < leaves->count; i++)
            if (host_name_is_address(leaves->names[i]))
                hosts[(*count)++] = leaves->names[i];
    }
    return hosts;
}

/* Who signs a leaf of this flaw: NULL for its own key. -1 after telling why there is nobody. */
static int issuer_of(struct leaves *leaves, enum leaf_flaw flaw, const struct key_pair **issuer, struct text *problem)
{
    time_t now = leaves->now();
    const struct certificate_plan plan = {.name = "cancelmock authority that nobody trusts",
                                          .is_authority = true,
                                          .from = now - DAY_S,
                                          .until = now + LIFE_DAYS * 10 * DAY_S};
    *issuer = flaw == LEAF_SELF_SIGNED         ? NULL
              : flaw == LEAF_UNKNOWN_AUTHORITY ? &leaves->stranger
                                               : authority_pair(leaves->authority);
    if (*issuer != &leaves->stranger || leaves->stranger.key != NULL)
        return 0;
    return key_pair_make(&leaves->stranger, &plan, NULL, problem);
}

/* What sessions are given of a pair. */
static int take_pair(struct leaf *leaf, const struct key_pair *pair)
{
    int error = gnutls_pcert_import_x509(&leaf->certificate, pair->certificate, 0);
    if (error == 0)
        error = gnutls_privkey_init(&leaf->key);
    if (error == 0)
        error = gnutls_privkey_import_x509(leaf->key, pair->key, GNUTLS_PRIVKEY_IMPORT_COPY);
    return error;
}

static void leaf_free(struct leaf *leaf)
{
    gnutls_pcert_deinit(&leaf->certificate);
    if (leaf->key != NULL)
        gnutls_privkey_deinit(leaf->key);
    free(leaf->name);
    free(leaf);
}

static struct leaf *make_leaf(struct leaves *leaves, const char *name, enum leaf_flaw flaw)
{
    struct text problem = TEXT_INIT(1000); /* a handshake has nobody to tell it */
    struct leaf *leaf = mem_zero(1, sizeof *leaf);
    struct key_pair pair = {NULL, NULL};
    const struct key_pair *issuer = NULL;
    time_t now = leaves->now();
    size_t count = 0;
    const char **hosts = hosts_of(leaves, name, flaw, &count);
    const struct certificate_plan plan = {.name = hosts[0],
                                          .hosts = hosts,
                                          .host_count = count,
                                          .from = now + days_of[flaw].from * DAY_S,
                                          .until = now + days_of[flaw].until * DAY_S};
    leaf->name = mem_dup(name);
    leaf->flaw = flaw;
    leaf->renew_at = flaw == LEAF_NOT_YET ? now + DAY_S / 2 : now + RENEW_DAYS * DAY_S;
    if (issuer_of(leaves, flaw, &issuer, &problem) < 0 || key_pair_make(&pair, &plan, issuer, &problem) < 0 ||
        take_pair(leaf, &pair) < 0) {
        leaf_free(leaf);
        leaf = NULL;
    }
    key_pair_release(&pair);
    free(hosts);
    text_release(&problem);
    return leaf;
}

/* The newest of that name and flaw while it is good, else a new one; NULL when none can be made. */
static struct leaf *find_or_make(struct leaves *leaves, const char *name, enum leaf_flaw flaw)
{
    for (struct leaf *leaf = leaves->newest; leaf != NULL; leaf = leaf->older)
        if (leaf->flaw == flaw && strcmp(leaf->name, name) == 0 && leaves->now() < leaf->renew_at)
            return leaf;
    struct leaf *made = make_leaf(leaves, name, flaw);
    if (made != NULL) {
        made->older = leaves->newest;
        leaves->newest = made;
    }
    return made;
}

/* ── Names ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The entry of the list for `name`, which is in lower case; a name goes before a star. NULL: there is none. */
static const char *entry_for(const struct leaves *leaves, const char *name)
{
    const char *found = NULL;
    for (size_t i = 0; i < leaves->count; i++) {
        if (strcmp(leaves->names[i], name) == 0)
            return leaves->names[i];
        if (found == NULL && host_name_matches(leaves->names[i], name))
            found = leaves->names[i];
    }
    return found;
}

bool leaves_know(const struct leaves *leaves, const char *name)
{
    char *lower = host_name_lower(name);
    bool known = entry_for(leaves, lower) != NULL;
    for (size_t i = 0; i < COUNT_OF(local_names); i++)
        known = known || strcmp(lower, local_names[i]) == 0;
    free(lower);
    return known;
}

/* What the client calls the server, as an entry of the list, or localhost. */
static const char *entry_asked(const struct leaves *leaves, gnutls_session_t session)
{
    char asked[SNI_ROOM + 1] = "";
    size_t length = SNI_ROOM;
    unsigned type = 0;
    if (gnutls_server_name_get(session, asked, &length, &type, 0) != 0 || type != GNUTLS_NAME_DNS)
        return local;
    char *lower = host_name_lower(asked);
    const char *entry = host_name_is_address(lower) ? NULL : entry_for(leaves, lower);
    free(lower);
    return entry != NULL ? entry : local;
}

/* ── The handshake ─────────────────────────────────────────────────────────────────────────────────────────────── */

static struct face *face_of(gnutls_certificate_credentials_t credentials)
{
    gnutls_x509_trust_list_t list = NULL;
    gnutls_certificate_get_trust_list(credentials, &list);
    return gnutls_x509_trust_list_get_ptr(list);
}

/* gnutls_certificate_retrieve_function3 */
static int retrieve(gnutls_session_t session, const struct gnutls_cert_retr_st *info, gnutls_pcert_st **certificates,
                    unsigned *count, gnutls_ocsp_data_st **ocsp, unsigned *ocsp_count, gnutls_privkey_t *key,
                    unsigned *flags)
{
    struct face *face = face_of(info->cred);
    struct leaves *leaves = face->leaves;
    const char *entry = entry_asked(leaves, session);
    pthread_mutex_lock(&leaves->lock);
    struct leaf *leaf = find_or_make(leaves, entry, face->flaw);
    pthread_mutex_unlock(&leaves->lock);
    if (leaf == NULL)
        return -1; /* the handshake ends with an alert */
    *certificates = &leaf->certificate;
    *count = 1;
    *key = leaf->key;
    *ocsp = NULL;
    *ocsp_count = 0;
    *flags = 0; /* what it was given stays ours */
    return 0;
}

static int face_init(struct face *face, struct leaves *leaves, enum leaf_flaw flaw)
{
    gnutls_x509_trust_list_t list = NULL;
    *face = (struct face){leaves, flaw, NULL};
    int error = gnutls_certificate_allocate_credentials(&face->credentials);
    if (error == 0)
        error = gnutls_x509_trust_list_init(&list, 0);
    if (error < 0)
        return error;
    gnutls_x509_trust_list_set_ptr(list, face);
    gnutls_certificate_set_trust_list(face->credentials, list, 0); /* the list is theirs now */
    gnutls_certificate_set_retrieve_function3(face->credentials, retrieve);
    return 0;
}

gnutls_certificate_credentials_t leaves_flawed(struct leaves *leaves, enum leaf_flaw flaw)
{
    return leaves->faces[flaw].credentials;
}

gnutls_certificate_credentials_t leaves_credentials(struct leaves *leaves)
{
    return leaves_flawed(leaves, LEAF_GOOD);
}

/* ── Life ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool check_names(const char *const *names, size_t count, struct text *problem)
{
    if (count > LEAVES_NAMES_MAX) {
        text_print(problem,
                   "there are %zu host names for certificates, and at most %d are taken; give fewer, or one "
                   "such as *.example.org for many",
                   count, LEAVES_NAMES_MAX);
        return false;
    }
    for (size_t i = 0; i < count; i++)
        if (!host_name_check(names[i], problem))
            return false;
    return true;
}

struct leaves *leaves_new(const struct authority *authority, const char *const *names, size_t count,
                          struct text *problem)
{
    if (!check_names(names, count, problem))
        return NULL;
    struct leaves *leaves = mem_zero(1, sizeof *leaves);
    leaves->authority = authority;
    leaves->now = now_by_system;
    leaves->names = mem_zero(count + 1, sizeof *leaves->names);
    for (; leaves->count < count; leaves->count++)
        leaves->names[leaves->count] = host_name_lower(names[leaves->count]);
    pthread_mutex_init(&leaves->lock, NULL);
    for (int flaw = LEAF_GOOD, error = 0; flaw < LEAF_FLAWS; flaw++) {
        error = face_init(&leaves->faces[flaw], leaves, (enum leaf_flaw)flaw);
        if (error < 0) {
            text_print(problem, "the TLS library gives no credentials: %s", gnutls_strerror(error));
            leaves_free(leaves);
            return NULL;
        }
    }
    return leaves;
}

void leaves_free(struct leaves *leaves)
{
    if (leaves == NULL)
        return;
    for (size_t i = 0; i < LEAF_FLAWS; i++)
        if (leaves->faces[i].credentials != NULL)
            gnutls_certificate_free_credentials(leaves->faces[i].credentials);
    for (struct leaf *leaf = leaves->newest, *older; leaf != NULL; leaf = older) {
        older = leaf->older;
        leaf_free(leaf);
    }
    for (size_t i = 0; i < leaves->count; i++)
        free(leaves->names[i]);
    free(leaves->names);
    key_pair_release(&leaves->stranger);
    pthread_mutex_destroy(&leaves->lock);
    free(leaves);
}
