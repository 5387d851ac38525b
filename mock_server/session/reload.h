/*
 * Fixtures that change while they are served.
 *
 * A folder is read again when it is asked for, and, where that is wanted, whenever what its files say has changed: a
 * thread compares their contents (fixtures/content.h). Read again means
 *
 *   - beside what is served: the whole set is loaded and checked, and its seed orders are made. Only then it is taken.
 *   - or not at all: with a mistake anywhere the last good set stays in service, and reload_to_json() says since when
 *     and why. The files are looked at again when they change, not before; mending them heals it.
 *   - never in the middle: files that change while they are read are read again, and after a change is noticed nothing
 * is read before two looks agree. So what an editor or a copy does on its way to the end is not told as a mistake.
 *
 * `default` goes on from the new set at once (session_move(): orders and what grew out of them begin again; journal,
 * faults, knobs and clock stay). Sessions that were made keep what they began with, so that no test sees the ground
 * move under it: they take the newest set when they are reset.
 *
 * Every function may be called from any thread. One reload happens at a time.
 */
#ifndef SESSION_RELOAD_H
#define SESSION_RELOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/json.h"

struct provider;
struct reload;
struct sessions;
struct text;

#define RELOAD_PROBLEMS_MAX ((size_t)64 * 1024) /* bytes of what is wrong that are kept */

struct reload_options {
    const char *folder;                      /* NULL: the fixtures are embedded, and stay */
    const struct provider *const *providers; /* ended by NULL */
    struct sessions *sessions;               /* they began with the folder's fixtures */
    uint64_t content;                        /* fixtures_content() before these were loaded */
    int64_t every_us; /* how often it is looked at; less often when that takes long; 0: only when asked */
    /* What became of a change, for people: one sentence a call, by the thread, once a change. May be NULL. */
    void (*tell)(void *context, const char *sentence);
    void *context;
};

enum reload_result {
    RELOAD_SAME,   /* the files say what is served */
    RELOAD_TAKEN,  /* they said something else, and that is served now */
    RELOAD_WRONG,  /* what is wrong stands in `problems`; the last good set stays */
    RELOAD_NOTHING /* there is no folder */
};

/* NULL with errno when there is no thread left. The folder's name is copied. */
struct reload *reload_new(const struct reload_options *options) WARN_UNUSED;
/* Ends the thread. NULL is fine. */
void reload_free(struct reload *reload);

enum reload_result reload_now(struct reload *reload, struct text *problems) WARN_UNUSED;
/* The caller told what became of it: the thread need not. */
void reload_is_told(struct reload *reload);

/* {"folder","generation","state","since","problems"}: `generation` counts the sets that were served; `state` is
 * "current" or "stale"; of a stale one `since` is the time (of the machine) of the change, and `problems` has lines
 * "file:line:column: message". */
cJSON *reload_to_json(struct reload *reload) WARN_UNUSED;

#endif
