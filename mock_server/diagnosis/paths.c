#include "diagnosis/paths.h"

#include <string.h>

#include "base/ascii.h"
#include "base/nearest.h"
#include "base/uri.h"
#include "model/provider.h"

/* What an edit costs. A guess of PRICE_LIMIT and more is no guess. */
enum price {
    PRICE_PARAM = 2, /* no edit, but a literal says more */
    PRICE_METHOD = 6,
    PRICE_OTHER_PROVIDER = 8,
    PRICE_CASE = 10,
    PRICE_TWICE = 10,
    PRICE_SLASH = 10,
    PRICE_BASE_MISSING = 14,
    PRICE_TYPO = 18,
    PRICE_BASE_OTHER = 25,
    PRICE_SEGMENT = 36, /* too many, too few */
    PRICE_LIMIT = 60,
    PRICE_OTHER = 60,
    PRICE_NEVER = 1000,
};

struct segments {
    const char *list[PATH_SEGMENTS_MAX];
    size_t count; /* 0: none, or too many */
    size_t base;  /* of a route: so many are of its base */
};

/* ── Splitting ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool split(struct arena *arena, const char *path, bool decode, struct segments *out)
{
    while (*path == '/') {
        size_t length = strcspn(path + 1, "/");
        if (out->count == PATH_SEGMENTS_MAX)
            return false;
        const char *segment = decode ? uri_decode(arena, path + 1, length) : NULL;
        out->list[out->count++] = segment != NULL ? segment : arena_dup_bytes(arena, path + 1, length);
        path += length + 1;
    }
    return *path == '\0';
}

static struct segments split_path(struct arena *arena, const char *path)
{
    struct segments segments = {.count = 0};
    if (!split(arena, path, true, &segments))
        segments.count = 0;
    return segments;
}

static struct segments split_route(struct arena *arena, const struct base_path *base, const struct route *route)
{
    struct segments segments = {.count = 0};
    split(arena, base->base, false, &segments);
    segments.base = segments.count;
    if (!split(arena, route->pattern, false, &segments))
        segments.count = 0;
    return segments;
}

static bool is_param(const char *segment)
{
    return *segment == '{';
}

/* Whether the provider serves the route below this base with its knobs as they are shipped. */
static bool is_served(const struct provider *provider, const struct base_path *base, const struct route *route)
{
    if (route->base != NULL && strcmp(route->base, base->base) != 0)
        return false;
    if (base->below != NULL && strncmp(route->pattern, base->below, strlen(base->below)) != 0)
        return false;
    return provider->needs == NULL || provider->needs(base, route) == NULL;
}

/* ── One segment ───────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_near(const char *word, const char *name)
{
    const char *const names[] = {name, NULL};
    return nearest_name(word, names) != NULL;
}

static bool is_when_decoded(struct arena *arena, const char *actual, const char *expected)
{
    const char *decoded = strchr(actual, '%') == NULL ? NULL : uri_decode(arena, actual, strlen(actual));
    return decoded != NULL && strcmp(decoded, expected) == 0;
}

/* The price of one for the other, and in which way they differ. */
static int substitute(struct arena *arena, const char *expected, const char *actual, bool in_base,
                      enum path_edit_kind *kind)
{
    *kind = PATH_OTHER;
    if (is_param(expected))
        return *actual == '\0' ? PRICE_NEVER : PRICE_PARAM;
    if (strcmp(expected, actual) == 0)
        return 0;
    if (*actual == '\0' || *expected == '\0')
        return PRICE_NEVER; /* that is a slash too many or too few */
    if (ascii_equal(expected, actual))
        return *kind = PATH_CASE, PRICE_CASE;
    if (is_when_decoded(arena, actual, expected))
        return *kind = PATH_TWICE_ENCODED, PRICE_TWICE;
    if (is_near(actual, expected))
        return *kind = PATH_TYPO, PRICE_TYPO;
    return in_base ? PRICE_BASE_OTHER : PRICE_OTHER;
}

static int price_missing(const struct segments *route, size_t at)
{
    if (at < route->base)
        return PRICE_BASE_MISSING;
    return *route->list[at] == '\0' ? PRICE_SLASH : PRICE_SEGMENT;
}

static int price_extra(const char *actual)
{
    return *actual == '\0' ? PRICE_SLASH : PRICE_SEGMENT;
}

