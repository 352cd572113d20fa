/* SPDX-License-Identifier: MIT
 * sym_value.c — the number an expression has once its symbols have values. Integers are exact and checked for overflow;
 * PyTorch's float functions of sizes are computed in double. */
#include "graph/sym_private.h"
#include <math.h>
#include <stdlib.h>

/* An integer, or a float where a float function was met. */
typedef struct number {
    bool fails, is_float;
    int64_t i;
    double f;
} number;

static const number failure = {.fails = true};
static number of_int(int64_t i) { return (number){.i = i, .f = (double)i, .fails = i == DIM_ERROR}; }
static number of_float(double f) { return (number){.is_float = true, .f = f}; }

/* A float that is to be an integer again. */
static number to_int(double f) { return f >= -0x1p62 && f <= 0x1p62 ? of_int((int64_t)f) : failure; }

static number evaluate(const syms *s, dim d, const binding *b);

static number factor_value(const syms *s, const factor *f, const binding *b) {
    number base = evaluate(s, f->base, b), product = of_int(1);
    if (base.fails) return failure;
    if (base.is_float) return of_float(pow(base.f, (double)f->power));
    for (int64_t i = 0; i < llabs(f->power); i++)
        if (__builtin_mul_overflow(product.i, base.i, &product.i)) return failure;
    return of_int(product.i);
}

/* A sum as a fraction, so that s0/2 + s1/2 is an integer when it is one. */
static number sum_value(const syms *s, const expr *e, const binding *b) {
    int64_t num = 0, den = 1;
    double approximate = 0;
    bool is_float = false;
    for (uint32_t i = 0; i < e->count; i++) {
        const term *t = &e->terms[i];
        int64_t top = t->num, bottom = t->den;
        double product = (double)t->num / (double)t->den;
        for (uint32_t j = 0; j < t->count; j++) {
            number f = factor_value(s, &t->factors[j], b);
            if (f.fails) return failure;
            bool divides = t->factors[j].power < 0 && !f.is_float;
            is_float = is_float || f.is_float;
            product = divides ? product / f.f : product * f.f;
            if (!f.is_float && __builtin_mul_overflow(divides ? bottom : top, f.i, divides ? &bottom : &top))
                return failure;
        }
        approximate += product;
        int64_t left, right;
        if (bottom == 0 || __builtin_mul_overflow(num, bottom, &left) || __builtin_mul_overflow(top, den, &right) ||
            __builtin_add_overflow(left, right, &num) || __builtin_mul_overflow(den, bottom, &den))
            return failure;
        if (num % den == 0) num /= den, den = 1;
    }
    if (is_float) return of_float(approximate);
    return den == 1 ? of_int(num) : of_float((double)num / (double)den);
}

static bool holds(const char *name, number a, number b) {
    bool exact = !a.is_float && !b.is_float;
    int order = exact ? (a.i > b.i) - (a.i < b.i) : (a.f > b.f) - (a.f < b.f);
    switch (name[0]) {
    case '=': return order == 0;
    case '!': return order != 0;
    case '<': return name[1] ? order <= 0 : order < 0;
    default: return name[1] ? order >= 0 : order > 0;
    }
}

static number floor_mod(number a, number b, bool quotient) {
    if (a.is_float || b.is_float)
        return b.f ? of_float(quotient ? floor(a.f / b.f) : a.f - b.f * floor(a.f / b.f)) : failure;
    if (b.i == 0 || (a.i == INT64_MIN && b.i == -1)) return failure;
    int64_t q = a.i / b.i - (a.i % b.i != 0 && (a.i < 0) != (b.i < 0));
    return of_int(quotient ? q : a.i - q * b.i);
}

