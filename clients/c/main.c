/*
 * The command line's way in. Everything else is in command/, where tests can reach it.
 */

#include <signal.h>
#include <stdio.h>

#include "command/command.h"

int main(int argc, char **argv)
{
    /* A TLS library may write to a connection that the peer has closed. */
    signal(SIGPIPE, SIG_IGN);
    return command_run(argc, argv, stdout, stderr);
}