/* ── Two paths ─────────────────────────────────────────────────────────────────────────────────────────────────── */

struct comparison {
    const struct segments *route, *path;
    int sums[PATH_SEGMENTS_MAX + 1][PATH_SEGMENTS_MAX + 1]; /* [of the route][of the path] */
    int same[PATH_SEGMENTS_MAX][PATH_SEGMENTS_MAX];         /* the price of one for the other */
    enum path_edit_kind kinds[PATH_SEGMENTS_MAX][PATH_SEGMENTS_MAX];
};

static int least_of(int a, int b)
{
    return a < b ? a : b;
}

static int fill(struct arena *arena, struct comparison *table)
{
    const struct segments *route = table->route, *path = table->path;
    for (size_t i = 0; i <= route->count; i++)
        for (size_t j = 0; j <= path->count; j++) {
            int sum = i + j == 0 ? 0 : PRICE_NEVER;
            if (i > 0)
                sum = least_of(sum, table->sums[i - 1][j] + price_missing(route, i - 1));
            if (j > 0)
                sum = least_of(sum, table->sums[i][j - 1] + price_extra(path->list[j - 1]));
            if (i > 0 && j > 0) {
                table->same[i - 1][j - 1] = substitute(arena, route->list[i - 1], path->list[j - 1], i <= route->base,
                                                       &table->kinds[i - 1][j - 1]);
                sum = least_of(sum, table->sums[i - 1][j - 1] + table->same[i - 1][j - 1]);
            }
            table->sums[i][j] = sum;
        }
    return table->sums[route->count][path->count];
}

/* Edits are found from the end: the first one goes to the front. */
static void put_edit(struct path_guess *guess, struct path_edit edit)
{
    if (guess->edit_count == PATH_EDITS_MAX)
        return;
    memmove(guess->edits + 1, guess->edits, guess->edit_count * sizeof *guess->edits);
    guess->edits[0] = edit;
    guess->edit_count++;
}

static void put_missing(struct path_guess *guess, const struct segments *route, size_t at)
{
    enum path_edit_kind kind = at < route->base           ? PATH_BASE_MISSING
                               : *route->list[at] == '\0' ? PATH_SLASH_MISSING
                                                          : PATH_MISSING;
    put_edit(guess, (struct path_edit){kind, route->list[at], NULL, at < route->base});
}

static void put_extra(struct path_guess *guess, const struct segments *path, size_t at, bool in_base)
{
    enum path_edit_kind kind = *path->list[at] != '\0' ? PATH_EXTRA
                               : at + 1 == path->count ? PATH_SLASH_EXTRA
                                                       : PATH_SLASH_DOUBLE;
    put_edit(guess, (struct path_edit){kind, NULL, path->list[at], in_base});
}

/* Returns how many words of the route the path has, rightly spelt or nearly. */
static int collect_edits(const struct comparison *table, struct path_guess *guess)
{
    int words = 0;
    size_t i = table->route->count, j = table->path->count;
    while (i + j > 0) {
        int sum = table->sums[i][j];
        if (i > 0 && j > 0 && sum == table->sums[i - 1][j - 1] + table->same[i - 1][j - 1]) {
            i--, j--;
            words += !is_param(table->route->list[i]) && table->same[i][j] < PRICE_BASE_OTHER &&
                     *table->path->list[j] != '\0';
            if (table->same[i][j] > PRICE_PARAM)
                put_edit(guess, (struct path_edit){table->kinds[i][j], table->route->list[i], table->path->list[j],
                                                   i < table->route->base});
        } else if (i > 0 && sum == table->sums[i - 1][j] + price_missing(table->route, i - 1)) {
            put_missing(guess, table->route, --i);
        } else {
            put_extra(guess, table->path, --j, i < table->route->base);
        }
    }
    return words;
}

/* What the number of segments costs at least: most routes need not be looked at closer. */
static int least_price(const struct segments *route, const struct segments *path)
{
    int extra = (int)path->count - (int)route->count, empty = 0;
    for (size_t i = 0; i < path->count; i++)
        empty += *path->list[i] == '\0';
    if (extra <= 0)
        return -extra > (int)route->base + 1 ? (-extra - (int)route->base - 1) * PRICE_SEGMENT : 0;
    return least_of(extra, empty) * PRICE_SLASH + (extra > empty ? extra - empty : 0) * PRICE_SEGMENT;
}