static number binary_value(const char *name, number a, number b) {
    bool is = strcmp(name, "FloorDiv") == 0;
    if (is || strcmp(name, "Mod") == 0 || strcmp(name, "PythonMod") == 0) return floor_mod(a, b, is);
    if (strchr("=!<>", name[0])) return of_int(holds(name, a, b));
    if (strcmp(name, "IntTrueDiv") == 0 || strcmp(name, "FloatTrueDiv") == 0)
        return b.f ? of_float(a.f / b.f) : failure;
    if (strcmp(name, "FloatPow") == 0) return of_float(pow(a.f, b.f));
    if (strcmp(name, "PowByNatural") == 0) return a.is_float ? of_float(pow(a.f, b.f)) : to_int(pow(a.f, b.f));
    if (strcmp(name, "BitwiseFn_bitwise_and") == 0) return of_int(a.i & b.i);
    if (strcmp(name, "BitwiseFn_bitwise_or") == 0) return of_int(a.i | b.i);
    if (strcmp(name, "RoundDecimal") == 0) return of_float(nearbyint(a.f * pow(10, b.f)) / pow(10, b.f));
    return failure;
}

static number unary_value(const char *name, number a) {
    static const struct {
        const char *name;
        double (*f)(double);
        bool is_int;
    } functions[] = {
        {"TruncToInt", trunc, true},         {"TruncToFloat", trunc, false},      {"CeilToInt", ceil, true},
        {"FloorToInt", floor, true},         {"RoundToInt", nearbyint, true},     {"OpaqueUnaryFn_sqrt", sqrt, false},
        {"OpaqueUnaryFn_exp", exp, false},   {"OpaqueUnaryFn_log", log, false},   {"OpaqueUnaryFn_log2", log2, false},
        {"OpaqueUnaryFn_sin", sin, false},   {"OpaqueUnaryFn_cos", cos, false},   {"OpaqueUnaryFn_tan", tan, false},
        {"OpaqueUnaryFn_tanh", tanh, false}, {"OpaqueUnaryFn_sinh", sinh, false}, {"OpaqueUnaryFn_cosh", cosh, false},
        {"OpaqueUnaryFn_asin", asin, false}, {"OpaqueUnaryFn_acos", acos, false}, {"OpaqueUnaryFn_atan", atan, false},
    };
    if (strcmp(name, "ToFloat") == 0) return of_float(a.f);
    if (strcmp(name, "Identity") == 0) return a;
    if (strcmp(name, "~") == 0) return of_int(!a.i);
    if (strcmp(name, "Abs") == 0) return a.is_float ? of_float(fabs(a.f)) : of_int(llabs(a.i));
    for (uint32_t i = 0; i < COUNT_OF(functions); i++)
        if (strcmp(functions[i].name, name) == 0)
            return functions[i].is_int ? to_int(functions[i].f(a.f)) : of_float(functions[i].f(a.f));
    return failure;
}

/* Piecewise((value, condition), …): the first whose condition holds. */
static number piecewise_value(const syms *s, const expr *e, const binding *b) {
    for (uint32_t i = 0; i < e->count; i++) {
        if (!(e->args[i] < 0 && sym_is_call(s, e->args[i], "") && sym_expr(s, e->args[i])->count == 2)) return failure;
        const dim *pair = sym_expr(s, e->args[i])->args;
        number condition = evaluate(s, pair[1], b);
        if (condition.fails) return failure;
        if (condition.i) return evaluate(s, pair[0], b);
    }
    return failure;
}

/* Max, Min, &, |: any number of arguments. */
static bool fold(const char *name, number *all, number next) {
    if (strcmp(name, "Max") == 0) *all = holds("<", *all, next) ? next : *all;
    else if (strcmp(name, "Min") == 0) *all = holds(">", *all, next) ? next : *all;
    else if (strcmp(name, "&") == 0) *all = of_int(all->i && next.i);
    else if (strcmp(name, "|") == 0) *all = of_int(all->i || next.i);
    else return false;
    return true;
}

