/* SPDX-License-Identifier: MIT
 * sym_private.h — the inside of symbolic sizes, shared by sym*.c.
 *
 * An expression is a sum of terms, a symbol, a float or a call. A term is a rational coefficient times powers of bases;
 * a base is anything but a term: a symbol, a call, or (in products that are kept as products, `(s77 - 2)*s27`) a sum.
 * Terms and factors stand in the order in which sympy prints them. Everything is interned: same structure, same dim.
 *
 * Two structures may be the same polynomial. Each sum knows its multiplied-out form, and that form knows which of its
 * structures was made first; only that one leaves sym.c. So equality is equality of dims, and text is kept as written.
 */
#ifndef GRAPH_SYM_PRIVATE_H
#define GRAPH_SYM_PRIVATE_H

#include "base/context.h"
#include "base/map.h"
#include "graph/sym.h"

typedef enum expr_kind { EXPR_SUM, EXPR_SYMBOL, EXPR_FLOAT, EXPR_CALL } expr_kind;

typedef struct factor {
    dim base;
    int64_t power; /* not 0 */
} factor;

typedef struct term {
    int64_t num, den; /* den > 0, no common divisor; num is not 0 */
    const factor *factors;
    uint32_t count;
} term;

typedef struct expr {
    uint8_t kind;
    uint32_t count;   /* of terms or arguments */
    uint32_t size;    /* nodes of the tree */
    uint32_t depth;   /* levels of it */
    const char *name; /* symbol, float (its text), call */
    const term *terms;
    const dim *args;
    dim expanded; /* the same multiplied out */
    dim shown;    /* of an expanded form: the structure that stands for it; 0: none yet */
} expr;

struct syms {
    cot_context *ctx;
    arena *arena;
    VEC(expr) exprs;
    map index;   /* hash of the structure → index; equal hashes are probed at hash + 1 … */
    map symbols; /* name → index */
};

static inline const expr *sym_expr(const syms *s, dim d) { return &s->exprs.data[-(d + 1)]; }
/* Term i of a sum in the order of print: as stored, but "3 - s0" stands for a number and one negative factor. */
static inline const term *sym_term(const expr *e, uint32_t i) {
    const term *t = e->terms;
    bool turned = e->count == 2 && t[0].count == 1 && t[0].num < 0 && !t[1].count && t[1].num > 0;
    return &t[turned ? 1 - i : i];
}
/* The kind of a dim; a static one is a sum. */
static inline expr_kind sym_kind(const syms *s, dim d) { return d >= 0 ? EXPR_SUM : (expr_kind)sym_expr(s, d)->kind; }
static inline bool sym_is_call(const syms *s, dim d, const char *name) {
    return d < 0 && d != DIM_ERROR && sym_expr(s, d)->kind == EXPR_CALL && strcmp(sym_expr(s, d)->name, name) == 0;
}

/* A sum being made, in scratch memory. */
typedef struct work {
    syms *s;
    arena *arena;
    bool failed; /* overflow, or too large */
} work;
typedef VEC(term) poly;

work work_begin(syms *s);
dim work_end(work *w, dim result); /* frees scratch; DIM_ERROR when failed, else what stands for the result */
dim sym_shown(syms *s, dim d);     /* what stands for it: the structure that was made first */
/* Terms of d (of a sum that is a factor in a product, the sum as one base: see sym_as_term). */
void sym_terms(work *w, dim d, poly *out);
term sym_as_term(work *w, dim d);
bool sym_constant(const syms *s, dim d, int64_t *num, int64_t *den);
void poly_add(work *w, poly *p, term t);
term term_mul(work *w, term a, term b);
term term_power(work *w, term t, int64_t power);
dim poly_intern(work *w, poly *p);
dim term_intern(work *w, term t);
dim sym_expanded(const syms *s, dim d);
/* An interned call, not evaluated. */
dim sym_call(syms *s, const char *name, const dim *args, uint32_t count);
dim sym_float(syms *s, const char *text, size_t length);
/* a / b as sympy has it: a rational coefficient, or a negative power. */
dim sym_divide(syms *s, dim a, dim b);
dim sym_power(syms *s, dim a, int64_t power);
/* a / b where it is a polynomial with integer coefficients, DIM_ERROR where not. */
dim sym_divide_exact(syms *s, dim a, dim b);
/* sympy's order (Expr.sort_key): numbers, symbols, products, sums, functions, the rest. */
int sym_compare(const syms *s, dim a, dim b);
/* What is known of the sign: a lower bound that holds for all values, INT64_MIN when none is known. Symbols of inputs
 * (s0 …) are at least 1, as PyTorch specialises 0 and 1 away; nothing is known of unbacked ones. */
int64_t sym_lower(const syms *s, dim d);

#endif
