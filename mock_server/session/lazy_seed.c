/*
 * The patterns of a lazy seed's names are found by trying: two of its orders are made, and each of their names must be
 * what a string of the spec makes of the number, as it stands there, without its first characters (a provider may take
 * the '#' off a number) or in lower case. A name that two draws make different is drawn, and needs no pattern.
 */
#include "session/lazy_seed.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/template.h"
#include "model/knob_values.h"
#include "model/provider.h"

struct lazy_seed {
    struct maker maker; /* of the moment in which it was planted; its knobs and ids are this seed's own */
    struct knob_values *knobs;
    uint64_t seed;
    const cJSON *spec;
    int64_t count;
    uint64_t first;
    int64_t numbers_first, numbers_each; /* of maker_next_number() */
    char **patterns;
    size_t pattern_count;
    unsigned char *made; /* a bit each */
};

/* ── Making one ────────────────────────────────────────────────────────────────────────────────────────────────── */

static void fill_in(cJSON *node, int64_t n)
{
    if (cJSON_IsString(node) && strstr(node->valuestring, "{{n") != NULL) {
        char *text = template_text(node->valuestring, n);
        free(node->valuestring);
        node->valuestring = text;
    }
    for (cJSON *child = node->child; child != NULL; child = child->next)
        fill_in(child, n);
}

cJSON *lazy_seed_spec(const cJSON *spec, int64_t n)
{
    cJSON *one = cJSON_CreateObject();
    for (const cJSON *member = spec->child; member != NULL; member = member->next) {
        if (strcmp(member->string, "repeat") == 0 || strcmp(member->string, "about") == 0)
            continue;
        cJSON *copy = cJSON_Duplicate(member, true);
        fill_in(copy, n);
        cJSON_AddItemToObject(one, member->string, copy);
    }
    return one;
}

/* Order n as drawn under that ordinal and number. */
static struct order *make(const struct lazy_seed *lazy, int64_t n, uint64_t ordinal, int64_t number,
                          const char **problem)
{
    cJSON *spec = lazy_seed_spec(lazy->spec, n);
    id_source_draw_as(lazy->maker.ids, lazy->seed, ordinal, number);
    struct order *order = order_make(&lazy->maker, spec, problem);
    cJSON_Delete(spec);
    if (order != NULL) {
        order->since_us = ORDER_STILL;
        order->is_late = true;
    }
    return order;
}

struct order *lazy_seed_make(struct lazy_seed *lazy, int64_t n)
{
    const char *problem = NULL;
    lazy->made[(n - 1) / 8] |= (unsigned char)(1U << ((n - 1) % 8));
    return make(lazy, n, lazy->first + (uint64_t)n - 1, lazy->numbers_first + (n - 1) * lazy->numbers_each, &problem);
}

bool lazy_seed_has_made(const struct lazy_seed *lazy, int64_t n)
{
    return (lazy->made[(n - 1) / 8] >> ((n - 1) % 8) & 1) != 0;
}

/* ── Patterns ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The pattern less as many bytes as the text is longer, when that leaves what makes the name; else NULL. */
static char *cut_to(const char *pattern, int64_t n, const char *name)
{
    char *text = template_text(pattern, n);
    size_t whole = strlen(text), length = strlen(name);
    bool fits = whole >= length && whole - length <= template_head(pattern) && strcmp(text + whole - length, name) == 0;
    char *cut = fits ? mem_dup(pattern + whole - length) : NULL;
    free(text);
    return cut;
}

static char *in_lower_case(const char *text)
{
    char *lower = mem_dup(text);
    for (char *c = lower; *c != '\0'; c++)
        *c = ascii_lower(*c);
    return lower;
}

/* The pattern among the strings of the spec that makes both names, for the caller to free(), or NULL. */
static char *pattern_in(const cJSON *node, const int64_t n[2], const char *const names[2])
{
    char *found = NULL;
    if (cJSON_IsString(node) && template_has_place(node->valuestring)) {
        char *forms[] = {mem_dup(node->valuestring), in_lower_case(node->valuestring)};
        for (size_t i = 0; i < COUNT_OF(forms); i++) {
            if (found == NULL && (found = cut_to(forms[i], n[0], names[0])) != NULL &&
                template_match(found, names[1]) != n[1]) {
                free(found);
                found = NULL;
            }
            free(forms[i]);
        }
    }
    for (const cJSON *child = node->child; child != NULL && found == NULL; child = child->next)
        found = pattern_in(child, n, names);
    return found;
}

static const char *name_of(const struct order *order, size_t index)
{
    return index == 0 ? order->id : index <= order->alias_count ? order->aliases[index - 1] : "";
}

/* Name `index` of two orders, and of the first one drawn otherwise: a pattern, drawn, or a problem. */
static char *learn_name(struct lazy_seed *lazy, size_t index, const int64_t n[2], struct order *const made[3])
{
    const char *const names[2] = {name_of(made[0], index), name_of(made[1], index)};
    bool is_drawn = strcmp(names[0], name_of(made[2], index)) != 0;
    char *pattern = pattern_in(lazy->spec, n, names);
    if (pattern == NULL && index == 0)
        return mem_dup("\"repeat\" wants {{n}} in the \"id\", so that each order has its own");
    if (pattern == NULL && !is_drawn)
        return mem_print("\"repeat\" wants {{n}} in every name, and each of these orders would be called \"%.60s\"",
                         names[0]);
    if (pattern != NULL)
        lazy->patterns[lazy->pattern_count++] = pattern;
    return NULL;
}

