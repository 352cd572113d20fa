/* SPDX-License-Identifier: MIT
 * json.c — a strict reader of JSON. */
#include "runtime/json.h"
#include <string.h>

bool json_fail(json *j, const char *error) {
    if (!j->error) j->error = error;
    return false;
}

static void skip_blanks(json *j) {
    while (j->at < j->length && strchr(" \t\r\n", j->text[j->at]) && j->text[j->at]) j->at++;
}

bool json_accept(json *j, char c) {
    skip_blanks(j);
    if (j->error || j->at >= j->length || j->text[j->at] != c) return false;
    j->at++;
    return true;
}

static const char *expected(char c) {
    switch (c) {
    case '{': return "expected '{'";
    case '}': return "expected ',' or '}'";
    case '[': return "expected '['";
    case ']': return "expected ',' or ']'";
    case ':': return "expected ':'";
    default: return "unexpected character";
    }
}

bool json_expect(json *j, char c) { return json_accept(j, c) || json_fail(j, expected(c)); }

/* ---- strings ------------------------------------------------------------------------------------------------- */

static bool read_hex4(json *j, uint32_t *out) {
    *out = 0;
    if (j->length - j->at < 4) return json_fail(j, "a \\u escape without four digits");
    for (int i = 0; i < 4; i++) {
        char c = j->text[j->at++];
        uint32_t digit;
        if (c >= '0' && c <= '9') digit = (uint32_t)(c - '0');
        else if (c >= 'a' && c <= 'f') digit = (uint32_t)(c - 'a' + 10);
        else if (c >= 'A' && c <= 'F') digit = (uint32_t)(c - 'A' + 10);
        else return json_fail(j, "a \\u escape without four digits");
        *out = *out * 16 + digit;
    }
    return true;
}

static char *put_utf8(char *to, uint32_t c) {
    if (c < 0x80) *to++ = (char)c;
    else if (c < 0x800) *to++ = (char)(0xc0 | c >> 6), *to++ = (char)(0x80 | (c & 63));
    else if (c < 0x10000)
        *to++ = (char)(0xe0 | c >> 12), *to++ = (char)(0x80 | (c >> 6 & 63)), *to++ = (char)(0x80 | (c & 63));
    else {
        *to++ = (char)(0xf0 | c >> 18), *to++ = (char)(0x80 | (c >> 12 & 63));
        *to++ = (char)(0x80 | (c >> 6 & 63)), *to++ = (char)(0x80 | (c & 63));
    }
    return to;
}

static bool read_unicode(json *j, char **to) {
    uint32_t c, low;
    if (!read_hex4(j, &c)) return false;
    if (c >= 0xdc00 && c < 0xe000) return json_fail(j, "half of a surrogate pair");
    if (c >= 0xd800 && c < 0xdc00) {
        if (j->length - j->at < 2 || j->text[j->at] != '\\' || j->text[j->at + 1] != 'u')
            return json_fail(j, "half of a surrogate pair");
        j->at += 2;
        if (!read_hex4(j, &low)) return false;
        if (low < 0xdc00 || low >= 0xe000) return json_fail(j, "half of a surrogate pair");
        c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    }
    if (c == 0) return json_fail(j, "a string with a NUL");
    *to = put_utf8(*to, c);
    return true;
}

static bool read_escape(json *j, char **to) {
    static const char from[] = "\"\\/bfnrt", into[] = "\"\\/\b\f\n\r\t";
    if (j->at >= j->length) return json_fail(j, "a string without end");
    char c = j->text[j->at++];
    if (c == 'u') return read_unicode(j, to);
    const char *known = c ? strchr(from, c) : NULL;
    if (!known) return json_fail(j, "an unknown escape");
    *(*to)++ = into[known - from];
    return true;
}

/* Length of the UTF-8 sequence at s (n bytes left); 0 when it is none: overlong, a surrogate, or beyond U+10FFFF. */
static size_t utf8_length(const unsigned char *s, size_t n) {
    if (s[0] < 0x80) return 1;
    size_t length = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
    if (s[0] < 0xc2 || s[0] > 0xf4 || length > n) return 0;
    for (size_t i = 1; i < length; i++)
        if ((s[i] & 0xc0) != 0x80) return 0;
    if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f)) return 0;
    if ((s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f)) return 0;
    return length;
}

/* Where the closing quote is, so that the copy can be made at once; an escape never makes a string longer. */
static size_t find_quote(const json *j) {
    size_t end = j->at;
    while (end < j->length && j->text[end] != '"') end += j->text[end] == '\\' ? 2 : 1;
    return end;
}

bool json_string(json *j, const char **out) {
    if (!json_accept(j, '"')) return json_fail(j, "expected a string");
    size_t end = find_quote(j);
    if (end >= j->length) return json_fail(j, "a string without end");
    char *copy = arena_alloc(j->arena, end - j->at + 1), *to = copy;
    while (j->at < end) {
        unsigned char c = (unsigned char)j->text[j->at];
        if (c == '\\') {
            j->at++;
            if (!read_escape(j, &to)) return false;
            continue;
        }
        size_t length = utf8_length((const unsigned char *)j->text + j->at, end - j->at);
        if (c < 0x20) return json_fail(j, "a control character in a string");
        if (!length) return json_fail(j, "a string that is no valid UTF-8");
        memcpy(to, j->text + j->at, length);
        to += length, j->at += length;
    }
    *to = 0;
    j->at = end + 1;
    *out = copy;
    return true;
}

/* ---- numbers ------------------------------------------------------------------------------------------------- */

static bool is_digit(const json *j) { return j->at < j->length && j->text[j->at] >= '0' && j->text[j->at] <= '9'; }

bool json_unsigned(json *j, int64_t *out) {
    skip_blanks(j);
    if (j->error || !is_digit(j)) return json_fail(j, "expected a number that is not negative");
    if (j->text[j->at] == '0' && j->at + 1 < j->length && j->text[j->at + 1] >= '0' && j->text[j->at + 1] <= '9')
        return json_fail(j, "a number with a leading zero");
    *out = 0;
    for (; is_digit(j); j->at++)
        if (__builtin_mul_overflow(*out, 10, out) || __builtin_add_overflow(*out, j->text[j->at] - '0', out))
            return json_fail(j, "a number that is too large");
    if (j->at < j->length && strchr(".eE", j->text[j->at]) && j->text[j->at])
        return json_fail(j, "expected an integer");
    return true;
}

bool json_end(json *j) {
    skip_blanks(j);
    return !j->error && (j->at == j->length || json_fail(j, "something follows the end"));
}
