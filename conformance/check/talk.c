#include "check/talk.h"

#include <stdlib.h>

void talk_release(struct talk *talk)
{
    cJSON_Delete(talk->answer);
    free(talk->answer_text);
    free(talk->command);
    *talk = (struct talk){0};
}
