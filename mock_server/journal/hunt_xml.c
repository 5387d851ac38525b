#include "journal/hunt_xml.h"

#include <string.h>

#include "base/ascii.h"
#include "base/spelling.h"
#include "base/xml.h"

struct element {
    size_t name, length;
};

struct walk {
    struct hunt *hunt;
    const char *bytes;
    size_t length, at;
    struct element open[XML_DEPTH_MAX];
    size_t depth;
    size_t secret_depth; /* of the outermost open element whose texts are secrets; 0: there is none */
    bool is_broken;
};

static bool starts(const struct walk *walk, const char *with)
{
    size_t size = strlen(with);
    return walk->length - walk->at >= size && memcmp(walk->bytes + walk->at, with, size) == 0;
}

/* Steps behind `end`, or to the end of all. */
static void pass(struct walk *walk, const char *end)
{
    while (walk->at < walk->length && !starts(walk, end))
        walk->at++;
    walk->is_broken = walk->is_broken || walk->at >= walk->length;
    walk->at = walk->at >= walk->length ? walk->length : walk->at + strlen(end);
}

static struct element read_name(struct walk *walk)
{
    struct element name = {.name = walk->at};
    while (walk->at < walk->length && !ascii_is_space(walk->bytes[walk->at]) &&
           (walk->bytes[walk->at] == '\0' || strchr("<>/=\"'", walk->bytes[walk->at]) == NULL))
        walk->at++;
    name.length = walk->at - name.name;
    return name;
}

static bool is_secret(const struct walk *walk, struct element name)
{
    const char *bytes = walk->bytes + name.name, *colon = memchr(bytes, ':', name.length);
    size_t prefix = colon == NULL ? 0 : (size_t)(colon - bytes) + 1;
    return hunt_is_name(walk->hunt, bytes + prefix, name.length - prefix, SPELLING_XML);
}

static bool is_called(const struct walk *walk, struct element name, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strlen(*names) == name.length && ascii_equal_bytes(walk->bytes + name.name, *names, name.length))
            return true;
    return false;
}

/* ── Tags ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct tag {
    bool names_secret; /* its name, or an attribute `name` */
    size_t value, value_length;
};

/* ="…" behind the name of an attribute; false when there is none. */
static bool read_quoted(struct walk *walk, struct element *value)
{
    while (walk->at < walk->length && (ascii_is_space(walk->bytes[walk->at]) || walk->bytes[walk->at] == '='))
        walk->at++;
    if (walk->at >= walk->length || (walk->bytes[walk->at] != '"' && walk->bytes[walk->at] != '\''))
        return false;
    const char *begin = walk->bytes + walk->at + 1, *end = memchr(begin, begin[-1], walk->length - walk->at - 1);
    value->name = walk->at + 1;
    value->length = end == NULL ? walk->length - value->name : (size_t)(end - begin);
    walk->at = value->name + value->length + (end != NULL);
    return end != NULL;
}

static void read_attribute(struct walk *walk, struct tag *tag)
{
    static const char *const names[] = {"name", "key", "id", "field", "type", "n", NULL}, *const values[] = {"value",
                                                                                                             "v", NULL};
    struct element name = read_name(walk), value = {0};
    if (name.length == 0)
        walk->at++; /* what should not be there */
    if (name.length == 0 || !read_quoted(walk, &value)) {
        walk->is_broken = true;
        return;
    }
    if (is_called(walk, name, values)) {
        tag->value = value.name;
        tag->value_length = value.length;
    }
    if (is_called(walk, name, names) && is_secret(walk, value))
        tag->names_secret = true;
    else if (is_secret(walk, name))
        hunt_value(walk->hunt, walk->bytes, value.name, value.length, SPELLING_XML);
}

static void open_tag(struct walk *walk)
{
    struct element name = read_name(walk);
    struct tag tag = {.names_secret = is_secret(walk, name)};
    bool is_empty = false;
    while (walk->at < walk->length && walk->bytes[walk->at] != '>') {
        is_empty = walk->bytes[walk->at] == '/';
        if (is_empty || ascii_is_space(walk->bytes[walk->at]))
            walk->at++;
        else
            read_attribute(walk, &tag);
    }
    walk->is_broken = walk->is_broken || walk->at >= walk->length || name.length == 0;
    walk->at += walk->at < walk->length;
    if (tag.names_secret)
        hunt_value(walk->hunt, walk->bytes, tag.value, tag.value_length, SPELLING_XML);
    if (is_empty)
        return;
    if (walk->depth < XML_DEPTH_MAX)
        walk->open[walk->depth] = name;
    else
        walk->is_broken = true;
    walk->depth++;
    if (tag.names_secret && walk->secret_depth == 0)
        walk->secret_depth = walk->depth;
}

static void close_tag(struct walk *walk)
{
    struct element name = read_name(walk);
    bool fits = walk->depth > 0 && walk->depth <= XML_DEPTH_MAX && walk->open[walk->depth - 1].length == name.length &&
                memcmp(walk->bytes + walk->open[walk->depth - 1].name, walk->bytes + name.name, name.length) == 0;
    walk->is_broken = walk->is_broken || !fits;
    pass(walk, ">");
    if (walk->depth == walk->secret_depth)
        walk->secret_depth = 0;
    walk->depth -= walk->depth > 0;
}

static void read_tag(struct walk *walk)
{
    if (starts(walk, "<?"))
        pass(walk, "?>");
    else if (starts(walk, "<!--"))
        pass(walk, "-->");
    else if (starts(walk, "</")) {
        walk->at += 2;
        close_tag(walk);
    } else {
        walk->is_broken = walk->is_broken || starts(walk, "<!"); /* a document type: anything may follow */
        walk->at++;
        open_tag(walk);
    }
}

/* ── Texts ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void take_text(struct walk *walk, size_t at, size_t end, unsigned spellings)
{
    if (walk->secret_depth > 0)
        hunt_value(walk->hunt, walk->bytes, at, end - at, spellings);
    else
        hunt_inside(walk->hunt, walk->bytes, at, end - at, spellings);
}

static void read_marked(struct walk *walk)
{
    static const char begin[] = "<![CDATA[", end[] = "]]>";
    size_t at = walk->at + strlen(begin);
    pass(walk, end);
    size_t behind =
        walk->at >= at + strlen(end) && walk->bytes[walk->at - 1] == '>' ? walk->at - strlen(end) : walk->at;
    take_text(walk, at, behind > at ? behind : at, SPELLING_PLAIN);
}

static void read_text(struct walk *walk)
{
    size_t at = walk->at;
    const char *tag = memchr(walk->bytes + at, '<', walk->length - at);
    walk->at = tag == NULL ? walk->length : (size_t)(tag - walk->bytes);
    take_text(walk, at, walk->at, SPELLING_XML);
}

bool hunt_xml(struct hunt *hunt, const char *bytes, size_t length)
{
    struct walk walk = {.hunt = hunt, .bytes = bytes, .length = length};
    while (walk.at < length)
        if (bytes[walk.at] != '<')
            read_text(&walk);
        else if (starts(&walk, "<![CDATA["))
            read_marked(&walk);
        else
            read_tag(&walk);
    return !walk.is_broken && walk.depth == 0;
}
