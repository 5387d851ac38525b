/*
 * What `cancelmock ca` and `cancelmock env` do first: the certificate authority that --ca-dir names, or the one that
 * lives where it does when nobody says.
 */
#ifndef COMMAND_OPEN_AUTHORITY_H
#define COMMAND_OPEN_AUTHORITY_H

struct authority;

#define CA_DIR_HELP                                                                                                    \
    "where the certificate authority lives ($XDG_DATA_HOME/cancelmock/ca, else ~/.local/share/cancelmock/ca); it is "  \
    "made there when there is none"

/* `ca_dir` NULL: the default. NULL after a line on standard error that begins with the program's name. */
struct authority *open_authority(const char *program, const char *ca_dir);

#endif
