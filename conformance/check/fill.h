/*
 * Placeholders: {order_id}, {document.items.0.pk} … replaced by values of a JSON document, the names.
 *
 * A placeholder is a brace, lower-case letters, digits, '_' and '.', beginning with a letter, and a brace; JSON's own
 * braces never look like that. A string is put in without its quotes, anything else as JSON writes it.
 *
 *     char *json = fill_json("{\"order\": {order_id}, \"note\": \"{nonce}\"}", names, &missing);
 */
#ifndef CHECK_FILL_H
#define CHECK_FILL_H

#include <cjson/cJSON.h>

/*
 * The filled text, to be freed. fill_json() escapes strings for use inside a JSON string. NULL when a name does not
 * exist; then *missing (may be NULL) is that name, to be freed.
 */
char *fill_text(const char *text, const cJSON *names, char **missing);
char *fill_json(const char *text, const cJSON *names, char **missing);

#endif
