/*
 * The words after the status code, where an answer has none of its own. Clients must not depend on them (RFC 9112
 * section 4), but a mock that is true to the bytes has them. A code that nobody registered is "Unknown".
 */
#ifndef TRANSPORT_REASON_PHRASE_H
#define TRANSPORT_REASON_PHRASE_H

const char *reason_phrase(int status);

#endif
