/* SPDX-License-Identifier: MIT
 * sym_parse.c — reads what sym_print.c writes: Python expressions over symbols, by recursive descent.
 *
 *     relation = or [ ("<" | "<=" | ">" | ">=" | "==" | "!=") or ]      or  = and { "|" and }
 *     and      = sum { "&" sum }                                       sum = product { ("+" | "-") product }
 *     product  = unary { ("*" | "/" | "//" | "%") unary }              unary = ("-" | "+" | "~") unary | power
 *     power    = atom [ "**" unary ]           atom = number | name [ "(" [ relation { "," relation } ] ")" ]
 *                                                   | "(" relation { "," relation } [ "," ] ")" */
#include "graph/sym_private.h"

#define MAX_DEPTH 200
#define MAX_ARGUMENTS 64

typedef struct reader {
    syms *s;
    const char *at, *to;
    uint32_t depth;
    bool failed;
} reader;

static dim relation(reader *r);

static dim give_up(reader *r) {
    r->failed = true;
    return DIM_ERROR;
}

static void skip_blanks(reader *r) {
    while (r->at < r->to && *r->at == ' ') r->at++;
}

static char peek(const reader *r, size_t ahead) { return (size_t)(r->to - r->at) > ahead ? r->at[ahead] : '\0'; }

