/*
 * What every answer has: the words after the status code, the Date of the session's clock, when asked for the reason of
 * a refusal, and the headers that frame it.
 */
#include "base/instant.h"
#include "base/text.h"
#include "diagnosis/diagnosis.h"
#include "model/framing.h"
#include "model/provider.h"
#include "pipeline/stages.h"

#define REASON_MAX  600
#define EXPLAIN_MAX 1600 /* of the header: the reason and the hint */

/* Header values are visible ASCII; everything else becomes a question mark. */
static void add_plain(struct text *text, const char *label, const char *words, size_t most)
{
    if (words == NULL)
        return;
    text_print(text, "%s%s", text->length > 0 ? "; " : "", label);
    for (; *words != '\0' && text->length < most; words++)
        text_add_char(text, *words >= ' ' && *words <= '~' ? *words : '?');
}

static void explain(struct exchange *x)
{
    struct text text = TEXT_INIT(EXPLAIN_MAX), hint = TEXT_INIT(REASON_MAX);
    diagnosis_hint(x, &hint);
    add_plain(&text, "", x->reason->rule, REASON_MAX);
    add_plain(&text, "field=", x->reason->field, REASON_MAX);
    add_plain(&text, "expected=", x->reason->expected, REASON_MAX);
    add_plain(&text, "actual=", x->reason->actual, REASON_MAX);
    add_plain(&text, "hint=", hint.length == 0 ? NULL : text_cstr(&hint), EXPLAIN_MAX);
    reply_header(x, "X-Mock-Reason", text_cstr(&text));
    text_release(&hint);
    text_release(&text);
}

/* Whoever made the answer, a stub and a fault too: at this provider the status has these words. */
static const char *provider_phrase(const struct exchange *x)
{
    const struct reason_phrase *row = x->provider == NULL ? NULL : x->provider->phrases;
    while (row != NULL && row->phrase != NULL && row->status != x->reply.status)
        row++;
    return row == NULL ? NULL : row->phrase;
}

enum step stage_finish(const struct pipeline *pipeline, struct exchange *x)
{
    if (!x->reply.wire.nothing && !x->reply.wire.raw) {
        char date[INSTANT_TEXT_MAX];
        instant_write_http(x->at_us, date);
        if (!reply_has_header(x, "Date"))
            reply_header(x, "Date", date);
        if (x->reply.phrase == NULL)
            x->reply.phrase = provider_phrase(x);
        if (pipeline->explain && x->reason != NULL && !x->replaced && x->reply.status >= 300)
            explain(x);
    }
    if (x->provider != NULL && x->provider->finish != NULL)
        x->provider->finish(x);
    reply_frame(x);
    return STEP_NEXT;
}