static number call_value(const syms *s, const expr *e, const binding *b) {
    if (strcmp(e->name, "Piecewise") == 0) return piecewise_value(s, e, b);
    number args[3] = {{.fails = true}}, all = failure;
    bool folds = true;
    for (uint32_t i = 0; i < e->count; i++) {
        number n = evaluate(s, e->args[i], b);
        if (n.fails) return failure;
        if (i < 3) args[i] = n;
        if (i == 0) all = n;
        folds = folds && (i == 0 || fold(e->name, &all, n));
    }
    if (e->count > 1 && folds) return all;
    if (e->count == 1) return unary_value(e->name, args[0]);
    if (e->count == 2) return binary_value(e->name, args[0], args[1]);
    if (e->count != 3) return failure;
    if (strcmp(e->name, "Where") == 0) return args[0].i ? args[1] : args[2];
    if (strcmp(e->name, "ModularIndexing") != 0) return failure;
    number quotient = floor_mod(args[0], args[1], true);
    return quotient.fails ? failure : floor_mod(quotient, args[2], false);
}

static number symbol_value_of(const syms *s, dim d, const binding *b) {
    for (uint32_t i = 0; b && i < b->count; i++)
        if (b->entries[i].symbol == d)
            return b->entries[i].is_float ? of_float(b->entries[i].number) : of_int(b->entries[i].value);
    const char *name = sym_expr(s, d)->name;
    if (strcmp(name, "True") == 0) return of_int(1);
    return strcmp(name, "False") == 0 ? of_int(0) : failure;
}

static number evaluate(const syms *s, dim d, const binding *b) {
    if (d >= 0) return of_int(d);
    const expr *e = sym_expr(s, d);
    double f;
    switch ((expr_kind)e->kind) {
    case EXPR_SUM: return sum_value(s, e, b);
    case EXPR_CALL: return call_value(s, e, b);
    case EXPR_SYMBOL: return symbol_value_of(s, d, b);
    case EXPR_FLOAT: return text_read_float(e->name, strlen(e->name), &f) ? of_float(f) : failure;
    }
    return failure;
}

int64_t dim_value(const syms *s, dim d, const binding *b) {
    if (d >= 0 || d == DIM_ERROR) return d;
    number n = evaluate(s, d, b);
    if (!n.fails && n.is_float) n = n.f == floor(n.f) ? to_int(n.f) : failure;
    return n.fails ? DIM_ERROR : n.i;
}

double dim_real(const syms *s, dim d, const binding *b) {
    if (d >= 0) return (double)d;
    number n = d == DIM_ERROR ? failure : evaluate(s, d, b);
    return n.fails ? NAN : n.f;
}

/* ---- the symbols of an expression -------------------------------------------------------------------------------- */

void dim_each_symbol(const syms *s, dim d, void (*f)(void *user, dim symbol), void *user) {
    if (dim_is_static(d) || d == DIM_ERROR) return;
    const expr *e = sym_expr(s, d);
    if (e->kind == EXPR_SYMBOL) {
        f(user, d);
        return;
    }
    const expr copy = *e; /* f may add expressions, and the table may move */
    for (uint32_t i = 0; copy.kind == EXPR_CALL && i < copy.count; i++) dim_each_symbol(s, copy.args[i], f, user);
    for (uint32_t i = 0; copy.kind == EXPR_SUM && i < copy.count; i++) {
        const term *t = sym_term(&copy, i);
        for (uint32_t k = 0; k < t->count; k++) dim_each_symbol(s, t->factors[k].base, f, user);
    }
}

dim dim_unbound(const syms *s, dim d, const binding *b) {
    if (d >= 0 || d == DIM_ERROR) return 0;
    const expr *e = sym_expr(s, d);
    dim found = 0;
    if (e->kind == EXPR_SYMBOL) return symbol_value_of(s, d, b).fails ? d : 0;
    for (uint32_t i = 0; e->kind == EXPR_CALL && i < e->count && !found; i++) found = dim_unbound(s, e->args[i], b);
    for (uint32_t i = 0; e->kind == EXPR_SUM && i < e->count; i++)
        for (uint32_t j = 0; j < e->terms[i].count && !found; j++)
            found = dim_unbound(s, e->terms[i].factors[j].base, b);
    return found;
}
