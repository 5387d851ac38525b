/*
 * The command line's way in. Everything else is in command/, where tests can reach it.
 */

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/outputs.h"
#include "command/command.h"

int main(int argc, char **argv)
{
    outputs_hold();
    /* A TLS library may write to a connection that the peer has closed. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    int exit_code = command_run(argc, argv, stdout, stderr);
    /* Some file systems tell of a lost write only now. */
    if (fclose(stdout) != 0 && (exit_code == 0 || exit_code == EXIT_NOT_FINAL)) {
        fprintf(stderr, "cancelorder: the end of the output could not be written (%s); its outcome had exit code %d\n",
                strerror(errno), exit_code);
        exit_code = EXIT_NOT_TOLD;
    }
    return exit_code;
}
