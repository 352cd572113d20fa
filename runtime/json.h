/* SPDX-License-Identifier: MIT
 * json.h — a strict reader of JSON (RFC 8259) for headers of data files: one pass, no tree, errors with a place.
 *
 * The caller pulls what it expects; each function skips blanks, reads one thing and gives false when something else is
 * there, after which json.error says what and json.at says where. */
#ifndef RUNTIME_JSON_H
#define RUNTIME_JSON_H

#include "base/arena.h"

typedef struct json {
    const char *text;
    size_t length, at;
    arena *arena;      /* strings go here */
    const char *error; /* NULL while all is well */
} json;

bool json_expect(json *j, char c); /* the punctuation mark c */
bool json_accept(json *j, char c); /* the same, when it is there; else nothing is read */
/* A string, unescaped and NUL-terminated; one that holds a NUL or is no valid UTF-8 is refused. */
bool json_string(json *j, const char **out);
/* A number that is an integer in [0, INT64_MAX]. */
bool json_unsigned(json *j, int64_t *out);
/* Only blanks are left. */
bool json_end(json *j);
bool json_fail(json *j, const char *error); /* keeps the first; gives false */

#endif
