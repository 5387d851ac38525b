#include "base/outputs.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

void outputs_hold(void)
{
    static const int refusing[] = {O_WRONLY, O_RDONLY, O_RDONLY};
    for (int stream = 0; stream < 3; stream++)
        if (fcntl(stream, F_GETFD) == -1 && open("/dev/null", refusing[stream]) == -1)
            return;
}

bool outputs_flush(FILE *out, FILE *err, const char *program)
{
    bool flushed = fflush(out) == 0;
    if (flushed && !ferror(out))
        return true;
    /* An error of an earlier write has left no errno behind. */
    fprintf(err, "%s: the output could not be written%s%s\n", program, flushed ? "" : ": ",
            flushed ? "" : strerror(errno));
    return false;
}
