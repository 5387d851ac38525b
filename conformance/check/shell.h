/*
 * Words as a shell reads them: for the commands that repeat a check.
 *
 *     shell_add_word(&out, "it's");          // 'it'\''s'
 */
#ifndef CHECK_SHELL_H
#define CHECK_SHELL_H

#include "mock_server/base/text.h"

/* In single quotes, where a single quote itself is written '\''. */
void shell_add_word(struct text *out, const char *word);

#endif
