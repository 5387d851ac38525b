/*
 * JSON as a client wrote it, read as widely as it can be read: bytes that are no UTF-8 stay as they are, \u0000 ends
 * its string. What a client wrote is evidence, and a fault of its form must not hide what it says; the judge looks at
 * the form elsewhere (check/scan.h). Everything that is ours or the mock's is read by base/json.h.
 */
#ifndef CHECK_LENIENT_H
#define CHECK_LENIENT_H

#include <stddef.h>

#include <cjson/cJSON.h>

/* The one value in these bytes, white space around it allowed and nothing else; NULL otherwise. To be deleted. */
cJSON *lenient_read(const char *bytes, size_t length);

/* One line with every byte as it stands, which lenient_read() reads again; to be freed. */
char *lenient_write(const cJSON *node);

#endif
