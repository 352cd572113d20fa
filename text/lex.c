/* SPDX-License-Identifier: MIT
 * lex.c — Python's tokens, as far as FX text uses them.
 *
 * The scanner never looks back and reads each byte a bounded number of times, so any input costs linear time. */
#include "text/lex.h"

#include "base/text.h"
#include <string.h>

enum { NUMBER_MAX = 400 }; /* digits of a number: more is no number anybody wrote */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}
static bool is_name_part(char c) { return is_name_start(c) || is_digit(c); }

void lex_start(lexer *l, const char *from, const char *to, uint32_t line) {
    *l = (lexer){.at = from, .end = to, .line_start = from, .line = line};
    lex_next(l);
}

static char peek(const lexer *l, size_t ahead) { return (size_t)(l->end - l->at) > ahead ? l->at[ahead] : '\0'; }

/* Is the comment at `from` alone on its line? */
static bool starts_line(const lexer *l, const char *from) {
    while (from > l->line_start && (from[-1] == ' ' || from[-1] == '\t')) from--;
    return from == l->line_start;
}

/* Passes blanks and comments; stops at a line end that counts (outside brackets) or at a token. */
static void skip_blanks(lexer *l) {
    while (l->at < l->end) {
        char c = *l->at;
        if (c == '#') {
            const char *from = l->at;
            const char *eol = memchr(l->at, '\n', (size_t)(l->end - l->at));
            l->at = eol ? eol : l->end;
            if (l->brackets || !starts_line(l, from)) continue;
            l->comment = from;
            l->comment_end = l->at;
            while (l->comment_end > from && (l->comment_end[-1] == '\r' || l->comment_end[-1] == ' ')) l->comment_end--;
        } else if (c == '\\' && peek(l, 1) == '\n') {
            l->at += 2;
            l->line++, l->line_start = l->at;
        } else if (c == '\n' && l->brackets) {
            l->at++;
            l->line++, l->line_start = l->at;
        } else if (c == ' ' || c == '\t' || c == '\r' || c == '\f') {
            l->at++;
        } else {
            return;
        }
    }
}

static void bad(token *t, const char *problem) {
    t->kind = TOKEN_BAD;
    t->problem = problem;
}

static void lex_number(lexer *l, token *t) {
    const char *p = l->at;
    bool integral = true;
    while (p < l->end && is_digit(*p)) p++;
    if (p < l->end && *p == '.') {
        integral = false;
        for (p++; p < l->end && is_digit(*p);) p++;
    }
    if (p < l->end && (*p == 'e' || *p == 'E')) {
        const char *q = p + 1;
        if (q < l->end && (*q == '+' || *q == '-')) q++;
        if (q < l->end && is_digit(*q)) {
            integral = false;
            for (p = q; p < l->end && is_digit(*p);) p++;
        }
    }
    size_t count = (size_t)(p - l->at);
    t->kind = integral ? TOKEN_INT : TOKEN_FLOAT;
    if (count > NUMBER_MAX) {
        bad(t, "a number is too long");
    } else if (p < l->end && (*p == 'j' || *p == 'J')) {
        t->kind = TOKEN_IMAGINARY;
        text_read_float(l->at, count, &t->number);
        p++;
    } else if (!integral) {
        text_read_float(l->at, count, &t->number);
    } else {
        for (const char *q = l->at; q < p && t->kind == TOKEN_INT; q++) {
            uint64_t digit = (uint64_t)(*q - '0');
            if (t->integer > ((uint64_t)1 << 63) / 10 || (t->integer * 10 + digit) > (uint64_t)1 << 63)
                bad(t, "a number does not fit in 64 bits");
            t->integer = t->integer * 10 + digit;
        }
    }
    if (t->kind != TOKEN_BAD && p < l->end && is_name_part(*p)) bad(t, "a name cannot start with a digit");
    l->at = p;
}

static void lex_string(lexer *l, token *t, size_t prefix) {
    char quote = l->at[prefix];
    const char *p = l->at + prefix + 1;
    while (p < l->end && *p != quote && *p != '\n') p += *p == '\\' && p + 1 < l->end && p[1] != '\n' ? 2 : 1;
    if (p >= l->end || *p != quote) {
        bad(t, "a string has no end");
        return;
    }
    t->kind = prefix ? TOKEN_BYTES : TOKEN_STRING;
    l->at = p + 1;
}

static void lex_sign(lexer *l, token *t) {
    static const char *const signs[] = {"**=", "//=", "<<=", ">>=", "...", "**", "//", "<<", ">>", "==", "!=", "<=",
                                        ">=",  "+=",  "-=",  "*=",  "/=",  "%=", "@=", "&=", "|=", "^=", "->"};
    t->kind = TOKEN_SIGN;
    char next = peek(l, 1); /* the second character tells most single ones */
    bool single = next != '=' && next != '*' && next != '/' && next != '<' && next != '>' && next != '.';
    for (uint32_t i = single ? COUNT_OF(signs) : 0; i < COUNT_OF(signs); i++) {
        size_t n = strlen(signs[i]);
        if ((size_t)(l->end - l->at) < n || memcmp(l->at, signs[i], n) != 0) continue;
        t->sign = n == 2 ? SIGN2(signs[i][0], signs[i][1]) : SIGN3(signs[i][0], signs[i][1], signs[i][2]);
        l->at += n;
        return;
    }
    char c = *l->at;
    if (!strchr("()[]{},:;=.+-*/%@&|^~<>", c)) {
        bad(t, "a character that no program has");
        return;
    }
    if (strchr("([{", c)) l->brackets++;
    if (strchr(")]}", c) && l->brackets) l->brackets--;
    t->sign = SIGN(c);
    l->at++;
}