/* Makes the first and the last order, and the last one as another draw has it. */
static char *learn(struct lazy_seed *lazy)
{
    const int64_t n[2] = {lazy->count, 1};
    const char *problem = NULL;
    struct order *made[3] = {make(lazy, n[0], lazy->first, 0, &problem), NULL, NULL};
    lazy->numbers_each = maker_next_number(&lazy->maker) - 1;
    made[1] = make(lazy, n[1], lazy->first, 0, &problem);
    made[2] = make(lazy, n[0], lazy->first + 1, lazy->count, &problem);
    char *wrong = problem == NULL ? NULL : mem_dup(problem);
    size_t names = problem == NULL ? made[0]->alias_count + 1 : 0;
    lazy->patterns = mem_zero(names, sizeof *lazy->patterns);
    for (size_t i = 0; i < names && wrong == NULL; i++)
        wrong = learn_name(lazy, i, n, made);
    for (size_t i = 0; i < COUNT_OF(made); i++)
        order_drop(made[i]);
    return wrong;
}

struct lazy_seed *lazy_seed_new(const struct maker *maker, uint64_t seed, const cJSON *spec, uint64_t first,
                                char **problem)
{
    struct lazy_seed *lazy = mem_zero(1, sizeof *lazy);
    *lazy = (struct lazy_seed){.maker = *maker, .knobs = knob_values_copy(maker->knobs), .seed = seed, .spec = spec};
    lazy->maker.knobs = lazy->knobs;
    lazy->maker.ids = id_source_new(seed);
    lazy->first = first;
    json_integer(json_member(spec, "repeat"), &lazy->count);
    lazy->made = mem_zero(((size_t)lazy->count + 7) / 8, 1);
    char *wrong = learn(lazy);
    if (wrong == NULL && lazy_seeds_collide(lazy, lazy))
        wrong = mem_dup("two of these orders would share a name");
    if (wrong == NULL)
        return lazy;
    *problem = wrong;
    lazy_seed_free(lazy);
    return NULL;
}

void lazy_seed_free(struct lazy_seed *lazy)
{
    if (lazy == NULL)
        return;
    for (size_t i = 0; i < lazy->pattern_count; i++)
        free(lazy->patterns[i]);
    free(lazy->patterns);
    free(lazy->made);
    knob_values_free(lazy->knobs);
    id_source_free(lazy->maker.ids);
    free(lazy);
}

void lazy_seed_take_numbers(struct lazy_seed *lazy, int64_t first)
{
    lazy->numbers_first = first;
}

const struct provider *lazy_seed_provider(const struct lazy_seed *lazy)
{
    return lazy->maker.provider;
}

int64_t lazy_seed_count(const struct lazy_seed *lazy)
{
    return lazy->count;
}

uint64_t lazy_seed_first(const struct lazy_seed *lazy)
{
    return lazy->first;
}

int64_t lazy_seed_numbers(const struct lazy_seed *lazy)
{
    return lazy->count * lazy->numbers_each;
}

/* ── Names ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static int64_t number_in(const struct lazy_seed *lazy, const char *pattern, const char *name)
{
    int64_t n = template_match(pattern, name);
    return n >= 1 && n <= lazy->count ? n : 0;
}

int64_t lazy_seed_number_of(const struct lazy_seed *lazy, const char *name)
{
    int64_t n = 0;
    for (size_t i = 0; i < lazy->pattern_count && n == 0; i++)
        n = number_in(lazy, lazy->patterns[i], name);
    return n;
}

/* Whether what stands before and behind the numbers allows for a common name at all. */
static bool could_meet(const char *a, const char *b)
{
    size_t heads[] = {template_head(a), template_head(b)}, tails[] = {template_tail(a), template_tail(b)};
    size_t head = heads[0] < heads[1] ? heads[0] : heads[1], tail = tails[0] < tails[1] ? tails[0] : tails[1];
    return strncmp(a, b, head) == 0 && strcmp(a + strlen(a) - tail, b + strlen(b) - tail) == 0;
}

static bool patterns_collide(const struct lazy_seed *a, const char *pattern, const struct lazy_seed *b,
                             const char *other)
{
    char name[ORDER_NAME_MAX + 1];
    if (!could_meet(pattern, other))
        return false;
    for (int64_t n = 1; n <= a->count; n++) {
        template_write(pattern, n, name, sizeof name);
        int64_t same = number_in(b, other, name);
        if (same > 0 && (a != b || same != n))
            return true;
    }
    return false;
}

bool lazy_seeds_collide(const struct lazy_seed *a, const struct lazy_seed *b)
{
    if (a->maker.provider != b->maker.provider)
        return false;
    for (size_t i = 0; i < a->pattern_count; i++)
        for (size_t j = 0; j < b->pattern_count; j++)
            if ((a != b || i != j) && patterns_collide(a, a->patterns[i], b, b->patterns[j]))
                return true;
    return false;
}
