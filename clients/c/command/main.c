/*
 * The command line's way in. Everything else is in command/, where tests can reach it.
 */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command/command.h"

/*
 * A closed standard stream's number would be given to a connection, and the result be written into it.
 * Each is held by a descriptor that refuses what the stream is for.
 */
static void streams_hold(void)
{
    static const int refusing[] = {O_WRONLY, O_RDONLY, O_RDONLY};
    for (int stream = 0; stream < 3; stream++)
        if (fcntl(stream, F_GETFD) == -1 && open("/dev/null", refusing[stream]) == -1)
            return;
}

int main(int argc, char **argv)
{
    streams_hold();
    /* A TLS library may write to a connection that the peer has closed. */
    signal(SIGPIPE, SIG_IGN);
    int exit_code = command_run(argc, argv, stdout, stderr);
    /* Some file systems tell of a lost write only now. */
    if (fclose(stdout) != 0 && (exit_code == 0 || exit_code == EXIT_NOT_FINAL)) {
        fprintf(stderr, "cancelorder: the end of the output could not be written (%s); its outcome had exit code %d\n",
                strerror(errno), exit_code);
        exit_code = EXIT_NOT_TOLD;
    }
    return exit_code;
}