void lex_next(lexer *l) {
    token *t = &l->now;
    if (l->at > l->end || (t->kind == TOKEN_BAD)) return;
    skip_blanks(l);
    *t = (token){.start = l->at, .line = l->line, .column = (uint32_t)(l->at - l->line_start) + 1};
    char c = peek(l, 0);
    if (l->at >= l->end) {
        t->kind = TOKEN_END;
    } else if (c == '\n') {
        t->kind = TOKEN_NEWLINE;
        l->at++;
        t->end = l->at;
        l->line++, l->line_start = l->at;
        return;
    } else if (c == '\'' || c == '"') {
        lex_string(l, t, 0);
    } else if ((c == 'b' || c == 'B') && (peek(l, 1) == '\'' || peek(l, 1) == '"')) {
        lex_string(l, t, 1);
    } else if (is_digit(c) || (c == '.' && is_digit(peek(l, 1)))) {
        lex_number(l, t);
    } else if (is_name_start(c)) {
        t->kind = TOKEN_NAME;
        while (l->at < l->end && is_name_part(*l->at)) l->at++;
    } else {
        lex_sign(l, t);
    }
    t->end = l->at;
}

bool token_is_name(const token *t, const char *name) {
    size_t n = strlen(name);
    return t->kind == TOKEN_NAME && (size_t)(t->end - t->start) == n && memcmp(t->start, name, n) == 0;
}

const char *token_show(arena *a, const token *t) {
    if (t->kind == TOKEN_END) return "the end of the text";
    if (t->kind == TOKEN_NEWLINE) return "the end of the line";
    size_t n = (size_t)(t->end - t->start), shown = MIN(n, 40);
    while (shown < n && shown && ((unsigned char)t->start[shown] & 0xc0) == 0x80) shown--; /* not inside a character */
    return arena_printf(a, "'%.*s%s'", (int)shown, t->start, shown < n ? "…" : "");
}

/* ---- strings ----------------------------------------------------------------------------------------------------- */

static int hex_digit(char c) {
    if (is_digit(c)) return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static uint32_t put_utf8(char *out, uint32_t code) {
    if (code < 0x80) return out[0] = (char)code, 1;
    if (code < 0x800) return out[0] = (char)(0xc0 | code >> 6), out[1] = (char)(0x80 | (code & 0x3f)), 2;
    uint32_t n = code < 0x10000 ? 3 : 4;
    out[0] = (char)(n == 3 ? 0xe0 | code >> 12 : 0xf0 | code >> 18);
    for (uint32_t i = 1; i < n; i++) out[i] = (char)(0x80 | (code >> (6 * (n - 1 - i)) & 0x3f));
    return n;
}

/* One escape, p behind the backslash. Gives the place behind it, NULL when it is wrong. */
static const char *unescape(const char *p, const char *end, bool bytes, char *out, uint32_t *n) {
    static const char from[] = "\\'\"abfnrtv", to[] = "\\'\"\a\b\f\n\r\t\v";
    const char *simple = *p ? strchr(from, *p) : NULL;
    if (simple) {
        out[(*n)++] = to[simple - from];
        return p + 1;
    }
    uint32_t digits = *p == 'x' ? 2 : *p == 'u' && !bytes ? 4 : *p == 'U' && !bytes ? 8 : 0, code = 0;
    if (digits) {
        p++;
        for (uint32_t i = 0; i < digits; i++, p++) {
            if (p >= end || hex_digit(*p) < 0) return NULL;
            code = code << 4 | (uint32_t)hex_digit(*p);
        }
    } else if (*p >= '0' && *p <= '7') {
        for (uint32_t i = 0; i < 3 && p < end && *p >= '0' && *p <= '7'; i++, p++)
            code = code << 3 | (uint32_t)(*p - '0');
    } else {
        out[(*n)++] = '\\'; /* Python keeps an escape it does not know */
        return p;
    }
    if (bytes) {
        if (code > 0xff) return NULL;
        out[(*n)++] = (char)code;
        return p;
    }
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return NULL;
    *n += put_utf8(out + *n, code);
    return p;
}

const char *token_string(arena *a, const token *t, uint32_t *count) {
    bool bytes = t->kind == TOKEN_BYTES;
    const char *p = t->start + (bytes ? 2 : 1), *end = t->end - 1;
    char *out = arena_alloc(a, (size_t)(end - p) + 1);
    uint32_t n = 0;
    while (p < end) {
        if (*p != '\\') {
            out[n++] = *p++;
            continue;
        }
        p = unescape(p + 1, end, bytes, out, &n);
        if (!p) return NULL;
    }
    out[n] = '\0';
    *count = n;
    return out;
}

/* ---- bytes ------------------------------------------------------------------------------------------------------- */

const char *lex_find_bad_byte(const char *text, size_t length) {
    const unsigned char *p = (const unsigned char *)text, *end = p + length;
    while (p < end) {
        const unsigned char *from = p;
        unsigned char c = *p++;
        uint32_t more = c < 0x80                ? 0
                        : c >= 0xc2 && c < 0xe0 ? 1
                        : c >= 0xe0 && c < 0xf0 ? 2
                        : c >= 0xf0 && c < 0xf5 ? 3
                                                : 9;
        if (c == '\0' || more == 9 || (size_t)(end - p) < more) return (const char *)from;
        uint32_t code = more == 0 ? c : c & (0x3fu >> more);
        for (uint32_t i = 0; i < more; i++, p++) {
            if ((*p & 0xc0) != 0x80) return (const char *)from;
            code = code << 6 | (*p & 0x3fu);
        }
        bool overlong = (more == 2 && code < 0x800) || (more == 3 && code < 0x10000);
        if (overlong || (code >= 0xd800 && code < 0xe000) || code > 0x10ffff) return (const char *)from;
    }
    return NULL;
}
