#include "diagnosis/hints.h"

#include <string.h>

#include "diagnosis/look.h"
#include "model/provider.h"

/* In this order: what stands earlier is read earlier by a server, or says more. */
static hint_detector *const rows[] = {
    hint_unread,        hint_session,         hint_control,        hint_placeholder,
    hint_method,        hint_slash,           hint_knob_route,     hint_base,
    hint_spelling,      hint_query_for_path,  hint_segment,        hint_no_route,
    hint_key_twice,     hint_key_state,       hint_key_of_session, hint_key_place,
    hint_key_half,      hint_key_of_provider, hint_foreign_header, hint_key_missing,
    hint_right,         hint_key_unknown,     hint_order,          hint_state,
    hint_too_early,     hint_too_large,       hint_body_form,      hint_content_type,
    hint_body_twice,    hint_body_in_list,    hint_body_empty,     hint_body_broken,
    hint_body_unwanted, hint_member_unknown,  hint_member_place,   hint_member_wrap,
    hint_member_name,   hint_member_null,     hint_member_kind,    hint_member_missing,
    hint_value,
};

void hints_say(const struct look *look, struct text *out)
{
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (rows[i](look, out))
            break;
    const char *knob = look->reason->knob;
    if (knob != NULL && look->x->provider != NULL && strstr(text_cstr(out), knob) == NULL)
        text_print(out, "%sthe knob %s of %s is for servers that take it", out->length > 0 ? "; " : "", knob,
                   look->x->provider->name);
}
