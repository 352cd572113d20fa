/* SPDX-License-Identifier: MIT
 * lex.h — tokens of FX text, which is Python: names, numbers, strings, operators, ends of lines.
 *
 * Tokens are made on demand and point into the text. A lexer is a small value: copying it remembers a place, and the
 * reader goes back by copying it again. Line ends inside brackets are blanks, as in Python; indentation is the column
 * of a line's first token, and the reader compares columns. */
#ifndef TEXT_LEX_H
#define TEXT_LEX_H

#include "base/arena.h"

typedef enum token_kind {
    TOKEN_END,
    TOKEN_NEWLINE,
    TOKEN_NAME,
    TOKEN_INT,       /* 12; the value is `integer`, up to 2^63, which only a minus before it makes fit */
    TOKEN_FLOAT,     /* 1e-05 */
    TOKEN_IMAGINARY, /* 2j */
    TOKEN_STRING,    /* 'abc', quotes included in the range */
    TOKEN_BYTES,     /* b'abc' */
    TOKEN_SIGN,      /* an operator or bracket: `sign` */
    TOKEN_BAD,       /* no token: `problem` says why */
} token_kind;

typedef struct token {
    const char *start, *end;
    const char *problem;
    uint64_t integer;
    double number; /* TOKEN_FLOAT, TOKEN_IMAGINARY */
    uint32_t line, column;
    uint32_t sign; /* SIGN('+'), SIGN2('+', '='), SIGN3('*', '*', '=') */
    token_kind kind;
} token;

#define SIGN(a) ((uint32_t)(a))
#define SIGN2(a, b) ((uint32_t)(a) | (uint32_t)(b) << 8)
#define SIGN3(a, b, c) ((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16)

typedef struct lexer {
    const char *at, *end; /* what is still to be read */
    const char *line_start;
    uint32_t line;       /* of `at`, 1-based */
    uint32_t brackets;   /* open ( [ { */
    token now;           /* the token to look at */
    const char *comment; /* the last comment line passed, "# …" without line end; NULL before the first */
    const char *comment_end;
} lexer;

/* A lexer of [from, to), where `from` is the start of line `line`; its first token is ready. */
void lex_start(lexer *l, const char *from, const char *to, uint32_t line);
/* Makes the next token the one to look at. A TOKEN_BAD and the end stay. */
void lex_next(lexer *l);

static inline bool token_is(const token *t, uint32_t sign) { return t->kind == TOKEN_SIGN && t->sign == sign; }
bool token_is_name(const token *t, const char *name);
/* The token as written, for messages: at most 40 bytes, "the end of the line" for a line end. */
const char *token_show(arena *a, const token *t);
/* The text of a string or bytes token with escapes resolved, NUL-terminated; *count gets its length. NULL when an
 * escape is wrong. */
const char *token_string(arena *a, const token *t, uint32_t *count);

/* The first place in [text, text + length) that is not UTF-8, or holds a NUL; NULL when all is well. */
const char *lex_find_bad_byte(const char *text, size_t length);

#endif
