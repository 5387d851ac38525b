/*
 * `cancelmock ca`: prints or exports the certificate of the authority that signs what the TLS listener shows. It is
 * made on first use. The private key is never printed.
 */
#ifndef COMMAND_CA_H
#define COMMAND_CA_H

/* `argv[0]` is "ca". Returns the exit status. */
int command_ca(int argc, char **argv);

#endif
