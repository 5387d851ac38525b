#include "base/outputs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <string.h>

void outputs_hold(void)
{
    static const int refusing[] = {O_WRONLY, O_RDONLY, O_RDONLY};
    for (int stream = 0; stream < 3; stream++)
        if (fcntl(stream, F_GETFD) < 0 && open("/dev/null", refusing[stream]) < 0)
            return;
}

/* Once: what could not be written is let go. An error of an earlier write has left no errno behind. */
static bool tell(const char *program, const char *what, int error)
{
    fprintf(stderr, "%s: standard output: %s could not be written%s%s\n", program, what, error == 0 ? "" : ": ",
            error == 0 ? "" : strerror(error));
    __fpurge(stdout);
    clearerr(stdout);
    return false;
}

bool outputs_flush(const char *program, const char *what)
{
    if (fflush(stdout) != 0)
        return tell(program, what, errno);
    return !ferror(stdout) || tell(program, what, 0);
}

int outputs_end(const char *program, int status, int lost)
{
    bool told = outputs_flush(program, "the output");
    /* Some file systems tell of a lost write only now. */
    if (fclose(stdout) != 0 && told)
        told = tell(program, "the end of the output", errno);
    return told || status != 0 ? status : lost;
}
