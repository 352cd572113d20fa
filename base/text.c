/* SPDX-License-Identifier: MIT
 * text.c — growing strings, and numbers as Python writes them.
 *
 * The C library's number formatting follows the host program's locale; FX text does not. So only digits and the
 * exponent are taken from snprintf, and the locale's decimal point is put in before strtod. */
#include "base/text.h"
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *reserve(text *t, size_t more) {
    if (more > UINT32_MAX / 4 - t->count) guard_unwind(arena_context(t->arena));
    uint32_t wanted = t->count + (uint32_t)more + 1;
    if (wanted > t->capacity) {
        uint32_t capacity = MAX(MAX(wanted, 2 * t->capacity), 64);
        char *data = arena_alloc(t->arena, capacity);
        if (t->count) memcpy(data, t->data, t->count);
        t->data = data;
        t->capacity = capacity;
    }
    return t->data + t->count;
}

void text_add_bytes(text *t, const char *bytes, size_t count) {
    char *to = reserve(t, count);
    if (count) memcpy(to, bytes, count);
    to[count] = '\0';
    t->count += (uint32_t)count;
}

void text_add(text *t, const char *string) { text_add_bytes(t, string, strlen(string)); }

void text_printf(text *t, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0) return;
    char *to = reserve(t, (size_t)length);
    va_start(args, format);
    vsnprintf(to, (size_t)length + 1, format, args);
    va_end(args);
    t->count += (uint32_t)length;
}

/* ---- floats ------------------------------------------------------------------------------------------------------ */

#define MAX_DIGITS 17 /* always enough for a double */

bool text_read_float(const char *from, size_t length, double *out) {
    char buffer[512];
    const char *point = localeconv()->decimal_point;
    size_t n = 0, point_length = strlen(point);
    for (size_t i = 0; i < length; i++) {
        if (n + point_length + 1 >= sizeof buffer) return false;
        if (from[i] == '.') {
            memcpy(buffer + n, point, point_length);
            n += point_length;
        } else {
            buffer[n++] = from[i];
        }
    }
    buffer[n] = '\0';
    char *end;
    *out = strtod(buffer, &end);
    return n && end == buffer + n;
}

/* The digits of |value| rounded to `count` of them, without point; gives the power of ten of the first. */
static int digits_of(double value, int count, char *digits) {
    char buffer[64];
    snprintf(buffer, sizeof buffer, "%.*e", count - 1, value);
    int n = 0;
    const char *p = buffer;
    for (; *p && *p != 'e'; p++)
        if (*p >= '0' && *p <= '9') digits[n++] = *p;
    digits[n] = '\0';
    return *p ? atoi(p + 1) : 0;
}

static bool round_trips(const char *digits, int power, double value) {
    char buffer[48];
    snprintf(buffer, sizeof buffer, "%se%d", digits, power - (int)strlen(digits) + 1);
    return strtod(buffer, NULL) == value;
}

/* The fewest digits that read back as `value` (positive, finite). */
static int shortest(double value, char *digits) {
    /* Up to 15 digits survive the way through a normal double, so trailing zeros tell shorter ones. */
    for (int count = value < 1e-300 ? 1 : 15; count <= MAX_DIGITS; count++) {
        int power = digits_of(value, count, digits);
        if (round_trips(digits, power, value)) return power;
        /* Doubles lie closer together below a power of two: the next decimal up may do where the nearest does not. */
        if (digits[count - 1] != '9') {
            digits[count - 1]++;
            if (round_trips(digits, power, value)) return power;
        }
    }
    return digits_of(value, MAX_DIGITS, digits);
}

void text_add_float(text *t, double value) {
    if (isnan(value)) {
        text_add(t, "nan");
        return;
    }
    if (signbit(value)) text_add(t, "-");
    value = fabs(value);
    if (isinf(value) || value == 0) {
        text_add(t, value == 0 ? "0.0" : "inf");
        return;
    }
    char digits[MAX_DIGITS + 2];
    int power = shortest(value, digits), count = (int)strlen(digits);
    while (count > 1 && digits[count - 1] == '0') digits[--count] = '\0';
    if (power < -4 || power >= 16) {
        text_add_bytes(t, digits, 1);
        if (count > 1) text_printf(t, ".%s", digits + 1);
        text_printf(t, "e%c%02d", power < 0 ? '-' : '+', abs(power));
    } else if (power < 0) {
        text_printf(t, "0.%.*s%s", -power - 1, "000", digits);
    } else {
        int whole = MIN(power + 1, count);
        text_add_bytes(t, digits, (size_t)whole);
        for (int i = whole; i <= power; i++) text_add(t, "0");
        text_printf(t, ".%s", count > whole ? digits + whole : "0");
    }
}

/* ---- strings ----------------------------------------------------------------------------------------------------- */

void text_add_quoted(text *t, const char *string) {
    char quote = strchr(string, '\'') && !strchr(string, '"') ? '"' : '\'';
    text_add_bytes(t, &quote, 1);
    for (const char *p = string; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if (c == '\\' || *p == quote) text_printf(t, "\\%c", c);
        else if (c == '\n') text_add(t, "\\n");
        else if (c == '\r') text_add(t, "\\r");
        else if (c == '\t') text_add(t, "\\t");
        else if (c < 0x20 || c == 0x7f) text_printf(t, "\\x%02x", c);
        else text_add_bytes(t, p, 1);
    }
    text_add_bytes(t, &quote, 1);
}

uint32_t text_distance(const char *a, const char *b, uint32_t limit) {
    uint32_t row[128]; /* row[j]: distance of a's prefix to b's prefix of length j (Wagner and Fischer, 1974) */
    size_t na = strlen(a), nb = strlen(b);
    size_t apart = na > nb ? na - nb : nb - na;
    if (apart >= limit || nb >= COUNT_OF(row)) return limit;
    for (uint32_t j = 0; j <= nb; j++) row[j] = j;
    for (uint32_t i = 1; i <= na; i++) {
        uint32_t diagonal = row[0], least = row[0] = i;
        for (uint32_t j = 1; j <= nb; j++) {
            uint32_t replaced = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = MIN(replaced, MIN(row[j], row[j - 1]) + 1);
            least = MIN(least, row[j]);
        }
        if (least >= limit) return limit;
    }
    return MIN(row[nb], limit);
}