/* Fills in price and edits where they are lower than what the guess has. */
static void try_route(struct arena *arena, const struct segments *path, struct path_guess tried,
                      struct path_guess *best)
{
    const struct segments route = split_route(arena, tried.base, tried.route);
    struct comparison table = {.route = &route, .path = path};
    if (route.count == 0 || tried.price + least_price(&route, path) >= best->price)
        return;
    tried.price += fill(arena, &table);
    if (tried.price >= best->price)
        return;
    if (collect_edits(&table, &tried) > 0)
        *best = tried;
}

/* ── Guessing ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static int price_of_method(const char *asked, const char *method)
{
    bool is_same = strcmp(asked, method) == 0 || (strcmp(asked, "HEAD") == 0 && strcmp(method, "GET") == 0);
    return is_same ? 0 : PRICE_METHOD;
}

static void try_provider(struct arena *arena, const struct path_question *question, const struct segments *path,
                         const struct provider *provider, struct path_guess *best)
{
    bool is_other = question->known != NULL && question->known != provider;
    for (const struct base_path *base = provider->bases; base->base != NULL; base++)
        for (const struct route *route = provider->routes; route->method != NULL; route++)
            if (is_served(provider, base, route))
                try_route(arena, path,
                          (struct path_guess){.provider = provider,
                                              .base = base,
                                              .route = route,
                                              .price = price_of_method(question->method, route->method) +
                                                       (is_other ? PRICE_OTHER_PROVIDER : 0)},
                          best);
}

struct path_guess path_guess(struct arena *arena, const struct path_question *question)
{
    struct path_guess best = {.price = PRICE_LIMIT};
    const struct segments path = split_path(arena, question->path);
    for (size_t i = 0; path.count > 0 && question->providers[i] != NULL; i++)
        try_provider(arena, question, &path, question->providers[i], &best);
    return best;
}

struct path_guess path_compare(struct arena *arena, const char *path, const struct provider *provider,
                               const struct base_path *base, const struct route *route)
{
    struct path_guess best = {.provider = provider, .base = base, .route = route, .price = PRICE_NEVER};
    const struct segments segments = split_path(arena, path);
    if (segments.count > 0)
        try_route(arena, &segments, (struct path_guess){.provider = provider, .base = base, .route = route}, &best);
    return best;
}

/* How many literals of the pattern fit the path's segments from *at on; -1: it does not fit. */
static int fit(const char *pattern, const struct segments *path, size_t *at)
{
    int literals = 0;
    for (; *pattern == '/'; (*at)++) {
        const char *name = pattern + 1, *segment = *at < path->count ? path->list[*at] : NULL;
        size_t length = strcspn(name, "/");
        bool fits =
            segment != NULL &&
            (is_param(name) ? *segment != '\0' : strncmp(segment, name, length) == 0 && segment[length] == '\0');
        if (!fits)
            return -1;
        literals += !is_param(name);
        pattern = name + length;
    }
    return literals;
}

static int fit_whole(const struct base_path *base, const struct route *route, const struct segments *path)
{
    size_t at = 0;
    int literals = fit(base->base, path, &at);
    int more = literals < 0 ? -1 : fit(route->pattern, path, &at);
    return more < 0 || at != path->count ? -1 : literals + more;
}

const struct route *path_route(struct arena *arena, const struct provider *provider, const char *method,
                               const char *path, const struct base_path **base)
{
    const struct route *found = NULL;
    const struct segments segments = split_path(arena, path);
    int best = -1;
    for (const struct base_path *at = provider->bases; at->base != NULL && segments.count > 0; at++)
        for (const struct route *route = provider->routes; route->method != NULL; route++) {
            int literals = strcmp(route->method, method) == 0 ? fit_whole(at, route, &segments) : -1;
            if (literals <= best || !is_served(provider, at, route))
                continue;
            best = literals;
            found = route;
            *base = at;
        }
    return found;
}

const struct path_edit *path_edit_of(const struct path_guess *guess, enum path_edit_kind kind)
{
    for (size_t i = 0; i < guess->edit_count; i++)
        if (guess->edits[i].kind == kind)
            return &guess->edits[i];
    return NULL;
}

const char *path_text(struct arena *arena, const struct path_guess *guess)
{
    return arena_print(arena, "%s %s%s", guess->route->method, guess->base->base, guess->route->pattern);
}
