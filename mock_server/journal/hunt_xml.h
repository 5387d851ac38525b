/*
 * The hunt in XML: the text of elements with a secret's name and of all in them, attributes with one, and those whose
 * `name` says so: <param name="password" value="…"/>, <param name="password">…</param>. Namespaces do not matter.
 */
#ifndef JOURNAL_HUNT_XML_H
#define JOURNAL_HUNT_XML_H

#include "journal/hunt.h"

/* False when tags do not fit one another: then a secret may stand elsewhere. */
bool hunt_xml(struct hunt *hunt, const char *bytes, size_t length);

#endif
