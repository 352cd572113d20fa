/* SPDX-License-Identifier: MIT
 * text.h — building strings: a growing buffer in an arena, with a sticky nothing-to-check interface. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/vec.h"

typedef struct text {
    arena *arena;
    char *data; /* NUL-terminated after text_finish and after every call below */
    uint32_t count, capacity;
} text;

void text_add(text *t, const char *string);
void text_add_bytes(text *t, const char *bytes, size_t count);
void text_printf(text *t, const char *format, ...) PRINTF_LIKE(2, 3);
void text_add_float(text *t, double value);        /* as Python's repr: shortest round trip, 1e-05, inf, nan */
void text_add_quoted(text *t, const char *string); /* as Python's repr of a str */
/* Reads all of [from, from + length) as a float in C's form ("1e-05", "inf"), whatever the locale. */
bool text_read_float(const char *from, size_t length, double *out);
/* Edit distance of two strings, or `limit` when it is no less; for "did you mean". */
uint32_t text_distance(const char *a, const char *b, uint32_t limit);

#endif
