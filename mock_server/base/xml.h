/*
 * XML as the trees of JSON: so that whoever serves both forms needs one piece of code.
 *
 *     <order><id>428</id><message/><message>x</message></order>   is   {"order":{"id":"428","message":["","x"]}}
 *
 * Reading takes hostile bytes (Expat underneath). A document is UTF-8; its root is the one member of the tree. An
 * element with elements in it becomes an object, any other a string with its text exactly as it stands, blanks
 * included; elements of one name beside each other become an array. Attributes, comments and processing instructions
 * are read over; CDATA is text. A document type (and with it every entity of one's own), text beside elements, more
 * than XML_DEPTH_MAX levels, XML_NODES_MAX elements or XML_MEMBERS_MAX different names in one element are mistakes.
 *
 * Writing makes a declaration and a tree indented by two spaces: an object's members are elements, an array repeats its
 * element, numbers keep their digits; null, the empty string and what has nothing in it are an empty element in its
 * long form, <a></a>. Names must be XML names.
 *
 * A tree that is returned is the caller's to cJSON_Delete(), a text the caller's to free().
 */
#ifndef BASE_XML_H
#define BASE_XML_H

#include <stddef.h>

#include "base/json.h"

#define XML_DEPTH_MAX   32
#define XML_NODES_MAX   100000
#define XML_MEMBERS_MAX 256

/* NULL and *problem (with line and column of the mistake, counted from 1) when the bytes are not such a document. */
cJSON *xml_read(const char *text, size_t length, struct json_problem *problem) WARN_UNUSED;

/* `tree` is an object with one member, the root. */
char *xml_write(const cJSON *tree) WARN_UNUSED;

#endif
