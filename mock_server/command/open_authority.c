#include "command/open_authority.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "trust/authority.h"

struct authority *open_authority(const char *program, const char *ca_dir)
{
    struct text problem = TEXT_INIT(8192);
    struct authority *authority = NULL;
    char *folder = ca_dir != NULL ? mem_dup(ca_dir) : authority_default_folder(&problem);
    if (folder != NULL)
        authority = authority_open(folder, &problem);
    if (authority == NULL)
        fprintf(stderr, "%s: %s\n", program, text_cstr(&problem));
    free(folder);
    text_release(&problem);
    return authority;
}