/* Takes the token if it is next. */
static bool take(reader *r, const char *token) {
    skip_blanks(r);
    size_t length = strlen(token);
    if ((size_t)(r->to - r->at) < length || memcmp(r->at, token, length) != 0) return false;
    r->at += length;
    return true;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

static dim number(reader *r) {
    const char *from = r->at;
    int64_t n = 0;
    bool overflow = false, is_float = false;
    while (is_digit(peek(r, 0))) {
        overflow |= __builtin_mul_overflow(n, 10, &n) || __builtin_add_overflow(n, *r->at - '0', &n);
        r->at++;
    }
    if (peek(r, 0) == '.') {
        is_float = true;
        for (r->at++; is_digit(peek(r, 0));) r->at++;
    }
    if (peek(r, 0) == 'e' &&
        (is_digit(peek(r, 1)) || ((peek(r, 1) == '-' || peek(r, 1) == '+') && is_digit(peek(r, 2))))) {
        is_float = true;
        for (r->at += 2; is_digit(peek(r, 0));) r->at++;
    }
    if (is_float) return sym_float(r->s, from, (size_t)(r->at - from));
    return overflow ? give_up(r) : n;
}

/* Arguments up to the closing parenthesis, which is taken. */
static uint32_t arguments(reader *r, dim *args) {
    uint32_t n = 0;
    while (!r->failed && !take(r, ")")) {
        if (n == MAX_ARGUMENTS || (n && !take(r, ","))) {
            give_up(r);
        } else if (n && take(r, ")")) { /* (a,) */
            break;
        } else {
            args[n++] = relation(r);
        }
    }
    return n;
}

static dim call(reader *r, const char *name, size_t length) {
    dim args[MAX_ARGUMENTS];
    uint32_t n = arguments(r, args);
    if (r->failed) return DIM_ERROR;
    char copy[64];
    if (length >= sizeof copy) return give_up(r);
    memcpy(copy, name, length);
    copy[length] = '\0';
    const char *canonical = strcmp(copy, "Eq") == 0 ? "==" : strcmp(copy, "Ne") == 0 ? "!=" : copy;
    if (canonical != copy && n != 2) return give_up(r);
    dim d = dim_function(r->s, canonical, args, n);
    return d == DIM_ERROR ? give_up(r) : d;
}

static dim atom(reader *r) {
    skip_blanks(r);
    if (is_digit(peek(r, 0))) return number(r);
    if (is_letter(peek(r, 0))) {
        const char *from = r->at;
        while (is_letter(peek(r, 0)) || is_digit(peek(r, 0))) r->at++;
        size_t length = (size_t)(r->at - from);
        if (peek(r, 0) != '(') return dim_symbol(r->s, from, length);
        r->at++;
        return call(r, from, length);
    }
    if (!take(r, "(")) return give_up(r);
    dim args[MAX_ARGUMENTS];
    const char *from = r->at;
    uint32_t n = arguments(r, args);
    if (r->failed || !n) return give_up(r);
    bool is_tuple = n > 1 || (r->at - from >= 2 && r->at[-2] == ',');
    return is_tuple ? sym_call(r->s, "", args, n) : args[0];
}

static dim unary(reader *r);

static dim power(reader *r) {
    dim base = atom(r);
    if (r->failed || !take(r, "**")) return base;
    dim exponent = unary(r);
    int64_t num, den;
    if (r->failed || !sym_constant(r->s, exponent, &num, &den) || den != 1) return give_up(r);
    dim d = sym_power(r->s, base, num);
    return d == DIM_ERROR ? give_up(r) : d;
}

static dim unary(reader *r) {
    if (r->failed || ++r->depth > MAX_DEPTH) return give_up(r);
    dim d;
    if (take(r, "-")) {
        d = unary(r);
        d = r->failed ? DIM_ERROR : dim_mul(r->s, dim_negative(r->s, -1), d);
    } else if (take(r, "~")) {
        d = unary(r);
        d = r->failed ? DIM_ERROR : sym_call(r->s, "~", &d, 1);
    } else if (take(r, "+")) {
        d = unary(r);
    } else {
        d = power(r);
    }
    r->depth--;
    return d == DIM_ERROR ? give_up(r) : d;
}

/* A leading number or minus is applied to the product as a whole where that is the same: 2*(a + 1)*b was printed for
 * twice the product, not for (2*a + 2)*b. */
static dim product(reader *r) {
    dim coefficient = take(r, "-") ? dim_negative(r->s, -1) : 1, d = unary(r);
    if (d >= 0) {
        coefficient = dim_mul(r->s, coefficient, d);
        d = 1;
    }
    while (!r->failed) {
        skip_blanks(r);
        char c = peek(r, 0);
        bool floor = c == '/' && peek(r, 1) == '/', goes_on = (c == '*' && peek(r, 1) != '*') || c == '/' || c == '%';
        if (!goes_on || floor || c == '%') {
            d = dim_mul(r->s, coefficient, d);
            coefficient = 1;
        }
        if (d == DIM_ERROR) give_up(r);
        if (r->failed || !goes_on) return d;
        r->at += floor ? 2 : 1;
        dim other = unary(r);
        if (r->failed) break;
        if (c == '*') d = dim_mul(r->s, d, other);
        else if (c == '%') d = dim_mod(r->s, d, other);
        else d = floor ? dim_floordiv(r->s, d, other) : sym_divide(r->s, d, other);
        if (d == DIM_ERROR) give_up(r);
    }
    return DIM_ERROR;
}

static dim sum(reader *r) {
    dim d = product(r);
    while (!r->failed) {
        bool plus = take(r, "+");
        if (!plus && !take(r, "-")) return d;
        dim other = product(r);
        if (r->failed) break;
        d = plus ? dim_add(r->s, d, other) : dim_sub(r->s, d, other);
        if (d == DIM_ERROR) give_up(r);
    }
    return DIM_ERROR;
}

static dim logic(reader *r, const char *name, dim (*next)(reader *r)) {
    dim args[MAX_ARGUMENTS] = {next(r)};
    uint32_t n = 1;
    while (!r->failed && take(r, name)) {
        if (n == MAX_ARGUMENTS) return give_up(r);
        args[n++] = next(r);
    }
    if (r->failed) return DIM_ERROR;
    return n == 1 ? args[0] : sym_call(r->s, name, args, n);
}

static dim conjunction(reader *r) { return logic(r, "&", sum); }

static dim relation(reader *r) {
    static const char *const names[] = {"<=", ">=", "==", "!=", "<", ">"};
    dim args[2] = {logic(r, "|", conjunction), 0};
    for (uint32_t i = 0; !r->failed && i < COUNT_OF(names); i++) {
        if (!take(r, names[i])) continue;
        args[1] = logic(r, "|", conjunction);
        dim d = r->failed ? DIM_ERROR : dim_function(r->s, names[i], args, 2);
        return d == DIM_ERROR ? give_up(r) : d;
    }
    return args[0];
}

dim dim_parse(syms *s, const char *from, const char *to, const char **end) {
    reader r = {.s = s, .at = from, .to = to};
    dim d = relation(&r);
    if (end) *end = r.at;
    return r.failed ? DIM_ERROR : d;
}
